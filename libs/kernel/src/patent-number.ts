import type { ParsedNumber } from './identifier.js';
import { compactNumber, quoted } from './identifier.js';
import { identifierRule } from './identifier-rules.js';
import type { BilingualText } from './refusal.js';

/** The three kinds of patent (发明、实用新型、外观设计). */
export type PatentType = 'INVENTION' | 'UTILITY_MODEL' | 'DESIGN';

/** A Chinese patent application number (专利申请号); a granted patent keeps it, with `ZL` in front. */
export interface PatentNumber extends ParsedNumber {
  /**
   * `ZC2003`: 13 characters, year, kind, serial and check digit without the point, "201910699568X".
   * `PRE2003`: the 8 digits alone. Its check digit is left out, because the same patent is quoted with and without it.
   */
  readonly canonical: string;
  readonly form: 'ZC2003' | 'PRE2003';
  readonly ipType: PatentType;
  readonly filingYear: number;
}

/** Kinds 8 and 9 are international (PCT) applications that entered China. */
const PATENT_TYPES: Readonly<Record<string, PatentType>> = {
  '1': 'INVENTION',
  '2': 'UTILITY_MODEL',
  '3': 'DESIGN',
  '8': 'INVENTION',
  '9': 'UTILITY_MODEL',
};

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

const checkDigit = (digits: string): string => {
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (WEIGHTS[i] ?? 0), 0);
  return sum % 11 === 10 ? 'X' : String(sum % 11);
};

const FIRST_YEAR = 2003;

/** With the check digit of ZC 0006-2003 added to year, kind and serial (12 digits); makes the numbers of invented examples valid. */
export const patentNumberWithCheck = (first12: string): string => first12 + checkDigit(first12);

const parseCurrent = (digits: string, check: string, field: string): PatentNumber => {
  const canonical = digits + check;
  const filingYear = Number(digits.slice(0, 4));
  const ipType = PATENT_TYPES[digits.charAt(4)];
  if (filingYear < FIRST_YEAR) throw identifierRule('I-4', { number: canonical, year: filingYear }, { field });
  if (!ipType || digits.endsWith('0000000')) throw identifierRule('I-2', { text: canonical }, { field });
  const expected = checkDigit(digits);
  if (check !== expected) throw identifierRule('I-1', { number: canonical, expected }, { field });
  return { canonical, form: 'ZC2003', ipType, filingYear, warnings: [] };
};

const OLD_FORM: BilingualText = {
  zh: '2003年10月1日以前的旧格式专利号，校验位未予核对，请对照证书',
  en: 'a patent number of the form used before 2003-10-01; its check digit is not verified, please compare the certificate',
};

const OLD_FORM_MISMATCH: BilingualText = {
  zh: '旧格式专利号的校验位与推算不符，已按8位数字登记，请对照证书',
  en: 'the check digit of this old-form patent number is not the computed one; the 8 digits are kept, please compare the certificate',
};

const parseOld = (digits: string, check: string, field: string): PatentNumber => {
  const shortYear = Number(digits.slice(0, 2));
  // The patent office opened in 1985; the form ended in 2003.
  const filingYear = shortYear >= 85 ? 1900 + shortYear : 2000 + shortYear;
  const ipType = PATENT_TYPES[digits.charAt(2)];
  if (filingYear > FIRST_YEAR) throw identifierRule('I-4', { number: digits + check, year: filingYear }, { field });
  if (!ipType || digits.endsWith('00000')) throw identifierRule('I-2', { text: digits + check }, { field });
  const warning = check === '' || check === checkDigit(digits) ? OLD_FORM : OLD_FORM_MISMATCH;
  return { canonical: digits, form: 'PRE2003', ipType, filingYear, warnings: [warning] };
};

const CURRENT = /^(\d{12})\.?([\dX])$/;
const OLD = /^(\d{8})(?:\.?([\dX]))?$/;

/**
 * Reads a patent number as offices write it: with or without `ZL` or `CN`, spaces, the point, full-width characters.
 * Refuses I-1 (check digit), I-2 (form), I-4 (year). A number filed before 2003-10-01 has 8 digits and perhaps a check
 * digit whose rule is not certain; it is accepted with a warning (D§8.1).
 * Whether the year lies in the future is for the caller, who knows the day.
 */
export const parsePatentNumber = (text: string, field: string): PatentNumber => {
  const bare = compactNumber(text).replace(/^(ZL|CN){1,2}/, '');
  const [, digits, check = ''] = CURRENT.exec(bare) ?? OLD.exec(bare) ?? [];
  if (digits === undefined) throw identifierRule('I-2', { text: quoted(text) }, { field });
  return digits.length === 12 ? parseCurrent(digits, check, field) : parseOld(digits, check, field);
};

/** The printed form of a canonical number: "201910699568.X"; an old number stands as it is. */
export const formatPatentNumber = (canonical: string): string =>
  canonical.length === 13 ? `${canonical.slice(0, 12)}.${canonical.slice(12)}` : canonical;
