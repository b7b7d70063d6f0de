import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import type { ImportKind } from './import-kind.js';

const BOM = '\uFEFF';

/** The headers alone, as CSV that spreadsheet programs open with Chinese intact. */
export const csvTemplate = ({ columns }: ImportKind): Buffer => {
  const all = Object.values(columns);
  return Buffer.from(BOM + stringify([all.map(({ zh }) => zh)]));
};

/** The same as XLSX: required headers starred, choices as drop-downs, a second sheet that explains every column by an example. */
export const xlsxTemplate = async ({ columns, title }: ImportKind): Promise<Buffer> => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(title.zh, { views: [{ state: 'frozen', ySplit: 1 }] });
  const all = Object.values(columns);
  sheet.addRow(all.map(({ zh, required }) => (required ? `${zh}*` : zh))).font = { bold: true };
  for (const [index, { options }] of all.entries()) {
    const column = sheet.getColumn(index + 1);
    column.width = 18;
    // Text, or spreadsheet programs cut long identifiers to 15 digits and respell dates.
    column.numFmt = '@';
    if (options) offer(sheet, index + 1, options);
  }
  const help = workbook.addWorksheet('说明 Help');
  help.addRow(['列 Column', 'English', '必填 Required', '填写方式 Format', 'Format', '示例 Example']).font = {
    bold: true,
  };
  for (const { zh, en, required, format, example } of all) {
    help.addRow([zh, en, required ? '是 yes' : '否 no', format.zh, format.en, example]);
  }
  for (const [index, width] of [24, 24, 14, 40, 40, 30].entries()) help.getColumn(index + 1).width = width;
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

const ROWS_WITH_CHOICES = 1_000;
/** Spreadsheet programs call a file damaged whose drop-down is longer; the second sheet names the choices. */
const LONGEST_CHOICES = 255;

const offer = (sheet: ExcelJS.Worksheet, column: number, options: readonly string[]): void => {
  const choices = options.join(',');
  if (choices.length > LONGEST_CHOICES) return;
  const formulae = [`"${choices}"`];
  for (let row = 2; row <= ROWS_WITH_CHOICES; row += 1) {
    sheet.getCell(row, column).dataValidation = { type: 'list', allowBlank: true, formulae };
  }
};
