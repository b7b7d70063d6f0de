import type {
  RecordedEvent as ClientEvent,
  Position as ClientPosition,
  JSONEventData,
  ReadPosition,
} from '@eventstore/db-client';
import {
  type EventMetadata,
  type JsonObject,
  type NewEvent,
  type Position,
  type RecordedEvent,
  START,
} from './event-store.js';

/** Version and instant are ours and stand beside the event's own metadata. */
export const toClientEvent = ({ id, type, version, recordedAt, data, metadata }: NewEvent): JSONEventData => ({
  id,
  contentType: 'application/json',
  type,
  data,
  metadata: { ...metadata, version, recordedAt },
});

export const toRecorded = (event: ClientEvent): RecordedEvent => {
  const { id, type, streamId, revision, position, data } = event;
  const { version, recordedAt, ...metadata } = (event.metadata ?? {}) as unknown as StoredMetadata;
  if (!recordedAt) throw new Error(`event ${id} in stream ${streamId} was not written by the ledger`);
  if (!position) throw new Error('the server gives no positions: EventStoreDB 22.6 or later is needed');
  return {
    id,
    type,
    version,
    stream: streamId,
    revision: Number(revision),
    position: positionText(position),
    recordedAt,
    data: data as JsonObject,
    metadata,
  };
};

type StoredMetadata = EventMetadata & Pick<NewEvent, 'version' | 'recordedAt'>;

/** Bytes of an append as the server counts them: type, data and metadata. */
export const sizeOf = (events: readonly NewEvent[]): number =>
  events
    .map(toClientEvent)
    .reduce((size, { type, data, metadata }) => size + type.length + bytesOf(data) + bytesOf(metadata), 0);

const bytesOf = (json: unknown): number => Buffer.byteLength(JSON.stringify(json));

/** Commit and prepare, 16 hex digits each: either alone may be shared by several events. */
export const positionText = ({ commit, prepare }: ClientPosition): Position => hex(commit) + hex(prepare);

const hex = (half: bigint): string => half.toString(16).padStart(16, '0');

export const clientPosition = (position: Position): ReadPosition =>
  position === START
    ? 'start'
    : { commit: BigInt(`0x${position.slice(0, 16)}`), prepare: BigInt(`0x${position.slice(16)}`) };
