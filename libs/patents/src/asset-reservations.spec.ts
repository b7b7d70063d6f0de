import type { LicenceKind } from '@app/kernel';
import { specFor } from '@app/testing';
import { assetDecider } from './asset.js';
import type { AssetEntry } from './asset-entry.js';
import type { AssetCommand, AssetData, AssetEvent, LicenceRight, Reserve, Right } from './asset-events.js';
import { licencesOf } from './asset-licences.js';

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
const shared: AssetEvent = {
  type: 'AssetRegistered',
  data: { ...data, coOwners: [{ name: '示例甲公司', sharePermyriad: 3_000 }, { name: '示例乙公司' }] },
};

const licence = (kind: LicenceKind, more: Partial<LicenceRight> = {}): LicenceRight => ({
  kind: 'LICENCE',
  licence: kind,
  from: '2022-01-01',
  to: '2024-12-31',
  ...more,
});
const sale: Right = { kind: 'TITLE', on: '2022-06-10' };
const back: Right = { kind: 'TITLE', on: '2023-06-10', back: true };

type Wanted = Omit<Reserve, 'type'>;
const wanted = (contractId: string, right: Right, more: Partial<Wanted> = {}): Wanted => ({
  contractId,
  universityId: 'hnu',
  right,
  contractNumber: `示例-${contractId}`,
  party: '示例公司',
  ...more,
});
const reserve = (...args: Parameters<typeof wanted>): AssetCommand => ({ type: 'Reserve', ...wanted(...args) });
const reserved = (...args: Parameters<typeof wanted>): AssetEvent => ({ type: 'AssetReserved', data: wanted(...args) });
const confirmed = (contractId: string): AssetEvent => ({ type: 'ReservationConfirmed', data: { contractId } });
const cancelled = (contractId: string): AssetEvent => ({ type: 'ReservationCancelled', data: { contractId } });
const held = (...args: Parameters<typeof wanted>): AssetEvent[] => [reserved(...args), confirmed(args[0])];
const moved = (contractId: string, to: string, on: string, revision = 2): AssetEvent => ({
  type: 'OwnershipMoved',
  data: { contractId, to, on, revision },
});
const sold = [...held('s1', sale), moved('s1', '示例公司', '2022-07-01')];
const returned = [...sold, ...held('b1', back), moved('b1', 'hnu', '2023-07-01')];

const lapsed = (on: string): AssetEntry => ({ type: 'PatentLapsed', data: { on, cause: 'UNPAID_FEE' } });
const pledged: AssetEntry = {
  type: 'PledgeRegistered',
  data: { on: '2021-10-01', pledgeNo: '示例-ZY-1', pledgee: '示例银行', openLicenceConsent: false },
};
const suspended: AssetEntry = {
  type: 'SuspensionStarted',
  data: { on: '2022-06-01', documentNo: '示例-ZZ-1', cause: 'OWNERSHIP_DISPUTE' },
};
const unsuspended: AssetEntry = { type: 'SuspensionEnded', data: { on: '2022-06-10', documentNo: '示例-ZZ-1' } };

const accepts = (history: readonly AssetEvent[], ...args: Parameters<typeof wanted>) =>
  given(...history)
    .when(reserve(...args))
    .then(reserved(...args));

describe('L-1: the estate of the university', () => {
  it('is refused to another university', () => {
    given(registered)
      .when(reserve('c1', licence('ORDINARY'), { universityId: 'csu' }))
      .thenRefuses('L-1', 'assets');
    given(registered)
      .when(reserve('s1', sale, { universityId: 'csu' }))
      .thenRefuses('L-1', 'assets');
  });
  it('is accepted up to the eve of the transfer', () => {
    accepts([registered, ...sold], 'c1', licence('ORDINARY', { from: '2022-06-30' }));
  });
  it('is refused from the day of the transfer on', () => {
    given(registered, ...sold)
      .when(reserve('c1', licence('ORDINARY', { from: '2022-07-01' })))
      .thenRefuses('L-1');
  });
});

describe('L-2: the exclusivity calendar', () => {
  const others: LicenceKind[] = ['ORDINARY', 'CROSS'];
  const excluding: LicenceKind[] = ['EXCLUSIVE', 'SOLE'];

  it('is refused where one excludes the other', () => {
    for (const kind of excluding) {
      for (const other of [...excluding, ...others]) {
        given(registered, ...held('c1', licence(kind)))
          .when(reserve('c2', licence(other)))
          .thenRefuses('L-2', 'assets');
        given(registered, ...held('c1', licence(other)))
          .when(reserve('c2', licence(kind)))
          .thenRefuses('L-2', 'assets');
      }
    }
  });
  it('is accepted where neither excludes the other', () => {
    for (const one of others) {
      for (const other of others) accepts([registered, ...held('c1', licence(one))], 'c2', licence(other));
    }
  });
  it.each([
    [{ from: '2025-01-01', to: '2025-12-31' }, true],
    [{ from: '2024-12-31', to: '2025-12-31' }, false],
    [{ territory: ['430000'] }, true],
    [{ territory: ['440300'] }, false],
    [{ territory: ['440305'] }, false],
    [{ territory: ['430000', '440000'] }, false],
    [{ territory: ['000000'] }, false],
    [{ fields: ['C26'] }, true],
    [{ fields: ['C39'] }, false],
    [{ fields: ['C396'] }, false],
    [{ fields: ['C'] }, false],
    [{ territory: [] }, false],
  ])('beside an exclusive licence for Guangdong and C39, %j may stand: %s', (scope, free) => {
    const exclusive = licence('EXCLUSIVE', { territory: ['440000'], fields: ['C39'] });
    const history = [registered, ...held('c1', exclusive)];
    if (free) accepts(history, 'c2', licence('ORDINARY', scope));
    else
      given(...history)
        .when(reserve('c2', licence('ORDINARY', scope)))
        .thenRefuses('L-2');
  });
  it('lets a licensor that cannot practise give one ordinary licence beside a sole one (art 27)', () => {
    const own = licence('ORDINARY', { asOwnUse: true });
    accepts([registered, ...held('c1', licence('SOLE'))], 'c2', own);
    accepts([registered, ...held('c2', own)], 'c1', licence('SOLE'));
  });
  it('is refused for a second one, and beside an exclusive one', () => {
    const own = licence('ORDINARY', { asOwnUse: true });
    given(registered, ...held('c1', licence('SOLE')), ...held('c2', own))
      .when(reserve('c3', own))
      .thenRefuses('L-2');
    given(registered, ...held('c1', licence('EXCLUSIVE')))
      .when(reserve('c3', own))
      .thenRefuses('L-2');
  });
  it('names the contract by its number, an old one by its id', () => {
    const refusal = (...history: AssetEvent[]) => {
      try {
        assetDecider.decide(reserve('c2', licence('SOLE')), given(...history).state(), {} as never);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(refusal(registered, ...held('c1', licence('ORDINARY')))).toMatchObject({
      place: { conflict: 'c1' },
      text: { zh: expect.stringContaining('示例-c1'), en: expect.stringContaining('示例-c1') },
    });
    const old: AssetEvent = {
      type: 'AssetReserved',
      data: { contractId: 'c1', universityId: 'hnu', right: licence('ORDINARY') },
    };
    expect(refusal(registered, old, confirmed('c1'))).toMatchObject({
      text: { zh: expect.stringContaining('合同 c1') },
    });
  });
});

describe('L-4: one title, sold once', () => {
  it('is refused while another sale stands', () => {
    given(registered, ...held('s1', sale))
      .when(reserve('s2', sale))
      .thenRefuses('L-4', 'assets');
  });
  it('is accepted after its return', () => {
    accepts([registered, ...returned], 's2', { kind: 'TITLE', on: '2024-01-01' });
  });
});

describe('L-8: a return needs a title that is away', () => {
  it('is refused before the sale is registered', () => {
    given(registered, ...held('s1', sale))
      .when(reserve('b1', back))
      .thenRefuses('L-8', 'assets');
  });
  it('is accepted once it is', () => accepts([registered, ...sold], 'b1', back));
});

describe('L-10: co-owners consent (专利法 art 14)', () => {
  const both = ['示例甲公司', '示例乙公司'];

  it('is refused to exclusive and sole licences and to transfers while one is missing', () => {
    for (const right of [licence('EXCLUSIVE'), licence('SOLE'), sale]) {
      given(shared).when(reserve('c1', right)).thenRefuses('L-10', 'coOwnerConsents');
      given(shared)
        .when(reserve('c1', right, { consents: ['示例甲公司'] }))
        .thenRefuses('L-10');
    }
  });
  it('is accepted when all agreed', () => {
    for (const right of [licence('EXCLUSIVE'), licence('SOLE'), sale])
      accepts([shared], 'c1', right, { consents: both });
  });
  it('takes ordinary licences without them', () => accepts([shared], 'c1', licence('ORDINARY')));
  it('asks those who own it on the day', () => {
    const alone: AssetEntry = {
      type: 'CoOwnersChanged',
      data: { on: '2022-06-10', coOwners: [], documentNo: '示例-BG-1' },
    };
    accepts([shared, alone], 'c1', sale);
    given(shared, alone)
      .when(reserve('c1', { ...sale, on: '2022-06-09' }))
      .thenRefuses('L-10');
  });
  it('asks nobody before the rule was law', () => {
    const early = { ...licence('SOLE'), from: '2009-09-30', to: '2009-12-31' };
    const filed = { ...shared, data: { ...shared.data, filedOn: '2005-01-01', grantedOn: '2008-01-01' } } as AssetEvent;
    accepts([filed], 'c1', early);
    given(filed)
      .when(reserve('c1', { ...early, from: '2009-10-01' }))
      .thenRefuses('L-10');
  });
});

describe('L-11: nothing is licensed or sold of a right at its end (民法典 art 865)', () => {
  it('is refused from the day of the end on', () => {
    for (const right of [licence('ORDINARY'), { ...sale, on: '2022-01-01' }]) {
      given(registered, lapsed('2022-01-01')).when(reserve('c1', right)).thenRefuses('L-11', 'assets');
    }
    const whole: AssetEntry = {
      type: 'PatentInvalidated',
      data: { on: '2022-01-01', scope: 'WHOLE', decisionNo: '示例-WX-1' },
    };
    given(registered, whole)
      .when(reserve('c1', licence('ORDINARY')))
      .thenRefuses('L-11');
  });
  it('is accepted up to its eve, and again once restored', () => {
    accepts([registered, lapsed('2022-01-02')], 'c1', licence('ORDINARY'));
    const restored: AssetEntry = { type: 'PatentRestored', data: { on: '2022-01-01' } };
    accepts([registered, lapsed('2021-11-01'), restored], 'c1', licence('ORDINARY'));
  });
  it('is accepted for a part that stays valid', () => {
    const part: AssetEntry = {
      type: 'PatentInvalidated',
      data: { on: '2021-06-01', scope: 'PART', decisionNo: '示例-WX-1' },
    };
    accepts([registered, part], 'c1', licence('ORDINARY'));
  });
  it('allows an application to be licensed before its grant', () => {
    const { grantedOn: _none, ...filed } = data;
    accepts([{ type: 'AssetRegistered', data: filed }], 'c1', licence('ORDINARY', { from: '2019-08-01' }));
  });
  it('is refused to a sale after the term', () => {
    given(registered)
      .when(reserve('s1', { ...sale, on: '2039-07-31' }))
      .thenRefuses('L-11');
    accepts([registered], 's1', { ...sale, on: '2039-07-30' });
  });
});

describe('OL-8: a licence lies within the term', () => {
  const of = (more: Partial<AssetData>): AssetEvent => {
    const { grantedOn: _none, ...filed } = data;
    return { type: 'AssetRegistered', data: { ...filed, filedOn: '2015-01-01', ...more } };
  };
  const until = (to: string) => licence('ORDINARY', { from: '2021-01-01', to });
  it.each([
    ['LAYOUT', {}, '2025-01-01'],
    ['LAYOUT', { firstUsedOn: '2014-03-01' }, '2024-03-01'],
    ['LAYOUT', { firstUsedOn: '2015-03-01' }, '2025-01-01'],
    ['UTILITY_MODEL', {}, '2025-01-01'],
    ['DESIGN', { filedOn: '2021-05-31' }, '2031-05-31'],
    ['DESIGN', { filedOn: '2021-06-01' }, '2036-06-01'],
  ] as const)('of a %s %j is refused after %s', (ipType, more, last) => {
    given(of({ ipType, ...more }))
      .when(reserve('c1', until('2036-06-02')))
      .thenRefuses('OL-8', 'endsOn');
    accepts([of({ ipType, ...more })], 'c1', until(last));
  });
  it('is accepted on the last day', () => accepts([registered], 'c1', licence('ORDINARY', { to: '2039-07-30' })));
  it('lets trade marks be licensed whose renewals nobody entered, and no further than those that were', () => {
    const mark = of({ ipType: 'TRADEMARK', number: '示例TM1', filedOn: '2005-01-01', grantedOn: '2006-01-01' });
    accepts([mark], 'c1', until('2030-01-01'));
    const renewed: AssetEntry = { type: 'RegistrationRenewed', data: { on: '2015-12-01', to: '2025-12-31' } };
    accepts([mark, renewed], 'c1', until('2025-12-31'));
    given(mark, renewed)
      .when(reserve('c1', until('2026-01-01')))
      .thenRefuses('OL-8');
  });
});

describe('L-12: a sub-licence lies within its head (专利法 art 12)', () => {
  const sub = (more: Partial<LicenceRight> = {}) => licence('SUB', { under: 'c1', ...more });
  const head = licence('EXCLUSIVE', { sublicensable: true, territory: ['430000'], fields: ['C39'] });
  const within = { territory: ['430100'], fields: ['C396'] };
  const history = [registered, ...held('c1', head)];

  it('is refused without a head in force that allows it', () => {
    given(registered)
      .when(reserve('c2', licence('SUB')))
      .thenRefuses('L-12', 'headContract');
    given(registered).when(reserve('c2', sub())).thenRefuses('L-12');
    given(registered, reserved('c1', head))
      .when(reserve('c2', sub(within)))
      .thenRefuses('L-12');
    given(registered, ...held('c1', { ...head, sublicensable: false }))
      .when(reserve('c2', sub(within)))
      .thenRefuses('L-12');
    given(registered, ...held('c1', sale))
      .when(reserve('c2', sub(within)))
      .thenRefuses('L-12');
  });
  it.each([
    { to: '2025-01-01' },
    { from: '2021-12-31' },
    { territory: ['440000'] },
    { fields: ['C'] },
    { territory: [] },
  ])('is refused beyond it: %j', (more) => {
    given(...history)
      .when(reserve('c2', sub({ ...within, ...more })))
      .thenRefuses('L-12');
  });
  it('is accepted within it, beside its exclusive head', () => accepts(history, 'c2', sub(within)));
  it('is accepted after the patent was sold: licences follow it', () => {
    accepts([...history, ...sold], 'c2', sub({ ...within, from: '2023-01-01' }));
  });
  it('L-1: belongs to the university of its head', () => {
    given(...history)
      .when(reserve('c2', sub(within), { universityId: 'csu' }))
      .thenRefuses('L-1', 'headContract');
  });
  it('ends with its head', () => {
    const end: AssetEvent = { type: 'RightEnded', data: { contractId: 'c1', on: '2023-03-31', revision: 4 } };
    const terms = licencesOf(given(...history, ...held('c2', sub(within)), end).state()).map(({ right }) => right.to);
    expect(terms).toEqual(['2023-03-31', '2023-03-31']);
    accepts([...history, ...held('c2', sub(within)), end], 'c3', licence('EXCLUSIVE', { from: '2023-04-01' }));
  });
});

describe('L-13: a pledged right needs its pledgee (民法典 art 444)', () => {
  it('is refused without the consent', () => {
    for (const right of [sale, licence('ORDINARY')]) {
      given(registered, pledged).when(reserve('c1', right)).thenRefuses('L-13', 'pledgeeConsent');
    }
  });
  it('is accepted with it, before the pledge, and after its release', () => {
    accepts([registered, pledged], 'c1', sale, { pledgeeConsent: true });
    accepts([registered, pledged], 'c1', { ...sale, on: '2021-09-30' });
    const released: AssetEntry = { type: 'PledgeReleased', data: { on: '2022-06-10', pledgeNo: '示例-ZY-1' } };
    accepts([registered, pledged, released], 'c1', sale);
  });
});

describe('L-15: a suspension freezes transfers and recordings (细则 art 105)', () => {
  const check = (type: 'CheckTransfer' | 'CheckRecording', on: string): AssetCommand => ({
    type,
    contractId: 'c1',
    on,
  });

  it('is refused to a transfer that begins in it', () => {
    given(registered, suspended)
      .when(reserve('c1', { ...sale, on: '2022-06-01' }))
      .thenRefuses('L-15', 'assets');
  });
  it('is refused to a registration and a recording in it', () => {
    given(registered, ...held('c1', licence('ORDINARY')), suspended)
      .when(check('CheckRecording', '2022-06-09'))
      .thenRefuses('L-15', 'recordedOn');
    given(registered, ...held('c1', { ...sale, on: '2022-05-01' }), suspended)
      .when(check('CheckTransfer', '2022-06-01'))
      .thenRefuses('L-15', 'registeredOn');
  });
  it('is accepted before it, and from the day it ends', () => {
    accepts([registered, suspended], 'c1', { ...sale, on: '2022-05-31' });
    accepts([registered, suspended, unsuspended], 'c1', sale);
  });
  it('lets a licence be agreed in it: only its recording waits', () => {
    const during = licence('ORDINARY', { from: '2022-06-05' });
    accepts([registered, suspended], 'c1', during);
    given(registered, suspended, unsuspended, ...held('c1', during))
      .when(check('CheckRecording', '2022-06-10'))
      .thenNothing();
  });
});

describe('L-16: no recording while the annuity is late (备案办法 art 12)', () => {
  const paid: AssetEntry = { type: 'AnnuityPaid', data: { year: 3, paidOn: '2021-07-01' } };
  const check = (on: string): AssetCommand => ({ type: 'CheckRecording', contractId: 'c1', on });

  it('is refused in the grace period', () => {
    given(registered, paid, ...held('c1', licence('ORDINARY')))
      .when(check('2022-08-02'))
      .thenRefuses('L-16', 'recordedOn');
  });
  it('is accepted on the day the fee is due, and where no fee was ever entered', () => {
    given(registered, paid, ...held('c1', licence('ORDINARY')))
      .when(check('2022-08-01'))
      .thenNothing();
    given(registered, ...held('c1', licence('ORDINARY')))
      .when(check('2023-07-31'))
      .thenNothing();
  });
  it('L-11, C-22: asks the right itself first', () => {
    given(registered, lapsed('2022-06-01'), ...held('c1', licence('ORDINARY')))
      .when(check('2022-06-01'))
      .thenRefuses('L-11');
    given(registered).when(check('2022-06-01')).thenRefuses('C-22');
  });
});

describe('L-18: ending a licence early', () => {
  const end = (on: string, revision = 4): AssetCommand => ({ type: 'EndRight', contractId: 'c1', on, revision });
  const ended = (on: string, revision = 4): AssetEvent => ({
    type: 'RightEnded',
    data: { contractId: 'c1', on, revision },
  });
  const history = [registered, ...held('c1', licence('EXCLUSIVE'))];

  it('is refused outside its term', () => {
    for (const on of ['2021-12-30', '2025-01-01']) {
      given(...history)
        .when(end(on))
        .thenRefuses('L-18', 'on');
    }
  });
  it('is accepted within it, to its last day and to the eve of its first', () => {
    for (const on of ['2021-12-31', '2022-01-01', '2023-06-30', '2024-12-31']) {
      given(...history)
        .when(end(on))
        .then(ended(on));
    }
  });
  it('is ignored when the revision is known', () => {
    given(...history, ended('2023-06-30'))
      .when(end('2023-01-01'))
      .thenNothing();
    given(...history, ended('2023-06-30'))
      .when(end('2023-06-30'))
      .thenNothing();
  });
  it('gives its days back to others, and takes them again only while they are free', () => {
    accepts([...history, ended('2023-06-30')], 'c2', licence('EXCLUSIVE', { from: '2023-07-01' }));
    given(...history, ended('2023-06-30'))
      .when(end('2023-12-31', 6))
      .then(ended('2023-12-31', 6));
    given(...history, ended('2023-06-30'), ...held('c2', licence('SOLE', { from: '2023-12-01' })))
      .when(end('2023-12-31', 6))
      .thenRefuses('L-2');
  });
  it('C-22: needs a confirmed licence', () => {
    given(registered, reserved('c1', licence('SOLE')))
      .when(end('2023-01-01'))
      .thenRefuses('C-22');
    given(registered, ...held('c1', sale))
      .when(end('2023-01-01'))
      .thenRefuses('C-22');
  });
});

describe('amending a licence', () => {
  const longer = licence('EXCLUSIVE', { to: '2026-12-31' });
  const history = [registered, ...held('c1', licence('EXCLUSIVE'))];
  const amends = { amends: 'c1' };

  it('is accepted beside the right it replaces', () => accepts(history, 'a1', longer, amends));
  it('replaces the right of the contract when confirmed', () => {
    const asset = given(...history, ...held('a1', longer, amends)).state();
    expect(asset.rights).toMatchObject([{ contractId: 'c1', number: '示例-c1', right: longer, confirmed: true }]);
    given(...history, ...held('a1', longer, amends))
      .when({ type: 'Confirm', contractId: 'a1' })
      .thenNothing();
    given(...history, ...held('a1', longer, amends))
      .when(reserve('a1', longer, amends))
      .thenNothing();
    accepts([...history, ...held('a1', longer, amends)], 'a2', licence('SOLE'), amends);
  });
  it('leaves the right as it was when cancelled', () => {
    const asset = given(...history, reserved('a1', longer, amends), cancelled('a1')).state();
    expect(asset.rights).toMatchObject([{ contractId: 'c1', right: licence('EXCLUSIVE') }]);
  });
  it('L-2: is refused where the new right meets another', () => {
    given(...history, ...held('c2', licence('ORDINARY', { from: '2025-06-01', to: '2025-12-31' })))
      .when(reserve('a1', longer, amends))
      .thenRefuses('L-2');
  });
  it('C-20: waits for the one before', () => {
    given(...history, reserved('a1', longer, amends))
      .when(reserve('a2', longer, amends))
      .thenRefuses('C-20');
  });
  it('C-22, C-24: needs a confirmed right, and is not cancelled once confirmed', () => {
    given(registered)
      .when(reserve('a1', longer, amends))
      .thenRefuses('C-22');
    given(...history)
      .when(reserve('a1', sale, amends))
      .thenRefuses('C-22');
    given(...history, ...held('a1', longer, amends))
      .when({ type: 'Cancel', contractId: 'a1' })
      .thenRefuses('C-24');
  });
});

describe('L-14: what stands under a right', () => {
  const head = licence('EXCLUSIVE', { sublicensable: true });
  const sub = licence('SUB', { under: 'c1' });
  const release = (contractId: string): AssetCommand => ({ type: 'Release', contractId, on: '2024-01-01' });
  const released = (contractId: string): AssetEvent => ({
    type: 'RightReleased',
    data: { contractId, on: '2024-01-01' },
  });

  it('is refused to void a head with a sub-licence, or the return that a licence stands on', () => {
    given(registered, ...held('c1', head), ...held('c2', sub))
      .when(release('c1'))
      .thenRefuses('L-14');
    given(registered, ...returned, ...held('c2', licence('ORDINARY', { from: '2023-08-01' })))
      .when(release('b1'))
      .thenRefuses('L-14');
  });
  it('is refused to amend a head so that a sub-licence reaches beyond it', () => {
    given(registered, ...held('c1', head), ...held('c2', sub))
      .when(reserve('a1', { ...head, to: '2023-12-31' }, { amends: 'c1' }))
      .thenRefuses('L-14');
  });
  it('is accepted once nothing stands on it', () => {
    given(registered, ...held('c1', head), ...held('c2', sub), released('c2'))
      .when(release('c1'))
      .then(released('c1'));
    given(registered, ...returned, ...held('c2', licence('ORDINARY')))
      .when(release('b1'))
      .then(released('b1'));
  });
  it('is accepted to amend a head that still holds them', () => {
    accepts([registered, ...held('c1', head), ...held('c2', sub)], 'a1', head, { amends: 'c1' });
  });
});

describe('C-25: reserving a release', () => {
  const step = (type: 'ReserveRelease' | 'CancelRelease', revision?: number): AssetCommand => ({
    type,
    contractId: 'b1',
    ...(revision === undefined ? {} : { revision }),
  });
  const releasing: AssetEvent = { type: 'ReleaseReserved', data: { contractId: 'b1' } };
  const calledOff: AssetEvent = { type: 'ReleaseCancelled', data: { contractId: 'b1' } };
  const resale: Right = { kind: 'TITLE', on: '2024-01-01' };

  it('is accepted once, and ignored where nothing is held', () => {
    given(registered, ...returned)
      .when(step('ReserveRelease'))
      .then(releasing);
    given(registered, ...returned, releasing)
      .when(step('ReserveRelease'))
      .thenNothing();
    given(registered).when(step('ReserveRelease')).thenNothing();
  });
  it('L-9: is refused where the title was sold again', () => {
    given(registered, ...returned, reserved('s2', resale))
      .when(step('ReserveRelease'))
      .thenRefuses('L-9');
  });
  it('keeps the title free of new rights until it is decided', () => {
    const history = [registered, ...returned, releasing];
    given(...history)
      .when(reserve('s2', resale))
      .thenRefuses('C-25');
    given(...history)
      .when(reserve('c2', licence('ORDINARY', { from: '2024-01-01' })))
      .thenRefuses('C-25');
  });
  it('is accepted again once the voiding is called off', () => {
    accepts([registered, ...returned, releasing, calledOff], 's2', resale);
  });
  it('is followed by its release or its cancellation', () => {
    given(registered, ...returned, releasing)
      .when({ type: 'Release', contractId: 'b1', on: '2024-01-01' })
      .then({ type: 'RightReleased', data: { contractId: 'b1', on: '2024-01-01' } });
    given(registered, ...returned, releasing)
      .when(step('CancelRelease'))
      .then(calledOff);
    given(registered, ...returned)
      .when(step('CancelRelease'))
      .thenNothing();
  });
  it('C-21: reserves nothing for a driver woken after the cancellation of its revision', () => {
    const late: AssetEvent = { type: 'ReleaseCancelled', data: { contractId: 'b1', revision: 7 } };
    given(registered, ...returned)
      .when(step('CancelRelease', 7))
      .then(late);
    given(registered, ...returned, late)
      .when(step('CancelRelease', 7))
      .thenNothing();
    given(registered, ...returned, late)
      .when(step('ReserveRelease', 7))
      .thenRefuses('C-21');
    given(registered, ...returned, late)
      .when(step('ReserveRelease', 9))
      .then({ type: 'ReleaseReserved', data: { contractId: 'b1', revision: 9 } });
  });
  it('C-20: waits for an amendment under way', () => {
    given(registered, ...held('b1', licence('SOLE')), reserved('a1', licence('SOLE'), { amends: 'b1' }))
      .when(step('ReserveRelease'))
      .thenRefuses('C-20');
  });
});

describe('C-20, C-21, C-22, C-24: the life of a reservation', () => {
  const right = licence('ORDINARY');
  it('is accepted, confirmed, and free again when cancelled', () => {
    accepts([registered], 'c1', right);
    given(registered, reserved('c1', right)).when({ type: 'Confirm', contractId: 'c1' }).then(confirmed('c1'));
    accepts([registered, reserved('c1', licence('SOLE')), cancelled('c1')], 'c2', right);
  });
  it('is refused out of turn', () => {
    given(registered, reserved('c1', licence('SOLE')))
      .when(reserve('c2', right))
      .thenRefuses('C-20');
    given(registered, cancelled('c1')).when(reserve('c1', right)).thenRefuses('C-21');
    given(registered).when({ type: 'Confirm', contractId: 'c1' }).thenRefuses('C-22');
    given(registered, ...held('c1', right))
      .when({ type: 'Cancel', contractId: 'c1' })
      .thenRefuses('C-24');
  });
});

describe('L-9: a return that was sold on', () => {
  const release: AssetCommand = { type: 'Release', contractId: 'b1', on: '2024-06-01' };
  it('is refused its voiding', () => {
    given(registered, ...returned, ...held('s2', { kind: 'TITLE', on: '2024-01-01' }))
      .when(release)
      .thenRefuses('L-9');
  });
  it('is accepted while the title is home', () => {
    given(registered, ...returned)
      .when(release)
      .then({ type: 'RightReleased', data: { contractId: 'b1', on: '2024-06-01' } });
  });
});
