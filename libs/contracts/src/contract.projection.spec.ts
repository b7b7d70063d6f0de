import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { ContractEvent } from './contract.js';
import { OpenLodgement, contractEvents, contractRecords, openLodgements } from './contract.projection.js';

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
  field: 'feeFen' | 'counterparty' | 'registeredOn' | 'relatedParty' | 'counterpartyDivision',
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
    [[lodged, voided], { status: 'VOIDED', detail: { voidedOn: '2024-01-10' } }],
    [[lodged, settled(0)], { status: 'LODGED', revision: 2 }],
  ] as const)('follow %j', async (events, expected) => expect(await rowOf(...events)).toMatchObject(expected));

  it('hold flat values only', async () => {
    const row = await rowOf(refused);
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
  ] as const)('after a correction of %s', async (field, to, count) => {
    expect(await open(lodged, settled(0), corrected(field, to))).toHaveLength(count);
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
    voided,
    settled(8),
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
