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

/** The append queue is full; try again after `retryAfterSeconds`. */
export class StoreBusy extends Error {
  constructor(readonly retryAfterSeconds = 1) {
    super('the event store is busy');
    this.name = 'StoreBusy';
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
   * @throws StoreBusy when the append queue is full
   */
  abstract append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;

  /** The stream's events from a revision on, oldest first; empty when the stream does not exist. */
  abstract readStream(stream: string, from?: number): Promise<readonly RecordedEvent[]>;

  /** At most `limit` events after a position, in total order. */
  abstract readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]>;

  /**
   * Everything after a position in bounded batches: catches up, then stays live until `signal` aborts.
   * Resumes by itself after a disconnect.
   */
  abstract subscribe(after: Position, signal: AbortSignal, limit?: number): AsyncIterable<readonly RecordedEvent[]>;

  /** Position of the last event of ours, `START` when there is none. */
  abstract head(): Promise<Position>;

  /** The stored event types, where the store can tell cheaply: start-up refuses a type that nothing reads. */
  abstract storedTypes(): Promise<ReadonlyArray<{ type: string; version: number }> | undefined>;

  abstract close(): Promise<void>;
}
