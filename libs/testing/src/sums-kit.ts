import { EventRegistry, type EventStore, type RecordedEvent, START, defineEvents } from '@app/event-store';
import { type Projection, documentProjection } from '@app/read-model';
import { Column, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { anEvent } from './event-store-kit.js';

/** Neither projection guards against an event that comes twice: the loop alone must see to that. */
@Entity('spec_sum')
export class SpecSum {
  @PrimaryColumn('varchar')
  key: string;

  @Column('int')
  sum: number;
}

@Entity('spec_line')
export class SpecLine {
  @PrimaryColumn('varchar')
  key: string;

  @Column('int')
  seen: number;
}

export const sums = documentProjection<SpecSum>({
  name: 'sums',
  version: 1,
  entity: SpecSum,
  key: 'key',
  handles: ['Added'],
  keyOf: ({ stream }) => stream,
  evolve: (row, { data, stream }) => {
    if (data['by'] === 'poison') throw new Error('cannot add');
    return { key: stream, sum: (row?.sum ?? 0) + (data['by'] as number) };
  },
});

export const lines: Projection = {
  name: 'lines',
  version: 1,
  entities: [SpecLine],
  handles: ['Added', 'Noted'],
  project: async (events, rows) => {
    for (const { id } of events) {
      const [row] = await rows.load(SpecLine, [id]);
      await rows.upsert(SpecLine, [{ key: id, seen: (row?.seen ?? 0) + 1 }]);
    }
  },
};

export const sumsAndLines = [sums, lines];
export const sumsRegistry = new EventRegistry([
  defineEvents({
    Added: { version: 2, zh: '加', en: 'Added', upcasters: { 1: (data) => ({ by: data['amount'] as number }) } },
    Noted: { version: 1, zh: '记', en: 'Noted' },
    Strange: { version: 1, zh: '异', en: 'Strange' },
  }),
]);

export const added = (by: number | string) => anEvent({ by }, 'Added', 2);
export const noted = () => anEvent({}, 'Noted');

export const append = async (
  store: EventStore,
  stream: string,
  ...events: ReadonlyArray<ReturnType<typeof anEvent>>
) => {
  const at = (await store.readStream(stream)).at(-1)?.revision;
  return store.append(stream, events, at ?? 'none');
};

export interface Tables {
  readonly sums: readonly SpecSum[];
  readonly lines: readonly SpecLine[];
}
export const tablesOf = async (manager: EntityManager): Promise<Tables> => ({
  sums: await manager.find(SpecSum, { order: { key: 'ASC' } }),
  lines: await manager.find(SpecLine, { order: { key: 'ASC' } }),
});

/** What the log says the tables must hold, computed beside them. */
export const foldOf = (log: readonly RecordedEvent[]): Tables => {
  const total = new Map<string, number>();
  const seen = new Map<string, number>();
  for (const event of log) {
    const { type, stream, data, id } = sumsRegistry.upcast(event);
    if (type === 'Added') total.set(stream, (total.get(stream) ?? 0) + (data['by'] as number));
    if (type !== 'Strange') seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
  return {
    sums: [...total].map(([key, sum]) => ({ key, sum })).sort(byKey),
    lines: [...seen].map(([key, count]) => ({ key, seen: count })).sort(byKey),
  };
};
export const logOf = (store: EventStore) => store.readAll(START, 1_000_000);

/** Positions of a store of tests count from one. */
export const nth = (count: number) => count.toString(16).padStart(32, '0');
