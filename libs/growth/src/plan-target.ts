import { yearOf } from '@app/kernel';
import { verdictOn } from './growth.js';
import type { PlanTarget, YearLine } from './target-board.js';

/** “十四五”: the years the plan's targets are for; the document itself is valid a little longer. */
export const PLAN_YEARS = [2021, 2022, 2023, 2024, 2025] as const;
export const PLAN_BASE_YEAR = 2020;
export const PLAN_LAST_YEAR = 2025;

interface OfUniversity {
  readonly universityId: string;
  /** The legal date it began. */
  readonly on: string;
}

/** The dated objects of the registry that the plan's targets count. */
export interface RegistryDates {
  readonly designations: readonly OfUniversity[];
  readonly portfolios: readonly OfUniversity[];
  readonly offices: ReadonlyArray<OfUniversity & { readonly closedOn: string | null }>;
}

type Wording = Pick<PlanTarget, 'id' | 'title' | 'quotation' | 'place'>;

const WORDINGS = {
  T1: {
    id: 'T1',
    title: { zh: '新增国家知识产权试点示范高校', en: 'New national IP pilot and demonstration universities' },
    quotation: '新增国家知识产权试点示范高校5所以上',
    place: '四（一）',
  },
  T2: {
    id: 'T2',
    title: { zh: '高校高价值专利组合培育项目', en: 'High-value patent portfolio projects of universities' },
    quotation: '培育高校高价值专利组合项目20个以上',
    place: '四（一）',
  },
  T3: {
    id: 'T3',
    title: { zh: '高价值专利组合布局', en: 'High-value patent portfolios laid out' },
    quotation: '布局20个以上对产业发展和国际竞争力具有支撑保障作用的高价值专利组合',
    place: '四（一）',
  },
  T4: {
    id: 'T4',
    title: { zh: '知识产权转让、许可数量年均增幅', en: 'Average yearly growth of transfers and licences' },
    quotation: '驻长高校知识产权转让、许可数量年均增幅20%以上',
    place: '四（一）',
  },
  T5: {
    id: 'T5',
    title: { zh: '知识产权转化专门机构', en: 'Universities with a dedicated transfer office' },
    quotation: '推动10至15所高校建立知识产权转化专门机构',
    place: '四（一）',
  },
} as const satisfies Record<PlanTarget['id'], Wording>;

/** 以上 includes the number (民法典 art 1259), and the upper end of a range is no limit. */
const counted = (
  wording: Wording,
  required: number,
  valueAtEndOf: (year: number) => number,
  today: string,
): PlanTarget => {
  const path = PLAN_YEARS.map((year) => ({ year, value: valueAtEndOf(year) }));
  const actual = valueAtEndOf(PLAN_LAST_YEAR);
  const verdict = verdictOn(today, { year: PLAN_LAST_YEAR, isMet: actual >= required });
  return { ...wording, actual, required, ...verdict, path };
};

const isFromPlanPeriod = (on: string, until: number): boolean => yearOf(on) > PLAN_BASE_YEAR && yearOf(on) <= until;

/** 新增: only a university's first designation counts; a later one, or pilot become demonstration, adds nothing (D§2.4). */
const firstDesignations = (designations: RegistryDates['designations']): readonly string[] => {
  const first = new Map<string, string>();
  for (const { universityId, on } of designations) {
    const known = first.get(universityId);
    if (known === undefined || on < known) first.set(universityId, on);
  }
  return [...first.values()];
};

const universitiesWithOffice = (offices: RegistryDates['offices'], year: number): number => {
  const end = `${year}-12-31`;
  const open = offices.filter(({ on, closedOn }) => on <= end && (closedOn === null || closedOn > end));
  return new Set(open.map(({ universityId }) => universityId)).size;
};

const growthTarget = (city: readonly YearLine[]): PlanTarget => {
  const figureOf = (year: number) => city.find((line) => line.year === year)?.growth['patent-times'];
  const figure = figureOf(PLAN_LAST_YEAR);
  return {
    ...WORDINGS.T4,
    actual: figure?.actual ?? null,
    required: figure?.required ?? null,
    verdict: figure?.verdict ?? 'NOT_COMPUTABLE',
    reason: figure?.reason ?? null,
    path: PLAN_YEARS.map((year) => ({ year, value: figureOf(year)?.actual ?? 0 })),
  };
};

/**
 * The plan's targets T1-T5 (D§12.1).
 * @param city the city's lines of the plan's own view: base year 2020 to 2025, every IP type
 * @param today plain date in China: before the plan's last year is over nothing is missed
 */
export const planTargets = (
  { designations, portfolios, offices }: RegistryDates,
  city: readonly YearLine[],
  today: string,
): readonly PlanTarget[] => {
  const designated = firstDesignations(designations);
  const newlyDesignated = (year: number) => designated.filter((on) => isFromPlanPeriod(on, year)).length;
  const started = (year: number) => portfolios.filter(({ on }) => isFromPlanPeriod(on, year)).length;
  return [
    counted(WORDINGS.T1, 5, newlyDesignated, today),
    counted(WORDINGS.T2, 20, started, today),
    counted(WORDINGS.T3, 20, started, today),
    growthTarget(city),
    counted(WORDINGS.T5, 10, (year) => universitiesWithOffice(offices, year), today),
  ];
};
