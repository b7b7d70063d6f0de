import type { TitleRight } from './asset-events.js';
import { type HeldLicence, licencesOf, titlesOf } from './asset-licences.js';
import { assetRule } from './asset-rules.js';
import { assertSound } from './asset-soundness.js';
import {
  type Asset,
  type HeldRight,
  type OpenLicence,
  type Owner,
  heldBy,
  nameOf,
  openTermOf,
  present,
  withoutContract,
} from './asset-state.js';
import { type Wanted, assertNone, busy, ownerAt } from './asset-title.js';

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

/** The title may move on this day, first told or corrected. @throws Refusal L-21 out of turn, L-22 a licence would lose its licensor, C-20 */
export const assertMovable = (asset: Asset, held: HeldRight, on: string): void => {
  const { contractId, right, party = contractId } = held;
  if (right.kind !== 'TITLE') return;
  const { number, universityId } = present(asset);
  const place = asset.owners.findIndex((owner) => owner.contractId === contractId);
  const owner = { party: right.back ? universityId : party, from: on, contractId };
  const owners = place < 0 ? [...asset.owners, owner] : asset.owners.with(place, owner);
  assertDatesInTurn(asset, owners, owner);
  const { licences, openLicences } = losingLicensor(asset, owners);
  assertNone(asset, licences, (licence) => {
    const { contractId: conflict, noticeOn: since = licence.right.from } = licence;
    return assetRule('L-22', { number, on, record: nameOf(licence), since }, { field: 'registeredOn', conflict });
  });
  const [open] = openLicences;
  if (!open) return;
  const { declarationId: conflict, number: record = conflict, from: since } = open;
  throw assetRule('L-22', { number, on, record, since }, { field: 'registeredOn', conflict });
};

const assertDatesInTurn = (asset: Asset, owners: readonly Owner[], owner: Owner): void => {
  const place = owners.indexOf(owner);
  const [before, after] = [owners[place - 1], owners[place + 1]];
  const { from: on } = owner;
  const wrong = before && before.from > on ? before : after && after.from < on ? after : undefined;
  if (!wrong) return;
  const { contractId = '', from: other } = wrong;
  const contract = nameOf(heldBy(contractId, asset) ?? { contractId });
  const { number } = present(asset);
  throw assetRule('L-21', { number, on, contract, other }, { field: 'registeredOn', conflict: contractId });
};

/** What a contract may not be taken away from under. @throws Refusal L-9, L-23, L-14, C-20 */
export const assertReleasable = (asset: Asset, contractId: string): void => {
  const { number } = present(asset);
  const amendment = asset.rights.find(({ amends }) => amends === contractId);
  if (amendment) throw busy(asset, amendment);
  const left = { ...asset, rights: asset.rights.filter(withoutContract(contractId)) };
  assertStaysInTurn(asset, left);
  const subs = licencesOf(left).filter(({ right }) => right.under === contractId);
  const { licences, openLicences } = losingLicensor(asset, asset.owners.filter(withoutContract(contractId)));
  const standing = (contract: string, conflict: string) => assetRule('L-14', { number, contract }, { conflict });
  assertNone(asset, [...subs, ...licences], (held) => standing(nameOf(held), held.contractId));
  const [open] = openLicences;
  if (open) throw standing(open.number ?? open.declarationId, open.declarationId);
};

/** What is left must still leave and come home in turn. @throws Refusal L-9 a second sale, L-23 a return without its sale */
const assertStaysInTurn = (asset: Asset, left: Asset): void => {
  const before = outOfTurn(asset.rights);
  const broken = outOfTurn(left.rights).find((title) => !before.includes(title));
  if (!broken) return;
  const { contractId: conflict, right } = broken;
  const parameters = { number: present(asset).number, contract: nameOf(broken) };
  throw assetRule(right.back ? 'L-23' : 'L-9', parameters, { conflict });
};

/** Sales of what is away, and returns of what is home, the title having begun at home. */
const outOfTurn = (rights: readonly HeldRight[]): ReadonlyArray<HeldRight<TitleRight>> => {
  const titles = titlesOf(rights);
  return titles.filter(({ right }, index) => {
    const before = titles[index - 1]?.right;
    const isAway = before !== undefined && !before.back;
    return isAway !== (right.back === true);
  });
};

/** Licences and open licences that began in their licensor's hands, and would not were these the owners. */
const losingLicensor = (
  asset: Asset,
  owners: readonly Owner[],
): { readonly licences: readonly HeldLicence[]; readonly openLicences: readonly OpenLicence[] } => {
  const loses = (who: string | undefined, on: string): boolean =>
    who !== undefined && ownerAt(asset, on) === who && ownerAt({ owners }, on) !== who;
  const { universityId: home } = present(asset);
  return {
    licences: licencesOf(asset).filter(
      ({ right, universityId, declarationId, noticeOn = right.from }) =>
        right.licence !== 'SUB' && loses(universityId ?? (declarationId ? home : undefined), noticeOn),
    ),
    openLicences: asset.openLicences.filter((open) => {
      const { from, to } = openTermOf(open);
      return from <= to && loses(open.universityId ?? home, from);
    }),
  };
};
