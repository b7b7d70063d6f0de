import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { START } from '@app/event-store';
import { SpecSum, ViewsKit, lines, sums, sumsAndLines as projections, tablesOf, viewsEngines } from '@app/testing';
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import { fingerprintOf } from './generation.js';
import type { Projection } from './projection.js';
import { RowStore } from './row-store.js';
import { type Draft, ReadTimeout, type Views } from './views.js';

@Entity('spec_entry')
@Index('by_owner_and_amount', ['owner', 'amount'])
class Entry {
  @PrimaryColumn('varchar')
  id: string;

  @Index('by_owner')
  @Column('varchar')
  owner: string;

  @Column('int')
  amount: number;
}
const entries: Projection = { name: 'entries', version: 1, entities: [Entry], handles: [], project: async () => {} };
const INDEXES = ['by_owner', 'by_owner_and_amount'];

const fingerprint = fingerprintOf(projections);
const named = (n: number) => `${fingerprint}-${n}`;
const aSum = (key: string, sum = 1) => ({ key, sum });
const fill = async ({ source }: Draft, count: number) => {
  const rows = Array.from({ length: count }, (_, index) => aSum(`k${index}`));
  await new RowStore(source.manager).upsert(SpecSum, rows);
};
const built = async (views: Views, count = 3) => {
  const draft = await views.draft(fingerprint);
  await fill(draft, count);
  await draft.publish();
  return draft.name;
};
const countIn = async (views: Views, name: string) => {
  const reader = await views.openReader(name);
  try {
    return await reader.read((manager) => manager.count(SpecSum));
  } finally {
    await reader.close();
  }
};

describe.each(viewsEngines)('a place for read tables on %s', (engine) => {
  const kit = new ViewsKit(engine);
  const isPostgres = engine === 'PostgreSQL';
  beforeAll(() => kit.start());
  beforeEach(() => kit.empty());
  afterEach(() => kit.clear());
  afterAll(() => kit.stop());

  const draftsLeft = async (): Promise<number> =>
    isPostgres
      ? (await kit.administer("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'd\\_%'")).length
      : readdirSync(kit.folder).filter((file) => file.includes('.draft')).length;

  it('shows a generation whole or not at all while it is published', async () => {
    const [builder, watcher] = [kit.views(projections), kit.views(projections)];
    expect(await watcher.list(fingerprint)).toEqual([]);
    const draft = await builder.draft(fingerprint);
    await fill(draft, 20_000);
    expect(await watcher.list()).toEqual([]);
    let isDone = false;
    const publishing = draft.publish().then(() => (isDone = true));
    const seen: number[] = [];
    while (!isDone || seen.length === 0) {
      await new Promise(setImmediate);
      for (const name of await watcher.list()) seen.push(await countIn(watcher, name));
    }
    await publishing;
    expect(new Set(seen)).toEqual(new Set([20_000]));
    expect(await draftsLeft()).toBe(0);
  });

  it('has the same indexes on every engine after it is published', async () => {
    const views = kit.views([entries]);
    const draft = await views.draft('000000000000');
    const indexesIn = async (source: DataSource) => {
      const sql = isPostgres
        ? 'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1'
        : "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY 1";
      const names: Array<{ name: string }> = await source.query(sql);
      return names.map(({ name }) => name).filter((name) => name.startsWith('by_'));
    };
    expect(await indexesIn(draft.source)).toEqual([]);
    await draft.publish();
    const writer = await views.openWriter(draft.name);
    expect(await indexesIn(writer)).toEqual(INDEXES);
    await writer.destroy();
  });

  it('drops at the next build what a builder left who died', async () => {
    const wire = isPostgres ? await kit.wire() : undefined;
    const dying = await kit.views(projections, 15_000, wire?.url).draft(fingerprint);
    await fill(dying, 10);
    if (wire) {
      wire.down();
      const alive = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'";
      while ((await kit.administer(alive)).length > 0) await new Promise(setImmediate);
    } else await dying.source.destroy();
    const views = kit.views(projections);
    expect(await built(views)).toBe(named(1));
    expect(await draftsLeft()).toBe(0);
    wire?.up();
    await expect(dying.publish()).rejects.toThrow();
    await dying.discard();
    expect(await countIn(views, named(1))).toBe(3);
  });

  it('lets a builder that lost its draft write into no other', async () => {
    if (!isPostgres) return;
    const wire = await kit.wire();
    const lost = await kit.views(projections, 15_000, wire.url).draft(fingerprint);
    wire.cut();
    const alive = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'";
    while ((await kit.administer(alive)).length > 0) await new Promise(setImmediate);
    const other = await kit.views(projections).draft(fingerprint);
    expect(other.name).toBe(named(1));
    await expect(fill(lost, 5)).rejects.toThrow();
    await expect(fill(lost, 5)).rejects.toThrow();
    expect(await other.source.manager.count(SpecSum)).toBe(0);
    await lost.discard();
    await other.discard();
  });

  it('leaves the draft of a living builder alone and gives the next another number', async () => {
    const first = await kit.views(projections).draft(fingerprint);
    await fill(first, 5);
    const second = await kit.views(projections).draft(fingerprint);
    expect([first.name, second.name]).toEqual([named(1), named(2)]);
    await fill(second, 7);
    await second.publish();
    await first.publish();
    const views = kit.views(projections);
    expect(await views.list(fingerprint)).toEqual([named(1), named(2)]);
    expect([await countIn(views, named(1)), await countIn(views, named(2))]).toEqual([5, 7]);
  });

  it('publishes what many build at once under as many names', async () => {
    const names = await Promise.all(Array.from({ length: 6 }, (_, index) => built(kit.views(projections), index + 1)));
    expect(new Set(names).size).toBe(6);
    const views = kit.views(projections);
    expect(await views.list(fingerprint)).toEqual([...names].sort());
    for (const [index, name] of names.entries()) expect(await countIn(views, name)).toBe(index + 1);
    expect(await draftsLeft()).toBe(0);
  });

  it('forgets what was discarded', async () => {
    const views = kit.views(projections);
    const draft = await views.draft(fingerprint);
    await draft.discard();
    await draft.discard();
    expect([await draftsLeft(), await views.list()]).toEqual([0, []]);
  });

  it('keeps the generations of two builds apart', async () => {
    const other = fingerprintOf([sums]);
    const [views, others] = [kit.views(projections), kit.views([sums])];
    await built(views, 2);
    const draft = await others.draft(other);
    await fill(draft, 9);
    await draft.publish();
    expect([await views.list(fingerprint), await views.list(other)]).toEqual([[named(1)], [`${other}-1`]]);
    await others.remove(`${other}-1`);
    expect(await views.list()).toEqual([named(1)]);
    expect(await countIn(views, named(1))).toBe(2);
  });

  it('removes a generation with all that belongs to it, and once more without complaint', async () => {
    const views = kit.views(projections);
    const name = await built(views);
    const writer = await views.openWriter(name);
    await writer.manager.insert(SpecSum, aSum('late'));
    const reader = await views.openReader(name);
    expect(await reader.read((manager) => manager.count(SpecSum))).toBe(4);
    await writer.destroy();
    await views.remove(name);
    await views.remove(name);
    expect(await views.list()).toEqual([]);
    await reader.close();
    expect(isPostgres ? [] : readdirSync(kit.folder).filter((file) => !file.endsWith('.lock'))).toEqual([]);
    const afterwards = await built(kit.views(projections));
    expect(afterwards).toBe(name);
    expect(await countIn(views, name)).toBe(3);
  });

  it('answers a query that asks several things at once', async () => {
    // On PostgreSQL its client sees to that, and says that it will not for ever.
    if (isPostgres) return;
    const views = kit.views(projections);
    const reader = await views.openReader(await built(views));
    const answers = await reader.read((manager) =>
      Promise.all([1, 2, 3].map((sum) => manager.query(`SELECT ${sum} AS sum`))),
    );
    expect(answers).toEqual([[{ sum: 1 }], [{ sum: 2 }], [{ sum: 3 }]]);
    await reader.close();
  });

  it('ends a statement that takes too long, and goes on', async () => {
    const views = kit.views(projections, 200);
    const reader = await views.openReader(await built(views));
    const long =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000) SELECT count(*) FROM n';
    const outcomes = await Promise.allSettled([1, 2].map(() => reader.read((manager) => manager.query(long))));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: expect.any(ReadTimeout) });
    for (let turn = 0; turn < 6; turn += 1) expect(await reader.read(tablesOf)).toMatchObject({ sums: { length: 3 } });
    await reader.close();
  });

  it('lets other work go on while a heavy query runs', async () => {
    const views = kit.views(projections);
    const reader = await views.openReader(await built(views));
    await reader.read((_manager, position) => Promise.resolve(expect(position).toBe(START)));
    const heavy =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT count(*) AS n FROM n';
    let isDone = false;
    const answer = reader.read((manager) => manager.query(heavy)).finally(() => (isDone = true));
    let turns = 0;
    for (; !isDone; turns += 1) await new Promise(setImmediate);
    expect(Number((await answer)[0].n)).toBe(2_000_000);
    expect(turns).toBeGreaterThan(200);
    await reader.close();
  });
});

describe('a folder of read tables', () => {
  const kit = new ViewsKit('SQLite');
  beforeEach(() => kit.empty());
  afterEach(() => kit.clear());

  it('takes no journal that a crash left for that of a new generation', async () => {
    const views = kit.views(projections);
    const name = await built(views);
    const writer = await views.openWriter(name);
    await writer.manager.insert(SpecSum, aSum('gone'));
    const journal = readFileSync(join(kit.folder, `${name}.db-wal`));
    await writer.destroy();
    await views.remove(name);
    for (const file of [`${name}.db-wal`, `${name}.draft-wal`]) writeFileSync(join(kit.folder, file), journal);
    expect(await built(kit.views(projections), 2)).toBe(name);
    expect(await countIn(views, name)).toBe(2);
  });
});

describe('a database of read tables', () => {
  const kit = new ViewsKit('PostgreSQL');
  beforeAll(() => kit.start());
  afterEach(() => kit.clear());
  afterAll(() => kit.stop());

  it('compares text by code points whatever the order of the database is', async () => {
    await kit.empty("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN'");
    const keys = ['a', 'B', '中', '阿', 'Ä', '\u{1F600}', '\uFF5E', 'z'];
    expect(await kit.administer('SELECT k FROM unnest($1::text[]) AS k ORDER BY k', [keys])).not.toEqual([]);
    const views = kit.views(projections);
    const draft = await views.draft(fingerprint);
    await new RowStore(draft.source.manager).upsert(
      SpecSum,
      keys.map((key) => aSum(key)),
    );
    await draft.publish();
    const reader = await views.openReader(draft.name);
    const rows = await reader.read((manager) => manager.find(SpecSum, { order: { key: 'ASC' } }));
    await reader.close();
    const byCodepoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
    expect(rows.map(({ key }) => key)).toEqual([...keys].sort(byCodepoint));
  });

  describe('with the least rights (最小权限)', () => {
    beforeAll(async () => {
      await kit.empty();
      const [{ database } = {}] = await kit.administer('SELECT current_database() AS database');
      const script = readFileSync('docker/postgres/roles.sql', 'utf8')
        .replaceAll(/^\\getenv.*$/gm, '')
        .replaceAll(/:'\w+'/g, "'example'")
        .replaceAll(':"DBNAME"', String(database));
      await kit.administer(script);
    });

    it('the projector builds, leads and drops; the API reads and nothing else', async () => {
      const [projector, api] = ['ledger_projector', 'ledger_api'].map((role) =>
        kit.views(projections, 15_000, kit.urlOf(role)),
      ) as [Views, Views];
      const lease = await projector.takeLease(fingerprint, 'p');
      const name = await built(projector);
      expect(await api.list()).toEqual([name]);
      expect(await countIn(api, name)).toBe(3);
      expect(await api.orphanedForMs(fingerprint)).toBe(0);
      const asApi = await new DataSource({ type: 'postgres', url: kit.urlOf('ledger_api') }).initialize();
      const schema = `g_${name.replace('-', '_')}`;
      for (const statement of [
        `INSERT INTO ${schema}.spec_sum VALUES ('x', 1)`,
        `UPDATE ${schema}.checkpoint SET epoch = 9`,
        `DROP SCHEMA ${schema} CASCADE`,
        `CREATE TABLE ${schema}.mine (id int)`,
        'UPDATE views.lease SET epoch = 9',
      ])
        await expect(asApi.query(statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
      await asApi.destroy();
      for (const forbidden of [api.draft(fingerprint), api.takeLease(fingerprint, 'a'), api.remove(name)])
        await expect(forbidden).rejects.toThrow(/无权.*CREATE ON DATABASE/);
      await lease?.release();
      await projector.remove(name);
      expect(await api.list()).toEqual([]);
    });

    it('a role without rights is told so at once, also beside drafts that it may not drop', async () => {
      const projector = kit.views(projections, 15_000, kit.urlOf('ledger_projector'));
      const left = await projector.draft(fingerprint);
      const [{ database } = {}] = await kit.administer('SELECT current_database() AS database');
      await kit.administer(`REVOKE CREATE ON DATABASE "${String(database)}" FROM ledger_projector`);
      await expect(projector.draft(fingerprint)).rejects.toThrow('CREATE ON DATABASE');
      await left.discard();
    });
  });

  it('does not keep those waiting for long who read what is to be dropped', async () => {
    await kit.empty();
    const views = kit.views([...projections, lines]);
    const name = await built(views);
    const reader = await views.openReader(name);
    const count = await reader.read(async (manager) => {
      await expect(views.remove(name)).rejects.toMatchObject({ name: 'ViewsAway' });
      return manager.count(SpecSum);
    });
    expect(count).toBe(3);
    await views.remove(name);
    await expect(reader.read((manager) => manager.count(SpecSum))).rejects.toMatchObject({ name: 'ViewsAway' });
    await reader.close();
  });
});
