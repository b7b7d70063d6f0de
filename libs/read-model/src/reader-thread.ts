import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { QueryFailedError } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { QueryResult } from 'typeorm/query-runner/QueryResult.js';
import { ReadTimeout } from './views.js';

interface Asked {
  readonly resolve: (rows: unknown[]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

type Answer = { readonly rows: unknown[] } | { readonly message: string; readonly code: string };

/** Runs in the thread: one connection, one statement at a time. */
const SOURCE = `
const { parentPort, workerData: { library, file } } = require('node:worker_threads');
const database = new (require(library))(file, { readonly: true, fileMustExist: true });
database.pragma('cache_size = -16384');
const statements = new Map();
const prepared = (sql) => {
  let statement = statements.get(sql);
  if (statement === undefined) {
    if (statements.size >= 200) statements.clear();
    statements.set(sql, (statement = database.prepare(sql)));
  }
  return statement;
};
parentPort.on('message', ({ sql, values }) => {
  if (sql === undefined) return parentPort.close(), database.close();
  try {
    const statement = prepared(sql);
    parentPort.postMessage({ rows: statement.reader ? statement.all(...values) : (statement.run(...values), []) });
  } catch (error) {
    parentPort.postMessage({ message: String(error && error.message), code: String(error && error.code) });
  }
});
`;

/** A thread that starts on a busy machine is not a query that takes long. */
const STARTING_MS = 10_000;

/** A read-only connection to a SQLite file in a thread of its own, so that no other request waits for a long query. */
export class ReaderThread {
  private worker: Worker | undefined;
  /** In the order in which the thread answers: a query may ask several things at once. */
  private asked: Asked[] = [];
  /** Has answered since it was started. */
  private isUp = false;

  constructor(
    private readonly file: string,
    private readonly timeoutMs: number,
  ) {}

  /** @throws ReadTimeout, and the thread is replaced; Error of SQLite */
  query(sql: string, values: readonly unknown[]): Promise<unknown[]> {
    const worker = (this.worker ??= this.start());
    return new Promise((resolve, reject) => {
      const limit = this.timeoutMs + (this.isUp ? 0 : STARTING_MS);
      const timer = setTimeout(() => this.giveUp(new ReadTimeout(sql)), limit);
      this.asked.push({ resolve, reject, timer });
      worker.postMessage({ sql, values });
    });
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({});
    await ended;
  }

  private start(): Worker {
    const library = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(SOURCE, { eval: true, execArgv: [], workerData: { library, file: this.file } });
    worker.on('message', (answer: Answer) => this.worker === worker && this.settle(answer));
    worker.on('error', (error) => this.worker === worker && this.giveUp(error));
    return worker;
  }

  private settle(answer: Answer): void {
    this.isUp = true;
    const asked = this.asked.shift();
    if (!asked) return;
    clearTimeout(asked.timer);
    if ('rows' in answer) asked.resolve(answer.rows);
    else asked.reject(Object.assign(new Error(answer.message), { code: answer.code }));
  }

  private giveUp(error: Error): void {
    const { worker, asked } = this;
    this.worker = undefined;
    this.isUp = false;
    this.asked = [];
    void worker?.terminate();
    // An error that crossed from the thread is no Error of this side.
    const { message, code } = error as Error & { readonly code?: string };
    const reason = error instanceof Error ? error : Object.assign(new Error(String(message)), { code });
    for (const { timer, reject } of asked) {
      clearTimeout(timer);
      reject(reason);
    }
  }
}

/** TypeORM's statements, run by a thread instead of here: repositories, query builders and `manager.query` alike. */
export class ThreadQueryRunner extends BetterSqlite3QueryRunner {
  constructor(
    driver: BetterSqlite3Driver,
    private readonly thread: ReaderThread,
  ) {
    super(driver);
  }

  override async query(
    sql: string,
    parameters: unknown[] = [],
    isStructured = false,
  ): ReturnType<BetterSqlite3QueryRunner['query']> {
    const values = parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    const rows = await this.thread.query(sql, values).catch((error: Error) => {
      throw error instanceof ReadTimeout ? error : new QueryFailedError(sql, parameters, error);
    });
    return isStructured ? Object.assign(new QueryResult(), { raw: rows, records: rows }) : rows;
  }
}
