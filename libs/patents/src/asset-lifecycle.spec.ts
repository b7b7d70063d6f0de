import type { IpType } from '@app/kernel';
import { specFor } from '@app/testing';
import { assetDecider } from './asset.js';
import type { AssetEntry } from './asset-entry.js';
import type { AssetCommand, AssetData, AssetEvent, LicenceRight, Right } from './asset-events.js';
import {
  type LegalLife,
  annuityAt,
  coOwnersAt,
  expiryAt,
  grantOf,
  pledgesAt,
  statusAt,
  suspensionsAt,
} from './asset-status.js';

const given = specFor(assetDecider);

const data: AssetData = {
  universityId: 'hnu',
  ipType: 'INVENTION',
  number: '201910699568X',
  title: '示例：一种测量装置',
  filedOn: '2019-07-30',
};
const filed: AssetEvent = { type: 'AssetRegistered', data };
const granted: AssetEvent = { type: 'AssetRegistered', data: { ...data, grantedOn: '2021-03-02' } };
const ofType = (ipType: IpType): AssetEvent => ({
  type: 'AssetRegistered',
  data: { ...data, ipType, number: '示例-1', grantedOn: '2021-03-02' },
});

const published = (on = '2020-11-03'): AssetEntry => ({ type: 'PatentPublished', data: { on } });
const grant = (on = '2021-03-02'): AssetEntry => ({ type: 'PatentGranted', data: { on } });
const lapse = (on: string, cause: 'UNPAID_FEE' | 'EXPIRED' | 'ABANDONED' | 'REJECTED' | 'WITHDRAWN' = 'UNPAID_FEE') =>
  ({ type: 'PatentLapsed', data: { on, cause } }) satisfies AssetEntry;
const restore = (on: string): AssetEntry => ({ type: 'PatentRestored', data: { on } });
const invalid = (on: string, scope: 'WHOLE' | 'PART' = 'WHOLE', decisionNo = '示例-WX-1'): AssetEntry => ({
  type: 'PatentInvalidated',
  data: { on, scope, decisionNo },
});
const pledge = (on: string, pledgeNo = '示例-ZY-1', openLicenceConsent = false): AssetEntry => ({
  type: 'PledgeRegistered',
  data: { on, pledgeNo, pledgee: '示例银行', openLicenceConsent },
});
const unpledge = (on: string, pledgeNo = '示例-ZY-1'): AssetEntry => ({
  type: 'PledgeReleased',
  data: { on, pledgeNo },
});
const suspend = (on: string, documentNo = '示例-ZZ-1'): AssetEntry => ({
  type: 'SuspensionStarted',
  data: { on, documentNo, cause: 'PRESERVATION' },
});
const unsuspend = (on: string, documentNo = '示例-ZZ-1'): AssetEntry => ({
  type: 'SuspensionEnded',
  data: { on, documentNo },
});
const annuity = (year: number, paidOn: string): AssetEntry => ({ type: 'AnnuityPaid', data: { year, paidOn } });
const coOwners = (on: string, ...shares: number[]): AssetEntry => ({
  type: 'CoOwnersChanged',
  data: {
    on,
    documentNo: '示例-BG-1',
    coOwners: shares.map((sharePermyriad, index) => ({ name: `示例公司${index}`, sharePermyriad })),
  },
});
const renewed: AssetEntry = { type: 'RegistrationRenewed', data: { on: '2031-01-05', to: '2041-03-01' } };
const ended: AssetEntry = { type: 'RegistrationEnded', data: { on: '2022-01-01', cause: 'REVOKED' } };
const disclosed: AssetEntry = { type: 'SecretDisclosed', data: { on: '2022-01-01' } };

const enter = (entry: AssetEntry): AssetCommand => ({ type: 'EnterFact', entry });
const accepts = (history: readonly AssetEvent[], entry: AssetEntry) =>
  given(...history)
    .when(enter(entry), { today: '2042-01-01' })
    .then(entry);
const refuses = (history: readonly AssetEvent[], entry: AssetEntry, ...rule: [string, string?]) =>
  given(...history)
    .when(enter(entry), { today: '2042-01-01' })
    .thenRefuses(...rule);

describe('I-15: entries are for their kind of property', () => {
  it('is refused to other kinds', () => {
    for (const entry of [
      grant('2022-01-01'),
      published(),
      lapse('2022-01-01'),
      invalid('2022-01-01'),
      annuity(5, '2022-01-01'),
    ]) {
      refuses([ofType('SOFTWARE')], entry, 'I-15', 'entry');
    }
    refuses([ofType('UTILITY_MODEL')], published(), 'I-15');
    for (const entry of [renewed, ended, disclosed]) refuses([granted], entry, 'I-15', 'entry');
    refuses([ofType('TECH_SECRET')], ended, 'I-15');
  });
  it('is accepted by its own', () => {
    accepts([ofType('TRADEMARK')], renewed);
    for (const ipType of ['SOFTWARE', 'LAYOUT', 'PLANT_VARIETY', 'TRADEMARK'] as const)
      accepts([ofType(ipType)], ended);
    accepts([ofType('TECH_SECRET')], disclosed);
    accepts([ofType('SOFTWARE')], pledge('2022-01-01'));
    const { grantedOn: _none, ...unregistered } = (ofType('LAYOUT') as { data: AssetData }).data;
    const rights: AssetEntry = { type: 'RightRegistered', data: { on: '2021-03-02' } };
    accepts([{ type: 'AssetRegistered', data: unregistered }], rights);
  });
});

describe('I-11: nothing is entered of the future', () => {
  it('is refused from tomorrow on', () => {
    given(granted)
      .when(enter(lapse('2025-06-02')), { today: '2025-06-01' })
      .thenRefuses('I-11', 'on');
    given(granted)
      .when(enter(annuity(7, '2025-06-02')), { today: '2025-06-01' })
      .thenRefuses('I-11', 'paidOn');
  });
  it('is accepted today', () => {
    given(granted)
      .when(enter(lapse('2025-06-01')), { today: '2025-06-01' })
      .then(lapse('2025-06-01'));
  });
});

describe('I-10, I-17: nothing happens before the filing', () => {
  it('is refused the day before', () => {
    refuses([filed], grant('2019-07-29'), 'I-10', 'on');
    refuses([filed], published('2019-07-29'), 'I-17', 'on');
    refuses([granted], annuity(2, '2019-07-29'), 'I-17', 'paidOn');
  });
  it('is accepted on the day', () => {
    accepts([filed], grant('2019-07-30'));
    accepts([filed], published('2019-07-30'));
    accepts([granted], annuity(2, '2019-07-30'));
  });
});

describe('I-16: nothing is entered twice', () => {
  it('is ignored when it is the same, in whatever order its fields come', () => {
    given(granted).when(enter(grant())).thenNothing();
    const again = { type: 'PatentLapsed', data: { cause: 'UNPAID_FEE', on: '2023-07-30' } } as const;
    given(granted, lapse('2023-07-30')).when(enter(again)).thenNothing();
    given(granted, annuity(4, '2022-07-01'))
      .when(enter(annuity(4, '2022-07-01')))
      .thenNothing();
  });
  it('is refused when it says otherwise', () => {
    refuses([granted], grant('2021-04-01'), 'I-16', 'on');
    refuses([filed, grant()], grant('2021-04-01'), 'I-16');
    refuses([granted, annuity(4, '2022-07-01')], annuity(4, '2022-07-02'), 'I-16', 'entry');
    refuses([granted, pledge('2022-01-01')], pledge('2022-01-02'), 'I-16');
    refuses([granted, invalid('2022-01-01')], invalid('2022-01-01', 'PART'), 'I-16');
    const again: AssetEntry = { type: 'RegistrationEnded', data: { on: '2022-02-01', cause: 'EXPIRED' } };
    refuses([ofType('SOFTWARE'), ended], again, 'I-16');
    refuses([granted, suspend('2022-01-01'), unsuspend('2022-02-01')], unsuspend('2022-03-01'), 'I-16');
    refuses([granted, coOwners('2022-01-01', 1_000)], coOwners('2022-01-01', 2_000), 'I-16');
  });
  it('is accepted of another document, year or day', () => {
    accepts([granted, annuity(4, '2022-07-01')], annuity(5, '2023-07-01'));
    accepts([granted, pledge('2022-01-01')], pledge('2022-01-02', '示例-ZY-2'));
    accepts([granted, coOwners('2022-01-01', 1_000)], coOwners('2022-01-02', 2_000));
  });
});

describe('I-13: shares leave one to the owner', () => {
  it('is refused at the whole, and for a name twice', () => {
    refuses([granted], coOwners('2022-01-01', 6_000, 4_000), 'I-13', 'coOwners');
    const twice: AssetEntry = {
      type: 'CoOwnersChanged',
      data: { on: '2022-01-01', documentNo: '示例-BG-1', coOwners: [{ name: '示例公司' }, { name: '示例公司' }] },
    };
    refuses([granted], twice, 'I-13');
  });
  it('is accepted below it, and when nobody is left', () => {
    accepts([granted], coOwners('2022-01-01', 6_000, 3_999));
    accepts([granted], coOwners('2022-01-01'));
  });
});

describe('I-18: entries agree with the register', () => {
  it.each<[string, AssetEvent[], AssetEntry]>([
    ['published after the grant', [granted], published('2021-03-03')],
    ['granted before the publication', [filed, published('2021-03-03')], grant('2021-03-02')],
    ['granted after its rejection', [filed, lapse('2021-01-01', 'REJECTED')], grant('2021-03-02')],
    ['rejected when it was granted', [granted], lapse('2021-03-02', 'REJECTED')],
    ['unpaid before it was granted', [granted], lapse('2021-03-01', 'UNPAID_FEE')],
    ['expired before its term', [granted], lapse('2039-07-29', 'EXPIRED')],
    ['lapsed twice', [granted, lapse('2023-07-30')], lapse('2023-08-30', 'ABANDONED')],
    ['restored while it lives', [granted], restore('2023-07-30')],
    ['restored before it lapsed', [granted, lapse('2023-07-30')], restore('2023-07-29')],
    ['restored after its term', [granted, lapse('2039-07-30', 'EXPIRED')], restore('2039-08-30')],
    ['invalidated before it was granted', [granted], invalid('2021-03-01')],
    ['pledged before it was granted', [granted], pledge('2021-03-01')],
    ['pledged after it lapsed', [granted, lapse('2023-07-30')], pledge('2023-07-30')],
    ['a pledge released that is not there', [granted], unpledge('2023-07-30')],
    ['a pledge released before it began', [granted, pledge('2023-07-30')], unpledge('2023-07-29')],
    ['a suspension ended that is not there', [granted], unsuspend('2023-07-30')],
    ['an annuity after the term', [granted], annuity(21, '2023-07-30')],
    ['an annuity of no year', [granted], annuity(0, '2023-07-30')],
    [
      'a renewal that ends before the term',
      [ofType('TRADEMARK')],
      { ...renewed, data: { on: '2031-01-05', to: '2031-03-01' } } as AssetEntry,
    ],
  ])('is refused: %s', (_what, history, entry) => refuses(history, entry, 'I-18'));

  it('is accepted in good order, whenever it is entered', () => {
    accepts([granted], published('2021-03-02'));
    accepts([filed, published()], grant());
    accepts([filed], lapse('2021-01-01', 'REJECTED'));
    accepts([granted], lapse('2021-03-02', 'ABANDONED'));
    accepts([granted], lapse('2039-07-30', 'EXPIRED'));
    accepts([granted, lapse('2023-07-30')], lapse('2022-07-30'));
    accepts([granted, lapse('2023-07-30')], restore('2023-07-30'));
    accepts([granted, lapse('2023-07-30'), restore('2023-09-01')], lapse('2024-07-30'));
    accepts([granted, lapse('2023-07-30')], invalid('2024-01-01'));
    accepts([granted, pledge('2023-07-30')], unpledge('2023-07-30'));
    accepts([granted, suspend('2023-07-30')], unsuspend('2023-07-30'));
    accepts([granted], annuity(20, '2023-07-30'));
    accepts([granted], annuity(1, '2023-07-30'));
    accepts([ofType('TRADEMARK')], renewed);
  });
});

describe('L-15: a suspended right is not pledged', () => {
  it('is refused within the suspension', () => {
    refuses([granted, suspend('2022-01-01')], pledge('2022-01-01'), 'L-15', 'on');
  });
  it('is accepted before and after', () => {
    accepts([granted, suspend('2022-01-01')], pledge('2021-12-31'));
    accepts([granted, suspend('2022-01-01'), unsuspend('2022-02-01')], pledge('2022-02-01'));
  });
});

describe('C-23: a register there is', () => {
  it('is refused for no asset', () => refuses([], grant(), 'C-23'));
  it('is accepted for one', () => accepts([filed], grant()));
});

describe('voiding an entry', () => {
  const approved = { reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' };
  const voiding = (revision: number): AssetCommand => ({ type: 'VoidEntry', revision, ...approved });
  const voided = (revision: number, entry: AssetEntry['type']): AssetEvent => ({
    type: 'AssetEntryVoided',
    data: { revision, entry, ...approved },
  });
  const licence = (from: string): LicenceRight => ({ kind: 'LICENCE', licence: 'ORDINARY', from });
  const held = (contractId: string, right: Right): AssetEvent[] => [
    {
      type: 'AssetReserved',
      data: { contractId, universityId: 'hnu', right, contractNumber: `示例-${contractId}`, party: '示例公司' },
    },
    { type: 'ReservationConfirmed', data: { contractId } },
  ];
  const open: AssetEvent = {
    type: 'OpenLicenceEntered',
    data: { declarationId: 'd1', number: '示例-d1', universityId: 'hnu', from: '2022-01-01', to: '2024-12-31' },
  };

  describe('I-19: names an entry by its revision', () => {
    it('is refused where none is', () => {
      given(granted, ...held('c1', licence('2022-01-01')))
        .when(voiding(1))
        .thenRefuses('I-19', 'revision');
      given(granted, lapse('2023-07-30')).when(voiding(0)).thenRefuses('I-19');
    });
    it('is accepted once', () => {
      given(granted, lapse('2023-07-30')).when(voiding(1)).then(voided(1, 'PatentLapsed'));
      given(granted, lapse('2023-07-30'), voided(1, 'PatentLapsed')).when(voiding(1)).thenNothing();
    });
    it('takes it out of the register, and lets it be entered anew', () => {
      const history = [granted, lapse('2023-07-30'), voided(1, 'PatentLapsed')];
      expect(statusAt(given(...history).state(), '2024-01-01')).toBe('GRANTED');
      accepts(history, lapse('2023-07-30', 'ABANDONED'));
    });
  });

  describe('I-20: entries that stand on it', () => {
    it('is refused while there are any', () => {
      for (const history of [
        [granted, lapse('2023-07-30'), restore('2023-09-01')],
        [granted, pledge('2023-07-30'), unpledge('2023-09-01')],
        [granted, suspend('2023-07-30'), unsuspend('2023-09-01')],
        [filed, grant(), lapse('2023-07-30')],
      ]) {
        given(...history)
          .when(voiding(1))
          .thenRefuses('I-20', 'revision');
      }
    });
    it('is accepted from the last one back', () => {
      const history = [granted, lapse('2023-07-30'), restore('2023-09-01')];
      given(...history)
        .when(voiding(2))
        .then(voided(2, 'PatentRestored'));
      given(...history, voided(2, 'PatentRestored'))
        .when(voiding(1))
        .then(voided(1, 'PatentLapsed'));
    });
  });

  describe('L-17: rights that stand on it', () => {
    it('is refused while there are any', () => {
      given(granted, lapse('2022-07-30'), restore('2022-09-01'), ...held('c1', licence('2023-01-01')))
        .when(voiding(2))
        .thenRefuses('L-17', 'revision');
      given(granted, pledge('2022-07-30'), unpledge('2022-09-01'), ...held('c1', { kind: 'TITLE', on: '2023-01-01' }))
        .when(voiding(2))
        .thenRefuses('L-17');
      given(filed, grant(), open).when(voiding(1)).thenRefuses('L-17');
      given(granted, annuity(2, '2020-07-01'), annuity(3, '2021-07-01'), open).when(voiding(2)).thenRefuses('L-17');
    });
    it('is accepted when they stand without it', () => {
      given(granted, lapse('2022-07-30'), restore('2022-09-01'), ...held('c1', licence('2022-01-01')))
        .when(voiding(2))
        .then(voided(2, 'PatentRestored'));
      given(granted, annuity(3, '2021-07-01'), open).when(voiding(1)).then(voided(1, 'AnnuityPaid'));
    });
  });
});

describe('the legal life as of a date', () => {
  const life = (...events: AssetEvent[]): LegalLife => given(...events).state();
  const statuses = (asset: LegalLife, ...dates: string[]) => dates.map((date) => statusAt(asset, date));

  it('knows the status of every day, in whatever order the facts came', () => {
    const facts = [restore('2023-09-01'), published(), invalid('2025-01-01'), lapse('2023-07-30'), grant()];
    const asset = life(filed, ...facts);
    const dates = ['2020-11-02', '2020-11-03', '2021-03-02', '2023-07-29', '2023-07-30', '2023-09-01', '2025-01-01'];
    const expected = ['FILED', 'PUBLISHED', 'GRANTED', 'GRANTED', 'LAPSED', 'GRANTED', 'INVALIDATED'];
    expect(statuses(asset, ...dates)).toEqual(expected);
    expect(statuses(life(filed, ...facts.toReversed()), ...dates)).toEqual(expected);
    expect(grantOf(asset)).toBe('2021-03-02');
    expect(statuses(life(ofType('TECH_SECRET'), disclosed), '2021-12-31', '2022-01-01')).toEqual(['GRANTED', 'LAPSED']);
    const declaredInvalid: AssetEntry = { type: 'RegistrationEnded', data: { on: '2022-01-01', cause: 'INVALIDATED' } };
    expect(statuses(life(ofType('LAYOUT'), declaredInvalid), '2022-01-01')).toEqual(['INVALIDATED']);
  });

  it('knows pledges, suspensions and co-owners', () => {
    const asset = life(
      granted,
      pledge('2022-03-01'),
      unpledge('2022-06-01'),
      suspend('2022-03-01'),
      unsuspend('2022-06-01'),
      coOwners('2022-03-01', 3_000),
    );
    const days = ['2022-02-28', '2022-03-01', '2022-05-31', '2022-06-01'];
    expect(days.map((day) => pledgesAt(asset, day).length)).toEqual([0, 1, 1, 0]);
    expect(days.map((day) => suspensionsAt(asset, day).length)).toEqual([0, 1, 1, 0]);
    expect(days.map((day) => coOwnersAt(asset, day).length)).toEqual([0, 1, 1, 1]);
  });

  it('knows until when a trade mark lives', () => {
    expect(expiryAt(life(ofType('TRADEMARK')))).toBe('2031-03-01');
    expect(expiryAt(life(ofType('TRADEMARK'), renewed))).toBe('2041-03-01');
    expect(expiryAt(life(ofType('TRADEMARK'), renewed), '2031-01-04')).toBe('2031-03-01');
    expect(expiryAt(life(ofType('PLANT_VARIETY')))).toBeUndefined();
  });

  it('knows whether annuities were paid as required', () => {
    const asset = life(granted, annuity(3, '2021-07-20'));
    const states = (...days: string[]) => days.map((day) => annuityAt(asset, day).state);
    expect(states('2021-07-19', '2021-07-20', '2022-08-01')).toEqual(['UNKNOWN', 'PAID', 'PAID']);
    // The anniversary, 2022-07-30, is a Saturday.
    expect(states('2022-08-02', '2023-01-30', '2023-01-31')).toEqual(['GRACE', 'GRACE', 'UNPAID']);
    expect(annuityAt(asset, '2022-08-02')).toEqual({
      state: 'GRACE',
      year: 4,
      dueOn: '2022-08-01',
      graceEndsOn: '2023-01-30',
    });
    expect(annuityAt(life(granted, annuity(1, '2021-02-01')), '2021-07-30')).toMatchObject({ state: 'PAID', year: 3 });
    expect(annuityAt(life(granted, annuity(20, '2038-07-01')), '2039-07-30')).toEqual({ state: 'PAID' });
    expect(annuityAt(life(ofType('SOFTWARE')), '2022-07-30')).toEqual({ state: 'UNKNOWN' });
  });
});
