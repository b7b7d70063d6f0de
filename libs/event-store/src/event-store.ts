import type { Actor } from '@app/kernel';

/** JSON as it is stored: no dates, no bigints; money is a string of fen. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface EventMetadata {
  readonly actor: Actor;
  /** Hash of actor, method, path and idempotency key: the scope within which a command is the same command. */
  readonly commandId: string;
  /** Hash of the command's input; the same `commandId` with other input is refused (C-IDEM). */
  readonly inputHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly reason?: string;
  /** Where the fact came from: `api`, or `import:<file name>#<row>`. */
  readonly source: string;
}

export interface NewEvent {
  /** UUID; derived from the command, so that the same append sent twice carries the same ids. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** Instant of recording, ISO 8601 UTC with milliseconds: ours, not the server's. */
  readonly recordedAt: string;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** 0, 1, 2 … without gaps within the stream. */
  readonly revision: number;
  readonly position: Position;
}

/**
 * A place in the total order of one store: 32 lower-case hex digits, comparable as text. Gaps are normal, nobody does
 * arithmetic on positions.
 */
export type Position = string;

/** Before the first event of any store. */
export const START: Position = '0'.repeat(32);

/** The stream must not exist yet, or its last event must have this revision. There is deliberately no "any". */
export type ExpectedRevision = 'none' | number;

export interface Appended {
  /** Revision of the last event of the append. */
  readonly revision: number;
  /** Position of the last event of the append. */
  readonly position: Position;
}

/** Another append came first. Read again, decide again. */
export class RevisionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`stream ${stream} is at ${actual}, expected ${expected}`);
    this.name = 'RevisionConflict';
  }
}

/** The store may or may not have taken the append: send the very same events again before reading anything. */
export class UnknownOutcome extends Error {
  constructor(stream: string, options: ErrorOptions) {
    super(`the outcome of an append to ${stream} is unknown`, options);
    this.name = 'UnknownOutcome';
  }
}

/** The store cannot take or answer this now, and wrote nothing; try again after `retryAfterSeconds`. */
export class StoreBusy extends Error {
  constructor(
    readonly retryAfterSeconds = 1,
    message = 'the event store is busy',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreBusy';
  }
}

/** No node of the store answers, or none leads. */
export class StoreUnreachable extends StoreBusy {
  /** @param nodes where it was looked for, without credentials */
  constructor(nodes: string, options: { readonly cause: unknown }) {
    const { message: reason = String(options.cause) } = options.cause as Partial<Error>;
    super(2, `the event store at ${nodes} cannot be reached (${reason}) / 无法连接事件库 ${nodes}`, options);
    this.name = 'StoreUnreachable';
  }
}

/** The store knows its user and says no: wrong credentials, or no right to do this. Only the operator can mend that. */
export class StoreAccessDenied extends Error {
  constructor(nodes: string, user: string | undefined, options: ErrorOptions) {
    const who = user === undefined ? ['access without a user', '未带用户的访问'] : [`user "${user}"`, `用户“${user}”`];
    super(
      `the event store at ${nodes} refuses ${who[0]}: check name, password and rights / ` +
        `事件库 ${nodes} 拒绝${who[1]}，请检查用户名、密码和权限`,
      options,
    );
    this.name = 'StoreAccessDenied';
  }
}

/** An append beyond what the store takes at once; nothing was written, and sending it again does not help. */
export class AppendTooLarge extends Error {
  /** Both in bytes. */
  constructor(
    stream: string,
    readonly size: number,
    readonly limit: number,
    options: ErrorOptions,
  ) {
    super(
      `an append of ${size} bytes to ${stream} is beyond the event store's limit of ${limit} / ` +
        `写入 ${stream} 的内容为 ${size} 字节，超过事件库上限 ${limit} 字节`,
      options,
    );
    this.name = 'AppendTooLarge';
  }
}

/**
 * The event store port. Adapters: memory (tests), SQLite (one machine), EventStoreDB/KurrentDB (grown out of one machine).
 * Every adapter passes `describeEventStore` of `@app/testing`.
 */
export abstract class EventStore {
  /** Identity of the log, 16 hex digits; a position only means something together with it. */
  abstract readonly storeId: string;

  /**
   * Appends all events or none. Repeating an append (same ids, same expected revision) answers as the first time.
   * @throws RevisionConflict when the stream is elsewhere
   * @throws UnknownOutcome when the store cannot tell whether it was written
   * @throws StoreBusy when the append queue is full, or no node leads
   * @throws AppendTooLarge, StoreAccessDenied where the store has such limits
   */
  abstract append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;

  /** The stream's events from a revision on, oldest first; empty when the stream does not exist. */
  abstract readStream(stream: string, from?: number): Promise<readonly RecordedEvent[]>;

  /** At most `limit` events after a position, in total order; fewer only where the log ends. */
  abstract readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]>;

  /**
   * Everything after a position in bounded batches: catches up, then stays live until `signal` aborts.
   * Resumes by itself after a disconnect.
   */
  abstract subscribe(after: Position, signal: AbortSignal, limit?: number): AsyncIterable<readonly RecordedEvent[]>;

  /** Position of the last event of ours, `START` when there is none. Never behind an append that was acknowledged. */
  abstract head(): Promise<Position>;

  /** The stored event types, where the store can tell cheaply: start-up refuses a type that nothing reads. */
  abstract storedTypes(): Promise<ReadonlyArray<{ type: string; version: number }> | undefined>;

  abstract close(): Promise<void>;
}
