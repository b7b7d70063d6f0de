import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Position, START } from '@app/event-store';
import {
  DataSource,
  type DataSourceOptions,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  getMetadataArgsStorage,
} from 'typeorm';
import { Checkpoint } from './checkpoint.entity.js';
import type { Projection } from './projection.js';

/** Readers beside the one writer; each serves one request at a time in a read transaction of its own. */
const READERS = 2;

/**
 * One complete set of read tables: a SQLite file under the views folder, named after the fingerprint of the projections. A changed
 * projection has another fingerprint and so another file; nothing is ever migrated.
 */
export class Generation {
  private readonly idle: DataSource[] = [];
  private readonly waiting: Array<(reader: DataSource) => void> = [];

  private constructor(
    readonly name: string,
    readonly writer: DataSource,
    private readonly readers: readonly DataSource[],
  ) {
    this.idle.push(...readers);
  }

  static async open(folder: string, name: string, projections: readonly Projection[]): Promise<Generation> {
    mkdirSync(folder, { recursive: true });
    const entities = entitiesOf(projections);
    const database = join(folder, `${name}.db`);
    const writer = await new DataSource(writerOptions(database, entities)).initialize();
    const readers = await Promise.all(
      Array.from({ length: READERS }, () => new DataSource(readerOptions(database, entities)).initialize()),
    );
    return new Generation(name, writer, readers);
  }

  /**
   * Opens an empty set of tables to be filled and then published: nobody reads it and a crash throws it away, so it keeps no journal
   * on disk and no index but the keys. Projections therefore load by key, or from small tables.
   */
  static async draft(folder: string, name: string, projections: readonly Projection[]): Promise<Generation> {
    mkdirSync(folder, { recursive: true });
    const database = draftFile(folder, name);
    rmSync(database, { force: true });
    const writer = await new DataSource(draftOptions(database, entitiesOf(projections))).initialize();
    const indexes: Array<{ name: string }> = await writer.query(
      "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    );
    for (const index of indexes) await writer.query(`DROP INDEX "${index.name}"`);
    return new Generation(name, writer, []);
  }

  /** Makes a closed draft a generation; opening it makes the indexes. */
  static publish(folder: string, name: string): void {
    // Written without a journal: on disk before it gets its name, so that a power cut leaves a draft or the whole.
    syncToDisk(draftFile(folder, name));
    renameSync(draftFile(folder, name), join(folder, `${name}.db`));
    syncToDisk(folder);
  }

  /** Reads in one transaction: however many statements `query` runs, they see the rows of one position of the log. */
  async read<Result>(query: SnapshotQuery<Result>): Promise<Result> {
    const reader = await this.acquire();
    try {
      return await reader.transaction(async (manager) => query(manager, await positionOf(manager)));
    } finally {
      this.release(reader);
    }
  }

  /** Waits for the queries that run or stand in line. */
  async close(): Promise<void> {
    for (const _ of this.readers) await this.acquire();
    for (const source of [...this.readers, this.writer]) await source.destroy();
  }

  private async acquire(): Promise<DataSource> {
    return this.idle.pop() ?? new Promise((resolve) => this.waiting.push(resolve));
  }

  private release(reader: DataSource): void {
    const next = this.waiting.shift();
    if (next) next(reader);
    else this.idle.push(reader);
  }
}

/** A query of the read tables and the position of the log whose rows it sees. */
export type SnapshotQuery<Result> = (manager: EntityManager, position: Position) => Promise<Result>;

/** Every commit moves the furthest checkpoint, so this changes whenever a row does. */
const positionOf = async (manager: EntityManager): Promise<Position> => {
  const [furthest]: Array<{ position: Position | null }> = await manager.query(
    'SELECT MAX("position") AS "position" FROM "checkpoint"',
  );
  return furthest?.position ?? START;
};

/** Changes when the name, version, handled events or columns of any projection do. Twelve hex digits. */
export const fingerprintOf = (projections: readonly Projection[]): string => {
  const shapes = projections.map(({ name, version, handles, entities }) =>
    [`${name}@${version}`, ...[...handles].sort(), ...entities.flatMap(columnsOf).sort()].join(' '),
  );
  return createHash('sha256').update(shapes.sort().join('\n')).digest('hex').slice(0, 12);
};

const columnsOf = (entity: EntityTarget<ObjectLiteral>): string[] => {
  const declared = getMetadataArgsStorage();
  const table = declared.tables.find(({ target }) => target === entity)?.name;
  const columns = declared.columns.filter(({ target }) => target === entity);
  return columns.map(({ propertyName, options }) => `${table}.${propertyName}${JSON.stringify(options)}`);
};

/** The generations of a folder, oldest first: `<fingerprint>-<n>`. */
export const generationsIn = (folder: string, fingerprint?: string): string[] => {
  mkdirSync(folder, { recursive: true });
  const numberOf = (name: string) => Number(name.split('-')[1]);
  return readdirSync(folder)
    .flatMap((file) => /^([0-9a-f]{12}-\d+)\.db$/.exec(file)?.[1] ?? [])
    .filter((name) => fingerprint === undefined || name.startsWith(`${fingerprint}-`))
    .sort((a, b) => numberOf(a) - numberOf(b));
};

export const removeGeneration = (folder: string, name: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `${name}.db${suffix}`), { force: true });
};

const entitiesOf = (projections: readonly Projection[]): Array<EntityTarget<ObjectLiteral>> => [
  ...new Set([Checkpoint, ...projections.flatMap(({ entities }) => entities)]),
];

const syncToDisk = (path: string): void => {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
};

const draftFile = (folder: string, name: string): string => join(folder, `${name}.draft`);

const draftOptions = (database: string, entities: Array<EntityTarget<ObjectLiteral>>): DataSourceOptions => ({
  type: 'better-sqlite3',
  database,
  entities: entities as never,
  synchronize: true,
  prepareDatabase: (connection: { pragma(text: string): unknown }) => {
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.pragma('cache_size = -131072');
  },
});

const writerOptions = (database: string, entities: Array<EntityTarget<ObjectLiteral>>): DataSourceOptions => ({
  type: 'better-sqlite3',
  database,
  entities: entities as never,
  // Read tables are made, never migrated: a changed shape is a new generation.
  synchronize: true,
  enableWAL: true,
  prepareDatabase: (connection: { pragma(text: string): unknown }) => {
    // A crash may lose the last batches together with their checkpoint; they are projected again from the log.
    connection.pragma('synchronous = NORMAL');
    connection.pragma('cache_size = -65536');
  },
});

const readerOptions = (database: string, entities: Array<EntityTarget<ObjectLiteral>>): DataSourceOptions => ({
  type: 'better-sqlite3',
  database,
  entities: entities as never,
  readonly: true,
});
