import { yearOf } from '@app/kernel';
import type { Effect, PreviewRows, RowChange } from '@app/read-model';
import type { EntityManager } from 'typeorm';
import { ApprovedBaselineRow } from './approved-baseline.entity.js';
import { GrowthCell } from './conversion-fact.entity.js';
import { PLAN_BASE_YEAR, PLAN_LAST_YEAR } from './plan-target.js';
import { cellKey } from './tally.js';
import { BASES, type Basis, type GrowthFigure, type Verdict } from './target-board.js';
import { type BoardInputs, yearLines } from './year-line.js';

/** One figure of the target board that would change, over all IP types from the plan's base year. */
export interface TargetEffectLine {
  /** `city` or a university's code. */
  readonly scope: string;
  readonly year: number;
  readonly basis: Basis;
  readonly before: number;
  readonly after: number;
  readonly verdictBefore: Verdict;
  readonly verdictAfter: Verdict;
}

export interface TargetEffect {
  readonly years: readonly TargetEffectLine[];
}

/** The figures of the target that events not yet written would change: the same cells and the same arithmetic as the board. */
export const targetEffect: Effect = {
  name: 'target',
  of: async ({ rows, manager, today }): Promise<TargetEffect> => {
    const cells = rows.changes(GrowthCell);
    const baselines = rows.changes(ApprovedBaselineRow);
    const scopes = new Set([...scopesOf(cells), ...scopesOf(baselines)]);
    if (scopes.size === 0) return { years: [] };
    const before = await inputsOf(manager);
    const after = changed(before, rows);
    const lastYear = Math.max(PLAN_LAST_YEAR, yearOf(today));
    const view = { baseYear: PLAN_BASE_YEAR, ipScope: 'all', lastYear, today } as const;
    return { years: [...scopes].sort().flatMap((scope) => changesOf(scope, view, before, after)) };
  },
};

const scopesOf = (changes: ReadonlyArray<RowChange<{ readonly scope: string }>>): string[] =>
  changes.flatMap(({ before, after }) => (after ?? before)?.scope ?? []);

const changesOf = (
  scope: string,
  view: Parameters<typeof yearLines>[1],
  before: BoardInputs,
  after: BoardInputs,
): TargetEffectLine[] => {
  const linesAfter = yearLines(scope, view, after);
  return yearLines(scope, view, before).flatMap(({ year, growth }, index) =>
    BASES.flatMap((basis) => {
      const now = growth[basis];
      const then = linesAfter[index]?.growth[basis];
      return then && !isSame(now, then) ? [lineOf({ scope, year, basis }, now, then)] : [];
    }),
  );
};

const isSame = (one: GrowthFigure, other: GrowthFigure): boolean =>
  one.actual === other.actual && one.verdict === other.verdict;

const lineOf = (
  place: Pick<TargetEffectLine, 'scope' | 'year' | 'basis'>,
  now: GrowthFigure,
  then: GrowthFigure,
): TargetEffectLine => ({
  ...place,
  before: now.actual,
  after: then.actual,
  verdictBefore: now.verdict,
  verdictAfter: then.verdict,
});

const inputsOf = async (manager: EntityManager): Promise<BoardInputs> => {
  const cells = await manager.find(GrowthCell);
  const baselines = await manager.find(ApprovedBaselineRow);
  return {
    cells: new Map(cells.map(({ scope, year, counts }) => [cellKey(scope, year), counts])),
    baselines: new Map(baselines.map(({ id, value }) => [id, value])),
  };
};

const changed = ({ cells, baselines }: BoardInputs, rows: PreviewRows): BoardInputs => {
  const newCells = new Map(cells);
  for (const { key, after } of rows.changes(GrowthCell)) {
    if (after) newCells.set(key, after.counts);
    else newCells.delete(key);
  }
  const newBaselines = new Map(baselines);
  for (const { key, after } of rows.changes(ApprovedBaselineRow)) if (after) newBaselines.set(key, after.value);
  return { cells: newCells, baselines: newBaselines };
};
