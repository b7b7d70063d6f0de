import { WHOLE_PERMYRIAD } from '@app/kernel';
import { recorded, testContext } from '@app/testing';
import fc from 'fast-check';
import { assetDecider } from './asset.js';
import type { AssetEntry } from './asset-entry.js';
import type { AssetCommand, AssetEvent, LicenceRight, Right } from './asset-events.js';
import { assetRule } from './asset-rules.js';
import { type Asset, openTermOf } from './asset-state.js';
import { licencesOf } from './asset-licences.js';
import { ownerAt } from './asset-title.js';
import { titleRegister } from './title-register.js';

const registered: AssetEvent = {
  type: 'AssetRegistered',
  data: {
    universityId: 'hnu',
    ipType: 'INVENTION',
    number: '201910699568X',
    title: '示例：一种测量装置',
    filedOn: '2019-07-30',
    grantedOn: '2021-03-02',
    coOwners: [{ name: '示例甲公司', sharePermyriad: 3_000 }],
  },
};

const day = fc.integer({ min: 1, max: 9 }).map((month) => `2022-0${month}-15`);
const contractId = fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6');
const amendmentId = fc.constantFrom('a1', 'a2', 'a3');
const revision = fc.nat(9);
const territory = fc.constantFrom<readonly string[]>([], ['430000'], ['430100'], ['440000']);
const fields = fc.constantFrom<readonly string[]>([], ['C39'], ['C'], ['A01']);

const licence: fc.Arbitrary<LicenceRight> = fc
  .record({
    kinds: fc.constantFrom(
      'EXCLUSIVE' as const,
      'SOLE' as const,
      'ORDINARY' as const,
      'CROSS' as const,
      'SUB' as const,
    ),
    from: day,
    to: day,
    territory,
    fields,
    under: contractId,
    sublicensable: fc.boolean(),
    own: fc.boolean(),
  })
  .map(({ kinds, from, to, own, under, ...scope }) => ({
    kind: 'LICENCE',
    licence: kinds,
    from,
    ...(to < from ? {} : { to }),
    ...scope,
    ...(kinds === 'SUB' ? { under } : {}),
    ...(own ? { asOwnUse: true as const } : {}),
  }));
const title: fc.Arbitrary<Right> = fc.record({ on: day, back: fc.boolean() }).map(({ on, back }) => ({
  kind: 'TITLE',
  on,
  ...(back ? { back: true as const } : {}),
}));
const consents = fc.constantFrom<readonly string[]>([], ['示例甲公司'], ['示例甲公司', '示例乙公司']);

const reserving = (id: fc.Arbitrary<string>, right: fc.Arbitrary<Right>, amends?: fc.Arbitrary<string>) =>
  fc
    .record({
      id,
      right,
      consents,
      amended: amends ?? fc.constant(undefined),
      confirms: fc.boolean(),
      on: day,
      revision,
    })
    .map(
      ({ id: contract, right: wanted, amended, confirms, on, revision: known, consents: agreed }): AssetCommand[] => [
        {
          type: 'Reserve',
          contractId: contract,
          contractNumber: `示例-${contract}`,
          party: '示例公司',
          universityId: 'hnu',
          right: wanted,
          consents: agreed,
          ...(amended ? { amends: amended } : {}),
        },
        ...(confirms ? [{ type: 'Confirm', contractId: contract } as const] : []),
        ...(confirms && wanted.kind === 'TITLE'
          ? [
              // Contracts ask before they decide a move, which then refuses no date.
              { type: 'CheckTransfer', contractId: contract, on } as const,
              {
                type: 'MoveOwnership',
                contractId: contract,
                to: wanted.back ? 'hnu' : '示例公司',
                on,
                revision: known,
              } as const,
            ]
          : []),
      ],
    );

/** A head licence and one under it, so that there are families at all. */
const family: fc.Arbitrary<AssetCommand[]> = fc
  .record({ head: contractId, sub: contractId, wide: licence, narrow: licence })
  .chain(({ head, sub, wide, narrow }) => {
    const { to: _to, ...open } = wide;
    const right: LicenceRight = { ...open, licence: 'ORDINARY', from: '2022-01-15', sublicensable: true, fields: [] };
    return fc
      .tuple(
        reserving(fc.constant(head), fc.constant(right)),
        reserving(fc.constant(sub), fc.constant<Right>({ ...narrow, licence: 'SUB', under: head })),
      )
      .map((both) => [{ type: 'Confirm' as const, contractId: head }, ...both.flat()]);
  });

const stepping: fc.Arbitrary<AssetCommand[]> = fc
  .record({
    type: fc.constantFrom('Confirm', 'Cancel', 'Release', 'EndRight', 'ReserveRelease', 'CancelRelease'),
    contractId: fc.oneof(contractId, amendmentId),
    on: day,
    revision,
  })
  .map(({ type, ...rest }) => [{ type, ...rest } as AssetCommand]);

const opening: fc.Arbitrary<AssetCommand[]> = fc
  .record({ from: day, to: day, noticeOn: day, on: day, id: fc.constantFrom('d1', 'd2'), what: fc.nat(4) })
  .map(({ id: declarationId, from, to, noticeOn, on, what }): AssetCommand[] => {
    const grantId = `g-${noticeOn}`;
    const names = { number: `示例-${declarationId}`, universityId: 'hnu' };
    const commands: AssetCommand[] = [
      { type: 'EnterOpenLicence', declarationId, ...names, from, to: to < from ? '2022-12-31' : to },
      {
        type: 'EnterOpenGrant',
        grantId,
        ...names,
        licensee: '示例公司',
        declarationId,
        noticeOn,
        from: noticeOn,
        to: '2022-12-31',
      },
      { type: 'EndOpenLicence', declarationId, on },
      { type: 'EndOpenGrant', grantId, on },
      { type: 'CancelOpenGrant', grantId },
    ];
    const [enter, ...others] = commands as [AssetCommand, ...AssetCommand[]];
    return what === 0 ? [enter] : [enter, others[what - 1] as AssetCommand];
  });

const fact: fc.Arbitrary<AssetCommand[]> = fc
  .record({
    on: day,
    share: fc.integer({ min: 1, max: 9_999 }),
    other: fc.integer({ min: 1, max: 9_999 }),
    what: fc.nat(6),
  })
  .map(({ on, share, other, what }) => {
    const coOwners = [
      { name: '示例甲公司', sharePermyriad: share },
      { name: '示例乙公司', sharePermyriad: other },
    ];
    const facts: AssetEntry[] = [
      { type: 'PatentLapsed', data: { on, cause: 'UNPAID_FEE' } },
      { type: 'PatentRestored', data: { on } },
      { type: 'CoOwnersChanged', data: { on, coOwners, documentNo: '示例-BG-1' } },
      { type: 'CoOwnersChanged', data: { on, coOwners: [], documentNo: '示例-BG-2' } },
      { type: 'SuspensionStarted', data: { on, documentNo: on, cause: 'PRESERVATION' } },
      { type: 'PledgeRegistered', data: { on, pledgeNo: on, pledgee: '示例银行', openLicenceConsent: true } },
      { type: 'AnnuityPaid', data: { year: 4, paidOn: on } },
    ];
    return [{ type: 'EnterFact', entry: facts[what] as AssetEntry }];
  });
const voiding: fc.Arbitrary<AssetCommand[]> = fc
  .integer({ min: 1, max: 20 })
  .map((entry) => [{ type: 'VoidEntry', revision: entry, reason: '录入有误', evidence: '示例', approver: 'reviewer' }]);

const anything = fc.oneof(
  { weight: 6, arbitrary: reserving(contractId, licence) },
  { weight: 2, arbitrary: reserving(amendmentId, licence, contractId) },
  { weight: 2, arbitrary: family },
  { weight: 2, arbitrary: reserving(contractId, title) },
  { weight: 4, arbitrary: stepping },
  { weight: 3, arbitrary: opening },
  { weight: 2, arbitrary: fact },
  { weight: 1, arbitrary: voiding },
);

/** Runs what is accepted; refusals are the rules' own and change nothing. */
const accepted = (sequence: ReadonlyArray<readonly AssetCommand[]>): { log: AssetEvent[]; asset: Asset } => {
  const log: AssetEvent[] = [registered];
  let asset = assetDecider.evolve(assetDecider.initial, registered);
  let asked: string | undefined;
  for (const command of sequence.flat()) {
    try {
      if (command.type === 'MoveOwnership' && asked !== `${command.contractId} ${command.on}`) continue;
      const events = assetDecider.decide(command, asset, testContext);
      asset = events.reduce(assetDecider.evolve, asset);
      log.push(...events);
      // What was just accepted is there: the same again leaves nothing to do, or is refused.
      if (command.type === 'CheckTransfer') asked = `${command.contractId} ${command.on}`;
      if (command.type !== 'Cancel') expect(again(command, asset)).toEqual([]);
    } catch (error) {
      expect(Object.keys(assetRule.rules)).toContain((error as { rule?: string }).rule);
    }
  }
  return { log, asset };
};

const again = (command: AssetCommand, asset: Asset): readonly AssetEvent[] =>
  assetDecider.decide(command, asset, testContext);

/** Independent of the product's own calendar: every day, division and field that a licence holds. */
const DAYS = Array.from({ length: 12 }, (_, month) => `2022-${String(month + 1).padStart(2, '0')}-15`);
const PLACES = ['430100', '430200', '440100', '110000'];
const FIELDS = ['C39', 'C26', 'A01'];
const within = (codes: readonly string[] | undefined, code: string) =>
  !codes?.length || codes.some((outer) => code.startsWith(outer.replace(/0+$/, '')));
const cells = ({ from, to = '9999-12-31', territory: where, fields: what }: LicenceRight): Set<string> =>
  new Set(
    DAYS.filter((on) => from <= on && on <= to).flatMap((on) =>
      PLACES.filter((place) => within(where, place)).flatMap((place) =>
        FIELDS.filter((field) => within(what, field)).map((field) => `${on} ${place} ${field}`),
      ),
    ),
  );

type Held = ReturnType<typeof licencesOf>[number];

/** The contracts a sub-licence stands under, up to the top. */
const chainOf = ({ under }: LicenceRight, held: readonly Held[], steps = 0): readonly string[] => {
  const head = held.find(({ contractId: id }) => id === under);
  return under === undefined || !head || steps > held.length ? [] : [under, ...chainOf(head.right, held, steps + 1)];
};

/** A head and its sub-licence, or a right and the amendment that is to replace it, stand for one. */
const isRelated = (one: Held, other: Held, held: readonly Held[]): boolean =>
  [one, other].some(({ right, amends }, index) => {
    const { contractId: id, right: its } = index === 0 ? other : one;
    const above = chainOf(right, held);
    return above.includes(id) || amends === id || (amends !== undefined && chainOf(its, held).includes(amends));
  });

const excludesOther = ({ right: one }: Held, { right: other }: Held): boolean => {
  const kinds = [one.licence, other.licence];
  if (kinds.includes('EXCLUSIVE')) return true;
  const isOwn = ({ licence: kind, asOwnUse }: LicenceRight) => kind === 'ORDINARY' && asOwnUse === true;
  return kinds.includes('SOLE') ? !isOwn(one) && !isOwn(other) : isOwn(one) && isOwn(other);
};

const meetsExclusively = (asset: Asset): string[] => {
  const held = licencesOf(asset);
  const pairs = held.flatMap((one, index) => held.slice(index + 1).map((other) => [one, other] as const));
  return pairs
    .filter(([one, other]) => excludesOther(one, other) && !isRelated(one, other, held))
    .flatMap(([one, other]) => {
      const mine = cells(one.right);
      const met = [...cells(other.right)].filter((cell) => mine.has(cell));
      return met.map((cell) => `${one.contractId}/${other.contractId} ${cell}`);
    });
};

const run = (check: (result: { log: AssetEvent[]; asset: Asset }) => void, numRuns = 600) =>
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 30, size: 'max' }), (sequence) => check(accepted(sequence))),
    { numRuns },
  );

describe('whatever happens to a register', () => {
  it('no two licences meet of which one excludes the other, nor does an open licence meet an exclusive one', () => {
    let most = 0;
    run(({ asset }) => {
      expect(meetsExclusively(asset)).toEqual([]);
      const held = licencesOf(asset);
      most = Math.max(most, held.length);
      const open = asset.openLicences.map(openTermOf).filter(({ from, to }) => from <= to);
      for (const sole of held.filter(({ right }) => right.licence === 'SOLE')) {
        const mine = cells(sole.right);
        const own = held.filter(({ right, amends }) => right.asOwnUse && right.licence === 'ORDINARY' && !amends);
        expect(own.filter(({ right }) => [...cells(right)].some((cell) => mine.has(cell))).length).toBeLessThan(2);
      }
      expect(DAYS.filter((on) => open.filter(({ from, to }) => from <= on && on <= to).length > 1)).toEqual([]);
      const exclusive = held.filter(({ right }) => right.licence === 'EXCLUSIVE' || right.licence === 'SOLE');
      for (const { right } of exclusive) {
        const days = DAYS.filter((on) => right.from <= on && on <= (right.to ?? '9999'));
        expect(days.filter((on) => open.some(({ from, to }) => from <= on && on <= to))).toEqual([]);
      }
    });
    expect(most).toBeGreaterThan(3);
  });

  it('one chain of owners leads from the university to whoever holds it, and shares add up to the whole', () => {
    let longest = 0;
    run(({ log, asset }) => {
      const titles = asset.rights.filter(({ right, amends }) => right.kind === 'TITLE' && amends === undefined);
      titles.forEach(({ right }, index) => {
        const before = titles[index - 1]?.right;
        if (right.kind !== 'TITLE') return;
        const isAway = before?.kind === 'TITLE' && !before.back;
        expect(Boolean(right.back)).toBe(isAway);
      });
      expect(asset.owners.map(({ from }) => from)).toEqual(asset.owners.map(({ from }) => from).sort());
      for (const { right, universityId, declarationId, noticeOn = right.from } of licencesOf(asset)) {
        const licensor = universityId ?? (declarationId ? 'hnu' : '');
        if (right.licence !== 'SUB') expect(ownerAt(asset, noticeOn)).toBe(licensor);
      }
      const movers = asset.owners.slice(1).map(({ contractId: id }) => id);
      expect(new Set(movers).size).toBe(movers.length);
      expect(movers.every((id) => titles.some((held) => held.confirmed && held.contractId === id))).toBe(true);
      longest = Math.max(longest, asset.owners.length);
      const history = recorded(...log.map((event) => ['asset-a1', event] as const));
      for (const on of ['2021-12-31', '2022-05-15', '2022-12-31']) {
        const { ownership } = titleRegister(history, on);
        expect(ownership.owner).toBe(ownerAt(asset, on));
        const shares = ownership.coOwners.map(({ sharePermyriad = 0 }) => sharePermyriad);
        expect(shares.reduce((sum, share) => sum + share, ownership.ownerSharePermyriad ?? 0)).toBe(WHOLE_PERMYRIAD);
        expect(ownership.ownerSharePermyriad).toBeGreaterThan(0);
      }
    });
    expect(longest).toBeGreaterThan(2);
  });

  it('a sub-licence never reaches beyond its head', () => {
    let subs = 0;
    run(({ asset }) => {
      for (const { right } of licencesOf(asset).filter((held) => held.right.licence === 'SUB')) {
        const head = licencesOf(asset).find(({ contractId: id }) => id === right.under);
        expect(head?.confirmed).toBe(true);
        const outer = cells(head?.right as LicenceRight);
        expect([...cells(right)].filter((cell) => !outer.has(cell))).toEqual([]);
        subs += 1;
      }
    });
    expect(subs).toBeGreaterThan(10);
  });
});
