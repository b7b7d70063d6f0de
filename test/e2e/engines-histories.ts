import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EventRegistry,
  type EventStore,
  MemoryEventStore,
  type RecordedEvent,
  START,
  SqliteEventStore,
} from '@app/event-store';
import { eventCatalogues, projections } from '@app/platform';
import { type Comparison, SqliteViews, buildGeneration } from '@app/read-model';
import { seededRandom } from '@app/testing';
import { compared, postgresViews } from './engines.js';

const EVENTS = 3_000;
const LARGEST_BATCH = 400;

type Stream = readonly RecordedEvent[];

/** The streams of a log in a folder, those of a kind together: there are thousands of assets and few fund years. */
export const streamsByKind = async (folder: string): Promise<ReadonlyArray<readonly Stream[]>> => {
  const log = SqliteEventStore.openReadOnly(folder);
  const events = await log.readAll(START, Number.MAX_SAFE_INTEGER);
  await log.close();
  const streams = grouped(events, ({ stream }) => stream);
  return grouped(streams, ([first]) => first?.stream.split('-')[0] ?? '');
};

const grouped = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
};

/** Some of the streams, shuffled into each other, built on both engines in batches of their own. */
export const comparedOver = async (
  kinds: ReadonlyArray<readonly Stream[]>,
  seed: number,
  url: string,
): Promise<Comparison> => {
  const random = seededRandom(seed);
  const store = await shuffled(kinds, random);
  const folder = mkdtempSync(join(tmpdir(), 'engines-'));
  const registry = new EventRegistry(eventCatalogues);
  const engines = [new SqliteViews(folder, projections), postgresViews(url)] as const;
  try {
    for (const views of engines) await buildGeneration({ store: inBatches(store, random), registry, views });
    return await compared(...engines);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const shuffled = async (kinds: ReadonlyArray<readonly Stream[]>, random: () => number): Promise<MemoryEventStore> => {
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const chosen = new Set<Stream>();
  for (let events = 0; events < EVENTS; ) {
    const stream = oneOf(oneOf(kinds));
    if (!chosen.has(stream)) events += stream.length;
    chosen.add(stream);
  }
  const open = [...chosen].map((stream) => stream[Symbol.iterator]());
  const store = new MemoryEventStore();
  while (open.length > 0) {
    const stream = oneOf(open);
    const { value: event, done } = stream.next();
    if (done) open.splice(open.indexOf(stream), 1);
    else await store.append(event.stream, [event], event.revision === 0 ? 'none' : event.revision - 1);
  }
  return store;
};

/** The same store, which reads less at once than it is asked for. */
const inBatches = (store: EventStore, random: () => number): EventStore =>
  Object.create(store, {
    readAll: {
      value: (...[after, limit]: Parameters<EventStore['readAll']>) =>
        store.readAll(after, Math.min(limit, 1 + Math.floor(random() * LARGEST_BATCH))),
    },
  }) as EventStore;
