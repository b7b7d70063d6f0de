import {
  type BilingualText,
  Refusal,
  parseCreditCode,
  parseLegalDate,
  ruleBook,
  wanYuanToFen,
  yuanToFen,
} from '@app/kernel';

export const rowRule = ruleBook({
  'V-1': { clause: 'ADR 0004', zh: '“{column}”不能为空', en: '"{column}" is required', kind: 'invalid' },
  'V-2': {
    clause: 'ADR 0004',
    zh: '“{column}”的值“{value}”不在可选范围：{options}',
    en: '"{column}": "{value}" is not one of {options}',
    kind: 'invalid',
  },
  'V-3': {
    clause: 'ADR 0004',
    zh: '“{column}”应为非负整数',
    en: '"{column}" must be a whole number, zero or more',
    kind: 'invalid',
  },
  'V-4': {
    clause: 'ADR 0004',
    zh: '“{column}”超过 {limit} 个字符',
    en: '"{column}" is longer than {limit} characters',
    kind: 'invalid',
  },
  'V-5': {
    clause: 'ADR 0004',
    zh: '“{column}”含公式，账本只收值，请粘贴为数值',
    en: '"{column}" holds a formula; the ledger takes values only, paste it as a value',
    kind: 'invalid',
  },
  'V-6': {
    clause: 'ADR 0004',
    zh: '缺少必需的列：{columns}',
    en: 'required columns are missing: {columns}',
    kind: 'malformed',
  },
  'V-7': {
    clause: 'ADR 0004',
    zh: '该行已导入且内容不同；账本不覆盖，请办理更正',
    en: 'this row was imported before with other content; nothing is overwritten, enter a correction instead',
  },
  'V-8': { clause: 'ADR 0004', zh: '“{column}”应为“是”或“否”', en: '"{column}" must be yes or no', kind: 'invalid' },
  'V-9': { clause: 'ADR 0004', zh: '无法识别的列：{columns}', en: 'unknown columns: {columns}', kind: 'malformed' },
  'V-10': { clause: 'ADR 0004', zh: '不认识的表格：{kind}', en: 'no such kind of sheet: {kind}', kind: 'missing' },
  'V-11': {
    clause: 'ADR 0004',
    zh: '文件无法读取：{reason}',
    en: 'the file cannot be read: {reason}',
    kind: 'malformed',
  },
  'V-12': {
    clause: 'ADR 0004',
    zh: '同一列出现多次：{columns}',
    en: 'columns appear more than once: {columns}',
    kind: 'malformed',
  },
  'V-13': {
    clause: 'ADR 0004',
    zh: '该行的单元格多于表头（多出“{value}”），内容可能错位',
    en: 'the row has more cells than the header ("{value}" is too many); its content may have shifted',
    kind: 'invalid',
  },
  'V-15': {
    clause: 'ADR 0004',
    zh: '“{column}”是合并单元格（{cell}）的一部分，请取消合并并逐行填写',
    en: '"{column}" is part of a merged cell ({cell}); unmerge it and fill in every row',
    kind: 'invalid',
  },
  'V-16': {
    clause: 'ADR 0004',
    zh: 'XLSX 文件超过 {megabytes} MB，请拆分或另存为 CSV',
    en: 'the XLSX file is larger than {megabytes} MB; split it or save it as CSV',
    kind: 'invalid',
  },
  'V-14': {
    clause: 'ADR 0004',
    zh: '“{column}”是超过 15 位的数字，表格程序已丢失末位，请设为文本格式后重新填写',
    en: '"{column}" is a number of more than 15 digits, of which spreadsheet programs lose the last; enter it as text',
    kind: 'invalid',
  },
});

/** A cell's text as read from the file, trimmed; never empty. */
type Parse<Value> = (text: string, place: ColumnPlace) => Value;

export interface ColumnPlace {
  readonly field: string;
  /** The column's header in both languages, `专利号 / Patent number`. */
  readonly column: string;
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
export const date = column({ zh: '日期 2021-03-05', en: 'date 2021-03-05' }, (value, { field }) =>
  parseLegalDate(value, field),
);

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

/** A cell: its text, or why it has none: it holds a formula, or a number whose last digits the spreadsheet program lost. */
export type Cell = string | { readonly formula: string } | { readonly rounded: string } | { readonly merged: string };

/** What a cell shows, short enough for a report; null for an empty one. */
export const shownCell = (cell: Cell | undefined): string | null => {
  if (cell === undefined || typeof cell === 'string') return cell === undefined ? null : shortened(cell);
  if ('merged' in cell) return cell.merged;
  return shortened('formula' in cell ? `=${cell.formula}` : cell.rounded);
};

const SHOWN = 120;
const shortened = (value: string): string => (value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);

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

/** Spreadsheet programs run text that starts so; a ledger stores values. A minus sign before a digit or alone is none. */
const FORMULA = /^[=+@]|^-[^\d\s.]/;

const parseCell = (definition: Column, cell: Cell | undefined, place: ColumnPlace): unknown => {
  const value = plainText(cell, place);
  if (value !== '') return definition.parse(value, place);
  if (definition.required) throw rowRule('V-1', { column: place.column }, { field: place.field });
  return undefined;
};

const plainText = (cell: Cell | undefined, { column: name, field }: ColumnPlace): string => {
  if (typeof cell === 'object' && 'rounded' in cell) throw rowRule('V-14', { column: name }, { field });
  if (typeof cell === 'object' && 'merged' in cell)
    throw rowRule('V-15', { column: name, cell: cell.merged }, { field });
  const value = typeof cell === 'string' ? cell.trim() : '';
  if (typeof cell === 'object' || FORMULA.test(value)) throw rowRule('V-5', { column: name }, { field });
  return value;
};

type Defined<Value> = { readonly [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** The row without its empty cells, as event data want it: an absent fact has no key. */
export const filled = <Value extends object>(row: Value): Partial<Defined<Value>> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Partial<Defined<Value>>;
