import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OfficeDatabase, type SharedOffice } from '@app/access';
import { DataSource } from 'typeorm';
import { type PostgresServer, startPostgres } from './postgres.js';

/** Where an office can be kept, for suites that say the same of every engine. */
export interface OfficeEngine {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** Before all tests. */
  readonly start: () => Promise<void>;
  /** Of SQLite's file; empty for PostgreSQL, which has none. */
  readonly folder: () => string;
  /** Of the PostgreSQL, as the role that owns the schema alone; undefined for SQLite. */
  readonly url: () => string | undefined;
  /** Runs a statement as the administrator of PostgreSQL. */
  readonly administer: (statement: string) => Promise<unknown>;
  /** Forgets what was there. */
  readonly clear: () => Promise<void>;
  /** Opens the office; once more for another process that shares it (PostgreSQL). */
  readonly open: (options?: SharedOffice) => Promise<OfficeDatabase>;
  /** The files of the database as they lie on the disk, without PostgreSQL's write-ahead log. */
  readonly bytesOnDisk: () => Promise<Buffer>;
  /** After all tests. */
  readonly stop: () => Promise<void>;
}

const filesIn = (folder: string): Buffer =>
  Buffer.concat(readdirSync(folder).map((file) => readFileSync(join(folder, file))));

const sqlite = (): OfficeEngine => {
  let folder = '';
  const clear = async () => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'office-'));
  };
  return {
    name: 'SQLite',
    start: clear,
    folder: () => folder,
    url: () => undefined,
    administer: () => Promise.reject(new Error('SQLite has no administrator')),
    clear,
    open: (options) => OfficeDatabase.open(folder, options),
    bytesOnDisk: async () => filesIn(folder),
    stop: async () => rmSync(folder, { recursive: true }),
  };
};

/** What the API is given on a server of its own: no superuser, no right to make schemas, the owner of this one alone. */
const ROLE = 'ledger_api';

/** In a database that orders text as a dictionary does, not by code points. */
const postgres = (): OfficeEngine => {
  let server: PostgresServer;
  let admin: DataSource;
  let url: URL;
  const start = async () => {
    server = await startPostgres();
    const first = await new DataSource({ type: 'postgres', url: server.url }).initialize();
    await first.query("CREATE DATABASE office TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN'");
    await first.query(`CREATE ROLE ${ROLE} LOGIN`);
    await first.destroy();
    url = new URL(server.url);
    url.pathname = '/office';
    admin = await new DataSource({ type: 'postgres', url: url.href }).initialize();
    url.username = ROLE;
  };
  return {
    name: 'PostgreSQL',
    start,
    folder: () => '',
    url: () => url.href,
    administer: (statement) => admin.query(statement),
    clear: async () => {
      await admin.query('DROP SCHEMA IF EXISTS office CASCADE');
      await admin.query(`CREATE SCHEMA office AUTHORIZATION ${ROLE}`);
    },
    open: (options) => OfficeDatabase.open('', { postgresUrl: url.href, ...options }),
    bytesOnDisk: async () => {
      await admin.query('CHECKPOINT');
      const [{ data_directory: data }] = await admin.query('SHOW data_directory');
      const [{ oid }] = await admin.query('SELECT oid FROM pg_database WHERE datname = current_database()');
      return filesIn(join(data, 'base', String(oid)));
    },
    stop: async () => {
      await admin.destroy();
      await server.stop();
    },
  };
};

export const officeEngines = (): readonly OfficeEngine[] => [sqlite(), postgres()];
