import { specFor } from '@app/testing';
import { assetDecider } from './asset.js';
import type { AssetEntry } from './asset-entry.js';
import type { AssetCommand, AssetData, AssetEvent, EnterOpenGrant, EnterOpenLicence, Right } from './asset-events.js';

const given = specFor(assetDecider);

const data: AssetData = {
  universityId: 'hnu',
  ipType: 'INVENTION',
  number: '201910699568X',
  title: '示例：一种测量装置',
  filedOn: '2019-07-30',
  grantedOn: '2021-03-02',
};
const registered: AssetEvent = { type: 'AssetRegistered', data };

const enter = (more: Partial<EnterOpenLicence> = {}): EnterOpenLicence => ({
  type: 'EnterOpenLicence',
  declarationId: 'd1',
  number: '示例-d1',
  universityId: 'hnu',
  from: '2022-01-01',
  to: '2024-12-31',
  ...more,
});
const entered = (more: Partial<EnterOpenLicence> = {}): AssetEvent => {
  const { type: _type, ...said } = enter(more);
  return { type: 'OpenLicenceEntered', data: said };
};
const end = (on: string): AssetCommand => ({ type: 'EndOpenLicence', declarationId: 'd1', on });
const ended = (on: string): AssetEvent => ({ type: 'OpenLicenceEnded', data: { declarationId: 'd1', on } });

const grant = (more: Partial<EnterOpenGrant> = {}): EnterOpenGrant => ({
  type: 'EnterOpenGrant',
  grantId: 'g1',
  number: '示例-g1',
  licensee: '示例公司',
  universityId: 'hnu',
  declarationId: 'd1',
  noticeOn: '2023-05-01',
  from: '2023-05-10',
  to: '2024-12-31',
  ...more,
});
const granted = (more: Partial<EnterOpenGrant> = {}): AssetEvent => {
  const { type: _type, universityId: _university, ...said } = grant(more);
  return { type: 'OpenGrantEntered', data: said };
};

const held = (contractId: string, right: Right): AssetEvent[] => [
  {
    type: 'AssetReserved',
    data: { contractId, universityId: 'hnu', right, contractNumber: `示例-${contractId}`, party: '示例公司' },
  },
  { type: 'ReservationConfirmed', data: { contractId } },
];
const licence = (kind: 'EXCLUSIVE' | 'SOLE' | 'ORDINARY', from: string, to: string): Right => ({
  kind: 'LICENCE',
  licence: kind,
  from,
  to,
});
const pledge = (openLicenceConsent: boolean): AssetEntry => ({
  type: 'PledgeRegistered',
  data: { on: '2021-10-01', pledgeNo: '示例-ZY-1', pledgee: '示例银行', openLicenceConsent },
});
const annuity = (year: number, paidOn: string): AssetEntry => ({ type: 'AnnuityPaid', data: { year, paidOn } });
const suspended: AssetEntry = {
  type: 'SuspensionStarted',
  data: { on: '2022-01-01', documentNo: '示例-ZZ-1', cause: 'PRESERVATION' },
};
const lapsed = (on: string): AssetEntry => ({ type: 'PatentLapsed', data: { on, cause: 'UNPAID_FEE' } });

describe('OL-1: what may be offered to everybody (细则 art 86)', () => {
  const { grantedOn: _none, ...filed } = data;
  const application: AssetEvent = { type: 'AssetRegistered', data: filed };
  const grantedFact = (on: string): AssetEntry => ({ type: 'PatentGranted', data: { on } });

  it.each<[string, AssetEvent[]]>([
    ['an application', [application]],
    ['a patent granted the day after', [application, grantedFact('2022-01-02')]],
    ['software', [{ type: 'AssetRegistered', data: { ...data, ipType: 'SOFTWARE', number: '2021SR0000001' } }]],
    ['a patent that lapsed that day', [registered, lapsed('2022-01-01')]],
    ['a patent in the grace period of its annuity', [registered, annuity(2, '2020-07-01')]],
    ['a suspended patent', [registered, suspended]],
    ['a pledged patent', [registered, pledge(false)]],
    [
      'a patent under an exclusive licence',
      [registered, ...held('c1', licence('EXCLUSIVE', '2021-06-01', '2022-01-01'))],
    ],
    ['a patent under a sole licence', [registered, ...held('c1', licence('SOLE', '2024-12-31', '2025-12-31'))]],
  ])('is refused for %s', (_what, history) => {
    given(...history)
      .when(enter())
      .thenRefuses('OL-1', 'asset');
  });

  it.each<[string, AssetEvent[]]>([
    ['a patent granted that day', [application, grantedFact('2022-01-01')]],
    ['a patent that lapses the day after', [registered, lapsed('2022-01-02')]],
    ['a patent whose annuities were never entered', [registered]],
    ['a patent whose annuity is paid', [registered, annuity(3, '2021-07-01')]],
    [
      'a patent free again',
      [registered, suspended, { type: 'SuspensionEnded', data: { on: '2022-01-01', documentNo: '示例-ZZ-1' } }],
    ],
    ['a patent pledged with consent', [registered, pledge(true)]],
    ['a patent under ordinary licences', [registered, ...held('c1', licence('ORDINARY', '2021-06-01', '2025-01-01'))]],
    [
      'a patent whose exclusive licence ended the eve',
      [registered, ...held('c1', licence('EXCLUSIVE', '2021-06-01', '2021-12-31'))],
    ],
  ])('is accepted for %s', (_what, history) => {
    given(...history)
      .when(enter())
      .then(entered());
  });

  it('is accepted with the consent that the declaration brings', () => {
    given(registered, pledge(false))
      .when(enter({ pledgeeConsent: true }))
      .then(entered({ pledgeeConsent: true }));
  });
});

describe('OL-4: nothing exclusive while it is offered to everybody', () => {
  const reserve = (right: Right): AssetCommand => ({
    type: 'Reserve',
    contractId: 'c1',
    contractNumber: '示例-c1',
    party: '示例公司',
    universityId: 'hnu',
    right,
  });
  it('is refused to its last day', () => {
    given(registered, entered())
      .when(reserve(licence('SOLE', '2024-12-31', '2025-12-31')))
      .thenRefuses('OL-4', 'licenceKind');
  });
  it('is accepted after it, and from the day it is withdrawn', () => {
    const [event] = held('c1', licence('SOLE', '2025-01-01', '2025-12-31')) as [AssetEvent];
    given(registered, entered())
      .when(reserve(licence('SOLE', '2025-01-01', '2025-12-31')))
      .then(event);
    const [early] = held('c1', licence('EXCLUSIVE', '2023-06-01', '2025-12-31')) as [AssetEvent];
    given(registered, entered(), ended('2023-06-01'))
      .when(reserve(licence('EXCLUSIVE', '2023-06-01', '2025-12-31')))
      .then(early);
  });
});

describe('L-19: the same record with other dates', () => {
  it('is refused to a declaration, an end and a grant', () => {
    given(registered, entered())
      .when(enter({ from: '2022-01-02' }))
      .thenRefuses('L-19');
    given(registered, entered())
      .when(enter({ to: '2025-12-31' }))
      .thenRefuses('L-19');
    given(registered, entered(), ended('2023-06-01')).when(end('2023-06-02')).thenRefuses('L-19');
    for (const more of [{ from: '2023-05-11' }, { to: '2024-12-30' }, { noticeOn: '2023-05-02' }]) {
      given(registered, entered(), granted()).when(grant(more)).thenRefuses('L-19');
    }
  });
  it('is ignored with the same', () => {
    given(registered, entered(), ended('2023-06-01')).when(enter()).thenNothing();
    given(registered, entered(), ended('2023-06-01')).when(end('2023-06-01')).thenNothing();
    given(registered, entered(), granted()).when(grant()).thenNothing();
  });
  it('is accepted for an earlier end heard of afterwards', () => {
    given(registered, entered(), ended('2023-06-01')).when(end('2023-05-01')).then(ended('2023-05-01'));
  });
});

describe('C-21, C-24: cancelling an entry', () => {
  const cancelGrant: AssetCommand = { type: 'CancelOpenGrant', grantId: 'g1' };
  const grantCancelled: AssetEvent = { type: 'OpenGrantEntryCancelled', data: { grantId: 'g1' } };

  it('is accepted once, before anything was entered', () => {
    given(registered, entered()).when(cancelGrant).then(grantCancelled);
    given(registered, entered(), grantCancelled).when(cancelGrant).thenNothing();
  });
  it('C-21: is final', () => {
    given(registered, entered(), grantCancelled).when(grant()).thenRefuses('C-21');
  });
  it('C-24: is refused once it was entered', () => {
    given(registered, entered(), granted()).when(cancelGrant).thenRefuses('C-24');
  });
});

describe('OL-11: a grant needs an open licence on its day', () => {
  it('is refused outside its days', () => {
    for (const noticeOn of ['2021-12-31', '2025-01-01']) {
      given(registered, entered()).when(grant({ noticeOn })).thenRefuses('OL-11', 'noticeOn');
    }
    given(registered, entered(), ended('2023-05-01')).when(grant()).thenRefuses('OL-11');
  });
  it('is accepted on them, also when the withdrawal is already known', () => {
    given(registered, entered(), ended('2023-05-02')).when(grant()).then(granted());
  });
  it('L-11: is refused when the patent is at its end', () => {
    given(registered, entered(), lapsed('2023-05-10')).when(grant()).thenRefuses('L-11');
  });
});

describe('OL-12: no end behind a grant', () => {
  it('is refused on the day of the notice', () => {
    given(registered, entered(), granted()).when(end('2023-05-01')).thenRefuses('OL-12', 'withdrawnOn');
  });
  it('is accepted the day after, and once the grant is void', () => {
    given(registered, entered(), granted()).when(end('2023-05-02')).then(ended('2023-05-02'));
    const released: AssetEvent = { type: 'RightReleased', data: { contractId: 'g1', on: '2023-06-01' } };
    given(registered, entered(), granted(), released).when(end('2023-05-01')).then(ended('2023-05-01'));
  });
});

describe('the end of a grant', () => {
  const endGrant = (on: string): AssetCommand => ({ type: 'EndOpenGrant', grantId: 'g1', on });
  const grantEnded = (on: string): AssetEvent => ({ type: 'OpenGrantEntryEnded', data: { grantId: 'g1', on } });
  const history = [registered, entered(), granted()];

  it('is accepted once', () => {
    given(...history)
      .when(endGrant('2023-12-31'))
      .then(grantEnded('2023-12-31'));
    given(...history, grantEnded('2023-12-31'))
      .when(endGrant('2023-12-31'))
      .thenNothing();
    given(...history)
      .when(endGrant('2024-12-31'))
      .thenNothing();
  });
  it('L-19: is refused with another date', () => {
    given(...history, grantEnded('2023-12-31'))
      .when(endGrant('2023-11-30'))
      .thenRefuses('L-19');
    given(...history)
      .when(endGrant('2025-01-01'))
      .thenRefuses('L-19');
  });
  it('C-22: needs a grant', () => {
    given(registered, entered()).when(endGrant('2023-12-31')).thenRefuses('C-22');
    given(registered, ...held('g1', licence('ORDINARY', '2022-01-01', '2022-12-31')))
      .when(endGrant('2022-06-30'))
      .thenRefuses('C-22');
  });
  it('knows its dates when it comes again afterwards', () => {
    given(...history, grantEnded('2023-12-31'))
      .when(grant())
      .thenNothing();
  });
});
