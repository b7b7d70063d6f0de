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
  /** Largest upload in bytes. */
  readonly uploadLimit: number;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the whole configuration and names every wrong variable at once. Starts on SQLite with none set. */
export const loadConfig = (env: Environment): Config => {
  const errors: string[] = [];
  const whole = (name: string, fallback: number, limit: number): number => {
    const value = Number(env[name] ?? fallback);
    if (Number.isInteger(value) && value >= 0 && value <= limit) return value;
    errors.push(`${name} must be a whole number up to ${limit}`);
    return fallback;
  };
  const logLevel = LOG_LEVELS.find((level) => level === (env['LEDGER_LOG'] ?? 'warn'));
  if (!logLevel) errors.push(`LEDGER_LOG must be one of ${LOG_LEVELS.join(', ')}`);
  const dataFolder = resolve(env['LEDGER_DATA'] ?? 'data');
  const masterKeyFile = resolve(env['LEDGER_MASTER_KEY'] ?? '.keys/master.key');
  if (masterKeyFile.startsWith(`${dataFolder}/`)) errors.push('LEDGER_MASTER_KEY must lie outside LEDGER_DATA');
  const eventStoreUrl = env['LEDGER_EVENTSTORE'];
  if (eventStoreUrl && !/^(esdb|kurrentdb)(\+discover)?:\/\//.test(eventStoreUrl))
    errors.push('LEDGER_EVENTSTORE must start with esdb://');
  const config: Config = {
    dataFolder,
    host: env['HOST'] ?? '127.0.0.1',
    port: whole('PORT', 3000, 65_535),
    eventStoreUrl,
    masterKeyFile,
    dashboardFolder: resolve(env['LEDGER_DASHBOARD'] ?? 'dist/dashboard'),
    logLevel: logLevel ?? 'warn',
    uploadLimit: whole('LEDGER_UPLOAD_LIMIT', 50_000_000, 1_000_000_000),
  };
  if (errors.length > 0) throw new Error(`configuration: ${errors.join('; ')}`);
  return config;
};
