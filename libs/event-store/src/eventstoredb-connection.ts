import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { StoreAccessDenied, StoreUnreachable } from './event-store.js';
import { malformed, type StoreAddress, storeAddress } from './eventstoredb-address.js';

/** A failover is waited out so long before a call gives up. */
const PAUSES_MS = [0, 100, 400, 1000];

/** Answers that will not get better by asking again. Everything else may be a connection, a failover or a deadline. */
const REFUSALS: ReadonlySet<string> = new Set([
  'access-denied',
  'invalid-argument',
  'invalid-transaction',
  'maximum-append-event-size-exceeded',
  'maximum-append-size-exceeded',
  'missing-required-metadata-property',
  'stream-deleted',
]);

/** Told of what the connection goes through, for metrics. */
export type StoreObserver = (what: 'reconnect' | 'resubscribe') => void;

/** The two ways into the store, and how patient to be on them. */
export interface Connection {
  readonly address: StoreAddress;
  /** For appends, and for reads that must see everything acknowledged; always to be asked with `requiresLeader`. */
  readonly leader: EventStoreDBClient;
  /** The node that the connection string prefers for reading; the same client when that is the leader. */
  readonly preferred: EventStoreDBClient;
  /** Ends when the store is closed. */
  readonly closing: AbortSignal;
}

/**
 * An append sends a client to the leader, where it stays; so what may be read from a follower has a client of its own.
 * Loads the client library only when it is wanted: a ledger on SQLite starts faster and smaller without it.
 */
export const openConnection = async (
  connectionString: string,
  { closing, observe }: { readonly closing: AbortSignal; readonly observe: StoreObserver },
): Promise<Connection> => {
  const address = storeAddress(connectionString);
  const { EventStoreDBClient } = await import('@eventstore/db-client');
  const open = (to: string) =>
    hardened(
      parsed(() => EventStoreDBClient.connectionString(to)),
      observe,
    );
  const leader = open(address.leader);
  const preferred = address.preferred === address.leader ? leader : open(address.preferred);
  return { address, leader, preferred, closing };
};

export const closeConnection = async ({ leader, preferred }: Connection): Promise<void> => {
  await Promise.all([leader.dispose(), preferred.dispose()]);
};

const parsed = (parse: () => EventStoreDBClient): EventStoreDBClient => {
  try {
    return parse();
  } catch (error) {
    const { message, location } = error as Error & { readonly location?: readonly number[] };
    throw malformed(location ? `character ${location[0]}` : message);
  }
};

interface Internals {
  readonly createChannel: () => Promise<unknown>;
  readonly handleError: (client: unknown, error: Error) => Promise<void>;
}

/**
 * By itself the client sends appends through one shared stream. That keeps no deadline on our side, remembers a failed cluster
 * discovery for every later append, and shares its books among all clients of the process: when one loses its connection, the
 * appends of the others fail, and their late answers end the process. Told that the server lacks that stream, the client makes
 * every append a call of its own, with its own deadline.
 * Nor does it wait for its own handling of errors: when that waits for a connection that cannot be made, the process would end.
 */
const hardened = (client: EventStoreDBClient, observe: StoreObserver): EventStoreDBClient => {
  const { createChannel, handleError } = client as unknown as Internals;
  let connected = false;
  return Object.defineProperties(client, {
    supports: { value: async () => false },
    handleError: {
      value: (...failed: Parameters<typeof handleError>) => handleError(...failed).catch(() => undefined),
    },
    createChannel: {
      value: () => {
        if (connected) observe('reconnect');
        connected = true;
        return createChannel();
      },
    },
  });
};

/**
 * Everything a read yields; a missing stream reads as empty. Reads change nothing, so a lost connection is answered by asking again.
 * @throws StoreUnreachable, with the cause, when the store stays away; StoreAccessDenied
 */
export const collect = async <Item>(connection: Connection, read: () => ItemStream<Item>): Promise<Item[]> => {
  try {
    return await insist(connection, () => collectOnce(connection, read()), isRefusal);
  } catch (error) {
    throw explained(connection, error);
  }
};

type ItemStream<Item> = AsyncIterable<Item> & { cancel(): Promise<void>; destroy(reason: Error): unknown };

/**
 * The client puts no deadline on reads and never ends one that is cancelled when it closes, so both are seen to here. The deadline is on
 * silence: a long read that makes progress is not cut.
 */
export const collectOnce = async <Item>(
  { address, closing }: Connection,
  stream: ItemStream<Item>,
): Promise<Item[]> => {
  const items: Item[] = [];
  const timer = setTimeout(() => stream.destroy(new Error(`silent for ${address.deadlineMs} ms`)), address.deadlineMs);
  const close = () => stream.destroy(new Error('closed'));
  closing.addEventListener('abort', close);
  try {
    for await (const item of stream) {
      timer.refresh();
      items.push(item);
    }
    return items;
  } catch (error) {
    if (kindOf(error) === 'stream-not-found') return [];
    void stream.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', close);
  }
};

/** Asks again after a while, as long as that may help and the deadline has not passed. */
export const insist = async <Answer>(
  { address, closing }: Connection,
  ask: () => Promise<Answer>,
  isFinal: (error: unknown) => boolean,
): Promise<Answer> => {
  const end = Date.now() + address.deadlineMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const wait = PAUSES_MS[attempt];
      if (isFinal(error) || wait === undefined || closing.aborted || Date.now() + wait >= end) throw error;
      await pause(wait);
    }
  }
};

/** What went wrong, in the port's terms where it has them. */
export const explained = ({ address }: Connection, error: unknown): unknown => {
  if (kindOf(error) === 'access-denied') return new StoreAccessDenied(address.nodes, address.user, { cause: error });
  return isRefusal(error) ? error : new StoreUnreachable(address.nodes, { cause: error });
};

export const isWrongRevision = (error: unknown): boolean => kindOf(error) === 'wrong-expected-version';

export const isRefusal = (error: unknown): boolean => REFUSALS.has(kindOf(error));

/** The node that was asked does not lead, and did nothing. By now the client knows the leader, where there is one. */
export const isNotLeader = (error: unknown): boolean =>
  kindOf(error) === 'not-leader' || String((error as Error | undefined)?.message).includes('No leader info');

/** The limit in bytes that an append went beyond, if that is why it was refused; newer servers have one for each event as well. */
export const limitExceeded = (error: unknown): number | undefined => {
  const limit = ['maximum-append-size', 'maximum-append-event-size'].find(
    (each) => kindOf(error) === `${each}-exceeded`,
  );
  return limit === undefined ? undefined : Number(trailersOf(error)?.[limit]);
};

/** The client's name for it, or the server's where the client has none. */
const kindOf = (error: unknown): string => {
  const type = (error as { type?: unknown } | undefined)?.type;
  return String(type === 'unknown' ? (trailersOf(error)?.['exception'] ?? type) : type);
};

const trailersOf = (error: unknown): Record<string, unknown> | undefined =>
  (error as { _raw?: { metadata?: { getMap(): Record<string, unknown> } } })._raw?.metadata?.getMap();
