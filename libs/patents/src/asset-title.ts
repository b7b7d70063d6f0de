import { type Refusal, addYears, isPatent } from '@app/kernel';
import type { AssetData, LicenceRight, Right, TitleRight } from './asset-events.js';
import { assetRule } from './asset-rules.js';

export interface HeldRight<Held extends Right = Right> {
  /** The contract, or the grant under an open licence, that holds it. */
  readonly contractId: string;
  readonly right: Held;
  readonly confirmed: boolean;
}

export interface Owner {
  readonly party: string;
  readonly from: string;
  /** The contract that brought the title here, and its revision; none for the first owner. */
  readonly contractId?: string;
  readonly revision?: number;
}

export interface OpenLicence {
  readonly declarationId: string;
  readonly from: string;
  readonly to: string;
  /** The grant whose notice came last. */
  readonly lastGrant?: { readonly grantId: string; readonly noticeOn: string };
}

export interface Asset {
  readonly data: AssetData | undefined;
  /** In the order the title went from hand to hand, which their dates may contradict. */
  readonly owners: readonly Owner[];
  /** In the order they were reserved. */
  readonly rights: readonly HeldRight[];
  readonly cancelled: ReadonlySet<string>;
  readonly openLicences: readonly OpenLicence[];
}

/** @throws Refusal C-23 */
export const present = ({ data }: Asset): AssetData => {
  if (!data) throw assetRule('C-23');
  return data;
};

/** When the right lapses by law (专利法 art 42): designs filed before 2021-06-01 keep ten years. */
export const expiryOf = ({ ipType, filedOn }: Pick<AssetData, 'ipType' | 'filedOn'>): string | undefined => {
  switch (ipType) {
    case 'INVENTION':
      return addYears(filedOn, 20);
    case 'UTILITY_MODEL':
      return addYears(filedOn, 10);
    case 'DESIGN':
      return addYears(filedOn, filedOn >= '2021-06-01' ? 15 : 10);
    default:
      return undefined;
  }
};

export const ownerAt = ({ owners }: Asset, date: string): string =>
  (owners.findLast(({ from }) => from <= date) ?? owners[0])?.party ?? '';

/** @throws Refusal L-1 */
export const assertOwner = (asset: Asset, university: string, on: string, field: string): void => {
  const owner = ownerAt(asset, on);
  if (owner !== university) throw assetRule('L-1', { number: present(asset).number, university, on, owner }, { field });
};

/** @throws Refusal OL-8 */
export const assertInTerm = (asset: Asset, to: string): void => {
  const data = present(asset);
  const expiry = expiryOf(data);
  if (expiry && to > expiry) throw assetRule('OL-8', { to, number: data.number, expiry }, { field: 'endsOn' });
};

/**
 * A licence needs the title at its start and takes its place beside the licences that are there.
 * @throws Refusal L-1, OL-8, OL-4, L-2, C-20
 */
export const assertLicensable = (asset: Asset, university: string, wanted: LicenceRight): void => {
  assertOwner(asset, university, wanted.from, 'assets');
  assertInTerm(asset, wanted.to ?? wanted.from);
  const open = asset.openLicences.find((declared) => overlap(declared, wanted));
  if (open && isExcluding(wanted)) {
    const { declarationId: declaration } = open;
    throw assetRule(
      'OL-4',
      { number: present(asset).number, declaration },
      { field: 'licenceKind', conflict: declaration },
    );
  }
  assertUnburdened(asset, wanted);
};

/** No licence in the same term excludes the wanted one or is excluded by it. @throws Refusal L-2, C-20 */
export const assertUnburdened = (asset: Asset, wanted: LicenceRight): void =>
  assertNone(asset, conflictsWith(asset, wanted), ({ contractId: contract, right: { licence, from, to = '…' } }) =>
    assetRule(
      'L-2',
      { number: present(asset).number, held: licence, wanted: wanted.licence, contract, from, to },
      { field: 'assets', conflict: contract },
    ),
  );

/** An open licence needs a granted patent without an exclusive or sole licence. @throws Refusal OL-1, C-20 */
export const assertOpenable = (asset: Asset, term: Term): void => {
  const { number, ipType, grantedOn } = present(asset);
  const ineligible = (reasonZh: string, reasonEn: string, conflict?: string): Refusal =>
    assetRule('OL-1', { number, reasonZh, reasonEn }, { field: 'asset', ...(conflict ? { conflict } : {}) });
  if (!isPatent(ipType)) throw ineligible('不是专利', 'not a patent');
  if (!grantedOn || term.from < grantedOn) throw ineligible('尚未公告授权', 'not granted by then');
  const excluding = conflictsWith(asset, { kind: 'LICENCE', licence: 'ORDINARY', ...term });
  assertNone(asset, excluding, ({ contractId }) =>
    ineligible(
      `在独占或排他许可（合同 ${contractId}）期限内`,
      `under the exclusive or sole licence of contract ${contractId}`,
      contractId,
    ),
  );
};

/**
 * Titles leave and come home in turn: a sale needs the title here, a return needs it away, and only a registered move counts,
 * whatever dates the contracts bear. @throws Refusal L-1, L-4, L-8, C-20
 */
export const assertTransferable = (asset: Asset, university: string, { on, back }: TitleRight): void => {
  const { number, universityId: owner } = present(asset);
  if (university !== owner) throw assetRule('L-1', { number, university, on, owner }, { field: 'assets' });
  const titles = titlesOf(asset.rights);
  const hasMoved = ({ contractId }: HeldRight) => asset.owners.some((other) => other.contractId === contractId);
  const last = titles.findLast(hasMoved);
  const away = last && !last.right.back ? [last] : [];
  if (back && away.length === 0) throw assetRule('L-8', { number, university }, { field: 'assets' });
  const pending = titles.filter((title) => !hasMoved(title));
  assertNone(asset, back ? pending : [...away, ...pending], ({ contractId: contract }) =>
    assetRule('L-4', { number, contract }, { field: 'assets', conflict: contract }),
  );
};

/** The sale that no title would stand behind if these rights were all there are. */
export const soldTwice = (rights: readonly HeldRight[]): HeldRight | undefined => {
  const titles = titlesOf(rights);
  return titles.find((sale, index) => index > 0 && !sale.right.back && !titles[index - 1]?.right.back);
};

const titlesOf = (rights: readonly HeldRight[]) => rights.filter(hasKind<TitleRight>('TITLE'));

const conflictsWith = ({ rights }: Asset, wanted: LicenceRight) =>
  rights
    .filter(hasKind<LicenceRight>('LICENCE'))
    .filter(({ right }) => (isExcluding(right) || isExcluding(wanted)) && overlap(right, wanted));

const hasKind =
  <Kind extends Right>(kind: Kind['kind']) =>
  (held: HeldRight): held is HeldRight<Kind> =>
    held.right.kind === kind;

/** A confirmed right refuses for good; an unconfirmed one only asks to come again, as it may still be cancelled. */
const assertNone = <Held extends Right>(
  asset: Asset,
  inTheWay: ReadonlyArray<HeldRight<Held>>,
  refusal: (held: HeldRight<Held>) => Refusal,
): void => {
  const held = inTheWay.find(({ confirmed }) => confirmed) ?? inTheWay[0];
  if (!held) return;
  const { contractId: contract, confirmed } = held;
  throw confirmed
    ? refusal(held)
    : assetRule('C-20', { number: present(asset).number, contract }, { conflict: contract });
};

const isExcluding = ({ licence }: LicenceRight): boolean => licence === 'EXCLUSIVE' || licence === 'SOLE';

interface Term {
  readonly from: string;
  readonly to?: string;
}

/** Later than any legal date: an open-ended term. */
const OPEN_END = '9999-12-31';

const overlap = (one: Term, other: Term): boolean =>
  one.from <= (other.to ?? OPEN_END) && other.from <= (one.to ?? OPEN_END);
