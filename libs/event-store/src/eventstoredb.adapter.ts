import { randomBytes, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type {
  AllStreamRecordedEvent,
  AppendResult,
  JSONEventData,
  ReadAllOptions,
  ReadPosition,
} from '@eventstore/db-client';
import {
  type Appended,
  AppendTooLarge,
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
  type Connection,
  closeConnection,
  collect,
  collectOnce,
  explained,
  insist,
  isNotLeader,
  isRefusal,
  isWrongRevision,
  limitExceeded,
  openConnection,
  type StoreObserver,
} from './eventstoredb-connection.js';
import { clientPosition, positionText, sizeOf, toClientEvent, toRecorded } from './eventstoredb-events.js';
import { subscription } from './eventstoredb-subscription.js';
import { isRepeat } from './repeat.js';

export type { StoreObserver } from './eventstoredb-connection.js';

const IDENTITY_STREAM = 'ledger-store';
const BATCH = 500;
/** Pages of `$all` are at least this wide, so that a small limit does not crawl through the events of others. */
const PAGE = 64;
const WIDEST_PAGE = 1000;
const requiresLeader = true;

/**
 * EventStoreDB 22.6 or later, or KurrentDB: the log once it has grown out of one machine. Only streams with the given prefixes are
 * the ledger's; whatever else lives in the cluster is not seen. The user of the connection must be allowed to read `$all`.
 */
export class EventStoreDbStore extends EventStore {
  /** The end of the log when it was last asked for, and the last event of ours up to there. */
  private known = { end: START, head: START };

  private constructor(
    private readonly connection: Connection,
    private readonly closing: AbortController,
    private readonly options: { readonly streamPrefixes: readonly string[]; readonly observe: StoreObserver },
    readonly storeId: string,
  ) {
    super();
  }

  /**
   * TLS, credentials, cluster, node preference, keep-alive and deadline are the connection string's (`esdb://…`, `esdb+discover://…`).
   * @param observe hears of every new connection after the first and of every subscription that had to begin anew
   * @throws StoreUnreachable when nothing answers there, StoreAccessDenied
   */
  static async connect(
    connectionString: string,
    {
      streamPrefixes,
      observe = () => {},
    }: { readonly streamPrefixes: readonly string[]; readonly observe?: StoreObserver },
  ): Promise<EventStoreDbStore> {
    const closing = new AbortController();
    // Every read under way listens.
    setMaxListeners(0, closing.signal);
    const connection = await openConnection(connectionString, { closing: closing.signal, observe });
    try {
      const storeId = await identityOf(connection);
      return new EventStoreDbStore(connection, closing, { streamPrefixes, observe }, storeId);
    } catch (error) {
      await closeConnection(connection);
      throw error;
    }
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) throw new Error('an append needs at least one event');
    // It would be written and then never seen by a projection.
    if (!this.isOurs({ streamId: stream })) throw new Error(`stream ${stream} has none of the ledger's prefixes`);
    const answer = await this.send(stream, events, expected);
    try {
      return await this.settled(stream, { events, expected, answer });
    } catch (error) {
      if (error instanceof RevisionConflict) throw error;
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
      const page = await this.page(from, maxCount);
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

  subscribe(after: Position, signal: AbortSignal, limit = BATCH): AsyncIterable<readonly RecordedEvent[]> {
    const ending = AbortSignal.any([signal, this.closing.signal]);
    return subscription({ connection: this.connection, ...this.options, after, limit, signal: ending });
  }

  /**
   * The last event is nearly always ours, so one is looked at first and pages widen only while they hold nothing of ours. What was
   * looked through once is not looked through again, however much others write behind our last event.
   */
  async head(): Promise<Position> {
    const { known } = this;
    let end: Position | undefined;
    let fromPosition: ReadPosition = 'end';
    for (let maxCount = 1; ; maxCount = Math.min(maxCount * 8, WIDEST_PAGE)) {
      const page = await this.all({ direction: 'backwards', fromPosition, maxCount, requiresLeader });
      end ??= page[0] ? positionText(page[0].position) : START;
      const ours = page.find(this.isOurs);
      const oldest = page.at(-1);
      if (!ours && oldest && page.length === maxCount && positionText(oldest.position) > known.end) {
        fromPosition = oldest.position;
        continue;
      }
      const head = ours ? positionText(ours.position) : known.head;
      if (end >= this.known.end) this.known = { end, head };
      return head;
    }
  }

  /** EventStoreDB keeps no list of types; finding them would mean reading everything. */
  async storedTypes(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await closeConnection(this.connection);
  }

  private readonly isOurs = ({ streamId }: { streamId: string }): boolean =>
    this.options.streamPrefixes.some((prefix) => streamId.startsWith(prefix));

  /** Whether it was written, as far as the server says. What surely was not is sent again while a new leader is found. */
  private async send(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Sent> {
    const expectedRevision = expected === 'none' ? 'no_stream' : BigInt(expected);
    const proposed = events.map(toClientEvent);
    const { connection } = this;
    try {
      return await insist(
        connection,
        () => connection.leader.appendToStream(stream, proposed, { expectedRevision, requiresLeader }),
        (error) => !isNotLeader(error),
      );
    } catch (error) {
      if (isWrongRevision(error)) return { success: false };
      const limit = limitExceeded(error);
      if (limit !== undefined) throw new AppendTooLarge(stream, sizeOf(events), limit, { cause: error });
      if (isRefusal(error) || isNotLeader(error)) throw explained(connection, error);
      throw new UnknownOutcome(stream, { cause: error });
    }
  }

  private async settled(stream: string, { events, expected, answer }: Settling): Promise<Appended> {
    const from = expected === 'none' ? 0 : expected + 1;
    const revision = from + events.length - 1;
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
    const { connection } = this;
    const options = { fromRevision: BigInt(from), maxCount, requiresLeader };
    const page = await collect(connection, () => connection.leader.readStream(stream, options));
    return page.flatMap(({ event }) => (event ? [toRecorded(event)] : []));
  }

  private async lastRevision(stream: string): Promise<ExpectedRevision> {
    const { connection } = this;
    const options = { direction: 'backwards', fromRevision: 'end', maxCount: 1, requiresLeader } as const;
    const [last] = await collect(connection, () => connection.leader.readStream(stream, options));
    return last?.event ? Number(last.event.revision) : 'none';
  }

  /** A page of `$all` from a position on. A follower gives the bulk of the log, but where it ends is the leader's to say. */
  private async page(from: Position, maxCount: number): Promise<AllStreamRecordedEvent[]> {
    const options = { fromPosition: clientPosition(from), maxCount };
    const { leader, preferred } = this.connection;
    const page = preferred === leader ? [] : await this.all(options);
    return page.length === maxCount ? page : this.all({ ...options, requiresLeader });
  }

  private async all(options: ReadAllOptions): Promise<AllStreamRecordedEvent[]> {
    const { connection } = this;
    const client = options.requiresLeader ? connection.leader : connection.preferred;
    const page = await collect(connection, () => client.readAll(options));
    return page.flatMap(({ event }) => (event ? [event] : []));
  }
}

type Sent = Pick<AppendResult, 'success'> & Partial<Pick<AppendResult, 'position'>>;

interface Settling {
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
  readonly answer: Sent;
}

/**
 * The log's identity, 16 hex digits: the first event of a stream outside all prefixes, written when the log is first opened.
 * @throws StoreUnreachable, StoreAccessDenied
 */
const identityOf = async (connection: Connection): Promise<string> => {
  const identity: JSONEventData = {
    id: randomUUID(),
    contentType: 'application/json',
    type: 'LedgerStoreIdentified',
    data: { storeId: randomBytes(8).toString('hex') },
    metadata: undefined,
  };
  const decide = async () => {
    const known = await readIdentity(connection);
    if (known) return known;
    await connection.leader.appendToStream(IDENTITY_STREAM, identity, {
      expectedRevision: 'no_stream',
      requiresLeader,
    });
    // Of several processes that start at once the first decides, so only what can be read afterwards counts.
    return (await readIdentity(connection)) ?? fail('the identity of the log was written and cannot be read');
  };
  try {
    return await insist(connection, decide, isRefusal);
  } catch (error) {
    throw explained(connection, error);
  }
};

const readIdentity = async (connection: Connection): Promise<string | undefined> => {
  const options = { maxCount: 1, requiresLeader };
  const [first] = await collectOnce(connection, connection.leader.readStream(IDENTITY_STREAM, options));
  return first?.event ? (first.event.data as { storeId: string }).storeId : undefined;
};

const fail = (reason: string): never => {
  throw new Error(reason);
};
