import type { RecordedEvent } from '@app/event-store';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Rows } from './row-store.js';

/** A figure or list kept from the events. Pure but for its rows: no clock, no randomness, no other table than its own. */
export interface Projection {
  readonly name: string;
  /** Raise it when the rows a history leads to change: the fingerprint differs then and the read models are built anew. */
  readonly version: number;
  readonly entities: ReadonlyArray<EntityTarget<ObjectLiteral>>;
  readonly handles: readonly string[];
  /** Applies handled events in total order, inside the transaction that also moves the checkpoint. */
  readonly project: (events: readonly RecordedEvent[], rows: Rows) => Promise<void>;
}

interface DocumentProjection<Row extends ObjectLiteral> {
  readonly name: string;
  readonly version: number;
  readonly entity: EntityTarget<Row>;
  readonly key: keyof Row & string;
  readonly handles: readonly string[];
  readonly keyOf: (event: RecordedEvent) => string;
  /** The row after an event; `undefined` when there is still none. A row, once there, stays. */
  readonly evolve: (row: Row | undefined, event: RecordedEvent) => Row | undefined;
}

/** One row per document: loads the rows a batch touches, folds in memory, writes each once. */
export const documentProjection = <Row extends ObjectLiteral>(definition: DocumentProjection<Row>): Projection => {
  const { name, version, entity, key, handles, keyOf, evolve } = definition;
  return {
    name,
    version,
    entities: [entity as EntityTarget<ObjectLiteral>],
    handles,
    project: async (events, rows) => {
      const loaded = await rows.load(entity, events.map(keyOf));
      const current = new Map<string, Row>(loaded.map((row) => [row[key] as string, row]));
      const touched = new Map<string, Row>();
      for (const event of events) {
        const row = evolve(current.get(keyOf(event)), event);
        if (!row) continue;
        current.set(keyOf(event), row);
        touched.set(keyOf(event), row);
      }
      await rows.upsert(entity, [...touched.values()]);
    },
  };
};
