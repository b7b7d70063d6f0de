import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresViews, type Projection, SqliteViews, type Views } from '@app/read-model';
import type { DataSource } from 'typeorm';
import { type PostgresServer, startPostgres } from './postgres.js';

export type ViewsEngine = 'SQLite' | 'PostgreSQL';
export const viewsEngines: readonly ViewsEngine[] = ['SQLite', 'PostgreSQL'];

/** Places for read tables on one engine, for the specs of a file. */
export class ViewsKit {
  private server: PostgresServer | undefined;
  private url = '';
  private folder = '';
  private readonly opened: Views[] = [];
  private readonly sources: DataSource[] = [];
  private reopen: (() => Promise<DataSource>) | undefined;

  constructor(readonly engine: ViewsEngine) {}

  /** Before all. */
  async start(): Promise<void> {
    if (this.engine === 'PostgreSQL') this.server = await startPostgres();
  }

  /** An empty place: a folder, or a database. Before each. */
  async empty(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'views-'));
    if (this.server) this.url = await this.server.database();
  }

  /** What one process would open on the place. */
  views(projections: readonly Projection[], statementTimeoutMs = 15_000): Views {
    const options = { url: this.url, pool: 4, statementTimeoutMs, instance: 'spec' };
    const views = this.server
      ? new PostgresViews(options, projections)
      : new SqliteViews(this.folder, projections, statementTimeoutMs);
    this.opened.push(views);
    return views;
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
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** After all. */
  async stop(): Promise<void> {
    await this.server?.stop();
  }
}
