import { specFor } from '@app/testing';
import {
  type OpenFeeType,
  type OpenLicenceCommand,
  type OpenLicenceEvent,
  type OpenLicenceTerms,
  openLicenceDecider,
} from './open-licence.js';

const given = specFor(openLicenceDecider);

const terms: OpenLicenceTerms = {
  universityId: 'hnu',
  number: '示例-KF-1',
  assetId: 'a1',
  assetNumber: '201910699568X',
  title: '示例：一种测量装置',
  ipType: 'INVENTION',
  declaredOn: '2024-03-01',
  endsOn: '2027-02-28',
  feeType: 'LUMP_SUM',
  feeFen: '2000000',
};
const declare = (more: Partial<OpenLicenceTerms> = {}): OpenLicenceCommand => ({
  type: 'DeclareOpenLicence',
  ...terms,
  ...more,
});
const declared = (more: Partial<OpenLicenceTerms> = {}): OpenLicenceEvent => ({
  type: 'OpenLicenceDeclared',
  data: { ...terms, ...more },
});
const announce = (announcedOn = '2024-04-10'): OpenLicenceCommand => ({ type: 'AnnounceOpenLicence', announcedOn });
const announced = (announcedOn = '2024-04-10'): OpenLicenceEvent => ({
  type: 'OpenLicenceAnnounced',
  data: { announcedOn },
});
const withdraw = (withdrawnOn = '2025-01-15'): OpenLicenceCommand => ({ type: 'WithdrawOpenLicence', withdrawnOn });
const withdrawn = (withdrawnOn = '2025-01-15'): OpenLicenceEvent => ({
  type: 'OpenLicenceWithdrawn',
  data: { withdrawnOn },
});

describe('declaring', () => {
  it('is accepted', () => given().when(declare()).then(declared()));
  it('is ignored when it was declared', () => given(declared()).when(declare()).thenNothing());

  it.each(['UTILITY_MODEL', 'DESIGN'] as const)('OL-2: a %s needs its evaluation report', (ipType) => {
    const [evaluationReportNo, evaluationReportOn] = ['示例-PJ-1', '2024-02-01'];
    given().when(declare({ ipType })).thenRefuses('OL-2', 'evaluationReportNo');
    given().when(declare({ ipType, evaluationReportOn })).thenRefuses('OL-2', 'evaluationReportNo');
    given().when(declare({ ipType, evaluationReportNo })).thenRefuses('OL-2', 'evaluationReportOn');
    const reported = { ipType, evaluationReportNo, evaluationReportOn };
    given().when(declare(reported)).then(declared(reported));
  });

  it.each<[OpenFeeType, string | undefined, number | undefined, string | undefined]>([
    ['FREE', undefined, undefined, undefined],
    ['FREE', '0', 0, undefined],
    ['FREE', '1', undefined, 'fee'],
    ['FREE', undefined, 1, 'royaltyPermyriad'],
    ['LUMP_SUM', '1', undefined, undefined],
    ['LUMP_SUM', '0', undefined, 'fee'],
    ['LUMP_SUM', undefined, undefined, 'fee'],
    ['LUMP_SUM', '1', 500, 'royaltyPermyriad'],
    ['INSTALMENTS', '1', undefined, undefined],
    ['INSTALMENTS', undefined, undefined, 'fee'],
    ['INSTALMENTS', '1', 500, 'royaltyPermyriad'],
    ['RUNNING_ROYALTY', undefined, 1, undefined],
    ['RUNNING_ROYALTY', undefined, 10_000, undefined],
    ['RUNNING_ROYALTY', undefined, 10_001, 'royaltyPermyriad'],
    ['RUNNING_ROYALTY', undefined, undefined, 'royaltyPermyriad'],
    ['RUNNING_ROYALTY', '1', 500, 'fee'],
    ['ENTRY_FEE_PLUS_ROYALTY', '1', 500, undefined],
    ['ENTRY_FEE_PLUS_ROYALTY', '1', undefined, 'royaltyPermyriad'],
    ['ENTRY_FEE_PLUS_ROYALTY', undefined, 500, 'fee'],
  ])('OL-9: %s, a fee of %s fen, a royalty of %s: wrong is %s', (feeType, feeFen, royaltyPermyriad, wrong) => {
    const { feeFen: _fee, ...rest } = terms;
    const data: OpenLicenceTerms = {
      ...rest,
      feeType,
      ...(feeFen === undefined ? {} : { feeFen }),
      ...(royaltyPermyriad === undefined ? {} : { royaltyPermyriad }),
    };
    const spec = given().when({ type: 'DeclareOpenLicence', ...data });
    if (wrong) spec.thenRefuses('OL-9', wrong);
    else spec.then({ type: 'OpenLicenceDeclared', data });
  });

  it('OL-13: is not dated in the future', () => {
    given().when(declare(), { today: '2024-02-29' }).thenRefuses('OL-13', 'declaredOn');
    given().when(declare(), { today: '2024-03-01' }).then(declared());
    given()
      .when(declare({ evaluationReportOn: '2026-01-01' }))
      .thenRefuses('OL-13', 'evaluationReportOn');
  });
  it('OL-15: ends after it is declared', () => {
    given()
      .when(declare({ endsOn: '2024-03-01' }))
      .thenRefuses('OL-15', 'endsOn');
    given()
      .when(declare({ endsOn: '2024-03-02' }))
      .then(declared({ endsOn: '2024-03-02' }));
  });
});

describe('announcing', () => {
  it('is accepted', () => given(declared()).when(announce()).then(announced()));
  it('is ignored when it was announced that day', () => given(declared(), announced()).when(announce()).thenNothing());
  it('OL-16: is refused when it was announced another day', () => {
    given(declared(), announced()).when(announce('2024-04-11')).thenRefuses('OL-16');
  });
  it('OL-17: needs a declaration', () => given().when(announce()).thenRefuses('OL-17'));
  it('OL-13: is not dated in the future', () => {
    given(declared()).when(announce(), { today: '2024-04-09' }).thenRefuses('OL-13', 'announcedOn');
  });
  it('OL-14: does not come before the declaration', () => {
    given(declared()).when(announce('2024-02-29')).thenRefuses('OL-14', 'announcedOn');
    given(declared()).when(announce('2024-03-01')).then(announced('2024-03-01'));
  });
  it('OL-15: comes before the end', () => {
    given(declared({ endsOn: '2024-04-10' }))
      .when(announce())
      .thenRefuses('OL-15', 'endsOn');
  });
});

describe('withdrawing', () => {
  const history = [declared(), announced()];

  it('is accepted', () => {
    given(...history)
      .when(withdraw())
      .then(withdrawn());
  });
  it('is ignored when it was withdrawn that day', () => {
    given(...history, withdrawn())
      .when(withdraw())
      .thenNothing();
  });
  it('OL-16: is refused when it was withdrawn another day, or never announced', () => {
    given(...history, withdrawn())
      .when(withdraw('2025-01-16'))
      .thenRefuses('OL-16');
    given(declared()).when(withdraw()).thenRefuses('OL-16');
  });
  it('OL-17: needs a declaration', () => given().when(withdraw()).thenRefuses('OL-17'));
  it('OL-7: does not come before the announcement', () => {
    given(...history)
      .when(withdraw('2024-04-09'))
      .thenRefuses('OL-7', 'withdrawnOn');
    given(...history)
      .when(withdraw('2024-04-10'))
      .then(withdrawn('2024-04-10'));
  });
  it('OL-13: is not dated in the future', () => {
    given(...history)
      .when(withdraw('2026-01-01'))
      .thenRefuses('OL-13', 'withdrawnOn');
  });
});
