import { MemoryEventStore, type RecordedEvent, START } from '@app/event-store';
import {
  anEvent,
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
  ViewsKit,
  type ViewsEngine,
  viewsEngines,
} from '@app/testing';
import type { DataSource } from 'typeorm';
import { Checkpoint, LOOP } from './checkpoint.entity.js';
import type { Projection } from './projection.js';
import { Fenced, ProjectionLoop } from './projection-loop.js';
import type { Rows } from './row-store.js';

/** Makes the k-th write of a data source fail, in the engine itself; answers how to ask for the writes so far. */
const failingAt = async (source: DataSource, engine: ViewsEngine, k: number): Promise<() => Promise<number>> => {
  const tables = ['spec_sum', 'spec_line', 'checkpoint'];
  const triggers = tables.flatMap((table) => ['INSERT', 'UPDATE'].map((when) => ({ table, when })));
  if (engine === 'PostgreSQL') {
    await source.query('CREATE SEQUENCE writes');
    await source.query(
      `CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF nextval('writes') = ${k} THEN RAISE 'the disk is full' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$`,
    );
    for (const { table, when } of triggers)
      await source.query(
        `CREATE TRIGGER count_${when} BEFORE ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION count_write()`,
      );
    return async () => Number((await source.query('SELECT last_value, is_called FROM writes'))[0].last_value);
  }
  let writes = 0;
  const { databaseConnection } = source.driver as unknown as {
    databaseConnection: { function(name: string, run: () => number): void };
  };
  databaseConnection.function('count_write', () => {
    writes += 1;
    if (writes === k) throw Object.assign(new Error('the disk is full'), { code: 'SQLITE_FULL' });
    return 0;
  });
  for (const { table, when } of triggers)
    await source.query(
      `CREATE TEMP TRIGGER ${table}_${when} BEFORE ${when} ON ${table} BEGIN SELECT count_write(); END`,
    );
  return async () => writes;
};

describe.each(viewsEngines)('the projection loop on %s', (engine) => {
  const kit = new ViewsKit(engine);
  let store: MemoryEventStore;
  let source: DataSource;
  const opened: Array<{ stop(): Promise<void> }> = [];
  const failures: unknown[] = [];

  const loopOver = (some: readonly Projection[] = projections, { epoch = 1, at = source } = {}) => {
    const told: string[] = [];
    const report = ({ position }: { position: string }) => told.push(position);
    const loop = new ProjectionLoop({ store, registry, projections: some, source: at, epoch, report });
    opened.push(loop);
    return Object.assign(loop, {
      told,
      begin: async () => {
        await loop.adopt();
        await loop.catchUp();
      },
      /** Until it has reached a position, or failed. */
      until: async (position: string) => {
        while (loop.position < position && failures.length === 0) await new Promise(setImmediate);
        expect(failures).toEqual([]);
      },
    });
  };
  const tables = () => tablesOf(source.manager);

  beforeAll(() => kit.start());
  beforeEach(async () => {
    failures.length = 0;
    store = new MemoryEventStore();
    await kit.empty();
    source = await kit.writer(projections);
  });
  afterEach(async () => {
    for (const loop of opened.splice(0)) await loop.stop();
    await kit.clear();
  });
  afterAll(() => kit.stop());

  it('catches up with the log in batches, telling how far it has come', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => (index % 3 ? added(index) : noted()));
    await append(store, 'sum-1', ...many);
    const loop = loopOver();
    await loop.begin();
    expect(loop.told).toEqual([nth(4_000), nth(4_500)]);
    expect(loop.position).toBe(nth(4_500));
    expect(await tables()).toEqual(foldOf(await logOf(store)));
  });

  it('goes from catching up to live without a gap or a repetition', async () => {
    await append(store, 'sum-1', added(1), noted());
    const loop = loopOver();
    await loop.begin();
    await append(store, 'sum-1', added(2));
    loop.start((error) => failures.push(error));
    let last = START;
    for (let round = 0; round < 40; round += 1) {
      ({ position: last } = await append(store, `sum-${round % 3}`, added(round), noted()));
    }
    await loop.until(last);
    expect(await tables()).toEqual(foldOf(await logOf(store)));
    expect(failures).toEqual([]);
  });

  it('goes on after a restart where it was', async () => {
    await append(store, 'sum-1', added(1), noted());
    await loopOver().begin();
    await append(store, 'sum-1', added(2));
    const again = loopOver();
    await again.begin();
    expect(again.position).toBe(nth(3));
    expect(await tables()).toEqual(foldOf(await logOf(store)));
  });

  it('reads events of an older version as of today', async () => {
    await append(store, 'sum-1', anEvent({ amount: 7 }, 'Added', 1));
    await loopOver().begin();
    expect((await tables()).sums).toEqual([{ key: 'sum-1', sum: 7 }]);
  });

  it('keeps rows and checkpoint together whichever write fails', async () => {
    await append(store, 'sum-1', added(1), noted(), added(2));
    await append(store, 'sum-2', added(3));
    const expected = foldOf(await logOf(store));
    let most = Number.POSITIVE_INFINITY;
    for (let k = 1; k <= most; k += 1) {
      source = await kit.writer(projections);
      const first = loopOver();
      await first.adopt();
      const writes = await failingAt(source, engine, k);
      const outcome = await first.catchUp().then(
        () => 'whole',
        (error: unknown) => String(error),
      );
      // A full disk is nobody's poison: the loop ends, and the next begins where the rows stand.
      expect(first.stopped).toEqual([]);
      if (outcome === 'whole') most = await writes();
      else {
        expect(outcome).toContain('the disk is full');
        await loopOver(projections, { epoch: 2 }).begin();
      }
      expect({ k, ...(await tables()) }).toEqual({ k, ...expected });
    }
    expect(most).toBeGreaterThan(6);
  });

  it('stops a projection at the event it cannot apply, and no other', async () => {
    await append(store, 'sum-1', added(1), noted(), added(2), added('poison'), added(4), noted());
    const loop = loopOver();
    await loop.begin();
    expect(loop.stopped).toEqual([{ projection: 'sums', position: nth(4), reason: 'Error: cannot add' }]);
    expect(await tables()).toMatchObject({ sums: [{ sum: 3 }], lines: { length: 6 } });
    loop.start((error) => failures.push(error));
    const { position } = await append(store, 'sum-1', added(8));
    await loop.until(position);
    expect(await tables()).toMatchObject({ sums: [{ sum: 3 }], lines: { length: 7 } });
    const checkpoints = await source.manager.find(Checkpoint, { order: { projection: 'ASC' } });
    expect(checkpoints.map(({ projection, position: at }) => [projection, at])).toEqual([
      [LOOP, nth(7)],
      ['lines', nth(7)],
      ['sums', nth(3)],
    ]);
    expect(checkpoints[2]).toMatchObject({ stoppedAt: nth(4), stoppedBy: 'Error: cannot add' });
  });

  it('lets a stopped projection go on after a restart with a build that can apply the event', async () => {
    await append(store, 'sum-1', added(1), added('poison'), added(4));
    await loopOver().begin();
    const cured = {
      ...sums,
      project: (events: readonly RecordedEvent[], rows: Rows) =>
        sums.project(
          events.filter(({ data }) => data['by'] !== 'poison'),
          rows,
        ),
    };
    const loop = loopOver([cured, lines]);
    await loop.begin();
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
    await loop.begin();
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
    await loop.begin();
    expect(loop.stopped).toEqual([{ projection: 'lines', position: nth(1), reason: 'Error: too many' }]);
    expect((await tables()).lines).toEqual([]);
  });

  it('stops only the projections that handle an event nobody can read', async () => {
    await append(store, 'sum-1', noted(), anEvent({}, 'Unheard'), anEvent({ by: 1 }, 'Added', 9), noted());
    const loop = loopOver([sums, { ...lines, handles: ['Noted'] }]);
    await loop.begin();
    expect(loop.stopped).toMatchObject([{ projection: 'sums', position: nth(3) }]);
    expect((await tables()).lines).toHaveLength(2);
  });

  it('finishes the batch at hand when it is stopped', async () => {
    const loop = loopOver();
    await loop.begin();
    loop.start((error) => failures.push(error));
    await append(store, 'sum-1', ...Array.from({ length: 500 }, () => added(1)));
    await loop.until(nth(1));
    await loop.stop();
    const checkpoint = await source.manager.findOneBy(Checkpoint, { projection: LOOP });
    const done = (await store.readAll(START, 500)).filter(
      ({ position }) => position <= (checkpoint?.position ?? START),
    );
    expect(await tables()).toEqual(foldOf(done));
    await loopOver().begin();
    expect(await tables()).toEqual(foldOf(await logOf(store)));
  });

  it('tells why it ended when the engine fails', async () => {
    const loop = loopOver();
    await loop.begin();
    const failed = new Promise((resolve) => loop.start(resolve));
    await source.query('DROP TABLE checkpoint');
    await append(store, 'sum-1', noted());
    expect(String(await failed)).toContain('checkpoint');
  });

  it('writes nothing once another has adopted its generation, and says that it was fenced', async () => {
    await append(store, 'sum-1', added(1));
    const first = loopOver();
    await first.begin();
    const fenced = new Promise((resolve) => first.start(resolve));
    const second = loopOver(projections, { epoch: 2 });
    await second.begin();
    const { position } = await append(store, 'sum-1', added(2), noted());
    expect(await fenced).toBeInstanceOf(Fenced);
    second.start((error) => failures.push(error));
    await second.until(position);
    expect(await tables()).toEqual(foldOf(await logOf(store)));
    await expect(first.adopt()).rejects.toBeInstanceOf(Fenced);
  });

  it('lets one of many writers win each turn, whatever the order in which they write', async () => {
    const writers: Array<ReturnType<typeof loopOver>> = [];
    for (let epoch = 1; epoch <= 8; epoch += 1) writers.push(loopOver(projections, { epoch, at: await kit.another() }));
    await append(store, 'sum-1', ...Array.from({ length: 300 }, (_, index) => added(index)));
    const outcomes = await Promise.allSettled(writers.map((writer) => writer.begin()));
    await loopOver(projections, { epoch: 100 }).begin();
    expect(await tables()).toEqual(foldOf(await logOf(store)));
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  });
});
