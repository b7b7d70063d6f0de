import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EventRegistry, SqliteEventStore } from '../../dist/libs/event-store/src/index.js';
import { eventCatalogues, projections } from '../../dist/libs/platform/src/index.js';
import { PostgresViews, SqliteViews, buildGeneration } from '../../dist/libs/read-model/src/index.js';
import { compare, rate } from './measure.mjs';
import { fill } from './seed.mjs';

const against = 'scan + JSON.parse of every row';

/** All read models from nothing, against reading and parsing the same rows. */
export const benchRebuild = async ({ folder, events, report }) => {
  report(`filling ${events} events …`);
  const data = join(folder, 'log');
  const store = SqliteEventStore.open(data);
  await fill(store, events);
  const scan = () => {
    const database = new Database(join(data, 'ledger.db'), { readonly: true });
    return rate(events, async () => {
      for (const row of database.prepare('SELECT * FROM events ORDER BY position').iterate()) {
        JSON.parse(row.data);
        JSON.parse(row.metadata);
      }
    }).finally(() => database.close());
  };
  const runs = events > 300_000 ? 1 : 3;
  const measure = (what, views, budget) => {
    report(`${what} …`);
    const ours = () => build(store, views(), events, report);
    return compare({ what, runs, ours, theirs: scan, ...budget, against });
  };
  const folderViews = () => {
    const path = join(folder, 'views');
    rmSync(path, { recursive: true, force: true });
    return new SqliteViews(path, projections);
  };
  const rows = [await measure('rebuild of all read models', folderViews, { atLeast: 0.15, goal: 0.4 })];
  rows.push(await onPostgres(measure));
  await store.close();
  return rows;
};

const onPostgres = async (measure) => {
  const { url, stop } = await startPostgres();
  const views = () => new PostgresViews({ url, pool: 2, statementTimeoutMs: 600_000, instance: 'bench' }, projections);
  try {
    return await measure('the same on PostgreSQL', views, { atLeast: 0.06, goal: 0.25 });
  } finally {
    await stop();
  }
};

const build = async (store, views, events, report) => {
  let most = 0;
  const building = () => (most = Math.max(most, process.memoryUsage.rss()));
  const registry = new EventRegistry(eventCatalogues);
  let name;
  const result = await rate(events, async () => {
    name = await buildGeneration({ store, registry, views, building });
  });
  report(`  ${Math.round(result)} events/s, at most ${Math.round(most / 2 ** 20)} MB resident`);
  const source = await views.openWriter(name);
  const [{ stopped }] = await source.query('SELECT COUNT("stoppedBy") AS "stopped" FROM "checkpoint"');
  await source.destroy();
  await views.close();
  if (Number(stopped) > 0) throw new Error(`${stopped} projections stopped`);
  return result;
};

/** A server of its own, which ends with this process (tools/postgres.mjs). */
const startPostgres = async () => {
  const child = spawn(process.execPath, ['tools/postgres.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error('PostgreSQL did not start')));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.stdin.end();
    });
  return { url, stop };
};
