import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Approvers, OfficeDatabase, PersonStore, UserStore, samplePassword } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  DeciderRunner,
  EventRegistry,
  EventStore,
  MemoryEventStore,
  START,
  claimEvents,
  claimStream,
  commandContext,
} from '@app/event-store';
import { EvidenceModule, KeepEvidence } from '@app/evidence';
import { HttpModule, type LedgerRequest } from '@app/http';
import { FileFolder, type ImportKind, runImport } from '@app/imports';
import type { Actor } from '@app/kernel';
import { FindAsset, PatentsModule, RegisterAsset, RunAsset, patentsEvents } from '@app/patents';
import { ReadModels, embeddedReadModels } from '@app/read-model';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import { Global, Logger, Module } from '@nestjs/common';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { contractDecider } from './contract.js';
import type { ContractCommand } from './contract-events.js';
import { FindContract } from './contract-facts.handler.js';
import { RunContract } from './contract.handler.js';
import type { ContractRequest } from './contract-request.handler.js';
import { contractEvents, contractRecords } from './contract.projection.js';
import { contractStream } from './contract-state.js';
import { ContractsImports } from './contracts.import.js';
import { ContractsModule } from './contracts.module.js';
import { type ContractDraft, LodgeContract } from './lodge-contract.handler.js';
import { openLodgements } from './open-lodgement.projection.js';
import { priceNoticeEvents, priceNoticeRecords } from './price-notice.projection.js';
import { ResumeLodgements } from './resume-lodgements.process.js';

const clerk: Actor = { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' };
const reviewer: Actor = { id: 'reviewer', role: 'REVIEWER', organisation: 'bureau' };
const otherOffice: Actor = { id: 'csu', role: 'TRANSFER_OFFICE', organisation: 'csu' };
const now = '2025-12-31T04:00:00.000Z';
const context = (key: string, input: unknown, actor = clerk): CommandContext =>
  commandContext({ actor, now, scope: [actor.id, key], input, source: 'test' });

const PATENT = '201910699568X';
const SECRET = '示例-JS-1';

const openLedger = async () => {
  const store = new MemoryEventStore();
  const registry = new EventRegistry([
    claimEvents,
    ...registryEvents,
    ...patentsEvents,
    contractEvents,
    priceNoticeEvents,
  ]);
  const runner = new DeciderRunner(store, registry);
  const claims = new ClaimKeeper(runner);
  const office = await OfficeDatabase.inMemory();
  const users = new UserStore(office);
  const password = samplePassword('reviewer');
  await users.add(
    { username: 'reviewer', password, displayName: '示例', role: 'REVIEWER', organisation: 'bureau' },
    now,
  );
  const persons = await PersonStore.open(office, new Uint8Array(32));
  const folder = mkdtempSync(join(tmpdir(), 'ledger-contracts-'));
  const readModels = embeddedReadModels(store, registry, [contractRecords, openLodgements, priceNoticeRecords], folder);
  await readModels.open();
  const shared = [
    { provide: DeciderRunner, useValue: runner },
    { provide: ClaimKeeper, useValue: claims },
    { provide: EventStore, useValue: store },
    { provide: EventRegistry, useValue: registry },
    { provide: OfficeDatabase, useValue: office },
    { provide: FileFolder, useValue: { path: folder, uploadLimit: 1_000_000, evidenceLimit: 1_000_000 } },
    { provide: PersonStore, useValue: persons },
    { provide: Approvers, useValue: new Approvers(users) },
    { provide: ReadModels, useValue: readModels },
  ];
  @Global()
  @Module({ providers: shared, exports: shared })
  class Ledger {}

  const imports = [
    CqrsModule.forRoot(),
    Ledger,
    HttpModule,
    RegistryModule,
    PatentsModule,
    EvidenceModule,
    ContractsModule,
  ];
  const testing = await Test.createTestingModule({ imports }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request: LedgerRequest) => {
      request.actor = clerk;
    });
  await app.init();
  const commands = app.get(CommandBus);
  const university = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PROVINCIAL',
    level: 'UNDERGRADUATE',
    authority: '示例主管部门',
  } as const;
  const register = { type: 'RegisterUniversity', data: university } as const;
  await commands.execute(new RunUniversity('hnu', register, context('university', university, reviewer)));
  const assets = [
    { ipType: 'INVENTION', number: PATENT, grantedOn: '2021-03-02' },
    { ipType: 'TECH_SECRET', number: SECRET },
  ] as const;
  for (const asset of assets) {
    const facts = { universityId: 'hnu', title: '示例', filedOn: '2019-07-30', ...asset };
    await commands.execute(new RegisterAsset(facts, context(asset.number, facts)));
  }
  const close = async () => {
    await app.close();
    await readModels.close();
    await office.close();
    rmSync(folder, { recursive: true });
  };
  return { app, store, runner, claims, persons, readModels, commands, queries: app.get(QueryBus), close };
};

let ledger: Awaited<ReturnType<typeof openLedger>>;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger.close());

const licence: ContractDraft = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'LICENCE',
  licenceKind: 'ORDINARY',
  assets: ['ZL201910699568.X', SECRET],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  feeType: 'LUMP_SUM',
  feeFen: '10000000',
  pricingMethod: 'NEGOTIATED',
  priceNoticeExemption: '示例：历史合同，公示材料遗失',
};
const { licenceKind: _kind, ...unkinded } = licence;
const transfer: ContractDraft = { ...unkinded, number: '示例-HT-2', mode: 'TRANSFER' };
const release: ContractDraft = {
  ...transfer,
  mode: 'RELEASE',
  ground: '示例：早年转让',
  counterparty: '示例甲 / 示例001',
  feeType: 'FREE',
  feeFen: '0',
  inventorSharePermyriad: 1_000,
};

const lodge = (key: string, draft: ContractDraft = licence, actor = clerk) =>
  ledger.commands.execute(new LodgeContract(draft, context(key, draft, actor)));
const run = (key: string, contractId: string, command: ContractRequest, actor = clerk) =>
  ledger.commands.execute(new RunContract(contractId, command, context(key, command, actor)));
const record = { type: 'RecordLicence', recordNo: 'X2023430000001', recordedOn: '2023-05-01' } as const;
const approved = { reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };
const wholeLog = () => ledger.store.readAll(START, 10_000);
const eventsOf = (contractId: string) => ledger.store.readStream(contractStream(contractId));

describe('lodging', () => {
  it('finds the assets by their numbers, and is found by its own', async () => {
    const { id } = await lodge('k1');
    const [requested] = await eventsOf(id);
    expect(requested?.data['assets']).toMatchObject([
      { ipType: 'INVENTION', number: PATENT },
      { ipType: 'TECH_SECRET', number: SECRET },
    ]);
    expect(await ledger.queries.execute(new FindContract('hnu', ' 示例-ht-1'))).toEqual({
      contractId: id,
      status: 'LODGED',
    });
    const missing = ledger.queries.execute(new FindContract('hnu', '示例-HT-9'));
    await expect(missing).rejects.toMatchObject({ rule: 'C-5', place: { field: 'contractNumber' } });
  });

  it('C-4: is refused when the number is taken', async () => {
    const { id } = await lodge('k1');
    await expect(lodge('k2')).rejects.toMatchObject({ rule: 'C-4', place: { conflict: id } });
  });

  it('C-5, A-1, A-2: is refused without its assets and to others', async () => {
    await expect(lodge('k1', { ...licence, assets: ['示例-JS-9'] })).rejects.toMatchObject({ rule: 'C-5' });
    await expect(lodge('k1', licence, reviewer)).rejects.toMatchObject({ rule: 'A-1' });
    await expect(lodge('k1', licence, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
  });

  it('I-5: is refused with a credit code that is none, and keeps a sound one as it is spelt', async () => {
    const wrong = lodge('k1', { ...licence, counterpartyCode: '9135010IM000100Y43' });
    await expect(wrong).rejects.toMatchObject({ place: { field: 'counterpartyCode' } });
    const { id } = await lodge('k2', { ...licence, counterpartyCode: '91350100m000100y43' });
    expect((await eventsOf(id))[0]?.data).toMatchObject({ counterpartyCode: '91350100M000100Y43' });
  });

  it('claims nothing when it is refused', async () => {
    await expect(lodge('k1', { ...licence, feeFen: '0' })).rejects.toMatchObject({ rule: 'C-34' });
    expect(await ledger.store.readStream(claimStream('contract', 'hnu/示例-HT-1'))).toEqual([]);
  });
});

describe('a release to an inventor', () => {
  const correct = (value: string) =>
    ({ type: 'CorrectContract', number: 'G-1', field: 'counterparty', value, ...approved }) as const;
  const names = async (contractId: string) => {
    const [requested] = await eventsOf(contractId);
    return ledger.persons.names([requested?.data['counterparty'] as string]);
  };

  it('leaves neither the name nor a hash over it in the log', async () => {
    const { id } = await lodge('k1', release);
    expect([...(await names(id)).values()]).toEqual(['示例甲']);
    await run('k2', id, correct('示例乙/示例002'));
    const log = JSON.stringify(await wholeLog());
    expect(log).not.toMatch(/示例甲|示例乙|示例001|示例002/);
    expect(log).not.toContain(context('k1', release).inputHash);
    expect(log).not.toContain(context('k2', correct('示例乙/示例002')).inputHash);
    const corrected = (await eventsOf(id)).find(({ type }) => type === 'ContractCorrected');
    const personId = corrected?.data['to'] as string;
    expect([...(await ledger.persons.names([personId])).values()]).toEqual(['示例乙']);
  });

  it('is the same command when it is repeated', async () => {
    const { id } = await lodge('k1', release);
    expect(await lodge('k1', release)).toMatchObject({ id, written: false });
    await expect(lodge('k1', { ...release, counterparty: '示例丙/示例003' })).rejects.toMatchObject({ rule: 'C-1' });
  });

  it('C-41: accepts a name and a staff number', async () => {
    expect(await lodge('k1', release)).toMatchObject({ written: true });
  });

  it('C-41: names the inventor with a staff number', async () => {
    for (const counterparty of ['示例甲', '示例甲/', '/示例001', '示例甲/示例001/多余']) {
      const refusal = { rule: 'C-41', place: { field: 'counterparty' } };
      await expect(lodge('k1', { ...release, counterparty })).rejects.toMatchObject(refusal);
    }
    const { id } = await lodge('k1', release);
    const refusal = { rule: 'C-41', place: { field: 'value' } };
    await expect(run('k2', id, correct('示例乙'))).rejects.toMatchObject(refusal);
  });

  it('enrols nobody when it is refused', async () => {
    await expect(lodge('k1', { ...release, signedOn: '2026-01-01' })).rejects.toMatchObject({ rule: 'C-30' });
    await lodge('k2', { ...licence, licenceKind: 'EXCLUSIVE' });
    await lodge('k3', {
      ...release,
      number: '示例-HT-3',
      assets: [SECRET],
      counterparty: '示例丙/示例003',
      effectiveOn: '2023-04-01',
    });
    await expect(lodge('k4', { ...release, number: '示例-HT-4' })).rejects.toMatchObject({ rule: 'L-4' });
    expect((await ledger.persons.names([ledger.persons.personId('hnu', '示例001')])).size).toBe(0);
  });
});

describe('what follows', () => {
  it('answers the revision to go on from', async () => {
    const { id, revision } = await lodge('k1', transfer);
    expect(revision).toBe((await eventsOf(id)).length - 1);
    const registered = await run('k2', id, { type: 'RegisterTransfer', registeredOn: '2023-06-01' });
    expect(registered.revision).toBe((await eventsOf(id)).length - 1);
  });

  it('C-4: a recording number belongs to one contract', async () => {
    const first = await lodge('k1');
    const second = await lodge('k2', { ...licence, number: '示例-HT-3' });
    await run('k3', first.id, record);
    const again = run('k4', second.id, { ...record, recordNo: 'x 2023430000001' });
    await expect(again).rejects.toMatchObject({ rule: 'C-4', place: { conflict: first.id } });
  });

  it('claims no recording number when it is refused', async () => {
    const { id } = await lodge('k1');
    await expect(run('k2', id, { ...record, recordedOn: '2022-01-01' })).rejects.toMatchObject({ rule: 'C-39' });
    expect(await ledger.store.readStream(claimStream('record-number', 'X2023430000001'))).toEqual([]);
  });

  it('C-36, A-2: needs a contract of one of its own', async () => {
    await expect(run('k1', 'none', record)).rejects.toMatchObject({ rule: 'C-36' });
    const { id } = await lodge('k2');
    await expect(run('k3', id, record, otherOffice)).rejects.toMatchObject({ rule: 'A-2' });
  });
});

describe('approval', () => {
  it.each([
    ['clerk', 'A-14'],
    ['nobody', 'A-12'],
  ])('refuses %s by %s, and writes nothing', async (approver, rule) => {
    const { id } = await lodge('k1');
    const before = (await eventsOf(id)).length;
    const voiding = { type: 'VoidContract', voidedOn: '2024-01-10', ...approved, approver } as const;
    await expect(run('k2', id, voiding)).rejects.toMatchObject({ rule, place: { field: 'approver' } });
    expect(await eventsOf(id)).toHaveLength(before);
  });
  it('pins the files it rests on, and refuses unknown ones by X-4', async () => {
    const { id } = await lodge('k1');
    const body = Readable.from([Buffer.from('%PDF-1.7\n%%EOF\n')]);
    const file = { body, name: '示例.pdf', statedType: 'application/pdf' };
    const kept = await ledger.commands.execute(new KeepEvidence(file, clerk, now));
    const correction = { type: 'CorrectContract', number: '示例-G-1', field: 'relatedParty', value: true } as const;
    const unknown = { ...correction, ...approved, evidenceFiles: ['0'.repeat(64)] };
    await expect(run('k2', id, unknown)).rejects.toMatchObject({ rule: 'X-4' });
    await run('k3', id, { ...correction, ...approved, evidenceFiles: [kept.hash] });
    expect((await eventsOf(id)).at(-1)?.data).toMatchObject({ evidenceFiles: [kept] });
  });
  it('takes the name as it is stored', async () => {
    const { id } = await lodge('k1');
    await run('k2', id, { type: 'VoidContract', voidedOn: '2024-01-10', ...approved, approver: ' Reviewer ' });
    const voided = (await eventsOf(id)).find(({ type }) => type === 'ContractVoided');
    expect(voided?.data).toMatchObject({ approver: 'reviewer' });
  });
});

describe('numbers', () => {
  const renumber = (field: 'recordNo' | 'technologyContractNo', value: string) =>
    ({ type: 'CorrectContract', number: `G-${value}`, field, value, ...approved }) as const;
  const holder = (kind: string, value: string) => ledger.claims.holder(kind, value);

  it('of a voided contract are free again', async () => {
    const { id } = await lodge('k1', { ...licence, technologyContractNo: 'T1' });
    await run('k2', id, record);
    await run('k3', id, { type: 'VoidContract', voidedOn: '2024-01-10', ...approved });
    expect(await holder('record-number', 'X2023430000001')).toBeUndefined();
    expect(await holder('technology-contract', 'T1')).toBeUndefined();
    expect(await holder('contract', 'hnu/示例-HT-1')).toBeUndefined();
    const find = () => ledger.queries.execute(new FindContract('hnu', '示例-HT-1'));
    expect(await find()).toMatchObject({ contractId: id, status: 'VOIDED' });
    const again = await lodge('k4', { ...licence, signedOn: '2023-02-28' });
    expect(again.id).not.toBe(id);
    expect(await find()).toMatchObject({ contractId: again.id, status: 'LODGED' });
  });
  it('follow a correction there and back', async () => {
    const { id } = await lodge('k1');
    await run('k2', id, record);
    await run('k3', id, renumber('recordNo', 'X2'));
    expect([await holder('record-number', 'X2'), await holder('record-number', 'X2023430000001')]).toEqual([
      id,
      undefined,
    ]);
    await run('k4', id, renumber('recordNo', 'X2023430000001'));
    expect([await holder('record-number', 'X2'), await holder('record-number', 'X2023430000001')]).toEqual([
      undefined,
      id,
    ]);
  });
  it('C-4: are not taken from another contract', async () => {
    const first = await lodge('k1', { ...licence, technologyContractNo: 'T1' });
    const again = lodge('k2', { ...licence, number: '示例-HT-3', technologyContractNo: 'T1' });
    await expect(again).rejects.toMatchObject({ rule: 'C-4', place: { conflict: first.id } });
    expect(await holder('contract', 'hnu/示例-HT-3')).toBeUndefined();
    const second = await lodge('k3', { ...licence, number: '示例-HT-4', technologyContractNo: 'T2' });
    const wrong = run('k4', second.id, renumber('technologyContractNo', 'T1'));
    await expect(wrong).rejects.toMatchObject({ rule: 'C-4', place: { conflict: first.id } });
  });
});

describe('money', () => {
  it('leaves neither the names of those rewarded nor a hash over them in the log', async () => {
    const { id } = await lodge('k1');
    const payment = { number: 'DZ-1', receivedOn: '2023-04-01', amountFen: '10000000', kind: 'LUMP_SUM' } as const;
    await run('k2', id, { type: 'ReceivePayment', ...payment });
    const shares = [
      { name: '示例甲', staffNumber: '示例001', amountFen: '3000000', main: true },
      { name: '示例乙', staffNumber: '示例002', amountFen: '2000000', main: false },
    ];
    const amounts = { costsFen: '0', rewardFen: '5000000', shares };
    const reward = { type: 'DistributeReward', number: 'JL-1', distributedOn: '2023-12-01', ...amounts } as const;
    await run('k3', id, reward);
    expect(await run('k3', id, reward)).toMatchObject({ written: false });
    const log = JSON.stringify(await wholeLog());
    expect(log).not.toMatch(/示例甲|示例乙|示例001|示例002/);
    expect(log).not.toContain(context('k3', reward).inputHash);
    const { data } = (await eventsOf(id)).at(-1) as { data: Record<string, unknown> };
    expect(data).toMatchObject({ netIncomeFen: '10000000', mainFen: '3000000' });
    const [first] = data['shares'] as Array<{ personId: string }>;
    expect((await ledger.persons.names([first?.personId ?? ''])).get(first?.personId ?? '')).toBe('示例甲');
    const little = {
      ...reward,
      number: 'JL-2',
      rewardFen: '1',
      shares: [{ ...shares[0], amountFen: '10000000' }],
    } as never;
    await expect(run('k4', id, little)).rejects.toMatchObject({ rule: 'C-67' });
  });
});

describe('a sub-licence', () => {
  const headDraft: ContractDraft = { ...licence, sublicensable: true, endsOn: '2027-01-01' };
  const sub: ContractDraft = {
    ...licence,
    number: '示例-HT-8',
    licenceKind: 'SUB',
    headContract: '示例-HT-1',
    endsOn: '2026-12-31',
    counterparty: '示例二公司',
  };
  it('is accepted under a licence that allows it', async () => {
    const head = await lodge('k1', headDraft);
    const { id } = await lodge('k2', sub);
    expect((await eventsOf(id))[0]?.data).toMatchObject({ headContractId: head.id });
  });
  it('L-31, C-5: is refused under one that does not, or that is unknown', async () => {
    await lodge('k1', { ...headDraft, sublicensable: false });
    await expect(lodge('k2', sub)).rejects.toMatchObject({ rule: 'L-31', place: { field: 'headContract' } });
    const unknown = lodge('k3', { ...sub, headContract: '示例-HT-9' });
    await expect(unknown).rejects.toMatchObject({ rule: 'C-5', place: { field: 'headContract' } });
  });
});

describe('resuming', () => {
  /** A contract whose driver died after the intent. */
  const orphan = async (contractId: string, ...numbers: string[]) => {
    const assets = [];
    for (const number of numbers) assets.push(await ledger.queries.execute(new FindAsset('hnu', number)));
    const command: ContractCommand = {
      type: 'RequestLodgement',
      ...licence,
      number: contractId,
      assets,
      facts: { stateFounded: false },
    };
    const stream = contractStream(contractId);
    const { position } = await ledger.runner.run(contractDecider, stream, command, context(contractId, command));
    await ledger.readModels.waitFor(ledger.readModels.token(position));
  };
  const after = (seconds: number) => new Date(Date.parse(now) + seconds * 1_000);

  it('leaves a living driver its time, then finishes its work', async () => {
    await orphan('x', PATENT, SECRET);
    const resuming = ledger.app.get(ResumeLodgements);
    expect(await resuming.resume(after(4))).toBe(0);
    expect(await resuming.resume(after(6))).toBe(1);
    const types = (await eventsOf('x')).map(({ type }) => type);
    expect(types).toEqual(['LodgementRequested', 'ContractLodged', 'ContractSettled']);
    const last = (await eventsOf('x')).at(-1);
    expect(last?.metadata).toMatchObject({ actor: { role: 'PROCESS' }, source: 'lodge-contract.process' });
    await ledger.readModels.waitFor(ledger.readModels.token(last?.position));
    expect(await resuming.resume(after(60))).toBe(0);
  });

  it('leaves open what must wait, and goes on with the others', async () => {
    const { assetId } = await ledger.queries.execute(new FindAsset('hnu', SECRET));
    const right = { kind: 'LICENCE', licence: 'EXCLUSIVE', from: '2023-01-01' } as const;
    const names = { contractNumber: '示例-HT-9', party: '示例公司' };
    const unconfirmed = { type: 'Reserve', contractId: 'z', universityId: 'hnu', right, ...names } as const;
    await ledger.commands.execute(new RunAsset(assetId, unconfirmed, context('z', unconfirmed)));
    await orphan('x', PATENT, SECRET);
    await orphan('y', PATENT);
    Logger.overrideLogger(false);
    expect(await ledger.app.get(ResumeLodgements).resume(after(6))).toBe(1);
    expect((await eventsOf('x')).map(({ type }) => type)).toEqual(['LodgementRequested']);
    expect((await eventsOf('y')).at(-1)?.type).toBe('ContractSettled');
  });

  it('goes on past a fault', async () => {
    await orphan('x', PATENT);
    await orphan('y', SECRET);
    const { store } = ledger;
    const append = store.append.bind(store);
    store.append = (stream, events, expected) =>
      stream === contractStream('x') ? Promise.reject(new Error('示例故障')) : append(stream, events, expected);
    Logger.overrideLogger(false);
    expect(await ledger.app.get(ResumeLodgements).resume(after(6))).toBe(1);
    store.append = append;
    expect((await eventsOf('y')).at(-1)?.type).toBe('ContractSettled');
    expect(await ledger.app.get(ResumeLodgements).resume(after(12))).toBeGreaterThan(0);
    expect((await eventsOf('x')).at(-1)?.type).toBe('ContractSettled');
  });

  it('says once why one stays open', async () => {
    const { assetId } = await ledger.queries.execute(new FindAsset('hnu', SECRET));
    const right = { kind: 'LICENCE', licence: 'EXCLUSIVE', from: '2023-01-01' } as const;
    const names = { contractNumber: '示例-HT-9', party: '示例公司' };
    const unconfirmed = { type: 'Reserve', contractId: 'z', universityId: 'hnu', right, ...names } as const;
    await ledger.commands.execute(new RunAsset(assetId, unconfirmed, context('z', unconfirmed)));
    await orphan('x', SECRET);
    const said: unknown[] = [];
    Logger.overrideLogger({ warn: (line: unknown) => said.push(line), error: () => {}, log: () => {} });
    for (const seconds of [6, 12, 18]) await ledger.app.get(ResumeLodgements).resume(after(seconds));
    Logger.overrideLogger(false);
    expect(said).toHaveLength(1);
  });
});

describe('over HTTP', () => {
  const post = async (url: string, payload: object, key = 'k1') => {
    const reply = await ledger.app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': key } });
    return { status: reply.statusCode, body: reply.json() };
  };

  it('a licence is lodged, recorded, corrected and voided', async () => {
    const { body, status } = await post('/api/v1/contracts', licence);
    expect(status).toBe(201);
    const url = `/api/v1/contracts/${body.id}`;
    const { type: _type, ...recording } = record;
    expect(await post(`${url}/recording`, recording)).toMatchObject({ status: 201, body: { written: true } });
    const correction = { number: 'G-1', field: 'relatedParty', value: 'true', ...approved };
    expect(await post(`${url}/corrections`, correction)).toMatchObject({ status: 201, body: { written: true } });
    const voiding = { voidedOn: '2024-01-10', ...approved };
    expect(await post(`${url}/voiding`, voiding)).toMatchObject({ status: 201, body: { written: true } });
    const types = (await eventsOf(body.id)).map(({ type }) => type);
    const voided = ['VoidRequested', 'ContractVoided', 'ContractSettled'];
    expect(types.slice(3)).toEqual(['LicenceRecorded', 'ContractCorrected', ...voided]);
  });

  it('a transfer is registered', async () => {
    const { body } = await post('/api/v1/contracts', transfer);
    const registration = { registeredOn: '2023-06-01' };
    const reply = await post(`/api/v1/contracts/${body.id}/registration`, registration);
    expect(reply).toMatchObject({ status: 201, body: { written: true } });
  });

  it('a licence is amended, paid, rewarded, registered, refused recording, recorded, cancelled and ended', async () => {
    const { body } = await post('/api/v1/contracts', { ...licence, endsOn: '2026-01-01' });
    const url = `/api/v1/contracts/${body.id}`;
    const steps = [
      ['amendments', { number: 'BG-1', changes: { endsOn: '2025-12-31' }, signedOn: '2023-06-01', reason: '示例' }],
      ['payments', { number: 'DZ-1', receivedOn: '2023-04-01', amountFen: '10000000', kind: 'LUMP_SUM' }],
      [
        'rewards',
        {
          number: 'JL-1',
          distributedOn: '2023-12-01',
          costsFen: '0',
          rewardFen: '5000000',
          shares: [{ name: '示例甲', staffNumber: '示例001', amountFen: '5000000', main: true }],
        },
      ],
      ['payments/DZ-1/reversal', approved],
      ['technology-registration', { technologyContractNo: 'T1', registeredOn: '2023-04-01', amountFen: '9000000' }],
      ['recording/refusal', { refusedOn: '2023-04-10', ground: 'CONTENT_MISSING' }],
      ['recording', { recordNo: 'X1', recordedOn: '2023-05-01' }],
      ['recording/cancellation', { cancelledOn: '2023-06-01', reason: '示例' }],
      ['termination', { on: '2024-06-30', ...approved }],
    ] as const;
    for (const [path, payload] of steps) {
      expect(await post(`${url}/${path}`, payload)).toMatchObject({ status: 201, body: { written: true } });
    }
    const unknown = await post(`${url}/payments/DZ-2/reversal`, approved);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'C-65' } });
    const types = (await eventsOf(body.id)).map(({ type }) => type);
    expect(types.slice(3)).toEqual([
      'AmendmentRequested',
      'ContractAmended',
      'ContractSettled',
      'PaymentReceived',
      'RewardDistributed',
      'PaymentReversed',
      'TechnologyContractRegistered',
      'RecordingRefused',
      'LicenceRecorded',
      'RecordingCancelled',
      'LicenceTerminated',
      'ContractSettled',
    ]);
  });

  it('a return stands on the sale it undoes, however its number is spelt, and needs no notice', async () => {
    const { body } = await post('/api/v1/contracts', { ...transfer, number: '示例-Ht-2' });
    await post(`/api/v1/contracts/${body.id}/registration`, { registeredOn: '2023-06-01' });
    const { priceNoticeExemption: _none, ...unpublished } = transfer;
    const back = { ...unpublished, number: '示例-HT-3', signedOn: '2024-01-05', effectiveOn: '2024-01-05' };
    const undoes = (key: string, returnOf: string, more: object = {}) =>
      post('/api/v1/contracts', { ...back, ...more, returnOf }, key);
    expect(await undoes('r1', '没有这份合同')).toMatchObject({ status: 404, body: { code: 'C-5', field: 'returnOf' } });
    expect(await undoes('r2', '没有这份合同', { mode: 'LICENCE' })).toMatchObject({
      status: 422,
      body: { code: 'C-55' },
    });
    const elsewhere = await undoes('r3', '示例-HT-2', { counterparty: '示例B公司' });
    expect(elsewhere).toMatchObject({ status: 409, body: { code: 'C-56', conflict: body.id } });
    expect(await undoes('r4', '示例- hT-2')).toMatchObject({ status: 201 });
  });

  it('a price is published, objected to, and carries a contract when the objection is dealt with', async () => {
    const notice = {
      universityId: 'hnu',
      number: '示例-GS-1',
      title: '示例成果',
      assets: ['ZL201910699568.X', SECRET],
      proposedFen: '10000000',
      startsOn: '2023-02-01',
      endsOn: '2023-02-16',
      procedure: '示例程序',
    };
    const { status, body } = await post('/api/v1/price-notices', notice);
    expect(status).toBe(201);
    const url = `/api/v1/price-notices/${body.id}`;
    const again = await post('/api/v1/price-notices', notice, 'k2');
    expect(again).toMatchObject({ status: 409, body: { code: 'C-4' } });
    await post(`${url}/objections`, { number: 'Y-1', raisedOn: '2023-02-03', ground: '示例' });
    const { priceNoticeExemption: _none, ...published } = { ...licence, priceNotice: '示例-GS-1' };
    expect(await post('/api/v1/contracts', published)).toMatchObject({ status: 409, body: { code: 'P-1' } });
    await post(`${url}/resolutions`, { number: 'Y-1', resolvedOn: '2023-02-05', outcome: 'DISMISSED' });
    const lodged = await post('/api/v1/contracts', published);
    expect(lodged.status).toBe(201);
    expect((await eventsOf(lodged.body.id))[0]?.data).toMatchObject({ priceNoticeId: body.id });
    const withdrawal = { withdrawnOn: '2023-12-01', reason: '示例' };
    expect(await post(`${url}/withdrawal`, withdrawal)).toMatchObject({ status: 201, body: { written: true } });
    const unknown = { number: 'Y-2', resolvedOn: '2023-02-05', outcome: 'DISMISSED' };
    expect(await post(`${url}/resolutions`, unknown, 'k3')).toMatchObject({ status: 404, body: { code: 'C-73' } });
    expect(await post('/api/v1/price-notices/none/withdrawal', withdrawal)).toMatchObject({ status: 404 });
  });

  it('a refusal names the rule in both languages', async () => {
    const { status, body } = await post('/api/v1/contracts', { ...licence, feeFen: '0' });
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'C-34', field: 'fee' } });
  });

  it.each([
    { assets: [] },
    { assets: [1] },
    { feeFen: 100 },
    { feeFen: '-1' },
    { counterpartyDivision: '长沙' },
    { mode: 'GIFT' },
    { signedOn: '2023-02-30' },
    { recordNo: 'X1' },
    { endsOn: null },
    { counterparty: ' 示例公司' },
    { territory: [] },
    { royalty: { permyriad: 0, base: 'PROFIT' } },
    { instalments: [{ dueOn: '2024-01-01' }] },
    { listing: { platform: '示例' } },
    { priceNoticeId: 'n1' },
  ])('a body of another shape is refused: %j', async (wrong) => {
    const reply = await post('/api/v1/contracts', { ...licence, ...wrong });
    expect(reply).toMatchObject({ status: 400, body: { code: 'V-SHAPE' } });
  });
});

describe('import', () => {
  const sheet = async (kind: string, ...rows: ReadonlyArray<Readonly<Record<string, string>>>) => {
    const found = ledger.app.get(ContractsImports).kinds.find((candidate) => candidate.kind === kind) as ImportKind;
    const fields = Object.keys(found.columns);
    const lines = async function* () {
      yield { line: 1, cells: fields.map((field) => found.columns[field]?.zh ?? '') };
      for (const [index, row] of rows.entries())
        yield { line: index + 2, cells: fields.map((field) => row[field] ?? '') };
    };
    return runImport({ kind: found, rows: lines(), fileName: 'sample.csv', actor: clerk, now: () => now });
  };
  const row = {
    university: '示例大学',
    number: '示例-HT-1',
    mode: '许可',
    licenceKind: '普通',
    assets: 'ZL201910699568.X；示例-JS-1',
    counterparty: '示例公司',
    counterpartyDivision: '430104',
    signedOn: '2023/3/1',
    effectiveOn: '2023-03-15',
    feeType: '一次总付',
    fee: '100,000.00',
    pricingMethod: '协议',
    priceNoticeExemption: '示例：历史合同',
    relatedParty: '否',
    recordNo: 'X2023430000001',
    recordedOn: '2023-05-01',
  };
  const {
    licenceKind: _kind,
    recordNo: _no,
    recordedOn: _on,
    ...sold
  } = {
    ...row,
    mode: '转让',
    registeredOn: '2023-06-01',
  };
  const contractId = async () => (await ledger.queries.execute(new FindContract('hnu', '示例-HT-1'))).contractId;

  it('takes contracts with what followed, and nothing when they come again', async () => {
    expect(await sheet('contracts', row)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('contracts', row)).toMatchObject({ written: 0, unchanged: 1 });
    const events = await eventsOf(await contractId());
    expect(events[0]?.data).toMatchObject({
      feeFen: '10000000',
      relatedParty: false,
      inChangsha: { value: true },
      signedOn: '2023-03-01',
    });
    expect(events.at(-1)).toMatchObject({ type: 'LicenceRecorded', data: { recordNo: 'X2023430000001' } });
  });

  it('takes what followed when the row comes again with it', async () => {
    await sheet('contracts', { ...sold, registeredOn: '' });
    expect(await sheet('contracts', sold)).toMatchObject({ written: 1, problems: [] });
  });

  it('takes a release without the name', async () => {
    const released = {
      ...sold,
      mode: '转给发明人',
      counterparty: '示例甲/示例001',
      inventorShare: '12.5%',
      ground: '示例',
    };
    expect(await sheet('contracts', released)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('contracts', released)).toMatchObject({ unchanged: 1 });
    expect(JSON.stringify(await wholeLog())).not.toMatch(/示例甲|示例001/);
    expect((await eventsOf(await contractId()))[0]?.data).toMatchObject({ inventorSharePermyriad: 1_250 });
  });

  it.each([
    [{ recordedOn: '2023-02-01' }, 'C-39'],
    [{ registeredOn: '2023-06-01' }, 'C-38'],
    [{ number: '示例-HT-2', assets: '示例-JS-1' }, 'C-4'],
  ])('leaves no trace of a row whose follow-up is refused: %j', async (wrong, rule) => {
    if (rule === 'C-4') await sheet('contracts', row);
    const before = (await wholeLog()).length;
    expect(await sheet('contracts', { ...row, ...wrong })).toMatchObject({ refused: 1, problems: [{ rule }] });
    expect(await wholeLog()).toHaveLength(before);
  });

  it('V-7: says that a row differs from what it took before', async () => {
    await sheet('contracts', row);
    expect(await sheet('contracts', { ...row, fee: '200,000.00' })).toMatchObject({ different: 1 });
  });

  it.each([
    [{ assets: '示例-JS-9' }, 'C-5', '知识产权号'],
    [{ fee: '0' }, 'C-34', '合同金额(元)'],
    [{ recordNo: '' }, 'C-42', '备案号'],
    [{ recordedOn: '' }, 'C-42', '备案日'],
    [{ royaltyPermyriad: '300' }, 'C-42', '提成基数'],
    [{ platform: '示例交易所' }, 'C-42', '挂牌/拍卖编号'],
    [{ technologyRegisteredOn: '2023-04-01', technologyAmount: '1' }, 'C-42', '技术合同认定登记编号'],
    [{ priceNotice: '示例-GS-9' }, 'C-5', '公示编号'],
    [{ inventorShare: '101' }, 'C-40', '发明人返还学校比例%'],
    [{ counterpartyDivision: '岳麓区' }, 'C-43', '对方住所区划'],
    [{ endsOn: '2023-03-01' }, 'C-31', '许可期限止'],
    [{ effectiveOn: '2023-02-28' }, 'C-39', '生效日'],
  ])('names the column of a refused rule: %j', async (wrong, rule, zh) => {
    const { problems } = await sheet('contracts', { ...row, ...wrong });
    expect(problems).toMatchObject([{ row: 2, rule, column: { zh } }]);
  });

  it('takes price notices, and contracts with everything a row can say', async () => {
    const notice = {
      university: '示例大学',
      number: '示例-GS-1',
      title: '示例成果',
      assets: 'ZL201910699568.X；示例-JS-1',
      proposedPrice: '100000',
      startsOn: '2023-02-01',
      endsOn: '2023-02-16',
      procedure: '示例程序',
    };
    expect(await sheet('price-notices', notice)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('price-notices', notice)).toMatchObject({ unchanged: 1 });
    const { priceNoticeExemption: _none, ...plain } = row;
    const full = {
      ...plain,
      feeType: '入门费+提成',
      fee: '',
      entryFee: '100,000',
      royaltyPermyriad: '300',
      royaltyBase: '净销售额',
      priceNotice: '示例-GS-1',
      territory: '430000；440000',
      fields: 'C39',
      sublicensable: '是',
      coOwnerConsents: '示例二大学',
      pledgeeConsent: '是',
      technologyContractNo: 'T1',
      technologyRegisteredOn: '2023-04-01',
      technologyAmount: '90,000',
    };
    expect(await sheet('contracts', full)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('contracts', full)).toMatchObject({ unchanged: 1 });
    const events = await eventsOf(await contractId());
    expect(events[0]?.data).toMatchObject({
      entryFeeFen: '10000000',
      royalty: { permyriad: 300, base: 'NET_SALES' },
      territory: ['430000', '440000'],
      fields: ['C39'],
      sublicensable: true,
      coOwnerConsents: ['示例二大学'],
    });
    expect(events.at(-1)).toMatchObject({ type: 'TechnologyContractRegistered', data: { amountFen: '9000000' } });
  });

  it('P-1: takes no negotiated contract without a notice or a reason', async () => {
    const { problems } = await sheet('contracts', { ...row, priceNoticeExemption: '' });
    expect(problems).toMatchObject([{ row: 2, rule: 'P-1', column: { zh: '公示编号' } }]);
  });

  it('takes a listing and an equity contribution', async () => {
    const listed = {
      ...sold,
      priceNoticeExemption: '',
      mode: '作价投资',
      pricingMethod: '挂牌',
      platform: '示例交易所',
      listingNo: 'L-1',
      listedFrom: '2023-01-01',
      listedTo: '2023-02-01',
      equityCompany: '示例公司',
      equityShare: '20.5%',
    };
    expect(await sheet('contracts', listed)).toMatchObject({ written: 1, problems: [] });
    expect((await eventsOf(await contractId()))[0]?.data).toMatchObject({
      listing: { platform: '示例交易所', listingNo: 'L-1', from: '2023-01-01', to: '2023-02-01' },
      equity: { company: '示例公司', sharePermyriad: 2_050, valueFen: '10000000' },
    });
  });

  it('takes corrections and voids', async () => {
    await sheet('contracts', row);
    const correction = {
      university: 'hnu',
      contractNumber: '示例-HT-1',
      number: '示例-GZ-1',
      field: '合同金额',
      value: '120,000',
      reason: '录入有误',
      evidence: '示例-佐证-1',
      approver: 'reviewer',
    };
    const related = { ...correction, number: '示例-GZ-2', field: '关联方', value: '是' };
    const dated = { ...correction, number: '示例-GZ-3', field: '备案日', value: '2023年4月28日' };
    expect(await sheet('contract-corrections', correction, related, dated)).toMatchObject({ written: 3, problems: [] });
    expect(await sheet('contract-corrections', correction)).toMatchObject({ unchanged: 1 });
    const corrected = (await eventsOf(await contractId())).filter(({ type }) => type === 'ContractCorrected');
    expect(corrected.map(({ data }) => [data['from'], data['to']])).toEqual([
      ['10000000', '12000000'],
      [false, true],
      ['2023-05-01', '2023-04-28'],
    ]);
    const { number: _number, field: _field, value: _value, ...voiding } = { ...correction, voidedOn: '2024-01-10' };
    expect(await sheet('contract-voids', voiding)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('contract-voids', voiding)).toMatchObject({ unchanged: 1 });
    const missing = await sheet('contract-voids', { ...voiding, contractNumber: '示例-HT-9' });
    expect(missing.problems).toMatchObject([{ rule: 'C-5', column: { zh: '合同编号' } }]);
  });
});
