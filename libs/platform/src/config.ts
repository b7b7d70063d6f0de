import { resolve } from 'node:path';

export interface Config {
  /** Folder of the log, the office data, the read models and uploaded files. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** EventStoreDB/KurrentDB connection string; SQLite in the data folder when absent. */
  readonly eventStoreUrl: string | undefined;
  /** Key that wraps the persons' keys; outside the data folder, so that a copied folder tells no names. */
  readonly masterKeyFile: string;
  readonly dashboardFolder: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Largest sheet to import, in bytes. */
  readonly uploadLimit: number;
  /** Largest file of evidence, in bytes. */
  readonly evidenceLimit: number;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the texts among the variables. */
const faultsOf = (env: Environment, { dataFolder, masterKeyFile, eventStoreUrl }: Config): string[] => {
  const level = env['LEDGER_LOG'];
  return [
    ...(level && !isLogLevel(level) ? [`LEDGER_LOG must be one of ${LOG_LEVELS.join(', ')}`] : []),
    ...(masterKeyFile.startsWith(`${dataFolder}/`) ? ['LEDGER_MASTER_KEY must lie outside LEDGER_DATA'] : []),
    ...(eventStoreUrl && !/^(esdb|kurrentdb)(\+discover)?:\/\//.test(eventStoreUrl)
      ? ['LEDGER_EVENTSTORE must start with esdb://']
      : []),
  ];
};

const isLogLevel = (text: string): text is Config['logLevel'] => (LOG_LEVELS as readonly string[]).includes(text);

/** Reads the whole configuration and names every wrong variable at once. Starts on SQLite with none set. */
export const loadConfig = (env: Environment): Config => {
  const errors: string[] = [];
  const whole = (name: string, fallback: number, limit: number): number => {
    const value = Number(env[name] ?? fallback);
    if (Number.isInteger(value) && value >= 0 && value <= limit) return value;
    errors.push(`${name} must be a whole number up to ${limit}`);
    return fallback;
  };
  const text = (name: string, fallback: string): string => env[name] ?? fallback;
  const logLevel = text('LEDGER_LOG', 'warn');
  const config: Config = {
    dataFolder: resolve(text('LEDGER_DATA', 'data')),
    host: text('HOST', '127.0.0.1'),
    port: whole('PORT', 3000, 65_535),
    eventStoreUrl: env['LEDGER_EVENTSTORE'],
    masterKeyFile: resolve(text('LEDGER_MASTER_KEY', '.keys/master.key')),
    dashboardFolder: resolve(text('LEDGER_DASHBOARD', 'dist/dashboard')),
    logLevel: isLogLevel(logLevel) ? logLevel : 'warn',
    uploadLimit: whole('LEDGER_UPLOAD_LIMIT', 50_000_000, 1_000_000_000),
    evidenceLimit: whole('LEDGER_EVIDENCE_LIMIT', 20_000_000, 200_000_000),
  };
  errors.push(...faultsOf(env, config));
  if (errors.length > 0) throw new Error(`configuration: ${errors.join('; ')}`);
  return config;
};
