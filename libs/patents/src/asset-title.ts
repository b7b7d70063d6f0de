import { LICENCE_KINDS, type Refusal, isPatent } from '@app/kernel';
import type { LicenceRight, Reserve, Right, TitleRight } from './asset-events.js';
import { assetRule } from './asset-rules.js';
import { OPEN_END, covers, exclude, isExcluding, meet, overlap } from './asset-scope.js';
import { assertAlive, assertSound } from './asset-soundness.js';
import {
  type Asset,
  type HeldRight,
  type OpenLicence,
  heldBy,
  nameOf,
  openTermOf,
  present,
  withoutContract,
} from './asset-state.js';
import { annuityAt, grantOf, pledgesAt, suspensionsAt } from './asset-status.js';

export const ownerAt = ({ owners }: Pick<Asset, 'owners'>, date: string): string =>
  (owners.findLast(({ from }) => from <= date) ?? owners[0])?.party ?? '';

/** @throws Refusal L-1 */
export const assertOwner = (asset: Asset, university: string, on: string, field: string): void => {
  const owner = ownerAt(asset, on);
  if (owner !== university) throw assetRule('L-1', { number: present(asset).number, university, on, owner }, { field });
};

/** A reservation as the title judges it. */
export type Wanted<Held extends Right = Right> = Omit<Reserve, 'type' | 'right'> & { readonly right: Held };

/**
 * A licence needs the title at its start, or a head licence it lies within, and takes its place beside the licences that are there.
 * @throws Refusal L-1, L-12, OL-8, L-10, L-11, L-13, OL-4, L-2, C-20
 */
export const assertLicensable = (asset: Asset, wanted: Wanted<LicenceRight>): void => {
  const { right, universityId } = wanted;
  if (right.licence === 'SUB') assertUnderHead(asset, right, universityId);
  else assertOwner(asset, universityId, right.from, 'assets');
  assertSound(asset, wanted);
  assertBesideOpenLicence(asset, right);
  assertUnburdened(asset, right, wanted.amends);
};

/** @throws Refusal L-12, L-1 */
const assertUnderHead = (asset: Asset, wanted: LicenceRight, universityId: string): void => {
  const { number } = present(asset);
  const head =
    wanted.under === undefined ? undefined : licencesOf(asset).find(({ contractId }) => contractId === wanted.under);
  const refusal = (reasonZh: string, reasonEn: string): Refusal =>
    assetRule(
      'L-12',
      { number, reasonZh, reasonEn },
      { field: 'headContract', ...(head ? { conflict: head.contractId } : {}) },
    );
  if (!head?.confirmed)
    throw refusal('未指明该知识产权上已生效的主许可合同', 'no head licence in force on this asset is named');
  if (head.universityId !== universityId) {
    throw assetRule(
      'L-1',
      { number, university: universityId, on: wanted.from, owner: head.universityId ?? '' },
      { field: 'headContract' },
    );
  }
  const contract = nameOf(head);
  if (!head.right.sublicensable)
    throw refusal(`主许可合同 ${contract} 未许可再许可`, `head licence ${contract} allows no sub-licence`);
  if (!covers(head.right, wanted)) {
    throw refusal(
      `超出主许可合同 ${contract} 的期限、地域或领域`,
      `it goes beyond the term, territory or fields of head licence ${contract}`,
    );
  }
};

/** @throws Refusal OL-4 */
const assertBesideOpenLicence = (asset: Asset, wanted: LicenceRight): void => {
  if (!isExcluding(wanted)) return;
  const open = asset.openLicences.find((declared) => overlap(openTermOf(declared), wanted));
  if (!open) return;
  const { declarationId, number: declaration = declarationId } = open;
  throw assetRule(
    'OL-4',
    { number: present(asset).number, declaration },
    { field: 'licenceKind', conflict: declarationId },
  );
};

/** No licence in the same term, territory and field excludes the wanted one or is excluded by it. @throws Refusal L-2, C-20 */
export const assertUnburdened = (asset: Asset, wanted: LicenceRight, amends?: string): void =>
  assertNone(asset, conflictsWith(asset, wanted, amends), (held) => {
    const { from, to = '…', licence } = held.right;
    const [heldKind, wantedKind] = [LICENCE_KINDS[licence], LICENCE_KINDS[wanted.licence]];
    const kinds = { heldZh: heldKind.zh, heldEn: heldKind.en, wantedZh: wantedKind.zh, wantedEn: wantedKind.en };
    const { number } = present(asset);
    return assetRule(
      'L-2',
      { number, contract: nameOf(held), from, to, ...kinds },
      { field: 'assets', conflict: held.contractId },
    );
  });

/** An open licence needs a patent that is granted, alive, paid for, free and unpledged (OL-1). @throws Refusal OL-1, C-20 */
export const assertOpenable = (asset: Asset, open: OpenLicence): void => {
  const { number, ipType } = present(asset);
  const { from: on, to } = open;
  const ineligible = (reasonZh: string, reasonEn: string, conflict?: string): Refusal =>
    assetRule('OL-1', { number, reasonZh, reasonEn }, { field: 'asset', ...(conflict ? { conflict } : {}) });
  if (!isPatent(ipType)) throw ineligible('不是专利', 'not a patent');
  assertUnhindered(asset, open, ineligible);
  const wanted: LicenceRight = { kind: 'LICENCE', licence: 'ORDINARY', from: on, to };
  const excluding = licencesOf(asset).filter(({ right }) => isExcluding(right) && overlap(right, wanted));
  assertNone(asset, excluding, (held) =>
    ineligible(
      `在独占或排他许可（合同 ${nameOf(held)}）期限内`,
      `under the exclusive or sole licence of contract ${nameOf(held)}`,
      held.contractId,
    ),
  );
};

type Ineligible = (reasonZh: string, reasonEn: string) => Refusal;

/** The legal life of the patent on the day its open licence begins (专利法实施细则 art 85, 86). */
export const assertUnhindered = (
  asset: Asset,
  { from: on, pledgeeConsent }: OpenLicence,
  ineligible: Ineligible,
): void => {
  const grantedOn = grantOf(asset);
  if (!grantedOn || on < grantedOn) throw ineligible('尚未公告授权', 'not granted by then');
  assertAlive(asset, on, (zh, en) => ineligible(zh, en));
  const { state, year } = annuityAt(asset, on);
  if (state === 'GRACE' || state === 'UNPAID') {
    throw ineligible(`第 ${year} 年度年费未按规定缴纳`, `the annuity of year ${year} is not paid as required`);
  }
  const [suspension] = suspensionsAt(asset, on);
  if (suspension) {
    const { documentNo } = suspension;
    throw ineligible(`有关程序被中止（${documentNo}）`, `suspended by ${documentNo}`);
  }
  const pledge = pledgeeConsent
    ? undefined
    : pledgesAt(asset, on).find(({ openLicenceConsent }) => !openLicenceConsent);
  if (pledge) {
    const { pledgeNo } = pledge;
    throw ineligible(`已质押（${pledgeNo}）且未经质权人同意`, `pledged (${pledgeNo}) without the pledgee's consent`);
  }
};

/**
 * Titles leave and come home in turn: a sale needs the title here, a return needs it away, and only a registered move counts,
 * whatever dates the contracts bear. @throws Refusal L-1, L-4, L-8, L-10, L-11, L-13, L-15, C-20
 */
export const assertTransferable = (asset: Asset, wanted: Wanted<TitleRight>): void => {
  const { universityId: university, right } = wanted;
  const { number, universityId: owner } = present(asset);
  if (university !== owner) throw assetRule('L-1', { number, university, on: right.on, owner }, { field: 'assets' });
  if (wanted.amends === undefined) assertInTurn(asset, university, right);
  assertSound(asset, wanted);
};

const assertInTurn = (asset: Asset, university: string, { back }: TitleRight): void => {
  const { number } = present(asset);
  const titles = titlesOf(asset.rights);
  const hasMoved = ({ contractId }: HeldRight) => asset.owners.some((other) => other.contractId === contractId);
  const last = titles.findLast(hasMoved);
  const away = last && !last.right.back ? [last] : [];
  if (back && away.length === 0) throw assetRule('L-8', { number, university }, { field: 'assets' });
  const pending = titles.filter((title) => !hasMoved(title));
  assertNone(asset, back ? pending : [...away, ...pending], (held) =>
    assetRule('L-4', { number, contract: nameOf(held) }, { field: 'assets', conflict: held.contractId }),
  );
};

/** What a contract may not be taken away from under. @throws Refusal L-9, L-14, C-20 */
export const assertReleasable = (asset: Asset, contractId: string): void => {
  const { number } = present(asset);
  const amendment = asset.rights.find(({ amends }) => amends === contractId);
  if (amendment) throw busy(asset, amendment);
  const left = { ...asset, rights: asset.rights.filter(withoutContract(contractId)) };
  const sale = soldTwice(left.rights);
  if (sale) throw assetRule('L-9', { number, contract: nameOf(sale) }, { conflict: sale.contractId });
  const subs = licencesOf(left).filter(({ right }) => right.under === contractId);
  assertNone(asset, [...subs, ...givenUnder(left, asset, contractId)], (held) =>
    assetRule('L-14', { number, contract: nameOf(held) }, { conflict: held.contractId }),
  );
};

/** Licences whose licensor owned the asset at their start only by this contract. */
const givenUnder = (left: Asset, before: Asset, contractId: string): ReadonlyArray<HeldRight<LicenceRight>> => {
  const after = { owners: before.owners.filter(withoutContract(contractId)) };
  const licensor = ({ universityId, declarationId }: HeldRight) =>
    universityId ?? (declarationId ? present(before).universityId : undefined);
  return licencesOf(left).filter((held) => {
    const [who, on] = [licensor(held), held.noticeOn ?? held.right.from];
    return (
      held.right.licence !== 'SUB' && who !== undefined && ownerAt(before, on) === who && ownerAt(after, on) !== who
    );
  });
};

/** The sale that no title would stand behind if these rights were all there are. */
const soldTwice = (rights: readonly HeldRight[]): HeldRight | undefined => {
  const titles = titlesOf(rights);
  return titles.find((sale, index) => index > 0 && !sale.right.back && !titles[index - 1]?.right.back);
};

const hasKind =
  <Kind extends Right>(kind: Kind['kind']) =>
  (held: HeldRight): held is HeldRight<Kind> =>
    held.right.kind === kind;

/** An amendment is no title of its own. */
const titlesOf = (rights: readonly HeldRight[]) =>
  rights.filter(hasKind<TitleRight>('TITLE')).filter(({ amends }) => amends === undefined);

/** The licences of an asset with their terms as they run: a sub-licence ends with its head. */
export const licencesOf = (asset: Asset): ReadonlyArray<HeldRight<LicenceRight>> =>
  asset.rights.filter(hasKind<LicenceRight>('LICENCE')).map((held) => {
    const head = held.right.under === undefined ? undefined : heldBy(held.right.under, asset)?.right;
    if (head?.kind !== 'LICENCE' || (head.to ?? OPEN_END) >= (held.right.to ?? OPEN_END)) return held;
    return { ...held, right: { ...held.right, to: head.to ?? OPEN_END } };
  });

const conflictsWith = (asset: Asset, wanted: LicenceRight, amends?: string) =>
  licencesOf(asset)
    .filter(({ contractId, amends: other }) => amends === undefined || (contractId !== amends && other !== amends))
    .filter(({ contractId, right }) => contractId !== wanted.under && (amends === undefined || right.under !== amends))
    .filter(({ right }) => exclude(right, wanted) && meet(right, wanted));

const busy = (asset: Asset, held: HeldRight): Refusal =>
  assetRule('C-20', { number: present(asset).number, contract: nameOf(held) }, { conflict: held.contractId });

/** A confirmed right refuses for good; an unconfirmed one only asks to come again, as it may still be cancelled. */
const assertNone = <Held extends Right>(
  asset: Asset,
  inTheWay: ReadonlyArray<HeldRight<Held>>,
  refusal: (held: HeldRight<Held>) => Refusal,
): void => {
  const held = inTheWay.find(({ confirmed }) => confirmed) ?? inTheWay[0];
  if (held) throw held.confirmed ? refusal(held) : busy(asset, held);
};

/** An amendment waits for the one before it, and every new right for the voiding it might stand on. @throws Refusal C-22, C-20, C-25 */
export const assertUnmoved = (asset: Asset, { contractId, amends, right }: Wanted): void => {
  assertNotReleasing(asset, [amends, right.kind === 'LICENCE' ? right.under : undefined]);
  if (amends === undefined) return;
  const amended = heldBy(amends, asset);
  if (!amended?.confirmed || amended.right.kind !== right.kind) {
    throw assetRule('C-22', { contract: amended ? nameOf(amended) : amends, number: present(asset).number });
  }
  const other = asset.rights.find((held) => held.amends === amends && held.contractId !== contractId);
  if (other) throw busy(asset, other);
  assertSubsCovered(asset, amends, right);
};

/** @throws Refusal L-14 where a sub-licence would reach beyond its amended head */
const assertSubsCovered = (asset: Asset, amends: string, right: Right): void => {
  const subs = licencesOf(asset).filter((held) => held.right.under === amends);
  const loose = subs.find((sub) => right.kind === 'LICENCE' && !(right.sublicensable && covers(right, sub.right)));
  if (loose)
    throw assetRule('L-14', { number: present(asset).number, contract: nameOf(loose) }, { conflict: loose.contractId });
};

/** @throws Refusal C-25 while a contract that moved the title, or one of these, is being voided */
export const assertNotReleasing = (asset: Asset, standsOn: ReadonlyArray<string | undefined> = []): void => {
  const held = asset.rights.find(
    ({ contractId, right }) =>
      asset.releasing.has(contractId) && (right.kind === 'TITLE' || standsOn.includes(contractId)),
  );
  if (held)
    throw assetRule('C-25', { number: present(asset).number, contract: nameOf(held) }, { conflict: held.contractId });
};
