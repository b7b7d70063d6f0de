import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type {
  AllStreamRecordedEvent,
  AllStreamResolvedEvent,
  AllStreamSubscription,
  EventStoreDBClient,
  PrefixesFilter,
  ReadPosition,
} from '@eventstore/db-client';
import {
  type Appended,
  EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  START,
  UnknownOutcome,
} from './event-store.js';
import {
  clientPosition,
  collect,
  identityOf,
  isRefusal,
  isWrongRevision,
  openClient,
  positionText,
  toClientEvent,
  toRecorded,
} from './eventstoredb-client.js';
import { isRepeat } from './repeat.js';
import { Wakeup } from './wakeup.js';

const BATCH = 500;
/** Pages of `$all` are at least this wide, so that a small limit does not crawl through the events of others. */
const PAGE = 64;
const WIDEST_PAGE = 1000;
/** The server looks at so many events at once when it filters, and every tenth time says how far it is. */
const SEARCH_WINDOW = 500;
const CHECKPOINT_INTERVAL = 10;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;

/** Where a subscription goes on after a disconnect, and how often in a row it could not. */
interface Place {
  position: Position;
  failures: number;
}

/**
 * EventStoreDB 22.6 or later, or KurrentDB: the log once it has grown out of one machine. Only streams with the given prefixes are
 * the ledger's; whatever else lives in the cluster is not seen. The user of the connection must be allowed to read `$all`.
 */
export class EventStoreDbStore extends EventStore {
  private readonly closing = new AbortController();

  private constructor(
    private readonly client: EventStoreDBClient,
    private readonly streamPrefixes: readonly string[],
    readonly storeId: string,
  ) {
    super();
  }

  /**
   * TLS, credentials and cluster discovery are the connection string's (`esdb://…`, `esdb+discover://…`).
   * @throws StoreBusy when nothing answers there
   */
  static async connect(
    connectionString: string,
    { streamPrefixes }: { streamPrefixes: readonly string[] },
  ): Promise<EventStoreDbStore> {
    const client = await openClient(connectionString);
    return new EventStoreDbStore(client, streamPrefixes, await identityOf(client));
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) throw new Error('an append needs at least one event');
    // It would be written and then never seen by a projection.
    if (!this.isOurs({ streamId: stream })) throw new Error(`stream ${stream} has none of the ledger's prefixes`);
    try {
      return await this.write(stream, events, expected);
    } catch (error) {
      if (error instanceof RevisionConflict || isRefusal(error)) throw error;
      throw new UnknownOutcome(stream, { cause: error });
    }
  }

  async readStream(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    return this.readForwards(stream, from, Number.MAX_SAFE_INTEGER);
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    let from = after;
    while (found.length < limit) {
      const maxCount = Math.min(Math.max(limit - found.length + 1, PAGE), WIDEST_PAGE);
      const options = { fromPosition: clientPosition(from), maxCount };
      const page = eventsOf(await collect(() => this.client.readAll(options)));
      // The server starts at the position itself, which has been seen.
      const events = page.filter(({ position }) => positionText(position) > from);
      const ours = events.filter(this.isOurs).slice(0, limit - found.length);
      found.push(...ours.map(toRecorded));
      const last = events.at(-1);
      if (!last || page.length < maxCount) break;
      from = positionText(last.position);
    }
    return found;
  }

  async *subscribe(after: Position, signal: AbortSignal, limit = BATCH): AsyncIterable<readonly RecordedEvent[]> {
    const ending = AbortSignal.any([signal, this.closing.signal]);
    const place: Place = { position: after, failures: 0 };
    while (!ending.aborted) {
      yield* this.follow(place, ending, limit);
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** place.failures, LONGEST_PAUSE_MS);
      place.failures += 1;
      await pause(wait, undefined, { signal: ending }).catch(() => undefined);
    }
  }

  /** The last event is nearly always ours, so one is looked at first and pages widen only while they hold nothing of ours. */
  async head(): Promise<Position> {
    let fromPosition: ReadPosition = 'end';
    for (let maxCount = 1; ; maxCount = Math.min(maxCount * 8, WIDEST_PAGE)) {
      const options = { direction: 'backwards', fromPosition, maxCount } as const;
      const page = eventsOf(await collect(() => this.client.readAll(options)));
      const ours = page.find(this.isOurs);
      if (ours) return positionText(ours.position);
      const oldest = page.at(-1);
      if (!oldest || page.length < maxCount) return START;
      fromPosition = oldest.position;
    }
  }

  /** EventStoreDB keeps no list of types; finding them would mean reading everything. */
  async storedTypes(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.client.dispose();
  }

  private readonly isOurs = ({ streamId }: { streamId: string }): boolean =>
    this.streamPrefixes.some((prefix) => streamId.startsWith(prefix));

  private async write(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const from = expected === 'none' ? 0 : expected + 1;
    const revision = from + events.length - 1;
    const options = {
      expectedRevision: expected === 'none' ? 'no_stream' : BigInt(expected),
      requiresLeader: true,
    } as const;
    const answer = await this.client
      .appendToStream(stream, events.map(toClientEvent), options)
      .catch(wrongRevisionAsAnswer);
    // After several events the server may answer a prepare position that its own reads do not show, so that is looked up.
    if (answer.success && answer.position && events.length === 1) {
      return { revision, position: positionText(answer.position) };
    }
    const stored = await this.readForwards(stream, from, events.length);
    const last = stored.at(-1);
    if (last && isRepeat(stored, events)) return { revision, position: last.position };
    if (answer.success) throw new Error(`what was appended to ${stream} cannot be read back`);
    throw new RevisionConflict(stream, expected, await this.lastRevision(stream));
  }

  private async readForwards(stream: string, from: number, maxCount: number): Promise<readonly RecordedEvent[]> {
    const options = { fromRevision: BigInt(from), maxCount, requiresLeader: true };
    const page = await collect(() => this.client.readStream(stream, options));
    return page.flatMap(({ event }) => (event ? [toRecorded(event)] : []));
  }

  private async lastRevision(stream: string): Promise<ExpectedRevision> {
    const options = { direction: 'backwards', fromRevision: 'end', maxCount: 1, requiresLeader: true } as const;
    const [last] = await collect(() => this.client.readStream(stream, options));
    return last?.event ? Number(last.event.revision) : 'none';
  }

  /** A subscription for as long as its connection lives: returns when that is lost, throws when the server refuses. */
  private async *follow(place: Place, signal: AbortSignal, limit: number): AsyncGenerator<readonly RecordedEvent[]> {
    const changed = new Wakeup();
    let lost: { error?: unknown } | undefined;
    const lose = (error?: unknown) => {
      lost = { error };
      changed.wake();
    };
    const options = { fromPosition: clientPosition(place.position), filter: this.filterFor(place) };
    const subscription = this.client.subscribeToAll(options, { highWaterMark: limit });
    subscription.on('readable', () => changed.wake());
    subscription.on('confirmation', () => {
      place.failures = 0;
    });
    subscription.on('end', () => lose());
    subscription.on('error', lose);
    try {
      while (!signal.aborted) {
        const batch = eventsOf(await drain(subscription, limit)).map(toRecorded);
        const last = batch.at(-1);
        if (last) {
          place.position = last.position;
          yield batch;
        } else if (lost) {
          break;
        } else if (subscription.readableLength === 0) {
          await changed.next(signal);
        }
      }
      if (isRefusal(lost?.error)) throw lost?.error;
    } finally {
      await subscription.unsubscribe().catch(() => undefined);
    }
  }

  /** A checkpoint spares walking through the events of others once more; it counts when all before it has been handed on. */
  private filterFor(place: Place): PrefixesFilter {
    return {
      filterOn: 'streamName',
      prefixes: [...this.streamPrefixes],
      maxSearchWindow: SEARCH_WINDOW,
      checkpointInterval: CHECKPOINT_INTERVAL,
      checkpointReached: (subscription, position) => {
        if (subscription.readableLength === 0) place.position = positionText(position);
      },
    };
  }
}

/** Takes what has arrived, up to a limit and for as long as each turn of the event loop brings more. */
const drain = async (subscription: AllStreamSubscription, limit: number): Promise<AllStreamResolvedEvent[]> => {
  const batch: AllStreamResolvedEvent[] = [];
  do {
    while (batch.length < limit) {
      const next: AllStreamResolvedEvent | null = subscription.read();
      if (next === null) break;
      batch.push(next);
    }
    await nextTurn();
  } while (batch.length < limit && subscription.readableLength > 0);
  return batch;
};

const eventsOf = (resolved: readonly AllStreamResolvedEvent[]): AllStreamRecordedEvent[] =>
  resolved.flatMap(({ event }) => (event ? [event] : []));

const wrongRevisionAsAnswer = (error: unknown): { success: boolean; position?: never } => {
  if (isWrongRevision(error)) return { success: false };
  throw error;
};
