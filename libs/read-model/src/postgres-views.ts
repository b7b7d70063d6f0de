import { Socket } from 'node:net';
import { DataSource, type QueryRunner } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { isAway, isForbidden, isGone, isTimeout } from './engine-errors.js';
import { entitiesOf, positionOf, sortGenerations } from './generation.js';
import {
  type ClaimedDraft,
  claimDraft,
  compareByCodepoint,
  dropIndexes,
  endClaim,
  finish,
  generationsIn,
  rename,
  schemaOf,
} from './postgres-drafts.js';
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
/** After the server itself should have ended a statement. */
const SILENCE_MS = 2_000;
/** A writer waits no longer for one statement: its successor would wait as long for the lease. */
const WRITER_SILENCE_MS = 10_000;
/** A writer that stalls inside a transaction is cut off, so that it does not keep its successor waiting. */
const IDLE_IN_TRANSACTION_MS = 3_000;
/** How long a generation that is dropped may keep those waiting who read it. */
const LOCK_TIMEOUT_MS = 1_000;

/** Generations as schemas of one PostgreSQL database, for any number of processes. */
export class PostgresViews extends Views {
  /** Going back to a build of yesterday costs no rebuild. */
  readonly keepMs = { replaced: 10_000, orphans: 24 * 3_600_000 };
  private books: Promise<DataSource> | undefined;
  private claims: Promise<DataSource> | undefined;

  constructor(
    private readonly options: PostgresViewsOptions,
    projections: readonly Projection[],
  ) {
    super(projections);
  }

  async list(fingerprint?: string): Promise<readonly string[]> {
    return this.asking(async (source) => sortGenerations(await generationsIn(source), fingerprint));
  }

  openWriter(name: string): Promise<DataSource> {
    const settings = [`idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`];
    return this.open({ poolSize: 2 }, [`search_path=${schemaOf(name)}`, ...settings], WRITER_SILENCE_MS);
  }

  async openReader(name: string): Promise<Reader> {
    const { pool, statementTimeoutMs } = this.options;
    const settings = ['default_transaction_read_only=on', `statement_timeout=${statementTimeoutMs}`];
    const idle = `idle_in_transaction_session_timeout=${statementTimeoutMs}`;
    const schema = schemaOf(name);
    return new PostgresReader(
      name,
      await this.open(
        { poolSize: pool },
        [`search_path=${schema}`, ...settings, idle],
        statementTimeoutMs + SILENCE_MS,
      ),
    );
  }

  async draft(fingerprint: string): Promise<Draft> {
    await this.asking((books) => PostgresLease.note(books, fingerprint));
    const claim = (await this.openClaims()).createQueryRunner();
    try {
      const claimed = await claimDraft(claim, fingerprint);
      const source = await this.open({ poolSize: 1, synchronize: true }, [
        `search_path=${claimed.schema}`,
        'synchronous_commit=off',
      ]);
      await compareByCodepoint(source);
      return new PostgresDraft(claimed, claim, source, await dropIndexes(source));
    } catch (error) {
      await endClaim(claim);
      throw explained(error);
    }
  }

  /** Gives up soon when somebody reads it still: whoever comes after would wait behind us. */
  async remove(name: string): Promise<void> {
    await this.asking((source) =>
      source.transaction(async (manager) => {
        await manager.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
        await manager.query(`DROP SCHEMA IF EXISTS ${schemaOf(name)} CASCADE`);
      }),
    );
  }

  takeLease(fingerprint: string, holder: string): Promise<Lease | undefined> {
    return this.asking((source) => PostgresLease.take(source, fingerprint, holder));
  }

  orphanedForMs(fingerprint: string): Promise<number> {
    return this.asking((source) => PostgresLease.orphanedForMs(source, fingerprint));
  }

  async close(): Promise<void> {
    const opened = [this.books, this.claims];
    this.books = undefined;
    this.claims = undefined;
    for (const source of opened) await (await source?.catch(() => undefined))?.destroy();
  }

  private async asking<Answer>(ask: (source: DataSource) => Promise<Answer>): Promise<Answer> {
    try {
      return await ask(await this.openBooks());
    } catch (error) {
      throw explained(error);
    }
  }

  /** The connection for leases, names and drafts, beside those for rows. */
  private openBooks(): Promise<DataSource> {
    this.books ??= this.open(
      { poolSize: 4, entities: [] },
      [`search_path=${BOOKS}`, `statement_timeout=${CONNECT_TIMEOUT_MS}`],
      CONNECT_TIMEOUT_MS + SILENCE_MS,
    );
    // A first attempt that failed is not remembered: the server may come back.
    this.books.catch(() => {
      this.books = undefined;
    });
    return this.books;
  }

  /** A builder's claim is a session that says nothing while the draft is filled, however long that takes. */
  private openClaims(): Promise<DataSource> {
    this.claims ??= this.open({ poolSize: 2, entities: [] }, [`search_path=${BOOKS}`]);
    this.claims.catch(() => {
      this.claims = undefined;
    });
    return this.claims;
  }

  private async open(
    options: Partial<PostgresDataSourceOptions>,
    settings: readonly string[],
    silenceMs?: number,
  ): Promise<DataSource> {
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
      extra: {
        options: [...settings, 'jit=off'].map((setting) => `-c ${setting}`).join(' '),
        keepAlive: true,
        ...(silenceMs === undefined ? {} : { stream: () => listening(silenceMs) }),
      },
    });
    try {
      return await source.initialize();
    } catch (error) {
      throw explained(error);
    }
  }
}

/** A connection whose other end says nothing for so long is closed: a firewall that lost it never says so, and a query would wait for ever. */
const listening = (silenceMs: number): Socket => {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => socket.destroy(new Error('the connection fell silent')));
};

const NO_RIGHT =
  '数据库用户无权建立或删除读模型（需要 CREATE ON DATABASE，见 docker/postgres/roles.sql） / ' +
  'the database user may not make or drop read tables (CREATE ON DATABASE is needed; see docker/postgres/roles.sql)';

const explained = (error: unknown): unknown => {
  if (isForbidden(error)) return new Error(NO_RIGHT, { cause: error });
  return isAway(error) ? new ViewsAway(error) : error;
};

class PostgresDraft implements Draft {
  readonly name: string;

  constructor(
    private readonly claimed: ClaimedDraft,
    private readonly claim: QueryRunner,
    readonly source: DataSource,
    private readonly indexes: readonly string[],
  ) {
    this.name = claimed.name;
  }

  async publish(): Promise<void> {
    await finish(this.source, this.indexes);
    await this.source.destroy();
    await rename(this.claim, this.claimed);
    await endClaim(this.claim);
  }

  /** What cannot be dropped because its claim is lost is dropped by the next build. */
  async discard(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy().catch(() => undefined);
    if (this.claim.isReleased) return;
    await this.claim.query(`DROP SCHEMA IF EXISTS ${this.claimed.schema} CASCADE`).catch(() => undefined);
    await endClaim(this.claim);
  }
}

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
