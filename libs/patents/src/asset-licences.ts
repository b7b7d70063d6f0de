import type { LicenceRight, Right, TitleRight } from './asset-events.js';
import { OPEN_END } from './asset-scope.js';
import type { Asset, HeldRight } from './asset-state.js';

export type HeldLicence = HeldRight<LicenceRight>;

const hasKind =
  <Kind extends Right>(kind: Kind['kind']) =>
  (held: HeldRight): held is HeldRight<Kind> =>
    held.right.kind === kind;

/** An amendment is no title of its own. */
export const titlesOf = (rights: readonly HeldRight[]) =>
  rights.filter(hasKind<TitleRight>('TITLE')).filter(({ amends }) => amends === undefined);

/** The licences a sub-licence stands under, its own head first: a sub-licence may have others under it. */
export const headsOf = (licence: LicenceRight, { rights }: Pick<Asset, 'rights'>): readonly HeldLicence[] => {
  const heads: HeldLicence[] = [];
  const above = ({ licence: kind, under }: LicenceRight) =>
    kind === 'SUB'
      ? rights.filter(hasKind<LicenceRight>('LICENCE')).find((held) => held.contractId === under)
      : undefined;
  for (let head = above(licence); head && !heads.includes(head); head = above(head.right)) heads.push(head);
  return heads;
};

/** The licences of an asset with their terms as they run: a sub-licence ends with every licence above it. */
export const licencesOf = (asset: Asset): readonly HeldLicence[] =>
  asset.rights.filter(hasKind<LicenceRight>('LICENCE')).map((held) => {
    const { to: own = OPEN_END } = held.right;
    const to = headsOf(held.right, asset).reduce((last, { right }) => earlier(last, right.to ?? OPEN_END), own);
    return to === own ? held : { ...held, right: { ...held.right, to } };
  });

const earlier = (one: string, other: string): string => (one < other ? one : other);
