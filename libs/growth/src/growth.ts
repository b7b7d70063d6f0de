import { type BilingualText, yearOf } from '@app/kernel';
import type { Basis, GrowthFigure, Verdict } from './target-board.js';

/*
 * 年均增幅 20% by the geometric method (水平法, D§7.3), in whole numbers only: a verdict must not turn on how a machine rounds.
 * Twenty per cent a year is the factor 6/5, so k years are 6^k / 5^k.
 */

/** Whether `actual` is at least 20% a year above `base` after `intervals` years; 以上 includes the number itself (民法典 art 1259). */
export const meetsTarget = (base: bigint, actual: bigint, intervals: number): boolean =>
  actual * 5n ** BigInt(intervals) >= base * 6n ** BigInt(intervals);

/** The least count that meets the target: ceil(base·6^k / 5^k). */
export const requiredCount = (base: bigint, intervals: number): bigint => {
  const divisor = 5n ** BigInt(intervals);
  return (base * 6n ** BigInt(intervals) + divisor - 1n) / divisor;
};

/** The largest integer whose k-th power is at most `value`, by Newton's method from above. */
const floorRoot = (value: bigint, k: number): bigint => {
  if (value < 2n || k === 1) return value;
  const degree = BigInt(k);
  const bits = value.toString(16).length * 4;
  let root = 1n << BigInt(Math.ceil(bits / k));
  for (;;) {
    const next = ((degree - 1n) * root + value / root ** (degree - 1n)) / degree;
    if (next >= root) return root;
    root = next;
  }
};

/**
 * ((to / from)^(1/k) - 1) in percent, rounded half up at `decimals` places, as a whole number of 10^-decimals percent.
 * With S = 100·10^decimals, the largest r with r - 1/2 <= S·(to/from)^(1/k) is the rounded ratio: (2r - 1)^k <= (2S)^k·to / from.
 */
const roundedGrowth = (from: bigint, to: bigint, intervals: number, decimals: number): bigint => {
  const scale = 100n * 10n ** BigInt(decimals);
  const bound = (to * (2n * scale) ** BigInt(intervals)) / from;
  return (floorRoot(bound, intervals) + 1n) / 2n - scale;
};

const percentText = (scaled: bigint, decimals: number): string => {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/** Growth over one interval (同比) in percent with one decimal, half up; null when there is nothing to grow from. */
export const yearOnYearPercent = (previous: bigint, actual: bigint): string | null =>
  previous <= 0n ? null : percentText(roundedGrowth(previous, actual, 1, 1), 1);

/**
 * Average yearly growth in percent, one decimal, half up. Where that would show a missed target as 20.0, as many more decimals as
 * it takes to show less. `base` and `intervals` are positive.
 */
export const averagePercent = (base: bigint, actual: bigint, intervals: number): string => {
  const missed = !meetsTarget(base, actual, intervals);
  for (let decimals = 1; ; decimals += 1) {
    const scaled = roundedGrowth(base, actual, intervals, decimals);
    if (!missed || scaled < 20n * 10n ** BigInt(decimals)) return percentText(scaled, decimals);
  }
};

const noBaseline = (baseYear: number): BilingualText => ({
  zh: `不可计算：没有经批准的 ${baseYear} 年基数`,
  en: `not computable: there is no approved baseline of ${baseYear}`,
});

const zeroBaseline = (baseYear: number): BilingualText => ({
  zh: `不可计算：经批准的 ${baseYear} 年基数为 0`,
  en: `not computable: the approved baseline of ${baseYear} is 0`,
});

/** Whether a year has still to end on a date: until its last day is over more may be recorded in it. */
const isOpen = (year: number, today: string): boolean => yearOf(today) <= year;

/** What is met early is met; a miss is a miss only once the year is over. */
export const verdictOn = (
  today: string,
  { year, isMet }: { readonly year: number; readonly isMet: boolean },
): { readonly verdict: Verdict; readonly reason: BilingualText | null } => {
  if (isMet) return { verdict: 'MET', reason: null };
  if (!isOpen(year, today)) return { verdict: 'MISSED', reason: null };
  const reason = { zh: `进行中：${year} 年尚未结束`, en: `open: ${year} is not over yet` };
  return { verdict: 'OPEN', reason };
};

export interface GrowthInput {
  readonly basis: Basis;
  readonly baseYear: number;
  readonly year: number;
  /** The approved baseline of the scope; recorded deals never stand in for it. */
  readonly base: number | null;
  readonly actual: number;
  /** Count of the year before on the same basis, null when there is none to compare with. */
  readonly previous: number | null;
  /** Plain date in China on which the judgement is made. */
  readonly today: string;
}

/** The judgement on one year, not before the base year. A missing or zero base is "not computable", never 0% or infinity. */
export const growthFigure = (input: GrowthInput): GrowthFigure => {
  const { basis, baseYear, year, base, actual, previous, today } = input;
  const intervals = year - baseYear;
  const figure = {
    basis,
    formula: 'geometric-mean/1',
    baseYear,
    intervals,
    base,
    actual,
    required: null,
    gap: null,
    averagePercent: null,
    yearOnYearPercent: previous === null ? null : yearOnYearPercent(BigInt(previous), BigInt(actual)),
    verdict: 'NOT_COMPUTABLE',
    reason: null,
  } as const;
  if (base === null) return { ...figure, reason: noBaseline(baseYear) };
  if (base === 0) return { ...figure, reason: zeroBaseline(baseYear) };
  if (intervals === 0) return { ...figure, verdict: 'BASE' };
  const required = Number(requiredCount(BigInt(base), intervals));
  return {
    ...figure,
    required,
    gap: actual - required,
    averagePercent: averagePercent(BigInt(base), BigInt(actual), intervals),
    ...verdictOn(today, { year, isMet: meetsTarget(BigInt(base), BigInt(actual), intervals) }),
  };
};
