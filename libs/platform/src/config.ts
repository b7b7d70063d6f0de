import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

export interface Config {
  /** Folder of the log, the office data, the read models and uploaded files. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** EventStoreDB/KurrentDB connection string; SQLite in the data folder when absent. */
  readonly eventStoreUrl: string | undefined;
  /** PostgreSQL for read models and office data; SQLite in the data folder when absent. */
  readonly postgresUrl: string | undefined;
  /** Connections for queries at once, of each process. */
  readonly postgresPool: number;
  /** A query that takes longer is ended, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Where the projection loop runs: among the requests, in a thread of its own, or in other processes (`apps/projector`). */
  readonly projector: (typeof PROJECTORS)[number];
  /** What this process calls itself in leases, logs and metrics. */
  readonly instance: string;
  /** How long the process still answers after it was told to stop and says that it is not ready, in milliseconds. */
  readonly drainMs: number;
  /** Folder of uploads and evidence; shared by all processes. */
  readonly filesFolder: string;
  /** Key that wraps the persons' keys; outside the data folder, so that a copied folder tells no names. */
  readonly masterKeyFile: string;
  readonly dashboardFolder: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Largest sheet to import, in bytes. */
  readonly uploadLimit: number;
  /** Largest file of evidence, in bytes. */
  readonly evidenceLimit: number;
}

const PROJECTORS = ['inside', 'thread', 'none'] as const;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable that is wrong, and why, in Chinese and English. */
export class WrongConfiguration extends Error {
  constructor(faults: readonly string[]) {
    super(`配置有误 configuration: ${faults.join('; ')}`);
    this.name = 'WrongConfiguration';
  }
}

/** Those of the ledger itself, and what the containers around it are told under the same prefix. */
const KNOWN =
  /^LEDGER_(DATA|MASTER_KEY(_FILE)?|EVENTSTORE|POSTGRES(_POOL)?|STATEMENT_TIMEOUT_MS|PROJECTOR(_PASSWORD)?|INSTANCE|DRAIN_MS|FILES|DASHBOARD|LOG|UPLOAD_LIMIT|EVIDENCE_LIMIT|PASSWORD|SCREENSHOTS|API_PASSWORD|DOMAIN|UPSTREAMS|IMAGE)$/;

/** Variables with our prefix that nobody reads: most likely misspelt, and then something else is in force than was meant. */
export const unknownVariables = (env: Environment): string[] =>
  Object.keys(env).filter((name) => name.startsWith('LEDGER_') && !KNOWN.test(name));

/** What is wrong with the texts among the variables. */
const faultsOf = (env: Environment, config: Config): string[] => {
  const { dataFolder, masterKeyFile, eventStoreUrl, postgresUrl } = config;
  const { LEDGER_LOG: level, LEDGER_PROJECTOR: projector } = env;
  return [
    ...(projector && !isProjector(projector)
      ? [`LEDGER_PROJECTOR 只能取 / must be one of ${PROJECTORS.join(', ')}`]
      : []),
    ...(postgresUrl && !/^postgres(ql)?:\/\//.test(postgresUrl)
      ? ['LEDGER_POSTGRES 须以此开头 / must start with postgres://']
      : []),
    ...(level && !isLogLevel(level) ? [`LEDGER_LOG 只能取 / must be one of ${LOG_LEVELS.join(', ')}`] : []),
    ...(masterKeyFile.startsWith(`${dataFolder}/`)
      ? ['LEDGER_MASTER_KEY 须在 LEDGER_DATA 之外 / must lie outside LEDGER_DATA']
      : []),
    ...(eventStoreUrl && !/^(esdb|kurrentdb)(\+discover)?:\/\//.test(eventStoreUrl)
      ? ['LEDGER_EVENTSTORE 须以此开头 / must start with esdb://']
      : []),
  ];
};

const isProjector = (text: string): text is Config['projector'] => (PROJECTORS as readonly string[]).includes(text);
const isLogLevel = (text: string): text is Config['logLevel'] => (LOG_LEVELS as readonly string[]).includes(text);

/** Reads the whole configuration and names every wrong variable at once. Starts on SQLite with none set. */
export const loadConfig = (given: Environment): Config => {
  // `NAME=` in a file of variables means that it is not set.
  const set = (name: string): string | undefined => given[name] || undefined;
  const errors: string[] = [];
  const whole = (name: string, fallback: number, limit: number, least = 0): number => {
    const value = Number(set(name) ?? fallback);
    if (Number.isInteger(value) && value >= least && value <= limit) return value;
    errors.push(`${name} 须为 ${least} 至 ${limit} 的整数 / must be a whole number from ${least} to ${limit}`);
    return fallback;
  };
  const text = (name: string, fallback: string): string => set(name) ?? fallback;
  const logLevel = text('LEDGER_LOG', 'warn');
  const projector = text('LEDGER_PROJECTOR', 'inside');
  const dataFolder = resolve(text('LEDGER_DATA', 'data'));
  const config: Config = {
    dataFolder,
    host: text('HOST', '127.0.0.1'),
    port: whole('PORT', 3000, 65_535),
    eventStoreUrl: set('LEDGER_EVENTSTORE'),
    postgresUrl: set('LEDGER_POSTGRES'),
    postgresPool: whole('LEDGER_POSTGRES_POOL', 8, 1_000, 1),
    statementTimeoutMs: whole('LEDGER_STATEMENT_TIMEOUT_MS', 15_000, 3_600_000, 100),
    projector: isProjector(projector) ? projector : 'inside',
    instance: text('LEDGER_INSTANCE', `${hostname()}:${process.pid}`),
    drainMs: whole('LEDGER_DRAIN_MS', 0, 600_000),
    filesFolder: resolve(text('LEDGER_FILES', join(dataFolder, 'files'))),
    masterKeyFile: resolve(text('LEDGER_MASTER_KEY', '.keys/master.key')),
    dashboardFolder: resolve(text('LEDGER_DASHBOARD', 'dist/dashboard')),
    logLevel: isLogLevel(logLevel) ? logLevel : 'warn',
    uploadLimit: whole('LEDGER_UPLOAD_LIMIT', 50_000_000, 1_000_000_000),
    evidenceLimit: whole('LEDGER_EVIDENCE_LIMIT', 20_000_000, 200_000_000),
  };
  errors.push(...faultsOf(given, config));
  if (errors.length > 0) throw new WrongConfiguration(errors);
  return config;
};
