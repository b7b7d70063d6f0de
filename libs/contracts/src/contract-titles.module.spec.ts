import { tmpdir } from 'node:os';
import { DisclosuresModule, disclosuresEvents } from '@app/disclosures';
import type { CommandOutcome } from '@app/event-store';
import { EvidenceModule } from '@app/evidence';
import { type TestLedger, openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { FileFolder, type ImportKind, runImport } from '@app/imports';
import { PatentsModule, RegisterAsset, patentsEvents } from '@app/patents';
import { RegistryModule, RunUniversity, registryEvents } from '@app/registry';
import { FindContract } from './contract-facts.handler.js';
import { contractEvents } from './contract.projection.js';
import { RunContract } from './contract.handler.js';
import type { ContractRequest } from './contract-request.handler.js';
import { contractStream } from './contract-state.js';
import { ContractsImports } from './contracts.import.js';
import { ContractsModule } from './contracts.module.js';
import { type ContractDraft, LodgeContract } from './lodge-contract.handler.js';

const { clerk, reviewer } = testActors;
const SECRET = '示例-JS-1';

let ledger: TestLedger;
let assetId: string;
beforeEach(async () => {
  const folder = { path: tmpdir(), uploadLimit: 1_000, evidenceLimit: 1_000 };
  ledger = await openTestLedger({
    modules: [RegistryModule, EvidenceModule, DisclosuresModule, PatentsModule, ContractsModule],
    events: [...registryEvents, ...disclosuresEvents, ...patentsEvents, contractEvents as never],
    providers: [{ provide: FileFolder, useValue: folder }],
  });
  for (const [code, name] of [
    ['hnu', '示例大学'],
    ['csu', '示例二大学'],
  ] as const) {
    const facts = { code, name, ownership: 'PRIVATE', level: 'UNDERGRADUATE', authority: '示例主管部门' } as const;
    const register = { type: 'RegisterUniversity', data: facts } as const;
    await ledger.commands.execute(new RunUniversity(code, register, testCommand(code, register, reviewer)));
  }
  const secret = {
    universityId: 'hnu',
    ipType: 'TECH_SECRET',
    number: SECRET,
    title: '示例',
    filedOn: '2019-07-30',
  } as const;
  ({ id: assetId } = await ledger.commands.execute(new RegisterAsset(secret, testCommand('secret', secret))));
});
afterEach(() => ledger.close());

const sale: ContractDraft = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'TRANSFER',
  assets: [SECRET],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  feeType: 'LUMP_SUM',
  feeFen: '10000',
  pricingMethod: 'NEGOTIATED',
};
const lodge = (more: Partial<ContractDraft> = {}): Promise<CommandOutcome> => {
  const draft = { ...sale, ...more };
  return ledger.commands.execute(new LodgeContract(draft, testCommand(JSON.stringify(draft), draft)));
};
const run = (contractId: string, request: ContractRequest): Promise<CommandOutcome> =>
  ledger.commands.execute(
    new RunContract(contractId, request, testCommand(`${contractId} ${JSON.stringify(request)}`, request)),
  );
const approved = { reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' };
const correct = (number: string, field: 'effectiveOn' | 'counterparty', value: string): ContractRequest => ({
  type: 'CorrectContract',
  number,
  field,
  value,
  ...approved,
});
const licence = { mode: 'LICENCE', licenceKind: 'EXCLUSIVE' } as const;
const onTitle = async (type: string) =>
  (await ledger.store.readStream(`asset-${assetId}`)).filter((event) => event.type === type).map(({ data }) => data);

describe('a title without a compulsory register', () => {
  it('moves on the day of effect once the contract is lodged', async () => {
    await lodge();
    expect(await onTitle('OwnershipMoved')).toMatchObject([{ to: '示例公司', on: '2023-03-15' }]);
    const later = { ...licence, number: '示例-HT-2', effectiveOn: '2023-04-01' };
    await expect(lodge(later)).rejects.toMatchObject({ rule: 'L-1' });
  });
  it('stays on that day when the transfer is registered later, and follows its correction', async () => {
    const { id } = await lodge();
    await run(id, { type: 'RegisterTransfer', registeredOn: '2023-06-01' });
    expect((await onTitle('OwnershipMoved')).at(-1)).toMatchObject({ on: '2023-03-15' });
    await run(id, correct('1', 'effectiveOn', '2023-03-20'));
    expect((await onTitle('OwnershipMoved')).at(-1)).toMatchObject({ on: '2023-03-20' });
  });
});

describe('the receiver in the register', () => {
  it('is a registered university by its code, and may license onwards', async () => {
    await lodge({ counterparty: '示例二大学' });
    expect(await onTitle('OwnershipMoved')).toMatchObject([{ to: 'csu' }]);
  });
  it('C-75: is never the university itself', async () => {
    for (const counterparty of ['示例大学', 'hnu', 'HNU'])
      await expect(lodge({ counterparty })).rejects.toMatchObject({ rule: 'C-75' });
  });
  it('of a licence is renamed with its contract', async () => {
    const { id } = await lodge(licence);
    await run(id, correct('1', 'counterparty', '示例新名公司'));
    expect(await onTitle('PartyRenamed')).toMatchObject([{ contractId: id, party: '示例新名公司' }]);
  });
});

describe('a repeat', () => {
  it('answers what was answered first, whatever happened since', async () => {
    const first = await lodge(licence);
    const ending: ContractRequest = { type: 'TerminateLicence', on: '2024-06-30', ...approved };
    const ended = await run(first.id, ending);
    await run(first.id, correct('1', 'counterparty', '示例新名公司'));
    expect(await lodge(licence)).toEqual({ ...first, written: false });
    expect(await run(first.id, ending)).toEqual({ ...ended, written: false });
    expect(ended.revision).toBeGreaterThan(first.revision);
  });
});

describe('the number of a voided contract', () => {
  const sheet = async (kind: string, row: Readonly<Record<string, string>>) => {
    const found = ledger.app.get(ContractsImports).kinds.find((candidate) => candidate.kind === kind) as ImportKind;
    const fields = Object.keys(found.columns);
    const lines = async function* () {
      yield { line: 1, cells: fields };
      yield { line: 2, cells: fields.map((field) => row[field] ?? '') };
    };
    const now = () => '2025-12-31T04:00:00.000Z';
    return runImport({ kind: found, rows: lines(), fileName: 'sample.csv', actor: clerk, now });
  };
  const row = {
    university: 'hnu',
    number: '示例-HT-1',
    mode: '许可',
    assets: SECRET,
    counterparty: '示例公司',
    signedOn: '2023-03-01',
    effectiveOn: '2023-03-15',
    feeType: '免费',
    pricingMethod: '协议',
  };
  const voiding = { university: 'hnu', contractNumber: '示例-HT-1', voidedOn: '2024-01-10', ...approved };
  const right = { ...row, signedOn: '2023-02-28' };
  const bearer = () => ledger.queries.execute(new FindContract('hnu', '示例-HT-1'));

  it('is taken by another, and the old sheets change nothing', async () => {
    await sheet('contracts', row);
    expect(await sheet('contracts', right)).toMatchObject({ different: 1 });
    expect(await sheet('contract-voids', voiding)).toMatchObject({ written: 1 });
    const { contractId: before } = await bearer();
    expect(await sheet('contracts', right)).toMatchObject({ written: 1, problems: [] });
    const { contractId } = await bearer();
    expect(contractId).not.toBe(before);
    const length = (await ledger.store.readStream(contractStream(contractId))).length;
    for (const again of [row, right]) expect(await sheet('contracts', again)).toMatchObject({ unchanged: 1 });
    expect(await sheet('contract-voids', voiding)).toMatchObject({ unchanged: 1 });
    expect(await ledger.store.readStream(contractStream(contractId))).toHaveLength(length);
    expect(await bearer()).toMatchObject({ contractId, status: 'LODGED' });
  });
});
