import type { Cell } from './cell.js';
import type { Column, Columns } from './columns.js';
import { rowRule } from './row-rules.js';

export interface SheetHeaders {
  /** Field by column index. */
  readonly fields: ReadonlyArray<string | undefined>;
  /** Headers that name no column of the sheet (V-9). */
  readonly unknown: readonly string[];
}

const normalise = (header: string): string => header.normalize('NFKC').replace(/[\s*]/g, '').toLowerCase();

const labelOf = ({ zh, en }: Column): string => `${zh} / ${en}`;

/** The field each spelling of a header stands for. @throws Error when two columns share a spelling */
export const fieldsByHeader = (columns: Columns): ReadonlyMap<string, string> => {
  const fieldOf = new Map<string, string>();
  for (const [field, definition] of Object.entries(columns)) {
    for (const name of [field, definition.zh, definition.en, labelOf(definition)].map(normalise)) {
      const other = fieldOf.get(name) ?? field;
      if (other !== field) throw new Error(`columns ${other} and ${field} share the header "${name}"`);
      fieldOf.set(name, field);
    }
  }
  return fieldOf;
};

/**
 * Matches headers in Chinese, English, both (`备案号 / Record number`) or as field names, starred or not.
 * @throws Refusal V-6 when a required column is missing, V-12 when one appears twice
 */
export const readHeaders = (columns: Columns, cells: ReadonlyArray<Cell | undefined>): SheetHeaders => {
  const fieldOf = fieldsByHeader(columns);
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  const fields = texts.map((header) => fieldOf.get(normalise(header)));
  const labels = (wanted: (field: string, column: Column) => boolean) =>
    Object.entries(columns)
      .filter(([field, column]) => wanted(field, column))
      .map(([, column]) => labelOf(column))
      .join('；');
  const missing = labels((field, { required }) => required && !fields.includes(field));
  if (missing) throw rowRule('V-6', { columns: missing });
  const repeated = labels((field) => fields.indexOf(field) !== fields.lastIndexOf(field));
  if (repeated) throw rowRule('V-12', { columns: repeated });
  return { fields, unknown: texts.filter((header, index) => header !== '' && fields[index] === undefined) };
};
