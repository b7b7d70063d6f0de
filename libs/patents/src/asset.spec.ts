import { type LicenceKind, patentNumberWithCheck } from '@app/kernel';
import { specFor } from '@app/testing';
import fc from 'fast-check';
import { assetDecider } from './asset.js';
import type { AssetCommand, AssetData, AssetEvent, Right } from './asset-events.js';
import { assetRule } from './asset-rules.js';
import { expiryOf } from './asset-status.js';
import { openTermOf } from './asset-state.js';
import { ownerAt } from './asset-title.js';

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

const licence = (kind: LicenceKind, from: string, to?: string): Right => ({
  kind: 'LICENCE',
  licence: kind,
  from,
  ...(to ? { to } : {}),
});
const sale: Right = { kind: 'TITLE', on: '2022-01-10' };
const back: Right = { kind: 'TITLE', on: '2023-01-10', back: true };

const reserve = (contractId: string, right: Right, universityId = 'hnu'): AssetCommand => ({
  type: 'Reserve',
  contractId,
  universityId,
  right,
  contractNumber: `示例-${contractId}`,
  party: '示例公司',
});
const reserved = (contractId: string, right: Right): AssetEvent => ({
  type: 'AssetReserved',
  data: { contractId, universityId: 'hnu', right, contractNumber: `示例-${contractId}`, party: '示例公司' },
});
const confirmed = (contractId: string): AssetEvent => ({ type: 'ReservationConfirmed', data: { contractId } });
const held = (contractId: string, right: Right): AssetEvent[] => [reserved(contractId, right), confirmed(contractId)];
const cancelled = (contractId: string): AssetEvent => ({ type: 'ReservationCancelled', data: { contractId } });
const movedTo = (contractId: string, to: string, on: string, revision = 2): AssetEvent => ({
  type: 'OwnershipMoved',
  data: { contractId, to, on, revision },
});
const released = (contractId: string): AssetEvent => ({
  type: 'RightReleased',
  data: { contractId, on: '2024-01-01' },
});
const release = (contractId: string): AssetCommand => ({ type: 'Release', contractId, on: '2024-01-01' });
const sold = [...held('s1', sale), movedTo('s1', '示例公司', '2022-02-01')];
const returned = [...sold, ...held('b1', back), movedTo('b1', 'hnu', '2023-02-01')];

describe('registering an asset', () => {
  const register = (more: Partial<AssetData> = {}): AssetCommand => ({ type: 'RegisterAsset', ...data, ...more });

  it('is accepted', () => given().when(register()).then(registered));
  it('is ignored when it is there', () => given(registered).when(register()).thenNothing());

  it('I-10: is refused when granted before it was filed', () => {
    given()
      .when(register({ grantedOn: '2019-07-29' }))
      .thenRefuses('I-10', 'grantedOn');
    const onTheDay = { ...data, grantedOn: data.filedOn };
    given().when(register(onTheDay)).then({ type: 'AssetRegistered', data: onTheDay });
  });

  it.each(['filedOn', 'grantedOn'])('I-11: is refused with %s in the future', (field) => {
    given()
      .when(register({ [field]: '2026-01-01' }))
      .thenRefuses('I-11', field);
  });

  it('I-12: is refused when the number names another year', () => {
    given()
      .when(register({ filedOn: '2018-12-31' }))
      .thenRefuses('I-12', 'filedOn');
  });

  it('I-12: lets a number of national entry follow the international filing', () => {
    const entered = { ...data, number: patentNumberWithCheck('202180000001'), filedOn: '2019-07-30' };
    given().when(register(entered)).then({ type: 'AssetRegistered', data: entered });
  });

  it('I-12: asks nothing of numbers without a year', () => {
    const secret = { ...data, ipType: 'TECH_SECRET', number: '示例-JS-1' } as const;
    given().when(register(secret)).then({ type: 'AssetRegistered', data: secret });
  });

  it('I-13: leaves a share to the university', () => {
    const coOwners = [{ name: '示例甲公司', sharePermyriad: 6_000 }, { name: '示例乙公司' }];
    given()
      .when(register({ coOwners }))
      .then({ type: 'AssetRegistered', data: { ...data, coOwners } });
    const all = [...coOwners, { name: '示例丙公司', sharePermyriad: 4_000 }];
    given()
      .when(register({ coOwners: all }))
      .thenRefuses('I-13', 'coOwners');
  });

  it('C-23: comes before anything else', () => {
    for (const command of [
      reserve('c1', sale),
      { type: 'Confirm', contractId: 'c1' },
      { type: 'Cancel', contractId: 'c1' },
      { type: 'MoveOwnership', contractId: 'c1', to: '示例公司', on: '2022-02-01', revision: 2 },
      { type: 'EndRight', contractId: 'c1', on: '2022-02-01', revision: 2 },
      { type: 'ReserveRelease', contractId: 'c1' },
      { type: 'CheckTransfer', contractId: 'c1', on: '2022-02-01' },
      { type: 'CancelOpenGrant', grantId: 'g1' },
      { type: 'EndOpenGrant', grantId: 'g1', on: '2022-02-01' },
      { type: 'EnterFact', entry: { type: 'PatentGranted', data: { on: '2021-03-02' } } },
      { type: 'VoidEntry', revision: 1, reason: '录入有误', evidence: '示例-佐证-1', approver: 'reviewer' },
      {
        type: 'EnterOpenLicence',
        declarationId: 'd1',
        number: '示例-d1',
        universityId: 'hnu',
        from: '2022-01-01',
        to: '2023-01-01',
      },
    ] satisfies AssetCommand[]) {
      given().when(command).thenRefuses('C-23');
    }
  });
});

describe('the term of a right', () => {
  it.each([
    ['INVENTION', '2004-02-29', '2024-02-29'],
    ['UTILITY_MODEL', '2020-02-29', '2030-02-28'],
    ['DESIGN', '2021-05-31', '2031-05-31'],
    ['DESIGN', '2021-06-01', '2036-06-01'],
    ['SOFTWARE', '2021-06-01', undefined],
  ] as const)('of %s filed on %s ends on %s', (ipType, filedOn, expiry) => {
    expect(expiryOf({ ipType, filedOn })).toBe(expiry);
  });
});

describe('reserving for a licence', () => {
  const wanted = licence('ORDINARY', '2022-01-01', '2022-12-31');

  it('is accepted by the owner', () => given(registered).when(reserve('c1', wanted)).then(reserved('c1', wanted)));
  it('is ignored when this contract has it', () => {
    given(registered, reserved('c1', wanted)).when(reserve('c1', wanted)).thenNothing();
  });

  it('L-1: is refused to another university', () => {
    given(registered)
      .when(reserve('c1', wanted, 'csu'))
      .thenRefuses('L-1', 'assets');
  });
  it('L-1: asks who owned it when the licence began', () => {
    const before = licence('ORDINARY', '2022-01-31');
    given(registered, ...sold)
      .when(reserve('c1', before))
      .then(reserved('c1', before));
    given(registered, ...sold)
      .when(reserve('c1', licence('ORDINARY', '2022-02-01')))
      .thenRefuses('L-1', 'assets');
    const again = licence('ORDINARY', '2023-02-01');
    given(registered, ...returned)
      .when(reserve('c1', again))
      .then(reserved('c1', again));
  });

  it('OL-8: ends with the right', () => {
    const whole = licence('ORDINARY', '2022-01-01', '2039-07-30');
    given(registered).when(reserve('c1', whole)).then(reserved('c1', whole));
    given(registered)
      .when(reserve('c1', licence('ORDINARY', '2022-01-01', '2039-07-31')))
      .thenRefuses('OL-8', 'endsOn');
    given(registered)
      .when(reserve('c1', licence('ORDINARY', '2039-07-31')))
      .thenRefuses('OL-8', 'endsOn');
  });

  describe('L-2, the exclusivity calendar', () => {
    const first = (kind: LicenceKind) => held('c1', licence(kind, '2022-01-01', '2022-12-31'));
    const excluding: LicenceKind[] = ['EXCLUSIVE', 'SOLE'];
    const others: LicenceKind[] = ['ORDINARY', 'CROSS'];

    it('admits ordinary and cross licences beside each other', () => {
      for (const one of others) {
        for (const other of others) {
          const right = licence(other, '2022-06-01');
          given(registered, ...first(one))
            .when(reserve('c2', right))
            .then(reserved('c2', right));
        }
      }
    });

    it('admits nothing beside an exclusive or sole licence, nor these beside anything', () => {
      for (const one of excluding) {
        for (const other of [...excluding, ...others]) {
          given(registered, ...first(one))
            .when(reserve('c2', licence(other, '2022-12-31')))
            .thenRefuses('L-2', 'assets');
          given(registered, ...first(other))
            .when(reserve('c2', licence(one, '2021-06-01', '2022-01-01')))
            .thenRefuses('L-2', 'assets');
        }
      }
    });

    it('ends with the last day', () => {
      const after = licence('EXCLUSIVE', '2023-01-01');
      given(registered, ...first('EXCLUSIVE'))
        .when(reserve('c2', after))
        .then(reserved('c2', after));
    });

    it('has no end where none was agreed', () => {
      given(registered, ...held('c1', licence('SOLE', '2022-01-01')))
        .when(reserve('c2', licence('ORDINARY', '2035-01-01')))
        .thenRefuses('L-2');
    });

    it('is free again after cancelling or releasing', () => {
      const right = licence('EXCLUSIVE', '2022-01-01');
      given(registered, reserved('c1', right), cancelled('c1')).when(reserve('c2', right)).then(reserved('c2', right));
      given(registered, ...held('c1', right), released('c1'))
        .when(reserve('c2', right))
        .then(reserved('c2', right));
    });

    it('C-20: only asks to come again while the other is unconfirmed', () => {
      const exclusive = licence('EXCLUSIVE', '2022-01-01');
      given(registered, reserved('c1', exclusive)).when(reserve('c2', wanted)).thenRefuses('C-20');
      const both = [
        reserved('c1', licence('ORDINARY', '2022-01-01')),
        ...held('c2', licence('ORDINARY', '2022-01-01')),
      ];
      given(registered, ...both)
        .when(reserve('c3', exclusive))
        .thenRefuses('L-2');
    });

    it('names the contract in the way', () => {
      const state = given(registered, ...first('SOLE')).state();
      const decide = () => assetDecider.decide(reserve('c2', wanted), state, {} as never);
      expect(decide).toThrow(
        expect.objectContaining({
          place: { field: 'assets', conflict: 'c1' },
          text: expect.objectContaining({ zh: expect.stringContaining('示例-c1') }),
        }),
      );
    });
  });

  it('C-21: is refused for ever after the reservation was cancelled', () => {
    given(registered, cancelled('c1')).when(reserve('c1', wanted)).thenRefuses('C-21');
    given(registered, reserved('c1', wanted), cancelled('c1')).when(reserve('c1', wanted)).thenRefuses('C-21');
  });
});

describe('reserving the title', () => {
  it('is accepted for a sale, beside the licences that follow it', () => {
    const licensed = held('c1', licence('EXCLUSIVE', '2021-06-01'));
    given(registered, ...licensed)
      .when(reserve('s1', sale))
      .then(reserved('s1', sale));
  });
  it('is ignored when this contract has it', () => {
    given(registered, reserved('s1', sale)).when(reserve('s1', sale)).thenNothing();
  });

  it('L-1: is refused to another university, for a sale and for a return', () => {
    given(registered)
      .when(reserve('s1', sale, 'csu'))
      .thenRefuses('L-1', 'assets');
    given(registered, ...sold)
      .when(reserve('b1', back, 'csu'))
      .thenRefuses('L-1', 'assets');
  });

  it('L-4: is refused for a second sale, whatever date it bears', () => {
    given(registered, ...held('s1', sale))
      .when(reserve('s2', sale))
      .thenRefuses('L-4', 'assets');
    for (const on of ['2022-01-10', '2021-12-31', '2024-01-01']) {
      given(registered, ...sold)
        .when(reserve('s2', { kind: 'TITLE', on }))
        .thenRefuses('L-4', 'assets');
    }
  });
  it('L-4: counts the order of the titles, not the dates of their registration', () => {
    const corrected = movedTo('b1', 'hnu', '2021-12-31', 5);
    const again = { kind: 'TITLE', on: '2024-01-01' } as const;
    given(registered, ...returned, ...held('s2', again), movedTo('s2', '示例公司', '2024-02-01'), corrected)
      .when(reserve('s3', again))
      .thenRefuses('L-4');
    const late = movedTo('b1', 'hnu', '2025-01-01', 5);
    given(registered, ...returned, ...held('s2', again), movedTo('s2', '示例公司', '2024-02-01'), late)
      .when(reserve('s3', again))
      .thenRefuses('L-4');
  });
  it('L-4: is refused although the buyer is named like the seller', () => {
    given(registered, ...held('s1', sale), movedTo('s1', 'hnu', '2022-02-01'))
      .when(reserve('s2', sale))
      .thenRefuses('L-4');
  });
  it('is accepted again once the return is registered', () => {
    given(registered, ...returned)
      .when(reserve('s2', sale))
      .then(reserved('s2', sale));
  });
  it('L-4, C-20: waits for a return that is under way', () => {
    const unregistered = [...sold, ...held('b1', back)];
    given(registered, ...unregistered)
      .when(reserve('s2', sale))
      .thenRefuses('L-4');
    given(registered, ...unregistered)
      .when(reserve('b2', back))
      .thenRefuses('L-4');
    given(registered, ...sold, reserved('b1', back))
      .when(reserve('b2', back))
      .thenRefuses('C-20');
    given(registered, reserved('s1', sale)).when(reserve('s2', sale)).thenRefuses('C-20');
  });

  it('L-8: a return needs a registered sale', () => {
    given(registered, ...sold)
      .when(reserve('b1', back))
      .then(reserved('b1', back));
    given(registered).when(reserve('b1', back)).thenRefuses('L-8', 'assets');
    given(registered, ...held('s1', sale))
      .when(reserve('b1', back))
      .thenRefuses('L-8', 'assets');
    given(registered, ...returned)
      .when(reserve('b2', back))
      .thenRefuses('L-8', 'assets');
  });
});

describe('settling a reservation', () => {
  const right = licence('ORDINARY', '2022-01-01');
  const confirm: AssetCommand = { type: 'Confirm', contractId: 'c1' };
  const cancel: AssetCommand = { type: 'Cancel', contractId: 'c1' };

  it('is confirmed once', () => {
    given(registered, reserved('c1', right)).when(confirm).then(confirmed('c1'));
    given(registered, ...held('c1', right))
      .when(confirm)
      .thenNothing();
  });
  it('C-22: is not confirmed where nothing is held', () => {
    given(registered).when(confirm).thenRefuses('C-22');
    given(registered, reserved('c1', right), cancelled('c1')).when(confirm).thenRefuses('C-22');
  });
  it('is cancelled once, also where nothing was reserved', () => {
    given(registered, reserved('c1', right)).when(cancel).then(cancelled('c1'));
    given(registered).when(cancel).then(cancelled('c1'));
    given(registered, cancelled('c1')).when(cancel).thenNothing();
  });
  it('C-24: is not cancelled when confirmed', () => {
    given(registered, ...held('c1', right))
      .when(cancel)
      .thenRefuses('C-24');
  });
});

describe('moving the title', () => {
  const move = (revision: number, to = '示例公司', on = '2022-02-01'): AssetCommand => ({
    type: 'MoveOwnership',
    contractId: 's1',
    to,
    on,
    revision,
  });

  it('follows the registration', () => {
    given(registered, ...held('s1', sale))
      .when(move(2))
      .then(movedTo('s1', '示例公司', '2022-02-01'));
  });
  it('follows a correction, back and forth', () => {
    given(registered, ...sold)
      .when(move(4, '示例二公司'))
      .then(movedTo('s1', '示例二公司', '2022-02-01', 4));
    given(registered, ...sold, movedTo('s1', '示例二公司', '2022-02-01', 4))
      .when(move(6))
      .then(movedTo('s1', '示例公司', '2022-02-01', 6));
  });
  it('is ignored when it is there, or comes late', () => {
    given(registered, ...sold)
      .when(move(2))
      .thenNothing();
    given(registered, ...sold, movedTo('s1', '示例公司', '2022-03-01', 5))
      .when(move(4, '示例公司', '2022-02-15'))
      .thenNothing();
  });
  it('C-22: needs a confirmed sale', () => {
    given(registered).when(move(2)).thenRefuses('C-22');
    given(registered, reserved('s1', sale)).when(move(2)).thenRefuses('C-22');
    given(registered, ...held('s1', licence('ORDINARY', '2022-01-01')))
      .when(move(2))
      .thenRefuses('C-22');
  });
  it('changes the owner from its date on', () => {
    const asset = given(registered, ...returned).state();
    const owners = ['2022-01-31', '2022-02-01', '2023-01-31', '2023-02-01'].map((date) => ownerAt(asset, date));
    expect(owners).toEqual(['hnu', '示例公司', '示例公司', 'hnu']);
  });
});

describe('releasing a right', () => {
  it('is accepted once', () => {
    given(registered, ...sold)
      .when(release('s1'))
      .then(released('s1'));
    given(registered, ...sold, released('s1'))
      .when(release('s1'))
      .thenNothing();
  });
  it('gives the title back to whom it belonged', () => {
    expect(ownerAt(given(registered, ...sold, released('s1')).state(), '2025-01-01')).toBe('hnu');
    expect(ownerAt(given(registered, ...returned, released('b1')).state(), '2025-01-01')).toBe('示例公司');
  });
  it('L-9: keeps a return on which a later sale stands', () => {
    given(registered, ...returned, reserved('s2', sale))
      .when(release('b1'))
      .thenRefuses('L-9');
    given(registered, ...returned)
      .when(release('b1'))
      .then(released('b1'));
  });
});

describe('an open licence', () => {
  const enter = {
    type: 'EnterOpenLicence',
    declarationId: 'd1',
    number: '示例-d1',
    universityId: 'hnu',
    from: '2022-01-01',
    to: '2024-12-31',
  } as const;
  const entered: AssetEvent = {
    type: 'OpenLicenceEntered',
    data: { declarationId: 'd1', number: '示例-d1', universityId: 'hnu', from: '2022-01-01', to: '2024-12-31' },
  };
  const end = (on: string): AssetCommand => ({ type: 'EndOpenLicence', declarationId: 'd1', on });
  const ended = (on: string): AssetEvent => ({ type: 'OpenLicenceEnded', data: { declarationId: 'd1', on } });
  const grant = (noticeOn: string, grantId = 'g1') => {
    const names = { number: `示例-${grantId}`, licensee: '示例公司' };
    const term = { grantId, ...names, declarationId: 'd1', noticeOn, from: noticeOn, to: '2024-12-31' };
    const command = { type: 'EnterOpenGrant', universityId: 'hnu', ...term } satisfies AssetCommand;
    return { command, event: { type: 'OpenGrantEntered', data: term } satisfies AssetEvent };
  };

  it('is entered once', () => {
    given(registered).when(enter).then(entered);
    given(registered, entered).when(enter).thenNothing();
  });
  it('is admitted beside ordinary licences, and by a sale that is not registered yet', () => {
    given(registered, ...held('c1', licence('ORDINARY', '2022-01-01')), ...held('s1', sale))
      .when(enter)
      .then(entered);
  });

  it('L-1: belongs to the owner', () => {
    given(registered)
      .when({ ...enter, universityId: 'csu' })
      .thenRefuses('L-1', 'asset');
    given(registered, ...sold)
      .when({ ...enter, from: '2022-02-01' })
      .thenRefuses('L-1', 'asset');
  });
  it('OL-8: ends with the right', () => {
    given(registered)
      .when({ ...enter, to: '2039-07-31' })
      .thenRefuses('OL-8', 'endsOn');
  });
  it('OL-1: needs a granted patent', () => {
    const { grantedOn: _none, ...filed } = data;
    given({ type: 'AssetRegistered', data: filed }).when(enter).thenRefuses('OL-1', 'asset');
    given(registered)
      .when({ ...enter, from: '2021-03-01' })
      .thenRefuses('OL-1', 'asset');
    given({ type: 'AssetRegistered', data: { ...data, ipType: 'SOFTWARE', number: '2021SR0000001' } })
      .when(enter)
      .thenRefuses('OL-1', 'asset');
  });
  it('OL-1: needs a patent without an exclusive or sole licence', () => {
    for (const kind of ['EXCLUSIVE', 'SOLE'] as const) {
      given(registered, ...held('c1', licence(kind, '2021-06-01', '2022-01-01')))
        .when(enter)
        .thenRefuses('OL-1', 'asset');
      given(registered, ...held('c1', licence(kind, '2021-06-01', '2021-12-31')))
        .when(enter)
        .then(entered);
      given(registered, reserved('c1', licence(kind, '2021-06-01')))
        .when(enter)
        .thenRefuses('C-20');
    }
  });

  it('OL-4: admits no exclusive or sole licence while it stands', () => {
    for (const kind of ['EXCLUSIVE', 'SOLE'] as const) {
      given(registered, entered)
        .when(reserve('c1', licence(kind, '2024-12-31')))
        .thenRefuses('OL-4', 'licenceKind');
      given(registered, entered, ended('2023-06-01'))
        .when(reserve('c1', licence(kind, '2023-05-31')))
        .thenRefuses('OL-4');
      const onTheDay = licence(kind, '2023-06-01');
      given(registered, entered, ended('2023-06-01')).when(reserve('c1', onTheDay)).then(reserved('c1', onTheDay));
      const around = licence(kind, '2021-06-01');
      given(registered, entered, ended('2022-01-01')).when(reserve('c1', around)).then(reserved('c1', around));
    }
  });
  it('OL-4: admits ordinary licences', () => {
    const ordinary = licence('ORDINARY', '2022-06-01');
    given(registered, entered).when(reserve('c1', ordinary)).then(reserved('c1', ordinary));
  });

  it('is ended once, and only while it runs', () => {
    given(registered, entered).when(end('2023-06-01')).then(ended('2023-06-01'));
    given(registered, entered, ended('2023-06-01')).when(end('2023-06-01')).thenNothing();
    given(registered, entered).when(end('2025-01-01')).thenNothing();
    given(registered).when(end('2023-06-01')).thenNothing();
  });
  it('OL-12: is not ended behind a grant', () => {
    const taken = [entered, grant('2023-05-01').event, grant('2023-02-01', 'g2').event];
    given(registered, ...taken)
      .when(end('2023-05-01'))
      .thenRefuses('OL-12', 'withdrawnOn');
    given(registered, ...taken)
      .when(end('2023-05-02'))
      .then(ended('2023-05-02'));
  });

  it('takes a grant, once', () => {
    const { command, event } = grant('2023-05-01');
    given(registered, entered).when(command).then(event);
    given(registered, entered, event).when(command).thenNothing();
  });
  it('takes a grant after its withdrawal when the notice came before', () => {
    const { command, event } = grant('2023-05-31');
    given(registered, entered, ended('2023-06-01')).when(command).then(event);
  });
  it('OL-11: takes no grant outside its time', () => {
    given(registered).when(grant('2023-05-01').command).thenRefuses('OL-11', 'noticeOn');
    given(registered, entered).when(grant('2021-12-31').command).thenRefuses('OL-11', 'noticeOn');
    given(registered, entered).when(grant('2025-01-01').command).thenRefuses('OL-11', 'noticeOn');
    given(registered, entered, ended('2023-05-01')).when(grant('2023-05-01').command).thenRefuses('OL-11', 'noticeOn');
  });
  it('L-1: takes no grant after the patent was sold', () => {
    given(registered, entered, ...sold)
      .when(grant('2022-02-01').command)
      .thenRefuses('L-1', 'noticeOn');
  });
  it('L-2: a grant stands against exclusive licences after the withdrawal, and they against it', () => {
    const exclusive = licence('EXCLUSIVE', '2023-06-01');
    given(registered, entered, grant('2023-05-01').event, ended('2023-06-01'))
      .when(reserve('c1', exclusive))
      .thenRefuses('L-2');
    given(registered, entered, ended('2023-06-01'), ...held('c1', exclusive))
      .when(grant('2023-05-01').command)
      .thenRefuses('L-2');
  });
});

describe('whatever happens to a title', () => {
  const contractId = fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6');
  const universityId = fc.constantFrom('hnu', 'hnu', 'hnu', 'hnu', 'csu');
  const day = fc.integer({ min: 1, max: 6 }).map((month) => `2022-0${month}-15`);
  const licences: fc.Arbitrary<Right> = fc
    .record({ kind: fc.constantFrom<LicenceKind>('EXCLUSIVE', 'SOLE', 'ORDINARY', 'CROSS'), from: day, to: day })
    .map(({ kind, from, to }) => licence(kind, from, to < from ? undefined : to));
  const titles = fc.constantFrom(sale, back);

  /** A contract on its way: reserved, perhaps confirmed, perhaps registered. */
  const lodging = (right: fc.Arbitrary<Right>): fc.Arbitrary<AssetCommand[]> =>
    fc
      .record({
        contractId,
        universityId,
        right,
        to: fc.constantFrom('hnu', '示例公司'),
        on: day,
        steps: fc.constantFrom(0, 1, 2, 2, 2),
      })
      .map(({ contractId: id, universityId: university, right: wanted, to, on, steps }) => {
        const move: AssetCommand = { type: 'MoveOwnership', contractId: id, to, on, revision: 2 };
        const way: AssetCommand[] = [reserve(id, wanted, university), { type: 'Confirm', contractId: id }, move];
        return way.slice(0, steps + 1);
      });
  const settling: fc.Arbitrary<AssetCommand[]> = fc
    .oneof(
      fc.record({ type: fc.constantFrom('Confirm' as const, 'Cancel' as const), contractId }),
      fc.record({ type: fc.constant('Release' as const), contractId, on: day }),
      fc.record({
        type: fc.constant('MoveOwnership' as const),
        contractId,
        to: fc.constantFrom('hnu', '示例公司'),
        on: day,
        revision: fc.nat(9),
      }),
    )
    .map((command) => [command]);
  const declarationId = fc.constantFrom('d1', 'd2');
  const opening: fc.Arbitrary<AssetCommand[]> = fc
    .record({
      declarationId,
      universityId,
      from: day,
      noticeOn: day,
      endOn: day,
      steps: fc.nat(2),
      to: fc.constant('2022-12-31'),
    })
    .chain(({ noticeOn, endOn, steps, ...open }) => {
      const entering: AssetCommand = { type: 'EnterOpenLicence', number: `示例-${open.declarationId}`, ...open };
      const granting: AssetCommand = {
        type: 'EnterOpenGrant',
        grantId: `g-${noticeOn}`,
        number: `示例-g-${noticeOn}`,
        licensee: '示例公司',
        ...open,
        noticeOn,
        from: noticeOn,
      };
      const ending: AssetCommand = { type: 'EndOpenLicence', declarationId: open.declarationId, on: endOn };
      return fc
        .shuffledSubarray([granting, ending], { minLength: steps, maxLength: steps })
        .map((then) => [entering, ...then]);
    });

  /** Runs what is accepted; refusals change nothing. */
  const accepted = (sequence: ReadonlyArray<readonly AssetCommand[]>): AssetEvent[] => {
    const log: AssetEvent[] = [registered];
    for (const command of sequence.flat()) {
      try {
        log.push(...assetDecider.decide(command, log.reduce(assetDecider.evolve, assetDecider.initial), {} as never));
      } catch (error) {
        expect(Object.keys(assetRule.rules)).toContain((error as { rule?: string }).rule);
      }
    }
    return log;
  };

  /** Rights as the log says, apart from the decider's own fold. */
  const standing = (log: readonly AssetEvent[]): Right[] => {
    const rights = new Map<string, Right>();
    for (const { type, data: said } of log) {
      if (type === 'AssetReserved') rights.set(said.contractId, said.right);
      if (type === 'OpenGrantEntered') rights.set(said.grantId, licence('ORDINARY', said.from, said.to));
      if (type === 'ReservationCancelled' || type === 'RightReleased') rights.delete(said.contractId);
    }
    return [...rights.values()];
  };

  const overlapping = (one: { from: string; to?: string }, other: { from: string; to?: string }) =>
    one.from <= (one.to ?? '9999') &&
    other.from <= (other.to ?? '9999') &&
    one.from <= (other.to ?? '9999') &&
    other.from <= (one.to ?? '9999');

  it('no licence shares a day with an exclusive or sole one, nor does an open licence', () => {
    const anything = fc.oneof(
      { weight: 6, arbitrary: lodging(licences) },
      { weight: 1, arbitrary: lodging(titles) },
      { weight: 2, arbitrary: settling },
      { weight: 4, arbitrary: opening },
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30, size: 'max' }), (sequence) => {
        const log = accepted(sequence);
        const held = standing(log).flatMap((right) => (right.kind === 'LICENCE' ? [right] : []));
        const { openLicences } = log.reduce(assetDecider.evolve, assetDecider.initial);
        for (const one of held.filter(({ licence: kind }) => kind === 'EXCLUSIVE' || kind === 'SOLE')) {
          const others = [...held.filter((other) => other !== one), ...openLicences.map(openTermOf)];
          expect(others.filter((other) => overlapping(one, other))).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('no two sales stand without a return between them', () => {
    let longest = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(lodging(titles), lodging(titles), settling), { maxLength: 40, size: 'max' }),
        (sequence) => {
          const sales = standing(accepted(sequence)).flatMap((right) => (right.kind === 'TITLE' ? [right] : []));
          longest = Math.max(longest, sales.length);
          sales.forEach((title, index) => {
            if (index > 0 && !title.back) expect(sales[index - 1]?.back).toBe(true);
          });
        },
      ),
      { numRuns: 1_000 },
    );
    expect(longest).toBeGreaterThan(3);
  });
});
