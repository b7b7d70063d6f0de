import type { EventStore, Position } from '@app/event-store';
import type { Projector, ReadModels } from '@app/read-model';
import type { ProjectionState } from './metrics.js';

/** What the metrics tell of the read models of a process that answers queries. */
export const stateOfReadModels = async (models: ReadModels, store: EventStore): Promise<ProjectionState> => {
  const { projecting } = models;
  return {
    fingerprint: models.fingerprint,
    positionAgeSeconds: await ageOf(models.position, store),
    stopped: models.alarms.filter((alarm) => 'projection' in alarm).length,
    leader: projecting?.leads ? 1 : 0,
    ready: models.ready ? 1 : 0,
    eventsApplied: projecting?.events ?? 0,
    epoch: projecting?.epoch ?? 0,
  };
};

/** The same of a process that only projects. */
export const stateOfProjector = async (projector: Projector, store: EventStore): Promise<ProjectionState> => {
  const { leads, epoch, position, stopped, events } = projector.state;
  return {
    fingerprint: projector.fingerprint,
    positionAgeSeconds: position === undefined ? 0 : await ageOf(position, store),
    stopped,
    leader: leads ? 1 : 0,
    ready: position === undefined ? 0 : 1,
    eventsApplied: events,
    epoch,
  };
};

/** How long the first event after a position has been waiting to be applied, in seconds. */
const ageOf = async (position: Position, store: EventStore): Promise<number> => {
  const [next] = await store.readAll(position, 1);
  return next ? Math.max(0, (Date.now() - Date.parse(next.recordedAt)) / 1000) : 0;
};
