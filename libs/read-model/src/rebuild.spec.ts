import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryEventStore } from '@app/event-store';
import {
  SpecLine,
  SpecSum,
  ViewsKit,
  added,
  append,
  foldOf,
  logOf,
  noted,
  nth,
  sumsAndLines as projections,
  sumsRegistry as registry,
  tablesOf,
  viewsEngines,
} from '@app/testing';
import { buildGeneration } from './build.js';
import { Checkpoint } from './checkpoint.entity.js';
import { compareGenerations } from './compare.js';
import { fingerprintOf } from './generation.js';
import { Projector } from './projector.js';
import { rebuild } from './rebuild.js';
import { RowStore } from './row-store.js';
import type { Views } from './views.js';

const fingerprint = fingerprintOf(projections);
const named = (n: number) => `${fingerprint}-${n}`;
const ROWS = 1_300;

describe.each(viewsEngines)('rebuilding on %s', (engine) => {
  const kit = new ViewsKit(engine);
  let store: MemoryEventStore;
  let views: Views;
  beforeAll(() => kit.start());
  beforeEach(async () => {
    store = new MemoryEventStore();
    await kit.empty();
    views = kit.views(projections);
  });
  afterEach(() => kit.clear());
  afterAll(() => kit.stop());

  const streams = async (count: number) => {
    for (let index = 0; index < count; index += 1) await append(store, `sum-${index}`, added(index));
  };
  const options = () => ({ store, registry, views });
  const tamper = async (statements: readonly string[]) => {
    const writer = await views.openWriter(named(1));
    for (const statement of statements) await writer.query(statement);
    await writer.destroy();
  };
  const rowsOf = async (name: string) => {
    const reader = await views.openReader(name);
    const rows = await reader.read(tablesOf);
    await reader.close();
    return rows;
  };

  it('has nothing to compare with at first, and finds no difference where there is none', async () => {
    await streams(ROWS);
    expect(await rebuild(options())).toEqual({ name: named(1), before: undefined, comparison: undefined });
    expect(await rebuild(options())).toEqual({
      name: named(2),
      before: named(1),
      comparison: { rows: { spec_sum: ROWS, spec_line: ROWS }, differences: 0, first: [] },
    });
    expect(await rowsOf(named(2))).toEqual(foldOf(await logOf(store)));
  });

  it('finds a row that was changed, one that is missing and one too many, in any table', async () => {
    await streams(ROWS);
    const [line] = await logOf(store);
    await buildGeneration(options());
    await tamper([
      `UPDATE spec_sum SET sum = 7777 WHERE "key" = 'sum-1234'`,
      `DELETE FROM spec_sum WHERE "key" = 'sum-999'`,
      `INSERT INTO spec_sum ("key", sum) VALUES ('sum-\u{1F600}', 1)`,
      `UPDATE spec_line SET seen = 2 WHERE "key" = '${line?.id ?? ''}'`,
      `INSERT INTO spec_line ("key", seen) VALUES ('zzz', 3)`,
    ]);
    const { comparison } = await rebuild(options());
    expect(comparison).toMatchObject({ rows: { spec_sum: ROWS + 1, spec_line: ROWS + 1 }, differences: 5 });
    expect(comparison?.first).toEqual([
      { table: 'spec_sum', key: 'sum-1234', before: { sum: 7777 }, after: { sum: 1234 } },
      { table: 'spec_sum', key: 'sum-999', before: undefined, after: { key: 'sum-999', sum: 999 } },
      { table: 'spec_sum', key: 'sum-\u{1F600}', before: { key: 'sum-\u{1F600}', sum: 1 }, after: undefined },
      { table: 'spec_line', key: line?.id, before: { seen: 2 }, after: { seen: 1 } },
      { table: 'spec_line', key: 'zzz', before: { key: 'zzz', seen: 3 }, after: undefined },
    ]);
    expect(await rowsOf(named(2))).toEqual(foldOf(await logOf(store)));
  });

  it('compares at the place where the old rows stand, also when their projector is behind', async () => {
    await streams(50);
    await buildGeneration(options());
    await streams(60);
    await append(store, 'sum-1', noted());
    const { comparison } = await rebuild(options());
    expect(comparison).toMatchObject({ differences: 0, rows: { spec_sum: 50 } });
    expect(await rowsOf(named(2))).toEqual(foldOf(await logOf(store)));
  });

  it('finds what was planted, and only that, while events come in', async () => {
    await streams(300);
    await buildGeneration(options());
    await tamper([`UPDATE spec_sum SET sum = -1 WHERE "key" = 'sum-7'`]);
    const failures: unknown[] = [];
    const failed = (error: unknown) => failures.push(error);
    const leader = new Projector({ ...options(), views: kit.views(projections), holder: 'p', failed });
    leader.start();
    let isDone = false;
    const writing = (async () => {
      for (let count = 0; !isDone; count += 1) {
        await append(store, `new-${count % 40}`, added(count));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    for (let round = 2; round <= 4; round += 1) {
      const { name, comparison } = await rebuild(options());
      expect([name, comparison?.differences]).toEqual([named(round), round === 2 ? 1 : 0]);
    }
    isDone = true;
    await writing;
    const reader = await views.openReader(named(4));
    const head = await store.head();
    while ((await reader.read(async (_manager, position) => position)) < head) await new Promise(setImmediate);
    await reader.close();
    await leader.stop();
    expect(await rowsOf(named(4))).toEqual(foldOf(await logOf(store)));
    expect(failures).toEqual([]);
  });

  it('compares with no rows of another log, nor of a longer one', async () => {
    await streams(5);
    await buildGeneration(options());
    const writer = await views.openWriter(named(1));
    await writer.manager.update(Checkpoint, { projection: '*' }, { position: nth(99) });
    expect((await rebuild(options())).comparison).toBeUndefined();
    await writer.destroy();
    store = new MemoryEventStore();
    await append(store, 'other', added(1));
    expect((await rebuild(options())).comparison).toBeUndefined();
  });

  it('leaves nothing behind when it is stopped or the log fails', async () => {
    await streams(10);
    await buildGeneration(options());
    await expect(rebuild({ ...options(), signal: AbortSignal.abort() })).rejects.toThrow('stopped');
    class Failing extends MemoryEventStore {
      override async readAll(): Promise<never> {
        throw new Error('no connection');
      }
    }
    const failing = Object.assign(new Failing(), { storeId: store.storeId });
    await append(failing, 'sum-1', ...Array.from({ length: 20 }, noted));
    await expect(rebuild({ ...options(), store: failing })).rejects.toThrow('no connection');
    expect(await views.list()).toEqual([named(1)]);
    const draft = await views.draft(fingerprint);
    expect(draft.name).toBe(named(2));
    await draft.discard();
  });
});

describe('rebuilding over a broken file', () => {
  const kit = new ViewsKit('SQLite');
  beforeEach(() => kit.empty());
  afterEach(() => kit.clear());

  it('publishes the new tables, compared with nothing', async () => {
    const store = new MemoryEventStore();
    for (let index = 0; index < ROWS; index += 1) await append(store, `sum-${index}`, added(index));
    const views = kit.views(projections);
    await buildGeneration({ store, registry, views });
    const file = join(kit.folder, `${named(1)}.db`);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, 4096));
    const rebuilt = await rebuild({ store, registry, views });
    expect(rebuilt).toEqual({ name: named(2), before: named(1), comparison: undefined });
    expect(await views.list()).toContain(named(2));
  });
});

describe('comparing generations across engines', () => {
  const kits = viewsEngines.map((engine) => new ViewsKit(engine));
  beforeAll(async () => {
    for (const kit of kits) await kit.start();
    for (const kit of kits) await kit.empty();
  });
  afterAll(async () => {
    for (const kit of kits) await kit.clear();
    for (const kit of kits) await kit.stop();
  });

  it('walks both in the order of code points, however many pages there are', async () => {
    const letters = ['a', 'Z', '中', '\u{1F600}', '\uFF5E', '\uE000', 'é', '\u{20000}'];
    const keys = Array.from({ length: 2_400 }, (_, index) => `${letters[index % letters.length]}${index}`);
    const sources = await Promise.all(kits.map((kit) => kit.writer(projections)));
    const [left, right] = sources.map(({ manager }) => manager);
    if (!left || !right) throw new Error('two engines');
    for (const { manager } of sources) {
      const rows = new RowStore(manager);
      await rows.upsert(
        SpecSum,
        keys.map((key) => ({ key, sum: 1 })),
      );
      await rows.upsert(
        SpecLine,
        keys.map((key) => ({ key, seen: 1 })),
      );
    }
    const same = { rows: { spec_sum: 2_400, spec_line: 2_400 }, differences: 0, first: [] };
    expect(await compareGenerations(projections, left, right)).toEqual(same);
    const [one, other, third] = ['\u{1F600}3', '\u{20000}1999', '\uFF5E12'];
    await left.delete(SpecSum, { key: one });
    await right.delete(SpecSum, { key: other });
    await right.update(SpecSum, { key: third }, { sum: 2 });
    await right.delete(SpecLine, { key: 'a0' });
    const found = await compareGenerations(projections, left, right);
    expect([found.differences, found.first.map(({ key }) => key)]).toEqual([4, [third, one, other, 'a0']]);
    const turned = await compareGenerations(projections, right, left);
    expect(turned.first.map(({ key }) => key)).toEqual([third, one, other, 'a0']);
  });

  it('counts all differences and shows the first', async () => {
    const [left, right] = await Promise.all(kits.map((kit) => kit.writer(projections)));
    if (!left || !right) throw new Error('two engines');
    const rows = Array.from({ length: 1_500 }, (_, index) => ({ key: `k${index}`, sum: 1 }));
    await new RowStore(left.manager).upsert(SpecSum, rows);
    const { differences, first } = await compareGenerations(projections, left.manager, right.manager);
    expect([differences, first.length]).toEqual([1_500, 100]);
  });
});
