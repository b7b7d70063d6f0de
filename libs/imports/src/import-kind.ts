import type { CommandContext } from '@app/event-store';
import type { BilingualText } from '@app/kernel';
import type { Columns, Row } from './columns.js';

/** What an importer gets beside the row. */
export interface RowContext {
  /**
   * The context of one command of the row. Its identity is the sheet's kind, the row's own identity and the step, never the file or the
   * line; its input is what this step stores. Same again is ignored, other input is reported as a difference (V-7).
   */
  readonly step: (name: string, input: unknown) => CommandContext;
  readonly today: string;
}

/**
 * One kind of spreadsheet. A slice declares its columns and turns a row into its commands; reading files, headers, progress, refusals
 * per row and repetition are the importer's.
 */
export interface ImportKind<Shape extends Columns = Columns> {
  /** As in URLs and file names, kebab-case. */
  readonly kind: string;
  readonly title: BilingualText;
  readonly columns: Shape;
  /** Sheets that others point into come first. */
  readonly order: number;
  /** What makes two rows the same record: university and its own number. */
  readonly identity: (row: Row<Shape>) => readonly string[];
  /** Records the row touches; rows that share one are taken in file order, others side by side. */
  readonly touches?: (row: Row<Shape>) => readonly string[];
  /** Runs the row's commands. Answers whether any of them wrote. @throws Refusal with `place.field` naming the column */
  readonly execute: (row: Row<Shape>, context: RowContext) => Promise<boolean>;
}

export const importKind = <const Shape extends Columns>(definition: ImportKind<Shape>): ImportKind =>
  definition as unknown as ImportKind;
