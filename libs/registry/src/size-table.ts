import type { BilingualText, Fen } from '@app/kernel';
import type { IndustryClass } from './industry.js';

/** Size of an enterprise (企业规模); the first three are the 中小微 of the subsidy policy (D§10.1). */
export const enterpriseSizes = {
  MICRO: { zh: '微型', en: 'Micro' },
  SMALL: { zh: '小型', en: 'Small' },
  MEDIUM: { zh: '中型', en: 'Medium' },
  LARGE: { zh: '大型', en: 'Large' },
  UNDETERMINED: { zh: '未能认定', en: 'Undetermined' },
} as const satisfies Record<string, BilingualText>;
export type EnterpriseSize = keyof typeof enterpriseSizes;

/** Employed persons, revenue of the year and total assets (从业人员、营业收入、资产总额). */
export interface Indicators {
  readonly employees?: number;
  readonly revenueFen?: Fen;
  readonly assetsFen?: Fen;
}

/** Lower bounds, all of them to be met. */
type Bounds = Indicators;

export type SizeTable = Readonly<
  Record<IndustryClass, { readonly LARGE: Bounds; readonly MEDIUM: Bounds; readonly SMALL: Bounds }>
>;

const WAN_YUAN: Fen = 1_000_000n;

interface Row {
  readonly employees?: Three<number>;
  /** In 万元, as printed. */
  readonly revenue?: Three<bigint>;
  readonly assets?: Three<bigint>;
}
type Three<Value> = readonly [large: Value, medium: Value, small: Value];

const bounds = ({ employees, revenue, assets }: Row, size: 0 | 1 | 2): Bounds => ({
  ...(employees ? { employees: employees[size] } : {}),
  ...(revenue ? { revenueFen: revenue[size] * WAN_YUAN } : {}),
  ...(assets ? { assetsFen: assets[size] * WAN_YUAN } : {}),
});

const row = (printed: Row) => ({ LARGE: bounds(printed, 0), MEDIUM: bounds(printed, 1), SMALL: bounds(printed, 2) });

/** 工信部联企业〔2011〕300号 art 4, in force since 2011-06-18. */
const sme2011: SizeTable = {
  AGRICULTURE: row({ revenue: [20_000n, 500n, 50n] }),
  INDUSTRY: row({ employees: [1_000, 300, 20], revenue: [40_000n, 2_000n, 300n] }),
  CONSTRUCTION: row({ revenue: [80_000n, 6_000n, 300n], assets: [80_000n, 5_000n, 300n] }),
  WHOLESALE: row({ employees: [200, 20, 5], revenue: [40_000n, 5_000n, 1_000n] }),
  RETAIL: row({ employees: [300, 50, 10], revenue: [20_000n, 500n, 100n] }),
  TRANSPORT: row({ employees: [1_000, 300, 20], revenue: [30_000n, 3_000n, 200n] }),
  WAREHOUSING: row({ employees: [200, 100, 20], revenue: [30_000n, 1_000n, 100n] }),
  POST: row({ employees: [1_000, 300, 20], revenue: [30_000n, 2_000n, 100n] }),
  ACCOMMODATION: row({ employees: [300, 100, 10], revenue: [10_000n, 2_000n, 100n] }),
  CATERING: row({ employees: [300, 100, 10], revenue: [10_000n, 2_000n, 100n] }),
  INFORMATION_TRANSMISSION: row({ employees: [2_000, 100, 10], revenue: [100_000n, 1_000n, 100n] }),
  SOFTWARE: row({ employees: [300, 100, 10], revenue: [10_000n, 1_000n, 50n] }),
  REAL_ESTATE: row({ revenue: [200_000n, 1_000n, 100n], assets: [10_000n, 5_000n, 2_000n] }),
  PROPERTY_MANAGEMENT: row({ employees: [1_000, 300, 100], revenue: [5_000n, 1_000n, 500n] }),
  LEASING_BUSINESS: row({ employees: [300, 100, 10], assets: [120_000n, 8_000n, 100n] }),
  OTHER: row({ employees: [300, 100, 10] }),
};

/** The tables by the version a determination stores; a revised standard becomes another entry. */
export const sizeTables = { 'sme-2011-300/1': sme2011 } as const satisfies Record<string, SizeTable>;
export type SizeRule = keyof typeof sizeTables;

type IndicatorName = keyof Indicators;

/**
 * The highest size whose bounds are all met, else micro (D§10.1; 国统字〔2017〕213号). An indicator the row asks for and the enterprise
 * has not told leaves the size undetermined: it is never guessed.
 */
export const determineSize = (
  { industryClass, ...indicators }: Indicators & { readonly industryClass: IndustryClass },
  table: SizeTable,
): EnterpriseSize => {
  const line = table[industryClass];
  const asked = Object.keys(line.LARGE) as IndicatorName[];
  if (asked.some((name) => indicators[name] === undefined)) return 'UNDETERMINED';
  const meets = (lower: Bounds): boolean => asked.every((name) => (indicators[name] ?? 0) >= (lower[name] ?? 0));
  return (['LARGE', 'MEDIUM', 'SMALL'] as const).find((size) => meets(line[size])) ?? 'MICRO';
};
