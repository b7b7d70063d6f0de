import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EventRegistry, SqliteEventStore } from '../../dist/libs/event-store/src/index.js';
import { eventCatalogues, projections } from '../../dist/libs/platform/src/index.js';
import { embeddedReadModels } from '../../dist/libs/read-model/src/index.js';
import { compare, rate } from './measure.mjs';
import { fill } from './seed.mjs';

/** All read models from nothing, against reading and parsing the same rows. */
export const benchRebuild = async ({ folder, events, report }) => {
  report(`filling ${events} events …`);
  const data = join(folder, 'log');
  const store = SqliteEventStore.open(data);
  await fill(store, events);
  report('rebuild …');
  const ours = async () => {
    const views = join(folder, 'views');
    rmSync(views, { recursive: true, force: true });
    const readModels = embeddedReadModels(store, new EventRegistry(eventCatalogues), projections, views);
    const result = await rate(events, () => readModels.open());
    if (readModels.alarms.length > 0) throw new Error(JSON.stringify(readModels.alarms[0]));
    await readModels.close();
    return result;
  };
  const theirs = () => {
    const database = new Database(join(data, 'ledger.db'), { readonly: true });
    return rate(events, async () => {
      for (const row of database.prepare('SELECT * FROM events ORDER BY position').iterate()) {
        JSON.parse(row.data);
        JSON.parse(row.metadata);
      }
    }).finally(() => database.close());
  };
  const runs = events > 300_000 ? 1 : 3;
  const result = await compare({
    what: 'rebuild of all read models',
    runs,
    ours,
    theirs,
    atLeast: 0.15,
    goal: 0.4,
    against: 'scan + JSON.parse of every row',
  });
  await store.close();
  return [result];
};
