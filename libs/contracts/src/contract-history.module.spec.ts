import { tmpdir } from 'node:os';
import { DisclosuresModule, RunDisclosure, RunEvaluation, disclosuresEvents } from '@app/disclosures';
import { START, eventId } from '@app/event-store';
import { EvidenceModule } from '@app/evidence';
import { type TestLedger, openTestLedger, testActors, testCommand } from '@app/flow-testing';
import { FileFolder, type ImportKind, runImport } from '@app/imports';
import { EnterAssetFact, FindAsset, PatentsModule, RegisterAsset, RunAsset, patentsEvents } from '@app/patents';
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
const PATENT = '201910699568X';

let ledger: TestLedger;
const send = (
  command: object,
  build: (context: ReturnType<typeof testCommand>) => object,
  key = JSON.stringify(command),
) => ledger.commands.execute(build(testCommand(key, command)) as never) as Promise<{ id: string; written: boolean }>;

beforeEach(async () => {
  const folder = { path: tmpdir(), uploadLimit: 1_000, evidenceLimit: 1_000 };
  ledger = await openTestLedger({
    modules: [RegistryModule, EvidenceModule, DisclosuresModule, PatentsModule, ContractsModule],
    events: [...registryEvents, ...disclosuresEvents, ...patentsEvents, contractEvents as never],
    providers: [{ provide: FileFolder, useValue: folder }],
  });
  const data = {
    code: 'hnu',
    name: '示例大学',
    ownership: 'PRIVATE',
    level: 'UNDERGRADUATE',
    authority: '示例主管部门',
  } as const;
  const register = { type: 'RegisterUniversity', data } as const;
  await ledger.commands.execute(new RunUniversity('hnu', register, testCommand('hnu', register, reviewer)));
});
afterEach(() => ledger.close());

const asset = (more: object = {}) => {
  const facts = {
    universityId: 'hnu',
    ipType: 'INVENTION',
    number: PATENT,
    title: '示例',
    filedOn: '2019-07-30',
    grantedOn: '2021-03-02',
    ...more,
  } as const;
  return send(facts, (context) => new RegisterAsset(facts, context));
};
const licence: ContractDraft = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'LICENCE',
  licenceKind: 'ORDINARY',
  assets: [PATENT],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  endsOn: '2026-03-14',
  feeType: 'INSTALMENTS',
  feeFen: '10000000',
  instalments: [
    { dueOn: '2023-04-01', amountFen: '4000000' },
    { dueOn: '2024-04-01', amountFen: '6000000' },
  ],
  pricingMethod: 'NEGOTIATED',
};
const lodge = (more: Partial<ContractDraft> = {}) => {
  const draft = { ...licence, ...more };
  return send(draft, (context) => new LodgeContract(draft, context));
};
const run = (contractId: string, request: ContractRequest) =>
  send(request, (context) => new RunContract(contractId, request, context), `${contractId} ${JSON.stringify(request)}`);
const approved = { reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' };
const sheet = async (kind: string, ...rows: ReadonlyArray<Readonly<Record<string, string>>>) => {
  const found = ledger.app.get(ContractsImports).kinds.find((candidate) => candidate.kind === kind) as ImportKind;
  const fields = Object.keys(found.columns);
  const lines = async function* () {
    yield { line: 1, cells: fields };
    for (const [index, row] of rows.entries())
      yield { line: index + 2, cells: fields.map((field) => row[field] ?? '') };
  };
  return runImport({
    kind: found,
    rows: lines(),
    fileName: 'sample.csv',
    actor: clerk,
    now: () => '2025-12-31T04:00:00.000Z',
  });
};
const wholeLog = () => ledger.store.readAll(START, 10_000);
const found = () => ledger.queries.execute(new FindContract('hnu', '示例-HT-1'));
const lastOf = async (contractId: string) => (await ledger.store.readStream(contractStream(contractId))).at(-1);

describe('a contract as other records find it', () => {
  beforeEach(() => asset());
  it('tells how it stands, and when it ended early', async () => {
    const { id: contractId } = await lodge();
    expect(await found()).toEqual({ contractId, status: 'LODGED' });
    await run(contractId, { type: 'TerminateLicence', on: '2024-06-30', ...approved });
    expect(await found()).toEqual({ contractId, status: 'LODGED', terminatedOn: '2024-06-30' });
    await run(contractId, { type: 'VoidContract', voidedOn: '2024-07-01', ...approved });
    expect(await found()).toMatchObject({ contractId, status: 'VOIDED' });
  });
  it('C-5: is none while only its number is taken', async () => {
    const record = { id: 'x', stream: contractStream('x') };
    await ledger.claims.claim({ kind: 'contract', value: 'hnu/示例-HT-1' }, record, testCommand('x', 'x'));
    await expect(found()).rejects.toMatchObject({ rule: 'C-5' });
  });
});

/** A patent of a released disclosure, as it could be entered before filing and release refused each other. */
const filedBefore = async (disclosureNumber: string) => {
  const { actor, commandId, inputHash, correlationId, source } = testCommand('old', 'old');
  const old = { id: 'old', stream: 'asset-old' };
  await ledger.claims.claim({ kind: 'asset', value: PATENT }, old, testCommand('old', 'old'));
  const registered = {
    id: eventId({ commandId, inputHash }, old.stream, 0),
    type: 'AssetRegistered',
    version: 1,
    recordedAt: '2024-01-01T00:00:00.000Z',
    data: {
      universityId: 'hnu',
      ipType: 'INVENTION',
      number: PATENT,
      title: '示例',
      filedOn: '2019-07-30',
      disclosureNumber,
    },
    metadata: { actor, commandId, inputHash, correlationId, source },
  };
  await ledger.store.append(old.stream, [registered], 'none');
};

describe('a result released to its inventors', () => {
  beforeEach(async () => {
    const inventors = [{ staffNumber: '示例001', name: '示例甲', sharePermyriad: 10_000, role: 'LEAD' }] as const;
    const disclosure = {
      type: 'DiscloseInvention',
      universityId: 'hnu',
      number: '示例-PL-1',
      confidentiality: 'PUBLIC',
      title: '示例',
      completedOn: '2021-03-05',
      disclosedOn: '2021-03-20',
      inventors,
    } as const;
    await send(disclosure, (context) => new RunDisclosure(disclosure, context));
    const evaluation = {
      type: 'ConcludeEvaluation',
      universityId: 'hnu',
      number: '示例-PG-1',
      disclosureNumber: '示例-PL-1',
      evaluatorKind: 'INTERNAL',
      evaluator: '示例中心',
      evaluatedOn: '2021-04-10',
      conclusion: 'DO_NOT_FILE',
    } as const;
    const { id: evaluationId } = await send(evaluation, (context) => new RunEvaluation(evaluation, context));
    const decision = { decision: 'DO_NOT_FILE', decidedOn: '2021-04-20', decidedBy: '示例' } as const;
    const filing = { type: 'DecideFiling', evaluationId, ...decision } as const;
    await send(filing, (context) => new RunEvaluation(filing, context));
    const terms = { on: '2021-05-01', contractNo: '示例-HT-0', sharePermyriad: 1_000 };
    const release = { type: 'ReleaseRight', evaluationId, ...terms } as const;
    await send(release, (context) => new RunEvaluation(release, context));
    await filedBefore('示例-PL-1');
  });
  const { licenceKind: _kind, endsOn: _ends, instalments: _parts, ...rest } = licence;
  const free = { ...rest, feeType: 'FREE', feeFen: '0' } as const;
  const enter = (draft: ContractDraft) => send(draft, (context) => new LodgeContract(draft, context));

  it.each(['LICENCE', 'TRANSFER', 'EQUITY'] as const)('E-2: is refused as a %s, with nothing written', async (mode) => {
    const before = (await wholeLog()).length;
    await expect(enter({ ...free, feeType: 'LUMP_SUM', feeFen: '1', mode })).rejects.toMatchObject({
      rule: 'E-2',
      place: { field: 'mode' },
    });
    expect(await wholeLog()).toHaveLength(before);
  });
  it('E-2: is accepted as a release to the inventor', async () => {
    const release = { mode: 'RELEASE', counterparty: '示例甲/示例001', inventorSharePermyriad: 1_000 } as const;
    expect(await enter({ ...free, ...release })).toMatchObject({ written: true });
  });
  it('E-2: is accepted as a succession', async () => {
    expect(await enter({ ...free, mode: 'SUCCESSION', ground: '示例合并文件' })).toMatchObject({ written: true });
  });
});

describe('a row of the contracts sheet', () => {
  const row = {
    university: 'hnu',
    number: '示例-HT-1',
    mode: '许可',
    licenceKind: '普通',
    assets: PATENT,
    counterparty: '示例公司',
    signedOn: '2023-03-01',
    effectiveOn: '2023-03-15',
    feeType: '免费',
    pricingMethod: '协议',
    recordNo: 'X1',
    recordedOn: '2023-05-01',
  };
  const suspend = (on: string) =>
    send({ on }, (context) => {
      const entry = {
        type: 'SuspensionStarted',
        data: { documentNo: '示例-ZZ-1', cause: 'OWNERSHIP_DISPUTE', on },
      } as const;
      return new EnterAssetFact(assetId, entry, context);
    });
  let assetId: string;
  beforeEach(async () => {
    assetId = (await asset()).id;
  });

  it('L-15: is not taken at all when the patent is suspended on the day of its recording', async () => {
    await suspend('2023-05-01');
    const before = (await wholeLog()).length;
    expect(await sheet('contracts', row)).toMatchObject({
      refused: 1,
      problems: [{ rule: 'L-15', column: { zh: '备案日' } }],
    });
    expect(await wholeLog()).toHaveLength(before);
  });
  it('L-15: is not taken at all when the patent is suspended on the day of its registration', async () => {
    await suspend('2023-06-01');
    const before = (await wholeLog()).length;
    const { licenceKind: _kind, recordNo: _no, recordedOn: _on, ...sale } = row;
    const sold = { ...sale, mode: '转让', registeredOn: '2023-06-01' };
    expect(await sheet('contracts', sold)).toMatchObject({ refused: 1, problems: [{ rule: 'L-15' }] });
    expect(await wholeLog()).toHaveLength(before);
  });
  it('L-15: is taken when it was recorded the day before', async () => {
    await suspend('2023-05-02');
    expect(await sheet('contracts', row)).toMatchObject({ written: 1, problems: [] });
  });
  it('is taken whole or not at all when it comes again with more', async () => {
    const { recordNo: _no, recordedOn: _on, ...plain } = { ...row, technologyContractNo: 'T1' };
    await sheet('contracts', plain);
    const registered = { ...row, technologyContractNo: 'T1', technologyAmount: '1' };
    const before = (await wholeLog()).length;
    const wrong = { ...registered, technologyRegisteredOn: '2023-02-28' };
    expect(await sheet('contracts', wrong)).toMatchObject({ refused: 1, problems: [{ rule: 'C-39' }] });
    await suspend('2023-05-01');
    const suspended = { ...registered, technologyRegisteredOn: '2023-04-01' };
    expect(await sheet('contracts', suspended)).toMatchObject({ refused: 1, problems: [{ rule: 'L-15' }] });
    expect(await wholeLog()).toHaveLength(before + 1);
    const right = { ...suspended, recordedOn: '2023-04-30' };
    expect(await sheet('contracts', right)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('contracts', right)).toMatchObject({ unchanged: 1, problems: [] });
  });
  it('C-45: comes again while the titles have not decided', async () => {
    const right = { kind: 'LICENCE', licence: 'EXCLUSIVE', from: '2023-01-01' } as const;
    const hold = { contractId: 'z', universityId: 'hnu', contractNumber: '示例-HT-9', party: '示例公司' } as const;
    const reserve = { type: 'Reserve', ...hold, right } as const;
    await send(reserve, (context) => new RunAsset(assetId, reserve, context));
    const { recordNo: _no, recordedOn: _on, ...plain } = row;
    expect(await sheet('contracts', plain)).toMatchObject({ refused: 1, problems: [{ rule: 'C-45' }] });
    const cancel = { type: 'Cancel', contractId: 'z' } as const;
    await send(cancel, (context) => new RunAsset(assetId, cancel, context));
    expect(await sheet('contracts', plain)).toMatchObject({ refused: 0, problems: [] });
    expect(await found()).toMatchObject({ status: 'LODGED' });
  }, 15_000);
});

describe('sheets of what happened since', () => {
  const of = { university: '示例大学', contractNumber: '示例-ht-1' };
  let contractId: string;
  beforeEach(async () => {
    await asset();
    contractId = (await lodge()).id;
  });
  const payment = { ...of, number: 'DZ-1', receivedOn: '2023-04-01', amount: '40,000', kind: '分期', instalment: '1' };
  const reward = {
    ...of,
    number: 'JL-1',
    distributedOn: '2023-12-01',
    costs: '1000',
    shares: '示例甲/示例001/15000.50/主要；示例乙/示例002/5000',
  };
  const termination = { ...of, terminatedOn: '2024-06-30', ...approved };
  const amendment = {
    ...of,
    number: 'BG-1',
    signedOn: '2024-01-10',
    endsOn: '2027-03-14',
    fields: 'C39',
    reason: '示例',
  };

  it.each([
    [
      'contract-payments',
      payment,
      { receivedOn: '2023-04-01', amountFen: '4000000', kind: 'INSTALMENT', instalment: 1 },
    ],
    ['contract-terminations', termination, undefined],
    ['contract-amendments', amendment, undefined],
  ])('%s takes its rows, and nothing when they come again', async (kind, row, data) => {
    expect(await sheet(kind, row)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet(kind, row)).toMatchObject({ unchanged: 1, problems: [] });
    expect(await sheet(kind, { ...row, reason: '另一', receivedOn: '2023-04-02' })).toMatchObject({ different: 1 });
    if (data) expect((await lastOf(contractId))?.data).toMatchObject(data);
  });
  it('contract-amendments and contract-terminations tell the titles', async () => {
    await sheet('contract-amendments', amendment);
    await sheet('contract-terminations', termination);
    const { assetId } = await ledger.queries.execute(new FindAsset('hnu', PATENT));
    const events = (await ledger.store.readStream(`asset-${assetId}`)).slice(-3);
    expect(events[0]?.data).toMatchObject({ amends: contractId, right: { to: '2027-03-14', fields: ['C39'] } });
    expect(events[2]?.data).toMatchObject({ on: '2024-06-30' });
  });
  it('contract-rewards takes its rows without the names, and nothing when they come again', async () => {
    await sheet('contract-payments', payment);
    expect(await sheet('contract-rewards', reward)).toMatchObject({ written: 1, problems: [] });
    expect(await sheet('contract-rewards', reward)).toMatchObject({ unchanged: 1 });
    expect((await lastOf(contractId))?.data).toMatchObject({
      costsFen: '100000',
      rewardFen: '2000050',
      mainFen: '1500050',
      shares: [
        { amountFen: '1500050', main: true },
        { amountFen: '500000', main: false },
      ],
    });
    expect(JSON.stringify(await wholeLog())).not.toMatch(/示例甲|示例乙|示例001|示例002/);
  });
  it('C-66: accepts recipients by name, staff number and yuan', async () => {
    await sheet('contract-payments', payment);
    const one = { ...reward, shares: ' 示例甲 / 示例001 / 15000 / 主要 ' };
    expect(await sheet('contract-rewards', one)).toMatchObject({ written: 1, problems: [] });
  });
  it.each(['示例甲', '示例甲/示例001', '示例甲//1', '示例甲/示例001/1/次要', '示例甲/示例001/1/主要/多'])(
    'C-66: refuses the recipient %s, and does not repeat it',
    async (shares) => {
      const { problems } = await sheet('contract-rewards', { ...reward, shares });
      expect(problems).toMatchObject([{ row: 2, rule: 'C-66', column: { zh: '获奖人' } }]);
      expect(JSON.stringify(problems)).not.toContain('示例甲');
    },
  );
  it.each([
    ['contract-payments', { ...payment, amount: '40,000.01' }, 'C-63', '金额(元)'],
    ['contract-payments', { ...payment, kind: '提成' }, 'C-62', '款项'],
    ['contract-payments', { ...payment, instalment: '3' }, 'C-64', '第几期'],
    ['contract-payments', { ...payment, contractNumber: '示例-HT-9' }, 'C-5', '合同编号'],
    ['contract-rewards', reward, 'C-68', '获奖人'],
    ['contract-terminations', { ...termination, terminatedOn: '2023-03-14' }, 'L-33', '解除日'],
    ['contract-terminations', { ...termination, approver: 'clerk' }, 'A-14', '批准人'],
    ['contract-amendments', { ...amendment, signedOn: '2023-02-28' }, 'C-39', '签订日'],
    ['contract-amendments', { ...amendment, fields: '电子' }, 'C-51', '许可领域'],
  ])('%s names the column of a refused rule: %j', async (kind, row, rule, zh) => {
    const before = (await wholeLog()).length;
    expect((await sheet(kind, row)).problems).toMatchObject([{ row: 2, rule, column: { zh } }]);
    expect(await wholeLog()).toHaveLength(before);
  });
  it('come between contracts and voidings', () => {
    const orders = ledger.app.get(ContractsImports).kinds.map(({ kind, order }) => [order, kind]);
    expect(orders).toEqual([
      [65, 'price-notices'],
      [70, 'contracts'],
      [80, 'contract-corrections'],
      [84, 'contract-amendments'],
      [85, 'contract-payments'],
      [86, 'contract-rewards'],
      [88, 'contract-terminations'],
      [90, 'contract-voids'],
    ]);
  });
  it('corrects the day of an early end', async () => {
    await sheet('contract-terminations', termination);
    const correction = { ...of, number: 'GZ-1', field: '解除日', value: '2024年5月31日', ...approved };
    expect(await sheet('contract-corrections', correction)).toMatchObject({ written: 1, problems: [] });
    expect(await found()).toMatchObject({ terminatedOn: '2024-05-31' });
  });
});

describe('over HTTP', () => {
  const post = async (url: string, payload: object, key = 'k1') => {
    const reply = await ledger.app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': key } });
    return { status: reply.statusCode, headers: reply.headers, body: reply.json() };
  };
  it('an ended licence is deregistered', async () => {
    await asset();
    const { id } = await lodge({ endsOn: '2025-01-31' });
    await run(id, { type: 'RecordLicence', recordNo: 'X1', recordedOn: '2023-05-01' });
    const url = `/api/v1/contracts/${id}/deregistration`;
    expect(await post(url, { deregisteredOn: '2025-01-30' })).toMatchObject({ status: 422, body: { code: 'L-34' } });
    expect(await post(url, { deregisteredOn: '2025-02-10' }, 'k2')).toMatchObject({ status: 201 });
    expect(await lastOf(id)).toMatchObject({ type: 'LicenceDeregistered', data: { deregisteredOn: '2025-02-10' } });
  });
  it('a lodgement that its titles keep waiting is answered 202 with where to ask, and in the end 200', async () => {
    const { id: assetId } = await asset();
    const right = { kind: 'LICENCE', licence: 'EXCLUSIVE', from: '2023-01-01' } as const;
    const hold = { contractId: 'z', universityId: 'hnu', contractNumber: '示例-HT-9', party: '示例公司' } as const;
    const reserve = { type: 'Reserve', ...hold, right } as const;
    await send(reserve, (context) => new RunAsset(assetId, reserve, context));
    const { status, headers, body } = await post('/api/v1/contracts', licence);
    expect({ status, body }).toMatchObject({ status: 202, body: { written: true } });
    expect(headers).toMatchObject({ location: `/api/v1/records/contract/${body.id}`, 'retry-after': '1' });
    const cancel = { type: 'Cancel', contractId: 'z' } as const;
    await send(cancel, (context) => new RunAsset(assetId, cancel, context));
    expect(await post('/api/v1/contracts', licence)).toMatchObject({
      status: 200,
      body: { id: body.id, written: false },
    });
  }, 15_000);
});
