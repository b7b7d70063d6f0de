import ExcelJS from 'exceljs';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Fields of a CSV text, quotes as RFC 4180 has them. */
const parseCsv = (text) => {
  const rows = [[]];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') cell += text[(i += 1)];
      else isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === ',' || sign === '\n') {
      rows.at(-1).push(cell);
      cell = '';
      if (sign === '\n') rows.push([]);
    } else if (sign !== '\r') cell += sign;
  }
  return rows.filter((row) => row.length > 0);
};

const cellText = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? ''));

const readCells = async (file) => {
  if (file.endsWith('.csv')) return parseCsv(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const rows = [];
  workbook.worksheets[0].eachRow(({ values }) => rows.push(values.slice(1).map(cellText)));
  return rows;
};

/** All rows of a kind of sheet, in the order of the files' numbers, as objects by header; an empty cell is an empty text. */
export const readSheets = async (folder, kind) => {
  const files = readdirSync(folder).filter((name) => name.replace(/^\d+-/, '').replace(/\.(csv|xlsx)$/, '') === kind);
  const rows = [];
  for (const file of files.sort()) {
    const [headers, ...lines] = await readCells(join(folder, file));
    rows.push(
      ...lines.map((cells) => Object.fromEntries(headers.map((header, i) => [header, (cells[i] ?? '').trim()]))),
    );
  }
  return rows;
};

const halfWidth = (text) => text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** A number without spaces, width and case. */
export const plain = (text) => halfWidth(text).replace(/\s/g, '').toUpperCase();

/** A registration number in one spelling: patents without prefix and point, those of 8 digits without check digit. */
export const registrationNumber = (text) => {
  const bare = plain(text).replace(/^(ZL|CN)+(?=\d)/, '');
  const [, current, check, old] = /^(?:(\d{12})\.?([\dX])|(\d{8})(?:\.?[\dX])?)$/.exec(bare) ?? [];
  return current ? current + check : (old ?? bare);
};

export const split = (text) =>
  text
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
