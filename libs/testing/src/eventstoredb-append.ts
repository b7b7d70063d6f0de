import { isDeepStrictEqual } from 'node:util';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { idOf, type MemoryLog, nameOf, type Proposed } from './eventstoredb-log.js';
import { appendTooLarge, invalidArgument, type ServerStatus, streamDeleted } from './eventstoredb-refusals.js';

/** What a cluster allows by default for one append: types, data and metadata together. */
export const LARGEST_APPEND = 1024 * 1024;

export type AppendAnswer = readonly [ServerStatus] | readonly [null, AppendResp];

/** An append as it was sent: first where to and from which revision on, then what. */
export const appendTo = (log: MemoryLog, received: readonly AppendReq[]): AppendAnswer => {
  const options = received[0]?.getOptions();
  const events = received.flatMap((request) => request.getProposedMessage() ?? []);
  // `any` and `stream_exists` are left out on purpose: nothing of ours may send them.
  if (!options || !(options.hasNoStream() || options.hasRevision())) return [invalidArgument('no expected revision')];
  if (events.reduce((size, event) => size + sizeOf(event), 0) > LARGEST_APPEND) {
    return [appendTooLarge(LARGEST_APPEND)];
  }
  const name = nameOf(options.getStreamIdentifier());
  if (log.tombstones.has(name)) return [streamDeleted(name)];
  return [null, decide(log, { name, options, events })];
};

const sizeOf = (event: Proposed): number =>
  (event.getMetadataMap().get('type') ?? '').length +
  event.getData_asU8().length +
  event.getCustomMetadata_asU8().length;

interface Append {
  readonly name: string;
  readonly options: AppendReq.Options;
  readonly events: readonly Proposed[];
}

/** As a real server decides: written, already written, or at another revision. */
const decide = (log: MemoryLog, { name, options, events }: Append): AppendResp => {
  const from = options.hasNoStream() ? 0 : Number(options.getRevision()) + 1;
  const stream = log.stream(name);
  const sent = events.map(idOf);
  const there = stream.slice(from, from + sent.length).map(({ id }) => id);
  const success = new streams.AppendResp.Success().setCurrentRevision(String(from + sent.length - 1));
  // Some servers give no position when an append is repeated, others do.
  if (isDeepStrictEqual(there, sent)) {
    return new streams.AppendResp().setSuccess(success.setNoPosition(new shared.Empty()));
  }
  if (from !== stream.length) return wrongRevision(stream.length, options);
  const end = String(log.add(name, events).at(-1)?.commit ?? 0);
  const position = new streams.AppendResp.Position().setCommitPosition(end).setPreparePosition(end);
  return new streams.AppendResp().setSuccess(success.setPosition(position));
};

/** Not an error status: the answer of an append that came too late. */
const wrongRevision = (length: number, options: AppendReq.Options): AppendResp => {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (length === 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(length - 1));
  if (options.hasNoStream()) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(options.getRevision());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
};
