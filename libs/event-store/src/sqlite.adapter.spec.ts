import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEvent, describeEventStore } from '@app/testing';
import Database from 'better-sqlite3';
import { START } from './event-store.js';
import { SqliteEventStore, StoreLocked } from './sqlite.adapter.js';

const aFolder = () => mkdtempSync(join(tmpdir(), 'ledger-sqlite-'));

describeEventStore('sqlite', async () => {
  const folder = aFolder();
  let store = SqliteEventStore.open(folder);
  const reopen = async () => {
    await store.close();
    store = SqliteEventStore.open(folder);
    return store;
  };
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { store, reopen, close };
});

describe('sqlite event store', () => {
  let folder: string;
  beforeEach(() => {
    folder = aFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('refuses a second writer while the first lives, and admits it afterwards', async () => {
    const first = SqliteEventStore.open(folder);
    expect(() => SqliteEventStore.open(folder)).toThrow(StoreLocked);
    await first.close();
    await SqliteEventStore.open(folder).close();
  });

  it('lets an append that the table refuses fail alone, not the others of its group', async () => {
    const store = SqliteEventStore.open(folder);
    const taken = anEvent();
    await store.append('a', [taken], 'none');
    const group = [
      store.append('b', [anEvent()], 'none'),
      store.append('c', [taken], 'none'),
      store.append('b', [anEvent()], 0),
    ];
    const answers = await Promise.allSettled(group);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { name: 'Error' } });
    expect(await store.readStream('b')).toHaveLength(2);
    await store.close();
  });

  it('refuses what cannot be written as JSON before it shares a transaction', async () => {
    const store = SqliteEventStore.open(folder);
    const unwritable = { ...anEvent(), data: { fen: 1n } as never };
    const answers = await Promise.allSettled([
      store.append('a', [anEvent()], 'none'),
      store.append('b', [unwritable], 'none'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await store.close();
  });

  it('leaves no lock behind when the writer is killed', () => {
    const script = `
      const Database = require('better-sqlite3');
      const lock = new Database(${JSON.stringify(join(folder, 'ledger.lock'))});
      lock.exec('BEGIN EXCLUSIVE');
      process.kill(process.pid, 'SIGKILL');`;
    expect(() => execFileSync(process.execPath, ['-e', script], { cwd: process.cwd(), stdio: 'ignore' })).toThrow();
    expect(() => SqliteEventStore.open(folder)).not.toThrow();
  });

  it('is read beside its writer, and cannot be written there', async () => {
    const writer = SqliteEventStore.open(folder);
    await writer.append('contract-1', [anEvent()], 'none');
    const reader = SqliteEventStore.openReadOnly(folder);
    expect(reader.storeId).toBe(writer.storeId);
    expect(await reader.readAll(START, 10)).toHaveLength(1);
    await expect(reader.append('contract-2', [anEvent()], 'none')).rejects.toThrow();
    await reader.close();
    await writer.close();
  });

  it('refuses to change or delete an event even by SQL', async () => {
    const store = SqliteEventStore.open(folder);
    await store.append('contract-1', [anEvent()], 'none');
    await store.close();
    const database = new Database(join(folder, 'ledger.db'));
    expect(() => database.exec("UPDATE events SET type = 'x'")).toThrow('never changed');
    expect(() => database.exec('DELETE FROM events')).toThrow('never deleted');
    database.close();
  });

  it('answers each append of a shared transaction by itself', async () => {
    const store = SqliteEventStore.open(folder);
    const [won, lost] = [anEvent(), anEvent()];
    const outcomes = await Promise.allSettled([
      store.append('contract-1', [won], 'none'),
      store.append('contract-1', [lost], 'none'),
      store.append('contract-1', [won], 'none'),
      store.append('contract-2', [anEvent()], 'none'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await store.readAll(START, 10)).toHaveLength(2);
    await store.close();
  });

  it('refuses a flood instead of queueing without end', async () => {
    const store = SqliteEventStore.open(folder);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10_050 }, (_, index) => store.append(`contract-${index}`, [anEvent()], 'none')),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(50);
    await store.close();
  });
});
