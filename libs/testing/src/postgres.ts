import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { DataSource } from 'typeorm';

export interface PostgresServer {
  /** Of a database of its own, whose owner is a superuser. */
  readonly url: string;
  /** Another empty database on the same server, with further options of CREATE DATABASE. */
  database(options?: string): Promise<string>;
  stop(): Promise<void>;
}

/** A real PostgreSQL server on a free loopback port, for as long as this process lives at most. Needs nothing but `npm ci`. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const child = spawn(process.execPath, ['tools/postgres.mjs'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const maintenance = await urlOf(child);
  let made = 0;
  const database = async (options = '') => {
    made += 1;
    const name = `test${made}`;
    const source = await new DataSource({ type: 'postgres', url: maintenance }).initialize();
    await source.query(`CREATE DATABASE ${name} ${options}`);
    await source.destroy();
    return maintenance.replace(/postgres$/, name);
  };
  const stop = async () => {
    const ended = once(child, 'exit');
    child.stdin?.end();
    await ended;
  };
  return { url: await database(), database, stop };
};

const urlOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdout?.on('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
