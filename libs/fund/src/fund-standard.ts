import type { BilingualText } from '@app/kernel';
import type { FundCategory } from './fund-board.js';
import { fundRule } from './fund-rules.js';

/** What a claim may point at. No patent among them: counting patents is no ground for support (F-X2). */
export const FUND_OBJECT_KINDS = {
  'dedicated-office': { zh: '专门机构', en: 'Dedicated office' },
  certification: { zh: '贯标证书', en: 'IP management certificate' },
  portfolio: { zh: '高价值专利组合', en: 'High-value patent portfolio' },
  commendation: { zh: '转化表彰', en: 'Conversion commendation' },
  'trading-platform': { zh: '线上交易平台', en: 'Online trading platform' },
  contract: { zh: '转化合同', en: 'Transfer contract' },
  designation: { zh: '试点示范', en: 'Pilot or demonstration' },
} as const satisfies Record<string, BilingualText>;
export type FundObjectKind = keyof typeof FUND_OBJECT_KINDS;

/** 用途: what the money pays for. The fees are listed so that naming one is refused by its rule, F-X1. */
export const FUND_PURPOSES = {
  CONVERSION: { zh: '知识产权转化工作', en: 'Conversion work' },
  FILING_FEE: { zh: '专利申请费', en: 'Filing fee' },
  ANNUITY: { zh: '专利年费', en: 'Annuity' },
  AGENCY_FEE: { zh: '代理费', en: 'Agency fee' },
} as const satisfies Record<string, BilingualText>;
export type FundPurpose = keyof typeof FUND_PURPOSES;

/** 资助方式 as the plan names them (六（二）); universities get the first two (F-9). */
export const FUND_INSTRUMENTS = {
  DIRECT_GRANT: { zh: '直接补助', en: 'Direct grant' },
  REWARD: { zh: '奖励补贴', en: 'Reward' },
  RISK_COMPENSATION: { zh: '风险补偿', en: 'Risk compensation' },
} as const satisfies Record<string, BilingualText>;
export type FundInstrument = keyof typeof FUND_INSTRUMENTS;

/** 资助标准: what one unit of an object is worth in a year. Amounts are texts of fen. */
export interface FundStandard {
  readonly number: string;
  readonly category: FundCategory;
  readonly title: string;
  /** 计量单位, such as 家, 项, 证. */
  readonly unit: string;
  readonly amountFen: string;
  /** The most one claim gets under this standard. */
  readonly capFen?: string | undefined;
  readonly objectKind: FundObjectKind;
  readonly purpose: FundPurpose;
  readonly instrument: FundInstrument;
  readonly legalBasis: string;
}

/** A standard not yet known to be lawful. Without purpose and instrument it is a direct grant for conversion work. */
export type FundStandardDraft = Omit<FundStandard, 'objectKind' | 'purpose' | 'instrument'> & {
  readonly objectKind: string;
  readonly purpose?: FundPurpose | undefined;
  readonly instrument?: FundInstrument | undefined;
};

/** A fee is a fee under whatever purpose it was filed. */
const FEE_WORDS = /申请费|年费|代理费|filing fee|annuit|agency fee/i;

/** Patents are counted in 件 and 件次; a portfolio (专利组合) is one work, not a count. */
const PATENT_UNIT = /^件次?$|专利(?!组合)|patent(?! portfolio)/i;

/** The draft as a standard. @throws Refusal F-X1, F-X2, F-9 */
export const lawfulStandard = (draft: FundStandardDraft): FundStandard => {
  const { objectKind, purpose = 'CONVERSION', instrument = 'DIRECT_GRANT', ...terms } = draft;
  assertNoFee(draft, purpose);
  if (!isObjectKind(objectKind)) throw fundRule('F-X2', { what: objectKind }, { field: 'objectKind' });
  if (PATENT_UNIT.test(terms.unit)) throw fundRule('F-X2', { what: terms.unit }, { field: 'unit' });
  if (instrument === 'RISK_COMPENSATION') {
    throw fundRule('F-9', { instrument: FUND_INSTRUMENTS[instrument].zh }, { field: 'instrument' });
  }
  return { ...terms, objectKind, purpose, instrument };
};

const assertNoFee = ({ title, unit }: FundStandardDraft, purpose: FundPurpose): void => {
  if (purpose !== 'CONVERSION') throw fundRule('F-X1', { what: FUND_PURPOSES[purpose].zh }, { field: 'purpose' });
  if (FEE_WORDS.test(title)) throw fundRule('F-X1', { what: title }, { field: 'title' });
  if (FEE_WORDS.test(unit)) throw fundRule('F-X1', { what: unit }, { field: 'unit' });
};

const isObjectKind = (kind: string): kind is FundObjectKind => Object.hasOwn(FUND_OBJECT_KINDS, kind);
