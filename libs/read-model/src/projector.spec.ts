import { readdirSync } from 'node:fs';
import { type EventStore, MemoryEventStore, type Position } from '@app/event-store';
import {
  type Tables,
  ViewsKit,
  added,
  append,
  foldOf,
  lines,
  logOf,
  noted,
  sums,
  sumsAndLines as projections,
  sumsRegistry as registry,
  tablesOf,
  viewsEngines,
} from '@app/testing';
import { fingerprintOf } from './generation.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';
import { ReadModels } from './read-models.js';
import { rebuild } from './rebuild.js';
import type { Views } from './views.js';

const fingerprint = fingerprintOf(projections);

/** A log that can be away for a while. */
class FlakyStore extends MemoryEventStore {
  isAway = false;
  private assertThere(): void {
    if (this.isAway) throw new Error('14 UNAVAILABLE');
  }
  override async readAll(...args: Parameters<MemoryEventStore['readAll']>) {
    this.assertThere();
    return super.readAll(...args);
  }
  override async head() {
    this.assertThere();
    return super.head();
  }
}

/** Replaced generations go soon, so that no spec waits for long. */
const hasty = (views: Views, keepMs = { replaced: 300, orphans: 0 }): Views => Object.assign(views, { keepMs });

describe.each(viewsEngines)('projectors on %s', (engine) => {
  const kit = new ViewsKit(engine);
  const isPostgres = engine === 'PostgreSQL';
  let store: FlakyStore;
  let failures: unknown[];
  const opened: Array<() => Promise<void>> = [];

  beforeAll(() => kit.start());
  beforeEach(async () => {
    store = new FlakyStore();
    failures = [];
    await kit.empty();
  });
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
    await kit.clear();
  });
  afterAll(() => kit.stop());

  const projectorOn = (views: Views, holder = 'p', log: EventStore = store) => {
    const projector = new Projector({ store: log, registry, views, holder, failed: (error) => failures.push(error) });
    opened.push(() => projector.stop());
    projector.start();
    return projector;
  };
  const modelsOn = (views: Views, projects = false) => {
    const failed = (error: unknown) => failures.push(error);
    const models = new ReadModels({ store, registry, views, holder: 'm', projects, failed });
    opened.push(() => models.close());
    return models;
  };
  const until = async (is: () => boolean | Promise<boolean>) => {
    while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const at = (projector: Projector, position: Position) =>
    until(() => projector.state.leads && (projector.state.position ?? '') >= position);
  const rowsOf = async (some: readonly Projection[] = projections): Promise<Tables> => {
    const views = kit.views(some);
    const reader = await views.openReader((await views.list(fingerprintOf(some))).at(-1) ?? '');
    const rows = await reader.read(tablesOf);
    await reader.close();
    return rows;
  };
  const write = async (count = 1, stream = 'sum-1') => {
    const { position } = await append(store, stream, ...Array.from({ length: count }, (_, i) => added(i)), noted());
    return position;
  };

  it('one leads, two stand by, and the next leads when it stops', async () => {
    const position = await write(5);
    const team = ['a', 'b', 'c'].map((holder) => projectorOn(kit.views(projections), holder));
    const leaders = () => team.filter(({ state }) => state.leads);
    await until(() => leaders().some(({ state }) => (state.position ?? '') >= position));
    expect(leaders()).toHaveLength(1);
    const [first] = leaders();
    const { epoch } = first?.state ?? { epoch: Number.NaN };
    await first?.stop();
    const later = await write(3);
    await until(() => leaders().some(({ state }) => (state.position ?? '') >= later));
    expect(leaders()).toHaveLength(1);
    expect(leaders()[0]?.state.epoch).toBeGreaterThan(epoch);
    expect(await rowsOf()).toEqual(foldOf(await logOf(store)));
    expect(failures).toEqual([]);
  });

  it('serve a newer generation, keep the replaced one current for its while and drop it; no reader goes back', async () => {
    await write(20);
    const leader = projectorOn(hasty(kit.views(projections), { replaced: 2_000, orphans: 0 }));
    const readers = [modelsOn(kit.views(projections)), modelsOn(kit.views(projections))];
    for (const models of readers) await models.open();
    const old = await kit.views(projections).openReader(`${fingerprint}-1`);
    let isDone = false;
    const reading = readers.map(async (models) => {
      let last = '';
      while (!isDone) {
        await new Promise(setImmediate);
        const [position, rows] = await models.read(async (manager, where) => [where, await tablesOf(manager)] as const);
        expect(position >= last).toBe(true);
        last = position;
        expect(rows).toEqual(foldOf((await logOf(store)).filter((event) => event.position <= position)));
      }
    });
    const { name, comparison } = await rebuild({ store, registry, views: kit.views(projections) });
    expect([name, comparison?.differences]).toEqual([`${fingerprint}-2`, 0]);
    let last = await write(2);
    await at(leader, last);
    await until(async () => (await old.read(async (_manager, position) => position)) >= last);
    const views = kit.views(projections);
    await until(async () => {
      last = await write(1);
      return !(await views.list()).includes(`${fingerprint}-1`);
    });
    for (const models of readers) await models.waitFor(models.token(last));
    isDone = true;
    await Promise.all(reading);
    await old.close();
    expect(await rowsOf()).toEqual(foldOf(await logOf(store)));
    if (!isPostgres) {
      for (const close of opened.splice(0).reverse()) await close();
      const left = readdirSync(kit.folder).filter((file) => !file.endsWith('.lock'));
      expect(left.filter((file) => !file.startsWith(`${fingerprint}-2.db`))).toEqual([]);
      expect(await rowsOf()).toEqual(foldOf(await logOf(store)));
    }
    expect(failures).toEqual([]);
  });

  it('of two builds run side by side, and what nobody runs any more is dropped after its while', async () => {
    const changed = [{ ...sums, version: 2 }, lines];
    const [old, young] = [
      projectorOn(hasty(kit.views(projections)), 'old'),
      projectorOn(hasty(kit.views(changed)), 'new'),
    ];
    let position = await write(5);
    await Promise.all([at(old, position), at(young, position)]);
    expect(await rowsOf()).toEqual(await rowsOf(changed));
    const views = kit.views(projections);
    expect(await views.list()).toHaveLength(2);
    await old.stop();
    position = await write(2);
    await at(young, position);
    await until(async () => (await views.list(fingerprint)).length === 0);
    expect(await rowsOf(changed)).toEqual(foldOf(await logOf(store)));
    expect(failures).toEqual([]);
  });

  it('leave nothing behind of a build that was stopped', async () => {
    await write(9_000);
    const views = kit.views(projections);
    let reached = 0;
    await new Promise<void>((resolve) => {
      const building = () => {
        reached += 1;
        if (reached === 1) void projector.stop().then(resolve);
      };
      const projector = new Projector({ store, registry, views, holder: 'p', building });
      projector.start();
    });
    expect([reached, await views.list()]).toEqual([1, []]);
    const left = isPostgres
      ? await kit.administer("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'd\\_%'")
      : readdirSync(kit.folder).filter((file) => file.includes('.draft'));
    expect(left).toEqual([]);
  });

  it('wait for a log that is away, and go on', async () => {
    await write(3);
    const leader = projectorOn(kit.views(projections));
    const models = modelsOn(kit.views(projections));
    await models.open();
    const flaky = store;
    flaky.isAway = true;
    await append(store, 'sum-2', noted());
    await until(() => failures.length > 0);
    expect(await models.read(tablesOf)).toMatchObject({ sums: { length: 1 } });
    flaky.isAway = false;
    const position = await write(3);
    await at(leader, position);
    expect(leader.state.stopped).toBe(0);
    await models.waitFor(models.token(position));
    expect(await models.read(tablesOf)).toEqual(foldOf(await logOf(store)));
    expect(models.alarms).toEqual([]);
  });

  it('build anew what was dropped under them', async () => {
    let position = await write(3);
    const leader = projectorOn(kit.views(projections));
    await at(leader, position);
    await kit.views(projections).remove(`${fingerprint}-1`);
    await until(() => failures.length > 0);
    position = await write(1);
    await at(leader, position);
    expect(await rowsOf()).toEqual(foldOf(await logOf(store)));
  });
});
