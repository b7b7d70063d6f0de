import type { ConversionFact } from './counting-rule.js';
import type { DealMode } from './deal.js';
import { BASES, type Basis, CITY, type Counts, IP_SCOPES, type IpScope } from './target-board.js';

/** What a conversion is counted under; the modes that never count have no column. */
export const MODE_COLUMNS = ['transfers', 'licences', 'openGrants'] as const;
export type ModeColumn = (typeof MODE_COLUMNS)[number];

/** Columns of every basis, the modes first. */
const BASIS_COLUMNS = [...MODE_COLUMNS, 'total'] as const;
const TOTAL = MODE_COLUMNS.length;

/** Columns of 件次 beside the three bases (D§7.2, ADR 0006). */
export const SIDE_COLUMNS = ['unrecorded', 'flagged', 'inChangsha'] as const;
export type SideColumn = (typeof SIDE_COLUMNS)[number];

/** Every column of the board that can be opened down to its facts. */
export const BOARD_COLUMNS = [...BASIS_COLUMNS, ...SIDE_COLUMNS] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

const MODES: Readonly<Record<ModeColumn, DealMode>> = {
  transfers: 'TRANSFER',
  licences: 'LICENCE',
  openGrants: 'OPEN_GRANT',
};

/** The mode whose facts a column counts; undefined for a column over all modes. */
export const modeOf = (column: BoardColumn): DealMode | undefined =>
  column in MODES ? MODES[column as ModeColumn] : undefined;

/**
 * The counts of one cell, one scope in one year: for each IP scope the four columns of each basis, then the columns beside them.
 * A plain list of fixed order, because a rebuild adds millions of them.
 */
export type CellCounts = readonly number[];

const SIDES_AT = BASES.length * BASIS_COLUMNS.length;
const WIDTH = SIDES_AT + SIDE_COLUMNS.length;
const NOTHING: CellCounts = Array<number>(IP_SCOPES.length * WIDTH).fill(0);

const NO_USE: readonly number[] = MODE_COLUMNS.map(() => 0);

const startOf = (ipScope: IpScope): number => IP_SCOPES.indexOf(ipScope) * WIDTH;
const basisAt = (ipScope: IpScope, basis: Basis): number =>
  startOf(ipScope) + BASES.indexOf(basis) * BASIS_COLUMNS.length;
const sideAt = (ipScope: IpScope, column: SideColumn): number =>
  startOf(ipScope) + SIDES_AT + SIDE_COLUMNS.indexOf(column);

/** Where in a cell each IP scope keeps what a fact changes. */
const PLACES = IP_SCOPES.map((ipScope) => ({
  times: basisAt(ipScope, 'patent-times'),
  contracts: basisAt(ipScope, 'contracts'),
  distinct: basisAt(ipScope, 'distinct-patents'),
  unrecorded: sideAt(ipScope, 'unrecorded'),
  flagged: sideAt(ipScope, 'flagged'),
  inChangsha: sideAt(ipScope, 'inChangsha'),
}));
type Places = (typeof PLACES)[number];
const PLACES_OF_ALL = PLACES.slice(0, 1);
const placesOf = (isPatent: boolean): readonly Places[] => (isPatent ? PLACES : PLACES_OF_ALL);

/** One figure of a cell; the columns beside the bases are 件次 whatever the basis. */
export const countIn = (counts: CellCounts, ipScope: IpScope, basis: Basis, column: BoardColumn): number => {
  const side = (SIDE_COLUMNS as readonly string[]).indexOf(column);
  const at = side < 0 ? basisAt(ipScope, basis) + BOARD_COLUMNS.indexOf(column) : startOf(ipScope) + SIDES_AT + side;
  return counts[at] ?? 0;
};

/** One basis of a cell as the board shows it. */
export const countsOf = (counts: CellCounts, ipScope: IpScope, basis: Basis): Counts => {
  const count = (column: ModeColumn | 'total') => countIn(counts, ipScope, basis, column);
  return {
    transfers: count('transfers'),
    licences: count('licences'),
    openGrants: count('openGrants'),
    total: count('total'),
  };
};

/** How often an asset counts in a year: per scope one number for each mode. Tells distinct assets from repeated ones. */
export type UseCounts = Readonly<Record<string, readonly number[]>>;

export interface UseChange {
  readonly assetId: string;
  readonly year: number;
  readonly isPatent: boolean;
  readonly scopes: Map<string, number[]>;
}

export interface CellChange {
  readonly scope: string;
  readonly year: number;
  readonly counts: number[];
}

/** What a batch changes: cells and uses by their keys. */
export interface TallyChange {
  readonly cells: Map<string, CellChange>;
  readonly uses: Map<string, UseChange>;
}

export const noChange = (): TallyChange => ({ cells: new Map(), uses: new Map() });

export const cellKey = (scope: string, year: number): string => `${scope}:${year}`;

const bump = (counts: number[], at: number, by: number): void => {
  counts[at] = (counts[at] ?? 0) + by;
};

const cellOf = ({ cells }: TallyChange, scope: string, year: number): number[] => {
  const key = cellKey(scope, year);
  const known = cells.get(key);
  if (known) return known.counts;
  const counts = [...NOTHING];
  cells.set(key, { scope, year, counts });
  return counts;
};

const useOf = ({ uses }: TallyChange, { assetId, year, isPatent }: ConversionFact, scope: string): number[] => {
  const key = `${assetId}:${year}`;
  const use = uses.get(key) ?? { assetId, year, isPatent, scopes: new Map<string, number[]>() };
  const counts = use.scopes.get(scope) ?? [...NO_USE];
  uses.set(key, use);
  use.scopes.set(scope, counts);
  return counts;
};

/**
 * Counts the facts of one deal in (`by` 1) or out (`by` -1) of every cell they belong to: their university's, and the city's if that
 * was a member of the panel on the date of the fact. 项 are counted here, once per deal and cell; 件 only once the uses are added to
 * those on record (`countDistinct`).
 */
export const countDeal = (
  change: TallyChange,
  facts: readonly ConversionFact[],
  isMember: (date: string) => boolean,
  by: 1 | -1,
): void => {
  const contracts = new Set<string>();
  for (const fact of facts) {
    const scopes = isMember(fact.date) ? [fact.universityId, CITY] : [fact.universityId];
    for (const scope of scopes) countFact(change, fact, scope, { by, contracts });
  }
};

interface Counting {
  readonly by: 1 | -1;
  /** Where the deal is already counted as a contract. */
  readonly contracts: Set<string>;
}

const countFact = (change: TallyChange, fact: ConversionFact, scope: string, { by, contracts }: Counting): void => {
  const mode = MODE_COLUMNS.findIndex((column) => MODES[column] === fact.mode);
  const cell = cellOf(change, scope, fact.year);
  if (!fact.countedOn) {
    for (const { unrecorded } of placesOf(fact.isPatent)) bump(cell, unrecorded, by);
    return;
  }
  bump(useOf(change, fact, scope), mode, by);
  for (const places of placesOf(fact.isPatent)) {
    countTimes(cell, places, fact, { mode, by });
    const contract = `${scope}:${fact.year}:${places.contracts}`;
    if (contracts.has(contract)) continue;
    contracts.add(contract);
    bump(cell, places.contracts + mode, by);
    bump(cell, places.contracts + TOTAL, by);
  }
};

const countTimes = (
  cell: number[],
  { times, flagged, inChangsha }: Places,
  fact: ConversionFact,
  { mode, by }: { readonly mode: number; readonly by: 1 | -1 },
): void => {
  bump(cell, times + mode, by);
  bump(cell, times + TOTAL, by);
  if (fact.flags.length > 0) bump(cell, flagged, by);
  if (fact.inChangsha) bump(cell, inChangsha, by);
};

/** Adds a use to what is on record, and to the cells what that changes in the number of distinct assets (件). Answers the new record. */
export const countDistinct = (change: TallyChange, use: UseChange, before: UseCounts): UseCounts => {
  const after = new Map(Object.entries(before));
  for (const [scope, by] of use.scopes) {
    const had = before[scope] ?? NO_USE;
    const has = by.map((count, mode) => count + (had[mode] ?? 0));
    if (isNothing(has)) after.delete(scope);
    else after.set(scope, has);
    const cell = cellOf(change, scope, use.year);
    for (const { distinct } of placesOf(use.isPatent)) countPresence(cell, distinct, had, has);
  }
  // In the order of the scopes, so that the same counts are the same row.
  return Object.fromEntries([...after.keys()].sort().map((scope) => [scope, after.get(scope) ?? NO_USE]));
};

const countPresence = (cell: number[], distinct: number, had: readonly number[], has: readonly number[]): void => {
  for (let mode = 0; mode < TOTAL; mode += 1) {
    bump(cell, distinct + mode, Number(has[mode] !== 0) - Number(had[mode] !== 0));
  }
  bump(cell, distinct + TOTAL, Number(!isNothing(has)) - Number(!isNothing(had)));
};

/** The counts of a cell after a change. */
export const plus = (before: CellCounts, change: readonly number[]): CellCounts =>
  change.map((by, at) => by + (before[at] ?? 0));

/** Whether a list of counts, or of changes, says nothing. */
export const isNothing = (counts: readonly number[]): boolean => counts.every((count) => count === 0);
