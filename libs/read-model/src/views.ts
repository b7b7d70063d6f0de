import type { Position } from '@app/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import type { Projection } from './projection.js';

/** A query of the read tables and the position of the log whose rows it sees. */
export type SnapshotQuery<Result> = (manager: EntityManager, position: Position) => Promise<Result>;

/** A generation opened for queries. */
export interface Reader {
  readonly name: string;
  /**
   * Reads in one transaction: however many statements `query` runs, they see the rows of one position of the log.
   * @throws ViewsAway when the engine is, ReadTimeout when a statement takes too long
   */
  read<Result>(query: SnapshotQuery<Result>): Promise<Result>;
  /** Waits for the queries that run or stand in line. */
  close(): Promise<void>;
}

/** An empty set of tables to be filled and then published: nobody reads it, and a crash throws it away. */
export interface Draft {
  readonly name: string;
  readonly source: DataSource;
  /** Makes it a generation with all its indexes, in one step that readers see whole or not at all. */
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/** The right to write the generations of one fingerprint. At most one is valid at a time. */
export interface Lease {
  /** Grows with every new lease: the fencing token. */
  readonly epoch: number;
  /** How long it is good for after it was taken or renewed, in milliseconds; undefined when it only ends with its process. */
  readonly ttlMs: number | undefined;
  /** False when it was lost. */
  renew(): Promise<boolean>;
  /** Gives it to whoever waits. */
  release(): Promise<void>;
}

/** The engine that keeps the read tables cannot be reached, or is full; ask again. */
export class ViewsAway extends Error {
  constructor(cause: unknown) {
    super('读模型数据库暂不可用 / the database of the read models is away', { cause });
    this.name = 'ViewsAway';
  }
}

/** A statement was ended because it took too long. */
export class ReadTimeout extends Error {
  constructor(cause: unknown) {
    super('查询超时 / the query took too long', { cause });
    this.name = 'ReadTimeout';
  }
}

/** Where the generations of the read tables live: a folder of SQLite files, or schemas of a PostgreSQL database. */
export abstract class Views {
  /** How long a replaced generation is kept, and one of a build that nobody runs any more, in milliseconds. */
  abstract readonly keepMs: { readonly replaced: number; readonly orphans: number };

  constructor(readonly projections: readonly Projection[]) {}

  /** The complete generations, of one fingerprint or of all, oldest first. */
  abstract list(fingerprint?: string): Promise<readonly string[]>;
  /** Opens a generation for its one writer. */
  abstract openWriter(name: string): Promise<DataSource>;
  abstract openReader(name: string): Promise<Reader>;
  abstract draft(fingerprint: string): Promise<Draft>;
  abstract remove(name: string): Promise<void>;
  /** The lease of a fingerprint, unless another holds it. */
  abstract takeLease(fingerprint: string, holder: string): Promise<Lease | undefined>;
  /** How long the lease of a fingerprint has been free, in milliseconds; 0 while somebody holds it. */
  abstract orphanedForMs(fingerprint: string): Promise<number>;
  abstract close(): Promise<void>;
}
