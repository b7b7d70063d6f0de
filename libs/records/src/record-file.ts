import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fenFromText, formatYuan, ipTypeLabels, isIpType } from '@app/kernel';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import ExcelJS from 'exceljs';
import type { ExportedRecord } from './records.queries.js';

const HEADERS = [
  '类型 Kind',
  '编号 Number',
  '名称 Title',
  '高校 University',
  '对方 Counterparty',
  '状态 Status',
  '日期 Date',
  '知识产权类型 IP type',
  '金额(元) Amount (yuan)',
];

/** Names of kinds of records, where there are any. */
export type KindTitles = ReadonlyMap<string, string>;

/** CSV as spreadsheet programs open it with Chinese intact; text that starts like a formula is quoted. */
export const csvFile = (records: readonly ExportedRecord[], titles: KindTitles): StreamableFile => {
  const csv = stringify({ bom: true, header: true, columns: HEADERS, escape_formulas: true });
  const file = new PassThrough();
  const lines = Readable.from(records.map((record) => toCells(record, titles)));
  pipeline(lines, csv, file).catch((error: Error) => file.destroy(error));
  return new StreamableFile(file, { type: 'text/csv; charset=utf-8' });
};

export const xlsxFile = (records: readonly ExportedRecord[], titles: KindTitles): StreamableFile => {
  const file = new PassThrough();
  writeXlsx(records, titles, file).catch((error: Error) => file.destroy(error));
  return new StreamableFile(file, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
};

/** Cells are written as text, so a value that looks like a formula stays a value. */
const writeXlsx = async (
  records: readonly ExportedRecord[],
  titles: KindTitles,
  stream: PassThrough,
): Promise<void> => {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream });
  const sheet = workbook.addWorksheet('记录 Records');
  sheet.addRow(HEADERS).commit();
  for (const record of records) sheet.addRow(toCells(record, titles)).commit();
  sheet.commit();
  await workbook.commit();
};

const toCells = (record: ExportedRecord, titles: KindTitles): string[] => {
  const { kind, number, title, university, counterparty, status, date, ipType, amountFen } = record;
  return [
    titles.get(kind) ?? kind,
    number,
    title,
    university,
    counterparty ?? '',
    status,
    date,
    ipType !== null && isIpType(ipType) ? ipTypeLabels[ipType].zh : (ipType ?? ''),
    // Without thousands commas, so that every program reads a number.
    amountFen === null ? '' : formatYuan(fenFromText(amountFen)).replaceAll(',', ''),
  ];
};
