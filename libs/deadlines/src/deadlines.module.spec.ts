import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessModule, OfficeDatabase, Tokens, UserStore } from '@app/access';
import { EventRegistry, EventStore, type JsonObject, MemoryEventStore, defineEvents } from '@app/event-store';
import { growthProjections } from '@app/growth';
import { HttpModule } from '@app/http';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { anEvent } from '@app/testing';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { parse } from 'csv-parse/sync';
import type { DeadlinePage } from './deadline.queries.js';
import { deadlineProjection } from './deadline.projection.js';
import type { CalendarTokenAnswer } from './deadlines.controller.js';
import { DeadlinesModule } from './deadlines.module.js';

/** With the figures of the yearly reports, whose table tells which years have something to report. */
const projections = [deadlineProjection, ...growthProjections.filter(({ name }) => name === 'annual-figures')];
const registry = new EventRegistry([
  defineEvents(
    Object.fromEntries(
      projections.flatMap(({ handles }) => handles).map((type) => [type, { version: 1, zh: type, en: type }]),
    ),
  ),
]);
const PASSWORD = 'sample-password';

let folder: string;
let store: MemoryEventStore;
let office: OfficeDatabase;
let models: ReadModels;
let app: NestFastifyApplication;
const tokens = new Map<string, string>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deadlines-'));
  store = new MemoryEventStore();
  office = await OfficeDatabase.inMemory();
  models = embeddedReadModels(store, registry, projections, folder);
  await models.open();
  const shared = [
    { provide: EventStore, useValue: store },
    { provide: EventRegistry, useValue: registry },
    { provide: ReadModels, useValue: models },
  ];
  @Global()
  @Module({ providers: shared, exports: shared.map(({ provide }) => provide) })
  class Plumbing {}
  const module = await Test.createTestingModule({
    imports: [
      CqrsModule.forRoot(),
      Plumbing,
      HttpModule,
      AccessModule.forRoot({ office, masterKey: Buffer.alloc(32, 7) }),
      DeadlinesModule,
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
  await user('clerk', 'DATA_CLERK', 'bureau');
  await user('hnu', 'TRANSFER_OFFICE', 'hnu');
  await user('admin', 'SYSTEM_ADMIN', 'bureau');
});
afterEach(async () => {
  await app.close();
  await models.close();
  await office.close();
  rmSync(folder, { recursive: true });
});

const past = () => new Date(Date.now() - 60_000).toISOString();
const user = async (username: string, role: string, organisation: string) => {
  const added = await app
    .get(UserStore)
    .add({ username, password: PASSWORD, displayName: '示例', role, organisation }, past());
  tokens.set(username, (await app.get(Tokens).issue(added, past())).token);
};

const append = async (stream: string, ...events: ReadonlyArray<readonly [type: string, data: object]>) => {
  const at = (await store.readStream(stream)).at(-1)?.revision ?? 'none';
  const { position } = await store.append(
    stream,
    events.map(([type, data]) => anEvent(data as JsonObject, type)),
    at,
  );
  await models.waitFor(models.token(position));
};
const bearer = (as: string) => ({ authorization: `Bearer ${tokens.get(as)}` });
const get = (path: string, as = 'clerk') => app.inject({ url: `/api/v1/${path}`, headers: bearer(as) });
const list = async (query: string, as?: string) => (await get(`deadlines?${query}`, as)).json<DeadlinePage>();
const keysOf = async (query: string, as?: string) => (await list(query, as)).items.map(({ key }) => key);
const refusal = async (path: string, as?: string) => {
  const { statusCode, body } = await get(path, as);
  return [statusCode, (JSON.parse(body) as { code: string }).code];
};

const grant = (id: string, effectiveOn: string, more: object = {}) =>
  append(`open-grant-${id}`, [
    'OpenLicenceGranted',
    {
      ...{ universityId: 'hnu', number: `示例${id}`, licensee: '示例公司', assetNumber: '2019100000010' },
      effectiveOn,
      ...more,
    },
  ]);
const recordGrant = (id: string, recordedOn: string) =>
  append(`open-grant-${id}`, ['OpenGrantRecorded', { recordNo: 'X', recordedOn }]);
const university = (code: string, ownership: string) =>
  append(`university-${code}`, ['UniversityRegistered', { code, name: `示例大学${code}`, ownership }]);
const key = (id: string) => `OPEN_GRANT_RECORDING:open-licence-grant-${id}`;

describe('the list of deadlines', () => {
  it('shows what is open or overdue as of a date, and why', async () => {
    await university('hnu', 'CENTRAL');
    await grant('a', '2024-01-15');
    expect(await list('asOf=2024-04-15')).toEqual({
      asOf: '2024-04-15',
      items: [
        expect.objectContaining({ key: 'ANNUAL_REPORT:university-hnu:2023', state: 'OVERDUE' }),
        {
          key: key('a'),
          kind: 'OPEN_GRANT_RECORDING',
          kindTitle: { zh: '开放许可实施合同备案', en: 'Open licence grant recording' },
          state: 'OPEN',
          universityId: 'hnu',
          university: '示例大学hnu',
          who: 'UNIVERSITY',
          recordKind: 'open-licence-grant',
          recordId: 'a',
          recordNumber: '示例a',
          title: '示例公司 2019100000010',
          opensOn: '2024-01-15',
          dueOn: '2024-04-15',
          nominalOn: '2024-04-15',
          certain: true,
          graceTo: null,
          closedOn: null,
          closedBy: null,
          clause: '专利法实施细则 arts 15, 87',
          textZh: '开放许可自 2024-01-15 生效，应于三个月内（2024-04-15 前）向国家知识产权局备案',
          textEn:
            'the open licence grant took effect on 2024-01-15; it is to be recorded with CNIPA within three months, by 2024-04-15',
        },
        expect.objectContaining({
          key: 'ANNUAL_REPORT_SUMMARY:department-all:2023',
          universityId: null,
          who: 'BUREAU',
        }),
      ],
      next: null,
      total: 3,
      counts: { NOT_YET: 2, OPEN: 2, OVERDUE: 1, MET: 0, MET_LATE: 0, LAPSED: 0, CANCELLED: 0 },
    });
  });

  it('narrows to what is due by a date, counts with it', async () => {
    await university('hnu', 'CENTRAL');
    await grant('a', '2024-01-15');
    await grant('b', '2024-02-15');
    const page = await list('asOf=2024-04-01&state=OPEN&dueBy=2024-04-15');
    expect(page.items.map((item) => item.key)).toEqual([key('a')]);
    expect(page).toMatchObject({ total: 1, counts: { OPEN: 1 } });
  });

  it('answers for any date, before and after what happened', async () => {
    await grant('a', '2024-01-15');
    await recordGrant('a', '2024-05-06');
    const states = ['2024-01-14', '2024-01-15', '2024-04-16', '2024-05-05', '2024-05-06'].map(async (asOf) => {
      const { items } = await list(`asOf=${asOf}&state=ALL&kind=OPEN_GRANT_RECORDING`);
      return items.map(({ state, closedOn, closedBy }) => [state, closedOn, closedBy].join(' '));
    });
    expect((await Promise.all(states)).flat()).toEqual([
      'NOT_YET  ',
      'OPEN  ',
      'OVERDUE  ',
      'OVERDUE  ',
      'MET_LATE 2024-05-06 OpenGrantRecorded',
    ]);
  });

  it.each([
    ['', 'ab'],
    ['state=OPEN', 'b'],
    ['state=OVERDUE', 'a'],
    ['state=NOT_YET', 'c'],
    ['state=MET', 'd'],
    ['state=MET_LATE', 'e'],
    ['state=CANCELLED', 'f'],
    ['state=LAPSED', ''],
    ['state=MET,MET_LATE', 'de'],
    ['state=OVERDUE,OPEN', 'ab'],
    ['state=ALL', 'abcdef'],
    ['state=ALL&universityId=csu', 'b'],
    ['state=ALL&q=B公司', 'b'],
    ['state=ALL&q=示例E', 'e'],
    ['state=ALL&q=%25', ''],
    ['state=ALL&kind=PAYMENT', ''],
    ['state=ALL&kind=PAYMENT,OPEN_GRANT_RECORDING', 'abcdef'],
    ['state=ALL&sort=-number', 'fedcba'],
  ])('filters by "%s"', async (query, ids) => {
    await grant('a', '2024-01-05');
    await grant('b', '2024-02-05', { universityId: 'csu', licensee: '示例b公司' });
    await grant('c', '2024-04-16');
    await grant('d', '2024-01-06');
    await recordGrant('d', '2024-02-01');
    await grant('e', '2024-01-07');
    await recordGrant('e', '2024-04-12');
    await grant('f', '2024-01-08');
    await append('open-grant-f', ['OpenGrantEnded', { on: '2024-01-09', cause: 'TERM' }]);
    const kind = query.includes('kind=') ? '' : '&kind=OPEN_GRANT_RECORDING';
    const sort = query.includes('sort=') ? '' : '&sort=number';
    const page = await list(`asOf=2024-04-15&${encodeURI(query).replaceAll('%2525', '%25')}${kind}${sort}`);
    expect(page.items.map(({ recordId }) => recordId).join('')).toBe(ids);
    expect(page.total).toBe(ids.length);
  });

  it('pages in every order without repeating or missing one, computed ones among them', async () => {
    for (const code of ['hnu', 'csu', 'hut']) await university(code, 'CENTRAL');
    for (const [index, day] of ['2023-12-29', '2023-12-30', '2023-12-30', '2024-01-15'].entries())
      await grant(`g${index}`, day);
    for (const sort of ['dueOn', '-dueOn', 'number', '-number']) {
      const whole = await keysOf(`asOf=2024-03-01&state=ALL&sort=${sort}`);
      expect(whole).toHaveLength(12);
      const paged: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: DeadlinePage = await list(
          `asOf=2024-03-01&state=ALL&sort=${sort}&limit=2${next && `&cursor=${next}`}`,
        );
        expect(page.total).toBe(12);
        paged.push(...page.items.map((item) => item.key));
        next = page.next;
      }
      expect(paged).toEqual(whole);
    }
  });

  it('V-PAGE: refuses a cursor of another order', async () => {
    await grant('a', '2024-01-15');
    await grant('b', '2024-01-15');
    const { next } = await list('asOf=2024-02-01&limit=1&kind=OPEN_GRANT_RECORDING');
    expect(await refusal(`deadlines?sort=number&cursor=${next}`)).toEqual([400, 'V-PAGE']);
    expect(await refusal('deadlines?sort=number&cursor=x')).toEqual([400, 'V-PAGE']);
  });

  it('shows an office its own only, and nothing of the fund', async () => {
    await university('hnu', 'CENTRAL');
    await university('csu', 'CENTRAL');
    await append('fund-year-2024', ['FundYearOpened', { year: 2024, document: '示例', openedOn: '2024-01-02' }]);
    await grant('a', '2024-01-15');
    await grant('b', '2024-01-15', { universityId: 'csu' });
    expect(await keysOf('asOf=2024-02-01', 'hnu')).toEqual(['ANNUAL_REPORT:university-hnu:2023', key('a')]);
    expect(await keysOf('asOf=2024-02-01')).toHaveLength(6);
    expect(await refusal('deadlines?universityId=csu', 'hnu')).toEqual([403, 'A-2']);
    expect(await refusal('deadlines', 'admin')).toEqual([403, 'A-1']);
  });

  it('tells the kinds there are', async () => {
    expect((await get('deadlines/kinds')).json()).toHaveProperty('PATENT_ANNUITY.clause');
  });
});

describe('the yearly reports', () => {
  beforeEach(async () => {
    await university('hnu', 'PROVINCIAL');
    await university('p', 'PRIVATE');
  });
  const on = async (asOf: string) =>
    (await list(`asOf=${asOf}&state=ALL`)).items.map((item) => `${item.key} ${item.state}`);

  it('are due on 30 March and 30 April for the year before, from state-founded universities', async () => {
    const next = ['ANNUAL_REPORT:university-hnu:2024 NOT_YET', 'ANNUAL_REPORT_SUMMARY:department-all:2024 NOT_YET'];
    const [report, summary] = ['ANNUAL_REPORT:university-hnu:2023', 'ANNUAL_REPORT_SUMMARY:department-all:2023'];
    expect(await on('2024-03-30')).toEqual([`${report} OPEN`, `${summary} OPEN`, ...next]);
    expect(await on('2024-03-31')).toEqual([`${report} OVERDUE`, `${summary} OPEN`, ...next]);
    expect(await on('2024-05-01')).toEqual([`${report} OVERDUE`, `${summary} LAPSED`, ...next]);
    expect(await on('2014-12-31')).toEqual([]);
  });

  it('are met by filing, in time or late; that of another year or university changes nothing', async () => {
    const file = (universityId: string, year: number, filedOn: string) =>
      append(`annual-report-${universityId}-${year}`, ['AnnualReportFiled', { universityId, year, filedOn }]);
    const stateOf = async (year: number, asOf: string) =>
      (await on(asOf)).find((line) => line.startsWith(`ANNUAL_REPORT:university-hnu:${year}`))?.split(' ')[1];
    await file('p', 2023, '2024-03-01');
    await file('hnu', 2022, '2023-03-31');
    expect(await stateOf(2023, '2024-03-31')).toBe('OVERDUE');
    expect(await stateOf(2022, '2023-03-30')).toBe('OPEN');
    expect(await stateOf(2022, '2023-03-31')).toBe('MET_LATE');
    await file('hnu', 2023, '2024-03-30');
    expect(await stateOf(2023, '2024-03-29')).toBe('OPEN');
    expect(await stateOf(2023, '2024-03-30')).toBe('MET');
    const { items } = await list('asOf=2024-04-01&state=MET&kind=ANNUAL_REPORT');
    expect(items).toMatchObject([{ closedOn: '2024-03-30', closedBy: 'AnnualReportFiled' }]);
  });
});

describe('yearly reports that are long overdue', () => {
  const disclose = (id: string, disclosedOn: string, universityId = 'hnu') =>
    append(`disclosure-${id}`, ['InventionDisclosed', { universityId, number: id, title: 't', disclosedOn }]);
  const reports = async (asOf: string, query = 'state=ALL') =>
    (await list(`asOf=${asOf}&kind=ANNUAL_REPORT&${query}`)).items.map((item) => `${item.recordNumber} ${item.state}`);
  // The ledger is told of the university on 2025-03-01.
  beforeEach(() => university('hnu', 'PROVINCIAL'));

  it('stay when the next year begins, whether or not there was anything to report', async () => {
    expect(await reports('2025-12-31')).toEqual(['2024 OVERDUE', '2025 NOT_YET']);
    expect(await reports('2028-01-01')).toEqual([
      '2024 OVERDUE',
      '2025 OVERDUE',
      '2026 OVERDUE',
      '2027 OPEN',
      '2028 NOT_YET',
    ]);
    expect(await reports('2028-01-01', '')).toEqual(['2024 OVERDUE', '2025 OVERDUE', '2026 OVERDUE', '2027 OPEN']);
  });

  it('go back to the first report there was, in the years with a record that stands', async () => {
    await disclose('d15', '2015-11-02');
    await disclose('d14', '2014-11-02');
    await disclose('d18', '2018-05-02');
    await disclose('c17', '2017-05-02', 'csu');
    await disclose('d19', '2019-05-02');
    await append('disclosure-d19', ['DisclosureWithdrawn', { on: '2020-01-02' }]);
    expect(await reports('2025-06-01')).toEqual(['2015 OVERDUE', '2018 OVERDUE', '2024 OVERDUE', '2025 NOT_YET']);
    const { items } = await list('asOf=2025-06-01&kind=ANNUAL_REPORT');
    expect(items[0]).toMatchObject({ key: 'ANNUAL_REPORT:university-hnu:2015', dueOn: '2016-03-30' });
    expect(await reports('2016-03-30')).toEqual(['2015 OPEN', '2016 NOT_YET']);
  });

  it('are met late by filing, and stay so', async () => {
    await disclose('d18', '2018-05-02');
    await append('annual-report-hnu-2018', [
      'AnnualReportFiled',
      { universityId: 'hnu', year: 2018, filedOn: '2025-05-06' },
    ]);
    await append('annual-report-hnu-2020', [
      'AnnualReportFiled',
      { universityId: 'hnu', year: 2020, filedOn: '2021-03-30' },
    ]);
    expect(await reports('2025-05-05')).toEqual(['2018 OVERDUE', '2020 MET', '2024 OVERDUE', '2025 NOT_YET']);
    expect(await reports('2026-01-01')).toEqual([
      '2018 MET_LATE',
      '2020 MET',
      '2024 OVERDUE',
      '2025 OPEN',
      '2026 NOT_YET',
    ]);
  });
});

describe('T-1: the date asked about', () => {
  it.each(['2024-02-30', 'today', '20240101', ''])('refuses "%s"', async (asOf) => {
    expect(await refusal(`deadlines?asOf=${asOf}`)).toEqual([400, 'T-1']);
  });
  it('accepts a leap day, and today when none is given', async () => {
    expect(await list('asOf=2024-02-29')).toMatchObject({ asOf: '2024-02-29' });
    expect((await list('')).asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('T-2: the kinds asked for', () => {
  it.each(['NONE', '', 'PAYMENT,', 'payment', 'toString'])('refuses "%s"', async (kind) => {
    expect(await refusal(`deadlines?kind=${kind}`)).toEqual([400, 'T-2']);
  });
  it('accepts several', async () => {
    expect(await list('kind=PAYMENT,REWARD_CASH')).toMatchObject({ total: 0 });
  });
});

describe('T-3: the states asked for', () => {
  it.each(['DONE', '', 'OPEN,', 'ALL,OPEN', 'toString'])('refuses "%s"', async (state) => {
    expect(await refusal(`deadlines?state=${state}`)).toEqual([400, 'T-3']);
  });
  it('accepts several, and all', async () => {
    expect(await list('state=OPEN,MET&asOf=2024-06-01')).toMatchObject({ total: 0 });
    expect(await list('state=ALL&asOf=2024-06-01')).toMatchObject({
      items: [{ state: 'LAPSED' }, { state: 'NOT_YET' }],
    });
  });
});

it('refuses parameters it does not know', async () => {
  expect(await refusal('deadlines?when=now')).toEqual([400, 'V-SHAPE']);
});

describe('the file', () => {
  it('holds what the list holds, as spreadsheets read it, and no formula', async () => {
    await university('hnu', 'CENTRAL');
    await grant('a', '2024-01-15', { licensee: '=HYPERLINK("x")' });
    await grant('b', '2024-01-16', { universityId: 'csu' });
    const { headers, rawPayload } = await get('deadlines.csv?asOf=2024-02-01&kind=OPEN_GRANT_RECORDING');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="deadlines.csv"');
    expect(rawPayload.subarray(0, 3)).toEqual(Buffer.from('efbbbf', 'hex'));
    const [head, first, second] = parse(rawPayload, { bom: true }) as string[][];
    expect(head?.slice(0, 3)).toEqual(['期限 Deadline', '状态 State', '到期日 Due on']);
    expect(first?.slice(0, 3)).toEqual(['开放许可实施合同备案', '待办', '2024-04-15']);
    expect(first?.[9]).toBe(`'=HYPERLINK("x") 2019100000010`);
    expect([first?.[7], second?.[7]]).toEqual(['示例大学hnu', 'csu']);
  });

  it('refuses what the list refuses', async () => {
    expect(await refusal('deadlines.csv?asOf=x')).toEqual([400, 'T-1']);
    expect(await refusal('deadlines.csv?universityId=csu', 'hnu')).toEqual([403, 'A-2']);
  });
});

describe('T-4: the calendar feed', () => {
  const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const tokenOf = async (as: string) => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/calendar-token', headers: bearer(as) });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    return answer.json<CalendarTokenAnswer>();
  };
  const feed = (token: string) => app.inject({ url: `/api/v1/deadlines.ics?token=${token}` });
  const unfolded = (body: string) => body.replaceAll('\r\n ', '').split('\r\n');

  it('accepts its token and shows the user’s open deadlines as all-day events', async () => {
    await grant('a', today(), { licensee: '示例,公司\nX' });
    await grant('b', today(), { universityId: 'csu' });
    await grant('c', '2020-01-15');
    await append(
      'disclosure-d',
      ['InventionDisclosed', { universityId: 'hnu', number: 'D', title: 't', disclosedOn: today() }],
      ['DisclosureReturned', { on: today(), reason: '示例' }],
    );
    const { url, token, expiresAt } = await tokenOf('hnu');
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 365 * 86_400_000);
    expect(url).toBe(`/api/v1/deadlines.ics?token=${token}`);
    const { statusCode, headers, body } = await feed(token);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    const lines = unfolded(body);
    const { items } = await list('kind=OPEN_GRANT_RECORDING&state=OPEN&universityId=hnu');
    const due = items[0]?.dueOn?.replaceAll('-', '');
    expect(lines.filter((line) => line.startsWith('DTSTART'))).toContain(`DTSTART;VALUE=DATE:${due}`);
    const summaries = lines.filter((line) => line.startsWith('SUMMARY'));
    expect(summaries).toContain('SUMMARY:开放许可实施合同备案：示例a 示例\\,公司\\nX 2019100000010');
    expect(summaries.join()).not.toMatch(/示例b|示例c|披露退回/);
    expect(lines).toContain('TRIGGER:-P7D');
    expect(lines.find((line) => line.startsWith('DESCRIPTION:hnu\\n开放许可自'))).toContain('within three months');
    expect(body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const uids = async () => unfolded((await feed(token)).body).filter((line) => line.startsWith('UID:'));
    expect(await uids()).toEqual(lines.filter((line) => line.startsWith('UID:')));
    expect((await uids())[0]).toMatch(/^UID:[0-9a-f]{32}@transfer-ledger$/);
  });

  it('marks every event of a sample ledger', async () => {
    await app.get(UserStore).markSample();
    await grant('a', today());
    const lines = unfolded((await feed((await tokenOf('clerk')).token)).body);
    for (const line of lines.filter((one) => one.startsWith('SUMMARY'))) expect(line).toMatch(/^SUMMARY:【示例】/);
    expect(lines.find((line) => line.startsWith('X-WR-CALNAME'))).toContain('示例');
  });

  it('says what is overdue', async () => {
    const monthsAgo = new Date(Date.now() - 150 * 86_400_000).toISOString().slice(0, 10);
    await grant('a', monthsAgo);
    expect((await feed((await tokenOf('hnu')).token)).body).toContain('已逾期 overdue');
  });

  it('ends with a change of password, and when the user is disabled', async () => {
    const refused = async (token: string) => {
      const { statusCode, body } = await feed(token);
      return [statusCode, (JSON.parse(body) as { code: string }).code];
    };
    const { token: before } = await tokenOf('hnu');
    await app.get(UserStore).setPassword('hnu', 'another password', new Date(Date.now() + 10).toISOString());
    expect(await refused(before)).toEqual([401, 'T-4']);
    // The session of before the change, good for minutes still, gives no calendar for a year.
    expect(await refused((await tokenOf('hnu')).token)).toEqual([401, 'T-4']);
    const { token } = await tokenOf('clerk');
    await app.get(UserStore).setDisabled('clerk', true);
    expect(await refused(token)).toEqual([401, 'T-4']);
    for (const text of ['x', String(tokens.get('clerk'))]) expect(await refused(text)).toEqual([401, 'T-4']);
    expect((await app.inject({ url: '/api/v1/deadlines.ics' })).statusCode).toBe(400);
  });

  it('ends with the next address of the same user, which says so', async () => {
    const old = await tokenOf('hnu');
    const others = await tokenOf('clerk');
    const { token, notice } = await tokenOf('hnu');
    expect(notice).toEqual({ zh: expect.stringContaining('失效'), en: expect.stringContaining('has ended') });
    const answer = await feed(old.token);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'T-4']);
    for (const good of [token, others.token]) expect((await feed(good)).statusCode).toBe(200);
  });

  it('opens nothing else', async () => {
    const { token } = await tokenOf('hnu');
    const headers = { authorization: `Bearer ${token}` };
    for (const url of ['/api/v1/deadlines', '/api/v1/me', '/api/v1/deadlines.csv'])
      expect((await app.inject({ url, headers })).statusCode).toBe(401);
    expect((await app.inject({ url: `/api/v1/deadlines?token=${token}` })).statusCode).toBe(401);
  });

  it('is for those who may read records', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/calendar-token', headers: bearer('admin') });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'A-1']);
  });
});
