import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresViews, type Projection, SqliteViews, type Views } from '@app/read-model';
import { DataSource } from 'typeorm';
import { type PostgresServer, startPostgres } from './postgres.js';

export type ViewsEngine = 'SQLite' | 'PostgreSQL';
export const viewsEngines: readonly ViewsEngine[] = ['SQLite', 'PostgreSQL'];

/** The connection of one process to PostgreSQL, which can be cut. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private isUp = true;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (near) => {
      if (!this.isUp) return near.destroy();
      const far = connect(Number(target.port), target.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.pipe(other);
        one
          .on('error', () => undefined)
          .on('close', () => {
            this.sockets.delete(one);
            other.destroy();
          });
      }
      return undefined;
    });
  }

  static async to(url: string): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Wire(server, new URL(url));
  }

  get url(): string {
    const url = new URL(this.target);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Cuts every connection; the next finds the server as it was. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** The connections there are stay open and carry nothing any more, as when a firewall forgets them; new ones work. */
  silence(): void {
    for (const socket of this.sockets) {
      socket.unpipe();
      socket.on('data', () => undefined);
    }
  }

  /** Until `up`, every connection is cut and none is made. */
  down(): void {
    this.isUp = false;
    this.cut();
  }

  up(): void {
    this.isUp = true;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Places for read tables on one engine, for the specs of a file. */
export class ViewsKit {
  private server: PostgresServer | undefined;
  private url = '';
  /** Of SQLite's files. */
  folder = '';
  private readonly wires: Wire[] = [];
  private readonly opened: Views[] = [];
  private readonly sources: DataSource[] = [];
  private reopen: (() => Promise<DataSource>) | undefined;

  constructor(readonly engine: ViewsEngine) {}

  /** Before all. */
  async start(): Promise<void> {
    if (this.engine === 'PostgreSQL') this.server = await startPostgres();
  }

  /** An empty place: a folder, or a database with options of its own. Before each. */
  async empty(options = ''): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'views-'));
    if (this.server) this.url = await this.server.database(options);
  }

  /** What one process would open on the place. */
  views(projections: readonly Projection[], statementTimeoutMs = 15_000, url = this.url): Views {
    const options = { url, pool: 4, statementTimeoutMs, instance: 'spec' };
    const views = this.server
      ? new PostgresViews(options, projections)
      : new SqliteViews(this.folder, projections, statementTimeoutMs);
    this.opened.push(views);
    return views;
  }

  /** A connection of PostgreSQL for one process. */
  async wire(): Promise<Wire> {
    const wire = await Wire.to(this.url);
    this.wires.push(wire);
    return wire;
  }

  /** Runs a statement as the administrator of PostgreSQL. */
  async administer(statement: string, parameters: readonly unknown[] = []): Promise<Array<Record<string, unknown>>> {
    const source = await new DataSource({ type: 'postgres', url: this.url }).initialize();
    try {
      return await source.query(statement, [...parameters]);
    } finally {
      await source.destroy();
    }
  }

  /** The database's URL for another role. */
  urlOf(role: string): string {
    const url = new URL(this.url);
    url.username = role;
    return url.href;
  }

  /** PostgreSQL loses a process and starts all over, as after a crash: every session ends. */
  async crash(): Promise<void> {
    const source = await new DataSource({ type: 'postgres', url: this.url, poolErrorHandler: () => {} }).initialize();
    const [{ pid }] = await source.query('SELECT pg_backend_pid() AS pid');
    process.kill(pid, 'SIGKILL');
    await source.destroy();
  }

  /** An empty generation, opened for its writer. */
  async writer(projections: readonly Projection[], fingerprint = '000000000000'): Promise<DataSource> {
    const views = this.views(projections);
    const draft = await views.draft(fingerprint);
    await draft.publish();
    this.reopen = () => views.openWriter(draft.name);
    return this.another();
  }

  /** The same generation, opened by another writer. */
  async another(): Promise<DataSource> {
    if (!this.reopen) throw new Error('there is no generation yet');
    const source = await this.reopen();
    this.sources.push(source);
    return source;
  }

  /** After each. */
  async clear(): Promise<void> {
    for (const source of this.sources.splice(0)) if (source.isInitialized) await source.destroy();
    for (const views of this.opened.splice(0)) await views.close();
    for (const wire of this.wires.splice(0)) await wire.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** After all. */
  async stop(): Promise<void> {
    await this.server?.stop();
  }
}
