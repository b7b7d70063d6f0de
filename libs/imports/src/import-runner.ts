import { commandContext } from '@app/event-store';
import { type Actor, type BilingualText, Refusal, dateInChina } from '@app/kernel';
import { type Cell, type Column, type Columns, parseRow, rowRule } from './columns.js';
import type { References } from './import-catalogue.js';
import type { ImportKind, RowContext } from './import-kind.js';
import { RowLanes } from './row-lanes.js';
import type { SheetRow } from './sheet-reader.js';

/** Why a row was not taken, where, and by which rule. */
export interface RowProblem {
  readonly row: number;
  readonly column: BilingualText | null;
  readonly value: string | null;
  readonly rule: string;
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
}

export interface ImportProgress {
  readonly done: number;
  readonly written: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Rows imported before with other content (V-7). */
  readonly different: number;
  readonly problems: readonly RowProblem[];
}

export interface ImportRequest {
  readonly kind: ImportKind;
  readonly rows: AsyncIterable<SheetRow>;
  readonly fileName: string;
  readonly actor: Actor;
  readonly references?: References;
  readonly now: () => string;
  /** Hears the counts after every row. */
  readonly report?: (progress: ImportProgress) => void;
}

/** Problems kept in full; the counts go on. A file with more is the wrong file. */
const PROBLEMS_KEPT = 5_000;

/** Takes every good row and says of each bad one what, where and why. Taking the same file again changes nothing. */
export const runImport = async (request: ImportRequest): Promise<ImportProgress> => {
  const tally = new Tally(request.report);
  const lanes = new RowLanes();
  let headers: Headers | undefined;
  for await (const { line, cells } of request.rows) {
    if (!headers) {
      headers = readHeaders(request.kind.columns, cells);
      for (const problem of headers.problems) tally.note(problem);
      continue;
    }
    if (cells.every((cell) => cell === undefined || cell === '')) continue;
    const row = await ImportRow.read(request, headers, { line, cells });
    await lanes.add(row.lanes(), async () => tally.count(await row.run()));
  }
  if (!headers) throw rowRule('V-11', { reason: '空文件 / the file is empty' });
  await lanes.drain();
  return tally.result();
};

type Outcome = { readonly result: 'written' | 'unchanged' | 'refused' | 'different'; readonly problems: readonly RowProblem[] };

class Tally {
  private readonly counts = { done: 0, written: 0, unchanged: 0, refused: 0, different: 0 };
  private readonly problems: RowProblem[] = [];

  constructor(private readonly report: ((progress: ImportProgress) => void) | undefined) {}

  note(problem: RowProblem): void {
    if (this.problems.length < PROBLEMS_KEPT) this.problems.push(problem);
  }

  count({ result, problems }: Outcome): void {
    this.counts.done += 1;
    this.counts[result] += 1;
    for (const problem of problems) this.note(problem);
    this.report?.(this.progress());
  }

  progress(): ImportProgress {
    return { ...this.counts, problems: this.problems };
  }

  /** Problems in the order of the file, although rows end in any order. */
  result(): ImportProgress {
    return { ...this.counts, problems: this.problems.sort((a, b) => a.row - b.row) };
  }
}

interface Headers {
  /** Field by column index. */
  readonly fields: ReadonlyArray<string | undefined>;
  readonly problems: readonly RowProblem[];
}

const normalise = (header: string): string => header.replace(/[\s*＊]/g, '').toLowerCase();

/** Matches headers in Chinese, English or as field names. @throws Refusal V-6 when a required column is missing */
const readHeaders = (columns: Columns, cells: ReadonlyArray<Cell | undefined>): Headers => {
  const fieldOf = new Map<string, string>();
  for (const [field, { zh, en }] of Object.entries(columns)) {
    for (const name of [field, zh, en]) fieldOf.set(normalise(name), field);
  }
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  const fields = texts.map((header) => fieldOf.get(normalise(header)));
  const missing = Object.entries(columns).filter(([field, { required }]) => required && !fields.includes(field));
  if (missing.length > 0) {
    throw rowRule('V-6', { columns: missing.map(([, { zh, en }]) => `${zh} / ${en}`).join('；') });
  }
  const unknown = texts.filter((header, index) => header !== '' && fields[index] === undefined);
  const problems = unknown.length > 0 ? [problemOf(rowRule('V-9', { columns: unknown.join('；') }), 1)] : [];
  return { fields, problems };
};

type NamedCells = Readonly<Record<string, Cell | undefined>>;
type Parsed = ReturnType<typeof parseRow>;

class ImportRow {
  private constructor(
    private readonly request: ImportRequest,
    private readonly line: number,
    private readonly cells: NamedCells,
    private readonly parsed: Parsed,
  ) {}

  static async read(request: ImportRequest, { fields }: Headers, { line, cells }: SheetRow): Promise<ImportRow> {
    const named: NamedCells = Object.fromEntries(fields.flatMap((field, index) => (field === undefined ? [] : [[field, cells[index]]])));
    const parsed = await resolved(parseRow(request.kind.columns, named), request.references ?? {});
    return new ImportRow(request, line, named, parsed);
  }

  lanes(): string[] {
    if (this.parsed.refusals.length > 0) return [];
    const { kind } = this.request;
    return [`identity:${kind.identity(this.parsed.row).join('/')}`, ...(kind.touches?.(this.parsed.row) ?? [])];
  }

  async run(): Promise<Outcome> {
    const { row, refusals } = this.parsed;
    if (refusals.length > 0) return { result: 'refused', problems: refusals.map((refusal) => this.problem(refusal)) };
    try {
      const wrote = await this.request.kind.execute(row, this.context());
      return { result: wrote ? 'written' : 'unchanged', problems: [] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const differs = error.rule === 'C-1';
      const refusal = differs ? rowRule('V-7') : error;
      return { result: differs ? 'different' : 'refused', problems: [this.problem(refusal)] };
    }
  }

  private context(): RowContext {
    const { kind, actor, fileName, now } = this.request;
    const instant = now();
    const identity = kind.identity(this.parsed.row);
    const source = `import:${fileName}#${this.line}`;
    return {
      today: dateInChina(instant),
      step: (name, input) => commandContext({ actor, now: instant, scope: ['import', kind.kind, ...identity, name], input, source }),
    };
  }

  private problem(refusal: Refusal): RowProblem {
    const { field } = refusal.place;
    const cell = field === undefined ? undefined : this.cells[field];
    const value = typeof cell === 'object' ? `=${cell.formula}` : (cell ?? null);
    return { ...problemOf(refusal, this.line, field === undefined ? undefined : this.request.kind.columns[field]), value };
  }
}

/** The row with its references resolved; one that leads nowhere refuses the row like any bad cell. */
const resolved = async ({ row, refusals }: Parsed, references: References): Promise<Parsed> => {
  const found: Record<string, unknown> = { ...row };
  const failed = [...refusals];
  for (const [field, find] of Object.entries(references)) {
    const text = found[field];
    if (typeof text !== 'string') continue;
    try {
      found[field] = await find(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed.push(new Refusal(error.rule, { clause: error.clause, ...error.text, kind: error.kind }, { ...error.place, field }));
    }
  }
  return { row: found as Parsed['row'], refusals: failed };
};

const problemOf = ({ rule, clause, text }: Refusal, row: number, column?: Column): RowProblem => ({
  row,
  column: column ? { zh: column.zh, en: column.en } : null,
  value: null,
  rule,
  clause,
  ...text,
});
