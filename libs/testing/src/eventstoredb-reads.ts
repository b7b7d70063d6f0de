import { once } from 'node:events';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { encode, type LogPosition, type MemoryLog, nameOf, type Stored } from './eventstoredb-log.js';
import { type ServerStatus, streamDeleted } from './eventstoredb-refusals.js';

export type ReadAnswers = AsyncIterable<Buffer> | Iterable<Buffer>;

/** What a node may be asked: its part of the log, and until when. */
export interface Reading {
  readonly log: MemoryLog;
  readonly node: { readonly leads: boolean };
  readonly options: ReadReq.Options;
  readonly gone: AbortSignal;
}

/** The answers to a read or a subscription, or the status that refuses it. */
export const answersTo = (reading: Reading): ReadAnswers | ServerStatus => {
  const { log, options } = reading;
  const name = nameOf(options.getStream()?.getStreamIdentifier());
  if (log.tombstones.has(name)) return streamDeleted(name);
  if (options.getStream()) return readStream(reading, name);
  return options.hasSubscription() ? subscription(reading) : readAll(reading);
};

const isBackwards = (options: ReadReq.Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;

/** Forwards from an index on, or backwards from before it. */
function* walk(events: readonly Stored[], from: number, { options, log, node }: Reading): Iterable<Buffer> {
  const count = Number(options.getCount());
  const wanted = filterOf(options);
  // Events that this node does not have yet are the last ones, of a stream as of everything.
  const end = log.all[log.lengthFor(node)]?.commit ?? Number.POSITIVE_INFINITY;
  const step = isBackwards(options) ? -1 : 1;
  let index = step > 0 ? from : from - 1;
  for (let sent = 0; sent < count; index += step) {
    const event = events[index];
    if (!event) return;
    if (event.commit >= end || !wanted(event)) continue;
    sent += 1;
    yield event.encoded;
  }
}

const readStream = (reading: Reading, name: string): Iterable<Buffer> => {
  const { log, options } = reading;
  const request = options.getStream();
  const events = log.stream(name);
  if (events.length === 0) {
    const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(request?.getStreamIdentifier());
    return [encode((answer) => answer.setStreamNotFound(missing))];
  }
  const revision = request?.hasRevision() ? Number(request.getRevision()) : 0;
  const from = request?.hasEnd() ? events.length : revision + (isBackwards(options) ? 1 : 0);
  return walk(events, from, reading);
};

/** The position itself is included forwards and excluded backwards. */
const readAll = (reading: Reading): Iterable<Buffer> => {
  const { log, options } = reading;
  const from = options.getAll()?.hasEnd() ? log.all.length : log.indexOf(positionOf(options));
  return walk(log.all, from, reading);
};

/** Everything after a position that the filter lets through, then whatever is appended. */
async function* subscription({ log, node, options, gone }: Reading): AsyncIterable<Buffer> {
  const wanted = filterOf(options);
  const interval = checkpointIntervalOf(options);
  const after = positionOf(options);
  let next = options.getAll()?.hasEnd() ? log.all.length : log.indexOf({ ...after, prepare: after.prepare + 1 });
  let live = false;
  yield encode((answer) => answer.setConfirmation(new streams.ReadResp.SubscriptionConfirmation()));
  for (;;) {
    for (; next < log.lengthFor(node); next += 1) {
      const event = log.all[next] as Stored;
      if (wanted(event)) yield event.encoded;
      if ((next + 1) % interval === 0) yield checkpoint(event);
    }
    if (!live) yield encode((answer) => answer.setCaughtUp(new streams.ReadResp.CaughtUp()));
    live = true;
    if (next >= log.lengthFor(node)) await once(log.appended, 'append', { signal: gone });
  }
}

/** In events looked at; a subscription without a filter has no checkpoints. */
const checkpointIntervalOf = (options: ReadReq.Options): number => {
  const filter = options.getFilter();
  return filter ? (filter.getMax() || 1) * filter.getCheckpointintervalmultiplier() : Number.POSITIVE_INFINITY;
};

/** On stream names or event types, by prefix or by regular expression. */
const filterOf = (options: ReadReq.Options): ((event: Stored) => boolean) => {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (!expression) return () => true;
  const subject = filter?.hasEventType() ? 'type' : 'stream';
  const prefixes = expression.getPrefixList();
  const pattern = new RegExp(expression.getRegex());
  return prefixes.length > 0
    ? (event) => prefixes.some((prefix) => event[subject].startsWith(prefix))
    : (event) => pattern.test(event[subject]);
};

const positionOf = (options: ReadReq.Options): LogPosition => {
  const position = options.getAll()?.getPosition();
  return { commit: Number(position?.getCommitPosition() ?? 0), prepare: Number(position?.getPreparePosition() ?? 0) };
};

const checkpoint = ({ commit, prepare }: LogPosition): Buffer => {
  const place = new streams.ReadResp.Checkpoint();
  place.setCommitPosition(String(commit)).setPreparePosition(String(prepare));
  return encode((answer) => answer.setCheckpoint(place));
};
