import {
  type Decider,
  type DecisionContext,
  checkedFen,
  assertNever,
  fenFromText,
  formatYuan,
  yearOf,
} from '@app/kernel';
import { type Allocation, type AllocationInput, ALLOCATION_RULES, allocate, entitlementOf } from './allocation.js';
import { FUND_CATEGORIES, type FundCategory } from './fund-board.js';
import { countsObjects } from './fund-object.js';
import { fundRule } from './fund-rules.js';
import { type FundStandard, lawfulStandard } from './fund-standard.js';
import type { FundClaim, FundYearCommand, FundYearEvent, FundYearOpening } from './fund-year-events.js';
import { type FundYear, claimName, emptyFundYear, evolveFundYear, fundObject, liveClaims } from './fund-year-state.js';

/** The standard a claim names. @throws Refusal F-12, F-16 */
export const standardOf = (
  state: FundYear,
  claim: Pick<FundClaim, 'year' | 'category' | 'standardNumber'>,
): FundStandard => {
  const { year, category, standardNumber: number } = claim;
  if (!state.opening) throw fundRule('F-12', { year }, { field: 'year' });
  const standard = state.standards.get(number);
  if (standard?.category !== category) {
    throw fundRule('F-16', { year, number, ...labelsOf(category) }, { field: 'standardNumber' });
  }
  return standard;
};

type Of<Type extends FundYearCommand['type']> = Extract<FundYearCommand, { type: Type }>;

const openYear = (
  { type: _type, ...opening }: Of<'OpenFundYear'>,
  state: FundYear,
  { today }: DecisionContext,
): readonly FundYearEvent[] => {
  const { year, budgetFen } = opening;
  if (state.opening) {
    if (same(state.opening, opening)) return [];
    throw fundRule('F-14', { year, document: state.opening.document }, { field: 'year', conflict: String(year) });
  }
  if (!Number.isInteger(year) || year < 2000 || year > 2199) throw fundRule('F-24', { year }, { field: 'year' });
  assertTimely(opening, today);
  aboveZero(budgetFen, 'budget');
  return [{ type: 'FundYearOpened', data: opening }];
};

/** The measures that grant the fund are of 2019 (长政办发〔2019〕20号); a budget is granted for past years, this one, or the next. */
const FIRST_YEAR = 2019;

const assertTimely = ({ year, openedOn }: FundYearOpening, today: string): void => {
  const last = yearOf(today) + 1;
  const isYear = year >= FIRST_YEAR && year <= last;
  if (isYear && openedOn <= today) return;
  const field = isYear ? 'openedOn' : 'year';
  throw fundRule('F-64', { year, openedOn, first: FIRST_YEAR, last, today }, { field });
};

const setCategory = ({ type: _type, ...command }: Of<'SetFundCategory'>, state: FundYear): readonly FundYearEvent[] => {
  const setting = withoutGaps(command);
  const { year, category, ceilingFen, legalBasis } = setting;
  if (same(state.categories.get(category), setting)) return [];
  const budget = fenFromText(unallocated(state, year).budgetFen);
  if (category === 'OTHER' && isBlank(legalBasis)) throw fundRule('F-11', {}, { field: 'legalBasis' });
  if (ceilingFen !== undefined && fenFromText(ceilingFen, 'ceiling') > budget) {
    const ceiling = formatYuan(BigInt(ceilingFen));
    throw fundRule('F-8', { ceiling, budget: formatYuan(budget) }, { field: 'ceiling' });
  }
  return [{ type: 'FundCategorySet', data: setting }];
};

const setStandard = (
  { type: _type, year, ...draft }: Of<'SetFundStandard'>,
  state: FundYear,
): readonly FundYearEvent[] => {
  const standard = lawfulStandard(withoutGaps(draft));
  const { number, category, amountFen, capFen } = standard;
  if (same(state.standards.get(number), standard)) return [];
  unallocated(state, year);
  if (!state.categories.has(category)) throw fundRule('F-15', { year, ...labelsOf(category) }, { field: 'category' });
  aboveZero(amountFen, 'amount');
  if (capFen !== undefined) aboveZero(capFen, 'cap');
  const relying = liveClaims(state).find(({ standardNumber }) => standardNumber === number);
  if (relying)
    throw fundRule('F-17', { number, claim: relying.number }, { field: 'number', conflict: relying.claimId });
  return [{ type: 'FundStandardSet', data: { year, ...standard } }];
};

const submitClaim = (
  { type: _type, ...command }: Of<'SubmitFundClaim'>,
  state: FundYear,
  { actor, today }: DecisionContext,
): readonly FundYearEvent[] => {
  const claim: FundClaim = { ...withoutGaps(command), submittedBy: actor.id };
  if (state.claims.has(claim.claimId)) return [];
  unallocated(state, claim.year);
  const standard = standardOf(state, claim);
  // The handler looked the object up by the standard it read; one set since then asks for another kind.
  if (standard.objectKind !== claim.objectKind) {
    const { year, standardNumber: number, category } = claim;
    throw fundRule('F-16', { year, number, ...labelsOf(category) }, { field: 'standardNumber' });
  }
  assertSound(claim, today);
  if (countsObjects(standard.unit) && claim.units !== 1) {
    throw fundRule('F-60', { standard: standard.number, unit: standard.unit }, { field: 'units' });
  }
  // An entitlement above what the ledger can hold is a slip of the pen.
  checkedFen(entitlementOf(claim.units, priceOf(standard)), 'units');
  assertNew(claim, state);
  return [{ type: 'FundClaimSubmitted', data: claim }];
};

const assertSound = ({ year, units, rank, performanceTarget, claimedOn }: FundClaim, today: string): void => {
  if (!isCount(units)) throw fundRule('F-22', {}, { field: 'units' });
  if (rank !== undefined && !isCount(rank)) throw fundRule('F-22', {}, { field: 'rank' });
  if (isBlank(performanceTarget)) throw fundRule('F-6', {}, { field: 'performanceTarget' });
  if (claimedOn > today) throw fundRule('F-23', { date: claimedOn, today }, { field: 'claimedOn' });
  if (yearOf(claimedOn) !== year) throw fundRule('F-63', { date: claimedOn, year }, { field: 'claimedOn' });
};

/** F-4: within a year an object has one live claim, in whatever category; across years the claim streams see to it. */
const assertNew = (claim: FundClaim, state: FundYear): void => {
  const { year, number, objectNumber } = claim;
  const namesake = [...state.claims.values()].find((each) => each.number === number);
  if (namesake) throw fundRule('F-18', { year, number }, { field: 'number', conflict: namesake.claimId });
  const rival = liveClaims(state).find((each) => fundObject(each) === fundObject(claim));
  if (rival) {
    const place = { field: 'objectNumber', conflict: rival.claimId };
    throw fundRule('F-4', { object: objectNumber, claim: claimName(rival) }, place);
  }
};

const withdrawClaim = (
  { year, claimId, reason }: Of<'WithdrawFundClaim'>,
  state: FundYear,
  { today }: DecisionContext,
): readonly FundYearEvent[] => {
  const claim = state.claims.get(claimId);
  if (!claim) throw fundRule('F-19');
  if (claim.withdrawn) return [];
  unallocated(state, year);
  return [{ type: 'FundClaimWithdrawn', data: { claimId, withdrawnOn: today, reason } }];
};

const allocateYear = (
  { year }: Of<'AllocateFundYear'>,
  state: FundYear,
  { actor, today }: DecisionContext,
): readonly FundYearEvent[] => {
  if (state.allocated) return [];
  unallocated(state, year);
  const claims = liveClaims(state);
  if (claims.length === 0) throw fundRule('F-20', { year });
  const own = claims.find(({ submittedBy }) => submittedBy === actor.id);
  if (own) throw fundRule('F-5', { claim: claimName(own) }, { conflict: own.claimId });
  const allocation = allocate(allocationInput(state));
  return [
    { type: 'FundAllocated', data: { year, allocatedOn: today, rules: ALLOCATION_RULES, ...inText(allocation) } },
  ];
};

const allocationInput = (state: FundYear): AllocationInput => ({
  budgetFen: fenFromText(state.opening?.budgetFen ?? '0'),
  categories: [...state.categories.values()].map(({ category, method, ceilingFen }) => ({
    category,
    method,
    ceilingFen: ceilingFen === undefined ? null : fenFromText(ceilingFen),
  })),
  standards: [...state.standards.values()].map((standard) => ({
    number: standard.number,
    unit: standard.unit,
    ...priceOf(standard),
  })),
  claims: liveClaims(state),
});

const inText = ({ lines, categories, allocatedFen, leftFen }: Allocation) => ({
  allocatedFen: String(allocatedFen),
  leftFen: String(leftFen),
  categories: categories.map((total) => ({
    ...total,
    ceilingFen: total.ceilingFen === null ? null : String(total.ceilingFen),
    entitlementFen: String(total.entitlementFen),
    availableFen: String(total.availableFen),
    allocatedFen: String(total.allocatedFen),
  })),
  lines: lines.map((line) => ({
    ...line,
    entitlementFen: String(line.entitlementFen),
    allocatedFen: String(line.allocatedFen),
  })),
});

/** The standard's amounts as numbers. */
export const priceOf = ({ amountFen, capFen }: Pick<FundStandard, 'amountFen' | 'capFen'>) => ({
  amountFen: fenFromText(amountFen),
  capFen: capFen === undefined ? null : fenFromText(capFen),
});

/** The year's opening while it still takes changes. @throws Refusal F-12, F-13 */
const unallocated = ({ opening, allocated }: FundYear, year: number): FundYearOpening => {
  if (!opening) throw fundRule('F-12', { year }, { field: 'year' });
  if (allocated) throw fundRule('F-13', { year }, { field: 'year', conflict: String(year) });
  return opening;
};

const labelsOf = (category: FundCategory) => ({
  categoryZh: FUND_CATEGORIES[category].zh,
  categoryEn: FUND_CATEGORIES[category].en,
});

const aboveZero = (text: string, field: string): void => {
  if (fenFromText(text, field) === 0n) throw fundRule('F-21', {}, { field });
};

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/** Whether two flat records say the same; the order of fields does not matter. */
const same = (left: object | undefined, right: object): boolean => {
  const fields: Record<string, unknown> = { ...left };
  const entries = Object.entries(right);
  return entries.length === Object.keys(fields).length && entries.every(([key, value]) => fields[key] === value);
};

/** Events hold no gaps: what was not given is left out. */
const withoutGaps = <Data extends object>(data: Data): Data =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Data;

const decide = (command: FundYearCommand, state: FundYear, context: DecisionContext): readonly FundYearEvent[] => {
  switch (command.type) {
    case 'OpenFundYear':
      return openYear(command, state, context);
    case 'SetFundCategory':
      return setCategory(command, state);
    case 'SetFundStandard':
      return setStandard(command, state);
    case 'SubmitFundClaim':
      return submitClaim(command, state, context);
    case 'WithdrawFundClaim':
      return withdrawClaim(command, state, context);
    case 'AllocateFundYear':
      return allocateYear(command, state, context);
    default:
      return assertNever(command);
  }
};

export const fundYearDecider: Decider<FundYear, FundYearCommand, FundYearEvent> = {
  initial: emptyFundYear,
  evolve: evolveFundYear,
  decide,
};
