import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { isAway, isGone, isTimeout } from './engine-errors.js';
import { entitiesOf, nextName, positionOf, sortGenerations } from './generation.js';
import { BOOKS, PostgresLease } from './postgres-lease.js';
import type { Projection } from './projection.js';
import { type Draft, type Lease, ReadTimeout, type Reader, type SnapshotQuery, Views, ViewsAway } from './views.js';

interface PostgresViewsOptions {
  readonly url: string;
  /** Connections for queries. */
  readonly pool: number;
  readonly statementTimeoutMs: number;
  /** Shown by the server among its connections. */
  readonly instance: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** A writer that stalls inside a transaction is cut off, so that it does not keep its successor waiting. */
const IDLE_IN_TRANSACTION_MS = 3_000;
/** Granted to whoever only reads, where the administrator made it (docker/postgres/roles.sql). */
const READER_ROLE = 'ledger_reader';
/** `g_<fingerprint>_<n>`; what is still being built begins with `d_` and is renamed when it is whole. */
const PUBLISHED = 'g_';
const DRAFT = 'd_';

/** Generations as schemas of one PostgreSQL database, for any number of processes. */
export class PostgresViews extends Views {
  /** Going back to a build of yesterday costs no rebuild. */
  readonly keepMs = { replaced: 10_000, orphans: 24 * 3_600_000 };
  private books: Promise<DataSource> | undefined;

  constructor(
    private readonly options: PostgresViewsOptions,
    projections: readonly Projection[],
  ) {
    super(projections);
  }

  async list(fingerprint?: string): Promise<readonly string[]> {
    return this.asking(async (source) => sortGenerations(await schemasIn(source, PUBLISHED), fingerprint));
  }

  openWriter(name: string): Promise<DataSource> {
    const settings = [`idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`];
    return this.open({ poolSize: 2 }, [`search_path=${schemaOf(PUBLISHED, name)}`, ...settings]);
  }

  async openReader(name: string): Promise<Reader> {
    const { pool, statementTimeoutMs } = this.options;
    const settings = ['default_transaction_read_only=on', `statement_timeout=${statementTimeoutMs}`];
    const idle = `idle_in_transaction_session_timeout=${statementTimeoutMs}`;
    const schema = schemaOf(PUBLISHED, name);
    return new PostgresReader(name, await this.open({ poolSize: pool }, [`search_path=${schema}`, ...settings, idle]));
  }

  async draft(fingerprint: string): Promise<Draft> {
    const books = await this.openBooks();
    const claim = books.createQueryRunner();
    try {
      const name = await this.claimDraft(claim, fingerprint);
      const source = await this.open({ poolSize: 1, synchronize: true }, [
        `search_path=${schemaOf(DRAFT, name)}`,
        'synchronous_commit=off',
      ]);
      await compareByCodepoint(source);
      const indexes = await dropIndexes(source);
      const discard = async () => {
        if (source.isInitialized) await source.destroy();
        if (claim.isReleased) return;
        await claim.query(`DROP SCHEMA IF EXISTS ${schemaOf(DRAFT, name)} CASCADE`).catch(() => undefined);
        await endClaim(claim);
      };
      const publish = async () => {
        await finish(source, indexes);
        await source.transaction((manager) => rename(manager, name));
        await source.destroy();
        await endClaim(claim);
      };
      return { name, source, publish, discard };
    } catch (error) {
      await endClaim(claim);
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await this.asking((source) => source.query(`DROP SCHEMA IF EXISTS ${schemaOf(PUBLISHED, name)} CASCADE`));
  }

  takeLease(fingerprint: string, holder: string): Promise<Lease | undefined> {
    return this.asking((source) => PostgresLease.take(source, fingerprint, holder));
  }

  orphanedForMs(fingerprint: string): Promise<number> {
    return this.asking((source) => PostgresLease.orphanedForMs(source, fingerprint));
  }

  async close(): Promise<void> {
    const source = await this.books?.catch(() => undefined);
    this.books = undefined;
    await source?.destroy();
  }

  /** The draft's name, claimed for as long as the runner's session lives; the drafts that builders left who died are dropped. */
  private async claimDraft(claim: QueryRunner, fingerprint: string): Promise<string> {
    const left = await schemasIn(claim, DRAFT);
    for (const name of left) {
      if (!(await lock(claim, name))) continue;
      await claim.query(`DROP SCHEMA IF EXISTS ${schemaOf(DRAFT, name)} CASCADE`);
      await unlock(claim, name);
    }
    for (;;) {
      const taken = [...(await schemasIn(claim, PUBLISHED)), ...(await schemasIn(claim, DRAFT))];
      const name = nextName(fingerprint, taken);
      if (!(await lock(claim, name))) continue;
      const made = await claim.query(`CREATE SCHEMA ${schemaOf(DRAFT, name)}`).then(
        () => true,
        () => false,
      );
      if (made) return name;
      await unlock(claim, name);
      if ((await schemasIn(claim, DRAFT)).length === 0) throw new Error(NO_RIGHT);
    }
  }

  private async asking<Answer>(ask: (source: DataSource) => Promise<Answer>): Promise<Answer> {
    try {
      return await ask(await this.openBooks());
    } catch (error) {
      throw isAway(error) ? new ViewsAway(error) : error;
    }
  }

  /** The connection for leases, names and drafts, beside those for rows. */
  private openBooks(): Promise<DataSource> {
    this.books ??= this.open({ poolSize: 4, entities: [] }, [
      `search_path=${BOOKS}`,
      `statement_timeout=${CONNECT_TIMEOUT_MS}`,
    ]);
    // A first attempt that failed is not remembered: the server may come back.
    this.books.catch(() => {
      this.books = undefined;
    });
    return this.books;
  }

  private async open(options: Partial<PostgresDataSourceOptions>, settings: readonly string[]): Promise<DataSource> {
    const source = new DataSource({
      entities: entitiesOf(this.projections) as never,
      ...options,
      type: 'postgres',
      url: this.options.url,
      applicationName: `ledger ${this.options.instance}`.slice(0, 63),
      installExtensions: false,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      // A lost idle connection is replaced by the pool; a query that meets one says so itself.
      poolErrorHandler: () => undefined,
      extra: { options: [...settings, 'jit=off'].map((setting) => `-c ${setting}`).join(' '), keepAlive: true },
    });
    try {
      return await source.initialize();
    } catch (error) {
      throw isAway(error) ? new ViewsAway(error) : error;
    }
  }
}

const NO_RIGHT =
  '数据库用户无权建立模式（需要 CREATE ON DATABASE） / the database user may not create schemas (CREATE ON DATABASE is needed)';

/** Queries run on the server; each in a read-only snapshot of its own. */
class PostgresReader implements Reader {
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    readonly name: string,
    private readonly source: DataSource,
  ) {}

  async read<Result>(query: SnapshotQuery<Result>): Promise<Result> {
    const answer = this.source.transaction('REPEATABLE READ', async (manager) =>
      query(manager, await positionOf(manager)),
    );
    const settled = answer.catch(() => undefined).finally(() => this.running.delete(settled));
    this.running.add(settled);
    try {
      return await answer;
    } catch (error) {
      if (isTimeout(error)) throw new ReadTimeout(error);
      throw isAway(error) || isGone(error) ? new ViewsAway(error) : error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.running);
    await this.source.destroy();
  }
}

const schemaOf = (kind: string, name: string): string => `"${kind}${name.replace('-', '_')}"`;

type Asked = Pick<DataSource, 'query'>;

const schemasIn = async (source: Asked, kind: string): Promise<string[]> => {
  const rows: Array<{ nspname: string }> = await source.query(
    `SELECT nspname FROM pg_namespace WHERE nspname ~ '^${kind}[0-9a-f]{12}_[0-9]+$'`,
  );
  return rows.map(({ nspname }) => nspname.slice(kind.length).replace('_', '-'));
};

const lock = async (runner: QueryRunner, name: string): Promise<boolean> => {
  const [row] = await runner.query(`SELECT pg_try_advisory_lock(hashtextextended('ledger draft ' || $1, 0)) AS got`, [
    name,
  ]);
  return row.got;
};

const unlock = (runner: QueryRunner, name: string): Promise<unknown> =>
  runner.query(`SELECT pg_advisory_unlock(hashtextextended('ledger draft ' || $1, 0))`, [name]);

const endClaim = async (claim: QueryRunner): Promise<void> => {
  if (claim.isReleased) return;
  await claim.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
  await claim.release();
};

/** Text compares as it does on SQLite, whatever the database's own order is: lists and cursors are the same on both engines. */
const compareByCodepoint = async (source: DataSource): Promise<void> => {
  for (const { tableName, columns } of source.entityMetadatas) {
    const texts = columns.filter(({ type }) => type === 'varchar' || type === 'text');
    const changes = texts.map(({ databaseName, type }) => `ALTER "${databaseName}" TYPE ${String(type)} COLLATE "C"`);
    if (changes.length > 0) await source.query(`ALTER TABLE "${tableName}" ${changes.join(', ')}`);
  }
};

/** Takes away every index but the keys while a draft is filled; answers how to make them again. */
const dropIndexes = async (source: DataSource): Promise<string[]> => {
  const indexes: Array<{ indexname: string; indexdef: string }> = await source.query(
    `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
      AND NOT EXISTS (SELECT 1 FROM pg_constraint
        WHERE conname = indexname AND connamespace = current_schema()::regnamespace)`,
  );
  for (const { indexname } of indexes) await source.query(`DROP INDEX "${indexname}"`);
  return indexes.map(({ indexdef }) => indexdef);
};

const finish = async (source: DataSource, indexes: readonly string[]): Promise<void> => {
  for (const index of indexes) await source.query(index);
  await source.query('ANALYZE');
};

/** The one step in which a draft becomes visible, with the right to read it. */
const rename = async (manager: EntityManager, name: string): Promise<void> => {
  const [draft, published] = [schemaOf(DRAFT, name), schemaOf(PUBLISHED, name)];
  await manager.query('SET LOCAL synchronous_commit = on');
  const [reader] = await manager.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [READER_ROLE]);
  if (reader) {
    await manager.query(`GRANT USAGE ON SCHEMA ${draft} TO ${READER_ROLE}`);
    await manager.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${draft} TO ${READER_ROLE}`);
  }
  await manager.query(`ALTER SCHEMA ${draft} RENAME TO ${published}`);
};
