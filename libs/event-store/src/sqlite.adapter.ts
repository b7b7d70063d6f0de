import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import {
  type Appended,
  EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  START,
  StoreBusy,
  UnknownOutcome,
} from './event-store.js';
import { isRepeat } from './repeat.js';
import { takeFileLock } from './sqlite-lock.js';
import { Wakeup } from './wakeup.js';

/** The DDL, exported for the bench, which must write to the very same table. */
export const EVENTS_TABLE = `
  CREATE TABLE IF NOT EXISTS events (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    stream      TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    id          TEXT NOT NULL UNIQUE,
    type        TEXT NOT NULL,
    version     INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    data        TEXT NOT NULL,
    metadata    TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
  CREATE TRIGGER IF NOT EXISTS events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
  CREATE TABLE IF NOT EXISTS event_types (type TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (type, version)) STRICT;
  CREATE TABLE IF NOT EXISTS store (id TEXT NOT NULL) STRICT;
`;

export const INSERT_EVENT = `INSERT INTO events (stream, revision, id, type, version, recorded_at, data, metadata)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

/** Full durability: an acknowledged append survives a power cut. */
export const useLedgerPragmas = (database: Database.Database): void => {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
};

/** Appends waiting beyond this are refused with `StoreBusy`, so that a flood meets an answer instead of a full memory. */
const QUEUE_LIMIT = 10_000;
const BATCH = 500;
/** How often a log that another process writes is looked at. */
const LOOK_EVERY_MS = 10;

interface EventRow {
  position: number;
  stream: string;
  revision: number;
  id: string;
  type: string;
  version: number;
  recorded_at: string;
  data: string;
  metadata: string;
}

/** An event with its JSON as it will be stored: what cannot be written down is refused before it shares a transaction. */
interface SerialisedEvent extends Pick<NewEvent, 'id' | 'type' | 'version' | 'recordedAt'> {
  readonly data: string;
  readonly metadata: string;
}

interface PendingAppend {
  readonly stream: string;
  readonly events: readonly SerialisedEvent[];
  readonly expected: ExpectedRevision;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** Another process writes this log: stop it, or let it do the work over HTTP. */
export class StoreLocked extends Error {
  constructor(path: string) {
    super(`another process holds ${path}; stop it first / 另一进程正在使用该账本，请先停止它`);
    this.name = 'StoreLocked';
  }
}

/**
 * One SQLite file as event store. Appends that arrive in one turn of the event loop share one transaction (group
 * commit) and are acknowledged only after COMMIT; each has its own conflict and repeat check, which sees the batch.
 */
export class SqliteEventStore extends EventStore {
  readonly storeId: string;
  private readonly appended = new Wakeup();
  private readonly types = new Set<string>();
  private readonly statements;
  private queue: PendingAppend[] = [];
  private flushing = false;

  private constructor(
    private readonly database: Database.Database,
    private readonly lock: Database.Database | undefined,
  ) {
    super();
    this.statements = prepare(database);
    this.storeId = this.readOrMakeStoreId();
    for (const { type, version } of this.readTypes()) this.types.add(`${type}@${version}`);
  }

  /**
   * Opens `<folder>/ledger.db`, creating it at first. The writer holds an operating-system lock that dies with its process.
   * @throws StoreLocked when another process is the writer
   */
  static open(folder: string): SqliteEventStore {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'ledger.lock');
    const lock = takeFileLock(path);
    if (!lock) throw new StoreLocked(path);
    const database = new Database(join(folder, 'ledger.db'));
    useLedgerPragmas(database);
    database.exec(EVENTS_TABLE);
    return new SqliteEventStore(database, lock);
  }

  /** Opens the log beside its writer, for verify, export, backup and doctor: appends fail. */
  static openReadOnly(folder: string): SqliteEventStore {
    const path = join(folder, 'ledger.db');
    if (!existsSync(path)) throw new Error(`找不到账本 ${path} / there is no ledger at ${path}`);
    const database = new Database(path, { readonly: true, fileMustExist: true });
    return new SqliteEventStore(database, undefined);
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) return Promise.reject(new Error('an append needs at least one event'));
    if (!this.database.open) return Promise.reject(new Error('the event store is closed'));
    if (this.queue.length >= QUEUE_LIMIT) return Promise.reject(new StoreBusy());
    return new Promise((resolve, reject) => {
      this.queue.push({ stream, events: events.map(serialised), expected, resolve, reject });
      if (this.flushing) return;
      this.flushing = true;
      setImmediate(() => this.flush());
    });
  }

  async readStream(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    return (this.statements.readStream.all(stream, from) as EventRow[]).map(toEvent);
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return (this.statements.readAll.all(toCounter(after), limit) as EventRow[]).map(toEvent);
  }

  async *subscribe(after: Position, signal: AbortSignal, limit = BATCH): AsyncIterable<readonly RecordedEvent[]> {
    let position = after;
    while (!signal.aborted) {
      const woken = this.lock && this.appended.next(signal);
      const version = this.lock ? 0 : this.dataVersion();
      const batch = await this.readAll(position, limit);
      const last = batch.at(-1);
      if (last) {
        position = last.position;
        yield batch;
      } else {
        await (woken ?? this.changed(version, signal));
      }
    }
  }

  async head(): Promise<Position> {
    const row = this.statements.head.get() as { position: number } | undefined;
    return row ? toPosition(row.position) : START;
  }

  async storedTypes(): Promise<ReadonlyArray<{ type: string; version: number }>> {
    return this.readTypes();
  }

  async close(): Promise<void> {
    this.flush();
    this.database.close();
    this.lock?.close();
  }

  /** When another process or thread has written: SQLite tells without reading the file. */
  private async changed(before: unknown, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.dataVersion() === before)
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }

  private dataVersion(): unknown {
    return this.database.open && this.database.pragma('data_version', { simple: true });
  }

  /** Everything queued goes into one transaction; the answers go out after its COMMIT. */
  private flush(): void {
    this.flushing = false;
    const batch = this.queue;
    this.queue = [];
    if (batch.length === 0) return;
    this.commit(batch);
    this.appended.wake();
  }

  private commit(batch: readonly PendingAppend[]): void {
    const answers: Array<() => void> = [];
    try {
      this.database.exec('BEGIN IMMEDIATE');
      for (const pending of batch) answers.push(this.write(pending));
      this.database.exec('COMMIT');
    } catch (cause) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      this.types.clear();
      for (const { type, version } of this.readTypes()) this.types.add(`${type}@${version}`);
      this.rejectOrSplit(batch, cause);
      return;
    }
    for (const answer of answers) answer();
  }

  /** An append the table itself refuses (an id used elsewhere) fails alone; the others of its group commit without it. */
  private rejectOrSplit(batch: readonly PendingAppend[], cause: unknown): void {
    const isRefused = String((cause as { readonly code?: unknown }).code).startsWith('SQLITE_CONSTRAINT');
    if (isRefused && batch.length > 1) {
      for (const pending of batch) this.commit([pending]);
      return;
    }
    for (const { stream, reject } of batch) {
      reject(
        isRefused
          ? new Error(`the log refuses this append to ${stream}`, { cause })
          : new UnknownOutcome(stream, { cause }),
      );
    }
  }

  /** Writes one append inside the open transaction and answers how to answer once it has committed. */
  private write({ stream, events, expected, resolve, reject }: PendingAppend): () => void {
    const from = expected === 'none' ? 0 : expected + 1;
    const { revision: last } = this.statements.lastRevision.get(stream) as { revision: number | null };
    const length = last === null ? 0 : last + 1;
    if (length !== from) {
      const stored = this.statements.readRange.all(stream, from, from + events.length - 1) as EventRow[];
      const repeated = stored.at(-1);
      if (repeated && isRepeat(stored, events)) {
        return () => resolve({ revision: repeated.revision, position: toPosition(repeated.position) });
      }
      return () => reject(new RevisionConflict(stream, expected, last ?? 'none'));
    }
    const revision = from + events.length - 1;
    let counter = 0;
    for (const [index, event] of events.entries()) counter = this.insert(stream, from + index, event);
    return () => resolve({ revision, position: toPosition(counter) });
  }

  private insert(stream: string, revision: number, event: SerialisedEvent): number {
    const { id, type, version, recordedAt, data, metadata } = event;
    const { lastInsertRowid } = this.statements.insert.run(
      stream,
      revision,
      id,
      type,
      version,
      recordedAt,
      data,
      metadata,
    );
    if (!this.types.has(`${type}@${version}`)) {
      this.statements.insertType.run(type, version);
      this.types.add(`${type}@${version}`);
    }
    return Number(lastInsertRowid);
  }

  private readTypes(): Array<{ type: string; version: number }> {
    return this.statements.types.all() as Array<{ type: string; version: number }>;
  }

  private readOrMakeStoreId(): string {
    const stored = this.database.prepare('SELECT id FROM store').get() as { id: string } | undefined;
    if (stored) return stored.id;
    const id = randomBytes(8).toString('hex');
    this.database.prepare('INSERT INTO store (id) VALUES (?)').run(id);
    return id;
  }
}

const serialised = ({ id, type, version, recordedAt, data, metadata }: NewEvent): SerialisedEvent => ({
  id,
  type,
  version,
  recordedAt,
  data: JSON.stringify(data),
  metadata: JSON.stringify(metadata),
});

const prepare = (database: Database.Database) => ({
  insert: database.prepare(INSERT_EVENT),
  insertType: database.prepare('INSERT OR IGNORE INTO event_types (type, version) VALUES (?, ?)'),
  types: database.prepare('SELECT type, version FROM event_types ORDER BY type, version'),
  lastRevision: database.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?'),
  readRange: database.prepare('SELECT * FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision'),
  readStream: database.prepare('SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision'),
  readAll: database.prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?'),
  head: database.prepare('SELECT position FROM events ORDER BY position DESC LIMIT 1'),
});

const toCounter = (position: Position): number => Number.parseInt(position, 16);
const toPosition = (counter: number): Position => counter.toString(16).padStart(32, '0');

const toEvent = (row: EventRow): RecordedEvent => ({
  id: row.id,
  type: row.type,
  version: row.version,
  stream: row.stream,
  revision: row.revision,
  position: toPosition(row.position),
  recordedAt: row.recorded_at,
  data: JSON.parse(row.data),
  metadata: JSON.parse(row.metadata),
});
