import {
  type Appended,
  EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  StoreBusy,
  UnknownOutcome,
} from '@app/event-store';

const ATTEMPTS = 40;

/**
 * A store whose users do as the ledger's do while things go wrong: an append whose outcome is unknown is sent again as it was, and whoever
 * is told that the store is busy comes back.
 */
export class ResendingStore extends EventStore {
  readonly storeId: string;

  constructor(private readonly store: EventStore) {
    super();
    this.storeId = store.storeId;
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return again(() => this.store.append(stream, events, expected));
  }

  readStream(stream: string, from?: number): Promise<readonly RecordedEvent[]> {
    return again(() => this.store.readStream(stream, from));
  }

  readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    return again(() => this.store.readAll(after, limit));
  }

  subscribe(after: Position, signal: AbortSignal, limit?: number): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.subscribe(after, signal, limit);
  }

  head(): Promise<Position> {
    return again(() => this.store.head());
  }

  storedTypes() {
    return this.store.storedTypes();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

const again = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const mayHelp = error instanceof UnknownOutcome || error instanceof StoreBusy;
      if (!mayHelp || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * attempt));
    }
  }
};
