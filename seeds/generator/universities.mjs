import { readFileSync } from 'node:fs';

/** 办学性质 of the universities the state founded. */
export const STATE_FOUNDED = new Set(['中央', '省属', '市属']);

/** Universities of the reference sheet by ledger code: `{ code, name, ownership }`. */
export const readUniversities = (file) => {
  const [, ...rows] = readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/);
  const entries = rows.map((row) => {
    const [code, name, , , , ownership] = row.split(',');
    return [code, { code, name, ownership }];
  });
  return Object.fromEntries(entries);
};

/** How much of the city's conversions each university has, and how that moves from year to year; the others have none at all. */
const SHARES = {
  csu: [30, 1],
  hnu: [24, 3],
  csust: [12, 0],
  hunau: [8, 0.4],
  csuft: [7, -0.3],
  hunnu: [7, 0.2],
  hnucm: [4, 0.6],
  hutb: [2, 0],
  ccsu: [2, 0.2],
  hufe: [0.6, 0],
  hnfnu: [0.6, -0.05],
  csmu: [0.8, 0.1],
  hieu: [0.8, 0],
  cshk: [1.2, 0.1],
  csmz: [0.8, 0],
  hngy: [1, 0],
  hnxx: [0.6, 0.1],
  hnswjd: [0.8, -0.1],
  hnjd: [0.8, 0],
  cshb: [0.8, 0.1],
  csdl: [0.5, 0],
};

/** Entered the field late: a baseline of 0 makes its growth not computable. */
const SINCE_2022 = { hnsy: 0.6 };

export const sharesOf = (year) => ({
  ...Object.fromEntries(Object.entries(SHARES).map(([code, [share, drift]]) => [code, share + drift * (year - 2020)])),
  ...(year >= 2022 ? SINCE_2022 : {}),
});

/** Has conversions of 2020, but nobody approved a baseline. */
export const WITHOUT_BASELINE = 'cshb';
export const ZERO_BASELINE = 'hnsy';
/** Not in the panel: its deals are in the ledger, not in the target. */
export const OFF_PANEL = 'nudt';
