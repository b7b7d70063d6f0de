import { type Fen, assertNever } from '@app/kernel';
import { entitlementOf } from './allocation.js';
import { FUND_CATEGORIES, type FundBoard, type FundCategoryLine, type FundClaimLine } from './fund-board.js';
import type { FundStandard } from './fund-standard.js';
import { priceOf } from './fund-year.js';
import type { FundAllocation, FundCategorySetting, FundClaim, FundYearEvent } from './fund-year-events.js';

/** What a year's board is worked out from; plain JSON. */
export interface FundYearDocument
  extends Pick<FundBoard, 'year' | 'status' | 'budgetFen' | 'legalBasis' | 'document' | 'claims'> {
  readonly settings: readonly FundCategorySetting[];
  readonly standards: readonly FundStandard[];
}

/** The document after an event of the year's stream. */
export const evolveDocument = (
  document: FundYearDocument | undefined,
  event: FundYearEvent,
): FundYearDocument | undefined => {
  if (event.type === 'FundYearOpened') {
    const { openedOn: _openedOn, ...opening } = event.data;
    return { ...opening, status: 'OPEN', settings: [], standards: [], claims: [] };
  }
  if (!document) return undefined;
  switch (event.type) {
    case 'FundCategorySet': {
      const others = document.settings.filter(({ category }) => category !== event.data.category);
      return { ...document, settings: [...others, event.data] };
    }
    case 'FundStandardSet': {
      const { year: _year, ...standard } = event.data;
      const others = document.standards.filter(({ number }) => number !== standard.number);
      return { ...document, standards: [...others, standard] };
    }
    case 'FundClaimSubmitted':
      return { ...document, claims: [...document.claims, submitted(event.data, document.standards)] };
    case 'FundClaimWithdrawn': {
      const { claimId } = event.data;
      const claims = document.claims.map((line) => (line.claimId === claimId ? withdrawn(line) : line));
      return { ...document, claims };
    }
    case 'FundAllocated':
      return { ...document, status: 'ALLOCATED', claims: allocated(document.claims, event.data) };
    default:
      return assertNever(event);
  }
};

const submitted = (claim: FundClaim, standards: readonly FundStandard[]): FundClaimLine => {
  const {
    claimId,
    number,
    universityId,
    category,
    objectKind,
    objectId,
    objectNumber,
    standardNumber,
    units,
    claimedOn,
  } = claim;
  const standard = standards.find((each) => each.number === standardNumber);
  return {
    claimId,
    number,
    universityId,
    category,
    objectKind,
    objectId,
    objectNumber,
    standardNumber,
    units,
    claimedOn,
    status: 'SUBMITTED',
    entitlementFen: standard ? String(entitlementOf(units, priceOf(standard))) : null,
    allocatedFen: null,
    derivation: null,
  };
};

const withdrawn = (line: FundClaimLine): FundClaimLine => ({ ...line, status: 'WITHDRAWN' });

const allocated = (claims: readonly FundClaimLine[], { lines }: FundAllocation): FundClaimLine[] => {
  const lineOf = new Map(lines.map((line) => [line.claimId, line]));
  return claims.map((claim) => {
    const line = lineOf.get(claim.claimId);
    return line ? { ...claim, ...line, status: line.allocatedFen === '0' ? 'UNFUNDED' : 'ALLOCATED' } : claim;
  });
};

/** The board of a year: heads in the plan's order, universities by code, claims by number. Withdrawn claims are listed, never counted. */
export const boardOf = (document: FundYearDocument, position: string): FundBoard => {
  const { settings, standards: _standards, claims, ...year } = document;
  const live = claims.filter(({ status }) => status !== 'WITHDRAWN');
  const allocatedFen = total(live, 'allocatedFen');
  const heads = Object.keys(FUND_CATEGORIES);
  return {
    ...year,
    position,
    allocatedFen: String(allocatedFen),
    leftFen: String(BigInt(year.budgetFen) - allocatedFen),
    categories: [...settings]
      .sort((a, b) => heads.indexOf(a.category) - heads.indexOf(b.category))
      .map((setting) => categoryLine(setting, live)),
    universities: universityLines(live),
    claims: [...claims].sort((a, b) => (a.number < b.number ? -1 : 1)),
  };
};

const categoryLine = (setting: FundCategorySetting, live: readonly FundClaimLine[]): FundCategoryLine => {
  const { category, method, ceilingFen = null } = setting;
  const own = live.filter((claim) => claim.category === category);
  const allocatedFen = total(own, 'allocatedFen');
  return {
    category,
    label: FUND_CATEGORIES[category],
    method,
    ceilingFen,
    claims: own.length,
    entitlementFen: String(total(own, 'entitlementFen')),
    allocatedFen: String(allocatedFen),
    leftFen: ceilingFen === null ? null : String(BigInt(ceilingFen) - allocatedFen),
  };
};

const universityLines = (live: readonly FundClaimLine[]): FundBoard['universities'] =>
  [...new Set(live.map(({ universityId }) => universityId))].sort().map((universityId) => {
    const own = live.filter((claim) => claim.universityId === universityId);
    return { universityId, claims: own.length, allocatedFen: String(total(own, 'allocatedFen')) };
  });

const total = (lines: readonly FundClaimLine[], amount: 'entitlementFen' | 'allocatedFen'): Fen =>
  lines.reduce((sum, line) => sum + BigInt(line[amount] ?? '0'), 0n);
