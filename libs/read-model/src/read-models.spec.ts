import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore, MemoryEventStore, START, SqliteEventStore } from '@app/event-store';
import {
  SpecLine,
  SpecSum,
  ViewsKit,
  added,
  append,
  foldOf,
  lines,
  logOf,
  noted,
  nth,
  sums,
  sumsAndLines as projections,
  sumsRegistry as registry,
  tablesOf,
  viewsEngines,
} from '@app/testing';
import { Checkpoint, LOOP } from './checkpoint.entity.js';
import { fingerprintOf } from './generation.js';
import type { Projection } from './projection.js';
import { ReadModels, embeddedReadModels } from './read-models.js';
import { SqliteViews } from './sqlite-views.js';

const opened: Array<{ close(): Promise<void> }> = [];
const closing = <Resource extends { close(): Promise<void> }>(resource: Resource): Resource => {
  opened.push(resource);
  return resource;
};
const closeAll = async () => {
  for (const resource of opened.splice(0).reverse()) await resource.close();
};
const until = async (is: () => boolean | Promise<boolean>) => {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe.each(viewsEngines)('the read models on %s', (engine) => {
  const kit = new ViewsKit(engine);
  const isPostgres = engine === 'PostgreSQL';
  let store: MemoryEventStore;

  const modelsOf = (
    some: readonly Projection[] = projections,
    { log = store as EventStore, projects = true, timeoutMs = 15_000 } = {},
  ) => closing(new ReadModels({ store: log, registry, views: kit.views(some, timeoutMs), holder: 'spec', projects }));
  const open = async (...args: Parameters<typeof modelsOf>) => {
    const models = modelsOf(...args);
    await models.open();
    return models;
  };

  beforeAll(() => kit.start());
  beforeEach(async () => {
    store = new MemoryEventStore();
    await kit.empty();
  });
  afterEach(async () => {
    await closeAll();
    await kit.clear();
  });
  afterAll(() => kit.stop());

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
    await expect(models.read((manager) => manager.insert(SpecSum, { key: 'x', sum: 1 }))).rejects.toThrow(/read-?only/);
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
    const models = modelsOf([broken], { log: failing });
    await expect(models.open()).rejects.toThrow('no connection');
    await expect(models.read(tablesOf)).rejects.toMatchObject({ rule: 'C-7' });
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
    expect(await kit.views(projections).list()).toEqual([`${fingerprintOf(projections)}-1`]);
  });

  it('never show the rows of another log', async () => {
    await append(store, 'sum-1', added(1));
    await (await open()).close();
    const other = new MemoryEventStore();
    await append(other, 'sum-9', added(9));
    const models = await open(projections, { log: other });
    expect((await models.read(tablesOf)).sums).toEqual([{ key: 'sum-9', sum: 9 }]);
    await until(async () => (await kit.views(projections).list()).join() === `${fingerprintOf(projections)}-2`);
  });

  it('that only follow read what others wrote, and wait for it', async () => {
    await append(store, 'sum-1', added(1));
    const follower = modelsOf(projections, { projects: false });
    follower.openLater();
    await expect(follower.read(tablesOf)).rejects.toMatchObject({ rule: 'C-7' });
    const writer = await open();
    await until(() => follower.ready);
    let fastest = Number.POSITIVE_INFINITY;
    for (let round = 2; round <= 12; round += 1) {
      const began = performance.now();
      const { position } = await append(store, 'sum-1', added(1), noted());
      const token = (round % 2 ? writer : follower).token(position);
      expect((await follower.read(tablesOf, token)).sums).toEqual([{ key: 'sum-1', sum: round }]);
      fastest = Math.min(fastest, performance.now() - began);
    }
    // Whoever waits is not kept until the next look of an idle process.
    expect(fastest).toBeLessThan(150);
    expect(follower.alarms).toEqual([]);
    expect(await follower.read(tablesOf)).toEqual(foldOf(await logOf(store)));
  });

  it('that only follow tell of projections that stopped elsewhere', async () => {
    await append(store, 'sum-1', added('poison'), noted());
    await open();
    const follower = await open(projections, { projects: false });
    await until(() => follower.alarms.length > 0);
    expect(follower.alarms).toEqual([{ projection: 'sums', position: nth(1), reason: 'Error: cannot add' }]);
  });

  it('take no reader back when a stopped projection is tried again', async () => {
    await append(store, 'sum-1', added('poison'));
    for (let part = 0; part < 5; part += 1) await append(store, 'sum-2', ...Array.from({ length: 500 }, noted));
    await (await open([sums])).close();
    const follower = modelsOf([sums], { projects: false });
    follower.openLater();
    const shown: string[] = [];
    await until(() => follower.ready);
    const watching = until(async () => {
      shown.push(await follower.read(async (_manager, position) => position));
      return shown.length > 100;
    });
    await open([sums]);
    await watching;
    expect(new Set(shown)).toEqual(new Set([nth(2_501)]));
  });

  it('tell when nobody writes what they read', async () => {
    await append(store, 'sum-1', noted());
    const writer = await open();
    const follower = await open(projections, { projects: false });
    expect(follower.alarms).toEqual([]);
    await writer.close();
    if (isPostgres) await kit.administer('UPDATE views.lease SET expires_at = expires_at - 60000');
    await until(() => follower.alarms.length > 0);
    expect(follower.alarms).toEqual([{ reason: expect.stringContaining('no projector') }]);
    const next = await open();
    await until(() => follower.alarms.length === 0);
    expect(next.alarms).toEqual([]);
  });

  it('go over to what was built anew when their generation is lost', async () => {
    await append(store, 'sum-1', added(1));
    const models = await open();
    expect(await models.read(tablesOf)).toMatchObject({ sums: { length: 1 } });
    await kit.views(projections).remove(`${fingerprintOf(projections)}-1`);
    await until(async () => (await kit.views(projections).list()).length > 0);
    const { position } = await append(store, 'sum-2', added(2));
    await until(() =>
      models.waitFor(models.token(position)).then(
        () => true,
        () => false,
      ),
    );
    await until(async () => (await models.read(tablesOf)).sums.length === 2);
    expect(await models.read(tablesOf)).toEqual(foldOf(await logOf(store)));
    await until(() => models.alarms.length === 0);
  });

  it('C-79: end a query that takes too long, and answer the next', async () => {
    await append(store, 'sum-1', added(1));
    const models = await open(projections, { timeoutMs: 150 });
    const slow =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT count(*) FROM n';
    const read = models.read((manager) => manager.query(slow));
    await expect(read).rejects.toMatchObject({ rule: 'C-79', kind: 'busy' });
    for (let turn = 0; turn < 4; turn += 1) expect(await models.read(tablesOf)).toEqual(foldOf(await logOf(store)));
  });
});

describe('the read models in a folder', () => {
  let folder: string;
  let store: MemoryEventStore;
  const modelsOf = (some: readonly Projection[] = projections) =>
    closing(embeddedReadModels(store, registry, some, folder));
  const open = async (...args: Parameters<typeof modelsOf>) => {
    const models = modelsOf(...args);
    await models.open();
    return models;
  };
  const files = () => readdirSync(folder).filter((file) => file.endsWith('.db'));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    store = new MemoryEventStore();
  });
  afterEach(async () => {
    await closeAll();
    rmSync(folder, { recursive: true });
  });

  it('give the same rows again when their folder is lost', async () => {
    await append(store, 'sum-1', added(1), noted(), added(2));
    const models = await open();
    const before = await models.read(tablesOf);
    await models.close();
    rmSync(folder, { recursive: true });
    expect(await (await open()).read(tablesOf)).toEqual(before);
  });

  it('are built anew for changed projections, and the old file is dropped', async () => {
    await append(store, 'sum-1', added(1));
    await (await open()).close();
    const changed = [{ ...sums, version: 2 }, lines];
    const models = await open(changed);
    await until(() => files().join() === `${fingerprintOf(changed)}-1.db`);
    const left = readdirSync(folder).filter((file) => !file.endsWith('.lock'));
    expect(left.every((file) => file.startsWith(fingerprintOf(changed)))).toBe(true);
    expect((await models.read(tablesOf)).sums).toEqual([{ key: 'sum-1', sum: 1 }]);
  });

  it('are built anew when they know more than the log, as after a restore', async () => {
    const shorter = SqliteEventStore.open(join(folder, 'log'));
    const models = closing(embeddedReadModels(shorter, registry, projections, join(folder, 'views')));
    opened.splice(-1, 0, shorter);
    await append(shorter, 'sum-1', added(1));
    const ahead = await new SqliteViews(join(folder, 'views'), projections).openWriter(
      `${fingerprintOf(projections)}-4`,
    );
    await ahead.manager.insert(SpecSum, { key: 'gone', sum: 5 });
    const checkpoint = { projection: LOOP, position: nth(99), storeId: shorter.storeId };
    await ahead.manager.insert(Checkpoint, checkpoint);
    await ahead.destroy();
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
    await until(() => files().join() === `${fingerprintOf(projections)}-2.db`);
  });
});
