import { type Fen, assertNever, fenFromText } from '@app/kernel';
import type { FundCategory } from './fund-board.js';
import type { FundStandard } from './fund-standard.js';
import type {
  FundAllocation,
  FundCategorySetting,
  FundClaim,
  FundYearEvent,
  FundYearOpening,
} from './fund-year-events.js';

/** A claim as the year knows it; `allocatedFen` once the year is allocated. */
export interface ClaimState extends FundClaim {
  readonly withdrawn: boolean;
  readonly allocatedFen: Fen | undefined;
}

/** Everything a year's decisions need, all of it in one stream, so that the budget cannot be overspent by two at once (F-1). */
export interface FundYear {
  readonly opening: FundYearOpening | undefined;
  readonly allocated: boolean;
  readonly categories: ReadonlyMap<FundCategory, FundCategorySetting>;
  readonly standards: ReadonlyMap<string, FundStandard>;
  /** By claim id. */
  readonly claims: ReadonlyMap<string, ClaimState>;
}

export const emptyFundYear: FundYear = {
  opening: undefined,
  allocated: false,
  categories: new Map(),
  standards: new Map(),
  claims: new Map(),
};

/** How the object of a claim is named in the claim streams and in refusals: `<kind>:<id>`. */
export const fundObject = ({ objectKind, objectId }: Pick<FundClaim, 'objectKind' | 'objectId'>): string =>
  `${objectKind}:${objectId}`;

/**
 * Whether the claim with this number may still bring this object money of the year: it is live, funded, or may yet be entered.
 * While this is true the object belongs to that claim (F-4).
 */
export const mayBePaid = ({ claims, allocated }: FundYear, number: string, object: string): boolean => {
  const claim = [...claims.values()].find((each) => each.number === number);
  if (!claim) return !allocated;
  if (fundObject(claim) !== object || claim.withdrawn) return false;
  return claim.allocatedFen !== 0n;
};

/** `<year>/<number>`: how people and the claim streams name a claim. */
export const claimName = ({ year, number }: Pick<FundClaim, 'year' | 'number'>): string => `${year}/${number}`;

export const liveClaims = ({ claims }: FundYear): ClaimState[] =>
  [...claims.values()].filter(({ withdrawn }) => !withdrawn);

/** The year after an event. */
export const evolveFundYear = (state: FundYear, event: FundYearEvent): FundYear => {
  switch (event.type) {
    case 'FundYearOpened':
      return { ...state, opening: event.data };
    case 'FundCategorySet':
      return { ...state, categories: withEntry(state.categories, event.data.category, event.data) };
    case 'FundStandardSet': {
      const { year: _year, ...standard } = event.data;
      return { ...state, standards: withEntry(state.standards, standard.number, standard) };
    }
    case 'FundClaimSubmitted': {
      const claim = { ...event.data, withdrawn: false, allocatedFen: undefined };
      return { ...state, claims: withEntry(state.claims, claim.claimId, claim) };
    }
    case 'FundClaimWithdrawn':
      return { ...state, claims: withChanged(state.claims, event.data.claimId, { withdrawn: true }) };
    case 'FundAllocated':
      return { ...state, allocated: true, claims: withAmounts(state.claims, event.data) };
    default:
      return assertNever(event);
  }
};

const withEntry = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> =>
  new Map([...map, [key, value]]);

const withChanged = (claims: FundYear['claims'], claimId: string, changes: Partial<ClaimState>): FundYear['claims'] => {
  const claim = claims.get(claimId);
  return claim ? withEntry(claims, claimId, { ...claim, ...changes }) : claims;
};

const withAmounts = (claims: FundYear['claims'], { lines }: FundAllocation): FundYear['claims'] => {
  const amounts = new Map(lines.map(({ claimId, allocatedFen }) => [claimId, fenFromText(allocatedFen)]));
  return new Map([...claims].map(([id, claim]) => [id, { ...claim, allocatedFen: amounts.get(id) }]));
};
