import { rowRule } from './row-rules.js';

/** A number that would be shown as a day, were its cell formatted as a date. */
interface NumberCell {
  readonly number: string;
  readonly day: string;
}

/** A cell: its text, a number that may be a day, or why it has none: a formula, a number that lost its last digits, part of a merged cell. */
export type Cell =
  | string
  | NumberCell
  | { readonly formula: string }
  | { readonly rounded: string }
  | { readonly merged: string };

/** What a cell shows, short enough for a report; null for an empty one. */
export const shownCell = (cell: Cell | undefined): string | null => {
  if (cell === undefined || typeof cell === 'string') return cell === undefined ? null : shortened(cell);
  if ('merged' in cell) return cell.merged;
  if ('number' in cell) return cell.number;
  return shortened('formula' in cell ? `=${cell.formula}` : cell.rounded);
};

const SHOWN = 120;
/** A long text cut for a report. */
export const shortened = (value: string): string => (value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);

/** Spreadsheet programs run text that starts so; a ledger stores values. A minus sign before a digit or alone is none. */
const FORMULA = /^[=+@]|^-[^\d\s.]/;

/** Where a cell stands, as refusals name it. */
export interface CellPlace {
  readonly field: string;
  /** The column's header in both languages, `专利号 / Patent number`. */
  readonly column: string;
}

/** The trimmed text of a cell, '' for an empty one. @throws Refusal V-5, V-14, V-15, V-17 */
export const plainText = (cell: Cell | undefined, { column: name, field }: CellPlace): string => {
  if (typeof cell === 'object') {
    if ('number' in cell) return cell.number;
    if ('rounded' in cell) throw rowRule('V-14', { column: name }, { field });
    if ('merged' in cell) throw rowRule('V-15', { column: name, cell: cell.merged }, { field });
    throw rowRule('V-5', { column: name }, { field });
  }
  const value = BLANK.test(cell ?? '') ? '' : (cell ?? '').trim();
  if (FORMULA.test(value)) throw rowRule('V-5', { column: name }, { field });
  const codes = unreadableIn(value);
  if (codes) throw rowRule('V-17', { column: name, codes }, { field });
  return value;
};

/** Characters that show nothing, some of which count as letters. */
const BLANK = /^[\s\u115F\u1160\u2800\u3164\uFFA0]*$/u;

/** Controls but tab and line breaks, format characters such as zero-width blanks, half characters, and what replaces unreadable bytes. */
const UNREADABLE = /[\p{Cf}\p{Cs}\uFFFD-\uFFFF]|[^\P{Cc}\t\n\r]/gu;
const CODES_SHOWN = 3;

const unreadableIn = (value: string): string =>
  [...new Set(value.match(UNREADABLE))]
    .slice(0, CODES_SHOWN)
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');

const DAY_MS = 86_400_000;
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
/** 1985-01-01, when the patent office opened, to 2199-12-31. Numbers below are years, counts or slips. */
const SERIALS = { first: 31_048, last: 109_574 };

/** The day of a spreadsheet program's serial number, `YYYY-MM-DD`; undefined when it is none that a sheet of ours may hold. */
export const dayOfSerial = (serial: number): string | undefined => {
  const day = Math.floor(serial);
  if (day < SERIALS.first || day > SERIALS.last) return undefined;
  return new Date(SERIAL_ZERO + day * DAY_MS).toISOString().slice(0, 10);
};
