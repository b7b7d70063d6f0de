import { EventEmitter } from 'node:events';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

export interface LogPosition {
  readonly commit: number;
  readonly prepare: number;
}

export interface Stored extends LogPosition {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  /** The answer that carries the event, made once. */
  readonly encoded: Buffer;
}

export type Proposed = AppendReq.ProposedMessage;

/** Every event once, in total order and by stream. All nodes of a cluster share it. */
export class MemoryLog {
  readonly all: Stored[] = [];
  /** Says `append` whenever there is more to see. */
  readonly appended = new EventEmitter().setMaxListeners(0);
  readonly tombstones = new Set<string>();
  private readonly byStream = new Map<string, Stored[]>();
  /** A real log begins with records of its own. */
  private end = 1024;
  private replicated: number | undefined;

  stream(name: string): readonly Stored[] {
    return this.byStream.get(name) ?? [];
  }

  /** How many events a node has: replication to followers can be held up. */
  lengthFor(node: { readonly leads: boolean }): number {
    return node.leads ? this.all.length : (this.replicated ?? this.all.length);
  }

  holdReplication(): void {
    this.replicated = this.all.length;
  }

  releaseReplication(): void {
    this.replicated = undefined;
    this.appended.emit('append');
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
      const type = event.getMetadataMap().get('type') ?? '';
      return { id: idOf(event), stream: name, type, commit: place.commit, prepare, encoded };
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

export const idOf = (event: Proposed): string => event.getId()?.getString() ?? '';

export const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();

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

export const encode = (fill: (answer: ReadResp) => unknown): Buffer => {
  const answer = new streams.ReadResp();
  fill(answer);
  const bytes = answer.serializeBinary();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
