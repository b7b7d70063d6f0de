import { specFor } from '@app/testing';
import { assetDecider } from './asset.js';
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
const software: AssetEvent = {
  type: 'AssetRegistered',
  data: { ...data, ipType: 'SOFTWARE', number: '2021SR0000001' },
};

const licence = (kind: LicenceRight['licence'], more: Partial<LicenceRight> = {}): LicenceRight => ({
  kind: 'LICENCE',
  licence: kind,
  from: '2024-03-01',
  to: '2026-12-31',
  ...more,
});
const ownUse = (more: Partial<LicenceRight> = {}) => licence('ORDINARY', { asOwnUse: true, ...more });
const sale: Right = { kind: 'TITLE', on: '2024-01-05' };
const back: Right = { kind: 'TITLE', on: '2024-05-01', back: true };

type Wanted = Omit<Reserve, 'type'>;
const wanted = (contractId: string, right: Right, more: Partial<Wanted> = {}): Wanted => ({
  contractId,
  universityId: 'hnu',
  right,
  contractNumber: `示例-${contractId}`,
  party: '示例买方',
  ...more,
});
const reserve = (...args: Parameters<typeof wanted>): AssetCommand => ({ type: 'Reserve', ...wanted(...args) });
const reserved = (...args: Parameters<typeof wanted>): AssetEvent => ({ type: 'AssetReserved', data: wanted(...args) });
const confirmed = (contractId: string): AssetEvent => ({ type: 'ReservationConfirmed', data: { contractId } });
const held = (...args: Parameters<typeof wanted>): AssetEvent[] => [reserved(...args), confirmed(args[0])];
const moved = (contractId: string, to: string, on: string, revision = 2): AssetEvent => ({
  type: 'OwnershipMoved',
  data: { contractId, to, on, revision },
});
const sold = [...held('s1', sale), moved('s1', '示例买方', '2024-02-01')];
const returned = [...sold, ...held('b1', back, { party: '示例买方' }), moved('b1', 'hnu', '2024-06-01')];
const open = (declarationId: string, from: string, to: string) => ({
  declarationId,
  number: `示例-${declarationId}`,
  universityId: 'hnu',
  from,
  to,
});
const opened = (...args: Parameters<typeof open>): AssetEvent => ({ type: 'OpenLicenceEntered', data: open(...args) });
const openedGrant = (noticeOn: string): AssetEvent => ({
  type: 'OpenGrantEntered',
  data: {
    grantId: 'g1',
    number: '示例-g1',
    licensee: '示例公司',
    declarationId: 'd1',
    noticeOn,
    from: noticeOn,
    to: '2026-12-31',
  },
});
const check = (contractId: string, on: string): AssetCommand => ({ type: 'CheckTransfer', contractId, on });

describe('L-20: what the licensor may practise itself beside a sole licence', () => {
  it.each([
    ['a sole licence', licence('SOLE', { asOwnUse: true })],
    ['an exclusive licence', licence('EXCLUSIVE', { asOwnUse: true })],
    ['a cross licence', licence('CROSS', { asOwnUse: true })],
    ['a licence that may be sub-licensed', ownUse({ sublicensable: true })],
  ])('is refused as %s', (_what, right) => {
    given(registered).when(reserve('c1', right)).thenRefuses('L-20', 'asOwnUse');
  });
  it('is accepted as one ordinary licence', () => {
    const history = [registered, ...held('c1', licence('SOLE'))];
    given(...history)
      .when(reserve('c2', ownUse()))
      .then(reserved('c2', ownUse()));
  });
});

describe('L-2: own use and the kinds of licences', () => {
  it.each<[string, LicenceRight, LicenceRight]>([
    ['two sole licences, whatever was once said of them', licence('SOLE', { asOwnUse: true }), licence('SOLE')],
    [
      'an ordinary licence beside a sole one that says it is own use',
      licence('SOLE', { asOwnUse: true }),
      licence('ORDINARY'),
    ],
    ['a cross licence beside a sole one', licence('SOLE'), licence('CROSS')],
    ['own use beside an exclusive licence', licence('EXCLUSIVE'), ownUse()],
    ['two own uses that meet', ownUse(), ownUse()],
  ])('refuses %s', (_what, one, other) => {
    given(registered, ...held('c1', one))
      .when(reserve('c2', other))
      .thenRefuses('L-2', 'assets');
  });
  it('refuses to make an own use a sole licence beside another sole one', () => {
    given(registered, ...held('c1', licence('SOLE')), ...held('c2', ownUse()))
      .when(reserve('c2~5', licence('SOLE'), { amends: 'c2' }))
      .thenRefuses('L-2');
  });
  it('accepts an ordinary licence beside an own use', () => {
    given(registered, ...held('c1', ownUse()))
      .when(reserve('c2', licence('ORDINARY')))
      .then(reserved('c2', licence('ORDINARY')));
  });
});

describe('L-24: one own use beside a sole licence, wherever it is', () => {
  const [hunan, guangdong] = [{ territory: ['430000'] }, { territory: ['440000'] }];
  it('is refused a second one that the first does not meet', () => {
    given(registered, ...held('c1', licence('SOLE')), ...held('c2', ownUse(hunan)))
      .when(reserve('c3', ownUse(guangdong)))
      .thenRefuses('L-24', 'asOwnUse');
  });
  it('is refused where the sole licence comes after two of them', () => {
    given(registered, ...held('c1', ownUse(hunan)), ...held('c2', ownUse(guangdong)))
      .when(reserve('c3', licence('SOLE')))
      .thenRefuses('L-24');
  });
  it('is accepted where the sole licence meets only one of them', () => {
    given(registered, ...held('c1', ownUse(hunan)), ...held('c2', ownUse(guangdong)))
      .when(reserve('c3', licence('SOLE', hunan)))
      .then(reserved('c3', licence('SOLE', hunan)));
  });
});

describe('L-12, L-2: a sub-licence under a sub-licence', () => {
  const head = licence('ORDINARY', { sublicensable: true });
  const sub = licence('SUB', { under: 'c1', sublicensable: true });
  const lowest = licence('SUB', { under: 'c2' });
  const chain = [registered, ...held('c1', head), ...held('c2', sub), ...held('c3', lowest)];
  const ended: AssetEvent = { type: 'RightEnded', data: { contractId: 'c1', on: '2025-01-31', revision: 4 } };

  it('ends with the topmost licence', () => {
    const asset = [...chain, ended].reduce(assetDecider.evolve, assetDecider.initial);
    expect(licencesOf(asset).map(({ right }) => right.to)).toEqual(['2025-01-31', '2025-01-31', '2025-01-31']);
  });
  it('L-2: leaves the days after the end free', () => {
    const next = licence('EXCLUSIVE', { from: '2025-02-01' });
    given(...chain, ended)
      .when(reserve('c4', next))
      .then(reserved('c4', next));
  });
  it('L-2: is accepted under the whole chain, also when its top is exclusive', () => {
    const exclusive = licence('EXCLUSIVE', { sublicensable: true });
    given(registered, ...held('c1', exclusive), ...held('c2', sub))
      .when(reserve('c3', lowest))
      .then(reserved('c3', lowest));
  });
  it('L-12: is refused under a licence that stands under it', () => {
    given(...chain)
      .when(reserve('c2~5', licence('SUB', { under: 'c3', sublicensable: true }), { amends: 'c2' }))
      .thenRefuses('L-12', 'headContract');
  });
});

describe('L-21: titles move in turn', () => {
  it('is refused for a return before its sale', () => {
    given(registered, ...sold, ...held('b1', back))
      .when(check('b1', '2024-01-31'))
      .thenRefuses('L-21', 'registeredOn');
  });
  it('is refused for a sale corrected to after its return', () => {
    given(registered, ...returned)
      .when(check('s1', '2024-06-02'))
      .thenRefuses('L-21', 'registeredOn');
  });
  it.each(['2024-02-01', '2024-07-01'])('is accepted for a return on %s', (on) => {
    given(registered, ...sold, ...held('b1', back))
      .when(check('b1', on))
      .then();
  });
});

describe('L-22: nobody licenses what is no longer theirs', () => {
  const given03 = held('c1', licence('EXCLUSIVE'));
  it('is refused when a registration is entered before a licence given since', () => {
    given(registered, ...held('s1', sale), ...given03)
      .when(check('s1', '2024-02-01'))
      .thenRefuses('L-22', 'registeredOn');
    given(registered, ...held('s1', sale), ...given03)
      .when(check('s1', '2024-03-01'))
      .thenRefuses('L-22', 'registeredOn');
  });
  it('is accepted from the day after the licence began', () => {
    given(registered, ...held('s1', sale), ...given03)
      .when(check('s1', '2024-03-02'))
      .then();
  });
  it('is refused when the date is corrected to before a licence', () => {
    given(registered, ...held('s1', sale), ...given03, moved('s1', '示例买方', '2024-04-01'))
      .when(check('s1', '2024-02-01'))
      .thenRefuses('L-22');
  });
  it('is refused when a return is corrected to after a licence given since', () => {
    given(registered, ...returned, ...held('c1', licence('EXCLUSIVE', { from: '2024-06-01' })))
      .when(check('b1', '2024-12-01'))
      .thenRefuses('L-22');
  });
  it.each<[string, AssetEvent[]]>([
    ['a grant noticed later', [opened('d1', '2023-01-01', '2026-12-31'), openedGrant('2024-05-01')]],
    ['an open licence announced later', [opened('d1', '2024-05-01', '2026-12-31')]],
  ])('is refused for %s', (_what, history) => {
    given(registered, ...held('s1', sale), ...history)
      .when(check('s1', '2024-04-01'))
      .thenRefuses('L-22', 'registeredOn');
  });
  it('is accepted while an open licence runs of which nobody took notice later', () => {
    given(registered, ...held('s1', sale), opened('d1', '2023-01-01', '2026-12-31'), openedGrant('2024-03-31'))
      .when(check('s1', '2024-04-01'))
      .then();
  });
  it('C-20: waits for a licence that is not confirmed', () => {
    given(registered, ...held('s1', sale), reserved('c1', licence('EXCLUSIVE')))
      .when(check('s1', '2024-02-01'))
      .thenRefuses('C-20');
  });
});

describe('L-23: a sale under its return', () => {
  it('is refused to go before the return', () => {
    for (const type of ['Release', 'ReserveRelease'] as const) {
      given(registered, ...returned)
        .when({ type, contractId: 's1', on: '2024-07-01' } as AssetCommand)
        .thenRefuses('L-23');
    }
  });
  it('is accepted to go when the return is gone', () => {
    const gone: AssetEvent = { type: 'RightReleased', data: { contractId: 'b1', on: '2024-07-01' } };
    given(registered, ...returned, gone)
      .when({ type: 'ReserveRelease', contractId: 's1', revision: 8 })
      .then({ type: 'ReleaseReserved', data: { contractId: 's1', revision: 8 } });
  });
  it('lets a return go that once lost its sale', () => {
    const lost: AssetEvent = { type: 'RightReleased', data: { contractId: 's1', on: '2024-07-01' } };
    given(registered, ...returned, lost)
      .when({ type: 'ReserveRelease', contractId: 'b1', revision: 8 })
      .then({ type: 'ReleaseReserved', data: { contractId: 'b1', revision: 8 } });
  });
});

describe('property without a register', () => {
  const move = { type: 'MoveOwnership', contractId: 's1', to: '示例买方', on: '2024-01-05', revision: 1 } as const;
  it('moves as soon as its sale is confirmed, and comes home again', () => {
    const { type: _type, ...told } = move;
    given(software, ...held('s1', sale))
      .when(move)
      .then({ type: 'OwnershipMoved', data: told });
    given(software, ...held('s1', sale), moved('s1', '示例买方', '2024-01-05'))
      .when(reserve('b1', back))
      .then(reserved('b1', back));
  });
  it('L-1: is not licensed by its seller afterwards', () => {
    given(software, ...held('s1', sale), moved('s1', '示例买方', '2024-01-05'))
      .when(reserve('c1', licence('EXCLUSIVE')))
      .thenRefuses('L-1');
  });
  it('L-8: is returned only after it was sold', () => {
    given(software).when(reserve('b1', back)).thenRefuses('L-8');
  });
});

describe('L-10: a title that passes by law', () => {
  const shared: AssetEvent = { type: 'AssetRegistered', data: { ...data, coOwners: [{ name: '示例甲公司' }] } };
  it('is refused without the co-owners when it is sold', () => {
    given(shared).when(reserve('s1', sale)).thenRefuses('L-10', 'coOwnerConsents');
  });
  it('is accepted without them by succession', () => {
    given(shared)
      .when(reserve('s1', sale, { bySuccession: true }))
      .then(reserved('s1', sale, { bySuccession: true }));
  });
});

describe('a corrected name', () => {
  const rename = (party: string, revision: number) =>
    ({ type: 'RenameParty', contractId: 'c1', party, revision }) as const;
  const renamed = (party: string, revision: number): AssetEvent => ({
    type: 'PartyRenamed',
    data: { contractId: 'c1', party, revision },
  });
  const licensed = [registered, ...held('c1', licence('ORDINARY'))];
  it('is entered, and a later correction overrides it', () => {
    given(...licensed)
      .when(rename('示例乙', 3))
      .then(renamed('示例乙', 3));
    given(...licensed, renamed('示例乙', 3))
      .when(rename('示例丙', 5))
      .then(renamed('示例丙', 5));
  });
  it('is ignored when a later one is known', () => {
    given(...licensed, renamed('示例买方', 5))
      .when(rename('示例乙', 3))
      .then();
  });
  it('C-22: is refused where the contract holds nothing', () => {
    given(registered).when(rename('示例乙', 3)).thenRefuses('C-22');
  });
});

describe('L-15: a suspended patent', () => {
  const suspended: AssetEvent = {
    type: 'SuspensionStarted',
    data: { on: '2022-06-01', documentNo: '示例-ZZ-1', cause: 'PRESERVATION' },
  };
  const facts = (on: string) => [
    { type: 'PatentLapsed', data: { on, cause: 'ABANDONED' } } as const,
    { type: 'CoOwnersChanged', data: { on, documentNo: '示例-BG-1', coOwners: [{ name: '示例甲公司' }] } } as const,
  ];
  it('is not abandoned, nor are its owners changed', () => {
    for (const entry of facts('2022-06-01')) {
      given(registered, suspended).when({ type: 'EnterFact', entry }).thenRefuses('L-15', 'on');
    }
  });
  it('is accepted until the eve', () => {
    for (const entry of facts('2022-05-31')) {
      given(registered, suspended).when({ type: 'EnterFact', entry }).then(entry);
    }
  });
});

describe('I-13: co-owners beside the owner', () => {
  it('is refused for the owner itself', () => {
    const coOwners = [{ name: ' HNU ' }];
    given()
      .when({ type: 'RegisterAsset', ...data, coOwners })
      .thenRefuses('I-13', 'coOwners');
    given(registered)
      .when({
        type: 'EnterFact',
        entry: { type: 'CoOwnersChanged', data: { on: '2022-01-01', documentNo: '示例', coOwners } },
      })
      .thenRefuses('I-13', 'coOwners');
  });
  it('is accepted for another', () => {
    const coOwners = [{ name: '示例甲公司' }];
    given()
      .when({ type: 'RegisterAsset', ...data, coOwners })
      .then({ type: 'AssetRegistered', data: { ...data, coOwners } });
  });
});

describe('OL-36: one standard at a time', () => {
  const enter = (...args: Parameters<typeof open>): AssetCommand => ({ type: 'EnterOpenLicence', ...open(...args) });
  const first = opened('d1', '2024-01-01', '2024-12-31');
  it('is refused while another declaration is open', () => {
    given(registered, first)
      .when(enter('d2', '2024-12-31', '2026-12-31'))
      .thenRefuses('OL-36', 'asset');
    given(registered, first)
      .when(enter('d2', '2023-01-01', '2024-01-01'))
      .thenRefuses('OL-36', 'asset');
  });
  it('is accepted after its term, or from the day it was ended', () => {
    given(registered, first)
      .when(enter('d2', '2025-01-01', '2026-12-31'))
      .then(opened('d2', '2025-01-01', '2026-12-31'));
    const ended: AssetEvent = { type: 'OpenLicenceEnded', data: { declarationId: 'd1', on: '2024-06-01' } };
    given(registered, first, ended)
      .when(enter('d2', '2024-06-01', '2026-12-31'))
      .then(opened('d2', '2024-06-01', '2026-12-31'));
  });
});

describe('OL-3: all owners on the first day declare', () => {
  const joined: AssetEvent = {
    type: 'CoOwnersChanged',
    data: {
      on: '2024-04-01',
      documentNo: '示例-BG-1',
      coOwners: [{ name: '示例甲 有限公司' }, { name: '示例乙公司' }],
    },
  };
  const enter = (from: string, declarants: readonly string[]): AssetCommand => ({
    type: 'EnterOpenLicence',
    ...open('d1', from, '2026-12-31'),
    declarants,
  });
  it('is refused for one who joined after the declaration', () => {
    given(registered, joined)
      .when(enter('2024-04-01', ['示例甲有限公司']))
      .thenRefuses('OL-3', 'declarants');
  });
  it('is accepted on the eve, and when all declare however their names are spaced', () => {
    const all = ['示例甲有限公司', '示例乙公司', '示例大学'];
    for (const [from, declarants] of [
      ['2024-03-31', []],
      ['2024-04-01', all],
    ] as const) {
      given(registered, joined)
        .when(enter(from, declarants))
        .then({ type: 'OpenLicenceEntered', data: { ...open('d1', from, '2026-12-31'), declarants } });
    }
  });
  it('L-17: keeps the entry by which a co-owner had left', () => {
    const shared: AssetEvent = { type: 'AssetRegistered', data: { ...data, coOwners: [{ name: '示例甲公司' }] } };
    const left: AssetEvent = { type: 'CoOwnersChanged', data: { on: '2023-01-01', documentNo: '示例', coOwners: [] } };
    given(shared, left, opened('d1', '2024-01-01', '2024-12-31'))
      .when({ type: 'VoidEntry', revision: 1, reason: '录入有误', evidence: '示例', approver: 'reviewer' })
      .thenRefuses('L-17');
  });
});

describe('OL-38: a new fee standard', () => {
  const ask = (on: string): AssetCommand => ({ type: 'CheckFeeStandard', declarationId: 'd1', on });
  const history = [registered, opened('d1', '2024-01-01', '2026-12-31'), openedGrant('2024-05-01')];
  it('is refused on the day of a notice or before', () => {
    given(...history)
      .when(ask('2024-05-01'))
      .thenRefuses('OL-38', 'announcedOn');
  });
  it('is accepted from the day after, and for another declaration', () => {
    given(...history)
      .when(ask('2024-05-02'))
      .then();
    given(...history)
      .when({ type: 'CheckFeeStandard', declarationId: 'd2', on: '2024-01-01' })
      .then();
  });
});
