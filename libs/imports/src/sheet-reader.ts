import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import ExcelJS from 'exceljs';
import { type Cell, rowRule } from './columns.js';

export type SheetFormat = 'csv' | 'xlsx';

/** A row of a sheet as cells by place, with the line number the user sees in the spreadsheet program. */
export interface SheetRow {
  readonly line: number;
  readonly cells: ReadonlyArray<Cell | undefined>;
}

/** Reads rows one by one, whatever the file's size. @throws Refusal V-11 when it is no such file */
export async function* readSheet(file: Buffer, format: SheetFormat): AsyncIterable<SheetRow> {
  try {
    yield* format === 'csv' ? readCsv(file) : readXlsx(file);
  } catch (cause) {
    throw rowRule('V-11', { reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** UTF-8 where it decodes as such, otherwise GB 18030, which Chinese spreadsheet programs save by default. */
const decode = (file: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return new TextDecoder('gb18030').decode(file);
  }
};

async function* readCsv(file: Buffer): AsyncIterable<SheetRow> {
  const parser = Readable.from([decode(file)]).pipe(
    parse({ bom: true, relax_column_count: true, skip_empty_lines: true, info: true, max_record_size: 1_000_000 }),
  );
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    yield { line: info.lines, cells: record };
  }
}

async function* readXlsx(file: Buffer): AsyncIterable<SheetRow> {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([file]), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  for await (const sheet of reader) {
    for await (const row of sheet) yield { line: row.number, cells: (row.values as ExcelJS.CellValue[]).slice(1).map(toCell) };
    // Only the first sheet holds data; templates explain their columns on a second one.
    return;
  }
}

const toCell = (value: ExcelJS.CellValue): Cell | undefined => {
  if (value === null || value === undefined) return undefined;
  // Spreadsheet dates have no time zone; the reader gives them as midnight UTC.
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('formula' in value || 'sharedFormula' in value) return { formula: 'formula' in value ? value.formula : value.sharedFormula };
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return String(value.text);
  return 'error' in value ? value.error : undefined;
};
