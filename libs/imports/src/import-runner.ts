import type { ImportProblem } from '@app/access';
import { commandContext } from '@app/event-store';
import { type Actor, Refusal, dateInChina } from '@app/kernel';
import { type Cell, shownCell } from './cell.js';
import { type Column, parseRow } from './columns.js';
import type { Reference, References } from './import-catalogue.js';
import type { ImportKind, RowContext } from './import-kind.js';
import { RowLanes } from './row-lanes.js';
import { rowRule } from './row-rules.js';
import { type SheetHeaders, readHeaders } from './sheet-headers.js';
import { type SheetRow, isFilled } from './sheet-reader.js';

export interface ImportProgress {
  readonly done: number;
  readonly written: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Rows imported before with other content (V-7). */
  readonly different: number;
  readonly problems: readonly ImportProblem[];
}

export interface ImportRequest {
  readonly kind: ImportKind;
  /** The header and the rows below it, none of them empty. */
  readonly rows: AsyncIterable<SheetRow>;
  readonly fileName: string;
  readonly actor: Actor;
  readonly references?: References;
  readonly now: () => string;
  /** Hears the counts after every row. */
  readonly report?: (progress: ImportProgress) => void;
  /** Asked before each row; what it throws ends the import after the rows at work. */
  readonly signal?: Pick<AbortSignal, 'throwIfAborted'>;
}

/** Problems kept in full; the counts go on. A file with more is the wrong file. */
const PROBLEMS_KEPT = 5_000;

/**
 * Takes every good row and says of each bad one what, where and why. Taking the same file again changes nothing.
 * @throws Refusal V-6, V-11, V-12 when the file as a whole cannot be taken; the reason of the signal when it was ended; any other error
 *   of a row, which is a fault of ours. No row is at work any more when it throws.
 */
export const runImport = async (request: ImportRequest): Promise<ImportProgress> => {
  const tally = new Tally(request.report);
  const lanes = new RowLanes();
  try {
    await takeRows({ ...request, references: remembered(request.references ?? {}) }, tally, lanes);
  } finally {
    await lanes.drain();
  }
  return tally.result();
};

const takeRows = async (request: ImportRequest, tally: Tally, lanes: RowLanes): Promise<void> => {
  let headers: SheetHeaders | undefined;
  for await (const { line, cells } of request.rows) {
    request.signal?.throwIfAborted();
    if (!headers) {
      headers = readHeaders(request.kind.columns, cells);
      const { unknown } = headers;
      if (unknown.length > 0) tally.note(problemOf(rowRule('V-9', { columns: unknown.join('；') }), line));
      continue;
    }
    const row = await ImportRow.read(request, headers, { line, cells });
    await lanes.add(row.lanes(), async () => {
      request.signal?.throwIfAborted();
      tally.count(await row.run());
    });
  }
  if (!headers) throw rowRule('V-11', { reason: '空文件 / the file is empty' });
};

/** A file names the same few universities over and over: each is looked up once. */
const remembered = (references: References): References =>
  Object.fromEntries(
    Object.entries(references).map(([field, find]): [string, Reference] => {
      const known = new Map<string, string>();
      return [
        field,
        async (text) => {
          const id = known.get(text) ?? (await find(text));
          known.set(text, id);
          return id;
        },
      ];
    }),
  );

interface Outcome {
  readonly result: 'written' | 'unchanged' | 'refused' | 'different';
  readonly problems: readonly ImportProblem[];
}

class Tally {
  private readonly counts = { done: 0, written: 0, unchanged: 0, refused: 0, different: 0 };
  private readonly problems: ImportProblem[] = [];

  constructor(private readonly report: ((progress: ImportProgress) => void) | undefined) {}

  note(problem: ImportProblem): void {
    if (this.problems.length < PROBLEMS_KEPT) this.problems.push(problem);
  }

  count({ result, problems }: Outcome): void {
    this.counts.done += 1;
    this.counts[result] += 1;
    for (const problem of problems) this.note(problem);
    this.report?.({ ...this.counts, problems: this.problems });
  }

  /** Problems in the order of the file, although rows end in any order. */
  result(): ImportProgress {
    return { ...this.counts, problems: this.problems.sort((a, b) => a.row - b.row) };
  }
}

type NamedCells = Readonly<Record<string, Cell | undefined>>;
type Parsed = ReturnType<typeof parseRow>;

class ImportRow {
  private constructor(
    private readonly request: ImportRequest,
    private readonly line: number,
    private readonly cells: NamedCells,
    private readonly parsed: Parsed,
  ) {}

  static async read(request: ImportRequest, { fields }: SheetHeaders, { line, cells }: SheetRow): Promise<ImportRow> {
    const named: NamedCells = Object.fromEntries(
      fields.flatMap((field, index) => (field === undefined ? [] : [[field, cells[index]]])),
    );
    const { row, refusals } = await resolved(parseRow(request.kind.columns, named), request.references ?? {});
    const extra = cells.slice(fields.length).find(isFilled);
    const shifted = extra === undefined ? [] : [rowRule('V-13', { value: shownCell(extra) ?? '' })];
    return new ImportRow(request, line, named, { row, refusals: [...shifted, ...refusals] });
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
      step: (name, input) =>
        commandContext({ actor, now: instant, scope: ['import', kind.kind, ...identity, name], input, source }),
    };
  }

  private problem(refusal: Refusal): ImportProblem {
    const { field = '' } = refusal.place;
    const column = this.request.kind.columns[field];
    const cell = this.cells[field];
    const told = column ? hinted(refusal, column, cell) : refusal;
    return problemOf(told, this.line, column, column?.personal ? undefined : cell);
  }
}

/** Digits that may have lost a leading zero or the check digit `.0`; twelve of them and a check digit are whole. */
const CUT_SHORT = /^(\d{1,12}|\d{1,11}\.\d)$/;

/** An identifier that is refused and looks like a number was probably damaged by the spreadsheet program, not mistyped. */
const hinted = (refusal: Refusal, { zh, en }: Column, cell: Cell | undefined): Refusal => {
  if (!refusal.rule.startsWith('I-') || !CUT_SHORT.test(shownCell(cell)?.trim() ?? '')) return refusal;
  const reason = { reasonZh: refusal.text.zh, reasonEn: refusal.text.en };
  return rowRule('V-19', { column: `${zh} / ${en}`, ...reason }, refusal.place);
};

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
      const { rule, clause, text: texts, kind, place } = error;
      failed.push(new Refusal(rule, { clause, ...texts, kind }, { ...place, field }));
    }
  }
  return { row: found as Parsed['row'], refusals: failed };
};

const problemOf = ({ rule, clause, text }: Refusal, row: number, column?: Column, cell?: Cell): ImportProblem => ({
  row,
  column: column ? { zh: column.zh, en: column.en } : null,
  value: shownCell(cell),
  rule,
  clause,
  ...text,
});
