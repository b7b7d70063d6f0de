import type { FeeType } from '@app/kernel';
import { specFor } from '@app/testing';
import { openGrantDecider } from './open-grant.js';
import type { GrantFacts, GrantTerms, Offer, OpenGrantCommand, OpenGrantEvent } from './open-grant-events.js';
import type { OpenLicenceTerms } from './open-licence-events.js';

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
const standard = { version: 1, announcedOn: '2024-04-10', feeType: 'LUMP_SUM', feeFen: '2000000' } as const;
const offer: Offer = { terms, announcedOn: '2024-04-10', standards: [standard] };
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
const grantedTerms = (more: Partial<GrantTerms> = {}): GrantTerms => ({
  ...facts,
  universityId: 'hnu',
  assetId: 'a1',
  assetNumber: '201910699568X',
  title: '示例：一种测量装置',
  ipType: 'INVENTION',
  effectiveOn: '2024-05-20',
  inChangsha: { rule: 'in-changsha/1', value: null },
  endsOn: '2025-06-30',
  standardVersion: 1,
  ...more,
});
const requested = (more: Partial<GrantTerms> = {}): OpenGrantEvent => ({
  type: 'OpenGrantRequested',
  data: grantedTerms(more),
});
const granted = (more: Partial<GrantTerms> = {}): OpenGrantEvent => ({
  type: 'OpenLicenceGranted',
  data: grantedTerms(more),
});
const charged = (feeType: FeeType, feeFen?: string): Partial<Offer> => {
  const { feeFen: _fee, ...rest } = terms;
  const fee = feeFen === undefined ? {} : { feeFen };
  return {
    terms: { ...rest, feeType, ...fee },
    standards: [{ version: 1, announcedOn: '2024-04-10', feeType, ...fee }],
  };
};
const record = (recordedOn = '2024-06-18', recordNo = 'X2024430000001'): OpenGrantCommand => ({
  type: 'RecordOpenGrant',
  recordNo,
  recordedOn,
});
const recorded = (recordedOn = '2024-06-18', warnings: string[] = []): OpenGrantEvent => ({
  type: 'OpenGrantRecorded',
  data: { recordNo: 'X2024430000001', recordedOn, dueOn: '2024-08-20', warnings },
});

describe('granting', () => {
  it('is accepted', () => given().when(grant()).then(requested()));
  it('is ignored when it was granted', () => given(granted()).when(grant()).thenNothing());

  it('OL-5: takes effect with the later of notice and payment', () => {
    given()
      .when(grant({ paidOn: '2024-04-20' }))
      .then(requested({ paidOn: '2024-04-20', effectiveOn: '2024-05-06' }));
    given()
      .when(grant({ paidOn: '2024-05-06' }))
      .then(requested({ paidOn: '2024-05-06', effectiveOn: '2024-05-06' }));
  });

  describe('OL-39', () => {
    it('is refused when it was paid before the announcement', () => {
      given()
        .when(grant({ paidOn: '2024-04-09' }))
        .thenRefuses('OL-39', 'paidOn');
    });
    it('is accepted when it was paid on the day of the announcement', () => {
      given()
        .when(grant({ paidOn: '2024-04-10' }))
        .then(requested({ paidOn: '2024-04-10', effectiveOn: '2024-05-06' }));
    });
  });

  it.each<[FeeType, string | undefined, string, boolean]>([
    ['FREE', undefined, '0', true],
    ['FREE', undefined, '1', false],
    ['LUMP_SUM', '2000000', '2000000', true],
    ['LUMP_SUM', '2000000', '2000001', false],
    ['LUMP_SUM', '2000000', '1999999', false],
    ['ENTRY_FEE_PLUS_ROYALTY', '500000', '500000', true],
    ['ENTRY_FEE_PLUS_ROYALTY', '500000', '499999', false],
    ['ENTRY_FEE_PLUS_ROYALTY', '500000', '500001', true],
    ['INSTALMENTS', '2000000', '1', true],
    ['INSTALMENTS', '2000000', '2000000', true],
    ['INSTALMENTS', '2000000', '2000001', false],
    ['INSTALMENTS', '2000000', '0', false],
    ['RUNNING_ROYALTY', undefined, '0', true],
  ])('OL-5: under %s of %s fen, %s fen paid are enough: %s', (feeType, feeFen, paidFen, enough) => {
    const spec = given().when(grant({ paidFen }, charged(feeType, feeFen)));
    if (enough) spec.then(requested({ paidFen }));
    else spec.thenRefuses('OL-5', 'paid');
  });

  it('OL-6: is noticed on or after the announcement', () => {
    given()
      .when(grant({ noticeOn: '2024-04-09' }))
      .thenRefuses('OL-6', 'noticeOn');
    given()
      .when(grant({ noticeOn: '2024-04-10' }))
      .then(requested({ noticeOn: '2024-04-10' }));
    given()
      .when({ ...grant(), offer: { terms, standards: [] } } as OpenGrantCommand)
      .thenRefuses('OL-6', 'noticeOn');
  });
  it('OL-6: is noticed before the withdrawal, and may be paid after it', () => {
    given()
      .when(grant({}, { closedOn: '2024-05-06' }))
      .thenRefuses('OL-6', 'noticeOn');
    given()
      .when(grant({}, { closedOn: '2024-05-07' }))
      .then(requested());
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
      .then(requested({ paidOn: '2025-06-30', effectiveOn: '2025-06-30' }));
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
      .then(requested({ licenseeDivision, inChangsha: { rule: 'in-changsha/1', value } }));
  });

  it('has no title where the declaration has none', () => {
    const { title: _title, ...untitled } = terms;
    const [event] = [given().when(grant({}, { terms: untitled }))];
    const { title: _none, ...data } = grantedTerms();
    event.then({ type: 'OpenGrantRequested', data });
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

describe('the standard in force on the day of the notice', () => {
  const second = { version: 2, announcedOn: '2024-05-06', feeType: 'LUMP_SUM', feeFen: '3000000' } as const;
  const changed = { standards: [standard, second] };
  const plan = [
    { afterMonths: 0, amountFen: '500000' },
    { afterMonths: 6, amountFen: '1500000' },
  ];
  const instalments = { standards: [{ ...standard, feeType: 'INSTALMENTS' as const, instalments: plan }] };

  it('OL-5: is what payment is refused by', () => {
    given().when(grant({}, changed)).thenRefuses('OL-5', 'paid');
    given()
      .when(grant({ paidFen: '499999' }, instalments))
      .thenRefuses('OL-5', 'paid');
  });
  it('accepts payment by its own version', () => {
    given()
      .when(grant({ paidFen: '3000000' }, changed))
      .then(requested({ paidFen: '3000000', standardVersion: 2 }));
    given()
      .when(grant({ noticeOn: '2024-05-05' }, changed))
      .then(requested({ noticeOn: '2024-05-05', standardVersion: 1 }));
    given()
      .when(grant({ paidFen: '500000' }, instalments))
      .then(requested({ paidFen: '500000' }));
  });
});

describe('the answer of the title', () => {
  const refusal = { rule: 'OL-11', clause: 'c', zh: '中', en: 'e' };
  const refused: OpenGrantEvent = { type: 'OpenGrantRefused', data: refusal };

  it('is accepted once', () => {
    given(requested()).when({ type: 'ConfirmGrant' }).then(granted());
    given(requested())
      .when({ type: 'RefuseGrant', ...refusal })
      .then(refused);
    given(requested(), granted()).when({ type: 'ConfirmGrant' }).thenNothing();
    given(requested(), refused).when({ type: 'ConfirmGrant' }).thenNothing();
    given(requested(), granted())
      .when({ type: 'RefuseGrant', ...refusal })
      .thenNothing();
  });
  it('OL-30: is waited for', () => given(requested()).when(record()).thenRefuses('OL-30'));
  it('OL-16: ends a refused grant', () => {
    given(requested(), refused, { type: 'OpenGrantSettled', data: { revision: 1 } })
      .when(record())
      .thenRefuses('OL-16');
  });
});

describe('the term for recording', () => {
  it('is warned of when it was missed', () => {
    given(granted())
      .when(record('2024-08-21'))
      .then(recorded('2024-08-21', ['OL-32']));
  });
  it('accepts the last day', () => given(granted()).when(record('2024-08-20')).then(recorded('2024-08-20')));
});

describe('cancelling a recording', () => {
  const cancel = (cancelledOn = '2024-09-01'): OpenGrantCommand => ({
    type: 'CancelOpenGrantRecord',
    cancelledOn,
    reason: '示例',
  });
  const cancelled: OpenGrantEvent = {
    type: 'OpenGrantRecordCancelled',
    data: { cancelledOn: '2024-09-01', reason: '示例' },
  };

  it('is accepted', () => given(granted(), recorded()).when(cancel()).then(cancelled));
  it('is ignored when it is known', () => given(granted(), recorded(), cancelled).when(cancel()).thenNothing());
  it('is refused without a recording', () => given(granted()).when(cancel()).thenRefuses('OL-33'));
  it('OL-29: is refused before the recording', () => {
    given(granted(), recorded()).when(cancel('2024-06-17')).thenRefuses('OL-29', 'cancelledOn');
  });
  it('lets the grant be recorded again', () => {
    given(granted(), recorded(), cancelled)
      .when(record('2024-09-02'))
      .then(recorded('2024-09-02', ['OL-32']));
  });
});

describe('ending and voiding', () => {
  const approval = { reason: '协商终止', evidence: '示例', approver: 'reviewer' };
  const end = (on = '2024-12-31'): OpenGrantCommand => ({ type: 'EndOpenGrant', on, ...approval });
  const ended: OpenGrantEvent = { type: 'OpenGrantEnded', data: { on: '2024-12-31', cause: 'AGREEMENT', ...approval } };
  const settled: OpenGrantEvent = { type: 'OpenGrantSettled', data: { revision: 1 } };
  const voiding: OpenGrantCommand = { type: 'VoidOpenGrant', ...approval };
  const voided: OpenGrantEvent = { type: 'OpenGrantVoided', data: approval };

  it('are accepted', () => {
    given(granted()).when(end()).then(ended);
    given(granted(), recorded()).when(voiding).then(voided);
    given(granted(), ended, settled).when(voiding).then(voided);
    given(granted(), ended).when({ type: 'SettleGrant', revision: 1 }).then(settled);
  });
  it('are ignored when they are known', () => {
    given(granted(), ended, settled).when(end()).thenNothing();
    given(granted(), voided).when(voiding).thenNothing();
    given(granted(), ended).when({ type: 'SettleGrant', revision: 0 }).thenNothing();
  });
  it('OL-16: are refused afterwards', () => {
    given(granted(), ended, settled).when(end('2024-11-30')).thenRefuses('OL-16');
    given(granted()).when(end('2025-06-30')).thenRefuses('OL-16');
    given(granted(), voided, settled).when(record()).thenRefuses('OL-16');
  });
  it('OL-29: are refused before the licence took effect', () => {
    given(granted()).when(end('2024-05-19')).thenRefuses('OL-29', 'on');
  });
});

it('old histories fold to the same states', () => {
  const { endsOn: _ends, standardVersion: _version, ...old } = grantedTerms();
  const recordedOnce: OpenGrantEvent = {
    type: 'OpenGrantRecorded',
    data: { recordNo: 'X1', recordedOn: '2024-06-18' },
  };
  expect(given({ type: 'OpenLicenceGranted', data: old }, recordedOnce).state()).toMatchObject({
    status: 'GRANTED',
    terms: old,
    recordNo: 'X1',
    recordedOn: '2024-06-18',
    unsettled: undefined,
  });
});
