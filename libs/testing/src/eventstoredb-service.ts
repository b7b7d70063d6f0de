import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  Metadata,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';

/** What a cluster allows by default for the data of one append. */
const LARGEST_APPEND = 1024 * 1024;
const LARGEST_MESSAGE = 17 * 1024 * 1024;

/** See `startEventStoreDbServer`. */
export const serveEventStoreDb = async () => {
  const log = new MemoryLog();
  let answerLost = false;
  const append = (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
    const received: AppendReq[] = [];
    call.on('data', (request: AppendReq) => received.push(request));
    call.on('end', () => {
      const response = answerTo(log, received);
      if (!answerLost) return answer(...response);
      answerLost = false;
      return answer({ code: status.UNAVAILABLE, details: 'the connection broke' });
    });
  };
  const server = new Server({ 'grpc.max_receive_message_length': LARGEST_MESSAGE });
  server.addService(service, { append, read: readHandler(log) });
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, value: number) => (error ? reject(error) : resolve(value));
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), bound);
  });
  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    dropConnections: () => server.drain(`127.0.0.1:${port}`, 0),
    loseNextAnswer: () => {
      answerLost = true;
    },
    stop: async () => server.forceShutdown(),
  };
};

/** Answers to reads are encoded once, when the event is stored, and leave as they are. */
const service = {
  ...StreamsService,
  read: { ...StreamsService.read, responseSerialize: (encoded: Buffer) => encoded },
};

interface LogPosition {
  readonly commit: number;
  readonly prepare: number;
}

interface Stored extends LogPosition {
  readonly id: string;
  readonly stream: string;
  readonly encoded: Buffer;
}

type Proposed = AppendReq.ProposedMessage;

/** Every event once, in total order and by stream. */
class MemoryLog {
  readonly all: Stored[] = [];
  readonly appended = new EventEmitter().setMaxListeners(0);
  private readonly byStream = new Map<string, Stored[]>();
  /** A real log begins with records of its own. */
  private end = 1024;

  stream(name: string): readonly Stored[] {
    return this.byStream.get(name) ?? [];
  }

  /** Positions grow with the size of what is stored; all events of one append share their prepare position, as on a real server. */
  add(name: string, events: readonly Proposed[]): Stored[] {
    const stream = this.byStream.get(name) ?? [];
    this.byStream.set(name, stream);
    const prepare = this.end;
    const stored = events.map((event, index) => {
      const place = { stream: name, revision: stream.length + index, commit: this.end, prepare };
      const encoded = encodeEvent(event, place);
      this.end += encoded.length;
      return { id: idOf(event), stream: name, commit: place.commit, prepare, encoded };
    });
    stream.push(...stored);
    this.all.push(...stored);
    this.appended.emit('append');
    return stored;
  }

  /** Index of the first event at or after a position. */
  indexOf({ commit, prepare }: LogPosition): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.all[middle];
      if (event && (event.commit < commit || (event.commit === commit && event.prepare < prepare))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

type Answer = Parameters<sendUnaryData<AppendResp>>;

/** An append as it was sent: where to, from which revision on, and what. */
const answerTo = (log: MemoryLog, received: readonly AppendReq[]): Answer => {
  const options = received[0]?.getOptions();
  const events = received.flatMap((request) => request.getProposedMessage() ?? []);
  if (!options || !(options.hasNoStream() || options.hasRevision())) return refusal('invalid-argument', {});
  if (events.reduce((size, event) => size + event.getData_asU8().length, 0) > LARGEST_APPEND) {
    return refusal('maximum-append-size-exceeded', { 'maximum-append-size': String(LARGEST_APPEND) });
  }
  const from = options.hasNoStream() ? 0 : Number(options.getRevision()) + 1;
  return [null, decide(log, nameOf(options.getStreamIdentifier()), from, events)];
};

/** As a real server decides: written, already written, or at another revision. */
const decide = (log: MemoryLog, name: string, from: number, events: readonly Proposed[]): AppendResp => {
  const stream = log.stream(name);
  const sent = events.map(idOf);
  const there = stream.slice(from, from + sent.length).map(({ id }) => id);
  const success = new streams.AppendResp.Success().setCurrentRevision(String(from + sent.length - 1));
  // Some servers give no position when an append is repeated, others do.
  if (isDeepStrictEqual(there, sent))
    return new streams.AppendResp().setSuccess(success.setNoPosition(new shared.Empty()));
  if (from !== stream.length) return wrongRevision(stream.length);
  const end = String(log.add(name, events).at(-1)?.commit ?? 0);
  const position = new streams.AppendResp.Position().setCommitPosition(end).setPreparePosition(end);
  return new streams.AppendResp().setSuccess(success.setPosition(position));
};

const idOf = (event: Proposed): string => event.getId()?.getString() ?? '';

const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();

const refusal = (exception: string, details: Record<string, string>): Answer => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries({ exception, ...details })) metadata.set(key, value);
  return [{ code: status.INVALID_ARGUMENT, details: exception, metadata }];
};

const wrongRevision = (length: number): AppendResp => {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (length === 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(length - 1));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
};

const readHandler = (log: MemoryLog) => (call: ServerWritableStream<ReadReq, Buffer>) => {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  call.on('close', () => gone.abort());
  call.on('error', () => gone.abort());
  const options = call.request.getOptions();
  if (!options) throw new Error('a read without options');
  send(call, answersTo(log, options, gone.signal), gone.signal).catch((error: Error) => call.destroy(error));
};

const send = async (
  call: ServerWritableStream<ReadReq, Buffer>,
  answers: AsyncIterable<Buffer> | Iterable<Buffer>,
  gone: AbortSignal,
): Promise<void> => {
  try {
    for await (const answer of answers) {
      if (gone.aborted) return;
      if (!call.write(answer)) await once(call, 'drain', { signal: gone });
    }
    call.end();
  } catch (error) {
    if (!gone.aborted) throw error;
  }
};

const answersTo = (log: MemoryLog, options: ReadReq.Options, gone: AbortSignal) => {
  const stream = options.getStream();
  if (stream) return readStream(log, options, stream);
  return options.hasSubscription() ? subscription(log, options, gone) : readAll(log, options);
};

const isBackwards = (options: ReadReq.Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;

/** Forwards from an index on, or backwards from before it. */
function* walk(events: readonly Stored[], from: number, options: ReadReq.Options): Iterable<Buffer> {
  const count = Number(options.getCount());
  const step = isBackwards(options) ? -1 : 1;
  let index = step > 0 ? from : from - 1;
  for (let sent = 0; sent < count; sent += 1, index += step) {
    const event = events[index];
    if (!event) return;
    yield event.encoded;
  }
}

const readStream = (log: MemoryLog, options: ReadReq.Options, request: ReadReq.Options.StreamOptions) => {
  const identifier = request.getStreamIdentifier();
  const events = log.stream(nameOf(identifier));
  if (events.length === 0) {
    const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier);
    return [encode((answer) => answer.setStreamNotFound(missing))];
  }
  const revision = request.hasRevision() ? Number(request.getRevision()) : 0;
  const from = request.hasEnd() ? events.length : revision + (isBackwards(options) ? 1 : 0);
  return walk(events, from, options);
};

/** The position itself is included forwards and excluded backwards. */
const readAll = (log: MemoryLog, options: ReadReq.Options) =>
  walk(log.all, options.getAll()?.hasEnd() ? log.all.length : log.indexOf(positionOf(options)), options);

/** Everything after a position whose stream has one of the prefixes, then whatever is appended. */
async function* subscription(log: MemoryLog, options: ReadReq.Options, gone: AbortSignal): AsyncIterable<Buffer> {
  const filter = options.getFilter();
  if (!filter) throw new Error('a subscription without a filter');
  const prefixes = filter.getStreamIdentifier()?.getPrefixList() ?? [];
  const interval = filter.getMax() * filter.getCheckpointintervalmultiplier();
  const after = positionOf(options);
  let next = log.indexOf({ ...after, prepare: after.prepare + 1 });
  yield encode((answer) => answer.setConfirmation(new streams.ReadResp.SubscriptionConfirmation()));
  for (;;) {
    for (let event = log.all[next]; event; next += 1, event = log.all[next]) {
      if (startsWithOneOf(event.stream, prefixes)) yield event.encoded;
      if ((next + 1) % interval === 0) yield checkpoint(event);
    }
    yield encode((answer) => answer.setCaughtUp(new streams.ReadResp.CaughtUp()));
    if (!log.all[next]) await once(log.appended, 'append', { signal: gone });
  }
}

const startsWithOneOf = (name: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => name.startsWith(prefix));

const positionOf = (options: ReadReq.Options): LogPosition => {
  const position = options.getAll()?.getPosition();
  return { commit: Number(position?.getCommitPosition() ?? 0), prepare: Number(position?.getPreparePosition() ?? 0) };
};

const checkpoint = ({ commit, prepare }: LogPosition): Buffer => {
  const place = new streams.ReadResp.Checkpoint();
  place.setCommitPosition(String(commit)).setPreparePosition(String(prepare));
  return encode((answer) => answer.setCheckpoint(place));
};

interface Place extends LogPosition {
  readonly stream: string;
  readonly revision: number;
}

const encodeEvent = (event: Proposed, { stream, revision, commit, prepare }: Place): Buffer => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(event.getId())
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setStreamRevision(String(revision))
    .setCommitPosition(String(commit))
    .setPreparePosition(String(prepare))
    .setCustomMetadata(event.getCustomMetadata_asU8())
    .setData(event.getData_asU8());
  for (const [key, value] of event.getMetadataMap().entries()) recorded.getMetadataMap().set(key, value);
  recorded.getMetadataMap().set('created', `${Date.now()}0000`);
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(commit));
  return encode((answer) => answer.setEvent(read));
};

const encode = (fill: (answer: ReadResp) => unknown): Buffer => {
  const answer = new streams.ReadResp();
  fill(answer);
  const bytes = answer.serializeBinary();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
