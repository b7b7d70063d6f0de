import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { ContractEvent } from './contract-events.js';
import { contractEvents, contractRecords } from './contract.projection.js';
import { OpenLodgement, openLodgements } from './open-lodgement.projection.js';

const requested: Extract<ContractEvent, { type: 'LodgementRequested' }> = {
  type: 'LodgementRequested',
  data: {
    universityId: 'hnu',
    number: '示例-HT-1',
    mode: 'TRANSFER',
    assets: [
      { assetId: 'a2', ipType: 'INVENTION', number: '201910699568X' },
      { assetId: 'a1', ipType: 'SOFTWARE', number: '2021SR0123456' },
    ],
    counterparty: '示例公司',
    counterpartyDivision: '440305',
    signedOn: '2023-03-01',
    effectiveOn: '2023-03-15',
    feeType: 'LUMP_SUM',
    feeFen: '9000000000000000',
    pricingMethod: 'LISTING',
    inChangsha: { rule: 'in-changsha/1', value: false },
  },
};
const lodged: ContractEvent = { type: 'ContractLodged', data: { assets: ['a2', 'a1'] } };
const refused: ContractEvent = {
  type: 'ContractRefused',
  data: { rule: 'L-4', clause: '专利法 art 10', zh: '已转让', en: 'already transferred' },
};
const licenceRecorded: ContractEvent = { type: 'LicenceRecorded', data: { recordNo: 'X1', recordedOn: '2023-05-01' } };
const registered: ContractEvent = { type: 'TransferRegistered', data: { registeredOn: '2023-06-01' } };
const approved = { reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };
const corrected = (
  field:
    | 'feeFen'
    | 'counterparty'
    | 'registeredOn'
    | 'terminatedOn'
    | 'relatedParty'
    | 'counterpartyDivision'
    | 'recordNo',
  to: string | boolean,
): ContractEvent => ({
  type: 'ContractCorrected',
  data: {
    number: `G-${field}`,
    field,
    from: null,
    to,
    ...approved,
    ...(field === 'counterpartyDivision' ? { inChangsha: { rule: 'in-changsha/1', value: true } as const } : {}),
  },
});
const voided: ContractEvent = { type: 'ContractVoided', data: { voidedOn: '2024-01-10', ...approved } };
const recordingRefused: ContractEvent = {
  type: 'RecordingRefused',
  data: { refusedOn: '2023-04-20', ground: 'CONTENT_MISSING' },
};
const replacing: ContractEvent = {
  type: 'LicenceRecorded',
  data: { recordNo: 'X2', recordedOn: '2023-10-01', replaces: 'X1' },
};
const deregistered: ContractEvent = {
  type: 'LicenceDeregistered',
  data: { deregisteredOn: '2024-03-20', reason: '示例', warnings: ['L-35'] },
};
const recordingCancelled: ContractEvent = {
  type: 'RecordingCancelled',
  data: { cancelledOn: '2023-09-01', reason: '示例' },
};
const amendment = {
  number: 'BG-1',
  changes: { feeFen: '7', endsOn: '2028-01-01' },
  signedOn: '2023-08-01',
  reason: '示例',
};
const amendmentRequested: ContractEvent = { type: 'AmendmentRequested', data: { kind: 'AMENDMENT', ...amendment } };
const amended: ContractEvent = { type: 'ContractAmended', data: amendment };
const refusalText = { rule: 'L-2', clause: '示例', zh: '示例', en: 'sample' };
const amendmentRefused: ContractEvent = { type: 'AmendmentRefused', data: { number: 'BG-1', ...refusalText } };
const voidRequested: ContractEvent = { type: 'VoidRequested', data: { voidedOn: '2024-01-10', ...approved } };
const voidRefused: ContractEvent = { type: 'VoidRefused', data: refusalText };
const terminated: ContractEvent = { type: 'LicenceTerminated', data: { on: '2024-01-31', ...approved } };
const payment = (number: string, amountFen: string): ContractEvent => ({
  type: 'PaymentReceived',
  data: { number, receivedOn: '2023-07-01', amountFen, kind: 'LUMP_SUM' },
});
const paymentReversed: ContractEvent = { type: 'PaymentReversed', data: { number: '示例 1', ...approved } };
const rewarded: ContractEvent = {
  type: 'RewardDistributed',
  data: {
    number: 'JL-1',
    distributedOn: '2023-12-01',
    costsFen: '10',
    netIncomeFen: '90',
    rewardFen: '50',
    mainFen: '30',
    shares: [{ personId: 'p_1', amountFen: '50', main: true }],
  },
};
const rewardReversed: ContractEvent = {
  type: 'RewardReversed',
  data: {
    number: 'JL-1',
    costsFen: '10',
    netIncomeFen: '90',
    rewardFen: '50',
    reason: '示例',
    evidence: '示例',
    approver: 'reviewer',
  },
};
const technologyRegistered: ContractEvent = {
  type: 'TechnologyContractRegistered',
  data: { technologyContractNo: 'T1', registeredOn: '2023-05-02', amountFen: '99' },
};
const settled = (revision: number): ContractEvent => ({ type: 'ContractSettled', data: { revision } });

const log = (...events: ContractEvent[]) => recorded(...events.map((event) => ['contract-c1', event] as const));
const rowOf = async (...events: ContractEvent[]) => {
  const [row] = await rowsAfter(contractRecords, RecordRow, log(requested, ...events));
  return row;
};

describe('contract records', () => {
  it('begin with the request', async () => {
    expect(await rowOf()).toMatchObject({
      key: 'contract:c1',
      number: '示例-HT-1',
      title: '201910699568X；2021SR0123456',
      universityId: 'hnu',
      counterparty: '示例公司',
      status: 'REQUESTED',
      date: '2023-03-15',
      ipType: 'INVENTION',
      amountFen: 9_000_000_000_000_000n,
      detail: {
        mode: 'TRANSFER',
        assets: ['201910699568X', '2021SR0123456'],
        assetIds: ['a2', 'a1'],
        inChangsha: false,
        inChangshaRule: 'in-changsha/1',
      },
    });
  });

  it.each([
    [[lodged], { status: 'LODGED' }],
    [[refused], { status: 'REFUSED', detail: { refusalRule: 'L-4', refusalZh: '已转让' } }],
    [[lodged, licenceRecorded], { status: 'RECORDED', detail: { recordNo: 'X1', recordedOn: '2023-05-01' } }],
    [[lodged, registered], { status: 'REGISTERED', detail: { registeredOn: '2023-06-01' } }],
    [[lodged, corrected('feeFen', '5')], { status: 'LODGED', amountFen: 5n }],
    [[lodged, corrected('counterparty', '示例二公司')], { counterparty: '示例二公司' }],
    [[lodged, corrected('relatedParty', true)], { detail: { relatedParty: true } }],
    [
      [lodged, corrected('counterpartyDivision', '430104')],
      { detail: { counterpartyDivision: '430104', inChangsha: true } },
    ],
    [
      [lodged, registered, corrected('registeredOn', '2023-05-28')],
      { status: 'REGISTERED', detail: { registeredOn: '2023-05-28' } },
    ],
    [
      [lodged, recordingRefused],
      { detail: { recordingRefusedOn: '2023-04-20', recordingRefusalGround: 'CONTENT_MISSING' } },
    ],
    [
      [lodged, licenceRecorded, recordingCancelled],
      { status: 'LODGED', detail: { recordNo: 'X1', recordedOn: null, recordingCancelledOn: '2023-09-01' } },
    ],
    [
      [lodged, licenceRecorded, terminated, deregistered],
      {
        status: 'TERMINATED',
        detail: {
          recordedOn: '2023-05-01',
          deregisteredOn: '2024-03-20',
          deregistrationReason: '示例',
          warnings: ['L-35'],
        },
      },
    ],
    [
      [lodged, licenceRecorded, deregistered, recordingCancelled, replacing],
      { detail: { recordNo: 'X2', deregisteredOn: null } },
    ],
    [[lodged, terminated, corrected('terminatedOn', '2024-01-20')], { detail: { terminatedOn: '2024-01-20' } }],
    [[lodged, amendmentRequested], { detail: { pendingChange: 'BG-1' } }],
    [
      [lodged, amendmentRequested, amended],
      { amountFen: 7n, detail: { endsOn: '2028-01-01', amendments: ['BG-1'], pendingChange: null } },
    ],
    [[lodged, amendmentRequested, amendmentRefused], { status: 'LODGED', detail: { pendingChange: null } }],
    [[lodged, terminated], { status: 'TERMINATED', detail: { terminatedOn: '2024-01-31' } }],
    [[lodged, voidRequested], { status: 'LODGED', detail: { pendingChange: 'VOIDING' } }],
    [[lodged, voidRequested, voidRefused], { status: 'LODGED', detail: { pendingChange: null } }],
    [
      [lodged, payment('示例 1', '100'), payment('示例 2', '30')],
      { detail: { receivedFen: '130', payments: ['2023-07-01 LUMP_SUM 100 示例 1', '2023-07-01 LUMP_SUM 30 示例 2'] } },
    ],
    [
      [lodged, payment('示例 1', '100'), payment('示例 2', '30'), paymentReversed],
      { detail: { receivedFen: '30', payments: ['2023-07-01 LUMP_SUM 30 示例 2'] } },
    ],
    [
      [lodged, rewarded, rewarded],
      {
        detail: {
          costsFen: '20',
          netIncomeFen: '180',
          rewardFen: '100',
          rewards: ['2023-12-01 50 JL-1', '2023-12-01 50 JL-1'],
        },
      },
    ],
    [[lodged, technologyRegistered], { detail: { technologyContractNo: 'T1', technologyAmountFen: '99' } }],
    [[lodged, voided], { status: 'VOIDED', detail: { voidedOn: '2024-01-10' } }],
    [[lodged, settled(0)], { status: 'LODGED', revision: 2 }],
  ] as const)('follow %j', async (events, expected) => expect(await rowOf(...events)).toMatchObject(expected));

  it('flag rewards that a reversed payment leaves without income, until receipts cover them again', async () => {
    const paidBack = [lodged, payment('示例 1', '100'), rewarded, paymentReversed];
    expect(await rowOf(...paidBack)).toMatchObject({ detail: { warnings: ['C-68'] } });
    expect(await rowOf(...paidBack, payment('示例 2', '59'))).toMatchObject({ detail: { warnings: ['C-68'] } });
    expect(await rowOf(...paidBack, payment('示例 2', '60'))).toMatchObject({ detail: { warnings: [] } });
    expect(await rowOf(...paidBack, rewardReversed)).toMatchObject({ detail: { warnings: [] } });
  });

  it('show when a licence over a patent is to be recorded, and whether it was in time', async () => {
    const { listing: _none, ...data } = requested.data;
    const licence: ContractEvent = {
      ...requested,
      data: {
        ...data,
        mode: 'LICENCE',
        royalty: { permyriad: 300, base: 'NET_SALES' },
        instalments: [{ dueOn: '2024-01-01', amountFen: '1' }],
        equity: { company: '示例', companyCode: 'C', sharePermyriad: 1, valueFen: '2' },
        listing: { platform: '示例', listingNo: '1', from: '2023-01-01', to: '2023-02-01' },
      },
    };
    const late = { number: 'G-9', field: 'recordedOn', from: null, to: '2023-07-01', ...approved } as const;
    const earlier = { number: 'G-8', field: 'effectiveOn', from: null, to: '2023-01-31', ...approved } as const;
    const rowFor = async (...events: ContractEvent[]) =>
      (await rowsAfter(contractRecords, RecordRow, log(licence, lodged, ...events)))[0];
    expect(await rowFor()).toMatchObject({
      detail: {
        dueOn: '2023-06-15',
        platform: '示例',
        royaltyPermyriad: 300,
        instalments: ['2024-01-01 1'],
        equityValueFen: '2',
      },
    });
    expect(await rowFor(licenceRecorded)).toMatchObject({ detail: { onTime: true } });
    const corrections: ContractEvent[] = [late, earlier].map((each) => ({ type: 'ContractCorrected', data: each }));
    expect(await rowFor(licenceRecorded, ...corrections.slice(0, 1))).toMatchObject({ detail: { onTime: false } });
    expect(await rowFor(licenceRecorded, ...corrections.slice(1))).toMatchObject({
      date: '2023-01-31',
      detail: { dueOn: '2023-05-04', onTime: true },
    });
  });

  it('hold flat values only', async () => {
    const row = await rowOf(refused, amendmentRequested, amended, payment('1', '1'), rewarded, technologyRegistered);
    const flat = (value: unknown) => value === null || typeof value !== 'object';
    const values = Object.values(row?.detail ?? {});
    expect(values.filter((value) => !(Array.isArray(value) ? value.every(flat) : flat(value)))).toEqual([]);
  });
});

describe('open lodgements', () => {
  const open = (...events: ContractEvent[]) => rowsAfter(openLodgements, OpenLodgement, log(requested, ...events));

  it('stand until the titles follow', async () => {
    const history = log(requested, lodged, settled(0), registered);
    expect(await open(lodged)).toEqual([{ contractId: 'c1', since: history[0]?.recordedAt }]);
    expect(await open(lodged, settled(0))).toEqual([]);
    expect(await open(lodged, settled(0), registered)).toEqual([{ contractId: 'c1', since: history[3]?.recordedAt }]);
  });
  it.each([
    ['feeFen', '1', 0],
    ['relatedParty', true, 0],
    ['counterpartyDivision', '430104', 0],
    ['counterparty', '示例二公司', 1],
    ['registeredOn', '2023-05-28', 1],
    ['recordNo', 'X2', 1],
    ['terminatedOn', '2024-01-20', 1],
  ] as const)('after a correction of %s', async (field, to, count) => {
    expect(await open(lodged, settled(0), corrected(field, to))).toHaveLength(count);
  });
  it.each([
    ['amendment', amendmentRequested],
    ['termination', terminated],
    ['request to void', voidRequested],
    ['recording that gives up a number', replacing],
  ])('open again with a %s', async (_name, event) => {
    expect(await open(lodged, settled(0), event)).toHaveLength(1);
    expect(await open(lodged, settled(0), event, settled(3))).toEqual([]);
  });
  it('are not opened by what the titles need not follow', async () => {
    for (const event of [
      amended,
      licenceRecorded,
      recordingCancelled,
      deregistered,
      payment('1', '1'),
      technologyRegistered,
    ])
      expect(await open(lodged, settled(0), event)).toEqual([]);
  });
  it('open again with a voiding', async () => {
    expect(await open(lodged, settled(0), voided)).toHaveLength(1);
    expect(await open(lodged, settled(0), voided, settled(3))).toEqual([]);
  });
});

describe('both', () => {
  const history = log(
    requested,
    lodged,
    settled(0),
    licenceRecorded,
    registered,
    corrected('registeredOn', '2023-05-28'),
    corrected('feeFen', '5'),
    settled(5),
    recordingRefused,
    recordingCancelled,
    deregistered,
    payment('示例 1', '100'),
    paymentReversed,
    rewarded,
    technologyRegistered,
    amendmentRequested,
    amendmentRefused,
    amendmentRequested,
    amended,
    rewardReversed,
    terminated,
    settled(20),
    voidRequested,
    voidRefused,
    voidRequested,
    voided,
    settled(25),
    refused,
  );

  it('handle every event type', () => {
    expect(new Set(history.map(({ type }) => type))).toEqual(new Set(Object.keys(contractEvents)));
  });
  it('are the same however the history is cut', async () => {
    const everywhere = Array.from({ length: history.length - 1 }, (_, index) => index + 1);
    const [records, open] = [
      await rowsAfter(contractRecords, RecordRow, history),
      await rowsAfter(openLodgements, OpenLodgement, history),
    ];
    for (const cuts of [everywhere, [2], [4, 7]]) {
      expect(await rowsAfter(contractRecords, RecordRow, history, cuts)).toEqual(records);
      expect(await rowsAfter(openLodgements, OpenLodgement, history, cuts)).toEqual(open);
    }
  });
});
