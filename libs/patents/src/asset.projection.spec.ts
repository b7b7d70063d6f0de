import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { AssetEvent } from './asset-events.js';
import { assetEvents, assetRecords } from './asset.projection.js';

const stream = 'asset-a1';
const registered: AssetEvent = {
  type: 'AssetRegistered',
  data: {
    universityId: 'hnu',
    ipType: 'INVENTION',
    number: '201910699568X',
    title: '示例：一种测量装置',
    filedOn: '2019-07-30',
    grantedOn: '2021-03-02',
    coOwners: [{ name: '示例甲公司', sharePermyriad: 3_050 }, { name: '示例乙公司' }],
    disclosureNumber: '示例-PL-1',
    warnings: [{ zh: '请对照证书', en: 'compare the certificate' }],
  },
};
const licence = { kind: 'LICENCE', licence: 'ORDINARY', from: '2022-01-01' } as const;
const sale = { kind: 'TITLE', on: '2022-01-10' } as const;
const back = { kind: 'TITLE', on: '2023-01-10', back: true } as const;
const held = (contractId: string, right: typeof licence | typeof sale | typeof back): AssetEvent[] => [
  { type: 'AssetReserved', data: { contractId, universityId: 'hnu', right } },
  { type: 'ReservationConfirmed', data: { contractId } },
];
const moved = (contractId: string, to: string, revision = 2): AssetEvent => ({
  type: 'OwnershipMoved',
  data: { contractId, to, on: '2023-02-01', revision },
});
const released = (contractId: string): AssetEvent => ({
  type: 'RightReleased',
  data: { contractId, on: '2024-01-01' },
});
const grant = (grantId: string): AssetEvent => ({
  type: 'OpenGrantEntered',
  data: { grantId, declarationId: 'd1', noticeOn: '2023-03-01', from: '2023-03-01', to: '2024-12-31' },
});
const entered: AssetEvent = {
  type: 'OpenLicenceEntered',
  data: { declarationId: 'd1', from: '2023-01-01', to: '2024-12-31' },
};
const ended = (declarationId: string): AssetEvent => ({
  type: 'OpenLicenceEnded',
  data: { declarationId, on: '2024-01-01' },
});

const log = (...events: AssetEvent[]) => recorded(...events.map((event) => [stream, event] as const));
const rowOf = async (...events: AssetEvent[]) => {
  const [row] = await rowsAfter(assetRecords, RecordRow, log(registered, ...events));
  return row;
};

describe('asset records', () => {
  it('begin with the registration', async () => {
    expect(await rowOf()).toMatchObject({
      key: 'asset:a1',
      kind: 'asset',
      number: '201910699568X',
      title: '示例：一种测量装置',
      universityId: 'hnu',
      counterparty: null,
      status: 'GRANTED',
      date: '2019-07-30',
      year: 2019,
      ipType: 'INVENTION',
      amountFen: null,
      detail: {
        filedOn: '2019-07-30',
        grantedOn: '2021-03-02',
        coOwners: ['示例甲公司/30.5%', '示例乙公司'],
        disclosureNumber: '示例-PL-1',
        warningsZh: ['请对照证书'],
        warningsEn: ['compare the certificate'],
        contracts: [],
        openLicence: null,
        openGrants: [],
        owner: 'hnu',
        owners: ['hnu'],
        titleContracts: [],
      },
    });
  });

  it('say of an application that it is filed, and leave out nothing', async () => {
    const { grantedOn: _g, coOwners: _c, disclosureNumber: _d, warnings: _w, ...bare } = registered.data;
    const [row] = await rowsAfter(assetRecords, RecordRow, log({ type: 'AssetRegistered', data: bare }));
    expect(row).toMatchObject({
      status: 'FILED',
      detail: { grantedOn: null, coOwners: [], disclosureNumber: null, warningsZh: [], warningsEn: [] },
    });
  });

  it('show a contract once it is confirmed', async () => {
    const [reserved, confirmed] = held('c1', licence) as [AssetEvent, AssetEvent];
    expect(await rowOf(reserved)).toMatchObject({ status: 'GRANTED', revision: 1, detail: { contracts: [] } });
    expect(await rowOf(reserved, confirmed)).toMatchObject({ revision: 2, detail: { contracts: ['c1'] } });
  });

  it('show nothing of a cancelled reservation', async () => {
    const [reserved] = held('c1', licence) as [AssetEvent];
    const cancelled: AssetEvent = { type: 'ReservationCancelled', data: { contractId: 'c1' } };
    expect(await rowOf(reserved, cancelled)).toMatchObject({ revision: 2, detail: { contracts: [] } });
  });

  it('follow the title away, through a correction, and home', async () => {
    const away = [...held('s1', sale), moved('s1', '示例公司')];
    expect(await rowOf(...away)).toMatchObject({
      status: 'TRANSFERRED',
      detail: { owner: '示例公司', owners: ['hnu', '示例公司'], titleContracts: ['s1'] },
    });
    const corrected = [...away, moved('s1', '示例二公司', 4)];
    expect(await rowOf(...corrected)).toMatchObject({ detail: { owner: '示例二公司', owners: ['hnu', '示例二公司'] } });
    expect(await rowOf(...corrected, ...held('b1', back), moved('b1', 'hnu'))).toMatchObject({
      status: 'GRANTED',
      detail: { owner: 'hnu', owners: ['hnu', '示例二公司', 'hnu'], titleContracts: ['s1', 'b1'] },
    });
  });

  it('give the title back when a contract is voided', async () => {
    const away = [...held('c1', licence), ...held('s1', sale), moved('s1', '示例公司')];
    expect(await rowOf(...away, released('s1'))).toMatchObject({
      status: 'GRANTED',
      detail: { owner: 'hnu', owners: ['hnu'], titleContracts: [], contracts: ['c1'] },
    });
    expect(await rowOf(...away, released('c1'))).toMatchObject({
      status: 'TRANSFERRED',
      detail: { owner: '示例公司', contracts: ['s1'] },
    });
    expect(await rowOf(...away, ...held('b1', back), moved('b1', 'hnu'), released('b1'))).toMatchObject({
      status: 'TRANSFERRED',
      detail: { owner: '示例公司', owners: ['hnu', '示例公司'], titleContracts: ['s1'] },
    });
  });

  it('show the open licence in force and what was taken under it', async () => {
    expect(await rowOf(entered)).toMatchObject({ detail: { openLicence: 'd1' } });
    expect(await rowOf(entered, grant('g1'), grant('g2'))).toMatchObject({ detail: { openGrants: ['g1', 'g2'] } });
    expect(await rowOf(entered, grant('g1'), grant('g2'), released('g1'))).toMatchObject({
      detail: { openGrants: ['g2'] },
    });
    expect(await rowOf(entered, grant('g1'), ended('d1'))).toMatchObject({
      detail: { openLicence: null, openGrants: ['g1'] },
    });
    expect(await rowOf(entered, ended('d0'))).toMatchObject({ detail: { openLicence: 'd1' } });
  });

  it('follow the legal life as last known, and forget what is voided', async () => {
    const facts: AssetEvent[] = [
      { type: 'PatentLapsed', data: { on: '2023-07-30', cause: 'UNPAID_FEE' } },
      { type: 'PatentPublished', data: { on: '2020-11-03' } },
      {
        type: 'PledgeRegistered',
        data: { on: '2022-01-01', pledgeNo: '示例-ZY-1', pledgee: '示例银行', openLicenceConsent: false },
      },
      { type: 'SuspensionStarted', data: { on: '2022-02-01', documentNo: '示例-ZZ-1', cause: 'PRESERVATION' } },
      { type: 'AnnuityPaid', data: { year: 4, paidOn: '2022-07-01' } },
      { type: 'AnnuityPaid', data: { year: 3, paidOn: '2021-07-01' } },
      {
        type: 'CoOwnersChanged',
        data: { on: '2022-08-01', coOwners: [{ name: '示例丙公司' }], documentNo: '示例-BG-1' },
      },
    ];
    expect(await rowOf(...facts)).toMatchObject({
      status: 'LAPSED',
      detail: {
        publishedOn: '2020-11-03',
        grantedOn: '2021-03-02',
        expiresOn: '2039-07-30',
        coOwners: ['示例丙公司'],
        pledges: ['示例-ZY-1 示例银行'],
        suspensions: ['示例-ZZ-1'],
        annuityPaidToYear: 4,
        legalStatus: 'LAPSED',
      },
    });
    const correction = {
      entry: 'PatentLapsed',
      reason: '录入有误',
      evidence: '示例-佐证-1',
      approver: 'reviewer',
    } as const;
    const voided: AssetEvent = { type: 'AssetEntryVoided', data: { revision: 1, ...correction } };
    expect(await rowOf(...facts, voided)).toMatchObject({ status: 'GRANTED' });
    const sold = [...held('s1', sale), moved('s1', '示例公司')];
    expect(await rowOf(...sold)).toMatchObject({ status: 'TRANSFERRED' });
    const whole: AssetEvent = {
      type: 'PatentInvalidated',
      data: { on: '2025-01-01', scope: 'WHOLE', decisionNo: '示例-WX-1' },
    };
    expect(await rowOf(...sold, whole)).toMatchObject({ status: 'INVALIDATED' });
  });

  it('say what became of applications and of rights that are no patents', async () => {
    const { grantedOn: _granted, ...application } = registered.data;
    const filed: AssetEvent = { type: 'AssetRegistered', data: application };
    const statusAfter = async (...events: AssetEvent[]) =>
      (await rowsAfter(assetRecords, RecordRow, log(...events)))[0]?.status;
    const published: AssetEvent = { type: 'PatentPublished', data: { on: '2020-11-03' } };
    expect(await statusAfter(filed, published)).toBe('PUBLISHED');
    expect(await statusAfter(filed, published, { type: 'PatentGranted', data: { on: '2021-03-02' } })).toBe('GRANTED');
    const mark: AssetEvent = { type: 'AssetRegistered', data: { ...application, ipType: 'TRADEMARK' } };
    const right: AssetEvent = { type: 'RightRegistered', data: { on: '2021-03-02' } };
    expect(await statusAfter(mark, right)).toBe('GRANTED');
    const renewed: AssetEvent = { type: 'RegistrationRenewed', data: { on: '2031-01-05', to: '2041-03-01' } };
    const [row] = await rowsAfter(assetRecords, RecordRow, log(mark, right, renewed));
    expect(row).toMatchObject({ detail: { expiresOn: '2041-03-01' } });
    const ended: AssetEvent = { type: 'RegistrationEnded', data: { on: '2022-01-01', cause: 'REVOKED' } };
    expect(await statusAfter(mark, right, ended)).toBe('LAPSED');
    const secret: AssetEvent = { type: 'AssetRegistered', data: { ...application, ipType: 'TECH_SECRET' } };
    expect(await statusAfter(secret, { type: 'SecretDisclosed', data: { on: '2022-01-01' } })).toBe('LAPSED');
  });

  it('show an amended contract once', async () => {
    const amended: AssetEvent[] = [
      { type: 'AssetReserved', data: { contractId: 'a1', universityId: 'hnu', right: licence, amends: 'c1' } },
      { type: 'ReservationConfirmed', data: { contractId: 'a1' } },
    ];
    expect(await rowOf(...held('c1', licence), ...amended)).toMatchObject({ detail: { contracts: ['c1'] } });
  });

  it('are the same however the history is cut, and handle every event type', async () => {
    const history = log(
      registered,
      ...held('c1', licence),
      { type: 'AssetReserved', data: { contractId: 'c2', universityId: 'hnu', right: licence } },
      { type: 'ReservationCancelled', data: { contractId: 'c2' } },
      ...held('s1', sale),
      moved('s1', '示例公司'),
      ...held('b1', back),
      moved('b1', 'hnu'),
      entered,
      grant('g1'),
      ended('d1'),
      { type: 'RightEnded', data: { contractId: 'c1', on: '2023-01-01', revision: 4 } },
      { type: 'PartyRenamed', data: { contractId: 'c1', party: '示例乙公司', revision: 5 } },
      { type: 'ReleaseReserved', data: { contractId: 'c1' } },
      { type: 'ReleaseCancelled', data: { contractId: 'c1' } },
      released('c1'),
      { type: 'OpenGrantEntryEnded', data: { grantId: 'g1', on: '2023-12-31' } },
      { type: 'OpenGrantEntryCancelled', data: { grantId: 'g2' } },
      { type: 'PatentPublished', data: { on: '2020-11-03' } },
      { type: 'PatentGranted', data: { on: '2021-03-02' } },
      { type: 'PatentLapsed', data: { on: '2023-07-30', cause: 'UNPAID_FEE' } },
      { type: 'PatentRestored', data: { on: '2023-09-01' } },
      { type: 'PatentInvalidated', data: { on: '2025-01-01', scope: 'PART', decisionNo: '示例-WX-1' } },
      { type: 'RightRegistered', data: { on: '2021-03-02' } },
      { type: 'RegistrationRenewed', data: { on: '2023-01-05', to: '2041-03-01' } },
      { type: 'RegistrationEnded', data: { on: '2025-01-01', cause: 'EXPIRED' } },
      { type: 'SecretDisclosed', data: { on: '2025-01-01' } },
      {
        type: 'PledgeRegistered',
        data: { on: '2022-01-01', pledgeNo: '示例-ZY-1', pledgee: '示例银行', openLicenceConsent: false },
      },
      { type: 'PledgeReleased', data: { on: '2022-06-01', pledgeNo: '示例-ZY-1' } },
      { type: 'SuspensionStarted', data: { on: '2022-02-01', documentNo: '示例-ZZ-1', cause: 'PRESERVATION' } },
      { type: 'SuspensionEnded', data: { on: '2022-03-01', documentNo: '示例-ZZ-1' } },
      { type: 'AnnuityPaid', data: { year: 4, paidOn: '2022-07-01' } },
      { type: 'CoOwnersChanged', data: { on: '2022-08-01', coOwners: [], documentNo: '示例-BG-1' } },
      {
        type: 'AssetEntryVoided',
        data: {
          revision: 20,
          entry: 'PatentGranted',
          reason: '录入有误',
          evidence: '示例-佐证-1',
          approver: 'reviewer',
        },
      },
      {
        type: 'AssetDataCorrected',
        data: {
          from: { title: '示例' },
          to: { title: '示例：另一名称' },
          reason: '录入有误',
          evidence: '示例-佐证-1',
          approver: 'reviewer',
        },
      },
    );
    expect(new Set(history.map(({ type }) => type))).toEqual(new Set(Object.keys(assetEvents)));
    const whole = await rowsAfter(assetRecords, RecordRow, history);
    expect(whole).toHaveLength(1);
    const everywhere = Array.from({ length: history.length - 1 }, (_, index) => index + 1);
    for (const cuts of [everywhere, [3], [5, 9]]) {
      expect(await rowsAfter(assetRecords, RecordRow, history, cuts)).toEqual(whole);
    }
  });
});
