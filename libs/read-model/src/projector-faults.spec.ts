import { MemoryEventStore, type Position, type RecordedEvent } from '@app/event-store';
import {
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
} from '@app/testing';
import { fingerprintOf } from './generation.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';
import { ReadModels } from './read-models.js';
import type { Rows } from './row-store.js';
import type { Views } from './views.js';

const fingerprint = fingerprintOf(projections);
const TERMINATE =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'";

describe('projectors on PostgreSQL', () => {
  const kit = new ViewsKit('PostgreSQL');
  let store: MemoryEventStore;
  let failures: unknown[];
  const opened: Array<() => Promise<void>> = [];

  beforeAll(() => kit.start());
  beforeEach(async () => {
    store = new MemoryEventStore();
    failures = [];
    await kit.empty();
  });
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
    await kit.clear();
  });
  afterAll(() => kit.stop());

  const failed = (error: unknown) => failures.push(error);
  const projectorOn = (views: Views, holder: string) => {
    const projector = new Projector({ store, registry, views, holder, failed });
    opened.push(() => projector.stop());
    projector.start();
    return projector;
  };
  const modelsOn = (views: Views) => {
    const models = new ReadModels({ store, registry, views, holder: 'm', projects: false, failed });
    opened.push(() => models.close());
    return models;
  };
  const until = async (is: () => boolean | Promise<boolean>) => {
    while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const write = async () => (await append(store, 'sum-1', added(1), noted())).position;
  const isAt = (projector: Projector, position: Position) =>
    projector.state.leads && (projector.state.position ?? '') >= position;

  it('a standby leads within five seconds of a death', async () => {
    let position = await write();
    const wire = await kit.wire();
    const first = projectorOn(kit.views(projections, 15_000, wire.url), 'first');
    await until(() => isAt(first, position));
    const second = projectorOn(kit.views(projections), 'second');
    const follower = modelsOn(kit.views(projections));
    await follower.open();
    wire.down();
    const died = performance.now();
    position = await write();
    await until(() => isAt(second, position));
    expect(performance.now() - died).toBeLessThan(5_000);
    await follower.waitFor(follower.token(position));
    expect(await follower.read(tablesOf)).toEqual(foldOf(await logOf(store)));
    wire.up();
    position = await write();
    await until(() => isAt(second, position));
    await until(() => !first.state.leads);
    await follower.waitFor(follower.token(position));
    expect(await follower.read(tablesOf)).toEqual(foldOf(await logOf(store)));
  });

  it('a leader whose connections fall silent does not keep the lease, and others lead', async () => {
    let position = await write();
    const wire = await kit.wire();
    const first = projectorOn(kit.views(projections, 15_000, wire.url), 'first');
    await until(() => isAt(first, position));
    const second = projectorOn(kit.views(projections), 'second');
    wire.silence();
    position = await write();
    // The first may well find new connections and lead again; what counts is that the rows move, and once.
    await until(() => isAt(first, position) || isAt(second, position));
    const follower = modelsOn(kit.views(projections));
    await follower.open();
    expect(await follower.read(tablesOf)).toEqual(foldOf(await logOf(store)));
  });

  it('a leader that stalls inside a transaction is cut off, and changes nothing when it wakes', async () => {
    let stall: Promise<void> | undefined;
    let isStalled = false;
    const stalling: Projection = {
      ...sums,
      project: async (events: readonly RecordedEvent[], rows: Rows) => {
        await sums.project(events, rows);
        if (!stall) return;
        isStalled = true;
        await stall;
      },
    };
    await write();
    const own = [stalling, lines];
    expect(fingerprintOf(own)).toBe(fingerprint);
    const first = projectorOn(kit.views(own), 'first');
    await until(() => isAt(first, '0'));
    const second = projectorOn(kit.views(projections), 'second');
    let wake = () => {};
    stall = new Promise((resolve) => {
      wake = resolve;
    });
    const position = await write();
    await until(() => isStalled);
    const began = performance.now();
    await kit.administer('UPDATE views.lease SET expires_at = 0');
    await until(() => isAt(second, position));
    expect(performance.now() - began).toBeLessThan(5_000);
    stall = undefined;
    wake();
    await until(() => !first.state.leads);
    const later = await write();
    await until(() => isAt(second, later));
    const reader = modelsOn(kit.views(projections));
    await reader.open();
    expect(await reader.read(tablesOf)).toEqual(foldOf(await logOf(store)));
    expect(reader.alarms).toEqual([]);
  });

  it.each([
    ['every session is ended', () => kit.administer(TERMINATE).then(() => undefined)],
    ['the server starts all over', () => kit.crash()],
  ])('recover by themselves when %s, and take no projection for poisoned', async (_what, strike) => {
    let position = await write();
    const [leader, standby] = [projectorOn(kit.views(projections), 'a'), projectorOn(kit.views(projections), 'b')];
    const models = modelsOn(kit.views(projections));
    await models.open();
    let isDone = false;
    const refused: unknown[] = [];
    const reading = (async () => {
      while (!isDone) {
        await new Promise(setImmediate);
        await models.read(tablesOf).catch((error: { rule?: string }) => refused.push(error.rule ?? error));
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      await strike();
      position = await write();
      await until(() => isAt(leader, position) || isAt(standby, position));
    }
    await until(() =>
      models.waitFor(models.token(position)).then(
        () => true,
        () => false,
      ),
    );
    isDone = true;
    await reading;
    expect(refused.filter((rule) => rule !== 'C-7')).toEqual([]);
    expect(leader.state.stopped + standby.state.stopped).toBe(0);
    await until(() => models.alarms.length === 0);
    expect(await models.read(tablesOf)).toEqual(foldOf(await logOf(store)));
  });

  it('recover when the server is away for a while', async () => {
    let position = await write();
    const wire = await kit.wire();
    const leader = projectorOn(kit.views(projections, 15_000, wire.url), 'a');
    const models = modelsOn(kit.views(projections, 15_000, wire.url));
    await models.open();
    wire.down();
    position = await write();
    await expect(models.read(tablesOf)).rejects.toMatchObject({ rule: 'C-7', kind: 'busy' });
    await until(() => !leader.state.leads);
    wire.up();
    await until(() => isAt(leader, position));
    await until(() =>
      models.waitFor(models.token(position)).then(
        () => true,
        () => false,
      ),
    );
    expect(await models.read(tablesOf)).toEqual(foldOf(await logOf(store)));
    expect(leader.state.stopped).toBe(0);
  });
});
