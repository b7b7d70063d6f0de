// Adds a golden file for every stored event type and version that has none yet, from a log: node tools/golden.mjs <data folder>
// Existing files are never touched: what was stored once must stay readable.
import { existsSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';

const database = new Database(`${process.argv[2] ?? 'data'}/ledger.db`, { readonly: true });
for (const { type, version } of database.prepare('SELECT type, version FROM event_types').all()) {
  const path = `test/golden/events/${type}.v${version}.json`;
  if (existsSync(path)) continue;
  const row = database
    .prepare('SELECT * FROM events WHERE type = ? AND version = ? ORDER BY position LIMIT 1')
    .get(type, version);
  const { recorded_at: recordedAt, data, metadata, position, ...event } = row;
  const recorded = {
    ...event,
    recordedAt,
    position: position.toString(16).padStart(32, '0'),
    data: JSON.parse(data),
    metadata: JSON.parse(metadata),
  };
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(path);
}
