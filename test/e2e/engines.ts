import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
import {
  type Comparison,
  PostgresViews,
  SqliteViews,
  type Views,
  buildGeneration,
  compareGenerations,
} from '@app/read-model';
import { type PostgresServer, seededRandom, startPostgres } from '@app/testing';
import * as fc from 'fast-check';
import { type Page, pagedPaths, pathsToRead } from './engines-paths.js';
import { Product } from './product.js';

const BUILDING = 300_000;
const HISTORIES = Number(process.env['ENGINES_HISTORIES'] ?? 6);
const EVENTS = 3_000;
const LARGEST_BATCH = 400;
/** Pages of each list that are read one after the other. */
const PAGES = 3;

/** What stands on SQLite stands on PostgreSQL: rows, and every answer to the byte. The product is stopped and started again. */
export const describeEngines = (product: Product): void =>
  describe('on PostgreSQL', () => {
    let postgres: PostgresServer;
    let other: Product;
    beforeAll(async () => {
      await product.stop();
      postgres = await startPostgres();
      other = new Product({ LEDGER_POSTGRES: postgres.url });
      mkdirSync(other.data, { recursive: true });
      copyFileSync(join(product.data, 'ledger.db'), join(other.data, 'ledger.db'));
      copyFileSync(join(product.root, 'master.key'), join(other.root, 'master.key'));
      await other.cli('import-office', product.data);
      await Promise.all([product.start(), other.start()]);
    }, BUILDING);
    afterAll(async () => {
      await product.signIn('reviewer');
      await other.dispose();
      await postgres.stop();
    });

    it(
      'has the rows it has on SQLite',
      async () => {
        const url = postgres.url;
        const { rows, differences, first } = await compared(
          new SqliteViews(join(product.data, 'views'), projections),
          new PostgresViews({ url, pool: 2, statementTimeoutMs: 60_000, instance: 'spec' }, projections),
        );
        expect(first).toEqual([]);
        expect(differences).toBe(0);
        expect(Object.values(rows).reduce((sum, count) => sum + count)).toBeGreaterThan(10_000);
      },
      BUILDING,
    );

    it.each(['reviewer', 'hnu'])(
      'answers %s every list, board and file as on SQLite, to the byte',
      async (user) => {
        const both = [product, other] as const;
        await Promise.all(both.map((one) => one.signIn(user)));
        const openApi = (await product.get('/openapi.json')).body as Parameters<typeof pathsToRead>[0];
        const differing: string[] = [];
        let answered = 0;
        const read = async (path: string): Promise<unknown> => {
          const [here, there] = await Promise.all(both.map((one) => one.get(path)));
          if (here?.status === 200) answered += 1;
          else if (here?.status !== 403) differing.push(`${path}: ${here?.text}`);
          if (here?.status !== there?.status || here?.text !== there?.text)
            differing.push(`${path}: ${firstDifference(String(here?.text), String(there?.text))}`);
          return here?.body;
        };
        for (const path of pathsToRead(openApi)) await read(path);
        for (const path of pagedPaths) {
          let next: string | null | undefined;
          for (let page = 0; page < PAGES && next !== null; page += 1) {
            const cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
            next = ((await read(path + cursor)) as Page | undefined)?.next ?? null;
          }
        }
        expect(differing).toEqual([]);
        expect(answered).toBeGreaterThan(50);
      },
      BUILDING,
    );

    it(
      'has equal rows for any history, whatever its order and wherever its batches are cut',
      async () => {
        const log = SqliteEventStore.openReadOnly(product.data);
        const events = await log.readAll(START, Number.MAX_SAFE_INTEGER);
        await log.close();
        const kinds = streamsByKind(events);
        const property = fc.asyncProperty(fc.integer(), async (seed) => {
          const { differences, first } = await comparedOver(kinds, seed, await postgres.database());
          expect(first).toEqual([]);
          expect(differences).toBe(0);
        });
        await fc.assert(property, { numRuns: HISTORIES, endOnFailure: true });
      },
      BUILDING,
    );
  });

/** Where two texts part. */
const firstDifference = (one: string, other: string): string => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `${around(one)} ≠ ${around(other)}`;
};

type Stream = readonly RecordedEvent[];

/** The streams of a log, those of a kind together: there are thousands of assets and few fund years. */
const streamsByKind = (events: readonly RecordedEvent[]): ReadonlyArray<readonly Stream[]> => {
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

/** The newest generations of two places, side by side; both places are closed then. */
const compared = async (one: Views, other: Views): Promise<Comparison> => {
  const open = async (views: Views) => views.openReader((await views.list()).at(-1) as string);
  const [left, right] = [await open(one), await open(other)];
  try {
    return await left.read((before) => right.read((after) => compareGenerations(projections, before, after)));
  } finally {
    await Promise.all([left.close(), right.close()]);
    await Promise.all([one.close(), other.close()]);
  }
};

/** Some of the streams, shuffled into each other, built on both engines in batches of their own. */
const comparedOver = async (
  kinds: ReadonlyArray<readonly Stream[]>,
  seed: number,
  url: string,
): Promise<Comparison> => {
  const random = seededRandom(seed);
  const store = await shuffled(kinds, random);
  const folder = mkdtempSync(join(tmpdir(), 'engines-'));
  const registry = new EventRegistry(eventCatalogues);
  const options = { url, pool: 2, statementTimeoutMs: 60_000, instance: 'spec' };
  const engines = [new SqliteViews(folder, projections), new PostgresViews(options, projections)] as const;
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
