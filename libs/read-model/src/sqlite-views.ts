import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { takeFileLock } from '@app/event-store';
import { DataSource } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { BetterSqlite3DataSourceOptions } from 'typeorm/driver/better-sqlite3/BetterSqlite3DataSourceOptions.js';
import { LOOP } from './checkpoint.entity.js';
import { isAway, isDamaged, isReadOnly } from './engine-errors.js';
import { entitiesOf, nextName, positionOf, sortGenerations } from './generation.js';
import type { Projection } from './projection.js';
import { ReaderThread, ThreadQueryRunner } from './reader-thread.js';
import { type Draft, type Lease, type Reader, type SnapshotQuery, Views, ViewsAway } from './views.js';

/** Readers beside the one writer; each serves one request at a time in a read transaction of its own. */
const READERS = 2;
const DEFAULT_TIMEOUT_MS = 15_000;

const DRAFT = '.draft';
/** How often a builder asks whether it may claim a name. */
const CLAIM_AGAIN_MS = 10;

type Pragmas = { pragma(text: string): unknown };

/** Generations as SQLite files of one folder, for one machine. The writer's lease is a lock of the operating system. */
export class SqliteViews extends Views {
  /** Queries that began on a replaced generation end on it; of another build's nobody is alive when its lock is free. */
  readonly keepMs = { replaced: 10_000, orphans: 0 };

  /** Whoever has a file open that was removed must not find another under its name. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly folder: string,
    projections: readonly Projection[],
    private readonly timeoutMs = DEFAULT_TIMEOUT_MS,
  ) {
    super(projections);
  }

  async list(fingerprint?: string): Promise<readonly string[]> {
    return sortGenerations(this.filesEndingIn('.db'), fingerprint);
  }

  openWriter(name: string): Promise<DataSource> {
    this.seen.add(name);
    return this.open(this.fileOf(name), {
      // Read tables are made, never migrated: a changed shape is a new generation.
      synchronize: true,
      enableWAL: true,
      prepareDatabase: (connection: Pragmas) => {
        // A crash may lose the last batches together with their checkpoint; they are projected again from the log.
        connection.pragma('synchronous = NORMAL');
        connection.pragma('cache_size = -65536');
        connection.pragma('busy_timeout = 5000');
      },
    });
  }

  async openReader(name: string): Promise<Reader> {
    this.seen.add(name);
    const source = await this.open(this.fileOf(name), { readonly: true, fileMustExist: true });
    const threads = Array.from({ length: READERS }, () => new ReaderThread(this.fileOf(name), this.timeoutMs));
    return new SqliteReader(name, source, threads);
  }

  /** It keeps no journal on disk and no index but the keys. Projections therefore load by key, or from small tables. */
  async draft(fingerprint: string): Promise<Draft> {
    const { name, source } = await this.claiming(async () => {
      const free = this.claimName(fingerprint);
      const opened = await this.open(draftOf(this.fileOf(free)), {
        synchronize: true,
        prepareDatabase: (connection: Pragmas) => {
          connection.pragma('locking_mode = EXCLUSIVE');
          connection.pragma('journal_mode = MEMORY');
          connection.pragma('synchronous = OFF');
          connection.pragma('cache_size = -32768');
        },
      });
      return { name: free, source: opened };
    });
    await dropIndexes(source);
    const discard = async () => {
      if (source.isInitialized) await source.destroy();
      removeDatabase(draftOf(this.fileOf(name)));
    };
    return { name, source, discard, publish: () => this.publish(name, source) };
  }

  /** Locks stay: of a lock file that was removed and made anew two could hold one each. */
  async remove(name: string): Promise<void> {
    removeDatabase(this.fileOf(name));
  }

  async takeLease(fingerprint: string): Promise<Lease | undefined> {
    mkdirSync(this.folder, { recursive: true });
    const lock = takeLock(this.lockOf(fingerprint));
    if (!lock) return undefined;
    // Nobody else writes while the lock is held, so the epoch counts on from what the last holder left in the tables.
    const epoch = 1 + Math.max(0, ...(await this.epochs(fingerprint)));
    const release = async () => {
      lock.close();
    };
    return { epoch, ttlMs: undefined, renew: async () => lock.open, release };
  }

  /** Whoever holds the lock of the operating system is alive, and nobody comes back to a lock that is free. */
  async orphanedForMs(fingerprint: string): Promise<number> {
    const lock = takeLock(this.lockOf(fingerprint));
    lock?.close();
    return lock ? Number.POSITIVE_INFINITY : 0;
  }

  async close(): Promise<void> {}

  private async epochs(fingerprint: string): Promise<number[]> {
    const names = await this.list(fingerprint);
    return names.map((name) => {
      try {
        const database = new Database(this.fileOf(name), { readonly: true, fileMustExist: true });
        const row = database.prepare('SELECT "epoch" FROM "checkpoint" WHERE "projection" = ?').get(LOOP);
        database.close();
        return (row as { epoch: number } | undefined)?.epoch ?? 0;
      } catch {
        // A file that is no generation is found out when it is opened.
        return 0;
      }
    });
  }

  private open(database: string, options: Partial<BetterSqlite3DataSourceOptions>): Promise<DataSource> {
    const entities = entitiesOf(this.projections) as never;
    return new DataSource({ ...options, type: 'better-sqlite3', database, entities }).initialize();
  }

  /** The draft of a builder that is still at work is locked; what those left who died is removed. */
  private claimName(fingerprint: string): string {
    const drafts = this.filesEndingIn(DRAFT).filter((name) => {
      const lock = takeLock(draftOf(this.fileOf(name)));
      lock?.close();
      if (lock) removeDatabase(draftOf(this.fileOf(name)));
      return !lock;
    });
    return nextName(fingerprint, [...this.filesEndingIn('.db'), ...drafts, ...this.seen]);
  }

  /** One at a time in the folder: while a draft has no lock of its own yet, or no longer. */
  private async claiming<Result>(work: () => Promise<Result>): Promise<Result> {
    mkdirSync(this.folder, { recursive: true });
    for (;;) {
      const lock = takeLock(join(this.folder, 'drafts.lock'));
      if (!lock) {
        await pause(CLAIM_AGAIN_MS);
        continue;
      }
      try {
        return await work();
      } finally {
        lock.close();
      }
    }
  }

  private async publish(name: string, source: DataSource): Promise<void> {
    const { database } = source.options as { database: string };
    await source.synchronize();
    await this.claiming(async () => {
      await source.destroy();
      // With its indexes and on disk before it gets its name: a power cut leaves a draft or the whole, a reader sees nothing half.
      await (await this.open(database, { enableWAL: true })).destroy();
      syncToDisk(database);
      // A journal that a crash left under this name would be taken for this file's own.
      removeDatabase(this.fileOf(name));
      renameSync(database, this.fileOf(name));
      syncToDisk(this.folder);
    });
  }

  private lockOf(fingerprint: string): string {
    return join(this.folder, `${fingerprint}.lock`);
  }

  private fileOf(name: string): string {
    return join(this.folder, `${name}.db`);
  }

  private filesEndingIn(suffix: string): string[] {
    mkdirSync(this.folder, { recursive: true });
    return readdirSync(this.folder).flatMap((file) => (file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : []));
  }
}

/** Queries run in threads, each on a connection of its own. */
class SqliteReader implements Reader {
  private readonly idle: ReaderThread[];
  private readonly waiting: Array<(thread: ReaderThread) => void> = [];

  constructor(
    readonly name: string,
    private readonly source: DataSource,
    private readonly threads: readonly ReaderThread[],
  ) {
    this.idle = [...threads];
  }

  async read<Result>(query: SnapshotQuery<Result>): Promise<Result> {
    const thread = this.idle.pop() ?? (await new Promise<ReaderThread>((resolve) => this.waiting.push(resolve)));
    const runner = new ThreadQueryRunner(this.source.driver as BetterSqlite3Driver, thread);
    try {
      return await this.source
        .createEntityManager(runner)
        .transaction(async (manager) => query(manager, await positionOf(manager)));
    } catch (error) {
      throw isAway(error) && !isReadOnly(error) ? new ViewsAway(error) : error;
    } finally {
      const next = this.waiting.shift();
      if (next) next(thread);
      else this.idle.push(thread);
    }
  }

  async close(): Promise<void> {
    for (const _ of this.threads) {
      const thread = this.idle.pop() ?? (await new Promise<ReaderThread>((resolve) => this.waiting.push(resolve)));
      await thread.close();
    }
    await this.source.destroy();
  }
}

const draftOf = (file: string): string => file.replace(/\.db$/, DRAFT);

/** The file first: a journal without its file is nothing. */
const removeDatabase = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
};

const dropIndexes = async (source: DataSource): Promise<void> => {
  const indexes: Array<{ name: string }> = await source.query(
    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
  );
  for (const { name } of indexes) await source.query(`DROP INDEX "${name}"`);
};

/** A file that is no database is nobody's lock: a damaged leftover. */
const takeLock = (path: string): ReturnType<typeof takeFileLock> => {
  try {
    return takeFileLock(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    rmSync(path, { force: true });
    return takeFileLock(path);
  }
};

const syncToDisk = (path: string): void => {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
};
