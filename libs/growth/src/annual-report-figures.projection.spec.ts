import type { ContractEvent, ContractTerms } from '@app/contracts';
import type { Message } from '@app/kernel';
import { recorded, rowsAfter } from '@app/testing';
import fc from 'fast-check';
import { AnnualFiguresRow, ReportedRecordRow } from './annual-report.entity.js';
import { annualFigures } from './annual-report-figures.projection.js';

type Step = readonly [stream: string, event: Message];
const step =
  (stream: string) =>
  (type: string, data: object = {}): Step => [stream, { type, data }];

const contract = step('contract-c1');
const terms: ContractTerms = {
  universityId: 'hnu',
  number: '示例HT-1',
  mode: 'LICENCE',
  assets: [{ assetId: 'a1', ipType: 'INVENTION', number: '2019100000010' }],
  counterparty: '示例公司',
  signedOn: '2022-12-31',
  effectiveOn: '2023-01-01',
  feeType: 'LUMP_SUM',
  feeFen: '1000',
  pricingMethod: 'NEGOTIATED',
};
const approved = { reason: '示例', evidence: '示例', approver: 'b' };
const lodged = (changes: Partial<ContractTerms> = {}): Step[] => [
  contract('LodgementRequested', { ...terms, ...changes, inChangsha: { rule: 'in-changsha/1', value: null } }),
  contract('ContractLodged', { assets: ['a1'] }),
];
const corrected = (to: string) =>
  contract('ContractCorrected', { ...approved, number: '1', field: 'feeFen', from: null, to });
const amended = (signedOn: string, changes: object) =>
  contract('ContractAmended', { number: 'B1', signedOn, changes, reason: '示例' });
const paid = (number: string, receivedOn: string, amountFen: string) =>
  contract('PaymentReceived', { number, receivedOn, amountFen, kind: 'LUMP_SUM' });
const rewarded = (number: string, distributedOn: string, netIncomeFen: string) =>
  contract('RewardDistributed', {
    ...{ number, distributedOn, costsFen: '100', netIncomeFen, rewardFen: '450', mainFen: '300', shares: [] },
  } satisfies Extract<ContractEvent, { type: 'RewardDistributed' }>['data']);

/** Sums by year of the one university. */
const sumsAfter = async (...steps: readonly Step[]) => {
  const rows = await rowsAfter(annualFigures, AnnualFiguresRow, recorded(...steps));
  return Object.fromEntries(rows.map(({ key, sums }) => [key, sums]));
};

describe('contracts', () => {
  it('count in the year they were signed, once they are lodged (LodgementRequested, ContractLodged)', async () => {
    const [request, ...rest] = lodged();
    expect(await sumsAfter(request as Step)).toEqual({});
    expect(await sumsAfter(request as Step, ...rest)).toEqual({ 'hnu:2022': { licences: '1', licenceFen: '1000' } });
  });

  it.each([
    ['TRANSFER', {}, { transfers: '1', transferFen: '1000' }],
    ['EQUITY', { equity: { company: '示例', sharePermyriad: 1, valueFen: '77' } }, { equities: '1', equityFen: '77' }],
    ['EQUITY', {}, { equities: '1', equityFen: '1000' }],
  ] as const)('count by their mode: %s %j', async (mode, changes, sums) =>
    expect(await sumsAfter(...lodged({ mode, ...changes }))).toEqual({ 'hnu:2022': sums }),
  );

  it.each(['RELEASE', 'SUCCESSION'] as const)('%s is no conversion', async (mode) =>
    expect(await sumsAfter(...lodged({ mode }))).toEqual({}),
  );

  it('without a fee name their entry fee, or nothing', async () => {
    const { feeFen: _fee, ...noFee } = terms;
    const request = (changes: object) => [
      contract('LodgementRequested', { ...noFee, ...changes }),
      ...lodged().slice(1),
    ];
    const entry = request({ feeType: 'ENTRY_FEE_PLUS_ROYALTY', entryFeeFen: '300' });
    expect(await sumsAfter(...entry)).toEqual({ 'hnu:2022': { licences: '1', licenceFen: '300' } });
    const royalty = request({ feeType: 'RUNNING_ROYALTY' });
    expect(await sumsAfter(...royalty)).toEqual({ 'hnu:2022': { licences: '1' } });
  });

  it.each([
    ['ContractRefused', { rule: 'L-2', clause: '', zh: '', en: '' }],
    ['ContractVoided', { ...approved, voidedOn: '2024-05-01' }],
  ])('that fell (%s) count nowhere, nor what was paid and rewarded under them', async (type, data) => {
    const money = [paid('R1', '2023-01-05', '1000'), rewarded('F1', '2023-02-01', '900')];
    expect(await sumsAfter(...lodged(), ...money, contract(type, data))).toEqual({});
  });

  it('have the corrected fee (ContractCorrected); other corrections change nothing', async () => {
    const other = contract('ContractCorrected', {
      ...approved,
      number: '2',
      field: 'recordedOn',
      from: null,
      to: '2023-01-02',
    });
    expect(await sumsAfter(...lodged(), corrected('1200'), other)).toEqual({
      'hnu:2022': { licences: '1', licenceFen: '1200' },
    });
    const equity = { company: '示例', sharePermyriad: 1, valueFen: '77' };
    expect(await sumsAfter(...lodged({ mode: 'EQUITY', equity }), corrected('1200'))).toEqual({
      'hnu:2022': { equities: '1', equityFen: '77' },
    });
  });

  it('have the fee amended in the year they were signed in, not a later one (ContractAmended)', async () => {
    const amount = async (...steps: readonly Step[]) =>
      (await sumsAfter(...lodged(), ...steps))['hnu:2022']?.licenceFen;
    expect(await amount(amended('2022-12-31', { feeFen: '900' }))).toBe('900');
    expect(await amount(amended('2023-01-01', { feeFen: '900' }))).toBe('1000');
    expect(await amount(amended('2022-12-31', { endsOn: '2030-01-01' }))).toBe('1000');
    // What is corrected then is the fee of the later year.
    expect(await amount(amended('2023-01-01', { feeFen: '900' }), corrected('950'))).toBe('1000');
  });

  it('bring receipts in the year of receipt, until they are reversed (PaymentReceived, PaymentReversed)', async () => {
    const payments = [paid('R1', '2022-12-31', '400'), paid('R2', '2023-01-01', '600'), paid('R3', '2023-05-01', '5')];
    const reversed = contract('PaymentReversed', { ...approved, number: 'R2' });
    expect(await sumsAfter(...lodged(), ...payments)).toMatchObject({
      'hnu:2022': { receiptFen: '400' },
      'hnu:2023': { receiptFen: '605' },
    });
    expect(await sumsAfter(...lodged(), ...payments, reversed, reversed)).toMatchObject({
      'hnu:2023': { receiptFen: '5' },
    });
  });

  it('bring net income and rewards in the year of distribution (RewardDistributed)', async () => {
    const sums = await sumsAfter(
      ...lodged(),
      rewarded('F1', '2023-12-31', '900'),
      rewarded('F2', '2024-01-01', '-100'),
    );
    expect(sums).toMatchObject({
      'hnu:2023': { netIncomeFen: '900', rewardFen: '450' },
      'hnu:2024': { netIncomeFen: '-100', rewardFen: '450' },
    });
  });
});

describe('open licences', () => {
  const [grant, licence] = [step('open-grant-g1'), step('open-licence-o1')];

  it('count as grants in the year they take effect, with what was paid (OpenLicenceGranted, OpenGrantVoided)', async () => {
    const granted = grant('OpenLicenceGranted', { universityId: 'hnu', effectiveOn: '2023-03-01', paidFen: '50' });
    expect(await sumsAfter(granted)).toEqual({ 'hnu:2023': { openGrants: '1', openGrantFen: '50' } });
    expect(await sumsAfter(granted, grant('OpenGrantVoided', approved))).toEqual({});
  });

  it('count as declarations once announced (OpenLicenceDeclared, OpenLicenceAnnounced, OpenLicenceVoided)', async () => {
    const declared = licence('OpenLicenceDeclared', { universityId: 'hnu', declaredOn: '2022-12-01' });
    const announced = licence('OpenLicenceAnnounced', { announcedOn: '2023-01-10' });
    expect(await sumsAfter(declared)).toEqual({});
    expect(await sumsAfter(declared, announced)).toEqual({ 'hnu:2023': { openLicences: '1' } });
    expect(await sumsAfter(declared, announced, licence('OpenLicenceVoided', approved))).toEqual({});
  });
});

describe('results', () => {
  const [disclosure, evaluation, asset] = [step('disclosure-d1'), step('evaluation-e1'), step('asset-a1')];

  it('count as disclosed, until withdrawn (InventionDisclosed, DisclosureCorrected, DisclosureWithdrawn)', async () => {
    const disclosed = disclosure('InventionDisclosed', { universityId: 'hnu', disclosedOn: '2023-01-01' });
    const redated = disclosure('DisclosureCorrected', { ...approved, field: 'disclosedOn', to: '2022-12-31' });
    const retitled = disclosure('DisclosureCorrected', { ...approved, field: 'title', to: '示例' });
    expect(await sumsAfter(disclosed, retitled)).toEqual({ 'hnu:2023': { disclosures: '1' } });
    expect(await sumsAfter(disclosed, redated)).toEqual({ 'hnu:2022': { disclosures: '1' } });
    expect(await sumsAfter(disclosed, disclosure('DisclosureWithdrawn', { ...approved, on: '2024-01-01' }))).toEqual(
      {},
    );
  });

  it('count as evaluated when that is concluded (EvaluationConcluded, EvaluationCorrected)', async () => {
    const concluded = evaluation('EvaluationConcluded', { universityId: 'hnu', evaluatedOn: '2023-05-01' });
    const redated = evaluation('EvaluationCorrected', { ...approved, field: 'evaluatedOn', to: '2024-05-01' });
    const regraded = evaluation('EvaluationCorrected', { ...approved, field: 'market', to: 'A' });
    expect(await sumsAfter(concluded, regraded)).toEqual({ 'hnu:2023': { evaluations: '1' } });
    expect(await sumsAfter(concluded, redated)).toEqual({ 'hnu:2024': { evaluations: '1' } });
  });

  it('count as rights filed and granted (AssetRegistered, AssetDataCorrected, PatentGranted, RightRegistered, AssetEntryVoided)', async () => {
    const registered = (more: object = {}) =>
      asset('AssetRegistered', { universityId: 'hnu', filedOn: '2020-05-01', ...more });
    expect(await sumsAfter(registered({ grantedOn: '2022-05-01' }))).toEqual({
      'hnu:2020': { filings: '1' },
      'hnu:2022': { grants: '1' },
    });
    for (const type of ['PatentGranted', 'RightRegistered'])
      expect(await sumsAfter(registered(), asset(type, { on: '2023-05-01' }))).toMatchObject({
        'hnu:2023': { grants: '1' },
      });
    const corrected = (from: object, to: object) => asset('AssetDataCorrected', { ...approved, from, to });
    const granted = registered({ grantedOn: '2022-05-01' });
    expect(await sumsAfter(granted, corrected({ filedOn: '2020-05-01' }, { filedOn: '2021-05-01' }))).toEqual({
      'hnu:2021': { filings: '1' },
      'hnu:2022': { grants: '1' },
    });
    expect(await sumsAfter(granted, corrected({ grantedOn: '2022-05-01' }, { grantedOn: '2023-05-01' }))).toMatchObject(
      {
        'hnu:2023': { grants: '1' },
      },
    );
    expect(await sumsAfter(granted, corrected({ grantedOn: '2022-05-01' }, {}))).toEqual({
      'hnu:2020': { filings: '1' },
    });
    const voided = asset('AssetEntryVoided', { ...approved, revision: 1, entry: 'PatentGranted' });
    expect(await sumsAfter(registered(), asset('PatentGranted', { on: '2023-05-01' }), voided)).toEqual({
      'hnu:2020': { filings: '1' },
    });
  });
});

it('says nothing of events of a record it never met', async () =>
  expect(
    await sumsAfter(paid('R1', '2023-01-05', '1'), step('asset-x')('PatentGranted', { on: '2023-05-01' })),
  ).toEqual({}));

it('leads to the same rows however the history is cut', async () => {
  const history = recorded(
    ...lodged(),
    paid('R1', '2023-01-05', '400'),
    step('asset-a1')('AssetRegistered', { universityId: 'csu', filedOn: '2022-05-01' }),
    corrected('1200'),
    step('contract-c2')('LodgementRequested', { ...terms, mode: 'TRANSFER' }),
    step('contract-c2')('ContractLodged'),
    rewarded('F1', '2023-02-01', '900'),
    step('asset-a1')('PatentGranted', { on: '2023-05-01' }),
    contract('PaymentReversed', { ...approved, number: 'R1' }),
    step('disclosure-d1')('InventionDisclosed', { universityId: 'csu', disclosedOn: '2023-01-01' }),
    step('asset-a1')('AssetEntryVoided', { ...approved, revision: 1, entry: 'PatentGranted' }),
    step('contract-c2')('ContractVoided', { ...approved, voidedOn: '2024-01-01' }),
    step('disclosure-d1')('DisclosureWithdrawn', { ...approved, on: '2024-01-01' }),
  );
  const after = async (at?: readonly number[]) => {
    const rows = await rowsAfter(annualFigures, AnnualFiguresRow, history, at);
    const records = await rowsAfter(annualFigures, ReportedRecordRow, history, at);
    return [...rows, ...records].map((row) => JSON.stringify(row)).sort();
  };
  const whole = await after();
  expect(whole).not.toEqual([]);
  const cuts = fc.subarray(history.map((_, index) => index));
  await fc.assert(
    fc.asyncProperty(cuts, async (at) => expect(await after(at)).toEqual(whole)),
    { numRuns: 15 },
  );
});
