import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Approvers, OfficeDatabase, UserStore } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  DeciderRunner,
  EventRegistry,
  MemoryEventStore,
  claimEvents,
  claimStream,
  commandContext,
  defineEvents,
  eventId,
} from '@app/event-store';
import { HttpModule, type LedgerRequest } from '@app/http';
import { type ImportKind, runImport } from '@app/imports';
import type { Actor, Message } from '@app/kernel';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { Global, Module } from '@nestjs/common';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { parse } from 'csv-parse/sync';
import { FindEnterpriseSize, RunEnterpriseSize, type SizeDeterminationDraft } from './enterprise-size.handler.js';
import { enterpriseSizeEvents, enterpriseSizeRecords } from './enterprise-size.projection.js';
import type { DedicatedOffice } from './registry-events.js';
import {
  ConcludeRegistryObject,
  FindRegistryObject,
  type PortfolioRequest,
  RecordRegistryObject,
} from './registry-object.handler.js';
import { registryObjectEvents, registryObjectProjections } from './registry-object.projection.js';
import { RegistryImports } from './registry.import.js';
import { RegistryModule } from './registry.module.js';
import type { UniversityData } from './university.js';
import { FindPolicy, FindUniversity, RunUniversity } from './university.handler.js';
import { universityEvents, universityRecords, universityRows } from './university.projection.js';

const reviewer: Actor = { id: 'reviewer', role: 'REVIEWER', organisation: 'bureau' };
const clerk: Actor = { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' };
const ownOffice: Actor = { id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' };
const otherOffice: Actor = { id: 'csu', role: 'TRANSFER_OFFICE', organisation: 'csu' };
const now = '2025-12-31T04:00:00.000Z';
const PATENT = '201910699568X';

const context = (key: string, input: unknown, actor = clerk): CommandContext =>
  commandContext({ actor, now, scope: [actor.id, key], input, source: 'test' });

const university = (code: string, more: Partial<UniversityData> = {}): UniversityData => ({
  code,
  name: `示例大学${code}`,
  ownership: 'PROVINCIAL',
  level: 'UNDERGRADUATE',
  authority: '示例主管部门',
  ...more,
});
const hnu = university('hnu', { name: '湖南大学', schoolCode: '4143010532' });

/** Of the rights register only the first event of an asset matters here: whose it is. */
const assetEvents = defineEvents<Message<'AssetRegistered'>>({
  AssetRegistered: { version: 1, zh: '知识产权登记入账', en: 'Asset registered' },
});

const openOffice = async (): Promise<OfficeDatabase> => {
  const database = await OfficeDatabase.inMemory();
  const users = new UserStore(database);
  for (const [username, role] of [
    ['reviewer2', 'REVIEWER'],
    ['fund', 'FUND_ADMIN'],
  ] as const) {
    const user = { username, password: `sample of ${username}`, displayName: username, role, organisation: 'bureau' };
    await users.add(user, now);
  }
  return database;
};

const openLedger = async () => {
  const store = new MemoryEventStore();
  const registry = new EventRegistry([
    claimEvents,
    universityEvents,
    registryObjectEvents,
    enterpriseSizeEvents,
    assetEvents,
  ]);
  const users = await openOffice();
  const runner = new DeciderRunner(store, registry);
  const claims = new ClaimKeeper(runner);
  const folder = mkdtempSync(join(tmpdir(), 'ledger-registry-'));
  const projections = [universityRows, universityRecords, ...registryObjectProjections, enterpriseSizeRecords];
  const models = embeddedReadModels(store, registry, projections, folder);
  await models.open();
  const shared = [
    { provide: DeciderRunner, useValue: runner },
    { provide: ClaimKeeper, useValue: claims },
    { provide: ReadModels, useValue: models },
    { provide: Approvers, useValue: new Approvers(new UserStore(users)) },
  ];
  @Global()
  @Module({ providers: shared, exports: shared })
  class Ledger {}

  const imports = [CqrsModule.forRoot(), Ledger, HttpModule, RegistryModule];
  const testing = await Test.createTestingModule({ imports }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request: LedgerRequest) => {
      request.actor = reviewer;
    });
  await app.init();
  const close = async () => {
    await app.close();
    await models.close();
    await users.close();
    rmSync(folder, { recursive: true });
  };
  return { app, store, claims, commands: app.get(CommandBus), queries: app.get(QueryBus), close };
};

let ledger: Awaited<ReturnType<typeof openLedger>>;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());

const register = (key: string, data: UniversityData, actor = reviewer) =>
  ledger.commands.execute(
    new RunUniversity(data.code, { type: 'RegisterUniversity', data }, context(key, data, actor)),
  );
/** A patent of a university in the rights register. */
const registerPatent = async (universityId = 'hnu') => {
  const asset = { id: 'a1', stream: 'asset-a1' };
  await ledger.claims.claim({ kind: 'asset', value: PATENT }, asset, context('a', {}));
  const { actor, commandId, inputHash, correlationId, source } = context('a', {});
  const metadata = { actor, commandId, inputHash, correlationId, source };
  const event = {
    id: eventId({ commandId, inputHash: commandId }, asset.stream, 0),
    type: 'AssetRegistered',
    version: 1,
    recordedAt: now,
  };
  await ledger.store.append(asset.stream, [{ ...event, data: { universityId, number: PATENT }, metadata }], 'none');
};
const find = (text: string) => ledger.queries.execute(new FindUniversity(text));

const office: DedicatedOffice = {
  universityId: 'hnu',
  name: '示例转化中心',
  legalForm: 'AFFILIATED',
  documentNo: '示例〔2021〕1号',
  establishedOn: '2021-05-10',
};
const establish = (key: string, more: Partial<DedicatedOffice> = {}, actor = clerk) => {
  const data = { ...office, ...more };
  const request = { type: 'EstablishDedicatedOffice', data } as const;
  return ledger.commands.execute(new RecordRegistryObject(request, context(key, data, actor)));
};
const closeOffice = (key: string, id: string, actor = clerk) => {
  const data = { closedOn: '2024-01-02', reason: '示例' };
  const command = { type: 'CloseDedicatedOffice', data } as const;
  return ledger.commands.execute(new ConcludeRegistryObject(id, command, context(key, data, actor)));
};

describe('a university', () => {
  it('is found by code, name and school code', async () => {
    expect(await register('k1', hnu)).toMatchObject({ id: 'hnu', revision: 0, written: true });
    const facts = { universityId: 'hnu', name: '湖南大学', ownership: 'PROVINCIAL', inPanel: false };
    for (const text of ['hnu', ' HNU', '湖南大学', '湖南 大学', '4143010532']) expect(await find(text)).toEqual(facts);
  });

  it('is found with its panel membership as it stands', async () => {
    await register('k1', hnu);
    const data = { inPanel: true, from: '2020-01-01' };
    const command = { type: 'SetPanelMembership', data } as const;
    await ledger.commands.execute(new RunUniversity('hnu', command, context('k2', data, reviewer)));
    expect(await find('hnu')).toMatchObject({ inPanel: true });
  });

  it.each(['hnu', '湖南大学', '4143010532', ''])('C-5: is not found by "%s" before it is registered', (text) =>
    expect(find(text)).rejects.toMatchObject({ rule: 'C-5', place: { field: 'university' } }),
  );

  it('is registered once, however often it is sent', async () => {
    await register('k1', hnu);
    expect(await register('k1', hnu)).toMatchObject({ revision: 0, written: false });
    expect(await register('k2', hnu)).toMatchObject({ revision: 0, written: false });
  });

  it('C-4: is refused a name or school code that another holds', async () => {
    await register('k1', hnu);
    const name = register('k2', university('hnu2', { name: hnu.name }));
    await expect(name).rejects.toMatchObject({ rule: 'C-4', place: { conflict: 'hnu' } });
    const code = register('k3', university('hnu3', { schoolCode: '4143010532' }));
    await expect(code).rejects.toMatchObject({ rule: 'C-4', place: { conflict: 'hnu' } });
  });

  it('claims nothing when it is refused', async () => {
    await expect(register('k1', { ...hnu, schoolCode: '1' })).rejects.toMatchObject({ rule: 'I-8' });
    expect(await ledger.store.readStream(claimStream('university-name', '湖南大学'))).toEqual([]);
  });

  it('A-1: is the reviewer’s to register', () =>
    expect(register('k1', hnu, clerk)).rejects.toMatchObject({ rule: 'A-1' }));
});

describe('a dated object', () => {
  beforeEach(() => register('u1', hnu));

  it('is written once under its own id and number', async () => {
    const first = await establish('k1');
    expect(first).toMatchObject({ revision: 0, written: true });
    expect(await establish('k1')).toMatchObject({ id: first.id, revision: 0, written: false });
    expect(await ledger.store.readStream(`office-${first.id}`)).toMatchObject([{ data: office }]);
    const found = await ledger.queries.execute(new FindRegistryObject('dedicated-office', 'hnu', ' 示例转化中心'));
    expect(found).toEqual({ id: first.id, startedOn: '2021-05-10' });
  });

  it('C-4: is refused when its number is taken', async () => {
    const { id } = await establish('k1');
    await expect(establish('k2')).rejects.toMatchObject({ rule: 'C-4', place: { conflict: id } });
  });

  it('claims nothing when it is refused', async () => {
    await expect(establish('k1', { establishedOn: '2026-01-01' })).rejects.toMatchObject({ rule: 'R-1' });
    expect(await ledger.store.readStream(claimStream('dedicated-office', 'hnu/示例转化中心'))).toEqual([]);
  });

  it('A-2, C-5: is refused to another office and for a university that is not registered', async () => {
    await expect(establish('k1', {}, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    await expect(establish('k1', { universityId: 'csu' })).rejects.toMatchObject({ rule: 'C-5' });
    expect(await establish('k1', {}, ownOffice)).toMatchObject({ written: true });
  });

  it('is concluded by its own university', async () => {
    const { id } = await establish('k1');
    await expect(closeOffice('k2', id, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    expect(await closeOffice('k2', id)).toMatchObject({ id, revision: 1, written: true });
    await expect(closeOffice('k3', 'none')).rejects.toMatchObject({ rule: 'R-5' });
  });

  it('is found with the days it is one', async () => {
    const { id } = await establish('k1');
    const facts = () => ledger.queries.execute(new FindRegistryObject('dedicated-office', 'hnu', office.name));
    await closeOffice('k2', id);
    expect(await facts()).toEqual({ id, startedOn: '2021-05-10', endedOn: '2024-01-02' });
  });

  it('C-5: is not found for another university or under another number', async () => {
    const certificate = {
      universityId: 'hnu',
      certNo: '示例-1',
      standard: 'GB/T 33251-2016',
      body: '示例机构',
      validFrom: '2022-03-01',
      validTo: '2025-02-28',
    };
    const request = { type: 'IssueIpCertificate', data: certificate } as const;
    await ledger.commands.execute(new RecordRegistryObject(request, context('k1', certificate)));
    for (const [owner, number] of [
      ['csu', '示例-1'],
      ['hnu', '示例-2'],
    ] as const) {
      const found = ledger.queries.execute(new FindRegistryObject('certification', owner, number));
      await expect(found).rejects.toMatchObject({ rule: 'C-5', place: { field: 'objectNumber' } });
    }
  });
});

describe('a portfolio', () => {
  const portfolio: PortfolioRequest = {
    universityId: 'hnu',
    number: '示例-ZH-1',
    title: '示例组合',
    startedOn: '2022-03-01',
    assets: ['ZL201910699568.X', '201910699568X'],
  };
  const start = (data: PortfolioRequest) =>
    ledger.commands.execute(new RecordRegistryObject({ type: 'StartHighValuePortfolio', data }, context('k1', data)));

  beforeEach(() => register('u1', hnu));

  it('names each of its core patents once, by the id the rights register gave it', async () => {
    await registerPatent();
    const { id } = await start(portfolio);
    const [event] = await ledger.store.readStream(`portfolio-${id}`);
    expect(event?.data).toMatchObject({ assets: [{ assetId: 'a1', number: PATENT }] });
  });

  it('R-15: is accepted with patents of its university and refused with another’s', async () => {
    await registerPatent('csu');
    await expect(start(portfolio)).rejects.toMatchObject({ rule: 'R-15', place: { field: 'assets', conflict: 'a1' } });
    await register('u2', university('csu'));
    expect(await start({ ...portfolio, universityId: 'csu' })).toMatchObject({ written: true });
  });

  it('C-5, I-1: is refused a patent that is not registered or not a number', async () => {
    await expect(start(portfolio)).rejects.toMatchObject({ rule: 'C-5', place: { field: 'assets' } });
    const wrong = { ...portfolio, assets: ['201910699568.1'] };
    await expect(start(wrong)).rejects.toMatchObject({ rule: 'I-1', place: { field: 'assets' } });
  });
});

describe('a policy of a university', () => {
  beforeEach(() => register('u1', hnu));

  const adoption = { policy: 'EVALUATION', adoptedOn: '2021-05-01', documentNo: '示例1号', evidence: '示例' } as const;
  const adopt = (actor: Actor) =>
    ledger.commands.execute(
      new RunUniversity('hnu', { type: 'AdoptPolicy', data: adoption }, context('p1', adoption, actor)),
    );
  const inForce = (on: string) => ledger.queries.execute(new FindPolicy('hnu', 'EVALUATION', on));

  it('is its own office’s to enter, and found while it is in force', async () => {
    await expect(adopt(otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
    expect(await adopt(ownOffice)).toMatchObject({ id: 'hnu', revision: 1, written: true });
    const repeal = { policy: 'EVALUATION', on: '2024-01-01', documentNo: '示例1号' } as const;
    const command = { type: 'RepealPolicy', data: repeal } as const;
    await ledger.commands.execute(new RunUniversity('hnu', command, context('p2', repeal)));
    expect(await inForce('2021-04-30')).toBeUndefined();
    expect(await inForce('2021-05-01')).toEqual({ adoptedOn: '2021-05-01', documentNo: '示例1号' });
    expect(await inForce('2023-12-31')).toBeDefined();
    expect(await inForce('2024-01-01')).toBeUndefined();
    expect(await ledger.queries.execute(new FindPolicy('hnu', 'REWARD', '2022-01-01'))).toBeUndefined();
    expect(await ledger.queries.execute(new FindPolicy('none', 'EVALUATION', '2022-01-01'))).toBeUndefined();
  });
});

describe('the size of an enterprise', () => {
  const CODE = '91430100MA4L00003Q';
  const draft: SizeDeterminationDraft = {
    enterpriseName: '示例科技有限公司',
    creditCode: CODE.toLowerCase(),
    industry: 'C39',
    employees: 300,
    revenueFen: '2000000000',
    dataYear: 2022,
    determinedOn: '2023-03-01',
    evidence: '示例：声明函',
  };
  const determine = (key: string, data = draft, actor = clerk) =>
    ledger.commands.execute(
      new RunEnterpriseSize({ type: 'DetermineEnterpriseSize', data }, context(key, data, actor)),
    );
  const correct = (approver: string) => {
    const data = { ...draft, employees: 299, reason: '示例', approver };
    return ledger.commands.execute(
      new RunEnterpriseSize({ type: 'CorrectEnterpriseSize', data }, context(`c-${approver}`, data)),
    );
  };
  const sizeOn = (on: string, code = CODE) => ledger.queries.execute(new FindEnterpriseSize(code, on));

  it('is found by the credit code as determined by a date', async () => {
    const { id } = await determine('k1');
    expect(await sizeOn('2023-02-28')).toBeUndefined();
    const facts = { size: 'MEDIUM', determinationId: id, rule: 'sme-2011-300/1', determinedOn: '2023-03-01' };
    expect(await sizeOn('2023-03-01')).toEqual(facts);
    expect(await sizeOn('2023-03-01', '91430100MA4L00011K')).toBeUndefined();
    expect(await determine('k1')).toMatchObject({ id, written: false });
  });

  it('is corrected with an approver who may', async () => {
    const { id } = await determine('k1');
    await expect(correct('nobody')).rejects.toMatchObject({ rule: 'A-12' });
    await expect(correct('fund')).rejects.toMatchObject({ rule: 'A-13' });
    await expect(correct('clerk')).rejects.toMatchObject({ rule: 'A-14' });
    expect(await correct('reviewer2')).toMatchObject({ id, revision: 1 });
    expect(await sizeOn('2023-03-01')).toMatchObject({ size: 'SMALL', determinationId: id });
  });

  it('I-6, A-2: is refused for a wrong credit code and to a university’s office', async () => {
    const wrong = { ...draft, creditCode: '91430100MA4L000031' };
    await expect(determine('k1', wrong)).rejects.toMatchObject({ rule: 'I-6', place: { field: 'creditCode' } });
    await expect(determine('k1', draft, ownOffice)).rejects.toMatchObject({ rule: 'A-2' });
  });
});

const post = async (url: string, payload: object, key = url) => {
  const reply = await ledger.app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': key } });
  return { status: reply.statusCode, body: reply.json() };
};

describe('over HTTP', () => {
  const universityId = 'hnu';
  const paths = {
    'dedicated-offices': { ...office, staff: 8 },
    certifications: {
      universityId,
      certNo: '示例-1',
      standard: 'GB/T 33251-2016',
      body: '示例机构',
      validFrom: '2022-03-01',
      validTo: '2025-02-28',
    },
    portfolios: {
      universityId,
      number: '示例-ZH-1',
      title: '示例组合',
      startedOn: '2022-03-01',
      partners: ['示例科技有限公司'],
      assets: [PATENT],
    },
    designations: {
      universityId,
      designation: 'PILOT',
      documentNo: '示例1号',
      designatedOn: '2022-10-20',
      authority: '示例机关',
    },
    commendations: {
      universityId,
      award: '示例奖',
      year: 2022,
      documentNo: '示例2号',
      grantedOn: '2023-04-26',
      evidence: '示例',
    },
    'trading-platforms': {
      universityId,
      name: '示例平台',
      url: 'https://example.org',
      launchedOn: '2022-09-01',
      documentNo: '示例3号',
    },
  };
  const ends: ReadonlyArray<readonly [path: keyof typeof paths, action: string, body: object]> = [
    ['dedicated-offices', 'close', { closedOn: '2024-01-02', reason: '示例' }],
    ['certifications', 'withdraw', { withdrawnOn: '2024-01-02', reason: '示例' }],
    ['portfolios', 'accept', { acceptedOn: '2024-01-02' }],
  ];

  it('a university is registered, its panel membership set, and both are listed', async () => {
    expect(await post('/api/v1/universities', hnu)).toMatchObject({ status: 201, body: { id: 'hnu', written: true } });
    const set = await post('/api/v1/universities/hnu/panel', { inPanel: true, from: '2020-01-01' });
    expect(set).toMatchObject({ status: 201, body: { revision: 1 } });
    const list = await ledger.app.inject({ url: `/api/v1/universities?after=${set.body.position}` });
    expect(list.json()).toEqual([
      {
        universityId: 'hnu',
        name: '湖南大学',
        englishName: null,
        ownership: 'PROVINCIAL',
        level: 'UNDERGRADUATE',
        schoolCode: '4143010532',
        inPanel: true,
        panelFrom: '2020-01-01',
      },
    ]);
  });

  it('policies are adopted and repealed', async () => {
    await register('u1', hnu);
    const policy = { policy: 'DISCLOSURE', adoptedOn: '2021-05-01', documentNo: '示例1号', evidence: '示例' };
    const url = '/api/v1/universities/hnu/policies';
    expect(await post(url, policy)).toMatchObject({ status: 201, body: { id: 'hnu', revision: 1 } });
    const repeal = { policy: 'DISCLOSURE', on: '2023-01-01', documentNo: '示例1号' };
    expect(await post(`${url}/repeal`, repeal)).toMatchObject({ status: 201, body: { revision: 2 } });
    expect(await post(url, { ...policy, policy: 'TEA' }, 'k')).toMatchObject({
      status: 400,
      body: { code: 'V-SHAPE' },
    });
  });

  it('sizes of enterprises are determined and corrected', async () => {
    const figures = {
      enterpriseName: '示例科技有限公司',
      creditCode: '91430100MA4L00003Q',
      industry: 'M73',
      employees: 9,
      dataYear: 2022,
      determinedOn: '2023-03-01',
      evidence: '示例',
    };
    const url = '/api/v1/enterprise-sizes';
    const { status, body } = await post(url, figures);
    expect({ status, body }).toMatchObject({ status: 201, body: { revision: 0, written: true } });
    const correction = { ...figures, employees: 10, reason: '示例', approver: 'reviewer2' };
    expect(await post(`${url}/corrections`, correction)).toMatchObject({
      status: 201,
      body: { id: body.id, revision: 1 },
    });
    for (const wrong of [{ employees: '9' }, { evidenceFiles: ['x'] }, { revenueFen: 1 }, { dataYear: 1999 }]) {
      const reply = await post(url, { ...figures, ...wrong }, JSON.stringify(wrong));
      expect(reply).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
    }
  });

  it.each(Object.entries(paths))('%s are taken', async (path, body) => {
    await register('u1', hnu);
    await registerPatent();
    expect(await post(`/api/v1/registry/${path}`, body)).toMatchObject({ status: 201, body: { revision: 0 } });
  });

  it.each(ends)('%s/:id/%s is taken', async (path, action, body) => {
    await register('u1', hnu);
    await registerPatent();
    const { id } = (await post(`/api/v1/registry/${path}`, paths[path])).body;
    const concluded = await post(`/api/v1/registry/${path}/${id}/${action}`, body);
    expect(concluded).toMatchObject({ status: 201, body: { id, revision: 1 } });
  });

  it.each([
    ['dedicated-offices', { staff: -1 }],
    ['dedicated-offices', { evidence: null }],
    ['dedicated-offices', { legalForm: 'CLUB' }],
    ['dedicated-offices', { surprise: 1 }],
    ['portfolios', { assets: [] }],
    ['portfolios', { assets: [1] }],
    ['portfolios', { partners: '示例' }],
    ['commendations', { year: '2022' }],
    ['designations', { designatedOn: '2022-02-30' }],
    ['trading-platforms', { name: ' 示例' }],
  ] as const)('V-SHAPE: %s are refused with %j', async (path, wrong) => {
    const reply = await post(`/api/v1/registry/${path}`, { ...paths[path], ...wrong });
    expect(reply).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });
});

type Line = Readonly<Record<string, string>>;

const kindOf = (kind: string) =>
  ledger.app.get(RegistryImports).kinds.find((candidate) => candidate.kind === kind) as ImportKind;

const runLines = (kind: string, lines: ReadonlyArray<readonly string[]>, actor: Actor) => {
  const rows = async function* () {
    for (const [index, cells] of lines.entries()) yield { line: index + 1, cells: [...cells] };
  };
  return runImport({ kind: kindOf(kind), rows: rows(), fileName: 'sample.csv', actor, now: () => now });
};

const sheet = (kind: string, line: Line, actor = clerk) => {
  const columns = Object.entries(kindOf(kind).columns);
  return runLines(kind, [columns.map(([, { zh }]) => zh), columns.map(([field]) => line[field] ?? '')], actor);
};

/** The line that the template shows, with the university's code for its name and the given cells. */
const exampleOf = (kind: string, cells: Line = {}): Line => ({
  ...Object.fromEntries(Object.entries(kindOf(kind).columns).map(([field, { example }]) => [field, example])),
  ...cells,
});

describe('import', () => {
  const SHEETS = [
    'dedicated-offices',
    'designations',
    'certifications',
    'commendations',
    'trading-platforms',
    'portfolios',
    'university-policies',
    'enterprise-sizes',
  ];

  it.each(SHEETS)('takes the example of %s once', async (kind) => {
    await register('u1', hnu);
    await registerPatent();
    expect(await sheet(kind, exampleOf(kind))).toMatchObject({ written: 1, problems: [] });
    expect(await sheet(kind, exampleOf(kind))).toMatchObject({ written: 0, unchanged: 1, problems: [] });
  });

  it('takes a portfolio first and its acceptance when the row comes again with it', async () => {
    await register('u1', hnu);
    await registerPatent();
    expect(await sheet('portfolios', exampleOf('portfolios'))).toMatchObject({ written: 1 });
    const accepted = exampleOf('portfolios', { acceptedOn: '2024-06-30' });
    expect(await sheet('portfolios', accepted)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('portfolios', accepted)).toMatchObject({ written: 0, unchanged: 1 });
  });

  it('takes a policy first and its repeal when the row comes again with it', async () => {
    await register('u1', hnu);
    expect(await sheet('university-policies', exampleOf('university-policies'))).toMatchObject({ written: 1 });
    const repealed = exampleOf('university-policies', { repealedOn: '2024-06-30' });
    expect(await sheet('university-policies', repealed)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('university-policies', repealed)).toMatchObject({ written: 0, unchanged: 1 });
  });

  it.each([
    ['R-2', '2020-01-01'],
    ['R-1', '2030-01-01'],
  ])('%s: writes nothing of a policy repealed on a wrong day', async (rule, repealedOn) => {
    await register('u1', hnu);
    const { problems } = await sheet('university-policies', exampleOf('university-policies', { repealedOn }));
    expect(problems).toMatchObject([{ rule, column: { zh: '废止日期' } }]);
    expect(await ledger.queries.execute(new FindPolicy('hnu', 'EVALUATION', '2022-01-01'))).toBeUndefined();
  });

  it.each([
    ['R-2', '2020-01-01'],
    ['R-1', '2030-01-01'],
  ])('%s: writes nothing of a portfolio accepted on a wrong day', async (rule, acceptedOn) => {
    await register('u1', hnu);
    await registerPatent();
    const { written, problems } = await sheet('portfolios', exampleOf('portfolios', { acceptedOn }));
    expect({ written, problems }).toMatchObject({ written: 0, problems: [{ rule, column: { zh: '验收日期' } }] });
  });

  it('takes a university with and without a decision on the panel', async () => {
    const undecided = exampleOf('universities', { inPanel: '否', panelFrom: '' });
    expect(await sheet('universities', undecided, reviewer)).toMatchObject({ written: 1, problems: [] });
    expect(await find('hnu')).toMatchObject({ inPanel: false });
    const decided = exampleOf('universities');
    expect(await sheet('universities', decided, reviewer)).toMatchObject({ written: 1, problems: [] });
    expect(await find('hnu')).toMatchObject({ inPanel: true });
    expect(await sheet('universities', decided, reviewer)).toMatchObject({ written: 0, unchanged: 1 });
  });

  it.each([
    ['R-12', ''],
    ['R-1', '2030-01-01'],
  ])('%s: writes nothing of a university whose panel date is "%s"', async (rule, panelFrom) => {
    const { problems } = await sheet('universities', exampleOf('universities', { panelFrom }), reviewer);
    expect(problems).toMatchObject([{ rule, column: { zh: '纳入统计起' } }]);
    await expect(find('hnu')).rejects.toMatchObject({ rule: 'C-5' });
  });

  it('takes the reference list of the universities in Changsha whole', async () => {
    const file = resolve(__dirname, '../../../seeds/reference/universities.csv');
    const lines = parse(readFileSync(file), { bom: true }) as string[][];
    const taken = await runLines('universities', lines, reviewer);
    expect(taken).toMatchObject({ written: 58, problems: [] });
    expect(await find('国防科技大学')).toMatchObject({ universityId: 'nudt', ownership: 'MILITARY', inPanel: false });
    const facts = await Promise.all(lines.slice(1).map(([code = '']) => find(code)));
    expect(facts.filter(({ inPanel }) => inPanel)).toHaveLength(57);
  });
});
