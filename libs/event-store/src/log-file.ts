import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { pipeline as pipelineDone } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Position, RecordedEvent } from './event-store.js';

const FORMAT = 'transfer-ledger-log/1';
/** No event comes near it; a file without line breaks must not fill the memory. */
const LONGEST_LINE = 64 * 1024 * 1024;
const LINE_END = 10;

/** An event as it moves from store to store: all of it but its position, which is the store's. */
export type LogEvent = Omit<RecordedEvent, 'position'>;

/** What a log comes to: equal for equal logs, whichever store holds them. */
export interface LogSummary {
  readonly events: number;
  readonly streams: number;
  /** SHA-256 over the lines of all events in total order, 64 hex digits. */
  readonly sha256: string;
}

/** First line of the file: where the log comes from. */
export interface LogHeader {
  readonly storeId: string;
  /** Instant, ISO 8601 UTC. */
  readonly exportedAt: string;
  /** Position of the last event exported, in that store. */
  readonly head: Position;
}

/** Last line of the file: what the lines before it must come to. */
export interface LogManifest extends LogSummary {
  readonly last: Position;
  /** SHA-256 of the first line. */
  readonly header: string;
}

/** The file is not the one that was exported: cut off, altered, or something else altogether. */
export class LogFileDamaged extends Error {
  constructor(line: number, what: { readonly zh: string; readonly en: string }, options?: ErrorOptions) {
    super(`日志文件第 ${line} 行：${what.zh} / line ${line} of the log file: ${what.en}`, options);
    this.name = 'LogFileDamaged';
  }
}

/**
 * Adds up a log, event by event in total order. It remembers the length of every stream, some hundred bytes each; nothing else grows
 * with the log.
 */
export class LogDigest {
  private readonly hash = createHash('sha256');
  private readonly lengths = new Map<string, number>();
  private count = 0;

  /**
   * Answers the event's line: its JSON with its place `n` in the order, which is what is hashed. The members of data and metadata stay in
   * the order recorded, which answers show: a store that changed it would change answers, and is found out by the hash.
   * @throws when the event does not follow the last one of its stream
   */
  add({ id, type, version, stream, revision, recordedAt, data, metadata }: LogEvent): string {
    const length = this.lengths.get(stream) ?? 0;
    if (revision !== length)
      throw new Error(`stream ${stream} goes on with revision ${revision} after ${length} events`);
    this.lengths.set(stream, length + 1);
    const line = JSON.stringify({ n: this.count, id, type, version, stream, revision, recordedAt, data, metadata });
    this.hash.update(line).update('\n');
    this.count += 1;
    return line;
  }

  /** Ends the adding. */
  summary(): LogSummary {
    return { events: this.count, streams: this.lengths.size, sha256: this.hash.digest('hex') };
  }
}

/**
 * Writes a log file: JSON Lines, gzip when the name ends in `.gz`. It carries its name only once it is whole and on the disk.
 * @param pages events in total order, the last of them at the header's head
 */
export const writeLogFile = async (
  file: string,
  header: LogHeader,
  pages: AsyncIterable<readonly LogEvent[]>,
): Promise<LogManifest> => {
  const part = `${file}.part`;
  const firstLine = JSON.stringify({ format: FORMAT, ...header });
  const digest = new LogDigest();
  let manifest: LogManifest | undefined;
  const text = async function* () {
    yield `${firstLine}\n`;
    for await (const page of pages) yield page.map((event) => `${digest.add(event)}\n`).join('');
    manifest = manifestOf(firstLine, header.head, digest);
    yield `${JSON.stringify(manifest)}\n`;
  };
  const out = createWriteStream(part, { flush: true });
  try {
    await (isCompressed(file)
      ? pipelineDone(Readable.from(text()), createGzip(), out)
      : pipelineDone(Readable.from(text()), out));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  if (!manifest) throw new Error('a log file without a manifest');
  return manifest;
};

/**
 * Reads a log file from first to last line and hands each event on with its line. What is wrong with the whole shows only at the end: read
 * the file once before acting on it.
 * @throws LogFileDamaged unless every byte is as it was exported
 */
export const readLogFile = async (
  file: string,
  take: (event: LogEvent, line: string) => Promise<void> | void,
): Promise<LogManifest> => {
  const digest = new LogDigest();
  let number = 0;
  let header: Buffer | undefined;
  let held: Buffer | undefined;
  for await (const line of linesOf(file)) {
    number += 1;
    if (held) {
      const [event, text] = eventOn(held, number - 1, digest);
      await take(event, text);
    }
    if (header) held = line;
    else header = line;
  }
  if (!header) throw new LogFileDamaged(1, { zh: '文件是空的', en: 'the file is empty' });
  return checkedManifest(header, held, { digest, number });
};

const manifestOf = (firstLine: string | Buffer, head: Position, digest: LogDigest): LogManifest => ({
  ...digest.summary(),
  last: head,
  header: createHash('sha256').update(firstLine).digest('hex'),
});

/** The last line says nothing that the lines before it do not, so it must be, byte for byte, what they come to. */
const checkedManifest = (
  header: Buffer,
  last: Buffer | undefined,
  { digest, number }: { readonly digest: LogDigest; readonly number: number },
): LogManifest => {
  const { format, head } = (parsed(header) ?? {}) as { format?: unknown; head?: Position };
  if (format !== FORMAT || typeof head !== 'string') {
    throw new LogFileDamaged(1, { zh: `不是 ${FORMAT} 格式`, en: `this is not ${FORMAT}` });
  }
  const manifest = manifestOf(header, head, digest);
  const stated = last && parsed(last);
  if (!stated || !('sha256' in stated)) {
    throw new LogFileDamaged(number, {
      zh: '文件不完整，缺少末行清单',
      en: 'the file is cut off: no manifest at its end',
    });
  }
  if (!last.equals(Buffer.from(JSON.stringify(manifest)))) {
    const wanted = `${manifest.events} ${manifest.sha256}`;
    throw new LogFileDamaged(number, {
      zh: `与末行清单不符，实为 ${wanted}`,
      en: `the file does not come to what its manifest says, but to ${wanted}`,
    });
  }
  return manifest;
};

/** The event of a line, which must be, byte for byte, the line that this event makes at this place. */
const eventOn = (bytes: Buffer, number: number, digest: LogDigest): readonly [LogEvent, string] => {
  const event = parsed(bytes);
  if (!isEvent(event)) throw new LogFileDamaged(number, { zh: '不是事件', en: 'this is no event' });
  const line = lineIn(digest, event, number);
  if (!bytes.equals(Buffer.from(line))) {
    throw new LogFileDamaged(number, { zh: '事件被改动、缺失或重复', en: 'an event is altered, missing or repeated' });
  }
  return [event, line];
};

const lineIn = (digest: LogDigest, event: LogEvent, number: number): string => {
  try {
    return digest.add(event);
  } catch (cause) {
    throw new LogFileDamaged(number, { zh: '事件流不连续', en: (cause as Error).message }, { cause });
  }
};

const parsed = (bytes: Buffer): object | undefined => {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
};

const isEvent = (value: object | undefined): value is LogEvent => {
  const { id, type, stream, recordedAt, version, data, metadata } = (value ?? {}) as Partial<LogEvent>;
  return (
    [id, type, stream, recordedAt].every((text) => typeof text === 'string') &&
    Number.isInteger(version) &&
    [data, metadata].every((object) => typeof object === 'object' && object !== null)
  );
};

const isCompressed = (file: string): boolean => file.endsWith('.gz');

async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let number = 1;
  let [pieces, size]: [Buffer[], number] = [[], 0];
  for await (const chunk of bytesOf(file)) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      yield Buffer.concat([...pieces, chunk.subarray(from, end)]);
      [pieces, size, from, number] = [[], 0, end + 1, number + 1];
    }
    pieces.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > LONGEST_LINE) throw new LogFileDamaged(number, { zh: '一行过长', en: 'the line is too long' });
  }
  if (size > 0) throw new LogFileDamaged(number, { zh: '文件被截断', en: 'the file is cut off' });
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const stored = createReadStream(file);
  // The callback is how errors of the file reach the reader of the last stream.
  const bytes = isCompressed(file) ? pipeline(stored, createGunzip(), () => undefined) : stored;
  try {
    for await (const chunk of bytes) yield chunk as Buffer;
  } catch (cause) {
    if (!String((cause as NodeJS.ErrnoException).code).startsWith('Z_')) throw cause;
    throw new LogFileDamaged(
      0,
      { zh: '压缩数据损坏或不完整', en: 'the compressed data is damaged or cut off' },
      { cause },
    );
  }
}
