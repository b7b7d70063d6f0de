import { baselineId } from './baseline.js';
import { growthFigure } from './growth.js';
import { type CellCounts, type SideColumn, cellKey, countIn, countsOf } from './tally.js';
import { BASES, type Basis, type GrowthFigure, type IpScope, type YearLine } from './target-board.js';

/** What the figures of a board stand on. */
export interface BoardInputs {
  /** By `cellKey`. */
  readonly cells: ReadonlyMap<string, CellCounts>;
  /** Approved values by `baselineId`. */
  readonly baselines: ReadonlyMap<string, number>;
}

export interface BoardView {
  readonly baseYear: number;
  readonly lastYear: number;
  readonly ipScope: IpScope;
  /** Plain date in China: a year that is not over by then is not judged missed. */
  readonly today: string;
}

/** The lines of one scope, the city or a university, from the base year to the last. */
export const yearLines = (scope: string, view: BoardView, inputs: BoardInputs): readonly YearLine[] => {
  const years = Array.from({ length: view.lastYear - view.baseYear + 1 }, (_, index) => view.baseYear + index);
  return years.map((year) => yearLine(scope, year, view, inputs));
};

const byBasis = <Value>(value: (basis: Basis) => Value): Readonly<Record<Basis, Value>> =>
  Object.fromEntries(BASES.map((basis) => [basis, value(basis)])) as Record<Basis, Value>;

const yearLine = (scope: string, year: number, view: BoardView, inputs: BoardInputs): YearLine => {
  const { ipScope } = view;
  const cell = inputs.cells.get(cellKey(scope, year)) ?? [];
  const beside = (column: SideColumn) => countIn(cell, ipScope, 'patent-times', column);
  return {
    year,
    counts: byBasis((basis) => countsOf(cell, ipScope, basis)),
    unrecorded: beside('unrecorded'),
    flagged: beside('flagged'),
    inChangsha: beside('inChangsha'),
    growth: byBasis((basis) => growthOf(scope, year, basis, { view, inputs })),
  };
};

interface Sources {
  readonly view: BoardView;
  readonly inputs: BoardInputs;
}

const growthOf = (scope: string, year: number, basis: Basis, { view, inputs }: Sources): GrowthFigure => {
  const { baseYear, ipScope, today } = view;
  const totalOf = (of: number) => countIn(inputs.cells.get(cellKey(scope, of)) ?? [], ipScope, basis, 'total');
  const base = inputs.baselines.get(baselineId({ scope, basis, ipScope, baseYear })) ?? null;
  // The year after the base year grows from the approved baseline, like everything else (ADR 0006).
  const previous = year === baseYear + 1 ? base : totalOf(year - 1);
  return growthFigure({
    basis,
    baseYear,
    year,
    base,
    actual: totalOf(year),
    previous: year === baseYear ? null : previous,
    today,
  });
};
