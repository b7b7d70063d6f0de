import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  RecordedEvent as ClientEvent,
  Position as ClientPosition,
  EventStoreDBClient,
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
  StoreBusy,
} from './event-store.js';

/** A failover is waited out so long before a read gives up. */
const READ_PAUSES_MS = [0, 100, 400, 1000];
const IDENTITY_STREAM = 'ledger-store';

/** Answers that will not get better by asking again. Everything else may be a connection, a failover or a deadline. */
const REFUSALS: ReadonlySet<string> = new Set([
  'access-denied',
  'invalid-argument',
  'invalid-transaction',
  'maximum-append-size-exceeded',
  'missing-required-metadata-property',
  'stream-deleted',
]);

/**
 * Loads the client only when one is wanted: a ledger on SQLite starts faster and smaller without it.
 *
 * By itself the client sends appends through one shared stream. That keeps no deadline on our side, remembers a failed cluster
 * discovery for every later append, and shares its books among all clients of the process: when one loses its connection, the
 * appends of the others fail, and their late answers end the process. Told that the server lacks that stream, the client makes
 * every append a call of its own, with its own deadline.
 */
export const openClient = async (connectionString: string): Promise<EventStoreDBClient> => {
  const { EventStoreDBClient } = await import('@eventstore/db-client');
  const client = EventStoreDBClient.connectionString(connectionString);
  return Object.defineProperty(client, 'supports', { value: async () => false });
};

/**
 * The log's identity, 16 hex digits: the first event of a stream outside all prefixes, written when the log is first opened.
 * @throws StoreBusy when nothing answers
 */
export const identityOf = async (client: EventStoreDBClient): Promise<string> => {
  const known = await readIdentity(client);
  if (known) return known;
  const identity: JSONEventData = {
    id: randomUUID(),
    contentType: 'application/json',
    type: 'LedgerStoreIdentified',
    data: { storeId: randomBytes(8).toString('hex') },
    metadata: undefined,
  };
  // Of several processes that start at once the first decides, so only what can be read afterwards counts.
  const failure = await client.appendToStream(IDENTITY_STREAM, identity, { expectedRevision: 'no_stream' }).then(
    () => new StoreBusy(),
    (error: unknown) => error,
  );
  const decided = await readIdentity(client);
  if (!decided) throw failure;
  return decided;
};

const readIdentity = async (client: EventStoreDBClient): Promise<string | undefined> => {
  const options = { maxCount: 1, requiresLeader: true };
  const [first] = await collect(() => client.readStream(IDENTITY_STREAM, options));
  return first?.event ? (first.event.data as { storeId: string }).storeId : undefined;
};

/**
 * Everything a read yields; a missing stream reads as empty. Reads change nothing, so a lost connection is answered by asking again.
 * @throws StoreBusy, with the cause, when the store stays away
 */
export const collect = async <Item>(
  read: () => AsyncIterable<Item>,
  [wait, ...rest]: readonly number[] = READ_PAUSES_MS,
): Promise<Item[]> => {
  const items: Item[] = [];
  try {
    for await (const item of read()) items.push(item);
    return items;
  } catch (error) {
    if (kindOf(error) === 'stream-not-found') return [];
    if (isRefusal(error)) throw error;
    if (wait === undefined) throw Object.assign(new StoreBusy(), { cause: error });
    await pause(wait);
    return collect(read, rest);
  }
};

export const isWrongRevision = (error: unknown): boolean => kindOf(error) === 'wrong-expected-version';

export const isRefusal = (error: unknown): boolean => REFUSALS.has(kindOf(error));

const kindOf = (error: unknown): string => String((error as { type?: unknown } | undefined)?.type);

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

/** Commit and prepare, 16 hex digits each: either alone may be shared by several events. */
export const positionText = ({ commit, prepare }: ClientPosition): Position => hex(commit) + hex(prepare);

const hex = (half: bigint): string => half.toString(16).padStart(16, '0');

export const clientPosition = (position: Position): ReadPosition =>
  position === START
    ? 'start'
    : { commit: BigInt(`0x${position.slice(0, 16)}`), prepare: BigInt(`0x${position.slice(16)}`) };
