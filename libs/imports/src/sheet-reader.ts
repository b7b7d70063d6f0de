import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { isDate } from 'node:util/types';
import { parse } from 'csv-parse';
import type ExcelJS from 'exceljs';
import { Refusal } from '@app/kernel';
import { type Cell, dayOfSerial } from './cell.js';
import { rowRule } from './row-rules.js';
import { unpackedWorkbook } from './workbook-archive.js';
import { type WorkbookCell, readWorkbook } from './workbook-thread.js';

export type SheetFormat = 'csv' | 'xlsx';

/** A row of a sheet as cells by place, with the row number the user sees in the spreadsheet program. */
export interface SheetRow {
  readonly line: number;
  readonly cells: ReadonlyArray<Cell | undefined>;
}

export interface Sheet {
  /** Rows that hold anything below the header, so that progress has an end. */
  readonly total: number;
  readonly rows: AsyncIterable<SheetRow>;
}

/** @throws Refusal V-11 when it is no such file, V-16 when it is too large for its format */
export const openSheet = async (file: Buffer, format: SheetFormat): Promise<Sheet> => {
  const rows = format === 'xlsx' ? await arrayOf(readSheet(file, format)) : undefined;
  const total = rows?.length ?? (await countOf(readSheet(file, format)));
  return { total: Math.max(0, total - 1), rows: rows ? eachOf(rows) : readSheet(file, format) };
};

/** Reads the rows that hold anything. @throws Refusal V-11, V-16 */
export async function* readSheet(file: Buffer, format: SheetFormat): AsyncIterable<SheetRow> {
  try {
    for await (const row of format === 'csv' ? readCsv(file) : readXlsx(file)) if (row.cells.some(isFilled)) yield row;
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw rowRule('V-11', { reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

const arrayOf = async (rows: AsyncIterable<SheetRow>): Promise<SheetRow[]> => {
  const all: SheetRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

const countOf = async (rows: AsyncIterable<SheetRow>): Promise<number> => {
  let count = 0;
  for await (const _ of rows) count += 1;
  return count;
};

async function* eachOf(rows: readonly SheetRow[]): AsyncIterable<SheetRow> {
  yield* rows;
}

export const isFilled = (cell: Cell | undefined): boolean =>
  typeof cell === 'string' ? cell.trim() !== '' : cell !== undefined && !('merged' in cell);

const PART = 65_536;

/** Other requests get their turn between two parts of a large file. */
async function* partsOf(file: Buffer): AsyncIterable<Buffer> {
  for (let from = 0; from < file.length; from += PART) {
    yield file.subarray(from, from + PART);
    await new Promise(setImmediate);
  }
}

/** What the byte order mark says; else UTF-8 where it decodes as such, otherwise GB 18030, which Chinese spreadsheet programs save by default. */
const encodingOf = (file: Buffer): string => {
  if (file[0] === 0xff && file[1] === 0xfe) return 'utf-16le';
  if (file[0] === 0xfe && file[1] === 0xff) return 'utf-16be';
  return isUtf8(file) ? 'utf-8' : 'gb18030';
};

async function* decoded(file: Buffer, encoding: string): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding);
  for await (const part of partsOf(file)) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}

const DELIMITERS = [',', ';', '\t'] as const;

/** What separates the headers, outside quotes: programs save CSV with semicolons or tabs too. */
const delimiterOf = (file: Buffer, encoding: string): string => {
  const start = new TextDecoder(encoding).decode(file.subarray(0, PART));
  const [header = ''] = /\S[^\r\n]*/.exec(start.replace(/"(?:[^"]|"")*"/g, 'x')) ?? [];
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly records: number; readonly empty_lines: number };
}

const CSV = {
  bom: true,
  info: true,
  max_record_size: 1_000_000,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  skip_empty_lines: true,
};

async function* readCsv(file: Buffer): AsyncIterable<SheetRow> {
  const encoding = encodingOf(file);
  const options = { ...CSV, delimiter: delimiterOf(file, encoding) };
  const parser = Readable.from(decoded(file, encoding), { objectMode: false }).pipe(parse(options));
  // A cell may span lines of the file, never rows of the spreadsheet.
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
    yield { line: info.records + info.empty_lines, cells: record };
  }
}

/** A workbook is read as a whole (ADR 0004), so its size is bounded; CSV has no such bound. */
const XLSX_LIMIT = 10_000_000;

async function* readXlsx(file: Buffer): AsyncIterable<SheetRow> {
  const megabytes = XLSX_LIMIT / 1_000_000;
  if (file.length > XLSX_LIMIT)
    throw rowRule('V-16', { reasonZh: `超过 ${megabytes} MB`, reasonEn: `it is more than ${megabytes} MB` });
  const { from1904, rows } = await readWorkbook(await unpackedWorkbook(file));
  for (const { line, cells } of rows) yield { line, cells: Array.from(cells, (cell) => cellOf(cell, from1904)) };
}

const cellOf = (cell: WorkbookCell | undefined, from1904: boolean): Cell | undefined => {
  if (cell === undefined || 'merged' in cell) return cell;
  return typeof cell.value === 'number' ? numberCell(cell.value, cell.format, from1904) : toCell(cell.value);
};

/** Spreadsheet programs keep 15 digits of a number: longer identifiers typed as numbers are damaged. */
const LARGEST_EXACT = 999_999_999_999_999;

/** Some workbooks count their days from 1904. */
const DAYS_TO_1904 = 1_462;

/** A percentage is read as it is shown, `70%`, not as the 0.7 behind it. */
const numberCell = (value: number, format: string | undefined, from1904: boolean): Cell => {
  if (Math.abs(value) > LARGEST_EXACT) return { rounded: String(value) };
  if (format?.includes('%')) return `${Number((value * 100).toPrecision(12))}%`;
  const day = dayOfSerial(value + (from1904 ? DAYS_TO_1904 : 0));
  return day === undefined ? String(value) : { number: String(value), day };
};

const toCell = (value: ExcelJS.CellValue): Cell | undefined => {
  if (value === null || value === undefined) return undefined;
  // Spreadsheet dates have no time zone; the reader gives them as midnight UTC.
  if (isDate(value)) return Number.isNaN(value.getTime()) ? '#DATE' : value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return toCell(value.text);
  // Only formulas have errors for a result.
  if ('error' in value) return { formula: value.error };
  return { formula: 'formula' in value ? value.formula : value.sharedFormula };
};
