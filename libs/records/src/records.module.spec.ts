import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OfficeDatabase, PersonStore } from '@app/access';
import {
  EventRegistry,
  EventStore,
  type JsonObject,
  MemoryEventStore,
  type RecordedEvent,
  defineEvents,
} from '@app/event-store';
import { HttpModule, type LedgerRequest } from '@app/http';
import { ImportCatalogue, importKind, readSheet, text } from '@app/imports';
import {
  ReadModels,
  embeddedReadModels,
  type RecordSummary,
  type Rows,
  RowStore,
  recordProjection,
} from '@app/read-model';
import { anEvent } from '@app/testing';
import { type CanActivate, type ExecutionContext, Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import fc from 'fast-check';
import { RecordsModule } from './records.module.js';
import type { RecordDetail } from './record.queries.js';
import type { RecordPage } from './records.queries.js';

const registry = new EventRegistry([
  defineEvents({
    NoteTaken: { version: 1, zh: '记录', en: 'Note taken' },
    NoteSigned: { version: 1, zh: '签署', en: 'Note signed' },
    ClaimMade: { version: 1, zh: '申报', en: 'Claim made' },
    ClaimsDecided: { version: 1, zh: '分配', en: 'Claims decided' },
  }),
]);

type Note = Partial<Omit<RecordSummary, 'amountFen'>> & { readonly amountFen?: string | undefined };

const summaryOf = ({ amountFen, ...note }: Note): RecordSummary => ({
  ...{ number: '示例-1', title: '示例', universityId: 'hnu', status: 'TAKEN', date: '2021-03-05', detail: {} },
  ...note,
  ...(amountFen === undefined ? {} : { amountFen: BigInt(amountFen) }),
});

const kindsOf = ['note', 'university'].map((kind) =>
  recordProjection({
    kind,
    version: 1,
    streamPrefix: `${kind}-`,
    handles: ['NoteTaken', 'NoteSigned'],
    evolve: (row, { type, data, stream }) => {
      if (!stream.startsWith(kind)) return undefined;
      return type === 'NoteTaken' ? summaryOf(data as Note) : row && { ...row, status: 'SIGNED' };
    },
  }),
);

/** Claims of one year share a stream, as those of the fund do. */
const claims = recordProjection({
  kind: 'claim',
  version: 1,
  streamPrefix: 'year-',
  handles: ['ClaimMade', 'ClaimsDecided'],
  evolve: (_row, { data }) =>
    summaryOf({ universityId: String(data['universityId']), number: String(data['claimId']) }),
});
const perClaim = (event: RecordedEvent): RecordedEvent[] => {
  const { data } = event;
  const parts = event.type === 'ClaimMade' ? [data] : (data['lines'] as readonly JsonObject[]);
  return parts.map((part) => ({ ...event, data: part, stream: `year-${part['claimId']}` }));
};
const claimRows = {
  ...claims,
  project: async (events: readonly RecordedEvent[], rows: Rows) => {
    await claims.project(events.flatMap(perClaim), rows);
    // Only the tables themselves can be given a shared stream.
    if (rows instanceof RowStore)
      await rows.manager.query(`UPDATE "record" SET "stream" = 'fund-2024' WHERE "kind" = 'claim'`);
  },
};

const sheet = (kind: string, zh: string) =>
  importKind({
    kind,
    title: { zh, en: kind },
    columns: { number: text({ zh: `${zh}编号`, en: `${kind} number` }), [kind]: text({ zh, en: kind }) },
    order: 1,
    identity: () => [],
    execute: async () => false,
  });

/** Lets everybody in as the actor of a header, `role organisation`. */
class HeaderGuard implements CanActivate {
  canActivate(host: ExecutionContext): boolean {
    const request = host.switchToHttp().getRequest<LedgerRequest>();
    const [role = '', organisation = ''] = String(request.headers['x-actor'] ?? 'DATA_CLERK bureau').split(' ');
    request.actor = { id: 'someone', role, organisation };
    return true;
  }
}

let folder: string;
let store: MemoryEventStore;
let office: OfficeDatabase;
let persons: PersonStore;
let models: ReadModels;
let app: NestFastifyApplication;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
  store = new MemoryEventStore();
  office = await OfficeDatabase.inMemory();
  persons = await PersonStore.open(office, Buffer.alloc(32, 7));
  models = embeddedReadModels(store, registry, [...kindsOf, claimRows], folder);
  await models.open();
  const shared = [
    { provide: EventStore, useValue: store },
    { provide: EventRegistry, useValue: registry },
    { provide: ReadModels, useValue: models },
    { provide: PersonStore, useValue: persons },
    {
      provide: ImportCatalogue,
      useValue: new ImportCatalogue([sheet('notes', '记录'), sheet('universities', '高校')]),
    },
  ];
  @Global()
  @Module({
    providers: [...shared, { provide: APP_GUARD, useClass: HeaderGuard }],
    exports: shared.map(({ provide }) => provide),
  })
  class Plumbing {}
  const module = await Test.createTestingModule({
    imports: [CqrsModule.forRoot(), Plumbing, HttpModule, RecordsModule],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
});
afterEach(async () => {
  await app.close();
  await models.close();
  await office.close();
  rmSync(folder, { recursive: true });
});

const append = async (stream: string, type: string, data: JsonObject) => {
  const at = (await store.readStream(stream)).at(-1)?.revision ?? 'none';
  return store.append(stream, [anEvent(data, type)], at);
};
let notes = 0;
const take = async (note: Note, stream = `note-${(notes += 1)}`) => {
  const { position } = await append(stream, 'NoteTaken', note as JsonObject);
  await models.waitFor(models.token(position));
  return stream.slice('note-'.length);
};
const get = (path: string, actor = 'DATA_CLERK bureau') =>
  app.inject({ url: `/api/v1/records${path}`, headers: { 'x-actor': actor } });
const list = async (query: string, actor?: string) => (await get(`?${query}`, actor)).json<RecordPage>();
const numbersOf = async (query: string, actor?: string) => (await list(query, actor)).items.map(({ number }) => number);

describe('the list of records', () => {
  it('shows a record as lists do, money as text of fen', async () => {
    const id = await take({
      amountFen: '123450',
      counterparty: '示例科技',
      ipType: 'INVENTION',
      detail: { long: 'x' },
    });
    expect(await list('')).toEqual({
      items: [
        {
          ...{ key: `note:${id}`, kind: 'note', id, number: '示例-1', title: '示例', universityId: 'hnu' },
          ...{
            counterparty: '示例科技',
            status: 'TAKEN',
            date: '2021-03-05',
            ipType: 'INVENTION',
            amountFen: '123450',
          },
        },
      ],
      next: null,
      total: 1,
    });
  });

  it.each([
    ['kind=note', ['a', 'b', 'c', 'd']],
    ['kind=university', ['u']],
    ['universityId=csu', ['b']],
    ['status=DONE', ['c']],
    ['year=2022', ['d']],
    ['ipType=SOFTWARE', ['a']],
    ['kind=note&year=2021&status=TAKEN&universityId=hnu', ['a']],
  ])('filters by %s', async (query, expected) => {
    await take({ number: 'a', ipType: 'SOFTWARE' });
    await take({ number: 'b', universityId: 'csu' });
    await take({ number: 'c', status: 'DONE' });
    await take({ number: 'd', date: '2022-01-01' });
    await take({ number: 'u', date: '' }, 'university-hnu');
    const { items, total } = await list(`${query}&sort=number`);
    expect({ numbers: items.map(({ number }) => number), total }).toEqual({
      numbers: expected,
      total: expected.length,
    });
  });

  it('V-21: a kind of records is accepted, also while there are none of it', async () => {
    expect(await list('kind=claim')).toEqual({ items: [], next: null, total: 0 });
  });

  it('V-21: is refused for a kind that does not exist', async () => {
    const answers = await Promise.all(['?kind=none', '/export?format=csv&kind=notes'].map((path) => get(path)));
    const problems = answers.map((answer) =>
      answer.json<{ code: string; status: number; field: string; en: string }>(),
    );
    for (const problem of problems) expect(problem).toMatchObject({ code: 'V-21', status: 400, field: 'kind' });
    expect(problems[0]?.en).toContain('note, university, claim');
  });

  it.each([
    ['zl2019', ['ZL2019']],
    ['ÜBER', ['b']],
    ['科技', ['c']],
    ['100%', ['100%']],
    ['%', ['100%']],
    ['_', ['a_b']],
    ['\\', ['c\\d']],
    ["'", ["o'x"]],
    ['nothing', []],
  ])('searches for %s', async (q, expected) => {
    await take({ number: 'ZL2019' });
    await take({ number: 'b', title: 'Über' });
    await take({ number: 'c', counterparty: '示例科技' });
    for (const number of ['100%', 'a_b', 'c\\d', "o'x"]) await take({ number });
    expect(await numbersOf(`q=${encodeURIComponent(q)}`)).toEqual(expected);
  });

  it('sorts by date, newest first, unless told otherwise', async () => {
    await take({ number: 'b', date: '2021-01-02', amountFen: '900' });
    await take({ number: 'a', date: '2021-01-03', amountFen: '10000' });
    await take({ number: 'c', date: '2021-01-01' });
    const orders = ['', 'sort=date', 'sort=-date', 'sort=number', 'sort=-number', 'sort=amount', 'sort=-amount'];
    const found = await Promise.all(orders.map(async (order) => (await numbersOf(order)).join('')));
    expect(found).toEqual(['abc', 'cba', 'abc', 'abc', 'cba', 'cba', 'abc']);
  });

  it('pages through every order without repeating or missing a row', async () => {
    const row = fc.record({
      date: fc.constantFrom('', '2021-01-01', '2021-01-02', '2022-05-05'),
      number: fc.constantFrom('1', '2', '10', '湖南-1', "o'x", 'a:b'),
      amountFen: fc.option(fc.constantFrom('0', '5', '100', '9000000000000000'), { nil: undefined }),
    });
    const sort = fc.constantFrom('date', '-date', 'number', '-number', 'amount', '-amount');
    let round = 0;
    const run = async (rows: ReadonlyArray<Note>, order: string, limit: number) => {
      round += 1;
      const status = `R${'X'.repeat(round)}`;
      for (const [index, note] of rows.entries())
        await take({ ...JSON.parse(JSON.stringify(note)), status }, `note-${round}.${index}`);
      const query = `status=${status}&sort=${order}`;
      const whole = (await list(`${query}&limit=500`)).items.map(({ key }) => key);
      const paged: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: RecordPage = await list(`${query}&limit=${limit}${next && `&cursor=${next}`}`);
        expect(page.total).toBe(rows.length);
        paged.push(...page.items.map(({ key }) => key));
        next = page.next;
      }
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(rows.length);
    };
    await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 12 }), sort, fc.integer({ min: 1, max: 5 }), run), {
      numRuns: 25,
    });
  });

  it('shows an office its own records, whatever it asks for', async () => {
    await take({ number: 'a' });
    await take({ number: 'b', universityId: 'csu' });
    expect(await numbersOf('', 'TRANSFER_OFFICE hnu')).toEqual(['a']);
    expect(await numbersOf('universityId=hnu', 'TRANSFER_OFFICE hnu')).toEqual(['a']);
    expect((await get('?universityId=csu', 'TRANSFER_OFFICE hnu')).json()).toMatchObject({ status: 403, code: 'A-2' });
    expect((await get('?', 'SYSTEM_ADMIN bureau')).json()).toMatchObject({ status: 403, code: 'A-1' });
  });

  it.each([
    ['V-SHAPE', 400, 'colour=red'],
    ['V-SHAPE', 400, 'q=%00'],
    ['V-SHAPE', 400, 'q=a%0Ab'],
    ['V-SHAPE', 400, 'kind=note&kind=contract'],
    ['V-SHAPE', 400, 'sort=title'],
    ['V-SHAPE', 400, 'limit=501'],
    ['V-SHAPE', 400, 'limit='],
    ['V-SHAPE', 400, 'year=12'],
    ['V-SHAPE', 400, 'after=1'],
    ['V-PAGE', 400, 'cursor=x'],
    ['V-PAGE', 400, `cursor=${Buffer.from('["amount:x","k"]').toString('base64url')}&sort=amount`],
    ['C-6', 409, `after=${'0'.repeat(16)}.${'0'.repeat(32)}`],
  ])('%s: %i for %s', async (code, status, query) => {
    expect((await get(`?${query}`)).json()).toMatchObject({ code, status });
  });

  it('V-PAGE: refuses a cursor of another order', async () => {
    for (const number of ['a', 'b']) await take({ number });
    const { next } = await list('limit=1&sort=number');
    expect(await numbersOf(`limit=1&sort=-number&cursor=${next}`)).toEqual([]);
    expect((await get(`?cursor=${next}`)).json()).toMatchObject({ code: 'V-PAGE' });
  });

  it('C-7: waits for the position asked for, and says when it is not there', async () => {
    const { position } = await append('note-w', 'NoteTaken', { number: 'w' });
    expect(await numbersOf(`after=${models.token(position)}`)).toEqual(['w']);
    models.waitMs = 5;
    const later = models.token(`${position.slice(0, -2)}ff`);
    const reply = await get(`?after=${later}`);
    expect(reply.json()).toMatchObject({ code: 'C-7', status: 503 });
  });
});

describe('a record', () => {
  it('has its detail, its time line and the labels of its own sheet', async () => {
    const id = await take({ detail: { fee: '5' } });
    await append(`note-${id}`, 'NoteSigned', { by: 'x' }).then(({ position }) =>
      models.waitFor(models.token(position)),
    );
    const reply = await get(`/note/${id}`);
    const record = reply.json<RecordDetail & { labels: Record<string, unknown> }>();
    expect(reply.headers.etag).toBe('"1"');
    expect(record).toMatchObject({ id, status: 'SIGNED', detail: { fee: '5' }, revision: 1, names: {} });
    expect(record.timeline).toMatchObject([
      { revision: 0, type: 'NoteTaken', title: { zh: '记录', en: 'Note taken' }, source: 'test', reason: null },
      { revision: 1, type: 'NoteSigned', title: { zh: '签署', en: 'Note signed' }, data: { by: 'x' } },
    ]);
    expect(record.labels).toEqual({
      number: { zh: '记录编号', en: 'notes number' },
      notes: { zh: '记录', en: 'notes' },
      universities: { zh: '高校', en: 'universities' },
    });
    await take({}, 'university-hnu');
    expect((await get('/university/hnu')).json()).toMatchObject({ labels: { number: { zh: '高校编号' } } });
  });

  it('joins the names of persons for those who may see them, until they are erased', async () => {
    const [person = ''] = await persons.enrol([{ universityId: 'hnu', staffNumber: '1', name: '李示例' }]);
    const id = await take({ detail: { inventors: [{ personId: person }] } });
    const namesFor = async (actor: string) => (await get(`/note/${id}`, actor)).json<RecordDetail>().names;
    expect(await namesFor('DATA_CLERK bureau')).toEqual({ [person]: '李示例' });
    expect(await namesFor('TRANSFER_OFFICE hnu')).toEqual({ [person]: '李示例' });
    expect(await namesFor('AUDITOR bureau')).toEqual({});
    await persons.erase(person, '2025-01-01T00:00:00.000Z');
    expect(await namesFor('DATA_CLERK bureau')).toEqual({});
  });

  it('C-5: is not there for another office, or at all', async () => {
    const id = await take({});
    expect((await get(`/note/${id}`, 'TRANSFER_OFFICE hnu')).statusCode).toBe(200);
    expect((await get(`/note/${id}`, 'TRANSFER_OFFICE csu')).json()).toMatchObject({ status: 404, code: 'C-5' });
    expect((await get('/note/none')).json()).toMatchObject({ status: 404, code: 'C-5' });
    expect((await get(`/letter/${id}`)).json()).toMatchObject({ status: 404, code: 'C-5' });
    expect((await get(`/note/${id}?depth=2`)).json()).toMatchObject({ status: 400, code: 'V-SHAPE' });
  });

  it('that shares its stream shows what concerns it and nothing of the others', async () => {
    await append('fund-2024', 'ClaimMade', { claimId: 'mine', universityId: 'hnu', target: 'a' });
    await append('fund-2024', 'ClaimMade', { claimId: 'theirs', universityId: 'csu', target: 'secret' });
    const lines = ['mine', 'theirs'].map((claimId) => ({ claimId, universityId: claimId === 'mine' ? 'hnu' : 'csu' }));
    const { position } = await append('fund-2024', 'ClaimsDecided', { left: '7', lines });
    await models.waitFor(models.token(position));
    const record = (await get('/claim/mine', 'TRANSFER_OFFICE hnu')).json<RecordDetail>();
    expect(record.timeline.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'ClaimMade', data: { claimId: 'mine', universityId: 'hnu', target: 'a' } },
      { type: 'ClaimsDecided', data: { lines: [{ claimId: 'mine', universityId: 'hnu' }] } },
    ]);
    expect(JSON.stringify(record)).not.toMatch(/theirs|csu|secret/);
  });
});

describe('an export', () => {
  const rowsOf = async (file: Buffer, format: 'csv' | 'xlsx') => {
    const rows: unknown[] = [];
    for await (const { cells } of readSheet(file, format)) rows.push(cells);
    return rows;
  };
  const HEADER = ['类型 Kind', '编号 Number', '名称 Title', '高校 University', '对方 Counterparty', '状态 Status'];

  beforeEach(async () => {
    await take({ number: 'hnu', title: '湖南大学', date: '' }, 'university-hnu');
    await take({
      number: 'a',
      title: '第一',
      amountFen: '123450050',
      counterparty: '示例科技, 有限',
      ipType: 'SOFTWARE',
    });
    await take({
      number: 'b',
      title: '=1+1',
      universityId: 'csu',
      date: '2020-01-01',
      counterparty: '@x',
      ipType: 'ODD',
    });
  });

  it('as CSV opens with Chinese intact and runs nothing', async () => {
    const reply = await get('/export?format=csv&kind=note');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="records.csv"',
    });
    expect(reply.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [header, ...rows] = await rowsOf(reply.rawPayload, 'csv');
    expect(header).toEqual([...HEADER, '日期 Date', '知识产权类型 IP type', '金额(元) Amount (yuan)']);
    expect(rows).toEqual([
      [
        '记录',
        'a',
        '第一',
        '湖南大学',
        '示例科技, 有限',
        'TAKEN',
        '2021-03-05',
        expect.stringContaining('软件'),
        '1234500.50',
      ],
      ['记录', 'b', "'=1+1", 'csu', "'@x", 'TAKEN', '2020-01-01', 'ODD', ''],
    ]);
  });

  it('as XLSX holds the same, as text', async () => {
    const reply = await get('/export?format=xlsx&kind=note&sort=number');
    expect(reply.headers['content-disposition']).toBe('attachment; filename="records.xlsx"');
    const [header, ...rows] = await rowsOf(reply.rawPayload, 'xlsx');
    expect(header).toEqual(expect.arrayContaining(HEADER));
    expect(rows).toEqual([
      [
        '记录',
        'a',
        '第一',
        '湖南大学',
        '示例科技, 有限',
        'TAKEN',
        '2021-03-05',
        expect.stringContaining('软件'),
        '1234500.50',
      ],
      expect.arrayContaining(['记录', 'b', '=1+1', '@x']),
    ]);
  });

  it('holds what the list shows: the same filter, order and scope', async () => {
    for (let index = 0; index < 1_203; index += 1) {
      await append(`note-x${index}`, 'NoteTaken', { number: `x${index}`, universityId: index % 2 ? 'hnu' : 'csu' });
    }
    await models.waitFor(models.token(await store.head()));
    const [, ...all] = await rowsOf((await get('/export?format=csv&q=x&sort=-number')).rawPayload, 'csv');
    expect(all.map((row) => (row as string[])[1]).filter((number) => number !== 'b')).toEqual(
      Array.from({ length: 1_203 }, (_, index) => `x${index}`)
        .sort()
        .reverse(),
    );
    const [, ...own] = await rowsOf((await get('/export?format=csv&q=x', 'TRANSFER_OFFICE hnu')).rawPayload, 'csv');
    expect(own).toHaveLength(601);
  });

  it('may hold nothing', async () => {
    expect(await rowsOf((await get('/export?format=xlsx&status=NONE')).rawPayload, 'xlsx')).toHaveLength(1);
  });

  it.each([
    ['A-1', 403, 'format=csv', 'SYSTEM_ADMIN bureau'],
    ['A-2', 403, 'format=csv&universityId=csu', 'TRANSFER_OFFICE hnu'],
    ['V-SHAPE', 400, 'format=pdf', undefined],
    ['V-SHAPE', 400, 'format=csv&limit=3', undefined],
    ['C-6', 409, `format=csv&after=${'0'.repeat(16)}.${'0'.repeat(32)}`, undefined],
  ])('%s: is refused like any request, %i', async (code, status, query, actor) => {
    const reply = await get(`/export?${query}`, actor);
    expect(reply.json()).toMatchObject({ code, status });
    expect(reply.headers['content-disposition']).toBeUndefined();
  });
});
