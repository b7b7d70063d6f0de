import { randomOf } from './random.mjs';

/* Invented numbers that pass the checks of the real ones. */

const PATENT_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
const weightedSum = (text, weights, valueOf) => [...text].reduce((sum, sign, i) => sum + valueOf(sign) * weights[i], 0);

/** Check digit of a Chinese patent application number (ZC 0006-2003), also used for its 8-digit predecessor. */
export const patentCheck = (digits) => '0123456789X'[weightedSum(digits, PATENT_WEIGHTS, Number) % 11];

const used = new Set();
const unused = (make) => {
  for (;;) {
    const number = make();
    if (used.has(number)) continue;
    used.add(number);
    return number;
  }
};

const random = randomOf('numbers');
const digits = (length, from = 1) => String(random.int(from, 10 ** length - 1)).padStart(length, '0');
const KINDS = { INVENTION: '1', UTILITY_MODEL: '2', DESIGN: '3' };

/** `201910699568.X`; international applications carry kind 8. */
export const patentNumber = (ipType, year, international = false) =>
  unused(() => {
    const first12 = `${year}${international ? '8' : KINDS[ipType]}${digits(7, 10_001)}`;
    return `${first12}.${patentCheck(first12)}`;
  });

/** The 8-digit form in use before 2003-10-01. */
export const oldPatentNumber = (ipType, year) =>
  unused(() => `${String(year).slice(2)}${KINDS[ipType]}${digits(5, 10_001)}`);

export const softwareNumber = (year) => unused(() => `${year}SR${digits(year < 2018 ? 6 : 7, 100_001)}`);
export const layoutNumber = (year) => unused(() => `BS.${String(year).slice(2)}5${digits(6)}`);
export const varietyNumber = (year) => unused(() => `CNA${year}${digits(4)}.${random.int(1, 9)}`);
export const trademarkNumber = () => unused(() => `示例TM${digits(8, 10_000_000)}`);

const counters = new Map();
const serial = (name, width) => {
  const count = (counters.get(name) ?? 0) + 1;
  counters.set(name, count);
  return String(count).padStart(width, '0');
};

export const secretNumber = (university) => `示例-MM-${university.toUpperCase()}-${serial(`secret ${university}`, 3)}`;
/** 备案号 */
export const recordNumber = (year) => `X${year}43${serial('record', 7)}`;
export const technologyContractNumber = (year) => `示例JS${year}-${serial('technology contract', 5)}`;

const CODE_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Unified social credit code (GB 32100-2015) of an enterprise registered in a division. */
export const creditCode = (division) =>
  unused(() => {
    const body = `MA${random.pick('4567')}${random.pick(CODE_SIGNS)}${digits(4, 0)}`;
    const rest = weightedSum(body, ORGANISATION_WEIGHTS, (sign) => Number.parseInt(sign, 36)) % 11;
    const first17 = `91${division}${body}${'0123456789X0'[11 - rest]}`;
    const sum = weightedSum(first17, CODE_WEIGHTS, (sign) => CODE_SIGNS.indexOf(sign));
    return first17 + CODE_SIGNS[(31 - (sum % 31)) % 31];
  });
