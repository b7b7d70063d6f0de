import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import {
  EVENTS_TABLE,
  INSERT_EVENT,
  SqliteEventStore,
  useLedgerPragmas,
} from '../../dist/libs/event-store/src/sqlite.adapter.js';
import { compare, rate } from './measure.mjs';

const COUNT = 2_000;
const data = {
  universityId: 'hnu',
  number: 'HNU-2023-0001',
  mode: 'LICENCE',
  assets: [{ assetId: 'a'.repeat(20), number: '201910699568X' }],
  feeFen: '12345600',
};
const metadata = {
  actor: { id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' },
  commandId: 'c'.repeat(64),
  inputHash: 'i'.repeat(64),
  correlationId: 'c'.repeat(64),
  source: 'bench',
};
const recordedAt = '2025-01-01T00:00:00.000Z';
const event = () => ({ id: randomUUID(), type: 'LicenceRecorded', version: 1, recordedAt, data, metadata });

/** Appends with so many writers in flight, each to its own stream. */
const appends = (folder, writers) => async (run) => {
  const store = SqliteEventStore.open(join(folder, `appends-${writers}-${run}`));
  let next = 0;
  const writer = async () => {
    while (next < COUNT) {
      const mine = next++;
      await store.append(`contract-${mine}`, [event()], 'none');
    }
  };
  const result = await rate(COUNT, () => Promise.all(Array.from({ length: writers }, writer)));
  await store.close();
  return result;
};

/** The naive way: one insert, one transaction, one fsync, on the same table with the same pragmas. */
const rawInserts = (folder) => async (run) => {
  const database = new Database(join(folder, `raw-${run}-${randomUUID()}.db`));
  useLedgerPragmas(database);
  database.exec(EVENTS_TABLE);
  const insert = database.prepare(INSERT_EVENT);
  const result = await rate(COUNT, async () => {
    for (let index = 0; index < COUNT; index += 1) {
      const { id, type, version } = event();
      insert.run(`contract-${index}`, 0, id, type, version, recordedAt, JSON.stringify(data), JSON.stringify(metadata));
    }
  });
  database.close();
  return result;
};

export const benchAppends = async ({ folder, report }) => {
  report('appends …');
  const theirs = rawInserts(folder);
  const against = 'one-insert transactions on better-sqlite3';
  return [
    await compare({
      what: 'durable appends, 64 in flight',
      ours: appends(folder, 64),
      theirs,
      atLeast: 2.5,
      goal: 4,
      against,
    }),
    await compare({
      what: 'durable appends, 256 in flight',
      ours: appends(folder, 256),
      theirs,
      atLeast: 3,
      goal: 5,
      against,
    }),
    await compare({ what: 'one append at a time', ours: appends(folder, 1), theirs, atLeast: 0.6, goal: 0.9, against }),
  ];
};
