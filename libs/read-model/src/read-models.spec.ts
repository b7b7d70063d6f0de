import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EventRegistry,
  type EventStore,
  MemoryEventStore,
  type RecordedEvent,
  START,
  SqliteEventStore,
  defineEvents,
} from '@app/event-store';
import { anEvent } from '@app/testing';
import { Column, type DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { Checkpoint } from './checkpoint.entity.js';
import { Generation, fingerprintOf } from './generation.js';
import { type Projection, documentProjection } from './projection.js';
import { ProjectionLoop } from './projection-loop.js';
import { ReadModels } from './read-models.js';
import type { Rows } from './row-store.js';

/** Neither projection guards against an event that comes twice: the loop alone must see to that. */
@Entity('spec_sum')
class SpecSum {
  @PrimaryColumn('varchar')
  key: string;

  @Column('int')
  sum: number;
}

@Entity('spec_line')
class SpecLine {
  @PrimaryColumn('varchar')
  key: string;

  @Column('int')
  seen: number;
}

const sums = documentProjection<SpecSum>({
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

const lines: Projection = {
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

const projections = [sums, lines];
const registry = new EventRegistry([
  defineEvents({
    Added: { version: 2, zh: '加', en: 'Added', upcasters: { 1: (data) => ({ by: data['amount'] as number }) } },
    Noted: { version: 1, zh: '记', en: 'Noted' },
    Strange: { version: 1, zh: '异', en: 'Strange' },
  }),
]);

const added = (by: number | string) => anEvent({ by }, 'Added', 2);
const noted = () => anEvent({}, 'Noted');

const append = async (store: EventStore, stream: string, ...events: ReadonlyArray<ReturnType<typeof anEvent>>) => {
  const at = (await store.readStream(stream)).at(-1)?.revision;
  return store.append(stream, events, at ?? 'none');
};

interface Tables {
  readonly sums: readonly SpecSum[];
  readonly lines: readonly SpecLine[];
}
const tablesOf = async (manager: EntityManager): Promise<Tables> => ({
  sums: await manager.find(SpecSum, { order: { key: 'ASC' } }),
  lines: await manager.find(SpecLine, { order: { key: 'ASC' } }),
});

/** What the log says the tables must hold, computed beside them. */
const foldOf = (log: readonly RecordedEvent[]): Tables => {
  const total = new Map<string, number>();
  const seen = new Map<string, number>();
  for (const event of log) {
    const { type, stream, data, id } = registry.upcast(event);
    if (type === 'Added') total.set(stream, (total.get(stream) ?? 0) + (data['by'] as number));
    if (type !== 'Strange') seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
  return {
    sums: [...total].map(([key, sum]) => ({ key, sum })).sort(byKey),
    lines: [...seen].map(([key, count]) => ({ key, seen: count })).sort(byKey),
  };
};
const logOf = (store: EventStore) => store.readAll(START, 1_000_000);

/** Positions of a store of tests count from one. */
const nth = (count: number) => count.toString(16).padStart(32, '0');

/** Makes the k-th write of a data source fail, in the engine itself. */
const failingAt = async (source: DataSource, k: number) => {
  let writes = 0;
  const { databaseConnection } = source.driver as unknown as {
    databaseConnection: { function(name: string, run: () => number): void };
  };
  databaseConnection.function('count_write', () => {
    writes += 1;
    if (writes === k) throw new Error('the disk is full');
    return 0;
  });
  for (const table of ['spec_sum', 'spec_line', 'checkpoint']) {
    for (const when of ['INSERT', 'UPDATE']) {
      await source.query(
        `CREATE TEMP TRIGGER ${table}_${when} BEFORE ${when} ON ${table} BEGIN SELECT count_write(); END`,
      );
    }
  }
  return { writes: () => writes };
};

let folder: string;
const opened: Array<{ close(): Promise<void> }> = [];
const closing = <Resource extends { close(): Promise<void> }>(resource: Resource): Resource => {
  opened.push(resource);
  return resource;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'views-'));
});
afterEach(async () => {
  for (const resource of opened.splice(0).reverse()) await resource.close();
  rmSync(folder, { recursive: true });
});

describe('the projection loop', () => {
  let store: MemoryEventStore;
  let generation: Generation;
  const failures: unknown[] = [];

  const reopened = async () => {
    generation = closing(await Generation.open(folder, '000000000000-1', projections));
    return generation;
  };
  const loopOver = (some: readonly Projection[] = projections) => {
    const loop = new ProjectionLoop(store, registry, generation, some);
    return Object.assign(loop, { close: () => loop.stop() });
  };
  const tables = () => tablesOf(generation.writer.manager);

  beforeEach(async () => {
    failures.length = 0;
    store = new MemoryEventStore();
    await reopened();
  });

  it('catches up with the log in batches, telling how far it has come', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => (index % 3 ? added(index) : noted()));
    await append(store, 'sum-1', ...many);
    const told: string[] = [];
    const loop = loopOver();
    await loop.catchUp((position) => told.push(position));
    expect(told).toEqual([nth(2_000), nth(4_000), nth(4_500)]);
    expect(loop.position).toBe(nth(4_500));
    expect(await tables()).toEqual(foldOf(await logOf(store)));
  });

  it('goes from catching up to live without a gap or a repetition', async () => {
    await append(store, 'sum-1', added(1), noted());
    const loop = closing(loopOver());
    await loop.catchUp();
    await append(store, 'sum-1', added(2));
    loop.start((error) => failures.push(error));
    let last = START;
    for (let round = 0; round < 40; round += 1) {
      ({ position: last } = await append(store, `sum-${round % 3}`, added(round), noted()));
    }
    expect(await loop.waitFor(last, 5_000)).toBe(true);
    expect(await tables()).toEqual(foldOf(await logOf(store)));
    expect(failures).toEqual([]);
  });

  it('goes on after a restart where it was', async () => {
    await append(store, 'sum-1', added(1), noted());
    await loopOver().catchUp();
    await append(store, 'sum-1', added(2));
    const again = loopOver();
    await again.catchUp();
    expect(again.position).toBe(nth(3));
    expect(await tables()).toEqual(foldOf(await logOf(store)));
  });

  it('reads events of an older version as of today', async () => {
    await append(store, 'sum-1', anEvent({ amount: 7 }, 'Added', 1));
    await loopOver().catchUp();
    expect((await tables()).sums).toEqual([{ key: 'sum-1', sum: 7 }]);
  });

  it('keeps rows and checkpoint together whichever write fails', async () => {
    await append(store, 'sum-1', added(1), noted(), added(2));
    await append(store, 'sum-2', added(3));
    const expected = foldOf(await logOf(store));
    let most = Number.POSITIVE_INFINITY;
    for (let k = 1; k <= most; k += 1) {
      const name = `000000000000-${k + 1}`;
      generation = await Generation.open(folder, name, projections);
      const { writes } = await failingAt(generation.writer, k);
      const loop = loopOver();
      const whole = await loop.catchUp().then(
        () => loop.stopped.length === 0,
        () => false,
      );
      if (whole) most = writes();
      await generation.close();
      generation = await Generation.open(folder, name, projections);
      await loopOver().catchUp();
      expect({ k, ...(await tables()) }).toEqual({ k, ...expected });
      await generation.close();
    }
    expect(most).toBeGreaterThan(6);
  });

  it('stops a projection at the event it cannot apply, and no other', async () => {
    await append(store, 'sum-1', added(1), noted(), added(2), added('poison'), added(4), noted());
    const loop = closing(loopOver());
    await loop.catchUp();
    expect(loop.stopped).toEqual([{ projection: 'sums', position: nth(4), reason: 'Error: cannot add' }]);
    expect(await tables()).toMatchObject({ sums: [{ sum: 3 }], lines: { length: 6 } });
    loop.start((error) => failures.push(error));
    const { position } = await append(store, 'sum-1', added(8));
    expect(await loop.waitFor(position, 5_000)).toBe(true);
    expect(await tables()).toMatchObject({ sums: [{ sum: 3 }], lines: { length: 7 } });
    const checkpoints = await generation.writer.manager.find(Checkpoint, { order: { projection: 'ASC' } });
    expect(checkpoints.map((row) => row.position)).toEqual([nth(7), nth(3)]);
  });

  it('lets a stopped projection go on after a restart with a build that can apply the event', async () => {
    await append(store, 'sum-1', added(1), added('poison'), added(4));
    await loopOver().catchUp();
    const cured = {
      ...sums,
      project: (events: readonly RecordedEvent[], rows: Rows) =>
        sums.project(
          events.filter(({ data }) => data['by'] !== 'poison'),
          rows,
        ),
    };
    const loop = loopOver([cured, lines]);
    await loop.catchUp();
    expect(loop.stopped).toEqual([]);
    expect(await tables()).toMatchObject({ sums: [{ sum: 5 }] });
    expect((await tables()).lines.map(({ seen }) => seen)).toEqual([1, 1, 1]);
  });

  it('stops every projection that fails, each at its own event', async () => {
    const picky = {
      ...lines,
      project: async (events: readonly RecordedEvent[], rows: Rows) => {
        if (events.some(({ type }) => type === 'Noted')) throw 'no notes';
        await lines.project(events, rows);
      },
    };
    await append(store, 'sum-1', added(1), added('poison'), noted(), added(4));
    const loop = loopOver([sums, picky]);
    await loop.catchUp();
    expect(loop.stopped).toEqual([
      { projection: 'sums', position: nth(2), reason: 'Error: cannot add' },
      { projection: 'lines', position: nth(3), reason: 'no notes' },
    ]);
    expect(await tables()).toMatchObject({ sums: [{ sum: 1 }], lines: { length: 2 } });
  });

  it('stops before the batch when no event of it fails alone', async () => {
    const shy = {
      ...lines,
      project: async (events: readonly RecordedEvent[], rows: Rows) => {
        if (events.length > 1) throw new Error('too many');
        await lines.project(events, rows);
      },
    };
    await append(store, 'sum-1', added(1), added(2));
    const loop = loopOver([shy]);
    await loop.catchUp();
    expect(loop.stopped).toEqual([{ projection: 'lines', position: nth(1), reason: 'Error: too many' }]);
    expect((await tables()).lines).toEqual([]);
  });

  it('stops only the projections that handle an event nobody can read', async () => {
    await append(store, 'sum-1', noted(), anEvent({}, 'Unheard'), anEvent({ by: 1 }, 'Added', 9), noted());
    const loop = loopOver([sums, { ...lines, handles: ['Noted'] }]);
    await loop.catchUp();
    expect(loop.stopped).toMatchObject([{ projection: 'sums', position: nth(3) }]);
    expect((await tables()).lines).toHaveLength(2);
  });

  it('tells a reader in time that a position is not reached', async () => {
    const loop = closing(loopOver());
    expect(await loop.waitFor(START, 1)).toBe(true);
    expect(await loop.waitFor(nth(1), 1)).toBe(false);
    const waiting = loop.waitFor(nth(2), 60_000);
    await loop.stop();
    expect(await waiting).toBe(false);
  });

  it('finishes the batch at hand when it is stopped', async () => {
    const loop = loopOver();
    loop.start((error) => failures.push(error));
    await append(store, 'sum-1', ...Array.from({ length: 500 }, () => added(1)));
    await loop.waitFor(nth(1), 5_000);
    await loop.stop();
    const [checkpoint] = await generation.writer.manager.find(Checkpoint);
    const done = (await store.readAll(START, 500)).filter(
      ({ position }) => position <= (checkpoint?.position ?? START),
    );
    expect(await tables()).toEqual(foldOf(done));
    await loopOver().catchUp();
    expect(await tables()).toEqual(foldOf(await logOf(store)));
  });

  it('tells why it ended when the engine fails', async () => {
    const loop = closing(loopOver());
    const failed = new Promise((resolve) => loop.start(resolve));
    await generation.writer.query('DROP TABLE checkpoint');
    await append(store, 'sum-1', noted());
    expect(String(await failed)).toContain('checkpoint');
  });
});

describe('the read models', () => {
  let store: MemoryEventStore;

  const modelsOf = (some: readonly Projection[] = projections, log: EventStore = store) =>
    closing(new ReadModels(log, registry, some, folder));
  const open = async (...args: Parameters<typeof modelsOf>) => {
    const models = modelsOf(...args);
    await models.open();
    return models;
  };
  const files = () => readdirSync(folder).filter((file) => file.endsWith('.db'));

  beforeEach(() => {
    store = new MemoryEventStore();
  });

  it('build themselves from the log, telling how far they are', async () => {
    await append(store, 'sum-1', added(1), noted());
    const models = modelsOf();
    expect(models.ready).toBe(false);
    const told: unknown[] = [];
    await models.open((progress) => told.push(progress));
    expect(told).toEqual([{ position: nth(2), head: nth(2) }]);
    expect({ ready: models.ready, alarms: models.alarms }).toEqual({ ready: true, alarms: [] });
    expect(await models.read(tablesOf)).toEqual(foldOf(await logOf(store)));
  });

  it('give the same rows again when their folder is lost', async () => {
    await append(store, 'sum-1', added(1), noted(), added(2));
    const models = await open();
    const before = await models.read(tablesOf);
    await models.close();
    rmSync(folder, { recursive: true });
    expect(await (await open()).read(tablesOf)).toEqual(before);
  });

  it('are taken up where they were by the same projections', async () => {
    await append(store, 'sum-1', added(1));
    await (await open()).close();
    await append(store, 'sum-1', added(2));
    const told: unknown[] = [];
    const models = modelsOf();
    await models.open((progress) => told.push(progress));
    expect(told).toHaveLength(1);
    expect((await models.read(tablesOf)).sums).toEqual([{ key: 'sum-1', sum: 3 }]);
    expect(files()).toEqual([`${fingerprintOf(projections)}-1.db`]);
  });

  it('are built anew for changed projections, and the old file is dropped', async () => {
    await append(store, 'sum-1', added(1));
    await (await open()).close();
    const changed = [{ ...sums, version: 2 }, lines];
    const models = await open(changed);
    expect(files()).toEqual([`${fingerprintOf(changed)}-1.db`]);
    expect(readdirSync(folder).every((file) => file.startsWith(fingerprintOf(changed)))).toBe(true);
    expect((await models.read(tablesOf)).sums).toEqual([{ key: 'sum-1', sum: 1 }]);
  });

  it('have a fingerprint of all that decides their rows', () => {
    const own = fingerprintOf(projections);
    expect(own).toMatch(/^[0-9a-f]{12}$/);
    expect(fingerprintOf([lines, sums])).toBe(own);
    const others = [
      [sums],
      [{ ...sums, name: 'other' }, lines],
      [{ ...sums, version: 2 }, lines],
      [{ ...sums, handles: ['Added', 'Noted'] }, lines],
      [{ ...sums, entities: [SpecLine] }, lines],
    ];
    expect(new Set([own, ...others.map(fingerprintOf)]).size).toBe(6);
  });

  it('never show the rows of another log', async () => {
    await append(store, 'sum-1', added(1));
    await (await open()).close();
    const other = new MemoryEventStore();
    await append(other, 'sum-9', added(9));
    const models = await open(projections, other);
    expect((await models.read(tablesOf)).sums).toEqual([{ key: 'sum-9', sum: 9 }]);
    expect(files()).toEqual([`${fingerprintOf(projections)}-2.db`]);
  });

  it('are built anew when they know more than the log, as after a restore', async () => {
    const shorter = SqliteEventStore.open(join(folder, 'log'));
    const models = closing(new ReadModels(shorter, registry, projections, join(folder, 'views')));
    opened.splice(-1, 0, shorter);
    await append(shorter, 'sum-1', added(1));
    const { database } = await Generation.open(
      join(folder, 'views'),
      `${fingerprintOf(projections)}-4`,
      projections,
    ).then(async (generation) => {
      await generation.writer.manager.insert(SpecSum, { key: 'gone', sum: 5 });
      const ahead = { projection: 'sums', position: nth(99), storeId: shorter.storeId };
      await generation.writer.manager.insert(Checkpoint, ahead);
      await generation.close();
      return generation.writer.options as { database: string };
    });
    expect(database).toContain('-4.db');
    await models.open();
    expect((await models.read(tablesOf)).sums).toEqual([{ key: 'sum-1', sum: 1 }]);
  });

  it('are built anew over a file that cannot be read', async () => {
    await append(store, 'sum-1', added(1));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${fingerprintOf(projections)}-1.db`), 'no database '.repeat(500));
    writeFileSync(join(folder, 'notes.txt'), 'not ours');
    const models = await open();
    expect((await models.read(tablesOf)).sums).toEqual([{ key: 'sum-1', sum: 1 }]);
    expect(readdirSync(folder)).toContain('notes.txt');
    expect(files()).toEqual([`${fingerprintOf(projections)}-2.db`]);
  });

  it('answer nothing before they are open and after they are closed', async () => {
    const models = modelsOf();
    await expect(models.read(tablesOf)).rejects.toMatchObject({ rule: 'C-7', kind: 'busy' });
    await models.open();
    expect(await models.read(tablesOf)).toEqual({ sums: [], lines: [] });
    await models.close();
    await expect(models.read(tablesOf)).rejects.toMatchObject({ rule: 'C-7' });
    expect(models.ready).toBe(false);
  });

  it('C-6, C-7, C-8: accept a position of this log, and wait for it', async () => {
    const models = await open();
    for (let round = 1; round <= 20; round += 1) {
      const { position } = await append(store, 'sum-1', added(1));
      const rows = await models.read(tablesOf, models.token(position));
      expect(rows.sums).toEqual([{ key: 'sum-1', sum: round }]);
    }
    expect(models.token()).toBe(`${store.storeId}.${nth(20)}`);
  });

  it.each([
    ['C-6', 'conflict', () => `${'0'.repeat(16)}.${START}`],
    ['C-7', 'busy', () => `${store.storeId}.${nth(7)}`],
    ['C-8', 'malformed', () => `${store.storeId}.7`],
    ['C-8', 'malformed', () => ''],
    ['C-8', 'malformed', () => `${store.storeId}.${nth(0xa).toUpperCase()}`],
  ])('%s: refuse a position token (%s)', async (rule, kind, token) => {
    const models = await open();
    models.waitMs = 5;
    await expect(models.read(tablesOf, token())).rejects.toMatchObject({ rule, kind });
  });

  it('show a query the rows of one position, and tell it which', async () => {
    const models = await open();
    let at = START;
    for (let round = 0; round < 25; round += 1) {
      const looking = models.read(async (manager, position) => {
        const before = await tablesOf(manager);
        for (let pause = 0; pause < 5; pause += 1) await new Promise(setImmediate);
        expect(await tablesOf(manager)).toEqual(before);
        return { before, position };
      });
      ({ position: at } = await append(store, 'sum-1', added(1), noted()));
      const { before, position } = await looking;
      const log = (await logOf(store)).filter((event) => event.position <= position);
      expect(before).toEqual(foldOf(log));
    }
    const last = await models.read(async (_manager, position) => position, models.token(at));
    expect(last).toBe(at);
    expect(models.position).toBe(at);
  });

  it('serve more queries at once than they have readers, also when some fail', async () => {
    await append(store, 'sum-1', added(1));
    const models = await open();
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        models.read(async (manager) => {
          if (index % 3 === 0) throw new Error('mine');
          return manager.count(SpecSum);
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  });

  it('let a query end before they close', async () => {
    const models = await open();
    const answer = models.read(async (manager) => {
      await new Promise(setImmediate);
      return manager.count(SpecSum);
    });
    await models.close();
    expect(await answer).toBe(0);
  });

  it('refuse writes in a query', async () => {
    const models = await open();
    await expect(models.read((manager) => manager.insert(SpecSum, { key: 'x', sum: 1 }))).rejects.toThrow('readonly');
  });

  it('raise an alarm for a stopped projection, and another when the loop ends', async () => {
    await append(store, 'sum-1', added('poison'));
    const models = await open();
    expect(models.ready).toBe(true);
    expect(models.alarms).toMatchObject([{ projection: 'sums', position: nth(1), reason: 'Error: cannot add' }]);
  });

  it('leave nothing open when they cannot be built', async () => {
    const broken = { ...lines, entities: [SpecLine, SpecSum] };
    class Failing extends MemoryEventStore {
      override async readAll(): Promise<never> {
        throw new Error('no connection');
      }
    }
    const failing = new Failing();
    await append(failing, 'sum-1', noted());
    const models = modelsOf([broken], failing);
    await expect(models.open()).rejects.toThrow('no connection');
    await expect(models.read(tablesOf)).rejects.toMatchObject({ rule: 'C-7' });
  });
});
