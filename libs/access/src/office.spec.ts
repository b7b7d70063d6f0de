import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DryRunnableStore, MemoryEventStore } from '@app/event-store';
import { officeEngines } from '@app/testing';
import { loadMasterKey } from './master-key.js';
import { ImportJob, Setting } from './office.entity.js';
import type { OfficeDatabase } from './office.js';

describe.each(officeEngines())('the office database on $name', ({ start, clear, open, stop }) => {
  let office: OfficeDatabase;
  beforeAll(start);
  beforeEach(async () => {
    await clear();
    office = await open();
  });
  afterEach(() => office.close());
  afterAll(stop);

  const put = (key: string, value: string) => office.write((manager) => manager.insert(Setting, { key, value }));

  it('has the tables its entities describe, no more and no less', async () => {
    const { upQueries } = await office.dataSource.driver.createSchemaBuilder().log();
    // The order of text is said in the migrations alone: an entity cannot say it for one engine.
    expect(upQueries.map(({ query }) => query).filter((query) => !query.includes('COLLATE "undefined"'))).toEqual([]);
  });

  it('keeps a first value of a setting, whoever comes second', async () => {
    const values = await Promise.all(['a', 'b', 'c'].map((value) => office.settingOrFirst('secret', value)));
    expect(values).toEqual(['a', 'a', 'a']);
    expect(await office.setting('secret')).toBe('a');
    expect(await office.setting('other')).toBeUndefined();
  });

  it('A-15: changes nothing in a dry run, and is accepted after it', async () => {
    const dry = new DryRunnableStore(new MemoryEventStore()).dryRun(() => put('tried', '1'));
    await expect(dry).rejects.toMatchObject({ rule: 'A-15' });
    expect(await office.setting('tried')).toBeUndefined();
    await put('tried', '1');
    expect(await office.setting('tried')).toBe('1');
  });

  it('keeps changes apart: one that fails takes nothing else with it', async () => {
    const failing = office.write(async (manager) => {
      await manager.insert(Setting, { key: 'lost', value: '1' });
      throw new Error('half way');
    });
    const kept = put('kept', '1');
    await expect(failing).rejects.toThrow('half way');
    await kept;
    expect(await office.setting('lost')).toBeUndefined();
    expect(await office.setting('kept')).toBe('1');
  });

  it('finishes the changes asked for before it closes', async () => {
    const written = put('last', '1');
    await office.close();
    await written;
    office = await open();
    expect(await office.setting('last')).toBe('1');
  });

  it('tells the time of the database as instants are written', async () => {
    const [{ now, later }] = await office.read((manager) =>
      manager.query(`SELECT ${office.instant()} AS now, ${office.instant(15)} AS later`),
    );
    expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(10_000);
    expect(Math.round((Date.parse(later) - Date.parse(now)) / 1000)).toBe(15);
  });

  it('orders text by code points', async () => {
    const keys = ['a-b', 'aB', 'a_b', 'ab', 'Z', '中', '一', '😀'];
    for (const key of keys) await put(key, '1');
    const found = await office.read((manager) => manager.find(Setting, { order: { key: 'ASC' } }));
    expect(found.map(({ key }) => key)).toEqual(['Z', 'a-b', 'aB', 'a_b', 'ab', '一', '中', '😀']);
  });

  it('holds an import job with its problems', async () => {
    const job: ImportJob = {
      id: 'job1',
      kind: 'contracts',
      fileName: '示例.xlsx',
      fileHash: 'ab'.repeat(32),
      actorId: 'clerk',
      actorRole: 'DATA_CLERK',
      actorOrganisation: 'bureau',
      status: 'RUNNING',
      attempts: 1,
      total: 10,
      done: 1,
      written: 0,
      unchanged: 0,
      refused: 1,
      different: 0,
      problems: [{ row: 2, column: null, value: '示例', rule: 'V-3', clause: '示例', zh: '示例', en: 'sample' }],
      createdAt: '2024-03-01T08:00:00.000Z',
      startedAt: '2024-03-01T08:00:01.000Z',
      finishedAt: null,
    };
    await office.write((manager) => manager.insert(ImportJob, job));
    expect(await office.dataSource.manager.findOneByOrFail(ImportJob, { id: 'job1' })).toEqual(job);
  });
});

describe('the master key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'master-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, for its owner only, and read ever after', () => {
    const path = join(folder, 'keys', 'master.key');
    const key = loadMasterKey(path);
    expect(key).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
    expect(loadMasterKey(path)).toEqual(key);
    expect(readFileSync(path, 'utf8').trim()).toBe(key.toString('hex'));
    expect(readdirSync(join(folder, 'keys'))).toEqual(['master.key']);
  });

  it('is refused when the file is damaged', () => {
    const path = join(folder, 'master.key');
    writeFileSync(path, 'abcd');
    expect(() => loadMasterKey(path)).toThrow('主密钥文件已损坏');
  });
});
