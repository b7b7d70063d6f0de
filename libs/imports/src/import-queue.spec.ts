import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ImportJob, type OfficeDatabase } from '@app/access';
import {
  DeciderRunner,
  EventRegistry,
  MemoryEventStore,
  START,
  StoreBusy,
  defineEvents,
  stableId,
} from '@app/event-store';
import type { Actor, Decider, Message } from '@app/kernel';
import { officeEngines } from '@app/testing';
import { Logger } from '@nestjs/common';
import { filled, text } from './columns.js';
import { ImportCatalogue } from './import-catalogue.js';
import { ClaimLost, ImportHold } from './import-hold.js';
import { ImportJobs } from './import-jobs.js';
import { importKind } from './import-kind.js';
import { CLAIM_MS, ImportQueue } from './import-queue.js';

type NoteEvent = Message<'NoteTaken', { readonly title: string }>;
const noteDecider: Decider<boolean, { readonly title: string }, NoteEvent> = {
  initial: false,
  evolve: () => true,
  decide: ({ title }, taken) => (taken ? [] : [{ type: 'NoteTaken', data: { title } }]),
};
const registry = new EventRegistry([defineEvents<NoteEvent>({ NoteTaken: { version: 1, zh: '记', en: 'Noted' } })]);
const clerk: Actor = { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' };

const [, postgres] = officeEngines();
if (!postgres) throw new Error('PostgreSQL is needed');

/** An API process, as far as imports go. */
interface Process {
  readonly office: OfficeDatabase;
  readonly jobs: ImportJobs;
  /** Numbers of the rows it began. */
  readonly began: string[];
  /** What holds a row up, or fails it. */
  atRow: (number: string) => Promise<void> | void;
}

let folder: string;
let runner: DeciderRunner;
let store: MemoryEventStore;
let one: Process;
let other: Process;
let clock = 0;

const startProcess = async (): Promise<Process> => {
  const office = await postgres.open();
  const process: Process = { office, began: [], atRow: () => {} } as never;
  const kind = importKind({
    kind: 'notes',
    title: { zh: '示例记录', en: 'Notes' },
    columns: {
      number: text({ zh: '编号', en: 'Number', required: true }),
      title: text({ zh: '名称', en: 'Title', required: true }),
    },
    order: 1,
    identity: ({ number }) => [number],
    touches: () => ['all'],
    execute: async (row, { step }) => {
      process.began.push(row.number);
      await process.atRow(row.number);
      const context = step('take', filled(row));
      const result = await runner.run(noteDecider, `note-${stableId('note', context.commandId)}`, row, context);
      return result.events.length > 0 && !result.repeated;
    },
  });
  const files = { path: folder, uploadLimit: 100_000, evidenceLimit: 1 };
  return Object.assign(process, { jobs: new ImportJobs(office, new ImportCatalogue([kind]), files) });
};

beforeAll(postgres.start);
beforeEach(async () => {
  await postgres.clear();
  folder = mkdtempSync(join(tmpdir(), 'queue-'));
  store = new MemoryEventStore();
  runner = new DeciderRunner(store, registry);
  one = await startProcess();
  other = await startProcess();
  Logger.overrideLogger(false);
});
afterEach(async () => {
  for (const { jobs, office } of [one, other]) {
    await jobs.stop();
    if (office.dataSource.isInitialized) await office.close();
  }
  Logger.overrideLogger(['error']);
  rmSync(folder, { recursive: true });
});
afterAll(postgres.stop);

const submit = ({ jobs }: Process, ...numbers: readonly number[]): Promise<string> => {
  const body = Readable.from(Buffer.from(['编号,名称', ...numbers.map((number) => `${number},甲`)].join('\n')));
  clock += 1;
  return jobs.submit({ kind: 'notes', fileName: 'a.csv', body }, clerk, new Date(clock).toISOString());
};
const range = (length: number) => Array.from({ length }, (_, number) => number);
const stored = (id: string, { office }: Process = other) =>
  office.read((manager) => manager.findOneByOrFail(ImportJob, { id }));
const holderOf = async (id: string) => {
  const select = { id: true, holder: true, heldUntil: true } as const;
  return other.office.read((manager) => manager.findOneOrFail(ImportJob, { select, where: { id } }));
};
const until = async <Result>(what: () => Promise<Result>, isSo: (result: Result) => boolean): Promise<Result> => {
  for (;;) {
    const result = await what();
    if (isSo(result)) return result;
    await new Promise(setImmediate);
  }
};
const ended = (id: string) =>
  until(
    () => stored(id),
    ({ status }) => status === 'DONE' || status === 'FAILED',
  );

/** Holds a process up at a row: resolves once it is there, with how to let it go on. */
const heldAt = (process: Process, held: string) =>
  new Promise<() => void>((reached) => {
    process.atRow = (number) => (number === held ? new Promise<void>((goOn) => reached(goOn)) : undefined);
  });

/** As if the holder had been silent for long enough; one that is alive may not renew in between. */
const letClaimRunOut = (id: string) =>
  other.office.write((manager) =>
    manager.update(ImportJob, { id }, { holder: 'silent', heldUntil: new Date(0).toISOString() }),
  );

describe('import jobs of two processes', () => {
  it('each of many jobs is run by one process, to its end', async () => {
    const ids = await Promise.all(range(24).map((n) => submit(n % 2 ? one : other, n, n + 100)));
    await Promise.all([one.jobs.resume(), other.jobs.resume()]);
    const jobs = await Promise.all(ids.map(ended));
    expect(jobs).toEqual(jobs.map(() => expect.objectContaining({ status: 'DONE', attempts: 1, written: 2, done: 2 })));
    expect(one.began.length + other.began.length).toBe(48);
    await Promise.all([one.jobs.idle(), other.jobs.idle()]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a process takes what another took in and cannot run yet, the oldest first', async () => {
    const held = heldAt(one, '0');
    const first = await submit(one, 0);
    const goOn = await held;
    const waiting = [await submit(one, 1), await submit(one, 2), await submit(one, 3)];
    expect(await Promise.all(waiting.map(async (id) => (await stored(id)).status))).toEqual([
      'QUEUED',
      'QUEUED',
      'QUEUED',
    ]);
    await other.jobs.resume();
    await Promise.all(waiting.map(ended));
    expect(other.began).toEqual(['1', '2', '3']);
    goOn();
    await ended(first);
  });

  it('its progress is seen in the process that does not run it', async () => {
    const held = heldAt(one, '5');
    const id = await submit(one, ...range(10));
    const goOn = await held;
    const seen = await until(
      () => other.jobs.find(id),
      (job) => job?.done === 5,
    );
    expect(seen).toMatchObject({ status: 'RUNNING', total: 10, written: 5 });
    expect(seen).not.toHaveProperty('holder');
    expect(await other.jobs.list()).toMatchObject([{ id, status: 'RUNNING', done: 5 }]);
    goOn();
    await ended(id);
  });

  it('an orderly stop gives the job back at once, and counts as no try', async () => {
    await other.jobs.resume();
    const held = heldAt(one, '5');
    const id = await submit(one, ...range(10));
    const goOn = await held;
    const stopped = one.jobs.stop();
    goOn();
    await stopped;
    expect(one.began).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(await ended(id)).toMatchObject({ status: 'DONE', attempts: 1, done: 10, written: 4, unchanged: 6 });
  });

  it('one that falls silent is replaced; woken, it takes no further row and saves nothing', async () => {
    const held = heldAt(one, '5');
    const id = await submit(one, ...range(10));
    const goOn = await held;
    await letClaimRunOut(id);
    await other.jobs.resume();
    const done = await ended(id);
    expect(done).toMatchObject({ status: 'DONE', attempts: 2, done: 10, written: 5, unchanged: 5 });
    // It hears of it at the next renewal, which is due because it has something to tell.
    await until(
      () => one.jobs.find(id),
      (job) => job?.status === 'DONE',
    );
    goOn();
    await one.jobs.idle();
    expect(one.began).toEqual(['0', '1', '2', '3', '4', '5']);
    await other.jobs.idle();
    expect(await stored(id)).toEqual(done);
    expect(await store.readAll(START, 100)).toHaveLength(10);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('one whose office is gone is replaced within the time a claim stands', async () => {
    const held = heldAt(one, '5');
    const id = await submit(one, ...range(10));
    const goOn = await held;
    await one.office.dataSource.destroy();
    await other.jobs.resume();
    expect(await ended(id)).toMatchObject({ status: 'DONE', attempts: 2, written: 5, unchanged: 5 });
    goOn();
    await one.jobs.idle();
    expect(one.began).toHaveLength(6);
  });

  it('a job that a store keeps from going on rests, lets others pass, and is no failure', async () => {
    other.atRow = (number) => {
      if (number === '1' && other.began.length < 3) throw new StoreBusy();
    };
    const id = await submit(other, 0, 1, 2);
    const next = await submit(other, 7);
    expect(await ended(next)).toMatchObject({ status: 'DONE' });
    expect(await stored(id)).toMatchObject({ status: 'QUEUED', attempts: 0 });
    expect(await holderOf(id)).toMatchObject({ holder: null, heldUntil: expect.stringContaining('T') });
    await letClaimRunOut(id);
    await other.jobs.resume();
    expect(await ended(id)).toMatchObject({ status: 'DONE', attempts: 1, done: 3, written: 2, unchanged: 1 });
  });

  it('V-18: a job that silenced two processes is given up', async () => {
    const id = await submit(one, 0);
    await one.jobs.idle();
    const crash = { status: 'RUNNING', attempts: 2, holder: 'gone', heldUntil: new Date(0).toISOString() } as const;
    await one.office.write((manager) => manager.update(ImportJob, { id }, crash));
    await other.jobs.resume();
    expect(await ended(id)).toMatchObject({ status: 'FAILED', attempts: 2, problems: [{ rule: 'V-18' }] });
  });
});

describe('a claim', () => {
  const queueOf = ({ office }: Process) => new ImportQueue(office);
  const claimed = async () => {
    await one.jobs.stop();
    await other.jobs.stop();
    await submit(one, 0);
    const job = await queueOf(one).claim(new Date().toISOString());
    if (!job) throw new Error('nothing to claim');
    return job;
  };

  it('is one process’s, until it is given back, ended or silent', async () => {
    const job = await claimed();
    expect(await queueOf(other).claim('')).toBeUndefined();
    expect(await queueOf(other).keep(job)).toBe(false);
    expect(await queueOf(other).end(job)).toBe(false);
    await queueOf(other).giveBack(0);
    expect(await queueOf(one).keep({ ...job, done: 1 })).toBe(true);
    await letClaimRunOut(job.id);
    expect(await queueOf(other).claim('2024-03-01T08:00:00.000Z')).toMatchObject({ id: job.id, attempts: 2, done: 1 });
    expect(await queueOf(one).keep(job)).toBe(false);
    expect(await queueOf(one).end(job)).toBe(false);
    await queueOf(one).giveBack(0);
    expect((await holderOf(job.id)).holder).toBe(other.office.holder);
    expect(await queueOf(other).end({ ...job, status: 'DONE' })).toBe(true);
    expect(await queueOf(one).claim('')).toBeUndefined();
  });

  it('is won by one of 32 who ask at once', async () => {
    const job = await claimed();
    await queueOf(one).giveBack(0);
    const claims = await Promise.all(range(32).map((n) => queueOf(n % 2 ? one : other).claim('')));
    expect(claims.filter((won) => won?.id === job.id)).toHaveLength(1);
  });

  it('is not relied on by a process that was stalled for longer than it stands', async () => {
    const job = await claimed();
    const { signal } = new AbortController();
    const fresh = new ImportHold(queueOf(one), job, signal, performance.now());
    expect(() => fresh.throwIfAborted()).not.toThrow();
    await fresh.close();
    const stalled = new ImportHold(queueOf(one), job, signal, performance.now() - CLAIM_MS);
    expect(() => stalled.throwIfAborted()).toThrow(ClaimLost);
    await stalled.close();
  });
});
