import {
  type Appended,
  EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  StoreBusy,
  UnknownOutcome,
} from '@app/event-store';
import type { Metrics, StoreCall, StoreOutcome } from './metrics.js';

/** Any store, with every call timed by its outcome. Subscriptions go through as they are: how far they are is the projection's lag. */
export class MeasuredStore extends EventStore {
  readonly storeId: string;

  constructor(
    private readonly log: EventStore,
    private readonly metrics: Metrics,
  ) {
    super();
    this.storeId = log.storeId;
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const appended = await this.measured('append', () => this.log.append(stream, events, expected));
    this.metrics.eventsAppended.inc(events.length);
    return appended;
  }

  readStream(stream: string, from?: number): Promise<readonly RecordedEvent[]> {
    return this.measured('read_stream', () => this.log.readStream(stream, from));
  }

  readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return this.measured('read_all', () => this.log.readAll(after, limit));
  }

  subscribe(after: Position, signal: AbortSignal, limit?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.log.subscribe(after, signal, limit);
  }

  head(): Promise<Position> {
    return this.measured('head', () => this.log.head());
  }

  storedTypes(): Promise<ReadonlyArray<{ type: string; version: number }> | undefined> {
    return this.log.storedTypes();
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private async measured<Answer>(call: StoreCall, run: () => Promise<Answer>): Promise<Answer> {
    const end = this.metrics.storeCalls.startTimer({ call });
    try {
      const answer = await run();
      end({ outcome: 'ok' });
      return answer;
    } catch (error) {
      end({ outcome: outcomeOf(error) });
      throw error;
    }
  }
}

const outcomeOf = (error: unknown): StoreOutcome => {
  if (error instanceof RevisionConflict) return 'conflict';
  if (error instanceof UnknownOutcome) return 'unknown';
  return error instanceof StoreBusy ? 'busy' : 'failed';
};
