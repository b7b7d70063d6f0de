import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDryRun } from '@app/event-store';
import { DataSource, type EntityManager } from 'typeorm';
import { EvidenceFile, ImportJob, Person, Setting, UserAccount } from './office.entity.js';
import { EvidenceFiles, OfficeTables } from './office.migration.js';
import { accessRule } from './policy.js';

const IN_MEMORY = ':memory:';

/**
 * The office data (`office.db`): what is not derived from events and so is migrated and backed up, never rebuilt. Users, settings,
 * persons, import jobs, files of evidence.
 */
export class OfficeDatabase {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(readonly dataSource: DataSource) {}

  static async open(folder: string): Promise<OfficeDatabase> {
    mkdirSync(folder, { recursive: true });
    return new OfficeDatabase(await dataSourceAt(join(folder, 'office.db')).initialize());
  }

  /** Office data that is forgotten on close, for dry runs and specs. */
  static async inMemory(): Promise<OfficeDatabase> {
    return new OfficeDatabase(await dataSourceAt(IN_MEMORY).initialize());
  }

  /**
   * Runs a change in a transaction of its own, after those asked for before it. All changes must come through here: on SQLite the data
   * source has one connection, and a statement from elsewhere would become part of whatever transaction is open.
   */
  write<Result>(change: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    if (isDryRun()) return Promise.reject(accessRule('A-15'));
    const result = this.last.then(() => this.dataSource.transaction(change));
    this.last = result.catch(() => undefined);
    return result;
  }

  async setting(key: string): Promise<string | undefined> {
    return (await this.dataSource.manager.findOneBy(Setting, { key }))?.value;
  }

  /** The value of a setting, which becomes `value` when there is none yet. */
  settingOrFirst(key: string, value: string): Promise<string> {
    return this.write(async (manager) => {
      await manager.createQueryBuilder().insert().into(Setting).values({ key, value }).orIgnore().execute();
      return (await manager.findOneByOrFail(Setting, { key })).value;
    });
  }

  /** Gives a setting a value in place of the one before. */
  async replaceSetting(key: string, value: string): Promise<void> {
    await this.write((manager) => manager.save(Setting, { key, value }));
  }

  /** Leaves no trace of overwritten values in the database's own log: what was erased is not to be read from the disk. */
  async scrub(): Promise<void> {
    await this.dataSource.query('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async close(): Promise<void> {
    await this.last;
    await this.dataSource.destroy();
  }
}

const dataSourceAt = (database: string): DataSource =>
  new DataSource({
    type: 'better-sqlite3',
    database,
    entities: [UserAccount, Setting, Person, ImportJob, EvidenceFile],
    migrations: [OfficeTables, EvidenceFiles],
    migrationsRun: true,
    enableWAL: database !== IN_MEMORY,
    prepareDatabase: (connection: { pragma(text: string): unknown }) => {
      // Events refer to persons: a name must be as durable as the event that follows it.
      connection.pragma('synchronous = FULL');
      // Overwrites erased values with zeros instead of leaving them in free pages.
      connection.pragma('secure_delete = ON');
    },
  });
