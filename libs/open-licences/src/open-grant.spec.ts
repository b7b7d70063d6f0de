import { specFor } from '@app/testing';
import {
  type GrantFacts,
  type GrantTerms,
  type Offer,
  type OpenGrantCommand,
  type OpenGrantEvent,
  openGrantDecider,
} from './open-grant.js';
import type { OpenFeeType, OpenLicenceTerms } from './open-licence.js';

const given = specFor(openGrantDecider);

const terms: OpenLicenceTerms = {
  universityId: 'hnu',
  number: '示例-KF-1',
  assetId: 'a1',
  assetNumber: '201910699568X',
  title: '示例：一种测量装置',
  ipType: 'INVENTION',
  declaredOn: '2024-03-01',
  endsOn: '2025-06-30',
  feeType: 'LUMP_SUM',
  feeFen: '2000000',
};
const offer: Offer = { terms, announcedOn: '2024-04-10' };
const facts: GrantFacts = {
  declarationId: 'd1',
  number: '示例-KFSS-1',
  licensee: '示例公司',
  noticeOn: '2024-05-06',
  paidOn: '2024-05-20',
  paidFen: '2000000',
};
const grant = (more: Partial<GrantFacts> = {}, under: Partial<Offer> = {}): OpenGrantCommand => ({
  type: 'GrantOpenLicence',
  offer: { ...offer, ...under },
  ...facts,
  ...more,
});
const granted = (more: Partial<GrantTerms> = {}): OpenGrantEvent => ({
  type: 'OpenLicenceGranted',
  data: {
    ...facts,
    universityId: 'hnu',
    assetId: 'a1',
    assetNumber: '201910699568X',
    title: '示例：一种测量装置',
    ipType: 'INVENTION',
    effectiveOn: '2024-05-20',
    inChangsha: { rule: 'in-changsha/1', value: null },
    ...more,
  },
});
const charged = (feeType: OpenFeeType, feeFen?: string): Partial<Offer> => {
  const { feeFen: _fee, ...rest } = terms;
  return { terms: { ...rest, feeType, ...(feeFen === undefined ? {} : { feeFen }) } };
};
const record = (recordedOn = '2024-06-18', recordNo = 'X2024430000001'): OpenGrantCommand => ({
  type: 'RecordOpenGrant',
  recordNo,
  recordedOn,
});
const recorded = (recordedOn = '2024-06-18'): OpenGrantEvent => ({
  type: 'OpenGrantRecorded',
  data: { recordNo: 'X2024430000001', recordedOn },
});

describe('granting', () => {
  it('is accepted', () => given().when(grant()).then(granted()));
  it('is ignored when it was granted', () => given(granted()).when(grant()).thenNothing());

  it('OL-5: takes effect with the later of notice and payment', () => {
    given()
      .when(grant({ paidOn: '2024-04-20' }))
      .then(granted({ paidOn: '2024-04-20', effectiveOn: '2024-05-06' }));
    given()
      .when(grant({ paidOn: '2024-05-06' }))
      .then(granted({ paidOn: '2024-05-06', effectiveOn: '2024-05-06' }));
  });

  it.each<[OpenFeeType, string | undefined, string, boolean]>([
    ['FREE', undefined, '0', true],
    ['FREE', undefined, '1', false],
    ['LUMP_SUM', '2000000', '2000000', true],
    ['LUMP_SUM', '2000000', '2000001', true],
    ['LUMP_SUM', '2000000', '1999999', false],
    ['ENTRY_FEE_PLUS_ROYALTY', '500000', '500000', true],
    ['ENTRY_FEE_PLUS_ROYALTY', '500000', '499999', false],
    ['INSTALMENTS', '2000000', '1', true],
    ['INSTALMENTS', '2000000', '0', false],
    ['RUNNING_ROYALTY', undefined, '0', true],
  ])('OL-5: under %s of %s fen, %s fen paid are enough: %s', (feeType, feeFen, paidFen, enough) => {
    const spec = given().when(grant({ paidFen }, charged(feeType, feeFen)));
    if (enough) spec.then(granted({ paidFen }));
    else spec.thenRefuses('OL-5', 'paid');
  });

  it('OL-6: is noticed on or after the announcement', () => {
    given()
      .when(grant({ noticeOn: '2024-04-09' }))
      .thenRefuses('OL-6', 'noticeOn');
    given()
      .when(grant({ noticeOn: '2024-04-10' }))
      .then(granted({ noticeOn: '2024-04-10' }));
    given()
      .when({ ...grant(), offer: { terms } } as OpenGrantCommand)
      .thenRefuses('OL-6', 'noticeOn');
  });
  it('OL-6: is noticed before the withdrawal, and may be paid after it', () => {
    given()
      .when(grant({}, { withdrawnOn: '2024-05-06' }))
      .thenRefuses('OL-6', 'noticeOn');
    given()
      .when(grant({}, { withdrawnOn: '2024-05-07' }))
      .then(granted());
  });
  it('OL-6: takes effect within the term', () => {
    given()
      .when(grant({ noticeOn: '2025-07-01' }))
      .thenRefuses('OL-6');
    given()
      .when(grant({ paidOn: '2025-07-01' }))
      .thenRefuses('OL-6', 'paidOn');
    given()
      .when(grant({ paidOn: '2025-06-30' }))
      .then(granted({ paidOn: '2025-06-30', effectiveOn: '2025-06-30' }));
  });

  it.each(['noticeOn', 'paidOn'])('OL-13: %s does not lie in the future', (field) => {
    given()
      .when(grant({ [field]: '2026-01-01' }))
      .thenRefuses('OL-13', field);
  });
  it('OL-20: the division has six digits', () => {
    given()
      .when(grant({ licenseeDivision: '岳麓区' }))
      .thenRefuses('OL-20', 'licenseeDivision');
  });

  it.each([
    ['430104', true],
    ['430122', true],
    ['430302', false],
  ])('in-changsha/1: a licensee in %s: %s', (licenseeDivision, value) => {
    given()
      .when(grant({ licenseeDivision }))
      .then(granted({ licenseeDivision, inChangsha: { rule: 'in-changsha/1', value } }));
  });

  it('has no title where the declaration has none', () => {
    const { title: _title, ...untitled } = terms;
    const [event] = [given().when(grant({}, { terms: untitled }))];
    const { title: _none, ...data } = granted().data as GrantTerms;
    event.then({ type: 'OpenLicenceGranted', data });
  });
});

describe('recording', () => {
  it('is accepted', () => given(granted()).when(record()).then(recorded()));
  it('is ignored when it is recorded so', () => given(granted(), recorded()).when(record()).thenNothing());
  it('OL-16: is refused when it is recorded otherwise', () => {
    given(granted(), recorded()).when(record('2024-06-19')).thenRefuses('OL-16');
    given(granted(), recorded()).when(record('2024-06-18', 'X2')).thenRefuses('OL-16');
  });
  it('OL-17: needs a grant', () => given().when(record()).thenRefuses('OL-17'));
  it('OL-18: does not come before the licence took effect', () => {
    given(granted()).when(record('2024-05-19')).thenRefuses('OL-18', 'recordedOn');
    given(granted()).when(record('2024-05-20')).then(recorded('2024-05-20'));
  });
  it('OL-13: does not lie in the future', () => {
    given(granted()).when(record('2026-01-01')).thenRefuses('OL-13', 'recordedOn');
  });
});
