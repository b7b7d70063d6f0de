import { existsSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { EventRegistry } from './event-registry.js';
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  START,
  StoreBusy,
  UnknownOutcome,
} from './event-store.js';
import { LogDigest, type LogEvent, type LogManifest, type LogSummary, readLogFile, writeLogFile } from './log-file.js';

const PAGE = 500;
/** Bounds of one append; a cluster takes 1 MB. */
const EVENTS_OF_AN_APPEND = 100;
const BYTES_OF_AN_APPEND = 256 * 1024;
/** After so many events the store is asked whether they are still the last ones. */
const CHECKED_EVERY = 1000;
/** A failover is waited out. */
const PAUSES_MS = [100, 400, 1000, 2000, 5000, 5000, 5000];

export interface LogProgress {
  /** `check` reads the file, `write` brings the store to where the file ends, `verify` reads the store back. */
  readonly phase: 'check' | 'write' | 'verify';
  readonly done: number;
  /** Known once the file was checked. */
  readonly total?: number;
}

export interface ImportOptions {
  /** Streams with other names would never be seen by a projection, so they are refused. */
  readonly streamPrefixes: readonly string[];
  /** Reads every event type and version the log may hold. */
  readonly registry: EventRegistry;
  /** Appends sent before the first is answered; more than one only where the store keeps them in the order sent (SQLite). */
  readonly appendsAtOnce?: number;
  readonly report?: (progress: LogProgress) => void;
}

export interface ImportedLog extends LogManifest {
  /** Events the store held already. */
  readonly found: number;
  readonly written: number;
  /** Where the log now ends, in the store it moved to. */
  readonly head: Position;
}

/** The store and the file do not belong together; what the store holds is left as it is. */
export class NotThisLog extends Error {
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh} / ${en}`, options);
    this.name = 'NotThisLog';
  }
}

/**
 * Writes the whole log, up to where it ends now, into a new file.
 * @param exportedAt instant, ISO 8601 UTC
 */
export const exportLog = async (
  store: EventStore,
  file: string,
  { exportedAt, report }: { readonly exportedAt: string; readonly report?: (events: number) => void },
): Promise<LogManifest> => {
  if (existsSync(file)) throw new Error(`${file} 已存在，不覆盖 / exists already and is not overwritten`);
  const head = await store.head();
  const pages = pagesOf(store, { upTo: head, ...(report && { report }) });
  return writeLogFile(file, { storeId: store.storeId, exportedAt, head }, pages);
};

/** Reads a whole log from its store and adds it up. */
export const summaryOf = async (store: EventStore, report?: (events: number) => void): Promise<LogSummary> => {
  const digest = new LogDigest();
  for await (const page of pagesOf(store, report && { report })) for (const event of page) digest.add(event);
  return digest.summary();
};

/**
 * Moves the log of a file into a store that is empty or holds its beginning, such as an import that was killed. The file is read whole
 * before anything is written; in the end the store is read whole and must come to the same as the file.
 * @throws LogFileDamaged, NotThisLog; UnknownOutcome or StoreBusy when the store stays away: run it again, it goes on
 */
export const importLog = async (store: EventStore, file: string, options: ImportOptions): Promise<ImportedLog> => {
  const { report } = options;
  const checked = counted((done) => report?.({ phase: 'check', done }));
  let foreign: NotThisLog | undefined;
  const { events: total } = await readLogFile(file, (event) => {
    foreign ??= whyForeign(event, options);
    checked();
  });
  // Only now: in a damaged file an event may merely look foreign.
  if (foreign) throw foreign;
  const target = await LogTarget.open(store, { ...options, total });
  const manifest = await readLogFile(file, (event, line) => target.take(event, line));
  const { found, written } = await target.finish();
  const { events, streams, sha256 } = await summaryOf(store, (done) => report?.({ phase: 'verify', done, total }));
  if (events !== manifest.events || streams !== manifest.streams || sha256 !== manifest.sha256) {
    throw new NotThisLog(
      `核对不符：目标库实为 ${events} 个事件 ${sha256}`,
      `read back, the store holds something else: ${events} events ${sha256}`,
    );
  }
  return { ...manifest, found, written, head: await store.head() };
};

/** Why an event cannot be one of this ledger's, if so. */
const whyForeign = (event: LogEvent, { streamPrefixes, registry }: ImportOptions): NotThisLog | undefined => {
  const { id, stream } = event;
  if (!streamPrefixes.some((prefix) => stream.startsWith(prefix))) {
    return new NotThisLog(
      `事件 ${id} 的流 ${stream} 不属于本账本`,
      `event ${id} is in ${stream}, no stream of the ledger's`,
    );
  }
  try {
    registry.upcast({ ...event, position: START });
    return undefined;
  } catch (cause) {
    return new NotThisLog(`本版本读不了事件 ${id}`, `this build cannot read event ${id}: ${String(cause)}`, { cause });
  }
};

interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: NewEvent[];
  bytes: number;
}

/** The store a log moves into: what it holds must be how the log begins, and the rest follows in order. */
class LogTarget {
  private readonly held = new LogDigest();
  private waiting: PendingAppend[] = [];
  private last = START;
  private found = 0;
  private written = 0;
  private checkAt = 0;

  private constructor(
    private readonly store: EventStore,
    private readonly options: ImportOptions & { readonly total: number },
    private readonly stored: AsyncIterator<RecordedEvent>,
    private next: RecordedEvent | undefined,
  ) {}

  static async open(store: EventStore, options: LogTarget['options']): Promise<LogTarget> {
    const stored = eventsIn(store);
    return new LogTarget(store, options, stored, await nextOf(stored));
  }

  async take(event: LogEvent, line: string): Promise<void> {
    if (this.next) await this.compare(this.next, line);
    else await this.add(event, line.length);
  }

  async finish(): Promise<{ readonly found: number; readonly written: number }> {
    if (this.next) throw otherLog(this.found);
    await this.flush();
    return { found: this.found, written: this.written };
  }

  private async compare(stored: RecordedEvent, line: string): Promise<void> {
    if (this.held.add(stored) !== line) throw otherLog(this.found);
    this.last = stored.position;
    this.found += 1;
    this.report();
    this.next = await nextOf(this.stored);
  }

  /** Events of one stream that follow each other go together: that keeps the order and spares answers. */
  private async add({ stream, revision, ...event }: LogEvent, bytes: number): Promise<void> {
    const open = this.waiting.at(-1);
    const { id, type, version, recordedAt, data, metadata } = event;
    const moved: NewEvent = { id, type, version, recordedAt, data, metadata };
    if (
      open?.stream === stream &&
      open.events.length < EVENTS_OF_AN_APPEND &&
      open.bytes + bytes < BYTES_OF_AN_APPEND
    ) {
      open.events.push(moved);
      open.bytes += bytes;
      return;
    }
    if (this.waiting.length >= (this.options.appendsAtOnce ?? 1)) await this.flush();
    this.waiting.push({ stream, expected: revision === 0 ? 'none' : revision - 1, events: [moved], bytes });
  }

  private async flush(): Promise<void> {
    if (this.written >= this.checkAt) await this.assertAlone();
    if (this.waiting.length === 0) return;
    const { position } = await this.send(this.waiting);
    this.last = position;
    this.written += this.waiting.reduce((sum, { events }) => sum + events.length, 0);
    this.waiting = [];
    this.report();
  }

  /** The order of the log cannot be mended later, so a second writer is noticed early. */
  private async assertAlone(): Promise<void> {
    this.checkAt = this.written + CHECKED_EVERY;
    if ((await this.store.head()) !== this.last) throw disturbed();
  }

  private async send(
    appends: readonly PendingAppend[],
    [wait, ...rest]: readonly number[] = PAUSES_MS,
  ): Promise<Appended> {
    const sent = appends.map(({ stream, events, expected }) => this.store.append(stream, events, expected));
    const outcomes = await Promise.allSettled(sent);
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    const final = failures.find((error) => !mayPass(error)) ?? (wait === undefined ? failures[0] : undefined);
    if (final instanceof RevisionConflict) throw disturbed({ cause: final });
    if (final !== undefined) throw final;
    const answer = outcomes.at(-1);
    if (failures.length === 0 && answer?.status === 'fulfilled') return answer.value;
    await pause(wait);
    return this.send(appends, rest);
  }

  private report(): void {
    const { report, total } = this.options;
    report?.({ phase: 'write', done: this.found + this.written, total });
  }
}

const mayPass = (error: unknown): boolean => error instanceof UnknownOutcome || error instanceof StoreBusy;

const otherLog = (same: number): NotThisLog =>
  new NotThisLog(
    `目标库在 ${same} 个相同事件之后另有内容，未作写入`,
    `after ${same} equal events the store holds something else; nothing was written`,
  );

const disturbed = (options?: ErrorOptions): NotThisLog =>
  new NotThisLog(
    '导入期间另有程序写入目标库，已停止；请换一个空库重来',
    'somebody else wrote to the store during the import, which stopped; begin again with an empty store',
    options,
  );

interface Reading {
  readonly upTo?: Position;
  readonly report?: (events: number) => void;
}

/** A log in its total order, to its end or to a position. */
async function* pagesOf(store: EventStore, { upTo, report }: Reading = {}): AsyncGenerator<readonly RecordedEvent[]> {
  const count = counted((done) => report?.(done));
  let after = START;
  while (upTo === undefined || after < upTo) {
    const page = await store.readAll(after, PAGE);
    const wanted = upTo === undefined ? page : page.filter(({ position }) => position <= upTo);
    const last = wanted.at(-1);
    if (!last) {
      if (upTo === undefined) return;
      throw new Error(`日志在 ${after} 之后读不到 ${upTo} / the log ends at ${after}, before ${upTo}`);
    }
    yield wanted;
    count(wanted.length);
    // SQLite answers within the turn; progress bars and signals need one of their own.
    await nextTurn();
    after = last.position;
  }
}

async function* eventsIn(store: EventStore): AsyncGenerator<RecordedEvent> {
  for await (const page of pagesOf(store)) yield* page;
}

const nextOf = async (events: AsyncIterator<RecordedEvent>): Promise<RecordedEvent | undefined> => {
  const { done, value } = await events.next();
  return done ? undefined : value;
};

const counted = (report: (done: number) => void): ((more?: number) => void) => {
  let done = 0;
  return (more = 1) => {
    done += more;
    report(done);
  };
};
