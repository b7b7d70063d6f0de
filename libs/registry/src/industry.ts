import type { BilingualText } from '@app/kernel';
import { registryRule } from './registry-rules.js';

/** The rows of the size table (行业, 工信部联企业〔2011〕300号 art 4; D§10.1). */
export const industryClasses = {
  AGRICULTURE: { zh: '农、林、牧、渔业', en: 'Agriculture, forestry, husbandry, fishing' },
  INDUSTRY: { zh: '工业', en: 'Industry' },
  CONSTRUCTION: { zh: '建筑业', en: 'Construction' },
  WHOLESALE: { zh: '批发业', en: 'Wholesale' },
  RETAIL: { zh: '零售业', en: 'Retail' },
  TRANSPORT: { zh: '交通运输业', en: 'Transport' },
  WAREHOUSING: { zh: '仓储业', en: 'Warehousing' },
  POST: { zh: '邮政业', en: 'Post' },
  ACCOMMODATION: { zh: '住宿业', en: 'Accommodation' },
  CATERING: { zh: '餐饮业', en: 'Catering' },
  INFORMATION_TRANSMISSION: { zh: '信息传输业', en: 'Information transmission' },
  SOFTWARE: { zh: '软件和信息技术服务业', en: 'Software and IT services' },
  REAL_ESTATE: { zh: '房地产开发经营', en: 'Real estate development' },
  PROPERTY_MANAGEMENT: { zh: '物业管理', en: 'Property management' },
  LEASING_BUSINESS: { zh: '租赁和商务服务业', en: 'Leasing and business services' },
  OTHER: { zh: '其他未列明行业', en: 'Other industries' },
} as const satisfies Record<string, BilingualText>;
export type IndustryClass = keyof typeof industryClasses;

export interface Industry {
  /** Section letter and digits of GB/T 4754-2017, such as `C39`. */
  readonly code: string;
  readonly industryClass: IndustryClass;
}

/** Sections of GB/T 4754-2017 by the last of their two-digit divisions. */
const SECTIONS: ReadonlyArray<readonly [lastDivision: number, section: string]> = [
  [5, 'A'],
  [12, 'B'],
  [43, 'C'],
  [46, 'D'],
  [50, 'E'],
  [52, 'F'],
  [60, 'G'],
  [62, 'H'],
  [65, 'I'],
  [69, 'J'],
  [70, 'K'],
  [72, 'L'],
  [75, 'M'],
  [79, 'N'],
  [82, 'O'],
  [83, 'P'],
  [85, 'Q'],
  [90, 'R'],
  [96, 'S'],
  [97, 'T'],
];

const sectionOf = (digits: string): string | undefined => {
  const division = Number(digits.slice(0, 2));
  return division === 0 ? undefined : SECTIONS.find(([last]) => division <= last)?.[1];
};

/** Its rules exclude it: railways (art 3); finance, education, health, public bodies are no rows of the table. */
const EXCLUDED = undefined;

/** Codes by prefix; the longest that fits decides. A code that fits none leaves the row open. */
const CLASSES: Readonly<Record<string, IndustryClass | typeof EXCLUDED>> = {
  A: 'AGRICULTURE',
  B: 'INDUSTRY',
  C: 'INDUSTRY',
  D: 'INDUSTRY',
  E: 'CONSTRUCTION',
  F51: 'WHOLESALE',
  F52: 'RETAIL',
  G53: EXCLUDED,
  G54: 'TRANSPORT',
  G55: 'TRANSPORT',
  G56: 'TRANSPORT',
  G57: 'TRANSPORT',
  G58: 'TRANSPORT',
  G59: 'WAREHOUSING',
  // Loading and unloading stood with transport when the table was made.
  G591: 'TRANSPORT',
  G60: 'POST',
  H61: 'ACCOMMODATION',
  H62: 'CATERING',
  I63: 'INFORMATION_TRANSMISSION',
  I64: 'INFORMATION_TRANSMISSION',
  I65: 'SOFTWARE',
  J: EXCLUDED,
  K701: 'REAL_ESTATE',
  K702: 'PROPERTY_MANAGEMENT',
  K703: 'OTHER',
  K704: 'OTHER',
  K709: 'OTHER',
  L: 'LEASING_BUSINESS',
  M: 'OTHER',
  N: 'OTHER',
  O: 'OTHER',
  P: EXCLUDED,
  Q84: EXCLUDED,
  Q85: 'OTHER',
  R: 'OTHER',
  S: EXCLUDED,
  T: EXCLUDED,
};

const CODE = /^([A-T])?(\d{2,4})?$/;

/**
 * The row of the size table an industry code falls in; the section letter may be left out before digits.
 * @throws Refusal S-1 no code of GB/T 4754-2017, S-2 too coarse to tell the row, S-3 outside the table
 */
export const parseIndustry = (text: string, field: string): Industry => {
  const [written, letter, digits = ''] = CODE.exec(text.normalize('NFKC').trim().toUpperCase()) ?? [];
  const section = digits === '' ? letter : sectionOf(digits);
  if (!written || section === undefined || (letter ?? section) !== section) {
    throw registryRule('S-1', { text }, { field });
  }
  const code = section + digits;
  const prefix = [code, code.slice(0, 4), code.slice(0, 3), section].find((part) => Object.hasOwn(CLASSES, part));
  if (prefix === undefined) throw registryRule('S-2', { code }, { field });
  const industryClass = CLASSES[prefix];
  if (industryClass === undefined) throw registryRule('S-3', { code }, { field });
  return { code, industryClass };
};
