import { Refusal } from '@app/kernel';
import { recorded } from '@app/testing';
import type { AssetEvent, LicenceRight, Right } from './asset-events.js';
import { titleRegister } from './title-register.js';

const registered: AssetEvent = {
  type: 'AssetRegistered',
  data: {
    universityId: 'hnu',
    ipType: 'INVENTION',
    number: '201910699568X',
    title: '示例：一种测量装置',
    filedOn: '2019-07-30',
    grantedOn: '2021-03-02',
    coOwners: [{ name: '示例甲公司', sharePermyriad: 3_000 }],
  },
};
const licence = (more: Partial<LicenceRight> = {}): LicenceRight => ({
  kind: 'LICENCE',
  licence: 'ORDINARY',
  from: '2022-01-01',
  to: '2024-12-31',
  ...more,
});
const reserved = (contractId: string, right: Right, amends?: string): AssetEvent => ({
  type: 'AssetReserved',
  data: {
    contractId,
    universityId: 'hnu',
    right,
    contractNumber: `示例-${contractId}`,
    party: '示例乙公司',
    ...(amends ? { amends } : {}),
  },
});
const held = (contractId: string, right: Right, amends?: string): AssetEvent[] => [
  reserved(contractId, right, amends),
  { type: 'ReservationConfirmed', data: { contractId } },
];
const moved = (contractId: string, to: string, on: string, revision: number): AssetEvent => ({
  type: 'OwnershipMoved',
  data: { contractId, to, on, revision },
});

const read = (asOf: string, ...events: AssetEvent[]) =>
  titleRegister(recorded(...[registered, ...events].map((event) => ['asset-a1', event] as const)), asOf);

describe('the title register', () => {
  it('C-23: is refused before the asset is there', () => {
    expect(() => titleRegister([], '2022-01-01')).toThrow(Refusal);
  });

  it('is taken from the registration alone', () => {
    expect(read('2022-01-01')).toMatchObject({
      asOf: '2022-01-01',
      revision: 0,
      identity: { number: '201910699568X', filedOn: '2019-07-30', grantedOn: '2021-03-02', expiresOn: '2039-07-30' },
      status: 'GRANTED',
      ownership: {
        owner: 'hnu',
        ownerSharePermyriad: 7_000,
        coOwners: [{ name: '示例甲公司', sharePermyriad: 3_000 }],
        chain: [{ party: 'hnu', from: '2019-07-30' }],
      },
      licences: [],
      openLicences: [],
      pledges: [],
      suspensions: [],
      statusHistory: [
        { status: 'FILED', on: '2019-07-30' },
        { status: 'GRANTED', on: '2021-03-02' },
      ],
      annuity: { state: 'UNKNOWN', paidYears: [] },
      entries: [
        { on: '2019-07-30', kind: 'AssetRegistered', zh: '申请：示例：一种测量装置（201910699568X）' },
        { on: '2021-03-02', kind: 'PatentGranted', zh: '授权公告', en: 'Patent granted' },
      ],
    });
    expect(read('2021-03-01')).toMatchObject({ status: 'FILED' });
    expect(read('2021-03-01').identity.grantedOn).toBeUndefined();
    expect(read('2039-07-31')).toMatchObject({ status: 'LAPSED' });
  });

  it('holds nobody’s title before the asset was filed', () => {
    expect(read('2019-07-29')).toMatchObject({
      status: 'NOT_FILED',
      ownership: { coOwners: [], chain: [] },
      entries: [],
    });
    expect(read('2019-07-29').ownership.owner).toBeUndefined();
    expect(read('2019-07-30')).toMatchObject({ status: 'FILED', ownership: { owner: 'hnu' } });
  });

  it('follows the title with its contracts, as last corrected', () => {
    const events = [
      ...held('s1', { kind: 'TITLE', on: '2022-01-10' }),
      moved('s1', '示例二公司', '2022-03-01', 2),
      moved('s1', '示例乙公司', '2022-02-01', 4),
      ...held('b1', { kind: 'TITLE', on: '2023-01-10', back: true }),
      moved('b1', 'hnu', '2023-02-01', 2),
    ];
    expect(read('2023-02-01', ...events).ownership).toMatchObject({
      owner: 'hnu',
      chain: [
        { party: 'hnu', from: '2019-07-30', to: '2022-02-01' },
        { party: '示例乙公司', from: '2022-02-01', to: '2023-02-01', contractId: 's1', number: '示例-s1' },
        { party: 'hnu', from: '2023-02-01', contractId: 'b1', number: '示例-b1' },
      ],
    });
    const before = read('2022-12-31', ...events);
    expect(before.ownership).toMatchObject({ owner: '示例乙公司', chain: [{}, { party: '示例乙公司' }] });
    expect(before.entries.filter(({ contractId }) => contractId === 's1')).toMatchObject([
      { on: '2022-01-10', zh: '转让合同生效：示例乙公司', number: '示例-s1' },
      { on: '2022-02-01', zh: '权利转移至 示例乙公司' },
    ]);
  });

  it('lists licences with their scope and state', () => {
    const events: AssetEvent[] = [
      ...held('c1', licence({ licence: 'EXCLUSIVE', territory: ['430000'], sublicensable: true })),
      ...held('c2', licence({ licence: 'SUB', under: 'c1', from: '2022-06-01' })),
      ...held('c3', licence({ from: '2021-06-01', to: '2021-12-31' })),
      { type: 'RightReleased', data: { contractId: 'c3', on: '2022-02-01' } },
      { type: 'RightEnded', data: { contractId: 'c1', on: '2023-03-31', revision: 4 } },
      reserved('c4', licence({ from: '2023-05-01' })),
    ];
    expect(read('2023-06-01', ...events).licences).toMatchObject([
      { contractId: 'c3', state: 'VOID', inForce: false },
      {
        contractId: 'c1',
        number: '示例-c1',
        licensee: '示例乙公司',
        origin: 'NEGOTIATED',
        territory: ['430000'],
        to: '2023-03-31',
        state: 'ENDED',
      },
      { contractId: 'c2', origin: 'SUB', under: 'c1', to: '2023-03-31', state: 'ENDED', inForce: false },
      { contractId: 'c4', state: 'RESERVED', inForce: false },
    ]);
    expect(read('2023-03-31', ...events).licences.map(({ state }) => state)).toEqual(['VOID', 'IN_FORCE', 'IN_FORCE']);
    const lines = read('2023-06-01', ...events).entries.map(({ en }) => en);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Exclusive licence: 示例乙公司, 2022-01-01 to 2024-12-31',
        'Contract voided, right released',
        'Licence ended early, last day 2023-03-31',
      ]),
    );
  });

  it('shows an amended licence once, with its new term', () => {
    const events = [...held('c1', licence()), ...held('a1', licence({ to: '2026-12-31' }), 'c1')];
    const { licences, entries } = read('2025-06-01', ...events);
    expect(licences).toMatchObject([{ contractId: 'c1', to: '2026-12-31', state: 'IN_FORCE' }]);
    expect(entries.at(-1)).toMatchObject({
      contractId: 'c1',
      number: '示例-c1',
      en: expect.stringContaining('amended'),
    });
  });

  it('shows open licences and those who took them', () => {
    const events: AssetEvent[] = [
      {
        type: 'OpenLicenceEntered',
        data: { declarationId: 'd1', number: '示例-d1', from: '2022-01-01', to: '2024-12-31' },
      },
      {
        type: 'OpenGrantEntered',
        data: {
          grantId: 'g1',
          number: '示例-g1',
          licensee: '示例丙公司',
          declarationId: 'd1',
          noticeOn: '2022-05-01',
          from: '2022-05-10',
          to: '2024-12-31',
        },
      },
      { type: 'OpenLicenceEnded', data: { declarationId: 'd1', on: '2023-06-01' } },
      { type: 'OpenGrantEntryEnded', data: { grantId: 'g1', on: '2023-12-31' } },
    ];
    expect(read('2023-05-31', ...events).openLicences).toEqual([
      { declarationId: 'd1', number: '示例-d1', from: '2022-01-01', to: '2024-12-31', inForce: true },
    ]);
    const later = read('2023-06-01', ...events);
    expect(later.openLicences).toMatchObject([{ to: '2023-05-31', endedOn: '2023-06-01', inForce: false }]);
    expect(later.licences).toMatchObject([
      {
        contractId: 'g1',
        licensee: '示例丙公司',
        origin: 'OPEN',
        declarationId: 'd1',
        to: '2023-12-31',
        inForce: true,
      },
    ]);
    expect(
      read('2024-01-01', ...events)
        .entries.slice(2)
        .map(({ kind }) => kind),
    ).toEqual(['OpenLicenceEntered', 'OpenGrantEntered', 'OpenLicenceEnded', 'OpenGrantEntryEnded']);
  });

  it('tells every entry in both languages, by legal date', () => {
    const events: AssetEvent[] = [
      { type: 'PatentInvalidated', data: { on: '2025-02-01', scope: 'PART', decisionNo: '示例-WX-1' } },
      { type: 'PatentPublished', data: { on: '2020-11-03', publicationNo: 'CN111111111A' } },
      { type: 'PatentLapsed', data: { on: '2023-07-30', cause: 'UNPAID_FEE' } },
      { type: 'PatentRestored', data: { on: '2023-09-01' } },
      {
        type: 'PledgeRegistered',
        data: { on: '2022-01-01', pledgeNo: '示例-ZY-1', pledgee: '示例银行', openLicenceConsent: true },
      },
      { type: 'PledgeReleased', data: { on: '2022-06-01', pledgeNo: '示例-ZY-1' } },
      { type: 'SuspensionStarted', data: { on: '2022-02-01', documentNo: '示例-ZZ-1', cause: 'OWNERSHIP_DISPUTE' } },
      { type: 'SuspensionEnded', data: { on: '2022-03-01', documentNo: '示例-ZZ-1' } },
      { type: 'AnnuityPaid', data: { year: 4, paidOn: '2022-07-01', feeFen: '120000' } },
      { type: 'CoOwnersChanged', data: { on: '2022-08-01', coOwners: [], documentNo: '示例-BG-1' } },
    ];
    const register = read('2025-12-31', ...events);
    expect(register.entries.slice(1).map(({ on, zh, en }) => `${on} ${zh} | ${en}`)).toEqual([
      '2020-11-03 专利申请公布：CN111111111A | Application published: CN111111111A',
      '2021-03-02 授权公告 | Patent granted',
      '2022-01-01 质押登记：示例银行（示例-ZY-1） | Pledge registered: 示例银行 (示例-ZY-1)',
      '2022-02-01 中止或保全：权属纠纷（示例-ZZ-1） | Suspension started: Ownership dispute (示例-ZZ-1)',
      '2022-03-01 中止或保全解除：示例-ZZ-1 | Suspension ended: 示例-ZZ-1',
      '2022-06-01 质押注销：示例-ZY-1 | Pledge released: 示例-ZY-1',
      '2022-07-01 年费缴纳：第 4 年度，1,200.00 元 | Annuity paid: year 4, 1,200.00 yuan',
      '2022-08-01 共有人变更：— | Co-owners changed: —',
      '2023-07-30 专利权终止：未缴年费终止 | Patent lapsed: Annuity not paid',
      '2023-09-01 权利恢复 | Patent restored',
      '2025-02-01 宣告无效：部分无效（示例-WX-1） | Patent invalidated: Partly invalid (示例-WX-1)',
    ]);
    expect(register).toMatchObject({
      status: 'GRANTED',
      pledges: [{ pledgeNo: '示例-ZY-1', releasedOn: '2022-06-01', inForce: false }],
      suspensions: [{ documentNo: '示例-ZZ-1', endedOn: '2022-03-01', inForce: false }],
      annuity: { state: 'UNPAID', year: 5, paidYears: [4] },
      ownership: { coOwners: [], ownerSharePermyriad: 10_000 },
      identity: { publishedOn: '2020-11-03' },
    });
    expect(register.statusHistory.map(({ status }) => status)).toEqual([
      'FILED',
      'PUBLISHED',
      'GRANTED',
      'LAPSED',
      'GRANTED',
    ]);
    expect(read('2022-05-31', ...events)).toMatchObject({
      pledges: [{ inForce: true }],
      suspensions: [{ inForce: false }],
    });
    expect(read('2022-02-28', ...events).suspensions).toMatchObject([{ inForce: true }]);
  });

  it('tells the facts of other rights', () => {
    const mark: AssetEvent = {
      type: 'AssetRegistered',
      data: { universityId: 'hnu', ipType: 'TRADEMARK', number: '示例TM1', title: '示例商标', filedOn: '2010-01-01' },
    };
    const events: AssetEvent[] = [
      { type: 'RightRegistered', data: { on: '2011-01-01' } },
      { type: 'RegistrationRenewed', data: { on: '2020-12-01', to: '2030-12-31' } },
      { type: 'RegistrationEnded', data: { on: '2022-01-01', cause: 'REVOKED' } },
      { type: 'SecretDisclosed', data: { on: '2023-01-01' } },
    ];
    const log = recorded(...[mark, ...events].map((event) => ['asset-a2', event] as const));
    expect(
      titleRegister(log, '2023-01-01')
        .entries.slice(1)
        .map(({ en }) => en),
    ).toEqual([
      'Right registered',
      'Registration renewed: until 2030-12-31',
      'Registration ended: Revoked',
      'Secret disclosed',
    ]);
  });

  it('marks what was taken out', () => {
    const events: AssetEvent[] = [
      { type: 'PatentLapsed', data: { on: '2023-07-30', cause: 'UNPAID_FEE' } },
      {
        type: 'AssetEntryVoided',
        data: { revision: 1, entry: 'PatentLapsed', reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' },
      },
    ];
    const { status, entries } = read('2025-12-31', ...events);
    expect(status).toBe('GRANTED');
    expect(entries.slice(2)).toMatchObject([
      { kind: 'PatentLapsed', revision: 1, voided: true },
      { kind: 'AssetEntryVoided', on: '2025-01-01', zh: '更正：撤销“专利权终止”（录入有误）' },
    ]);
  });
});
