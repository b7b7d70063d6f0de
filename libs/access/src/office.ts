import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StoreBusy, isDryRun } from '@app/event-store';
import { DataSource, type EntityManager, type FindOneOptions, type QueryRunner } from 'typeorm';
import { EvidenceFile, ImportJob, Person, Setting, UserAccount } from './office.entity.js';
import { EvidenceFiles, ImportClaims, OfficeTables } from './office.migration.js';
import { type SharedOffice, isAway, openPostgres } from './office-postgres.js';
import { accessRule } from './policy.js';

const IN_MEMORY = ':memory:';
const TABLES = {
  entities: [UserAccount, Setting, Person, ImportJob, EvidenceFile],
  migrations: [OfficeTables, EvidenceFiles, ImportClaims],
};

/**
 * The office data: what is not derived from events and so is migrated and backed up, never rebuilt. Users, settings, persons, import
 * jobs, files of evidence. A SQLite file of one process, or a PostgreSQL schema that any number of processes share (ADR 0016).
 */
export class OfficeDatabase {
  /** This opening of the office, unlike any other, also of the same process or under the same name: the holder of what it claims. */
  readonly holder: string;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly dataSource: DataSource,
    /** Whether other processes change the same data. */
    readonly isShared: boolean,
    instance = 'ledger',
  ) {
    this.holder = `${instance}/${randomUUID()}`;
  }

  /**
   * @param folder where `office.db` lies, unless `shared` names a PostgreSQL
   * @throws Error in both languages when PostgreSQL cannot be reached or its role lacks rights
   */
  static async open(folder: string, shared: SharedOffice = {}): Promise<OfficeDatabase> {
    if (shared.postgresUrl !== undefined) {
      return new OfficeDatabase(await openPostgres(shared, TABLES), true, shared.instance);
    }
    mkdirSync(folder, { recursive: true });
    return new OfficeDatabase(await sqliteAt(join(folder, 'office.db')).initialize(), false, shared.instance);
  }

  /** Office data that is forgotten on close, for dry runs and specs. */
  static async inMemory(): Promise<OfficeDatabase> {
    return new OfficeDatabase(await sqliteAt(IN_MEMORY).initialize(), false);
  }

  /** @throws StoreBusy while the database cannot be reached */
  read<Result>(query: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.connected(({ manager }) => query(manager));
  }

  /**
   * Runs a change in a transaction of its own; all changes must come through here. On SQLite one change follows the other: there is one
   * connection, and a statement from elsewhere would become part of whatever transaction is open. On PostgreSQL (read committed) changes
   * of all processes run side by side: what is read to be changed is read with `locked`, what may be there already is written by upsert.
   * @throws StoreBusy while the database cannot be reached; the change may have been made when the connection broke at its very end
   */
  write<Result>(change: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    if (isDryRun()) return Promise.reject(accessRule('A-15'));
    const run = () => this.connected(({ manager }) => manager.transaction(change));
    const result = this.isShared ? run() : this.last.then(run);
    this.last = Promise.allSettled([this.last, result]).then(() => undefined);
    return result;
  }

  /** Find options for rows that the change will write: they wait for, and keep away, the changes of others. */
  locked(onLocked?: 'skip_locked'): Pick<FindOneOptions, 'lock'> {
    if (!this.isShared) return {};
    return { lock: { mode: 'pessimistic_write', ...(onLocked ? { onLocked } : {}) } };
  }

  /** SQL for an instant by the clock of the database, which is one where the processes' own may differ. */
  instant(secondsAhead = 0): string {
    return this.isShared
      ? `to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '${secondsAhead} seconds', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
      : `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '${secondsAhead} seconds')`;
  }

  async setting(key: string): Promise<string | undefined> {
    return (await this.read((manager) => manager.findOneBy(Setting, { key })))?.value;
  }

  /** The value of a setting, which becomes `value` when there is none yet; the same for all who ask at once. */
  settingOrFirst(key: string, value: string): Promise<string> {
    return this.write(async (manager) => {
      await manager.createQueryBuilder().insert().into(Setting).values({ key, value }).orIgnore().execute();
      return (await manager.findOneByOrFail(Setting, { key })).value;
    });
  }

  /** Gives a setting a value in place of the one before. */
  async replaceSetting(key: string, value: string): Promise<void> {
    await this.write((manager) => manager.upsert(Setting, { key, value }, ['key']));
  }

  /**
   * Leaves as little trace of overwritten values as the database can see to. SQLite: none, neither in the file nor in its log. PostgreSQL:
   * the table of persons is written anew, without the versions that no open transaction may still see; write-ahead log, its archive,
   * standbys and base backups keep the old bytes until they age out (ADR 0016).
   * @throws StoreBusy when the table stays in use; to be tried again
   */
  async scrub(): Promise<void> {
    const statement = this.isShared ? 'VACUUM (FULL) person' : 'PRAGMA wal_checkpoint(TRUNCATE)';
    await this.connected((runner) => runner.query(statement));
  }

  async close(): Promise<void> {
    await this.last;
    await this.dataSource.destroy();
  }

  private async connected<Result>(use: (runner: QueryRunner) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    let client: { end?(): Promise<void> } = {};
    try {
      client = await runner.connect();
      return await use(runner);
    } catch (error) {
      if (!isAway(error)) throw error;
      // A connection that fell silent would be as silent to whoever gets it next.
      void client.end?.().catch(() => undefined);
      throw Object.assign(new StoreBusy(), { cause: error });
    } finally {
      await runner.release();
    }
  }
}

const sqliteAt = (database: string): DataSource =>
  new DataSource({
    type: 'better-sqlite3',
    database,
    ...TABLES,
    migrationsRun: true,
    enableWAL: database !== IN_MEMORY,
    prepareDatabase: (connection: { pragma(text: string): unknown }) => {
      // Events refer to persons: a name must be as durable as the event that follows it.
      connection.pragma('synchronous = FULL');
      // Overwrites erased values with zeros instead of leaving them in free pages.
      connection.pragma('secure_delete = ON');
    },
  });
