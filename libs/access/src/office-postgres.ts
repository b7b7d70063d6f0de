import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions, QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/** The PostgreSQL that several processes share (共用数据库). */
export interface SharedOffice {
  /** `postgres://…`; the office is a SQLite file when absent. */
  readonly postgresUrl?: string | undefined;
  /** Connections at once, of each process. */
  readonly postgresPool?: number;
  /** A statement that takes longer is ended, and so is a transaction whose process fell silent; in milliseconds. */
  readonly statementTimeoutMs?: number;
  /** What this process calls itself. */
  readonly instance?: string;
}

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;
type Tables = Pick<PostgresOptions, 'entities' | 'migrations'>;

const SCHEMA = 'office';
const CONNECT_MS = 5_000;
/** How much longer than the server's own limit an answer is waited for: then the connection is dead. */
const SILENCE_MS = 5_000;
const logger = new Logger('Office');

/**
 * Opens the schema `office`, which is made where the role may, and brings its tables up to date: one process at a time, however many
 * start at once.
 * @throws Error in both languages when the server cannot be reached, or the role lacks what it needs
 */
export const openPostgres = async (office: SharedOffice, tables: Tables): Promise<DataSource> => {
  const guard = new DataSource({ ...optionsOf(office), poolSize: 1 });
  try {
    await guard.initialize();
    // Held until this connection closes.
    await guard.query("SELECT pg_advisory_lock(hashtextextended('transfer-ledger/office', 0))");
    await assertSchema(guard);
    return await new DataSource({ ...optionsOf(office), ...tables, migrationsRun: true }).initialize();
  } catch (error) {
    throw startError(error);
  } finally {
    if (guard.isInitialized) await guard.destroy();
  }
};

const optionsOf = ({ postgresUrl, postgresPool = 8, statementTimeoutMs = 15_000, instance }: SharedOffice) =>
  ({
    type: 'postgres',
    url: postgresUrl ?? '',
    poolSize: postgresPool,
    connectTimeoutMS: CONNECT_MS,
    applicationName: `ledger office ${instance ?? ''}`.trim(),
    installExtensions: false,
    // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
    poolErrorHandler: (error: Error) => logger.warn(`a connection to PostgreSQL was lost: ${error.message}`),
    extra: {
      options: `-c search_path=${SCHEMA}`,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs,
      ...(statementTimeoutMs > 0 ? { query_timeout: statementTimeoutMs + SILENCE_MS } : {}),
      keepAlive: true,
    },
  }) satisfies DataSourceOptions;

/** A role that may not create schemas is refused even `IF NOT EXISTS`, so the schema is looked for first. */
const assertSchema = async (guard: DataSource): Promise<void> => {
  const found: unknown[] = await guard.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [SCHEMA]);
  if (found.length === 0) await guard.query(`CREATE SCHEMA ${SCHEMA}`);
  const [current] = await guard.query('SELECT current_schema() AS name, current_user AS role');
  // A schema the role may not use is left out of the search path, and its tables would be made elsewhere or nowhere.
  if (current.name !== SCHEMA) throw new MissingRights(current.role);
};

class MissingRights extends Error {
  constructor(role: string, options?: ErrorOptions) {
    super(
      `PostgreSQL 角色“${role}”无权使用或建立模式“${SCHEMA}”：请由管理员执行 CREATE SCHEMA ${SCHEMA} AUTHORIZATION "${role}" / ` +
        `the PostgreSQL role "${role}" may neither use nor make the schema "${SCHEMA}": ` +
        `have an administrator run CREATE SCHEMA ${SCHEMA} AUTHORIZATION "${role}"`,
      options,
    );
  }
}

const startError = (error: unknown): unknown => {
  if (error instanceof MissingRights) return error;
  const { code, message } = causeOf(error);
  if (code === '42501') {
    return new Error(
      `PostgreSQL 角色在模式“${SCHEMA}”中的权限不足：请将该模式交其所有（ALTER SCHEMA ${SCHEMA} OWNER TO …） / ` +
        `the PostgreSQL role lacks rights in the schema "${SCHEMA}": make it the owner (ALTER SCHEMA ${SCHEMA} OWNER TO …): ${message}`,
      { cause: error },
    );
  }
  if (!isAway(error) && !/^(28|3D)/.test(code)) return error;
  return new Error(
    `无法连接 PostgreSQL（LEDGER_POSTGRES） / PostgreSQL cannot be reached (LEDGER_POSTGRES): ${message}`,
    {
      cause: error,
    },
  );
};

/** Connection lost, resources short, server starting or ending, time-outs, deadlocks, a standby: each passes, and nothing was decided. */
const PASSING =
  /^(08|53|57P0|57014|55P03|25P03|25006|40001|40P01|SQLITE_BUSY|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_|EHOST|ENET)/;
/** What the client says without a code. */
const BROKEN =
  /^(Connection terminated|timeout exceeded when|Query read timeout|Client (has|was)|Cannot use a pool after)/;

/** Whether the database could not be asked, or could not answer in time: the same may be asked again. */
export const isAway = (error: unknown): boolean => {
  const { code, message } = causeOf(error);
  return error instanceof QueryRunnerAlreadyReleasedError || PASSING.test(code) || BROKEN.test(message);
};

const causeOf = (error: unknown): { readonly code: string; readonly message: string } => {
  const { code, message } = Object(error instanceof QueryFailedError ? error.driverError : error);
  return { code: String(code ?? ''), message: String(message) };
};
