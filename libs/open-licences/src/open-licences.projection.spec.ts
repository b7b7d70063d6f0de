import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { GrantTerms, OpenGrantEvent } from './open-grant.js';
import { openGrantEvents, openGrantRecords } from './open-grant.projection.js';
import type { OpenLicenceEvent, OpenLicenceTerms } from './open-licence.js';
import { openLicenceEvents, openLicenceRecords } from './open-licence.projection.js';

const terms: OpenLicenceTerms = {
  universityId: 'hnu',
  number: '示例-KF-1',
  assetId: 'a1',
  assetNumber: '201910699568X',
  title: '示例：一种测量装置',
  ipType: 'UTILITY_MODEL',
  declaredOn: '2024-03-01',
  endsOn: '2027-02-28',
  feeType: 'ENTRY_FEE_PLUS_ROYALTY',
  feeFen: '9000000000000000',
  royaltyPermyriad: 500,
  evaluationReportNo: '示例-PJ-1',
  evaluationReportOn: '2024-02-01',
};
const declared: OpenLicenceEvent = { type: 'OpenLicenceDeclared', data: terms };
const announced: OpenLicenceEvent = { type: 'OpenLicenceAnnounced', data: { announcedOn: '2024-04-10' } };
const withdrawn: OpenLicenceEvent = { type: 'OpenLicenceWithdrawn', data: { withdrawnOn: '2025-01-15' } };

const grantTerms: GrantTerms = {
  declarationId: 'd1',
  universityId: 'hnu',
  number: '示例-KFSS-1',
  assetId: 'a1',
  assetNumber: '201910699568X',
  title: '示例：一种测量装置',
  ipType: 'UTILITY_MODEL',
  licensee: '示例公司',
  licenseeCode: '91430100MA4L16JQ9B',
  licenseeDivision: '430104',
  noticeOn: '2023-12-30',
  paidOn: '2024-05-20',
  paidFen: '9000000000000000',
  effectiveOn: '2024-05-20',
  inChangsha: { rule: 'in-changsha/1', value: true },
};
const granted: OpenGrantEvent = { type: 'OpenLicenceGranted', data: grantTerms };
const grantRecorded: OpenGrantEvent = {
  type: 'OpenGrantRecorded',
  data: { recordNo: 'X2024430000001', recordedOn: '2024-06-18' },
};

const licenceLog = (...events: OpenLicenceEvent[]) =>
  recorded(...events.map((event) => ['open-licence-d1', event] as const));
const grantLog = (...events: OpenGrantEvent[]) => recorded(...events.map((event) => ['open-grant-g1', event] as const));
const licenceRow = async (...events: OpenLicenceEvent[]) =>
  (await rowsAfter(openLicenceRecords, RecordRow, licenceLog(...events)))[0];
const grantRow = async (...events: OpenGrantEvent[]) =>
  (await rowsAfter(openGrantRecords, RecordRow, grantLog(...events)))[0];

describe('open-licence records', () => {
  it('begin with the declaration', async () => {
    expect(await licenceRow(declared)).toMatchObject({
      key: 'open-licence:d1',
      kind: 'open-licence',
      number: '示例-KF-1',
      title: '示例：一种测量装置',
      universityId: 'hnu',
      counterparty: null,
      status: 'DECLARED',
      date: '2024-03-01',
      ipType: 'UTILITY_MODEL',
      amountFen: 9_000_000_000_000_000n,
      detail: {
        assetId: 'a1',
        assetNumber: '201910699568X',
        declaredOn: '2024-03-01',
        announcedOn: null,
        endsOn: '2027-02-28',
        withdrawnOn: null,
        feeType: 'ENTRY_FEE_PLUS_ROYALTY',
        royaltyPermyriad: 500,
        evaluationReportNo: '示例-PJ-1',
        evaluationReportOn: '2024-02-01',
      },
    });
  });
  it('say what is not there', async () => {
    const {
      title: _t,
      feeFen: _f,
      royaltyPermyriad: _r,
      evaluationReportNo: _n,
      evaluationReportOn: _o,
      ...bare
    } = terms;
    expect(await licenceRow({ type: 'OpenLicenceDeclared', data: { ...bare, feeType: 'FREE' } })).toMatchObject({
      title: '201910699568X',
      amountFen: null,
      detail: { royaltyPermyriad: null, evaluationReportNo: null, evaluationReportOn: null },
    });
  });
  it('follow announcement and withdrawal', async () => {
    expect(await licenceRow(declared, announced)).toMatchObject({
      status: 'ANNOUNCED',
      revision: 1,
      detail: { announcedOn: '2024-04-10', withdrawnOn: null },
    });
    expect(await licenceRow(declared, announced, withdrawn)).toMatchObject({
      status: 'WITHDRAWN',
      detail: { announcedOn: '2024-04-10', withdrawnOn: '2025-01-15' },
    });
  });
  it('are the same however the history is cut, and handle every event type', async () => {
    const history = licenceLog(declared, announced, withdrawn);
    expect(history.map(({ type }) => type)).toEqual(Object.keys(openLicenceEvents));
    const whole = await rowsAfter(openLicenceRecords, RecordRow, history);
    for (const cuts of [[1], [2], [1, 2]]) {
      expect(await rowsAfter(openLicenceRecords, RecordRow, history, cuts)).toEqual(whole);
    }
  });
});

describe('open-grant records', () => {
  it('begin with the grant', async () => {
    expect(await grantRow(granted)).toMatchObject({
      key: 'open-licence-grant:g1',
      kind: 'open-licence-grant',
      number: '示例-KFSS-1',
      title: '示例：一种测量装置',
      universityId: 'hnu',
      counterparty: '示例公司',
      status: 'GRANTED',
      date: '2024-05-20',
      year: 2024,
      ipType: 'UTILITY_MODEL',
      amountFen: 9_000_000_000_000_000n,
      detail: {
        declarationId: 'd1',
        assetId: 'a1',
        assetNumber: '201910699568X',
        licenseeCode: '91430100MA4L16JQ9B',
        licenseeDivision: '430104',
        noticeOn: '2023-12-30',
        paidOn: '2024-05-20',
        effectiveOn: '2024-05-20',
        inChangsha: true,
        inChangshaRule: 'in-changsha/1',
        recordNo: null,
        recordedOn: null,
      },
    });
  });
  it('say what is not there', async () => {
    const { title: _t, licenseeCode: _c, licenseeDivision: _d, ...bare } = grantTerms;
    const data = { ...bare, paidFen: '0', inChangsha: { rule: 'in-changsha/1', value: null } } as const;
    expect(await grantRow({ type: 'OpenLicenceGranted', data })).toMatchObject({
      title: '201910699568X',
      amountFen: 0n,
      detail: { licenseeCode: null, licenseeDivision: null, inChangsha: null },
    });
  });
  it('follow the recording', async () => {
    expect(await grantRow(granted, grantRecorded)).toMatchObject({
      status: 'RECORDED',
      detail: { recordNo: 'X2024430000001', recordedOn: '2024-06-18' },
    });
  });
  it('are the same however the history is cut, and handle every event type', async () => {
    const history = grantLog(granted, grantRecorded);
    expect(history.map(({ type }) => type)).toEqual(Object.keys(openGrantEvents));
    const whole = await rowsAfter(openGrantRecords, RecordRow, history);
    expect(await rowsAfter(openGrantRecords, RecordRow, history, [1])).toEqual(whole);
  });
});
