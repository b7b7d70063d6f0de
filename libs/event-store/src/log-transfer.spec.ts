import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { anEvent, contractPrefixes, startEventStoreDbServer } from '@app/testing';
import * as fc from 'fast-check';
import { EventRegistry } from './event-registry.js';
import { type EventStore, type JsonObject, START, UnknownOutcome } from './event-store.js';
import { EventStoreDbStore } from './eventstoredb.adapter.js';
import { type LogHeader, LogFileDamaged, readLogFile } from './log-file.js';
import { exportLog, importLog, NotThisLog, summaryOf } from './log-transfer.js';
import { MemoryEventStore } from './memory.adapter.js';
import { SqliteEventStore } from './sqlite.adapter.js';

const exportedAt = '2025-03-02T00:00:00.000Z';
const registry = new EventRegistry([{ ContractLodged: { version: 1, zh: '示例', en: 'sample' } }]);
const options = { streamPrefixes: contractPrefixes, registry };

/** What JSON can hold and stores might spoil. */
const awkward: readonly JsonObject[] = [
  JSON.parse('{"__proto__":{"a":1},"10":0,"9":1,"z":null,"a":[1e21,1e-7,-0.5,9007199254740993]}') as JsonObject,
  { half: '\ud83d', line: 'a\nb\u2028', nul: '\0', text: '“转化” 😀', empty: {}, list: [[]] },
  {},
];

/** A log whose streams are interleaved, with runs of one stream among them. */
const fill = async (store: EventStore, count = 60): Promise<void> => {
  const lengths = new Map<string, number>();
  for (let number = 0; number < count; number += 1) {
    const stream = `contract-${(number * number) % 7}`;
    const run = Array.from({ length: 1 + (number % 3) }, () =>
      anEvent(awkward[number % awkward.length] ?? {}, 'ContractLodged'),
    );
    const length = lengths.get(stream) ?? 0;
    await store.append(stream, run, length === 0 ? 'none' : length - 1);
    lengths.set(stream, length + run.length);
  }
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moving-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const linesIn = (name: string) => readFileSync(path(name), 'utf8').split('\n');

describe('a log that moves from SQLite', () => {
  const exported = async (name = 'log.jsonl', count?: number) => {
    const sqlite = SqliteEventStore.open(path('data'));
    if ((await sqlite.head()) === START) await fill(sqlite, count);
    const manifest = await exportLog(sqlite, path(name), { exportedAt });
    const { storeId } = sqlite;
    await sqlite.close();
    return { ...manifest, storeId };
  };

  it('to EventStoreDB, by way of a compressed file, and from there on, comes to the same', async () => {
    const { events, streams, sha256 } = await exported('log.jsonl.gz');
    const server = await startEventStoreDbServer();
    const cluster = await EventStoreDbStore.connect(server.connectionString, options);
    const moved = await importLog(cluster, path('log.jsonl.gz'), options);
    expect(moved).toMatchObject({ events, streams, sha256, found: 0, written: events, head: await cluster.head() });
    expect({ events, streams }).toEqual({ events: 120, streams: 4 });
    expect(await exportLog(cluster, path('back.jsonl'), { exportedAt })).toMatchObject({ events, streams, sha256 });
    const memory = new MemoryEventStore();
    await importLog(memory, path('back.jsonl'), options);
    expect(await summaryOf(memory)).toEqual({ events, streams, sha256 });
    expect(
      gunzipSync(readFileSync(path('log.jsonl.gz')))
        .toString()
        .split('\n')
        .slice(1, -2),
    ).toEqual(linesIn('back.jsonl').slice(1, -2));
    await cluster.close();
    await server.stop();
  });

  it('to SQLite, many appends at once, keeps its order', async () => {
    const { sha256 } = await exported();
    const other = SqliteEventStore.open(path('other'));
    expect(await importLog(other, path('log.jsonl'), { ...options, appendsAtOnce: 200 })).toMatchObject({ sha256 });
    await other.close();
  });

  it('says where it comes from and keeps the instants of recording', async () => {
    const { storeId } = await exported();
    const [first = '', second = ''] = linesIn('log.jsonl');
    expect(JSON.parse(first) as LogHeader).toMatchObject({ format: 'transfer-ledger-log/1', storeId, exportedAt });
    expect(JSON.parse(second)).toMatchObject({ n: 0, recordedAt: '2025-03-01T02:03:04.005Z', revision: 0 });
    expect(second).not.toContain('position');
  });

  it('is written beside its writer, up to where it ended then, under its name only when whole', async () => {
    const writer = SqliteEventStore.open(path('data'));
    await fill(writer, 600);
    const reader = SqliteEventStore.openReadOnly(path('data'));
    let seen: string[] = [];
    const report = () => {
      if (seen.length > 0) return;
      seen = readdirSync(folder);
      void writer.append('contract-late', [anEvent()], 'none');
    };
    const { events } = await exportLog(reader, path('log.jsonl'), { exportedAt, report });
    expect({ events, seen }).toEqual({ events: 1200, seen: ['data', 'log.jsonl.part'] });
    expect(readdirSync(folder)).toEqual(['data', 'log.jsonl']);
    await expect(exportLog(reader, path('log.jsonl'), { exportedAt })).rejects.toThrow('not overwritten');
    await reader.close();
    await writer.close();
  });

  it('may be empty', async () => {
    await exported('empty.jsonl', 0);
    const memory = new MemoryEventStore();
    expect(await importLog(memory, path('empty.jsonl'), options)).toMatchObject({ events: 0, written: 0, head: START });
  });

  it('leaves nothing behind when the export fails', async () => {
    const memory = new MemoryEventStore();
    await fill(memory);
    jest.spyOn(memory, 'readAll').mockRejectedValue(new Error('the disk'));
    await expect(exportLog(memory, path('log.jsonl'), { exportedAt })).rejects.toThrow('the disk');
    expect(existsSync(path('log.jsonl.part'))).toBe(false);
  });
});

describe('a file that is not as it was exported', () => {
  let lines: string[];
  let target: MemoryEventStore;
  beforeEach(async () => {
    const memory = new MemoryEventStore();
    await fill(memory, 12);
    await exportLog(memory, path('log.jsonl'), { exportedAt });
    await exportLog(memory, path('log.jsonl.gz'), { exportedAt });
    lines = linesIn('log.jsonl');
    target = new MemoryEventStore();
  });

  const isRefused = async (content: string | Buffer, name = 'bad.jsonl') => {
    writeFileSync(path(name), content);
    await expect(importLog(target, path(name), options)).rejects.toThrow(LogFileDamaged);
    expect(await target.head()).toBe(START);
  };
  const changed = (change: (lines: string[]) => unknown): string => {
    change(lines);
    return lines.join('\n');
  };

  it('is refused wherever one bit is flipped', async () => {
    const whole = readFileSync(path('log.jsonl'));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        await isRefused(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused wherever it is cut', async () => {
    const whole = readFileSync(path('log.jsonl'));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => isRefused(whole.subarray(0, length))),
      { numRuns: 100 },
    );
    const endsOfLines = lines.slice(0, -1).map((_, index) => lines.slice(0, index).join('\n'));
    for (const content of endsOfLines) await isRefused(content && `${content}\n`);
  });

  it('is refused when the compressed file is cut or altered', async () => {
    const whole = readFileSync(path('log.jsonl.gz'));
    await isRefused(whole.subarray(0, whole.length - 20), 'cut.jsonl.gz');
    await isRefused(Buffer.concat([whole.subarray(0, 200), Buffer.alloc(40), whole.subarray(240)]), 'bad.jsonl.gz');
  });

  it.each([
    ['two lines swapped', (all: string[]) => all.splice(3, 2, all[4] ?? '', all[3] ?? '')],
    ['a line twice', (all: string[]) => all.splice(3, 0, all[3] ?? '')],
    ['a line missing', (all: string[]) => all.splice(3, 1)],
    ['a line of nothing', (all: string[]) => all.splice(3, 0, '')],
    ['another line at the end', (all: string[]) => all.splice(-1, 0, '{}')],
    ['no manifest', (all: string[]) => all.splice(-2, 1)],
    ['only a manifest', (all: string[]) => all.splice(0, all.length - 2)],
    ['spaces', (all: string[]) => all.splice(3, 1, ` ${all[3]}`)],
    ['a line that is no event', (all: string[]) => all.splice(3, 1, 'null')],
  ])('is refused with %s', async (_what, change) => isRefused(changed(change)));

  it('is refused when the revisions of a stream have a gap', async () => {
    const at = lines.findIndex((line) => line.includes('"revision":1,'));
    await isRefused(changed((all) => all.splice(at, 1, all[at]?.replace('"revision":1,', '"revision":2,') ?? '')));
  });

  it('names the line', async () => {
    writeFileSync(
      path('bad.jsonl'),
      changed((all) => all.splice(4, 1, '[]')),
    );
    await expect(readLogFile(path('bad.jsonl'), () => undefined)).rejects.toThrow(/第 5 行.*line 5/);
  });

  it('is refused when it is not there', async () => {
    await expect(importLog(target, path('none.jsonl.gz'), options)).rejects.toThrow('ENOENT');
  });
});

describe('a store that is not empty', () => {
  let source: MemoryEventStore;
  beforeEach(async () => {
    source = new MemoryEventStore();
    await fill(source, 40);
    await exportLog(source, path('log.jsonl'), { exportedAt });
  });
  const move = (target: EventStore, more = {}) => importLog(target, path('log.jsonl'), { ...options, ...more });

  /** A store like the other, up to an event. */
  const beginningWith = async (count: number): Promise<MemoryEventStore> => {
    const target = new MemoryEventStore();
    for (const { stream, revision, ...event } of await source.readAll(START, count))
      await target.append(stream, [event], revision === 0 ? 'none' : revision - 1);
    return target;
  };

  it.each([0, 1, 17, 79])('is gone on with after its first %d events', async (count) => {
    const target = await beginningWith(count);
    expect(await move(target)).toMatchObject({ events: 79, found: count, written: 79 - count });
    expect(await move(target)).toMatchObject({ events: 79, found: 79, written: 0 });
  });

  it('is refused, and stays as it was, when it holds another log', async () => {
    const target = new MemoryEventStore();
    await target.append('contract-9', [anEvent()], 'none');
    const head = await target.head();
    await expect(move(target)).rejects.toThrow(NotThisLog);
    expect(await target.head()).toBe(head);
  });

  it('is refused when one of its events differs in anything but the position', async () => {
    const target = new MemoryEventStore();
    const [first] = await source.readAll(START, 1);
    if (!first) throw new Error('an empty log');
    await target.append(first.stream, [{ ...first, recordedAt: '2025-03-01T02:03:04.006Z' }], 'none');
    await expect(move(target)).rejects.toThrow('after 0 equal events');
  });

  it('is refused when it goes on after the end of the file', async () => {
    const target = await beginningWith(79);
    await target.append('contract-late', [anEvent()], 'none');
    await expect(move(target)).rejects.toThrow('after 79 equal events');
  });

  it('is refused before anything is written when the file holds streams or events that are not ours', async () => {
    const target = new MemoryEventStore();
    await expect(move(target, { streamPrefixes: ['asset-'] })).rejects.toThrow("no stream of the ledger's");
    await expect(move(target, { registry: new EventRegistry([]) })).rejects.toThrow('cannot read event');
    expect(await target.head()).toBe(START);
  });

  it('is given up when somebody else writes to it meanwhile', async () => {
    const target = new MemoryEventStore();
    const append = target.append.bind(target);
    let calls = 0;
    target.append = async (...sent) => {
      calls += 1;
      if (calls === 5) await append('asset-other', [anEvent()], 'none');
      return append(...sent);
    };
    await expect(move(target)).rejects.toThrow(NotThisLog);
  });

  it('is sent the same append again when it cannot tell the outcome', async () => {
    const target = new MemoryEventStore();
    const append = target.append.bind(target);
    let calls = 0;
    target.append = async (stream, ...sent) => {
      const appended = await append(stream, ...sent);
      calls += 1;
      if (calls % 10 === 3) throw new UnknownOutcome(stream, {});
      return appended;
    };
    expect(await move(target)).toMatchObject({ written: 79 });
  });

  it('EventStoreDB: whose connection breaks after it has written, ends verified', async () => {
    const server = await startEventStoreDbServer();
    const target = await EventStoreDbStore.connect(server.connectionString, options);
    let reports = 0;
    const report = () => {
      reports += 1;
      if (reports % 60 === 0) server.loseNextAnswer();
      if (reports % 90 === 0) server.dropConnections();
    };
    expect(await move(target, { report })).toMatchObject({ events: 79, written: 79 });
    await target.close();
    await server.stop();
  });
});
