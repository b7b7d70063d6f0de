import { type IpType, addDays, addYears, annuityTerm, isPatent } from '@app/kernel';
import type { AssetEntry, AssetEntryType, EntryOf } from './asset-entry.js';
import type { AssetData, CoOwner } from './asset-events.js';
import { OPEN_END } from './asset-scope.js';
import { type Asset, type EnteredFact, present } from './asset-state.js';

/** All that the legal life of an asset is read from. */
export type LegalLife = Pick<Asset, 'data' | 'facts'>;

/** The legal date of a fact. */
export const dateOf = (entry: AssetEntry): string => (entry.type === 'AnnuityPaid' ? entry.data.paidOn : entry.data.on);

const isOf =
  <Type extends AssetEntryType>(...types: readonly Type[]) =>
  (entry: AssetEntry): entry is EntryOf<Type> =>
    (types as readonly AssetEntryType[]).includes(entry.type);

const byDate = (a: EnteredFact, b: EnteredFact): number =>
  dateOf(a.entry) === dateOf(b.entry) ? a.revision - b.revision : dateOf(a.entry) < dateOf(b.entry) ? -1 : 1;

/** Facts of these kinds that had come to pass by a date, oldest first, whenever they were entered. */
export const factsBy = <Type extends AssetEntryType>(
  { facts }: Pick<Asset, 'facts'>,
  date: string,
  ...types: readonly Type[]
): Array<EntryOf<Type>> =>
  [...facts]
    .sort(byDate)
    .map(({ entry }) => entry)
    .filter(isOf(...types))
    .filter((entry) => dateOf(entry) <= date);

export const factsOf = <Type extends AssetEntryType>(life: Pick<Asset, 'facts'>, ...types: readonly Type[]) =>
  factsBy(life, OPEN_END, ...types);

/** When it was granted, or registered where it is no patent. */
export const grantOf = (life: LegalLife): string | undefined =>
  factsOf(life, 'PatentGranted', 'RightRegistered')[0]?.data.on ?? life.data?.grantedOn;

/** When a right lapses by law where its own filing and grant say so (专利法 art 42): designs filed before 2021-06-01 keep ten years. */
export const expiryOf = ({
  ipType,
  filedOn,
  grantedOn,
  firstUsedOn,
}: Pick<AssetData, 'ipType' | 'filedOn' | 'grantedOn' | 'firstUsedOn'>): string | undefined => {
  switch (ipType) {
    case 'INVENTION':
      return addYears(filedOn, 20);
    case 'UTILITY_MODEL':
      return addYears(filedOn, 10);
    case 'DESIGN':
      return addYears(filedOn, filedOn >= '2021-06-01' ? 15 : 10);
    case 'LAYOUT':
      return addYears(firstUsedOn && firstUsedOn < filedOn ? firstUsedOn : filedOn, 10);
    case 'TRADEMARK':
      return grantedOn && addDays(addYears(grantedOn, 10), -1);
    default:
      return undefined;
  }
};

/** The last day of the right as known by a date: a trade mark lives as long as it is renewed (商标法 art 39, 40). */
export const expiryAt = (life: LegalLife, date: string = OPEN_END): string | undefined => {
  const grantedOn = grantOf(life);
  const renewed = factsBy(life, date, 'RegistrationRenewed').map(({ data }) => data.to);
  const { ipType, filedOn, firstUsedOn } = present(life);
  const used = firstUsedOn ? { firstUsedOn } : {};
  const first = expiryOf({ ipType, filedOn, ...used, ...(grantedOn ? { grantedOn } : {}) });
  return renewed.reduce((last, to) => (last !== undefined && to < last ? last : to), first);
};

/**
 * The expiry that bounds new rights. Of a trade mark nobody knows it until its renewals are entered: marks older than ten years are
 * in the ledger without them.
 */
export const boundOf = (life: LegalLife): string | undefined =>
  life.data?.ipType === 'TRADEMARK' && factsOf(life, 'RegistrationRenewed').length === 0 ? undefined : expiryAt(life);

/** Why no right can be had of it on a date, or undefined while it lives; its expiry is `expiryAt`. */
export const endAt = (life: LegalLife, date: string) => {
  const invalid = factsBy(life, date, 'PatentInvalidated').find(({ data }) => data.scope === 'WHOLE');
  if (invalid) return invalid;
  const last = factsBy(life, date, 'PatentLapsed', 'PatentRestored', 'RegistrationEnded', 'SecretDisclosed').at(-1);
  return last?.type === 'PatentRestored' ? undefined : last;
};

export type LegalStatus = 'FILED' | 'PUBLISHED' | 'GRANTED' | 'LAPSED' | 'INVALIDATED';

export const statusAt = (life: LegalLife, date: string): LegalStatus => {
  const end = endAt(life, date);
  const invalid =
    end?.type === 'PatentInvalidated' || (end?.type === 'RegistrationEnded' && end.data.cause === 'INVALIDATED');
  if (invalid) return 'INVALIDATED';
  if (end) return 'LAPSED';
  const grantedOn = grantOf(life);
  if (grantedOn && grantedOn <= date) return 'GRANTED';
  return factsBy(life, date, 'PatentPublished').length > 0 ? 'PUBLISHED' : 'FILED';
};

export const coOwnersAt = (life: LegalLife, date: string): readonly CoOwner[] =>
  factsBy(life, date, 'CoOwnersChanged').at(-1)?.data.coOwners ?? life.data?.coOwners ?? [];

/** What is released on a later day runs until then: the day of release is free. */
const runsOn = (date: string, begin: { readonly on: string }, releasedOn: string | undefined): boolean =>
  begin.on <= date && !(releasedOn !== undefined && releasedOn <= date);

export const releaseOfPledge = (life: LegalLife, pledgeNo: string): string | undefined =>
  factsOf(life, 'PledgeReleased').find(({ data }) => data.pledgeNo === pledgeNo)?.data.on;

export const pledgesAt = (life: LegalLife, date: string) =>
  factsOf(life, 'PledgeRegistered')
    .map(({ data }) => data)
    .filter((pledge) => runsOn(date, pledge, releaseOfPledge(life, pledge.pledgeNo)));

export const endOfSuspension = (life: LegalLife, documentNo: string): string | undefined =>
  factsOf(life, 'SuspensionEnded').find(({ data }) => data.documentNo === documentNo)?.data.on;

export const suspensionsAt = (life: LegalLife, date: string) =>
  factsOf(life, 'SuspensionStarted')
    .map(({ data }) => data)
    .filter((suspension) => runsOn(date, suspension, endOfSuspension(life, suspension.documentNo)));

export type AnnuityState = 'PAID' | 'GRACE' | 'UNPAID' | 'UNKNOWN';

export interface Annuity {
  readonly state: AnnuityState;
  /** The first patent year that is not paid, the day its fee is due, and the last day of the grace period. */
  readonly year?: number;
  readonly dueOn?: string;
  readonly graceEndsOn?: string;
}

export const termInYears: Readonly<Partial<Record<IpType, number>>> = { INVENTION: 20, UTILITY_MODEL: 10, DESIGN: 15 };

/**
 * Whether annuities were paid as required on a date: a year's fee from the first anniversary after grant on, with six months of grace.
 * A year paid stands for those before it; where none was ever entered nobody knows.
 */
export const annuityAt = (life: LegalLife, date: string): Annuity => {
  const { ipType, filedOn } = present(life);
  const grantedOn = grantOf(life);
  const paid = factsBy(life, date, 'AnnuityPaid').map(({ data }) => data.year);
  if (!isPatent(ipType) || !grantedOn || paid.length === 0) return { state: 'UNKNOWN' };
  let year = Math.max(...paid) + 1;
  while (annuityTerm(filedOn, year).nominalOn <= grantedOn) year += 1;
  const { nominalOn, dueOn, graceEndsOn } = annuityTerm(filedOn, year);
  if (nominalOn >= (expiryAt(life) ?? OPEN_END)) return { state: 'PAID' };
  const state = date <= dueOn ? 'PAID' : date <= graceEndsOn ? 'GRACE' : 'UNPAID';
  return { state, year, dueOn, graceEndsOn };
};
