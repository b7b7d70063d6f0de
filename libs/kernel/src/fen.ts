import { quoted, toHalfWidth } from './identifier.js';
import { identifierRule } from './identifier-rules.js';

/** Money in fen (分), the smallest unit of the renminbi: 1元 = 100, 1万元 = 1,000,000. Never a float. */
export type Fen = bigint;

/** Above 2^53 SQLite's integers come back rounded, so no single amount, sum or budget may pass this bound. */
export const MAX_FEN: Fen = 9_000_000_000_000_000n;

const YUAN_DECIMALS = 2;
const WAN_YUAN_DECIMALS = 6;

/** Longer than any spelling of an amount within the bound; keeps `BigInt` away from hostile input. */
const LONGEST_TEXT = 40;

const placeOf = (field?: string) => (field === undefined ? {} : { field });

/** The amount itself if the ledger can hold it; refuses V-FEE-NEGATIVE and V-FEE-LIMIT. */
export const checkedFen = (fen: bigint, field?: string): Fen => {
  if (fen < 0n) throw identifierRule('V-FEE-NEGATIVE', { text: fen }, placeOf(field));
  if (fen > MAX_FEN) throw identifierRule('V-FEE-LIMIT', { text: fen, max: MAX_FEN }, placeOf(field));
  return fen;
};

/**
 * Reads the stored form: fen as a decimal string without sign, point, comma or leading zero ("123" is 123 fen).
 * One amount has one spelling, because the bytes of events are hashed; everything else is refused by V-FEN-FORM.
 */
export const fenFromText = (text: string, field?: string): Fen => {
  if (text.length > LONGEST_TEXT || !/^(0|[1-9]\d*)$/.test(text)) {
    throw identifierRule('V-FEN-FORM', { text: quoted(text) }, placeOf(field));
  }
  return checkedFen(BigInt(text), field);
};

/** The stored form of an amount, as `fenFromText` reads it. */
export const fenText = (fen: Fen): string => checkedFen(fen).toString();

const AMOUNT = /^(?<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?<part>\d+))?$/;
const NEGATIVE = /^(-[\d.,]+|\([\d.,]+\))$/;

/** A decimal text as an integer of its smallest unit, `decimals` places below the one written. */
const decimalToFen = (input: string, decimals: number, field: string): Fen => {
  const place = { field };
  const text = toHalfWidth(input).trim();
  const shown = { text: quoted(input) };
  if (text.length > LONGEST_TEXT) throw identifierRule('V-FEE-FORM', shown, place);
  // Bookkeepers write a negative amount in brackets too.
  if (NEGATIVE.test(text)) throw identifierRule('V-FEE-NEGATIVE', shown, place);
  const groups = AMOUNT.exec(text)?.groups;
  if (!groups) throw identifierRule('V-FEE-FORM', shown, place);
  const { whole = '', part = '' } = groups;
  if (part.length > decimals) throw identifierRule('V-FEE-PRECISION', { ...shown, decimals }, place);
  return checkedFen(BigInt(whole.replaceAll(',', '') + part.padEnd(decimals, '0')), field);
};

/**
 * An amount written in yuan (元), at most two decimals, thousands commas allowed: "1,234.50" is 123450 fen.
 * Refuses V-FEE-FORM, V-FEE-NEGATIVE, V-FEE-PRECISION and V-FEE-LIMIT; nothing is ever rounded.
 */
export const yuanToFen = (text: string, field: string): Fen => decimalToFen(text, YUAN_DECIMALS, field);

/** An amount written in 万元 (ten thousand yuan), at most six decimals: "1000" is 1,000,000,000 fen. Refuses as `yuanToFen`. */
export const wanYuanToFen = (text: string, field: string): Fen => decimalToFen(text, WAN_YUAN_DECIMALS, field);

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

const split = (fen: bigint, decimals: number) => {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(decimals + 1, '0');
  return {
    whole: (fen < 0n ? '-' : '') + grouped(digits.slice(0, -decimals)),
    part: digits.slice(-decimals),
  };
};

/** "1,234.50": yuan for people to read. Differences between two amounts may be negative here. */
export const formatYuan = (fen: bigint): string => {
  const { whole, part } = split(fen, YUAN_DECIMALS);
  return `${whole}.${part}`;
};

/** "1,000" or "0.5": 万元 for people to read, exact, without trailing zeros. */
export const formatWanYuan = (fen: bigint): string => {
  const { whole, part } = split(fen, WAN_YUAN_DECIMALS);
  const shown = part.replace(/0+$/, '');
  return shown ? `${whole}.${shown}` : whole;
};
