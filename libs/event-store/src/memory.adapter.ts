import { randomBytes } from 'node:crypto';
import {
  type Appended,
  EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
} from './event-store.js';
import { endOf, meets } from './repeat.js';
import { Wakeup } from './wakeup.js';

const BATCH = 500;

/** The whole store in two collections, for tests. It passes the same suite as the others. */
export class MemoryEventStore extends EventStore {
  readonly storeId = randomBytes(8).toString('hex');
  private readonly log: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();
  private readonly appended = new Wakeup();

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const existing = this.streams.get(stream) ?? [];
    const met = meets(existing, { stream, events, expected });
    if ('repeated' in met) return met.repeated;
    const recorded = events.map((event, index) => ({
      ...structuredClone(event),
      stream,
      revision: met.from + index,
      position: (this.log.length + index + 1).toString(16).padStart(32, '0'),
    }));
    this.streams.set(stream, [...existing, ...recorded]);
    this.log.push(...recorded);
    this.appended.wake();
    return endOf(recorded);
  }

  async readStream(stream: string, from = 0): Promise<readonly RecordedEvent[]> {
    return (this.streams.get(stream) ?? []).slice(from);
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    const start = Number.parseInt(after, 16);
    return this.log.slice(start, start + limit);
  }

  async *subscribe(after: Position, signal: AbortSignal, limit = BATCH): AsyncIterable<readonly RecordedEvent[]> {
    let position = after;
    while (!signal.aborted) {
      const woken = this.appended.next(signal);
      const batch = await this.readAll(position, limit);
      const last = batch.at(-1);
      if (last) {
        position = last.position;
        yield batch;
      } else {
        await woken;
      }
    }
  }

  async head(): Promise<Position> {
    return this.log.at(-1)?.position ?? '0'.repeat(32);
  }

  async storedTypes() {
    return [...new Map(this.log.map(({ type, version }) => [`${type}@${version}`, { type, version }])).values()];
  }

  async close(): Promise<void> {}
}
