import type { LicenceRight, Scope } from './asset-events.js';

export interface Term {
  readonly from: string;
  readonly to?: string;
}

/** Later than any legal date: an open-ended term. */
export const OPEN_END = '9999-12-31';

const isEmpty = ({ from, to = OPEN_END }: Term): boolean => to < from;

export const overlap = (one: Term, other: Term): boolean =>
  !isEmpty(one) && !isEmpty(other) && one.from <= (other.to ?? OPEN_END) && other.from <= (one.to ?? OPEN_END);

/** A division as the prefix its parts share: `430000` is `43`, all of China is nothing. */
const areaPrefix = (division: string): string => division.replace(/(?:00)+$/, '');

const EVERYWHERE = [''];

const areas = ({ territory = [] }: Scope): readonly string[] =>
  territory.length > 0 ? territory.map(areaPrefix) : EVERYWHERE;

const fieldsOf = ({ fields = [] }: Scope): readonly string[] => (fields.length > 0 ? fields : EVERYWHERE);

const share = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.some((other) => one.startsWith(other) || other.startsWith(one)));

const hold = (outer: readonly string[], inner: readonly string[]): boolean =>
  inner.every((part) => outer.some((whole) => part.startsWith(whole)));

/** Whether two licences meet in term, territory and field at once (司法解释 art 28): else they do not touch each other. */
export const meet = (one: LicenceRight, other: LicenceRight): boolean =>
  overlap(one, other) && share(areas(one), areas(other)) && share(fieldsOf(one), fieldsOf(other));

/** Whether all of the inner licence lies within the outer one. */
export const covers = (outer: LicenceRight, inner: LicenceRight): boolean =>
  outer.from <= inner.from &&
  (inner.to ?? OPEN_END) <= (outer.to ?? OPEN_END) &&
  hold(areas(outer), areas(inner)) &&
  hold(fieldsOf(outer), fieldsOf(inner));

/** The one ordinary licence by which a licensor that cannot practise does so itself. */
export const isOwnUse = ({ licence, asOwnUse }: LicenceRight): boolean => licence === 'ORDINARY' && asOwnUse === true;

/**
 * Whether two licences that meet exclude each other (司法解释 art 25). CROSS and SUB count as ordinary. The licensor's own use stands
 * beside a SOLE licence, but no second one does (art 27).
 */
export const exclude = (one: LicenceRight, other: LicenceRight): boolean => {
  const both = [one, other];
  if (both.some(({ licence }) => licence === 'EXCLUSIVE')) return true;
  if (both.some(({ licence }) => licence === 'SOLE')) return !both.some(isOwnUse);
  return both.every(isOwnUse);
};

export const isExcluding = ({ licence }: LicenceRight): boolean => licence === 'EXCLUSIVE' || licence === 'SOLE';
