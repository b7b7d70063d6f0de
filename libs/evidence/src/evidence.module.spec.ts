import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { EvidenceFile, OfficeDatabase, PersonStore } from '@app/access';
import {
  DeciderRunner,
  EventRegistry,
  EventStore,
  type JsonObject,
  MemoryEventStore,
  defineEvents,
} from '@app/event-store';
import { HttpModule, type LedgerRequest } from '@app/http';
import { FileFolder, ImportCatalogue, acceptFiles } from '@app/imports';
import { ReadModels, embeddedReadModels, recordProjection } from '@app/read-model';
import { RecordsModule } from '@app/records';
import { anEvent } from '@app/testing';
import { type CanActivate, type ExecutionContext, Global, Logger, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { RecordEvidence } from './attachment.queries.js';
import { attachmentEvents, attachmentRows } from './attachment.projection.js';
import { EvidenceModule } from './evidence.module.js';
import { DescribeEvidence, EvidenceFolder } from './evidence-file.handler.js';

const LIMIT = 4_000;
const CLERK = 'DATA_CLERK bureau';
const HNU = 'TRANSFER_OFFICE hnu';
const CSU = 'TRANSFER_OFFICE csu';

const registry = new EventRegistry([
  defineEvents({ NoteTaken: { version: 1, zh: '记录', en: 'Note taken' } }),
  attachmentEvents,
]);
const notes = recordProjection({
  kind: 'note',
  version: 1,
  streamPrefix: 'note-',
  handles: ['NoteTaken'],
  evolve: (_row, { data }) => ({
    ...{ number: '示例-1', title: '示例', status: 'TAKEN', date: '2021-03-05', detail: {} },
    universityId: String(data['universityId']),
  }),
});

/** Lets everybody in as the actor of a header, `role organisation`. */
class HeaderGuard implements CanActivate {
  canActivate(host: ExecutionContext): boolean {
    const request = host.switchToHttp().getRequest<LedgerRequest>();
    const [role = '', organisation = ''] = String(request.headers['x-actor']).split(' ');
    request.actor = { id: organisation, role, organisation };
    return true;
  }
}

let folder: string;
let files: string;
let store: MemoryEventStore;
let office: OfficeDatabase;
let models: ReadModels;
let app: NestFastifyApplication;

const start = async () => {
  const shared = [
    { provide: EventStore, useValue: store },
    { provide: EventRegistry, useValue: registry },
    { provide: DeciderRunner, useValue: new DeciderRunner(store, registry) },
    { provide: ReadModels, useValue: models },
    { provide: OfficeDatabase, useValue: office },
    { provide: PersonStore, useValue: await PersonStore.open(office, Buffer.alloc(32, 7)) },
    { provide: ImportCatalogue, useValue: new ImportCatalogue([]) },
    { provide: FileFolder, useValue: { path: files, uploadLimit: LIMIT, evidenceLimit: LIMIT } },
  ];
  @Global()
  @Module({
    providers: [...shared, { provide: APP_GUARD, useClass: HeaderGuard }],
    exports: shared.map(({ provide }) => provide),
  })
  class Plumbing {}
  const module = await Test.createTestingModule({
    imports: [CqrsModule.forRoot(), Plumbing, HttpModule, RecordsModule, EvidenceModule],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  acceptFiles(app.getHttpAdapter().getInstance());
  await app.init();
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  files = join(folder, 'files');
  mkdirSync(files);
  store = new MemoryEventStore();
  office = await OfficeDatabase.inMemory();
  models = embeddedReadModels(store, registry, [notes, attachmentRows], join(folder, 'views'));
  await models.open();
  await start();
});
afterEach(async () => {
  await app.close();
  await models.close();
  await office.close();
  Logger.overrideLogger(['error']);
  rmSync(folder, { recursive: true });
});

type Headers = Record<string, string>;
const upload = async (payload: Buffer | Readable, name: string, headers: Headers = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/evidence',
    payload,
    headers: { 'file-name': encodeURIComponent(name), 'x-actor': CLERK, ...headers },
  });
const get = (path: string, actor = CLERK) => app.inject({ url: `/api/v1/${path}`, headers: { 'x-actor': actor } });
let keys = 0;
const post = (path: string, payload: object, actor = CLERK) =>
  app.inject({
    method: 'POST',
    url: `/api/v1/${path}`,
    payload,
    headers: { 'x-actor': actor, 'idempotency-key': `key-${(keys += 1)}` },
  });
const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const placeOf = (hash: string) => join(files, 'evidence', hash.slice(0, 2), hash);
const filesKept = () => readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

/** A ZIP archive of stored entries, as office programs write them apart from the compression. */
const zipOf = (entries: Readonly<Record<string, string>>): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(entries)) {
    const sizes = Buffer.alloc(14);
    sizes.writeUInt32LE(text.length, 4);
    sizes.writeUInt32LE(text.length, 8);
    sizes.writeUInt16LE(name.length, 12);
    const common = Buffer.concat([Buffer.from([20, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(2), sizes, Buffer.alloc(2)]);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name + text)]);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, offset, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\u0005\u0006'), end]);
};
const officeXml = (type: string) =>
  zipOf({
    '[Content_Types].xml': `<Types><Override PartName="/x" ContentType="application/${type}.main+xml"/></Types>`,
  });
const SPREADSHEET = 'vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCUMENT = 'vnd.openxmlformats-officedocument.wordprocessingml.document';
const compound = (...streams: readonly string[]) =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    ...streams.map((name) => Buffer.from(name, 'utf16le')),
  ]);
const PDF = Buffer.from('%PDF-1.7\n示例\n%%EOF\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.from(`ffd8ffe000104a46494600010100000100010000${'00'.repeat(40)}ffd9`, 'hex');
const TIFF = Buffer.from(`49492a0008000000${'00'.repeat(60)}`, 'hex');

describe('an upload', () => {
  it.each<[string, Buffer, string, string]>([
    ['合同（盖章）.pdf', PDF, 'application/pdf', 'application/pdf'],
    ['a.OFD', zipOf({ 'OFD.xml': '<ofd/>' }), 'application/ofd', 'application/zip'],
    ['a.png', PNG, 'image/png', ''],
    ['a.jpg', JPEG, 'image/jpeg', 'image/jpg'],
    ['a.jpeg', JPEG, 'image/jpeg', 'image/jpeg'],
    ['a.tif', TIFF, 'image/tiff', 'image/tiff'],
    ['a.xlsx', officeXml(SPREADSHEET), `application/${SPREADSHEET}`, `application/${SPREADSHEET}`],
    ['a.docx', officeXml(DOCUMENT), `application/${DOCUMENT}`, 'application/octet-stream'],
    ['a.xls', compound('Workbook'), 'application/vnd.ms-excel', 'application/vnd.ms-excel'],
    ['a.doc', compound('WordDocument'), 'application/msword', 'application/msword'],
    ['a.csv', Buffer.from('编号,名称\r\n'), 'text/csv', 'application/vnd.ms-excel'],
    ['a.txt', Buffer.from('\uFEFF示例\t文本'), 'text/plain', 'text/plain; charset=utf-8'],
  ])('X-2, X-3, X-6: %s is accepted and kept under its hash', async (name, content, mediaType, stated) => {
    const reply = await upload(content, name, stated ? { 'content-type': stated } : {});
    const hash = hashOf(content);
    expect({ status: reply.statusCode, file: reply.json() }).toEqual({
      status: 201,
      file: { hash, name, mediaType, bytes: content.length },
    });
    expect(readFileSync(placeOf(hash))).toEqual(content);
    expect(await office.dataSource.manager.find(EvidenceFile)).toMatchObject([
      { hash, organisation: 'bureau', name, mediaType, bytes: content.length, uploadedBy: 'bureau' },
    ]);
  });

  it.each<[string, string, Buffer, Headers]>([
    ['X-2', 'a.exe', Buffer.from(`4d5a${'90'.repeat(200)}`, 'hex'), {}],
    ['X-2', 'a.zip', zipOf({ 'a.txt': 'x' }), {}],
    ['X-2', 'a.pdf', Buffer.alloc(0), {}],
    ['X-2', 'a.txt', Buffer.from(' \n'), {}],
    ['X-2', 'a.txt', Buffer.from('a\u0000b'), {}],
    ['X-2', 'a.txt', Buffer.from('b1e0bac5', 'hex'), {}],
    ['X-2', 'a.csv', Buffer.from('编号').subarray(0, -1), {}],
    ['X-2', 'a.html', Buffer.from('<?xml version="1.0"?><svg onload="x()"/>'), {}],
    ['X-2', 'a.msi', compound('Root Entry'), {}],
    ['X-3', 'a.png', PDF, {}],
    ['X-3', 'a', PDF, {}],
    ['X-3', 'a.html', Buffer.from('<script>'), {}],
    ['X-3', 'a.pdf', PDF, { 'content-type': 'image/png' }],
    ['X-3', 'a.pdf', Buffer.from('示例'), {}],
    [
      'X-6',
      'a.docx',
      zipOf({
        '[Content_Types].xml': `<x ContentType="application/${DOCUMENT}.main+xml"/>`,
        'word/vbaProject.bin': 'x',
      }),
      {},
    ],
    ['X-6', 'a.xlsx', officeXml('vnd.ms-excel.sheet.macroEnabled'), {}],
    ['X-6', 'a.xls', compound('Workbook', '_VBA_PROJECT'), {}],
    ['X-8', ' ', PDF, {}],
    ['X-8', '../a.pdf', PDF, {}],
    ['X-8', 'a\n.pdf', PDF, {}],
    ['X-8', 'fdp\u202E.pdf', PDF, {}],
    ['X-8', `${'a'.repeat(197)}.pdf`, PDF, {}],
    ['X-8', 'a.pdf', PDF, { 'file-name': '%E5%90' }],
    ['X-8', 'a.pdf', PDF, { 'file-name': '' }],
    ['A-1', 'a.pdf', PDF, { 'x-actor': 'AUDITOR bureau' }],
    ['H-4', 'a.json', Buffer.from('{}'), { 'content-type': 'application/json' }],
  ])('%s: %j is refused and leaves nothing', async (code, name, content, headers) => {
    const reply = await upload(content, name, headers);
    expect(reply.json()).toMatchObject({ code });
    expect(filesKept()).toEqual([]);
    expect(await office.dataSource.manager.count(EvidenceFile)).toBe(0);
  });

  const STREAMED = { 'content-type': 'application/octet-stream' };
  const sized = (bytes: number) => Buffer.concat([PDF, Buffer.alloc(bytes - PDF.length, ' ')]);

  it('X-1: a file of exactly the limit is accepted, in as many pieces as it comes', async () => {
    const pieces = Array.from({ length: LIMIT / 100 }, (_, n) => sized(LIMIT).subarray(n * 100, n * 100 + 100));
    const reply = await upload(Readable.from(pieces), 'a.pdf', STREAMED);
    expect(reply.json()).toMatchObject({ hash: hashOf(sized(LIMIT)), bytes: LIMIT });
  });

  it('X-1: a file of one byte more is refused, whether or not its length is told', async () => {
    for (const body of [sized(LIMIT + 1), Readable.from([sized(LIMIT), Buffer.from('x'), sized(LIMIT)])]) {
      expect((await upload(body, 'a.pdf', STREAMED)).json()).toMatchObject({ code: 'X-1', status: 422 });
    }
    expect(filesKept()).toEqual([]);
  });

  it('X-1: its sender hears that it is refused while it still sends', async () => {
    const url = new URL('/api/v1/evidence', await app.listen(0, '127.0.0.1').then(() => app.getUrl()));
    const body = Readable.from(Array.from({ length: 400 }, () => Buffer.alloc(10_000, 'x')));
    const init = {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { ...STREAMED, 'file-name': 'a.txt', 'x-actor': CLERK },
    };
    const reply = await fetch(url, init as unknown as RequestInit);
    expect(await reply.json()).toMatchObject({ code: 'X-1', status: 422 });
    expect((await fetch(url, { ...init, body: 'after', duplex: 'half' } as RequestInit)).status).toBe(201);
  });

  it('X-8: a name of 200 characters is accepted, in whatever script', async () => {
    const name = `${'合'.repeat(190)} (1)'é.pdf`.normalize('NFC');
    expect((await upload(PDF, name)).json()).toMatchObject({ name });
  });

  it('is no command: it takes no parameters, so none that would run it dry', async () => {
    const url = '/api/v1/evidence?dryRun=true';
    const headers = { ...STREAMED, 'file-name': 'a.pdf', 'x-actor': CLERK };
    const reply = await app.inject({ method: 'POST', url, payload: PDF, headers });
    expect(reply.json()).toMatchObject({ code: 'V-SHAPE', field: 'dryRun' });
    expect(filesKept()).toEqual([]);
  });

  it('keeps the same content once, and what each organisation calls it', async () => {
    await Promise.all([upload(PDF, 'a.pdf'), upload(PDF, 'b.pdf', { 'x-actor': HNU }), upload(PDF, 'a.pdf')]);
    await upload(PDF, 'c.pdf', { 'x-actor': HNU });
    expect(filesKept()).toHaveLength(1);
    const rows = await office.dataSource.manager.find(EvidenceFile, { order: { organisation: 'ASC' } });
    expect(rows.map(({ organisation, name }) => [organisation, name])).toEqual([
      ['bureau', 'a.pdf'],
      ['hnu', 'c.pdf'],
    ]);
  });

  it('that a crash cut short is removed at the next start, and nothing else', async () => {
    await upload(PDF, 'a.pdf');
    const part = join(files, 'evidence', 'half.part');
    writeFileSync(part, 'x');
    for (const path of [part, placeOf(hashOf(PDF))]) utimesSync(path, 1, 1);
    await app.close();
    await start();
    expect(filesKept().map(({ name }) => name)).toEqual([hashOf(PDF)]);
  });
});

describe('a file of evidence', () => {
  const hash = hashOf(PDF);

  it('X-4, X-5: is accepted for download by who may read the uploader, whole and harmless', async () => {
    await upload(PDF, "合同'1'.pdf", { 'x-actor': HNU });
    for (const actor of [HNU, CLERK, 'AUDITOR bureau', 'REVIEWER bureau']) {
      const reply = await get(`evidence/${hash}`, actor);
      expect(reply.rawPayload).toEqual(PDF);
      expect(reply.headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${hash.slice(0, 12)}"; filename*=UTF-8''${encodeURIComponent('合同')}%271%27.pdf`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
    }
  });

  it('X-4: is not there for another university, nor one that was never uploaded', async () => {
    await upload(PDF, 'a.pdf', { 'x-actor': HNU });
    expect((await get(`evidence/${hash}`, CSU)).json()).toMatchObject({ code: 'X-4', status: 404 });
    expect((await get(`evidence/${'0'.repeat(64)}`)).json()).toMatchObject({ code: 'X-4', status: 404 });
    expect((await get(`evidence/${hash}`, 'SYSTEM_ADMIN bureau')).json()).toMatchObject({ code: 'A-1' });
    expect((await get('evidence/xyz')).json()).toMatchObject({ code: 'V-SHAPE' });
  });

  it('X-5: is not given out when it was altered or is gone, and comes back with the right content', async () => {
    Logger.overrideLogger(false);
    await upload(PDF, 'a.pdf');
    writeFileSync(placeOf(hash), Buffer.concat([PDF, Buffer.from(' ')]));
    expect((await get(`evidence/${hash}`)).json()).toMatchObject({ code: 'X-5', status: 409 });
    rmSync(placeOf(hash));
    expect((await get(`evidence/${hash}`)).json()).toMatchObject({ code: 'X-5' });
    await expect(app.get(EvidenceFolder).read(hash)).rejects.toMatchObject({ rule: 'X-5' });
    await upload(PDF, 'a.pdf');
    expect((await get(`evidence/${hash}`)).statusCode).toBe(200);
  });

  it('X-4: is accepted by its hash for events to name, in the order asked', async () => {
    await upload(PDF, 'a.pdf', { 'x-actor': HNU });
    await upload(PNG, 'b.png');
    const describe = (query: DescribeEvidence) => app.get(QueryBus).execute(query);
    expect(await describe(new DescribeEvidence([hashOf(PNG), hash, hash]))).toEqual([
      { hash: hashOf(PNG), name: 'b.png', mediaType: 'image/png', bytes: PNG.length },
      { hash, name: 'a.pdf', mediaType: 'application/pdf', bytes: PDF.length },
    ]);
    expect(await describe(new DescribeEvidence([]))).toEqual([]);
  });

  it('X-4: is refused by a hash that nobody uploaded, or another university alone', async () => {
    await upload(PDF, 'a.pdf', { 'x-actor': HNU });
    const describe = (query: DescribeEvidence) => app.get(QueryBus).execute(query);
    const unknown = { rule: 'X-4', place: { field: 'evidenceFiles' }, message: expect.stringContaining('0000') };
    await expect(describe(new DescribeEvidence([hash, '0'.repeat(64)]))).rejects.toMatchObject(unknown);
    const actor = { id: 'csu', role: 'TRANSFER_OFFICE', organisation: 'csu' };
    await expect(describe(new DescribeEvidence([hash], actor))).rejects.toMatchObject({ rule: 'X-4' });
  });
});

describe('the evidence of a record', () => {
  const hash = hashOf(PDF);
  const note = async (id: string, data: JsonObject = { universityId: 'hnu' }) => {
    const at = (await store.readStream(`note-${id}`)).at(-1)?.revision ?? 'none';
    await store.append(`note-${id}`, [anEvent(data, 'NoteTaken')], at);
  };
  const listed = async (actor = CLERK) =>
    (await get(`records/note/1/evidence?after=${models.token(await store.head())}`, actor)).json<RecordEvidence[]>();

  it('X-4, X-7: a file is accepted on a record, told with it, and detached with a reason', async () => {
    await note('1');
    await upload(PDF, '合同.pdf');
    const attached = await post('records/note/1/evidence', { hash, note: '盖章页' });
    expect({ status: attached.statusCode, body: attached.json() }).toMatchObject({
      status: 201,
      body: { id: '1', revision: 0, written: true },
    });
    expect((await post('records/note/1/evidence', { hash })).json()).toMatchObject({ revision: 0, written: false });
    const file = { hash, name: '合同.pdf', mediaType: 'application/pdf', bytes: PDF.length, note: '盖章页' };
    expect(await listed()).toEqual([
      { ...file, attachedAt: expect.any(String), attachedBy: 'bureau', namedBy: null, detached: null },
    ]);
    const detachment = await post(`records/note/1/evidence/${hash}/detachment`, { reason: '示例：传错文件' });
    expect(detachment.json()).toMatchObject({ revision: 1, written: true });
    expect(await listed()).toMatchObject([
      { ...file, detached: { at: expect.any(String), by: 'bureau', reason: '示例：传错文件' } },
    ]);
    expect((await store.readStream('evidence-note-1')).map(({ type, data }) => [type, data])).toEqual([
      [
        'EvidenceAttached',
        {
          ...{ recordKind: 'note', recordId: '1', universityId: 'hnu', note: '盖章页' },
          file: { hash, name: '合同.pdf', mediaType: 'application/pdf', bytes: PDF.length },
        },
      ],
      ['EvidenceDetached', { recordKind: 'note', recordId: '1', universityId: 'hnu', hash, reason: '示例：传错文件' }],
    ]);
  });

  it('is read by the university whose record it is, whoever uploaded it', async () => {
    await note('1');
    await upload(PDF, 'a.pdf');
    expect((await get(`evidence/${hash}`, HNU)).json()).toMatchObject({ code: 'X-4' });
    await post('records/note/1/evidence', { hash });
    expect(await listed(HNU)).toHaveLength(1);
    expect((await get(`evidence/${hash}`, HNU)).rawPayload).toEqual(PDF);
    expect((await get(`records/note/1/evidence/${hash}`, HNU)).rawPayload).toEqual(PDF);
    expect((await get(`evidence/${hash}`, CSU)).json()).toMatchObject({ code: 'X-4' });
  });

  it("X-4: holds the files its own events name, and accepts their download for the record's readers", async () => {
    await upload(PNG, 'b.png');
    const file = { hash: hashOf(PNG), name: 'b.png', mediaType: 'image/png', bytes: PNG.length };
    await note('1');
    await note('1', { universityId: 'hnu', evidenceFiles: [file] });
    expect(await listed(HNU)).toMatchObject([
      { ...file, note: null, namedBy: { revision: 1, type: 'NoteTaken', title: { zh: '记录' } }, detached: null },
    ]);
    expect((await get(`records/note/1/evidence/${file.hash}`, HNU)).rawPayload).toEqual(PNG);
    expect((await get(`records/note/1/evidence/${hash}`, HNU)).json()).toMatchObject({ code: 'X-4' });
    expect((await get(`records/note/1/evidence/${file.hash}`, CSU)).json()).toMatchObject({ code: 'C-5' });
  });

  it.each([
    ['C-5', 'records/note/2/evidence', { hash }, CLERK],
    ['C-5', 'records/none/1/evidence', { hash }, CLERK],
    ['C-5', 'records/note/1/evidence', { hash }, CSU],
    ['A-1', 'records/note/1/evidence', { hash }, 'AUDITOR bureau'],
    ['A-1', 'records/note/1/evidence', { hash }, 'SYSTEM_ADMIN bureau'],
    ['X-4', 'records/note/1/evidence', { hash: '0'.repeat(64) }, CLERK],
    ['X-4', 'records/note/1/evidence', { hash }, HNU],
    ['X-7', `records/note/1/evidence/${hash}/detachment`, { reason: '示例' }, HNU],
    ['V-SHAPE', 'records/note/1/evidence', { hash: 'x' }, CLERK],
    ['V-SHAPE', 'records/note/1/evidence', { hash, note: '' }, CLERK],
    ['V-SHAPE', 'records/note/1/evidence', { hash, name: 'a' }, CLERK],
    ['V-SHAPE', `records/note/1/evidence/${hash}/detachment`, {}, CLERK],
  ])('%s: POST %s is refused', async (code, path, body, actor) => {
    await note('1');
    await upload(PDF, 'a.pdf');
    expect((await post(path, body, actor)).json()).toMatchObject({ code });
    expect(await store.readStream('evidence-note-1')).toEqual([]);
  });
});
