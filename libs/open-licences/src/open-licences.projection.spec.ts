import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter } from '@app/testing';
import type { GrantTerms, OpenGrantEvent } from './open-grant-events.js';
import { openGrantEvents, openGrantRecords } from './open-grant.projection.js';
import type { OpenLicenceEvent, OpenLicenceTerms } from './open-licence-events.js';
import { OpenLicenceIntent, openLicenceIntents } from './open-intent.projection.js';
import { openLicenceEvents, openLicenceRecords } from './open-licence.projection.js';
import { OpenOffer } from './open-offer.entity.js';
import { openOffers } from './open-offer.projection.js';

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

const requested: OpenLicenceEvent = {
  type: 'OpenLicenceAnnouncementRequested',
  data: { announcedOn: '2024-04-10' },
};
const endRequested: OpenLicenceEvent = {
  type: 'OpenLicenceEndRequested',
  data: { on: '2025-01-15', cause: 'WITHDRAWN' },
};
const refusal = { rule: 'OL-1', clause: '示例', zh: '示例', en: 'sample' };
const stepRefused: OpenLicenceEvent = { type: 'OpenLicenceStepRefused', data: { revision: 1, ...refusal } };
const licenceSettled: OpenLicenceEvent = { type: 'OpenLicenceSettled', data: { revision: 1 } };
const changed: OpenLicenceEvent = {
  type: 'FeeStandardChanged',
  data: { version: 2, announcedOn: '2024-08-01', feeType: 'LUMP_SUM', feeFen: '100', warnings: ['OL-25'] },
};
const terminated: OpenLicenceEvent = {
  type: 'OpenLicenceTerminated',
  data: { endedOn: '2025-01-15', cause: 'LAPSED' },
};
const rejected: OpenLicenceEvent = { type: 'OpenLicenceRejected', data: { rejectedOn: '2024-04-01', ground: '示例' } };
const approval = { reason: '示例', evidence: '示例', approver: 'reviewer' };
const licenceVoided: OpenLicenceEvent = { type: 'OpenLicenceVoided', data: approval };

const grantRequested: OpenGrantEvent = { type: 'OpenGrantRequested', data: grantTerms };
const grantRefused: OpenGrantEvent = { type: 'OpenGrantRefused', data: refusal };
const recordCancelled: OpenGrantEvent = {
  type: 'OpenGrantRecordCancelled',
  data: { cancelledOn: '2024-09-01', reason: '示例' },
};
const grantEnded: OpenGrantEvent = {
  type: 'OpenGrantEnded',
  data: { on: '2024-12-31', cause: 'AGREEMENT', ...approval },
};
const grantVoided: OpenGrantEvent = { type: 'OpenGrantVoided', data: approval };
const grantSettled: OpenGrantEvent = { type: 'OpenGrantSettled', data: { revision: 1 } };

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
  it('say what is asked of the title, and what it refused', async () => {
    expect(await licenceRow(declared, requested)).toMatchObject({
      status: 'DECLARED',
      detail: { pending: 'ANNOUNCEMENT' },
    });
    expect(await licenceRow(declared, requested, stepRefused, licenceSettled)).toMatchObject({
      status: 'DECLARED',
      revision: 3,
      detail: { pending: null, refusalRule: 'OL-1' },
    });
    expect(await licenceRow(declared, announced, endRequested)).toMatchObject({
      status: 'ANNOUNCED',
      detail: { pending: 'WITHDRAWN' },
    });
  });
  it('follow a new standard, a rejection, a voiding and the end of the patent', async () => {
    expect(await licenceRow(declared, announced, changed)).toMatchObject({
      amountFen: 100n,
      detail: { feeType: 'LUMP_SUM', royaltyPermyriad: null, standardVersion: 2, warnings: ['OL-25'] },
    });
    expect(await licenceRow(declared, rejected)).toMatchObject({ status: 'REJECTED', detail: { ground: '示例' } });
    expect(await licenceRow(declared, licenceVoided)).toMatchObject({ status: 'VOIDED' });
    expect(await licenceRow(declared, announced, terminated)).toMatchObject({
      status: 'ENDED',
      detail: { endedOn: '2025-01-15', endCause: 'LAPSED' },
    });
  });
  it('are the same however the history is cut, and handle every event type', async () => {
    const before = [declared, requested, stepRefused, licenceSettled, announced, changed, endRequested, withdrawn];
    const history = licenceLog(...before, terminated, rejected, licenceVoided);
    expect(new Set(history.map(({ type }) => type))).toEqual(new Set(Object.keys(openLicenceEvents)));
    const whole = await rowsAfter(openLicenceRecords, RecordRow, history);
    for (const cuts of [[1], [2], [1, 2], [3, 6, 8]]) {
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
    const ends = [grantEnded, grantVoided, grantSettled, grantRefused];
    const history = grantLog(grantRequested, granted, grantRecorded, recordCancelled, ...ends);
    expect(new Set(history.map(({ type }) => type))).toEqual(new Set(Object.keys(openGrantEvents)));
    const whole = await rowsAfter(openGrantRecords, RecordRow, history);
    for (const cuts of [[1], [2, 5]])
      expect(await rowsAfter(openGrantRecords, RecordRow, history, cuts)).toEqual(whole);
  });
  it('say when recording is due, and whether it was in time', async () => {
    expect(await grantRow(granted)).toMatchObject({ detail: { recordingDueOn: '2024-08-20', recordedInTime: null } });
    expect(await grantRow(granted, grantRecorded)).toMatchObject({ detail: { recordedInTime: true } });
    const late: OpenGrantEvent = { type: 'OpenGrantRecorded', data: { recordNo: 'X1', recordedOn: '2024-08-21' } };
    expect(await grantRow(granted, late)).toMatchObject({ detail: { recordedInTime: false } });
  });
  it('say the size of the licensee, undetermined where none is known', async () => {
    expect(await grantRow(granted)).toMatchObject({ detail: { licenseeSize: 'UNDETERMINED' } });
    const licenseeSize = { size: 'SMALL', determinationId: 's1', rule: 'sme-2011-300/1' } as const;
    const sized: OpenGrantEvent = { type: 'OpenLicenceGranted', data: { ...grantTerms, licenseeSize } };
    expect(await grantRow(sized)).toMatchObject({ detail: { licenseeSize: 'SMALL' } });
  });
  it('follow a refusal, a cancelled recording, an early end and a voiding', async () => {
    expect(await grantRow(grantRequested)).toMatchObject({ status: 'REQUESTED' });
    expect(await grantRow(grantRequested, grantRefused, grantSettled)).toMatchObject({
      status: 'REFUSED',
      detail: { refusalRule: 'OL-1' },
    });
    expect(await grantRow(granted, grantRecorded, recordCancelled)).toMatchObject({
      status: 'RECORD_CANCELLED',
      detail: { recordCancelledOn: '2024-09-01' },
    });
    expect(await grantRow(granted, grantEnded)).toMatchObject({ status: 'ENDED', detail: { endedOn: '2024-12-31' } });
    expect(await grantRow(granted, grantVoided)).toMatchObject({ status: 'VOIDED' });
  });
});

describe('open intents', () => {
  const intents = (...events: ReadonlyArray<OpenLicenceEvent | OpenGrantEvent>) =>
    rowsAfter(
      openLicenceIntents,
      OpenLicenceIntent,
      recorded(
        ...events.map(
          (event) =>
            [
              event.type.startsWith('OpenLicence') && event.type !== 'OpenLicenceGranted'
                ? 'open-licence-d1'
                : 'open-grant-g1',
              event,
            ] as const,
        ),
      ),
    );
  const licence = { stream: 'open-licence-d1', id: 'd1', isGrant: false };
  const grant = { stream: 'open-grant-g1', id: 'g1', isGrant: true };

  it.each([
    [[requested], licence],
    [[requested, stepRefused], licence],
    [[endRequested], licence],
    [[licenceVoided], licence],
    [[grantRequested], grant],
    [[grantRequested, grantRefused], grant],
    [[grantEnded], grant],
    [[grantVoided], grant],
  ])('stand after %j', async (events, row) => expect(await intents(...events)).toMatchObject([row]));
  it.each([
    [[requested, announced]],
    [[endRequested, withdrawn]],
    [[endRequested, terminated]],
    [[requested, stepRefused, licenceSettled]],
    [[grantRequested, granted]],
    [[grantVoided, grantSettled]],
  ])('are gone after %j', async (events) => expect(await intents(...events)).toEqual([]));
});

describe('open offers', () => {
  const offers = (cuts: number[], ...events: OpenLicenceEvent[]) =>
    rowsAfter(openOffers, OpenOffer, licenceLog(...events), cuts);
  const first = { key: 'd1:1', openFrom: '2024-04-10', openTo: '2027-02-28', feeType: 'ENTRY_FEE_PLUS_ROYALTY' };

  it('begin with the announcement', async () => {
    expect(await offers([], declared)).toMatchObject([{ key: 'd1:1', openFrom: null, announcedOn: null }]);
    expect(await offers([], declared, announced)).toMatchObject([{ ...first, announcedOn: '2024-04-10' }]);
  });
  it('begin anew with each standard', async () => {
    const versions = [
      { ...first, openTo: '2024-07-31' },
      { key: 'd1:2', version: 2, openFrom: '2024-08-01', openTo: '2027-02-28', feeFen: 100n, royaltyPermyriad: null },
    ];
    expect(await offers([], declared, announced, changed)).toMatchObject(versions);
  });
  it('end on the eve of a withdrawal, or of the end of the patent', async () => {
    for (const end of [withdrawn, terminated]) {
      expect(await offers([], declared, announced, changed, end)).toMatchObject([
        { openTo: '2024-07-31' },
        { openTo: '2025-01-14' },
      ]);
    }
  });
  it('are the same however the history is cut', async () => {
    const history = [declared, announced, changed, withdrawn];
    for (const cuts of [[1], [2], [1, 2, 3]])
      expect(await offers(cuts, ...history)).toEqual(await offers([], ...history));
  });
});
