import type { BilingualText } from '@app/kernel';

/** How conversions are counted (D§7.1): 件次 one asset × one transaction, 项 contracts, 件 distinct assets. */
export const BASES = ['patent-times', 'contracts', 'distinct-patents'] as const;
export type Basis = (typeof BASES)[number];

/** Which assets are counted: every IP type (the target's wording), or patents only (provincial and national practice). */
export const IP_SCOPES = ['all', 'patents'] as const;
export type IpScope = (typeof IP_SCOPES)[number];

/** The city as a scope: every university in the panel (驻长高校). No university has this code. */
export const CITY = 'city';

/**
 * `OPEN` (进行中): the year is not over and its target not met yet; what is met early is `MET`. `NOT_COMPUTABLE` always comes with its
 * reason; it is never shown as 0% or infinity (D§7.3).
 */
export type Verdict = 'MET' | 'MISSED' | 'OPEN' | 'BASE' | 'NOT_COMPUTABLE';

/** Counted conversions of one year on one basis. */
export interface Counts {
  readonly transfers: number;
  readonly licences: number;
  readonly openGrants: number;
  /** Not always the sum: one asset transferred and licensed in a year is one distinct asset. */
  readonly total: number;
}

/** One year's judgement on one basis against the approved baseline. Rates are texts in percent, rounded half up for display. */
export interface GrowthFigure {
  readonly basis: Basis;
  readonly formula: 'geometric-mean/1';
  readonly baseYear: number;
  /** k = year - baseYear, the number of intervals. */
  readonly intervals: number;
  /** The approved baseline, null when there is none. */
  readonly base: number | null;
  readonly actual: number;
  /** ceil(base·6^k / 5^k). */
  readonly required: number | null;
  /** actual - required. */
  readonly gap: number | null;
  /** Average yearly growth since the base year, e.g. "21.4"; more decimals where rounding would show a missed 20.0. */
  readonly averagePercent: string | null;
  readonly yearOnYearPercent: string | null;
  readonly verdict: Verdict;
  readonly reason: BilingualText | null;
}

export interface YearLine {
  readonly year: number;
  readonly counts: Readonly<Record<Basis, Counts>>;
  /** Signed and lodged but neither recorded nor registered, by year of effect: never in the target (D§7.2). 件次. */
  readonly unrecorded: number;
  /** Counted but flagged for a look: related parties, returns, own asset companies. 件次. */
  readonly flagged: number;
  /** Recorded determination 在长转化; its own indicator, never a filter of the target. 件次. */
  readonly inChangsha: number;
  readonly growth: Readonly<Record<Basis, GrowthFigure>>;
}

export interface UniversityLine {
  readonly universityId: string;
  readonly name: string;
  readonly inPanel: boolean;
  readonly years: readonly YearLine[];
}

/** A target of the plan for universities (D§12.1). T4 is the city's growth from 2020 over all IP types, whatever the board shows. */
export interface PlanTarget {
  readonly id: 'T1' | 'T2' | 'T3' | 'T4' | 'T5';
  readonly title: BilingualText;
  /** Verbatim from the plan. */
  readonly quotation: string;
  readonly place: string;
  readonly actual: number | null;
  readonly required: number | null;
  readonly verdict: Verdict;
  readonly reason: BilingualText | null;
  /** Values at the end of each year from 2021, cumulative but for T4, which shows the year's count. */
  readonly path: ReadonlyArray<{ readonly year: number; readonly value: number }>;
}

export interface ApprovedBaseline {
  readonly scope: string;
  readonly basis: Basis;
  readonly ipScope: IpScope;
  readonly baseYear: number;
  readonly value: number;
  readonly source: string;
  readonly evidence: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
}

/** `GET /api/v1/boards/target?baseYear=2020&ipScope=all`. */
export interface TargetBoard {
  /** Position token of the events the figures stand on. */
  readonly position: string;
  readonly rule: { readonly id: string } & BilingualText;
  readonly baseYear: number;
  readonly ipScope: IpScope;
  readonly city: { readonly years: readonly YearLine[] };
  readonly universities: readonly UniversityLine[];
  readonly baselines: readonly ApprovedBaseline[];
  readonly targets: readonly PlanTarget[];
}
