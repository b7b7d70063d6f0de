import type {
  ApprovedBaseline,
  Basis,
  GrowthFigure,
  IpScope,
  TargetBoard,
  UniversityLine,
  YearLine,
} from '@app/growth';
import { useSearchParams } from 'react-router';
import { basisLabels, ipScopeLabels } from './labels.js';

/** The plan runs from 2021 to 2025 on a base of 2020. */
const PLAN_BASE = 2020;
const PLAN_END = 2025;

/** What the reader asked to see; kept in the address, so that a view can be passed on. */
export interface TargetChoice {
  readonly basis: Basis;
  readonly ipScope: IpScope;
  readonly baseYear: number;
}

const isBasis = (text: string | null): text is Basis => text !== null && text in basisLabels;
const isIpScope = (text: string | null): text is IpScope => text !== null && text in ipScopeLabels;

export const useTargetChoice = () => {
  const [parameters, setParameters] = useSearchParams();
  const basis = parameters.get('basis');
  const ipScope = parameters.get('ipScope');
  const choice: TargetChoice = {
    basis: isBasis(basis) ? basis : 'patent-times',
    ipScope: isIpScope(ipScope) ? ipScope : 'all',
    baseYear: Number(parameters.get('baseYear')) || PLAN_BASE,
  };
  const choose = (change: Partial<TargetChoice>) =>
    setParameters(
      (present) => {
        for (const [name, value] of Object.entries(change)) present.set(name, String(value));
        return present;
      },
      { replace: true },
    );
  return { choice, choose };
};

/** The base years offered: the plan's, and every year some baseline was approved for. */
export const baseYears = (board: TargetBoard | undefined): readonly number[] =>
  [...new Set([PLAN_BASE, 2021, 2022, 2023, 2024, ...(board?.baselines ?? []).map(({ baseYear }) => baseYear)])].sort(
    (a, b) => a - b,
  );

/** The newest year the plan speaks of. */
export const newestLine = (years: readonly YearLine[]): YearLine | undefined =>
  years.findLast(({ year }) => year <= PLAN_END) ?? years.at(-1);

/** `+12` or `-3`. */
export const signed = (value: number | null): string | undefined =>
  value === null ? undefined : `${value > 0 ? '+' : ''}${value}`;

export const percent = (text: string | null): string | undefined => (text === null ? undefined : `${text}%`);

export const baselineOf = (
  board: TargetBoard,
  scope: string,
  { basis, ipScope }: TargetChoice,
): ApprovedBaseline | undefined =>
  board.baselines.find(
    (one) => one.scope === scope && one.basis === basis && one.ipScope === ipScope && one.baseYear === board.baseYear,
  );

/** A university's figure of the headline year. */
export interface UniversityFigure {
  readonly university: UniversityLine;
  readonly line: YearLine | undefined;
  readonly figure: GrowthFigure | undefined;
}

export const universityFigures = (
  { universities }: TargetBoard,
  year: number | undefined,
  basis: Basis,
): UniversityFigure[] =>
  universities.map((university) => {
    const line = university.years.find((one) => one.year === year);
    return { university, line, figure: line?.growth[basis] };
  });

/** Orders by growth over the same interval: N_a / base_a against N_b / base_b, crosswise in integers. */
export const byGrowth = (a: GrowthFigure, b: GrowthFigure): number =>
  a.actual * (b.base ?? 0) - b.actual * (a.base ?? 0);
