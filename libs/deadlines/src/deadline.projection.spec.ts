import { type Message, dateInChina } from '@app/kernel';
import { recorded, rowsAfter } from '@app/testing';
import fc from 'fast-check';
import {
  DeadlineCaseRow,
  DeadlineLinkRow,
  DeadlineReportRow,
  DeadlineRow,
  DeadlineUniversityRow,
} from './deadline.entity.js';
import { deadlineProjection } from './deadline.projection.js';
import { NEVER } from './deadline.js';

type Step = readonly [stream: string, event: Message];
const step =
  (stream: string) =>
  (type: string, data: object = {}): Step => [stream, { type, data }];

const contract = step('contract-c1');
const terms = {
  universityId: 'hnu',
  number: '示例HT-1',
  mode: 'LICENCE',
  licenceKind: 'ORDINARY',
  assets: [
    { assetId: 'a1', ipType: 'INVENTION', number: '2019100000010' },
    { assetId: 'a2', ipType: 'SOFTWARE', number: '2019SR0000001' },
  ],
  counterparty: '示例公司',
  signedOn: '2023-11-01',
  effectiveOn: '2023-11-30',
  endsOn: '2026-11-29',
  feeType: 'INSTALMENTS',
  feeFen: '300',
  instalments: [
    { dueOn: '2024-01-10', amountFen: '100' },
    { dueOn: '2025-01-10', amountFen: '200' },
  ],
  pricingMethod: 'NEGOTIATED',
};
const request = (changes: object = {}) => contract('LodgementRequested', { ...terms, ...changes });
const lodged = (changes: object = {}): Step[] => [
  request(changes),
  contract('ContractLodged', { assets: ['a1', 'a2'] }),
];
const recording = contract('LicenceRecorded', { recordNo: 'X1', recordedOn: '2024-02-29' });
const voiding = contract('ContractVoided', { voidedOn: '2024-06-01' });
const receipt = (number: string, receivedOn: string, amountFen: string, instalment = 1) =>
  contract('PaymentReceived', { number, receivedOn, amountFen, kind: 'INSTALMENT', instalment });
const reward = (number: string, distributedOn: string, netIncomeFen: string, costsFen = '0') =>
  contract('RewardDistributed', {
    number,
    distributedOn,
    costsFen,
    netIncomeFen,
    rewardFen: '1',
    mainFen: '1',
    shares: [],
  });

const rowsOf = (...steps: readonly Step[]) => rowsAfter(deadlineProjection, DeadlineRow, recorded(...steps));
const only = async (kind: string, ...steps: readonly Step[]) => {
  const rows = (await rowsOf(...steps)).filter((row) => row.kind === kind);
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
};
const one = async (kind: string, ...steps: readonly Step[]) => (await only(kind, ...steps))[0];
const standing = { closedOn: NEVER, closedBy: null, outcome: null };

describe('the recording of a licence', () => {
  it('is due three months from its effect once it is lodged', async () => {
    expect(await one('LICENCE_RECORDING', ...lodged({ endsOn: undefined }))).toEqual({
      key: 'LICENCE_RECORDING:contract-c1',
      kind: 'LICENCE_RECORDING',
      universityId: 'hnu',
      recordKind: 'contract',
      recordId: 'c1',
      recordNumber: '示例HT-1',
      title: '示例公司 2019100000010；2019SR0000001',
      opensOn: '2023-11-30',
      nominalOn: '2024-02-29',
      dueOn: '2024-02-29',
      certain: true,
      ...standing,
      detail: { effectiveOn: '2023-11-30' },
      search: '示例ht-1 示例公司 2019100000010；2019sr0000001',
    });
  });

  it('moves over the National Day holiday', async () => {
    const row = await one('LICENCE_RECORDING', ...lodged({ effectiveOn: '2024-07-01' }));
    expect(row).toMatchObject({ nominalOn: '2024-10-01', dueOn: '2024-10-08', certain: true });
  });

  it('is not certain where the holidays are not known', async () => {
    expect(await one('LICENCE_RECORDING', ...lodged({ effectiveOn: '2030-01-15' }))).toMatchObject({ certain: false });
  });

  it('is due for no transfer, no software, nothing requested or refused', async () => {
    const software = terms.assets.slice(1);
    for (const steps of [
      [request()],
      [request(), contract('ContractRefused', { rule: 'L-2' })],
      lodged({ mode: 'TRANSFER' }),
      lodged({ assets: software }),
    ])
      expect(await one('LICENCE_RECORDING', ...steps)).toBeUndefined();
  });

  it('is met by LicenceRecorded, whenever its date is corrected to', async () => {
    expect(await one('LICENCE_RECORDING', ...lodged(), recording)).toMatchObject({
      closedOn: '2024-02-29',
      closedBy: 'LicenceRecorded',
      outcome: 'MET',
    });
    const late = contract('ContractCorrected', { field: 'recordedOn', from: '2024-02-29', to: '2024-03-01' });
    expect(await one('LICENCE_RECORDING', ...lodged(), recording, late)).toMatchObject({ closedOn: '2024-03-01' });
  });

  it('follows a corrected day of effect and a corrected receiver', async () => {
    const effect = contract('ContractCorrected', { field: 'effectiveOn', from: '2023-11-30', to: '2024-01-15' });
    const receiver = contract('ContractCorrected', { field: 'counterparty', from: '示例公司', to: '示例新名' });
    const other = contract('ContractCorrected', { field: 'relatedParty', from: null, to: true });
    expect(await one('LICENCE_RECORDING', ...lodged(), effect, receiver, other)).toMatchObject({
      dueOn: '2024-04-15',
      title: '示例新名 2019100000010；2019SR0000001',
    });
  });

  it('is over with RecordingRefused, unless it is recorded after all', async () => {
    const refusal = contract('RecordingRefused', { refusedOn: '2024-01-20', ground: 'OTHER' });
    expect(await one('LICENCE_RECORDING', ...lodged(), refusal)).toMatchObject({
      closedOn: '2024-01-20',
      closedBy: 'RecordingRefused',
      outcome: 'CANCELLED',
    });
    expect(await one('LICENCE_RECORDING', ...lodged(), refusal, recording)).toMatchObject({ outcome: 'MET' });
  });

  it('is owed no more once the licence is over, by LicenceTerminated or by its last day', async () => {
    expect(await one('LICENCE_RECORDING', ...lodged())).toMatchObject({
      closedOn: '2026-11-30',
      closedBy: null,
      outcome: 'LAPSED',
    });
    expect(await one('LICENCE_RECORDING', ...lodged({ endsOn: undefined }))).toMatchObject(standing);
    const terminated = contract('LicenceTerminated', { on: '2024-01-31', reason: '示例' });
    expect(await one('LICENCE_RECORDING', ...lodged(), terminated)).toMatchObject({
      closedOn: '2024-01-31',
      closedBy: 'LicenceTerminated',
      outcome: 'CANCELLED',
    });
    const sameDay = contract('LicenceTerminated', { on: '2024-02-29', reason: '示例' });
    expect(await one('LICENCE_RECORDING', ...lodged(), recording, sameDay)).toMatchObject({ outcome: 'MET' });
  });

  it('stays met by the first LicenceRecorded when it is recorded anew after RecordingCancelled', async () => {
    const cancelledRecord = contract('RecordingCancelled', { cancelledOn: '2024-05-06', reason: '示例' });
    const anew = contract('LicenceRecorded', { recordNo: 'X2', recordedOn: '2024-07-01' });
    const later = contract('ContractCorrected', { field: 'recordedOn', from: '2024-07-01', to: '2024-07-02' });
    for (const steps of [[cancelledRecord], [cancelledRecord, anew], [cancelledRecord, anew, later]])
      expect(await only('LICENCE_RECORDING', ...lodged(), recording, ...steps)).toMatchObject([
        { key: 'LICENCE_RECORDING:contract-c1', closedOn: '2024-02-29', outcome: 'MET' },
      ]);
  });

  it('falls with the contract (ContractVoided), but not once it is met', async () => {
    expect(await one('LICENCE_RECORDING', ...lodged(), voiding)).toMatchObject({
      closedOn: '2024-06-01',
      closedBy: 'ContractVoided',
      outcome: 'CANCELLED',
    });
    expect(await one('LICENCE_RECORDING', ...lodged(), recording, voiding)).toMatchObject({ outcome: 'MET' });
  });
});

describe('a recorded licence', () => {
  const cancelRecord = contract('RecordingCancelled', { cancelledOn: '2026-12-20', reason: '示例' });

  it('may be prolonged until two months before its end, and that lapses with it', async () => {
    expect(await one('LICENCE_EXTENSION', ...lodged())).toBeUndefined();
    expect(await one('LICENCE_EXTENSION', ...lodged({ endsOn: undefined }), recording)).toBeUndefined();
    expect(await one('LICENCE_EXTENSION', ...lodged(), recording)).toMatchObject({
      key: 'LICENCE_EXTENSION:contract-c1:1',
      opensOn: '2026-06-29',
      dueOn: '2026-09-29',
      closedOn: '2026-11-30',
      closedBy: null,
      outcome: 'LAPSED',
    });
  });

  it('is prolonged by ContractAmended, and the new end has its own day', async () => {
    const amendment = contract('ContractAmended', {
      number: 'B1',
      changes: { endsOn: '2028-11-29' },
      signedOn: '2026-08-01',
      reason: '示例',
    });
    expect(await only('LICENCE_EXTENSION', ...lodged(), recording, amendment)).toMatchObject([
      { dueOn: '2026-09-29', closedOn: '2026-08-01', closedBy: 'ContractAmended', outcome: 'MET' },
      { dueOn: '2028-09-29', closedOn: '2028-11-30', outcome: 'LAPSED' },
    ]);
    const shorter = contract('ContractAmended', {
      number: 'B1',
      changes: { endsOn: '2025-06-30' },
      signedOn: '2025-01-01',
    });
    const [former] = await only('LICENCE_EXTENSION', ...lodged(), recording, shorter);
    expect(former).toMatchObject({ closedBy: 'ContractAmended', outcome: 'CANCELLED' });
    const other = contract('ContractAmended', {
      number: 'B2',
      changes: { territory: ['430000'] },
      signedOn: '2025-01-01',
    });
    expect(await only('LICENCE_EXTENSION', ...lodged(), recording, other)).toHaveLength(1);
  });

  it('is deregistered within thirty days of its end, by RecordingCancelled', async () => {
    expect(await one('LICENCE_DEREGISTRATION', ...lodged())).toBeUndefined();
    expect(await one('LICENCE_DEREGISTRATION', ...lodged(), recording)).toMatchObject({
      opensOn: '2026-11-29',
      nominalOn: '2026-12-29',
      dueOn: '2026-12-29',
      ...standing,
    });
    expect(await one('LICENCE_DEREGISTRATION', ...lodged(), recording, cancelRecord)).toMatchObject({
      closedOn: '2026-12-20',
      closedBy: 'RecordingCancelled',
      outcome: 'MET',
    });
  });

  it('is deregistered for itself when it was recorded anew after RecordingCancelled', async () => {
    const early = contract('RecordingCancelled', { cancelledOn: '2024-05-06', reason: '示例' });
    const anew = contract('LicenceRecorded', { recordNo: 'X2', recordedOn: '2024-07-01' });
    const steps = [...lodged(), recording, early, anew];
    const first = {
      key: 'LICENCE_DEREGISTRATION:contract-c1',
      closedOn: '2024-05-06',
      closedBy: 'RecordingCancelled',
      outcome: 'MET',
    };
    const second = { key: 'LICENCE_DEREGISTRATION:contract-c1:2', opensOn: '2026-11-29', dueOn: '2026-12-29' };
    expect(await only('LICENCE_DEREGISTRATION', ...steps)).toMatchObject([first, { ...second, ...standing }]);
    const out = contract('LicenceDeregistered', { deregisteredOn: '2026-12-01' });
    const moved = contract('ContractCorrected', { field: 'deregisteredOn', from: '2026-12-01', to: '2026-12-02' });
    expect(await only('LICENCE_DEREGISTRATION', ...steps, out, moved)).toMatchObject([
      first,
      { ...second, closedOn: '2026-12-02', closedBy: 'LicenceDeregistered' },
    ]);
    const late = [...lodged(), recording, cancelRecord, contract('LicenceRecorded', { recordedOn: '2026-12-23' })];
    expect(await only('LICENCE_DEREGISTRATION', ...late)).toMatchObject([
      { opensOn: '2026-11-29', closedOn: '2026-12-20' },
      { opensOn: '2026-12-23', dueOn: '2026-12-29', ...standing },
    ]);
  });

  it('is deregistered by LicenceDeregistered, in time or late', async () => {
    const deregister = contract('LicenceDeregistered', { deregisteredOn: '2026-12-30' });
    expect(await one('LICENCE_DEREGISTRATION', ...lodged(), recording, deregister)).toMatchObject({
      dueOn: '2026-12-29',
      closedOn: '2026-12-30',
      closedBy: 'LicenceDeregistered',
      outcome: 'MET',
    });
  });

  describe('that ended before the ledger was told of it', () => {
    const steps = [...lodged({ endsOn: '2024-12-01' }), recording];
    const deregistrationOf = async (enteredAt: string, ...more: readonly Step[]) => {
      const history = recorded(...steps, ...more).map((event) => ({ ...event, recordedAt: enteredAt }));
      const rows = await rowsAfter(deadlineProjection, DeadlineRow, history);
      return rows.find(({ kind }) => kind === 'LICENCE_DEREGISTRATION');
    };
    const [lastDay, dayAfter] = ['2024-12-31T15:59:59.999Z', '2024-12-31T16:00:00.000Z'];

    it('is deregistered as any other while the thirty days run', async () =>
      expect(await deregistrationOf(lastDay)).toMatchObject({ dueOn: '2024-12-31', ...standing }));

    it('has lapsed from the start once they were over, the day taken in China', async () =>
      expect(await deregistrationOf(dayAfter)).toMatchObject({
        opensOn: '2024-12-01',
        closedOn: '2024-12-01',
        closedBy: null,
        outcome: 'LAPSED',
      }));

    it.each([
      ['LicenceDeregistered', { deregisteredOn: '2024-12-20' }],
      ['RecordingCancelled', { cancelledOn: '2024-12-20', reason: '示例' }],
    ])('is met where %s says that it was done all the same', async (closedBy, data) =>
      expect(await deregistrationOf(dayAfter, contract(closedBy, data))).toMatchObject({
        closedOn: '2024-12-20',
        closedBy,
        outcome: 'MET',
      }),
    );

    it('stands when it is terminated only later', async () => {
      const open = recorded(
        ...lodged(),
        recording,
        contract('LicenceTerminated', { on: '2025-03-31', reason: '示例' }),
      );
      const rows = await rowsAfter(deadlineProjection, DeadlineRow, open);
      expect(rows.find(({ kind }) => kind === 'LICENCE_DEREGISTRATION')).toMatchObject({
        dueOn: '2025-04-30',
        ...standing,
      });
    });
  });

  it('follows a corrected end and a corrected deregistration', async () => {
    const end = contract('LicenceTerminated', { on: '2024-03-31', reason: '示例' });
    const out = contract('LicenceDeregistered', { deregisteredOn: '2024-04-20' });
    const corrected = (field: string, to: string) => contract('ContractCorrected', { field, from: null, to });
    const steps = [...lodged(), recording, end, out];
    const moved = [corrected('terminatedOn', '2024-03-15'), corrected('deregisteredOn', '2024-04-22')];
    expect(await one('LICENCE_DEREGISTRATION', ...steps)).toMatchObject({ closedOn: '2024-04-20' });
    expect(await one('LICENCE_DEREGISTRATION', ...steps, ...moved)).toMatchObject({
      nominalOn: '2024-04-14',
      closedOn: '2024-04-22',
    });
  });

  it('ends early with LicenceTerminated: extension off, deregistration from then, later instalments off', async () => {
    const steps = [...lodged(), recording, contract('LicenceTerminated', { on: '2024-03-31', reason: '示例' })];
    expect(await one('LICENCE_EXTENSION', ...steps)).toMatchObject({
      closedOn: '2024-03-31',
      closedBy: 'LicenceTerminated',
      outcome: 'CANCELLED',
    });
    expect(await one('LICENCE_DEREGISTRATION', ...steps)).toMatchObject({ opensOn: '2024-03-31', dueOn: '2024-04-30' });
    expect(await only('PAYMENT', ...steps)).toMatchObject([
      standing,
      { closedOn: '2024-03-31', closedBy: 'LicenceTerminated', outcome: 'CANCELLED' },
    ]);
  });
});

describe('payments', () => {
  it('are due on the days of the contract, watched thirty days before', async () => {
    expect(await only('PAYMENT', ...lodged())).toMatchObject([
      {
        key: 'PAYMENT:contract-c1:1',
        opensOn: '2023-12-11',
        dueOn: '2024-01-10',
        detail: { instalment: 1, amount: '1.00' },
        ...standing,
      },
      { key: 'PAYMENT:contract-c1:2', dueOn: '2025-01-10' },
    ]);
    expect(await only('PAYMENT', ...lodged({ instalments: undefined, feeType: 'LUMP_SUM' }))).toEqual([]);
  });

  it('are met when PaymentReceived reaches the amount of that instalment', async () => {
    const part = receipt('R1', '2024-01-05', '60');
    const rest = receipt('R2', '2024-01-20', '40');
    const another = receipt('R3', '2024-01-06', '200', 2);
    expect(await only('PAYMENT', ...lodged(), part, another)).toMatchObject([standing, { closedOn: '2024-01-06' }]);
    expect(await one('PAYMENT', ...lodged(), rest, part)).toMatchObject({
      closedOn: '2024-01-20',
      closedBy: 'PaymentReceived',
      outcome: 'MET',
    });
  });

  it('stand again after PaymentReversed', async () => {
    const back = contract('PaymentReversed', { number: 'R1', reason: '示例' });
    expect(await one('PAYMENT', ...lodged(), receipt('R1', '2024-01-05', '100'), back)).toMatchObject(standing);
  });

  it('follow a corrected plan', async () => {
    const to = '2024-02-10 150；2025-02-10 150';
    const plan = contract('ContractCorrected', { field: 'instalments', from: '2024-01-10 100；2025-01-10 200', to });
    expect(await only('PAYMENT', ...lodged(), plan)).toMatchObject([
      { dueOn: '2024-02-10', detail: { instalment: 1, amount: '1.50' } },
      { dueOn: '2025-02-10', detail: { instalment: 2, amount: '1.50' } },
    ]);
  });

  it('follow amended instalments', async () => {
    const changes = { instalments: [{ dueOn: '2024-05-05', amountFen: '300' }] };
    const amendment = contract('ContractAmended', { number: 'B1', changes, signedOn: '2024-01-01' });
    expect(await only('PAYMENT', ...lodged(), amendment)).toMatchObject([{ dueOn: '2024-05-05' }]);
  });
});

describe('cash rewards', () => {
  it('stand again after RewardReversed', async () => {
    const steps = [...lodged(), receipt('R1', '2024-01-05', '100'), reward('F1', '2024-03-01', '100')];
    expect(await one('REWARD_CASH', ...steps)).toMatchObject({ closedOn: '2024-03-01' });
    const back = contract('RewardReversed', { number: 'F1', reason: '示例' });
    expect(await one('REWARD_CASH', ...steps, back)).toMatchObject(standing);
  });

  it('are paid within 36 months of each receipt, counted from 2018-07-01 at the earliest', async () => {
    const steps = [...lodged(), receipt('R1', '2024-01-05', '100'), receipt('R0', '2017-02-01', '50')];
    expect(await only('REWARD_CASH', ...steps)).toMatchObject([
      { key: 'REWARD_CASH:contract-c1:R0', opensOn: '2017-02-01', dueOn: '2021-07-01' },
      { key: 'REWARD_CASH:contract-c1:R1', opensOn: '2024-01-05', dueOn: '2027-01-05', ...standing },
    ]);
    expect(await one('REWARD_CASH', ...lodged({ mode: 'EQUITY' }), receipt('R1', '2024-01-05', '1'))).toBeUndefined();
  });

  it('are met by RewardDistributed in the order of the receipts, costs included', async () => {
    const steps = [...lodged(), receipt('R1', '2024-01-05', '100'), receipt('R2', '2024-02-05', '200', 2)];
    expect(await only('REWARD_CASH', ...steps, reward('F1', '2024-03-01', '290', '9'))).toMatchObject([
      { closedOn: '2024-03-01', closedBy: 'RewardDistributed', outcome: 'MET' },
      standing,
    ]);
    const both = await only(
      'REWARD_CASH',
      ...steps,
      reward('F1', '2024-03-01', '290', '9'),
      reward('F2', '2024-04-01', '1'),
    );
    expect(both[1]).toMatchObject({ closedOn: '2024-04-01' });
  });
});

describe('a price notice', () => {
  const notice = step('price-notice-n1');
  const published = notice('PriceNoticePublished', {
    ...{ universityId: 'hnu', number: '示例GS-1', title: '示例成果', assets: [], proposedFen: '1' },
    ...{ startsOn: '2024-03-01', endsOn: '2024-03-16' },
  });
  const raised = notice('PriceObjectionRaised', { number: 'Y1', raisedOn: '2024-03-10', ground: '示例' });

  it('ends by itself', async () => {
    expect(await one('PRICE_NOTICE_END', published)).toMatchObject({
      recordKind: 'price-notice',
      recordNumber: '示例GS-1',
      opensOn: '2024-03-01',
      dueOn: '2024-03-16',
      closedOn: '2024-03-17',
      closedBy: null,
      outcome: 'LAPSED',
    });
  });

  it('has an open objection from PriceObjectionRaised to PriceObjectionResolved, without a day', async () => {
    expect(await one('PRICE_OBJECTION', published, raised)).toMatchObject({
      dueOn: NEVER,
      opensOn: '2024-03-10',
      ...standing,
    });
    const resolved = notice('PriceObjectionResolved', { number: 'Y1', resolvedOn: '2024-03-20', outcome: 'DISMISSED' });
    expect(await one('PRICE_OBJECTION', published, raised, resolved)).toMatchObject({
      closedOn: '2024-03-20',
      closedBy: 'PriceObjectionResolved',
      outcome: 'MET',
    });
  });

  it('takes everything with it on PriceNoticeWithdrawn', async () => {
    const withdrawn = notice('PriceNoticeWithdrawn', { withdrawnOn: '2024-03-12', reason: '示例' });
    for (const row of await rowsOf(published, raised, withdrawn))
      expect(row).toMatchObject({ closedOn: '2024-03-12', closedBy: 'PriceNoticeWithdrawn', outcome: 'CANCELLED' });
  });
});

describe('annuities', () => {
  const asset = step('asset-a1');
  const registered = (changes: object = {}) =>
    asset('AssetRegistered', {
      ...{ universityId: 'hnu', ipType: 'INVENTION', number: '2019100000010', title: '示例专利' },
      ...{ filedOn: '2019-06-03', grantedOn: '2021-05-04' },
      ...changes,
    });
  const paid = (year: number, paidOn: string) => asset('AnnuityPaid', { year, paidOn });
  const annuities = (...steps: readonly Step[]) =>
    only('PATENT_ANNUITY', registered(), paid(4, '2022-05-30'), ...steps);

  it('are nobody’s business before AnnuityPaid', async () => {
    expect(await rowsOf(registered(), asset('PatentGranted', { on: '2021-05-04' }))).toEqual([]);
    expect(await rowsOf(registered({ ipType: 'SOFTWARE' }), paid(4, '2022-05-30'))).toEqual([]);
  });

  it('are due on the anniversary of the filing, rolled, with six months of grace', async () => {
    expect(await annuities()).toMatchObject([
      {
        key: 'PATENT_ANNUITY:asset-a1:4',
        recordNumber: '2019100000010',
        nominalOn: '2022-06-03',
        // Dragon Boat Festival until Sunday the 5th.
        dueOn: '2022-06-06',
        closedOn: '2022-05-30',
        closedBy: 'AnnuityPaid',
        outcome: 'MET',
      },
      { dueOn: '2023-06-05', opensOn: '2023-03-03', detail: { year: 5, graceTo: '2023-12-04' }, ...standing },
    ]);
  });

  it('follow corrected dates (AssetDataCorrected)', async () => {
    const corrected = (from: object, to: object) => asset('AssetDataCorrected', { from, to, reason: '示例' });
    const moved = corrected({ filedOn: '2019-06-03' }, { filedOn: '2019-07-03' });
    expect(await annuities(moved)).toMatchObject([{ nominalOn: '2022-07-03' }, { nominalOn: '2023-07-03' }]);
    const later = corrected({ grantedOn: '2021-05-04' }, { grantedOn: '2022-05-04' });
    expect(await annuities(later)).toMatchObject([{ nominalOn: '2022-06-03' }, { nominalOn: '2023-06-03' }]);
  });

  it('are shown for years missed between those paid, and not for the year of the grant', async () => {
    const rows = await annuities(paid(6, '2024-05-30'), paid(6, '2024-05-01'), paid(2, '2021-06-01'));
    expect(rows.map(({ key, closedOn }) => [key.at(-1), closedOn])).toEqual([
      ['3', NEVER],
      ['4', '2022-05-30'],
      ['5', NEVER],
      ['6', '2024-05-01'],
      ['7', NEVER],
    ]);
  });

  it('are none of the patent year that begins on the day of the grant, as in the register', async () => {
    const rows = await only('PATENT_ANNUITY', registered({ grantedOn: '2022-06-03' }), paid(4, '2022-05-30'));
    expect(rows.map(({ key }) => key.at(-1))).toEqual(['5']);
  });

  it('wait for a later PatentGranted', async () => {
    const rows = await annuities(asset('PatentGranted', { on: '2022-10-01' }));
    expect(rows.map(({ key }) => key.at(-1))).toEqual(['5']);
  });

  it('stop with PatentLapsed until PatentRestored', async () => {
    const lapse = asset('PatentLapsed', { on: '2023-06-05', cause: 'UNPAID_FEE' });
    expect((await annuities(lapse))[1]).toMatchObject({
      closedOn: '2023-06-05',
      closedBy: 'PatentLapsed',
      outcome: 'CANCELLED',
    });
    expect((await annuities(lapse, asset('PatentRestored', { on: '2024-01-10' })))[1]).toMatchObject(standing);
  });

  it('stop with PatentInvalidated, in whole only', async () => {
    const invalidated = (scope: string) => asset('PatentInvalidated', { on: '2023-01-05', scope, decisionNo: '示例' });
    expect((await annuities(invalidated('PART')))[1]).toMatchObject(standing);
    expect((await annuities(invalidated('WHOLE')))[1]).toMatchObject({ closedBy: 'PatentInvalidated' });
  });

  it('stop with OwnershipMoved away, and go on with its return or RightReleased', async () => {
    const moved = (contractId: string, to: string, on: string) =>
      asset('OwnershipMoved', { contractId, to, on, revision: 3 });
    const sold = moved('c1', '示例公司', '2023-02-01');
    expect((await annuities(sold))[1]).toMatchObject({ closedOn: '2023-02-01', closedBy: 'OwnershipMoved' });
    expect((await annuities(sold, moved('c1', '示例公司', '2023-02-02')))[1]).toMatchObject({ closedOn: '2023-02-02' });
    expect((await annuities(sold, moved('c2', 'hnu', '2023-03-01')))[1]).toMatchObject(standing);
    expect((await annuities(sold, asset('RightReleased', { contractId: 'c1', on: '2023-04-01' })))[1]).toMatchObject(
      standing,
    );
  });

  it('forget a fact taken out by AssetEntryVoided', async () => {
    const mistaken = asset('AssetEntryVoided', { revision: 1, entry: 'AnnuityPaid', reason: '示例' });
    expect(await rowsOf(registered(), paid(4, '2022-05-30'), mistaken)).toEqual([]);
  });

  it.each([
    ['INVENTION', '2019-06-03', '2039-06-03'],
    ['UTILITY_MODEL', '2019-06-03', '2029-06-03'],
    ['DESIGN', '2021-05-31', '2031-05-31'],
    ['DESIGN', '2021-06-01', '2036-06-01'],
  ])('come with the expiry of the patent: %s of %s on %s', async (ipType, filedOn, dueOn) => {
    const row = await one(
      'PATENT_EXPIRY',
      registered({ ipType, filedOn, grantedOn: undefined }),
      paid(3, '2022-01-01'),
    );
    expect(row).toMatchObject({ key: 'PATENT_EXPIRY:asset-a1', dueOn, outcome: 'LAPSED' });
  });

  it('end with the life of the patent', async () => {
    const rows = await only('PATENT_ANNUITY', registered({ ipType: 'UTILITY_MODEL' }), paid(10, '2028-06-01'));
    expect(rows.map(({ key }) => key.slice(-2))).toEqual(['10']);
  });
});

describe('open licences', () => {
  const licence = step('open-licence-o1');
  const declared = licence('OpenLicenceDeclared', {
    ...{ universityId: 'hnu', number: '示例KF-1', assetId: 'a1', assetNumber: '2019100000010', ipType: 'INVENTION' },
    ...{ declaredOn: '2022-01-01', endsOn: '2025-12-31', feeType: 'FREE' },
  });
  const announced = licence('OpenLicenceAnnounced', { announcedOn: '2022-02-01' });

  it('end by themselves once OpenLicenceAnnounced', async () => {
    expect(await rowsOf(declared)).toEqual([]);
    expect(await rowsOf(declared, announced)).toMatchObject([
      {
        key: 'OPEN_LICENCE_TERM_END:open-licence-o1',
        title: '2019100000010',
        opensOn: '2025-09-30',
        dueOn: '2025-12-31',
        closedOn: '2026-01-01',
        outcome: 'LAPSED',
      },
    ]);
  });

  it.each([
    ['OpenLicenceWithdrawn', { withdrawnOn: '2023-05-01' }],
    ['OpenLicenceTerminated', { endedOn: '2023-05-01', cause: 'LAPSED' }],
  ])('end early with %s', async (type, data) => {
    expect(await rowsOf(declared, announced, licence(type, data))).toMatchObject([
      { closedOn: '2023-05-01', closedBy: type, outcome: 'CANCELLED' },
    ]);
  });

  it('were never there after OpenLicenceVoided', async () => {
    expect(await rowsOf(declared, announced, licence('OpenLicenceVoided', { reason: '示例' }))).toEqual([]);
  });

  const grant = step('open-grant-g1');
  const granted = grant('OpenLicenceGranted', {
    ...{ universityId: 'hnu', number: '示例SS-1', licensee: '示例公司', assetNumber: '2019100000010' },
    ...{ effectiveOn: '2022-07-06', declarationId: 'o1' },
  });

  it('have each OpenLicenceGranted recorded within three months, by OpenGrantRecorded', async () => {
    expect(await rowsOf(granted)).toMatchObject([
      {
        key: 'OPEN_GRANT_RECORDING:open-licence-grant-g1',
        nominalOn: '2022-10-06',
        dueOn: '2022-10-08',
        title: '示例公司 2019100000010',
        ...standing,
      },
    ]);
    const recordedOn = grant('OpenGrantRecorded', { recordNo: 'X', recordedOn: '2022-08-15' });
    expect(await rowsOf(granted, recordedOn)).toMatchObject([{ closedOn: '2022-08-15', outcome: 'MET' }]);
  });

  it('owe no recording after their last day, as licences under a contract do', async () => {
    const term = { ...(granted[1].data as object), endsOn: '2022-12-31' };
    const over = grant('OpenLicenceGranted', term);
    expect(await rowsOf(over)).toMatchObject([{ closedOn: '2023-01-01', closedBy: null, outcome: 'LAPSED' }]);
  });

  it('stay recorded by the first OpenGrantRecorded', async () => {
    const recordedOn = (day: string) => grant('OpenGrantRecorded', { recordNo: 'X', recordedOn: day });
    const cancelRecord = grant('OpenGrantRecordCancelled', { cancelledOn: '2022-09-01', reason: '示例' });
    const anew = [recordedOn('2022-08-15'), cancelRecord, recordedOn('2022-11-01')];
    expect(await rowsOf(granted, ...anew)).toMatchObject([{ closedOn: '2022-08-15', outcome: 'MET' }]);
  });

  it('owe no recording after OpenGrantEnded or OpenGrantVoided', async () => {
    const ended = grant('OpenGrantEnded', { on: '2022-08-01', cause: 'TERM' });
    expect(await rowsOf(granted, ended)).toMatchObject([{ closedOn: '2022-08-01', outcome: 'CANCELLED' }]);
    expect(await rowsOf(granted, grant('OpenGrantVoided', { reason: '示例' }))).toEqual([]);
  });
});

describe('disclosures', () => {
  const disclosure = step('disclosure-d1');
  const disclosed = (changes: object = {}) =>
    disclosure('InventionDisclosed', {
      ...{ universityId: 'hnu', number: '示例PL-1', title: '示例成果', inventors: [], warnings: [] },
      ...{ completedOn: '2024-01-01', disclosedOn: '2024-02-01', confidentiality: 'PUBLIC' },
      publishedOn: '2024-01-15',
      ...changes,
    });
  const asset = (changes: object = {}) =>
    step('asset-a1')('AssetRegistered', {
      ...{ universityId: 'hnu', ipType: 'INVENTION', number: 'n', title: 't', filedOn: '2024-05-01' },
      disclosureNumber: '示例PL-1',
      ...changes,
    });

  it('that were published leave six months for an application', async () => {
    expect(await rowsOf(disclosed())).toMatchObject([
      {
        key: 'NOVELTY_GRACE:disclosure-d1',
        opensOn: '2024-02-01',
        dueOn: '2024-07-15',
        closedOn: '2024-07-16',
        closedBy: null,
        outcome: 'LAPSED',
      },
    ]);
    for (const changes of [{ publishedOn: undefined }, { protection: 'SOFTWARE' }])
      expect(await rowsOf(disclosed(changes))).toEqual([]);
  });

  it('are filed with AssetRegistered, before or after they are entered', async () => {
    const filed = { closedOn: '2024-05-01', closedBy: 'AssetRegistered', outcome: 'MET' };
    expect(await rowsOf(disclosed(), asset())).toMatchObject([filed]);
    expect(await rowsOf(asset(), disclosed())).toMatchObject([filed]);
    expect(await rowsOf(disclosed(), asset({ filedOn: '2024-06-01' }), asset())).toMatchObject([filed]);
    expect(await rowsOf(disclosed(), asset({ ipType: 'SOFTWARE' }))).toMatchObject([{ outcome: 'LAPSED' }]);
    expect(await rowsOf(disclosed(), asset({ filedOn: '2024-01-15' }))).toEqual([]);
  });

  it('are not filed after FilingDecided so, unless decided otherwise later', async () => {
    const decide = (decision: string) =>
      step('evaluation-e1')('FilingDecided', {
        ...{ universityId: 'hnu', disclosureId: 'd1', decision, decidedOn: '2024-03-01', decidedBy: '示例' },
      });
    expect(await rowsOf(disclosed(), decide('DO_NOT_FILE'))).toMatchObject([
      { closedOn: '2024-03-01', closedBy: 'FilingDecided', outcome: 'CANCELLED' },
    ]);
    expect(await rowsOf(disclosed(), decide('DO_NOT_FILE'), decide('FILE'))).toMatchObject([{ outcome: 'LAPSED' }]);
  });

  it('are not filed, or filed, as FilingDecisionCorrected says', async () => {
    const corrected = (decision: string) =>
      step('evaluation-e1')('FilingDecisionCorrected', {
        ...{ universityId: 'hnu', disclosureId: 'd1', from: {}, reason: '示例' },
        to: { decision, decidedOn: '2024-03-02', decidedBy: '示例' },
      });
    expect(await rowsOf(disclosed(), corrected('DO_NOT_FILE'))).toMatchObject([
      { closedOn: '2024-03-02', outcome: 'CANCELLED' },
    ]);
    expect(await rowsOf(disclosed(), corrected('DO_NOT_FILE'), corrected('FILE'))).toMatchObject([
      { outcome: 'LAPSED' },
    ]);
  });

  it('follow DisclosureSupplemented and DisclosureCorrected', async () => {
    const published = disclosure('DisclosureSupplemented', {
      on: '2024-03-01',
      publishedOn: '2024-02-20',
      warnings: [],
    });
    expect(await rowsOf(disclosed({ publishedOn: undefined }), published)).toMatchObject([{ dueOn: '2024-08-20' }]);
    const corrected = (to?: string) => disclosure('DisclosureCorrected', { field: 'publishedOn', to, reason: '示例' });
    expect(await rowsOf(disclosed(), corrected('2024-01-31'))).toMatchObject([{ dueOn: '2024-07-31' }]);
    expect(await rowsOf(disclosed(), corrected())).toEqual([]);
    const other = disclosure('DisclosureCorrected', { field: 'keywords', to: ['x'] });
    expect(await rowsOf(disclosed(), other)).toHaveLength(1);
  });

  it('are of no more concern after DisclosureWithdrawn', async () => {
    const returned = disclosure('DisclosureReturned', { on: '2024-02-05', reason: '示例' });
    const rows = await rowsOf(disclosed(), returned, disclosure('DisclosureWithdrawn', { on: '2024-03-05' }));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatchObject({ closedBy: 'DisclosureWithdrawn', outcome: 'CANCELLED' });
  });

  it('wait after DisclosureReturned for their supplement, by the day asked for if any', async () => {
    const returned = (changes: object) =>
      disclosure('DisclosureReturned', { on: '2024-02-05', reason: '示例', ...changes });
    const unpublished = disclosed({ publishedOn: undefined });
    expect(await rowsOf(unpublished, returned({}))).toMatchObject([
      { key: 'RETURNED_DISCLOSURE:disclosure-d1:1', opensOn: '2024-02-05', dueOn: NEVER, ...standing },
    ]);
    const supplement = disclosure('DisclosureSupplemented', { on: '2024-02-20', warnings: [] });
    const accepted = disclosure('DisclosureAccepted', { on: '2024-03-20' });
    const again = returned({ on: '2024-03-01', dueOn: '2024-03-15' });
    const rows = await only('RETURNED_DISCLOSURE', unpublished, returned({}), supplement, again, accepted);
    expect(rows).toMatchObject([
      { closedOn: '2024-02-20', closedBy: 'DisclosureSupplemented', outcome: 'MET' },
      { dueOn: '2024-03-15', closedOn: '2024-03-20', closedBy: 'DisclosureAccepted', outcome: 'MET' },
    ]);
  });

  it('that are secret have no deadlines', async () => {
    const secret = step('disclosure-d2')('SecretDisclosureNoted', { universityId: 'hnu', number: '示例PL-2' });
    const accepted = step('disclosure-d2')('DisclosureAccepted', { on: '2024-03-20' });
    expect(await rowsOf(secret, accepted)).toEqual([]);
  });

  it('have their EvaluationCommissioned delivered by the day agreed, with EvaluationConcluded', async () => {
    const evaluation = step('evaluation-e1');
    const commissioned = (dueOn?: string) =>
      evaluation('EvaluationCommissioned', {
        ...{ universityId: 'hnu', number: '示例PG-1', disclosureId: 'd1', title: '示例成果', evaluator: '示例' },
        ...{ commissionedOn: '2024-02-01', dueOn },
      });
    const concluded = evaluation('EvaluationConcluded', { evaluatedOn: '2024-03-05' });
    expect(await rowsOf(commissioned(), concluded)).toEqual([]);
    expect(await rowsOf(commissioned('2024-03-01'), concluded)).toMatchObject([
      { key: 'EVALUATION_DUE:evaluation-e1', opensOn: '2024-02-01', dueOn: '2024-03-01', closedOn: '2024-03-05' },
    ]);
    expect(await rowsOf(commissioned('2024-03-01'))).toMatchObject([standing]);
    const corrected = (field: string, to: string) => evaluation('EvaluationCorrected', { field, to, reason: '示例' });
    const history = [commissioned('2024-03-01'), concluded, corrected('evaluator', '示例甲')];
    expect(await rowsOf(...history, corrected('evaluatedOn', '2024-02-28'))).toMatchObject([
      { closedOn: '2024-02-28' },
    ]);
    expect(await rowsOf(...history)).toMatchObject([{ closedOn: '2024-03-05' }]);
  });
});

describe('what the registry holds', () => {
  const issued = (id: string, validFrom: string, validTo: string, standard = 'GB/T 33251-2016') =>
    step(`certification-${id}`)('IpCertificateIssued', {
      ...{ universityId: 'hnu', certNo: `示例-${id}`, standard, body: '示例', validFrom, validTo },
    });
  const first = issued('k1', '2021-02-07', '2024-02-06');

  it('expires with IpCertificateIssued and is met by the next to the same standard', async () => {
    expect(await rowsOf(first)).toMatchObject([
      { key: 'CERTIFICATE_EXPIRY:certification-k1', opensOn: '2023-08-06', dueOn: '2024-02-06', ...standing },
    ]);
    expect(await one('CERTIFICATE_EXPIRY', first, issued('k2', '2024-02-01', '2027-01-31'))).toMatchObject({
      closedOn: '2024-02-01',
      closedBy: 'IpCertificateIssued',
      outcome: 'MET',
    });
    expect(await one('CERTIFICATE_EXPIRY', first, issued('k2', '2024-02-01', '2027-01-31', '其他'))).toMatchObject(
      standing,
    );
  });

  it('is off with IpCertificateWithdrawn', async () => {
    const withdrawn = step('certification-k1')('IpCertificateWithdrawn', { withdrawnOn: '2023-01-05', reason: '示例' });
    expect(await rowsOf(first, withdrawn)).toMatchObject([
      { closedBy: 'IpCertificateWithdrawn', outcome: 'CANCELLED' },
    ]);
  });

  it('holds a designation until the end DesignationGranted gave it, or the next', async () => {
    const granted = (id: string, designation: string, designatedOn: string, validTo?: string) =>
      step(`designation-${id}`)('DesignationGranted', {
        ...{ universityId: 'hnu', designation, documentNo: id, designatedOn, validTo, authority: '示例' },
      });
    const pilot = granted('z1', 'PILOT', '2020-10-22', '2023-10-21');
    expect(await rowsOf(pilot, granted('z2', 'PILOT', '2019-01-01'))).toMatchObject([
      { key: 'DESIGNATION_EXPIRY:designation-z1', dueOn: '2023-10-21', opensOn: '2023-04-21', ...standing },
    ]);
    const next = granted('z3', 'DEMONSTRATION', '2023-05-01', '2026-04-30');
    expect(await only('DESIGNATION_EXPIRY', pilot, next, granted('z4', 'PILOT', '2024-01-01'))).toMatchObject([
      { closedOn: '2023-05-01', closedBy: 'DesignationGranted', outcome: 'MET' },
      standing,
    ]);
  });

  it('closes a fund year opened with FundYearOpened by FundAllocated', async () => {
    const year = step('fund-year-2024');
    const opened = year('FundYearOpened', { year: 2024, budgetFen: '1', document: '示例1号', openedOn: '2024-03-01' });
    expect(await rowsOf(opened)).toMatchObject([
      {
        key: 'FUND_YEAR_CLOSE:fund-year-2024',
        universityId: '',
        dueOn: '2024-12-31',
        opensOn: '2024-03-01',
        ...standing,
      },
    ]);
    const allocated = year('FundAllocated', { year: 2024, allocatedOn: '2024-11-30' });
    expect(await rowsOf(opened, allocated)).toMatchObject([{ closedOn: '2024-11-30', outcome: 'MET' }]);
  });

  it('knows from UniversityRegistered who reports to the state', async () => {
    const registered = (code: string, ownership: string) =>
      step(`university-${code}`)('UniversityRegistered', { code, name: `示例${code}`, ownership });
    const history = recorded(registered('hnu', 'CENTRAL'), registered('p-x', 'PRIVATE'), registered('m', 'MILITARY'));
    expect(await rowsAfter(deadlineProjection, DeadlineUniversityRow, history)).toMatchObject([
      {
        universityId: 'hnu',
        name: '示例hnu',
        stateFounded: true,
        registeredOn: dateInChina(history[0]?.recordedAt ?? ''),
      },
      { universityId: 'p-x', name: '示例p-x', stateFounded: false },
      { universityId: 'm', name: '示例m', stateFounded: false },
    ]);
  });
});

it('keeps the day a yearly report was filed (AnnualReportFiled)', async () => {
  const filed = step('annual-report-p-x-2023')('AnnualReportFiled', {
    ...{ universityId: 'p-x', year: 2023, filedOn: '2024-03-29', figures: {}, hash: 'h' },
  });
  expect(await rowsAfter(deadlineProjection, DeadlineReportRow, recorded(filed))).toEqual([
    { key: 'p-x:2023', universityId: 'p-x', year: 2023, filedOn: '2024-03-29' },
  ]);
});

it('leads to the same rows however the history is cut', async () => {
  const history = recorded(
    ...lodged(),
    step('asset-a1')('AssetRegistered', {
      ...{ universityId: 'hnu', ipType: 'INVENTION', number: 'n', title: 't', filedOn: '2024-05-01' },
      disclosureNumber: 'D1',
    }),
    step('disclosure-d1')('InventionDisclosed', {
      ...{ universityId: 'hnu', number: 'D1', title: 't', disclosedOn: '2024-02-01', publishedOn: '2024-01-15' },
    }),
    recording,
    step('disclosure-d1')('DisclosureReturned', { on: '2024-02-05', reason: '示例' }),
    receipt('R1', '2024-01-05', '100'),
    step('asset-a1')('AnnuityPaid', { year: 4, paidOn: '2026-05-30' }),
    step('certification-k1')('IpCertificateIssued', {
      ...{ universityId: 'hnu', certNo: 'k1', standard: 's', validFrom: '2021-02-07', validTo: '2024-02-06' },
    }),
    step('certification-k1')('IpCertificateWithdrawn', { withdrawnOn: '2023-01-05', reason: '示例' }),
    contract('PaymentReversed', { number: 'R1', reason: '示例' }),
    contract('RecordingCancelled', { cancelledOn: '2024-05-06', reason: '示例' }),
    contract('LicenceRecorded', { recordNo: 'X2', recordedOn: '2024-05-20' }),
    step('evaluation-e1')('FilingDecided', { disclosureId: 'd1', decision: 'DO_NOT_FILE', decidedOn: '2024-03-01' }),
    step('contract-c2')('LodgementRequested', terms),
    step('contract-c2')('ContractLodged', {}),
    step('asset-a1')('AssetEntryVoided', { revision: 1 }),
    step('contract-c3')('LodgementRequested', terms),
    step('contract-c3')('ContractRefused', {}),
    voiding,
  );
  const after = async (at?: readonly number[]) => {
    const [rows, cases, links] = await Promise.all([
      rowsAfter(deadlineProjection, DeadlineRow, history, at),
      rowsAfter(deadlineProjection, DeadlineCaseRow, history, at),
      rowsAfter(deadlineProjection, DeadlineLinkRow, history, at),
    ]);
    const lines = [...rows, ...cases, ...links].map((row) => JSON.stringify(row));
    return lines.sort();
  };
  const whole = await after();
  expect(whole).not.toEqual([]);
  const cuts = fc.subarray(history.map((_, index) => index));
  await fc.assert(
    fc.asyncProperty(cuts, async (at) => expect(await after(at)).toEqual(whole)),
    { numRuns: 15 },
  );
});
