import { type BilingualText, Refusal, parseCreditCode, parseLegalDate, wanYuanToFen, yuanToFen } from '@app/kernel';
import { type Cell, type CellPlace, dayOfSerial, plainText, shortened } from './cell.js';
import { rowRule } from './row-rules.js';

/** A cell's text as read from the file, trimmed; never empty. */
type Parse<Value> = (text: string, place: ColumnPlace) => Value;

interface ColumnPlace extends CellPlace {
  /** The day a number cell stands for, should its column hold dates. */
  readonly day?: string;
}

/** One column of a sheet: its two headers, what a cell may hold, and an example for the template. */
export interface Column<Value = unknown, Required extends boolean = boolean> extends BilingualText {
  readonly required: Required;
  readonly parse: Parse<Value>;
  /** Shown in the template under the header. */
  readonly format: BilingualText;
  readonly example: string;
  readonly options?: readonly string[];
  /** The cells name persons: they are not repeated in reports. */
  readonly personal?: boolean;
}

export type Columns = Readonly<Record<string, Column>>;

/** The row as the importer's slice sees it: absent optional cells are undefined. */
export type Row<Shape extends Columns> = {
  readonly [Key in keyof Shape]: Shape[Key] extends Column<infer Value, infer Required>
    ? Required extends true
      ? Value
      : Value | undefined
    : never;
};

type Header = BilingualText & { readonly example?: string };

const column =
  <Value>(format: BilingualText, parse: Parse<Value>, options?: readonly string[]) =>
  <const Required extends boolean = false>(
    header: Header & { readonly required?: Required },
  ): Column<Value, Required> => ({
    zh: header.zh,
    en: header.en,
    required: (header.required ?? false) as Required,
    example: header.example ?? '',
    format,
    parse,
    ...(options ? { options } : {}),
  });

const TEXT_LIMIT = 500;

/** Free text of at most 500 characters. */
export const text = column({ zh: '文本', en: 'text' }, (value, place) => bounded(value, place));

const bounded = (value: string, { column: name, field }: ColumnPlace): string => {
  if (value.length > TEXT_LIMIT) throw rowRule('V-4', { column: name, limit: TEXT_LIMIT }, { field });
  return value;
};

/** A legal date, read in the usual spellings, kept as `YYYY-MM-DD`. */
export const date = column({ zh: '日期 2021-03-05', en: 'date 2021-03-05' }, (value, { field, column: name, day }) => {
  if (day !== undefined) return day;
  const meant = /^\d{5}$/.test(value) ? dayOfSerial(Number(value)) : undefined;
  if (meant !== undefined) throw rowRule('V-20', { column: name, value, day: meant }, { field });
  return parseLegalDate(value, field);
});

/** Money written in yuan with at most two decimals, kept as a text of fen. */
export const yuan = column({ zh: '元，最多两位小数', en: 'yuan, at most two decimals' }, (value, { field }) =>
  yuanToFen(value, field).toString(),
);

/** Money written in 万元, kept as a text of fen. */
export const wanYuan = column({ zh: '万元', en: '10,000 yuan' }, (value, { field }) =>
  wanYuanToFen(value, field).toString(),
);

export const integer = column({ zh: '整数', en: 'whole number' }, (value, { column: name, field }) => {
  const digits = value.normalize('NFKC');
  if (!/^\d{1,9}$/.test(digits)) throw rowRule('V-3', { column: name }, { field });
  return Number(digits);
});

const YES = new Set(['是', '有', 'yes', 'y', 'true', '1']);
const NO = new Set(['否', '无', 'no', 'n', 'false', '0']);

export const yesNo = column(
  { zh: '是/否', en: 'yes/no' },
  (value, { column: name, field }) => {
    if (YES.has(value.toLowerCase())) return true;
    if (NO.has(value.toLowerCase())) return false;
    throw rowRule('V-8', { column: name }, { field });
  },
  ['是', '否'],
);

export const creditCode = column(
  { zh: '18 位统一社会信用代码', en: '18-character credit code' },
  (value, { field }) => parseCreditCode(value, field).canonical,
);

/** Several values in one cell, separated by `;`, `；` or a line break; at least one. */
export const list = column({ zh: '多个值用“；”分隔', en: 'several values separated by ";"' }, (value, place) => {
  const parts = value.split(/[;；\n]/).map((part) => part.trim());
  const values = parts.filter((part) => part !== '').map((part) => bounded(part, place));
  if (values.length === 0) throw rowRule('V-1', { column: place.column }, { field: place.field });
  return values;
});

/** One of a closed set, written as its code or its Chinese or English label. */
export const choice = <const Options extends Readonly<Record<string, BilingualText>>>(options: Options) => {
  const byLabel = new Map<string, keyof Options & string>();
  for (const [code, { zh, en }] of Object.entries(options)) {
    for (const label of [code, zh, en]) byLabel.set(label.toLowerCase(), code);
  }
  const labels = Object.values(options).map(({ zh }) => zh);
  const shown = labels.join('、');
  return column<keyof Options & string>(
    {
      zh: shown,
      en: Object.values(options)
        .map(({ en }) => en)
        .join(', '),
    },
    (value, { column: name, field }) => {
      const code = byLabel.get(value.toLowerCase());
      if (code === undefined)
        throw rowRule('V-2', { column: name, value: shortened(value), options: shown }, { field });
      return code;
    },
    labels,
  );
};

export interface ParsedRow<Shape extends Columns> {
  readonly row: Row<Shape>;
  readonly refusals: readonly Refusal[];
}

/** Reads every cell of a row, and reports every bad one, not only the first. */
export const parseRow = <Shape extends Columns>(
  columns: Shape,
  cells: Readonly<Record<string, Cell | undefined>>,
): ParsedRow<Shape> => {
  const row: Record<string, unknown> = {};
  const refusals: Refusal[] = [];
  for (const [field, definition] of Object.entries(columns)) {
    try {
      row[field] = parseCell(definition, cells[field], { field, column: `${definition.zh} / ${definition.en}` });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusals.push(error);
    }
  }
  return { row: row as Row<Shape>, refusals };
};

const parseCell = (definition: Column, cell: Cell | undefined, place: ColumnPlace): unknown => {
  const value = plainText(cell, place);
  const day = typeof cell === 'object' && 'number' in cell ? cell.day : undefined;
  if (value !== '') return definition.parse(value, day === undefined ? place : { ...place, day });
  if (definition.required) throw rowRule('V-1', { column: place.column }, { field: place.field });
  return undefined;
};

type Defined<Value> = { readonly [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** The row without its empty cells, as event data want it: an absent fact has no key. */
export const filled = <Value extends object>(row: Value): Partial<Defined<Value>> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Partial<Defined<Value>>;
