import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OfficeDatabase, PersonStore } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  DeciderRunner,
  EventRegistry,
  MemoryEventStore,
  START,
  claimEvents,
  claimStream,
  commandContext,
} from '@app/event-store';
import { HttpModule, type LedgerRequest } from '@app/http';
import { type ImportKind, runImport } from '@app/imports';
import type { Actor } from '@app/kernel';
import { FindAsset, PatentsModule, RegisterAsset, RunAsset, patentsEvents } from '@app/patents';
import { ReadModels } from '@app/read-model';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import { Global, Logger, Module } from '@nestjs/common';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type ContractCommand, contractDecider, contractStream } from './contract.js';
import { type ContractDraft, FindContract, LodgeContract, RunContract } from './contract.handler.js';
import { contractEvents, contractRecords, openLodgements } from './contract.projection.js';
import { ContractsImports } from './contracts.import.js';
import { ContractsModule } from './contracts.module.js';
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
  const registry = new EventRegistry([claimEvents, ...registryEvents, ...patentsEvents, contractEvents]);
  const runner = new DeciderRunner(store, registry);
  const claims = new ClaimKeeper(runner);
  const office = await OfficeDatabase.inMemory();
  const persons = await PersonStore.open(office, new Uint8Array(32));
  const folder = mkdtempSync(join(tmpdir(), 'ledger-contracts-'));
  const readModels = new ReadModels(store, registry, [contractRecords, openLodgements], folder);
  await readModels.open();
  const shared = [
    { provide: DeciderRunner, useValue: runner },
    { provide: ClaimKeeper, useValue: claims },
    { provide: PersonStore, useValue: persons },
    { provide: ReadModels, useValue: readModels },
  ];
  @Global()
  @Module({ providers: shared, exports: shared })
  class Ledger {}

  const imports = [CqrsModule.forRoot(), Ledger, HttpModule, RegistryModule, PatentsModule, ContractsModule];
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
};
const { licenceKind: _kind, ...unkinded } = licence;
const transfer: ContractDraft = { ...unkinded, number: '示例-HT-2', mode: 'TRANSFER' };
const release: ContractDraft = {
  ...transfer,
  mode: 'RELEASE',
  counterparty: '示例甲 / 示例001',
  feeType: 'FREE',
  feeFen: '0',
  inventorSharePermyriad: 1_000,
};

const lodge = (key: string, draft: ContractDraft = licence, actor = clerk) =>
  ledger.commands.execute(new LodgeContract(draft, context(key, draft, actor)));
const run = (key: string, contractId: string, command: RunContract['command'], actor = clerk) =>
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
    expect(await ledger.queries.execute(new FindContract('hnu', ' 示例-ht-1'))).toEqual({ contractId: id });
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
    await lodge('k3', { ...release, number: '示例-HT-3', assets: [SECRET], counterparty: '示例丙/示例003' });
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

describe('resuming', () => {
  /** A contract whose driver died after the intent. */
  const orphan = async (contractId: string, ...numbers: string[]) => {
    const assets = [];
    for (const number of numbers) assets.push(await ledger.queries.execute(new FindAsset('hnu', number)));
    const command: ContractCommand = { type: 'RequestLodgement', ...licence, number: contractId, assets };
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
    const unconfirmed = { type: 'Reserve', contractId: 'z', universityId: 'hnu', right } as const;
    await ledger.commands.execute(new RunAsset(assetId, unconfirmed, context('z', unconfirmed)));
    await orphan('x', PATENT, SECRET);
    await orphan('y', PATENT);
    Logger.overrideLogger(false);
    expect(await ledger.app.get(ResumeLodgements).resume(after(6))).toBe(1);
    expect((await eventsOf('x')).map(({ type }) => type)).toEqual(['LodgementRequested']);
    expect((await eventsOf('y')).at(-1)?.type).toBe('ContractSettled');
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
    expect(types.slice(3)).toEqual(['LicenceRecorded', 'ContractCorrected', 'ContractVoided', 'ContractSettled']);
  });

  it('a transfer is registered', async () => {
    const { body } = await post('/api/v1/contracts', transfer);
    const registration = { registeredOn: '2023-06-01' };
    const reply = await post(`/api/v1/contracts/${body.id}/registration`, registration);
    expect(reply).toMatchObject({ status: 201, body: { written: true } });
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
    const released = { ...sold, mode: '转给发明人', counterparty: '示例甲/示例001', inventorShare: '12.5%' };
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
    [{ inventorShare: '101' }, 'C-40', '发明人返还学校比例%'],
    [{ counterpartyDivision: '岳麓区' }, 'C-43', '对方住所区划'],
    [{ endsOn: '2023-03-01' }, 'C-31', '许可期限止'],
    [{ effectiveOn: '2023-02-28' }, 'C-39', '生效日'],
  ])('names the column of a refused rule: %j', async (wrong, rule, zh) => {
    const { problems } = await sheet('contracts', { ...row, ...wrong });
    expect(problems).toMatchObject([{ row: 2, rule, column: { zh } }]);
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
