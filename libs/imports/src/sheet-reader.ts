import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import ExcelJS from 'exceljs';
import { type Cell, rowRule } from './columns.js';

export type SheetFormat = 'csv' | 'xlsx';

/** A row of a sheet as cells by place, with the row number the user sees in the spreadsheet program. */
export interface SheetRow {
  readonly line: number;
  readonly cells: ReadonlyArray<Cell | undefined>;
}

/** Reads the rows that hold anything one by one, whatever the file's size. @throws Refusal V-11 when it is no such file */
export async function* readSheet(file: Buffer, format: SheetFormat): AsyncIterable<SheetRow> {
  try {
    for await (const row of format === 'csv' ? readCsv(file) : readXlsx(file)) if (row.cells.some(isFilled)) yield row;
  } catch (cause) {
    throw rowRule('V-11', { reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

export const isFilled = (cell: Cell | undefined): boolean =>
  typeof cell === 'string' ? cell.trim() !== '' : cell !== undefined;

const PART = 65_536;

/** Other requests get their turn between two parts of a large file. */
async function* partsOf(file: Buffer): AsyncIterable<Buffer> {
  for (let from = 0; from < file.length; from += PART) {
    yield file.subarray(from, from + PART);
    await new Promise(setImmediate);
  }
}

/** UTF-8 where it decodes as such, otherwise GB 18030, which Chinese spreadsheet programs save by default. */
async function* decoded(file: Buffer): AsyncIterable<Buffer | string> {
  if (isUtf8(file)) return yield* partsOf(file);
  const decoder = new TextDecoder('gb18030');
  for await (const part of partsOf(file)) yield decoder.decode(part, { stream: true });
}

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
  const parser = Readable.from(decoded(file), { objectMode: false }).pipe(parse(CSV));
  // A cell may span lines of the file, never rows of the spreadsheet.
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
    yield { line: info.records + info.empty_lines, cells: record };
  }
}

async function* readXlsx(file: Buffer): AsyncIterable<SheetRow> {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(partsOf(file)), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  for await (const sheet of reader) {
    for await (const row of sheet) yield { line: row.number, cells: cellsOf(row) };
    // Only the first sheet holds data; templates explain their columns on a second one.
    return;
  }
}

const cellsOf = (row: ExcelJS.Row): ReadonlyArray<Cell | undefined> =>
  Array.from({ length: row.cellCount }, (_, index) => {
    const { value, numFmt } = row.getCell(index + 1);
    return typeof value === 'number' ? numberCell(value, numFmt) : toCell(value);
  });

/** Spreadsheet programs keep 15 digits of a number: longer identifiers typed as numbers are damaged. */
const LARGEST_EXACT = 999_999_999_999_999;

/** A percentage is read as it is shown, `70%`, not as the 0.7 behind it. */
const numberCell = (value: number, format: string | undefined): Cell => {
  if (Math.abs(value) > LARGEST_EXACT) return { rounded: String(value) };
  return format?.includes('%') ? `${Number((value * 100).toPrecision(12))}%` : String(value);
};

const toCell = (value: ExcelJS.CellValue): Cell | undefined => {
  if (value === null || value === undefined) return undefined;
  // Spreadsheet dates have no time zone; the reader gives them as midnight UTC.
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return toCell(value.text);
  // Only formulas have errors for a result.
  if ('error' in value) return { formula: value.error };
  return { formula: 'formula' in value ? value.formula : value.sharedFormula };
};
