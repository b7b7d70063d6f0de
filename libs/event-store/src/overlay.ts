import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Appended,
  EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
} from './event-store.js';
import { endOf, meets } from './repeat.js';

/** Positions of what was never written: after every position a store gives. */
const AFTER_ALL = 'f'.repeat(16);

/** What commands would write: reads go through to the log, appends stay here. Good for one dry run, then thrown away. */
class Overlay {
  readonly written: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();

  constructor(private readonly log: EventStore) {}

  async readStream(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    const stored = await this.log.readStream(stream, from);
    const own = this.streams.get(stream) ?? [];
    return [...stored, ...own.filter(({ revision }) => revision >= from)];
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const stored = await this.log.readStream(stream);
    // Nothing may come between looking and writing: what runs side by side in one dry run meets here.
    const history = [...stored, ...(this.streams.get(stream) ?? [])];
    const met = meets(history, { stream, events, expected });
    if ('repeated' in met) return met.repeated;
    const recorded = events.map((event, index) => ({
      ...event,
      stream,
      revision: met.from + index,
      position: AFTER_ALL + (this.written.length + index).toString(16).padStart(16, '0'),
    }));
    this.streams.set(stream, [...(this.streams.get(stream) ?? []), ...recorded]);
    this.written.push(...recorded);
    return endOf(recorded);
  }
}

const current = new AsyncLocalStorage<Overlay>();

/** Whether the code at hand runs in a dry run (试算): it may decide everything and keep nothing. */
export const isDryRun = (): boolean => current.getStore() !== undefined;

/**
 * The store of the application. The very same handlers run dry over it: inside `dryRun` their appends are kept aside and seen by them
 * alone.
 */
export class DryRunnableStore extends EventStore {
  readonly storeId: string;

  constructor(private readonly log: EventStore) {
    super();
    this.storeId = log.storeId;
  }

  /** Runs commands with nothing written; answers what they would write, in order. */
  async dryRun<Answer>(
    commands: () => Promise<Answer>,
  ): Promise<{ readonly answer: Answer; readonly events: readonly RecordedEvent[] }> {
    const overlay = new Overlay(this.log);
    const answer = await current.run(overlay, commands);
    return { answer, events: overlay.written };
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return (current.getStore() ?? this.log).append(stream, events, expected);
  }

  readStream(stream: string, from?: number): Promise<readonly RecordedEvent[]> {
    return (current.getStore() ?? this.log).readStream(stream, from);
  }

  readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return this.log.readAll(after, limit);
  }

  subscribe(after: Position, signal: AbortSignal, limit?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.log.subscribe(after, signal, limit);
  }

  head(): Promise<Position> {
    return this.log.head();
  }

  storedTypes(): Promise<ReadonlyArray<{ type: string; version: number }> | undefined> {
    return this.log.storedTypes();
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
