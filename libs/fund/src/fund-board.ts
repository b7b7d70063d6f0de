import type { BilingualText } from '@app/kernel';

/** The five heads of the 1000万元 (plan 专栏3) and the open end of 等, which needs its own legal basis. */
export const FUND_CATEGORIES = {
  DEDICATED_INSTITUTION: { zh: '高校知识产权转化专门机构建设', en: 'Dedicated transfer institutions' },
  IP_STANDARD_IMPLEMENTATION: { zh: '知识产权贯标', en: 'IP management standard' },
  HIGH_VALUE_PORTFOLIO: { zh: '高价值专利组合培育', en: 'High-value patent portfolios' },
  CONVERSION_COMMENDATION: { zh: '知识产权转化表彰', en: 'Conversion commendations' },
  ONLINE_TRADING_PLATFORM: { zh: '知识产权线上交易平台资助', en: 'Online trading platforms' },
  OTHER: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, BilingualText>;
export type FundCategory = keyof typeof FUND_CATEGORIES;

/** How a category meets more entitlement than money: pay all in full, share by largest remainder, or by rank until one does not fit. */
export type AllocationMethod = 'FULL' | 'PRO_RATA' | 'RANK';

/** All amounts are texts of integer fen. */
export interface FundCategoryLine {
  readonly category: FundCategory;
  readonly label: BilingualText;
  readonly method: AllocationMethod;
  readonly ceilingFen: string | null;
  readonly claims: number;
  readonly entitlementFen: string;
  readonly allocatedFen: string;
  /** Ceiling minus allocated; null without a ceiling. */
  readonly leftFen: string | null;
}

export interface FundClaimLine {
  readonly claimId: string;
  readonly number: string;
  readonly universityId: string;
  readonly category: FundCategory;
  readonly objectKind: string;
  readonly objectId: string;
  readonly objectNumber: string;
  readonly standardNumber: string;
  readonly units: number;
  readonly claimedOn: string;
  readonly status: 'SUBMITTED' | 'ALLOCATED' | 'UNFUNDED' | 'WITHDRAWN';
  readonly entitlementFen: string | null;
  readonly allocatedFen: string | null;
  /** How the amount came about, in words and numbers. */
  readonly derivation: BilingualText | null;
}

/** `GET /api/v1/boards/fund/:year`; the list `GET /api/v1/boards/fund` answers these without `claims`. */
export interface FundBoard {
  readonly position: string;
  readonly year: number;
  readonly status: 'OPEN' | 'ALLOCATED';
  readonly budgetFen: string;
  readonly legalBasis: string;
  readonly document: string;
  readonly allocatedFen: string;
  readonly leftFen: string;
  readonly categories: readonly FundCategoryLine[];
  readonly universities: ReadonlyArray<{
    readonly universityId: string;
    readonly claims: number;
    readonly allocatedFen: string;
  }>;
  readonly claims: readonly FundClaimLine[];
}
