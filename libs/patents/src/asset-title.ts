import { LICENCE_KINDS, type Refusal, isPatent } from '@app/kernel';
import { compactName } from './asset-entry.js';
import type { LicenceRight, Reserve, Right } from './asset-events.js';
import { type HeldLicence, headsOf, licencesOf } from './asset-licences.js';
import { assetRule } from './asset-rules.js';
import { covers, exclude, isExcluding, isOwnUse, meet, overlap } from './asset-scope.js';
import { assertAlive, assertSound } from './asset-soundness.js';
import { type Asset, type HeldRight, type OpenLicence, heldBy, nameOf, openTermOf, present } from './asset-state.js';
import { annuityAt, coOwnersAt, grantOf, pledgesAt, suspensionsAt } from './asset-status.js';

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
 * @throws Refusal L-1, L-12, L-20, OL-8, L-10, L-11, L-13, OL-4, L-2, L-24, C-20
 */
export const assertLicensable = (asset: Asset, wanted: Wanted<LicenceRight>): void => {
  const { right, universityId } = wanted;
  assertOwnUse(asset, right);
  if (right.licence === 'SUB') assertUnderHead(asset, wanted);
  else assertOwner(asset, universityId, right.from, 'assets');
  assertSound(asset, wanted);
  assertBesideOpenLicence(asset, right);
  assertUnburdened(asset, right, wanted.amends);
};

/** @throws Refusal L-12, L-1 */
const assertUnderHead = (asset: Asset, { right: wanted, universityId, amends }: Wanted<LicenceRight>): void => {
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
  if (headsOf(wanted, asset).some(({ contractId }) => contractId === amends))
    throw refusal(`主许可合同 ${contract} 以本合同为前提`, `head licence ${contract} stands under this contract`);
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

/** No licence in the same term, territory and field excludes the wanted one or is excluded by it. @throws Refusal L-2, L-24, C-20 */
export const assertUnburdened = (asset: Asset, wanted: LicenceRight, amends?: string): void => {
  const { number } = present(asset);
  const others = strangersTo(asset, wanted, amends);
  const inTheWay = others.filter(({ right }) => exclude(right, wanted) && meet(right, wanted));
  assertNone(asset, inTheWay, (held) => {
    const { from, to = '…', licence } = held.right;
    const [heldKind, wantedKind] = [LICENCE_KINDS[licence], LICENCE_KINDS[wanted.licence]];
    const kinds = { heldZh: heldKind.zh, heldEn: heldKind.en, wantedZh: wantedKind.zh, wantedEn: wantedKind.en };
    return assetRule(
      'L-2',
      { number, contract: nameOf(held), from, to, ...kinds },
      { field: 'assets', conflict: held.contractId },
    );
  });
  assertNone(asset, secondOwnUses(others, wanted), (held) =>
    assetRule('L-24', { number, contract: nameOf(held) }, { field: 'asOwnUse', conflict: held.contractId }),
  );
};

/** @throws Refusal L-20 */
const assertOwnUse = (asset: Asset, right: LicenceRight): void => {
  if (!right.asOwnUse || (isOwnUse(right) && !right.sublicensable)) return;
  throw assetRule('L-20', { number: present(asset).number }, { field: 'asOwnUse' });
};

/**
 * An open licence needs a patent that is granted, alive, paid for, free and unpledged (OL-1), all its owners, and no other standard
 * beside it. @throws Refusal OL-1, OL-3, OL-36, C-20
 */
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
  assertDeclaredByAll(asset, open);
  assertOnlyStandard(asset, open);
};

/** @throws Refusal OL-3 naming the owners on its first day who do not declare */
export const assertDeclaredByAll = (asset: Asset, { from: on, declarants = [] }: OpenLicence): void => {
  const named = new Set(declarants.map(compactName));
  const missing = coOwnersAt(asset, on).filter(({ name }) => !named.has(compactName(name)));
  if (missing.length === 0 || !assetRule.governs('OL-3', on)) return;
  const names = missing.map(({ name }) => name).join('、');
  throw assetRule('OL-3', { number: present(asset).number, on, missing: names }, { field: 'declarants' });
};

const assertOnlyStandard = (asset: Asset, wanted: OpenLicence): void => {
  const other = asset.openLicences.find((open) => overlap(openTermOf(open), wanted));
  if (!other) return;
  const { declarationId: conflict, number: declaration = conflict } = other;
  const { number } = present(asset);
  throw assetRule('OL-36', { number, declaration, ...openTermOf(other) }, { field: 'asset', conflict });
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

/** All licences but those the wanted one stands under, and those it would replace or that stand under it. */
const strangersTo = (asset: Asset, wanted: LicenceRight, amends: string | undefined): readonly HeldLicence[] => {
  const heads = headsOf(wanted, asset).map(({ contractId }) => contractId);
  const strangers = licencesOf(asset).filter(({ contractId }) => !heads.includes(contractId));
  if (amends === undefined) return strangers;
  const isUnder = ({ right }: HeldLicence) => headsOf(right, asset).some(({ contractId }) => contractId === amends);
  return strangers.filter((held) => held.contractId !== amends && held.amends !== amends && !isUnder(held));
};

/** Beside a SOLE licence stands one own use of the licensor's, not one for each place or field (司法解释 art 27). */
const secondOwnUses = (others: readonly HeldLicence[], wanted: LicenceRight): readonly HeldLicence[] => {
  const ownUsesBeside = (sole: LicenceRight) => others.filter(({ right }) => isOwnUse(right) && meet(right, sole));
  const confirmedFirst = (one: HeldLicence, other: HeldLicence) => Number(other.confirmed) - Number(one.confirmed);
  if (wanted.licence === 'SOLE') return ownUsesBeside(wanted).sort(confirmedFirst).slice(1);
  if (!isOwnUse(wanted)) return [];
  return others
    .filter(({ right }) => right.licence === 'SOLE' && meet(right, wanted))
    .flatMap(({ right }) => ownUsesBeside(right));
};

export const busy = (asset: Asset, held: HeldRight): Refusal =>
  assetRule('C-20', { number: present(asset).number, contract: nameOf(held) }, { conflict: held.contractId });

/** A confirmed right refuses for good; an unconfirmed one only asks to come again, as it may still be cancelled. */
export const assertNone = <Held extends Right>(
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
