import { type JsonObject, type RecordedEvent, eventId } from '@app/event-store';
import type { Message } from '@app/kernel';
import { testContext } from './spec-for.js';

const BASE = Date.parse('2025-01-01T00:00:00.000Z');

/** Turns `[stream, event]` pairs into a log: revisions per stream, positions and instants ascending. */
export const recorded = (...history: ReadonlyArray<readonly [stream: string, event: Message]>): RecordedEvent[] => {
  const revisions = new Map<string, number>();
  return history.map(([stream, { type, data }], index) => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    return {
      id: eventId({ commandId: 'test', inputHash: 'test' }, stream, revision),
      type,
      version: 1,
      stream,
      revision,
      position: (index + 1).toString(16).padStart(32, '0'),
      recordedAt: new Date(BASE + index * 1000).toISOString(),
      data: data as JsonObject,
      metadata: {
        actor: testContext.actor,
        commandId: `c${index}`,
        inputHash: 'i',
        correlationId: `c${index}`,
        source: 'test',
      },
    };
  });
};
