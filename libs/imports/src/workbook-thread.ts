import { createRequire } from 'node:module';
import { type MessagePort, Worker } from 'node:worker_threads';
import type ExcelJS from 'exceljs';
import { rowRule } from './row-rules.js';

/** A cell as the workbook has it, before it is judged. */
export type WorkbookCell =
  | { readonly value: ExcelJS.CellValue; readonly format?: string }
  /** The first cell of the merged area it is part of. */
  | { readonly merged: string };

export interface WorkbookRow {
  readonly line: number;
  /** By place; a place may be empty. */
  readonly cells: ReadonlyArray<WorkbookCell | undefined>;
}

/** Rows of a workbook's first sheet that hold anything. */
export interface WorkbookSheet {
  /** Its days are counted from 1904. */
  readonly from1904: boolean;
  readonly rows: readonly WorkbookRow[];
}

type Message = { readonly rows: readonly WorkbookRow[] } | { readonly from1904: boolean } | { readonly tooMany: true };

const LIMITS = { heapMegabytes: 1_024, milliseconds: 180_000, cells: 2_000_000, rowsAtOnce: 500 } as const;

/**
 * What the thread runs. It is sent as its own source text, because a thread cannot load our modules both as they are compiled and as
 * the tests read them: so it must use nothing from outside itself.
 */
const readFirstSheet = async (
  excel: typeof ExcelJS,
  file: ArrayBuffer,
  { cells: cellsLeft, rowsAtOnce }: { cells: number; rowsAtOnce: number },
  port: MessagePort,
): Promise<void> => {
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(file);
  port.postMessage({ from1904: workbook.properties.date1904 === true });
  let left = cellsLeft;
  let rows: WorkbookRow[] = [];
  // Only the first sheet holds data; templates explain their columns on a second one.
  workbook.worksheets[0]?.eachRow((row, line) => {
    const cells: WorkbookCell[] = [];
    row.eachCell((cell, place) => {
      const merged = cell.isMerged && cell.master.address !== cell.address;
      // What a merged area shows belongs to its first cell; whether it also stands for the others only its author knows.
      cells[place - 1] = merged ? { merged: cell.master.address } : { value: cell.value, format: cell.numFmt };
    });
    left -= cells.length;
    if (left < 0) return;
    rows.push({ line, cells });
    if (rows.length < rowsAtOnce) return;
    port.postMessage({ rows });
    rows = [];
  });
  port.postMessage(left < 0 ? { tooMany: true } : { rows });
};

const SOURCE = `
const { parentPort, workerData: { library, file, limits } } = require('node:worker_threads');
(${readFirstSheet.toString()})(require(library), file, limits, parentPort);
`;

const tooMuch = () =>
  rowRule('V-16', {
    reasonZh: '内容过多，读取时超出内存或时间上限',
    reasonEn: 'reading it takes too much memory or time',
  });

/**
 * Reads a workbook in a thread of its own, with a bound on memory and time: a workbook that is too much ends that thread alone, and other
 * requests go on meanwhile. `archive` is bounded already (see unpackedWorkbook) and is no longer usable afterwards.
 * @throws Refusal V-16; Error when it is no workbook
 */
export const readWorkbook = (archive: ArrayBuffer): Promise<WorkbookSheet> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(SOURCE, {
      eval: true,
      execArgv: [],
      workerData: { library: createRequire(import.meta.url).resolve('exceljs'), file: archive, limits: LIMITS },
      transferList: [archive],
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.heapMegabytes },
    });
    const rows: WorkbookRow[] = [];
    let from1904 = false;
    const timer = setTimeout(() => refuse(tooMuch()), LIMITS.milliseconds);
    const refuse = (error: unknown) => {
      reject(error);
      void worker.terminate();
    };
    worker.on('message', (message: Message) => {
      if ('tooMany' in message) refuse(tooMuch());
      else if ('rows' in message) for (const row of message.rows) rows.push(row);
      else ({ from1904 } = message);
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      refuse(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error),
    );
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve({ from1904, rows });
    });
  });
