import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportJob, OfficeDatabase } from '@app/access';
import { DeciderRunner, EventRegistry, MemoryEventStore, START, defineEvents, stableId } from '@app/event-store';
import { HttpModule, type LedgerRequest, routerErrors } from '@app/http';
import { type Actor, type Decider, type Message, parsePatentNumber, ruleBook } from '@app/kernel';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { officeEngines } from '@app/testing';
import { type CanActivate, type ExecutionContext, Global, Logger, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { filled, integer, text } from './columns.js';
import { ImportCatalogue } from './import-catalogue.js';
import { acceptFiles } from './file-body.js';
import { FileFolder } from './file-folder.js';
import { ImportJobs } from './import-jobs.js';
import { type ImportKind, importKind } from './import-kind.js';
import { type ImportProgress, type ImportRequest, runImport } from './import-runner.js';
import { ImportsModule } from './imports.module.js';
import { readSheet } from './sheet-reader.js';
import { xlsxTemplate } from './template.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type NoteEvent = Message<'NoteTaken', { readonly title: string }>;
const noteRule = ruleBook({
  'N-1': { clause: '示例', zh: '不收', en: 'not taken' },
  'C-5': { clause: '示例', zh: '无', en: 'none', kind: 'missing' },
});
const noteDecider: Decider<boolean, { readonly title: string }, NoteEvent> = {
  initial: false,
  evolve: () => true,
  decide: ({ title }, taken) => (taken ? [] : [{ type: 'NoteTaken', data: { title } }]),
};
const registry = new EventRegistry([defineEvents<NoteEvent>({ NoteTaken: { version: 1, zh: '记', en: 'Noted' } })]);

const columns = {
  university: text({ zh: '高校', en: 'University', required: true }),
  number: text({ zh: '编号', en: 'Number', required: true }),
  title: text({ zh: '名称', en: 'Title', required: true }),
  owner: { ...text({ zh: '负责人', en: 'Owner' }), personal: true },
  count: integer({ zh: '数量', en: 'Count' }),
};
type Cells = Readonly<Record<string, unknown>>;

/** Notes go to a stream of their own; a title may ask for trouble. */
const notesInto = (runner: DeciderRunner, began: (row: Cells) => Promise<void> | void = () => {}): ImportKind =>
  importKind({
    kind: 'notes',
    title: { zh: '示例记录', en: 'Notes' },
    columns,
    order: 2,
    identity: ({ university, number }) => [university, number],
    touches: ({ university }) => [`university:${university}`],
    execute: async (row, { step }) => {
      await began(row);
      if (row.title === 'refused') throw noteRule('N-1', {}, { field: 'title' });
      if (row.owner !== undefined && row.title === 'owner') throw noteRule('N-1', {}, { field: 'owner' });
      if (row.title === 'bug') throw new TypeError('mine');
      const context = step('take', filled(row));
      const result = await runner.run(noteDecider, `note-${stableId('note', context.commandId)}`, row, context);
      return result.events.length > 0 && !result.repeated;
    },
  });

const references = {
  university: async (name: string) => {
    const id = { hnu: 'hnu', 湖南大学: 'hnu', csu: 'csu' }[name];
    if (id === undefined) throw noteRule('C-5', {}, { field: 'other', conflict: 'x' });
    return id;
  },
};

const clerk: Actor = { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' };
const now = () => '2025-06-01T02:00:00.000Z';
const HEADER = '高校,编号,名称,负责人,数量';
const csv = (...lines: readonly string[]) => Buffer.from([HEADER, ...lines].join('\n'));

let store: MemoryEventStore;
let runner: DeciderRunner;

beforeEach(() => {
  store = new MemoryEventStore();
  runner = new DeciderRunner(store, registry);
});

const events = () => store.readAll(START, 100_000);

describe('an import', () => {
  const take = (file: Buffer, more: Partial<ImportRequest> = {}): Promise<ImportProgress> =>
    runImport({
      kind: notesInto(runner),
      rows: readSheet(file, 'csv'),
      fileName: 'notes.csv',
      actor: clerk,
      references,
      now,
      ...more,
    });

  it('takes good rows, once however often the file comes and however its references are written', async () => {
    const file = csv('hnu,1,甲,,1', '湖南大学,2,乙,,2', 'csu,1,丙,,');
    expect(await take(file)).toEqual({ done: 3, written: 3, unchanged: 0, refused: 0, different: 0, problems: [] });
    const respelt = csv('湖南大学,1,甲,,1', 'hnu,2,乙,,2', 'csu,1, 丙 ,,');
    expect(await take(respelt)).toMatchObject({ written: 0, unchanged: 3, problems: [] });
    expect(await events()).toHaveLength(3);
  });

  it('says of every row who imported it, from where, in its file', async () => {
    await take(csv('hnu,1,甲,,', '', 'hnu,2,乙,,'));
    expect((await events()).map(({ metadata }) => [metadata.actor, metadata.source])).toEqual([
      [clerk, 'import:notes.csv#2'],
      [clerk, 'import:notes.csv#4'],
    ]);
  });

  it('takes the good rows of a file with bad ones, and says what is wrong with those, in the order of the file', async () => {
    const file = csv('hnu,1,refused,,', 'xxx,2,乙,,many', 'hnu,3,丙,,', ',,,,5', 'hnu,4,=1+1,,', 'hnu,5,戊,,1,extra');
    const { problems, ...counts } = await take(file);
    expect(counts).toEqual({ done: 6, written: 1, unchanged: 0, refused: 5, different: 0 });
    const at = problems.map(({ row, column, value, rule }) => [row, column?.zh ?? null, value, rule]);
    expect(at).toEqual([
      [2, '名称', 'refused', 'N-1'],
      [3, '数量', 'many', 'V-3'],
      [3, '高校', 'xxx', 'C-5'],
      [5, '高校', '', 'V-1'],
      [5, '编号', '', 'V-1'],
      [5, '名称', '', 'V-1'],
      [6, '名称', '=1+1', 'V-5'],
      [7, null, null, 'V-13'],
    ]);
    expect(problems[0]).toEqual({
      row: 2,
      column: { zh: '名称', en: 'Title' },
      value: 'refused',
      rule: 'N-1',
      clause: '示例',
      zh: '不收',
      en: 'not taken',
    });
  });

  it('repeats no personal cell in its report', async () => {
    expect(await take(csv('hnu,1,owner,示例甲,'))).toMatchObject({
      problems: [{ column: { zh: '负责人' }, value: null, rule: 'N-1' }],
    });
  });

  it('V-7: reports a row that was taken before with other content, also within one file', async () => {
    const result = await take(csv('hnu,1,甲,,', 'hnu,1,乙,,', 'hnu,1,甲,,'));
    expect(result).toMatchObject({
      written: 1,
      unchanged: 1,
      different: 1,
      problems: [{ row: 3, rule: 'V-7', column: null }],
    });
    expect(await events()).toHaveLength(1);
  });

  /** A sheet whose number is a patent's. */
  const patents = () => ({
    ...notesInto(runner),
    columns: {
      ...columns,
      number: {
        ...columns.number,
        parse: (value: string, { field }: { field: string }) => parsePatentNumber(value, field).canonical,
      },
    },
  });

  it.each(['202110123456', '3112345.6', '2021101234'])(
    'V-19: a patent number that a spreadsheet program cut to %s is told from a mistyped one',
    async (number) => {
      const { problems } = await take(csv(`hnu,${number},甲,,`), { kind: patents() });
      expect(problems).toMatchObject([{ row: 2, column: { zh: '编号' }, value: number, rule: 'V-19' }]);
      expect(problems[0]?.en).toContain('is not a Chinese patent application number');
    },
  );

  it('V-19: a whole patent number is accepted without its point, a mistyped one refused as such', async () => {
    const good = csv('hnu,201910699568X,甲,,', 'hnu,98112345,乙,,');
    expect(await take(good, { kind: patents() })).toMatchObject({ written: 2, problems: [] });
    const { problems } = await take(csv('hnu,2019106995681,甲,,', 'hnu,ZL2019,乙,,'), { kind: patents() });
    expect(problems.map(({ rule }) => rule)).toEqual(['I-1', 'I-2']);
  });

  it('V-9: reports columns it does not know and takes the rest', async () => {
    const file = Buffer.from('\n编号*,备注,University,title,页\n1,x,hnu,甲,y\n');
    expect(await take(file)).toMatchObject({
      written: 1,
      problems: [{ row: 2, rule: 'V-9', column: null, zh: '无法识别的列：备注；页' }],
    });
  });

  it.each([
    ['V-6', '编号,名称\n1,x\n'],
    ['V-11', ''],
    ['V-11', '\uFEFF'],
    ['V-12', '高校,编号,名称,Title\nhnu,1,甲,乙\n'],
  ])('%s: refuses a file as a whole', async (rule, file) => {
    await expect(take(Buffer.from(file))).rejects.toMatchObject({ rule, kind: 'malformed' });
    expect(await events()).toEqual([]);
  });

  it('V-11: keeps the rows before the place where the file breaks', async () => {
    await expect(take(csv('hnu,1,甲,,', 'hnu,2,"乙,,'))).rejects.toMatchObject({ rule: 'V-11' });
    expect(await events()).toHaveLength(1);
  });

  it('bounds its report, in number and in length', async () => {
    const many = Array.from({ length: 6_000 }, (_, index) => `hnu,${index},,,${'9'.repeat(300)}`);
    const { problems, refused } = await take(csv(...many));
    expect({ kept: problems.length, refused }).toEqual({ kept: 5_000, refused: 6_000 });
    expect(Math.max(...problems.map((problem) => JSON.stringify(problem).length))).toBeLessThan(500);
  });

  it('takes rows that touch the same record in the order of the file, others side by side', async () => {
    const begun: string[] = [];
    const kind = notesInto(runner, async (row) => {
      begun.push(`${row['university']}${row['number']}`);
      if (row['number'] === '0') for (let turn = 0; turn < 9; turn += 1) await new Promise(setImmediate);
    });
    const lines = Array.from({ length: 20 }, (_, n) => [`hnu,${n},甲,,`, `csu,${n},乙,,`]).flat();
    expect(await take(csv(...lines), { kind })).toMatchObject({ written: 40 });
    expect(begun.filter((id) => id.startsWith('hnu'))).toEqual(
      lines.filter((_, n) => n % 2 === 0).map((_, n) => `hnu${n}`),
    );
    expect(begun.slice(0, 2)).toEqual(['hnu0', 'csu0']);
  });

  it('looks each reference up once', async () => {
    const asked: string[] = [];
    const counting = { university: (name: string) => (asked.push(name), references.university(name)) };
    await take(csv('hnu,1,甲,,', 'hnu,2,乙,,', 'csu,3,丙,,', 'hnu,4,丁,,'), { references: counting });
    expect(asked).toEqual(['hnu', 'csu']);
  });

  it.each([
    ['first', 1],
    ['last', 12],
  ])('fails with the fault of a row (%s), and only when no row is at work', async (_place, bug) => {
    let atWork = 0;
    const kind = notesInto(runner, async ({ number }) => {
      atWork += 1;
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      if (Number(number) !== bug) atWork -= 1;
    });
    const lines = Array.from(
      { length: 12 },
      (_, n) => `${n % 2 ? 'hnu' : 'csu'},${n + 1},${n + 1 === bug ? 'bug' : '甲'},,`,
    );
    await expect(take(csv(...lines), { kind })).rejects.toThrow('mine');
    expect(atWork).toBe(1);
  });

  it('tells its progress after every row', async () => {
    const told: number[] = [];
    await take(csv('hnu,1,甲,,', 'xxx,2,乙,,', 'hnu,3,丙,,'), { report: ({ done }) => told.push(done) });
    expect(told).toEqual([1, 2, 3]);
  });

  it('ends when it is told to', async () => {
    const control = new AbortController();
    const lines = Array.from({ length: 500 }, (_, n) => `hnu,${n},甲,,`);
    const report = ({ done }: ImportProgress) => done === 100 && control.abort(new Error('enough'));
    await expect(take(csv(...lines), { signal: control.signal, report })).rejects.toThrow('enough');
    const taken = (await events()).length;
    expect(taken).toBeGreaterThanOrEqual(100);
    expect(taken).toBeLessThan(200);
    expect(await take(csv(...lines))).toMatchObject({ written: 500 - taken, unchanged: taken });
  });
});

describe('the catalogue', () => {
  it('has its sheets in the order they build on each other', () => {
    const notes = notesInto(runner);
    const kinds = [notes, { ...notes, kind: 'b', order: 1 }, { ...notes, kind: 'a', order: 2 }];
    expect(new ImportCatalogue(kinds).kinds.map(({ kind }) => kind)).toEqual(['b', 'a', 'notes']);
  });

  it('refuses at start two sheets of one name and two columns of one header', () => {
    const notes = notesInto(runner);
    expect(() => new ImportCatalogue([notes, notes])).toThrow('declared twice');
    expect(() => new ImportCatalogue([{ ...notes, columns: { ...columns, name: columns.title } }])).toThrow(
      'share the header',
    );
  });
});

describe.each(officeEngines())('import jobs over HTTP, office on $name', (engine) => {
  let folder: string;
  let office: OfficeDatabase;
  let app: NestFastifyApplication;
  let jobs: ImportJobs;
  let began: (row: Cells) => Promise<void> | void;

  /** Lets everybody in as the actor of a header, `role organisation`. */
  class HeaderGuard implements CanActivate {
    canActivate(host: ExecutionContext): boolean {
      const request = host.switchToHttp().getRequest<LedgerRequest>();
      const [role = '', organisation = ''] = String(request.headers['x-actor'] ?? 'DATA_CLERK bureau').split(' ');
      request.actor = { id: organisation, role, organisation };
      return true;
    }
  }

  const start = async () => {
    office = await engine.open();
    const catalogue = new ImportCatalogue([notesInto(runner, (row) => began(row))], references);
    const shared = [
      { provide: OfficeDatabase, useValue: office },
      { provide: ImportCatalogue, useValue: catalogue },
      { provide: FileFolder, useValue: { path: join(folder, 'files'), uploadLimit: 20_000, evidenceLimit: 20_000 } },
      { provide: ReadModels, useValue: embeddedReadModels(store, registry, [], folder) },
    ];
    @Global()
    @Module({
      providers: [...shared, { provide: APP_GUARD, useClass: HeaderGuard }],
      exports: shared.map(({ provide }) => provide),
    })
    class Plumbing {}
    const module = await Test.createTestingModule({ imports: [Plumbing, HttpModule, ImportsModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ ...routerErrors }), {
      logger: false,
    });
    acceptFiles(app.getHttpAdapter().getInstance());
    await app.init();
    jobs = app.get(ImportJobs);
  };
  const stop = async () => {
    await jobs.stop();
    await app.close();
    await office.close();
  };

  beforeAll(engine.start);
  afterAll(engine.stop);
  beforeEach(async () => {
    await engine.clear();
    folder = mkdtempSync(join(tmpdir(), 'imports-'));
    began = () => {};
    await start();
  });
  afterEach(async () => {
    await stop();
    Logger.overrideLogger(['error']);
    rmSync(folder, { recursive: true });
  });

  const upload = (payload: Buffer | string, url = 'notes?fileName=notes.csv', headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/v1/imports/${url}`,
      payload,
      headers: { 'content-type': 'text/csv', ...headers },
    });
  const get = (path = '', actor = 'DATA_CLERK bureau') =>
    app.inject({ url: `/api/v1/imports${path}`, headers: { 'x-actor': actor } });
  const submitted = async (payload: Buffer, url?: string, headers?: Record<string, string>) =>
    (await upload(payload, url, headers)).json<{ jobId: string }>().jobId;
  const stored = (id: string) => office.dataSource.manager.findOneByOrFail(ImportJob, { id });

  it('a sheet is taken in the background and its job told; the upload goes when the job has ended', async () => {
    const file = csv('hnu,1,甲,,', 'xxx,2,乙,,');
    const reply = await upload(file);
    const { jobId, status } = reply.json();
    expect({ code: reply.statusCode, status }).toEqual({ code: 202, status: `/api/v1/imports/${jobId}` });
    await jobs.idle();
    const hash = createHash('sha256').update(file).digest('hex');
    expect(readdirSync(join(folder, 'files'))).toEqual([]);
    expect((await get(`/${jobId}`)).json()).toMatchObject({
      ...{ id: jobId, kind: 'notes', fileName: 'notes.csv', fileHash: hash, actorId: 'bureau', status: 'DONE' },
      ...{ total: 2, done: 2, written: 1, unchanged: 0, refused: 1, different: 0 },
      problems: [{ row: 3, column: { zh: '高校', en: 'University' }, value: 'xxx', rule: 'C-5', clause: '示例' }],
    });
    expect(await events()).toMatchObject([{ metadata: { actor: { id: 'bureau', role: 'DATA_CLERK' } } }]);
  });

  it('an XLSX sheet is taken too', async () => {
    const id = await submitted(await xlsxTemplate(notesInto(runner)), 'notes?fileName=NOTES.XLSX', {
      'content-type': XLSX,
    });
    await jobs.idle();
    expect(await stored(id)).toMatchObject({ status: 'DONE', total: 0, problems: [] });
  });

  it('jobs run one after the other, each of them to its end', async () => {
    const files = ['甲', '乙', '丙'].map((title, n) => csv(`hnu,${n},${title},,`, 'hnu,same,一样,,'));
    const ids = await Promise.all(files.map((file) => submitted(file)));
    await jobs.idle();
    const ended = await Promise.all(ids.map(stored));
    expect(ended.map(({ written, unchanged }) => written + unchanged)).toEqual([2, 2, 2]);
    expect(ended.reduce((sum, { written }) => sum + written, 0)).toBe(4);
    const list = (await get()).json<object[]>();
    expect(list).toHaveLength(3);
    expect(list.some((job) => 'problems' in job)).toBe(false);
  });

  /** Holds the import up at a row: resolves once it is there, with how to let it go on. */
  const heldAt = (held: string) =>
    new Promise<() => void>((reached) => {
      began = ({ number }) => (number === held ? new Promise((goOn) => reached(goOn)) : undefined);
    });

  it('the progress of a running job can be watched', async () => {
    const held = heldAt('5');
    const id = await submitted(csv(...Array.from({ length: 10 }, (_, n) => `hnu,${n},甲,,`)));
    const goOn = await held;
    expect((await get(`/${id}`)).json()).toMatchObject({
      ...{ status: 'RUNNING', total: 10, done: 5, written: 5, finishedAt: null },
    });
    expect((await get()).json()).toMatchObject([{ id, status: 'RUNNING', done: 5 }]);
    goOn();
    await jobs.idle();
    expect((await get(`/${id}`)).json()).toMatchObject({ status: 'DONE', done: 10 });
  });

  it('a job that a stop cut short, and those behind it, end after the next start', async () => {
    const held = heldAt('50');
    const first = await submitted(csv(...Array.from({ length: 400 }, (_, n) => `hnu,${n},甲,,`)));
    const second = await submitted(csv('csu,1,乙,,'));
    const goOn = await held;
    const stopped = stop();
    goOn();
    await stopped;
    const before = (await events()).length;
    expect(before).toBeGreaterThan(50);
    expect(before).toBeLessThan(150);
    await start();
    expect([await stored(first), await stored(second)].map(({ status, attempts }) => [status, attempts])).toEqual([
      ['QUEUED', 0],
      ['QUEUED', 0],
    ]);
    began = () => {};
    await jobs.resume();
    await jobs.idle();
    expect(await stored(first)).toMatchObject({
      ...{ status: 'DONE', done: 400, written: 400 - before, unchanged: before },
    });
    expect(await stored(second)).toMatchObject({ status: 'DONE', written: 1 });
    expect(await events()).toHaveLength(401);
    await jobs.resume();
    expect(await stored(second)).toMatchObject({ status: 'DONE', written: 1 });
  });

  it.each([
    ['V-6', Buffer.from('编号\n1\n')],
    ['V-11', Buffer.from('高校,"编号\n')],
    ['C-500', csv('hnu,1,bug,,')],
  ])('%s: a job that fails says why, and the next one runs', async (rule, file) => {
    const failed = await submitted(file);
    const next = await submitted(csv('hnu,9,甲,,'));
    await jobs.idle();
    expect((await get(`/${failed}`)).json()).toMatchObject({
      status: 'FAILED',
      problems: [{ row: 0, column: null, rule }],
    });
    expect(await stored(failed)).toMatchObject({ status: 'FAILED', finishedAt: expect.stringContaining('T') });
    expect(await stored(next)).toMatchObject({ status: 'DONE', written: 1 });
  });

  it('a job whose file is gone fails', async () => {
    await jobs.stop();
    const id = await submitted(csv('hnu,1,甲,,'));
    for (const file of readdirSync(join(folder, 'files'))) unlinkSync(join(folder, 'files', file));
    await stop();
    await start();
    await jobs.resume();
    await jobs.idle();
    expect(await stored(id)).toMatchObject({ status: 'FAILED', problems: [{ rule: 'C-500' }] });
  });

  it('a sheet is accepted up to its limit, under whatever type it comes', async () => {
    const file = Buffer.concat([csv('hnu,1,甲,,', ''), Buffer.alloc(20_000, '\n')]).subarray(0, 20_000);
    const id = await submitted(file, undefined, { 'content-type': 'text/plain+strange' });
    await jobs.idle();
    expect(await stored(id)).toMatchObject({ status: 'DONE', written: 1 });
  });

  it('V-22: a file name is accepted in whatever script, with dots and blanks within', async () => {
    const name = '合同 (2)..2021.csv';
    const id = await submitted(csv('hnu,1,甲,,'), `notes?fileName=${encodeURIComponent(name)}`);
    await jobs.idle();
    expect(await stored(id)).toMatchObject({ status: 'DONE', fileName: name });
  });

  it('a sheet is taken again while the job of the same file ends', async () => {
    const file = csv('hnu,1,甲,,');
    const ids: string[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const [id] = await Promise.all([submitted(file), jobs.idle()]);
      ids.push(id);
    }
    await jobs.idle();
    const ended = await Promise.all(ids.map(stored));
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['DONE']));
    expect(readdirSync(join(folder, 'files'))).toEqual([]);
  });

  /** As a crash leaves a job: begun so often, never ended. */
  const crashed = async (attempts: number) => {
    await jobs.stop();
    const id = await submitted(csv(`hnu,${attempts},甲,,`));
    await office.write((manager) => manager.update(ImportJob, { id }, { status: 'RUNNING', attempts }));
    await stop();
    await start();
    await jobs.resume();
    await jobs.idle();
    return stored(id);
  };

  it('a job that ended the process once is taken up once more', async () => {
    expect(await crashed(1)).toMatchObject({ status: 'DONE', attempts: 2, written: 1 });
  });

  it('V-18: a job that ended the process twice is given up', async () => {
    expect(await crashed(2)).toMatchObject({ status: 'FAILED', attempts: 2, problems: [{ row: 0, rule: 'V-18' }] });
    expect(readdirSync(join(folder, 'files'))).toEqual([]);
  });

  it('a job that ended the process is taken up after those that never began', async () => {
    await jobs.stop();
    const id = await submitted(csv('hnu,crashed,甲,,'));
    await submitted(csv('hnu,waiting,乙,,'));
    await office.write((manager) => manager.update(ImportJob, { id }, { status: 'RUNNING', attempts: 1 }));
    await stop();
    await start();
    const order: unknown[] = [];
    began = ({ number }) => void order.push(number);
    await jobs.resume();
    await jobs.idle();
    expect(order).toEqual(['waiting', 'crashed']);
  });

  it('what a crash left of uploads is removed at the next start, but for the files of open jobs', async () => {
    await jobs.stop();
    const id = await submitted(csv('hnu,1,甲,,'));
    await stop();
    const files = join(folder, 'files');
    for (const name of ['half.part', 'ab'.repeat(32), 'new.part']) writeFileSync(join(files, name), 'x');
    for (const name of ['half.part', 'ab'.repeat(32), id]) utimesSync(join(files, name), 1, 1);
    await start();
    await jobs.resume();
    await jobs.idle();
    expect(await stored(id)).toMatchObject({ status: 'DONE', written: 1 });
    expect(readdirSync(files)).toEqual(['new.part']);
  });

  it.each([
    ['V-10', 404, 'letters?fileName=notes.csv', csv(), {}],
    ['V-11', 400, 'notes?fileName=notes.txt', csv(), {}],
    ['V-11', 400, 'notes?fileName=notes.csv', Buffer.alloc(0), {}],
    ['V-22', 400, 'notes?fileName=../../a.csv', csv(), {}],
    ['V-22', 400, 'notes?fileName=%00.csv', csv(), {}],
    ['V-22', 400, 'notes?fileName=C:%5Ca.csv', csv(), {}],
    ['V-SHAPE', 400, 'notes', csv(), {}],
    ['V-SHAPE', 400, 'notes?fileName=notes.csv&sheet=2', csv(), {}],
    ['A-1', 403, 'notes?fileName=notes.csv', csv(), { 'x-actor': 'AUDITOR bureau' }],
  ])('%s: %i for an upload that is not one', async (...[code, status, url, file, headers]) => {
    const reply = await upload(file, url, headers);
    expect({ status: reply.statusCode, code: reply.json().code }).toEqual({ status, code });
    expect(await office.dataSource.manager.count(ImportJob)).toBe(0);
  });

  it.each([
    [413, Buffer.alloc(20_001, 'a'), {}],
    [415, '{"a":1}', { 'content-type': 'application/json' }],
  ])('%i for a body that cannot be taken', async (status, body, headers: Record<string, string>) => {
    const reply = await upload(body, undefined, headers);
    expect(reply.statusCode).toBe(status);
    expect(reply.headers['content-type']).toContain('application/problem+json');
  });

  it('an upload that its sender breaks off is a warning, and leaves nothing', async () => {
    const told: string[] = [];
    const warned = new Promise<void>((resolve) => {
      const hear = (level: string) => () => {
        told.push(level);
        resolve();
      };
      Logger.overrideLogger({ log: () => {}, warn: hear('warn'), error: hear('error') });
    });
    await app.listen(0, '127.0.0.1');
    const headers = { 'content-type': 'text/csv', 'content-length': '10000' };
    const sender = request(`${await app.getUrl()}/api/v1/imports/notes?fileName=a.csv`, { method: 'POST', headers });
    sender.on('error', () => {});
    sender.write(HEADER);
    const files = join(folder, 'files');
    while (!existsSync(files) || readdirSync(files).length === 0) await new Promise(setImmediate);
    sender.destroy();
    await warned;
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(told).toEqual(['warn']);
    expect(readdirSync(files)).toEqual([]);
    expect(await office.dataSource.manager.count(ImportJob)).toBe(0);
  });

  it('an office sees its own jobs, the bureau all of them', async () => {
    const own = await submitted(csv('hnu,1,甲,,'), undefined, { 'x-actor': 'TRANSFER_OFFICE hnu' });
    await jobs.idle();
    const seen = async (actor: string) => ({
      list: (await get('', actor)).json<object[]>().length,
      job: (await get(`/${own}`, actor)).statusCode,
    });
    expect(await seen('TRANSFER_OFFICE hnu')).toEqual({ list: 1, job: 200 });
    expect(await seen('DATA_CLERK bureau')).toEqual({ list: 1, job: 200 });
    expect(await seen('TRANSFER_OFFICE csu')).toEqual({ list: 0, job: 404 });
    expect((await get('', 'AUDITOR bureau')).statusCode).toBe(403);
    expect((await get('/none')).json()).toMatchObject({ code: 'C-5' });
  });

  it('tells what sheets there are and hands out their templates', async () => {
    expect((await get('/kinds')).json()).toMatchObject([
      {
        kind: 'notes',
        title: { zh: '示例记录' },
        order: 2,
        columns: [{ key: 'university', zh: '高校', required: true }, {}, {}, {}, {}],
      },
    ]);
    const sheet = await get('/templates/notes.csv');
    expect(sheet.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="notes.csv"; filename*=UTF-8''${encodeURIComponent('示例记录.csv')}`,
    });
    expect(sheet.body).toBe(`\uFEFF${HEADER}\n`);
    const workbook = await get('/templates/notes.xlsx');
    expect(workbook.headers['content-type']).toBe(XLSX);
    for await (const { cells } of readSheet(workbook.rawPayload, 'xlsx')) {
      expect(cells).toEqual(['高校*', '编号*', '名称*', '负责人', '数量']);
    }
    expect((await get('/templates/letters.csv')).statusCode).toBe(404);
    expect((await get('/templates/notes.pdf')).statusCode).toBe(404);
  });
});
