import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { AllStreamResolvedEvent, AllStreamSubscription, PrefixesFilter } from '@eventstore/db-client';
import type { Position, RecordedEvent } from './event-store.js';
import { type Connection, explained, isRefusal, type StoreObserver } from './eventstoredb-connection.js';
import { clientPosition, positionText, toRecorded } from './eventstoredb-events.js';
import { Wakeup } from './wakeup.js';

/** The server looks at so many events at once when it filters, and every tenth time says how far it is. */
const SEARCH_WINDOW = 500;
const CHECKPOINT_INTERVAL = 10;
const FIRST_PAUSE_MS = 50;
/** Whoever waits for a read model waits for this too when a cluster is back. */
const LONGEST_PAUSE_MS = 1000;

export interface SubscriptionRequest {
  readonly connection: Connection;
  readonly streamPrefixes: readonly string[];
  readonly after: Position;
  readonly limit: number;
  readonly signal: AbortSignal;
  readonly observe: StoreObserver;
}

/** How far a subscription has come, over all its connections. */
interface Progress {
  /** The last event handed on. */
  seen: Position;
  /** Where the next connection goes on: the last event handed on, or a checkpoint behind it. */
  resume: Position;
  /** How many connections in a row were not even confirmed. */
  failures: number;
}

/**
 * Everything of ours after a position, over as many connections as it takes.
 * @throws StoreAccessDenied, or what else the server refuses for good
 */
export async function* subscription(request: SubscriptionRequest): AsyncGenerator<readonly RecordedEvent[]> {
  const { after, signal, observe } = request;
  const progress: Progress = { seen: after, resume: after, failures: 0 };
  while (!signal.aborted) {
    yield* follow(request, progress);
    const wait = Math.min(FIRST_PAUSE_MS * 2 ** progress.failures, LONGEST_PAUSE_MS);
    progress.failures += 1;
    await pause(wait, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) observe('resubscribe');
  }
}

/** A subscription for as long as its connection lives: returns when that is lost, throws when the server refuses. */
async function* follow(request: SubscriptionRequest, progress: Progress): AsyncGenerator<readonly RecordedEvent[]> {
  const { connection, limit, signal } = request;
  const changed = new Wakeup();
  let lost: { error?: unknown } | undefined;
  const lose = (error?: unknown) => {
    lost = { error };
    changed.wake();
  };
  const source = connection.preferred.subscribeToAll(
    { fromPosition: clientPosition(progress.resume), filter: filterFor(request, progress) },
    { highWaterMark: limit },
  );
  const unconfirmed = setTimeout(lose, connection.address.deadlineMs);
  source.on('readable', () => changed.wake());
  source.on('confirmation', () => {
    progress.failures = 0;
    clearTimeout(unconfirmed);
  });
  source.on('end', () => lose());
  source.on('error', lose);
  try {
    while (!signal.aborted) {
      const batch = unseen(await drain(source, limit), progress.seen);
      const last = batch.at(-1);
      if (last) {
        progress.seen = progress.resume = last.position;
        yield batch;
      } else if (lost) {
        break;
      } else if (source.readableLength === 0) {
        await changed.next(signal);
      }
    }
    if (isRefusal(lost?.error)) throw explained(connection, lost?.error);
  } finally {
    clearTimeout(unconfirmed);
    await source.unsubscribe().catch(() => undefined);
  }
}

/** A node that lags behind the one before it may not know the position it is asked to go on from. */
const unseen = (resolved: readonly AllStreamResolvedEvent[], seen: Position): RecordedEvent[] =>
  resolved.flatMap(({ event }) => (event ? [toRecorded(event)] : [])).filter(({ position }) => position > seen);

/** A checkpoint spares walking through the events of others once more; it counts when all before it has been handed on. */
const filterFor = ({ streamPrefixes }: SubscriptionRequest, progress: Progress): PrefixesFilter => ({
  filterOn: 'streamName',
  prefixes: [...streamPrefixes],
  maxSearchWindow: SEARCH_WINDOW,
  checkpointInterval: CHECKPOINT_INTERVAL,
  checkpointReached: (source, position) => {
    if (source.readableLength === 0) progress.resume = positionText(position);
  },
});

/** Takes what has arrived, up to a limit and for as long as each turn of the event loop brings more. */
const drain = async (source: AllStreamSubscription, limit: number): Promise<AllStreamResolvedEvent[]> => {
  const batch: AllStreamResolvedEvent[] = [];
  do {
    while (batch.length < limit) {
      const next: AllStreamResolvedEvent | null = source.read();
      if (next === null) break;
      batch.push(next);
    }
    await nextTurn();
  } while (batch.length < limit && source.readableLength > 0);
  return batch;
};
