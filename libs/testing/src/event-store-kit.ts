import { randomUUID } from 'node:crypto';
import type { EventStore, JsonObject, NewEvent, Position, RecordedEvent } from '@app/event-store';

export interface OpenedStore {
  readonly store: EventStore;
  /** Closes the store and opens the same data again, where the store outlives its process. */
  readonly reopen?: () => Promise<EventStore>;
  /** Closes whichever is open and clears up. */
  readonly close: () => Promise<void>;
}

/** The streams the suite writes to; a store that filters must let these through. */
export const contractPrefixes: readonly string[] = ['contract-', 'asset-'];

/** A new event with an id of its own, 示例. */
export const anEvent = (data: JsonObject = {}, type = 'ContractLodged', version = 1): NewEvent => ({
  id: randomUUID(),
  type,
  version,
  recordedAt: '2025-03-01T02:03:04.005Z',
  data,
  metadata: {
    actor: { id: 'u-1', role: 'office', organisation: '示例大学' },
    commandId: randomUUID(),
    inputHash: 'i-1',
    correlationId: 'k-1',
    source: 'test',
  },
});

export const events = (count: number): NewEvent[] => Array.from({ length: count }, (_, number) => anEvent({ number }));
export const aStream = (aggregate = 'contract'): string => `${aggregate}-${randomUUID()}`;
export const idsOf = (some: readonly Pick<NewEvent, 'id'>[]): string[] => some.map(({ id }) => id);

export const paged = async (store: EventStore, after: Position, limit: number): Promise<RecordedEvent[]> => {
  const all: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readAll(all.at(-1)?.position ?? after, limit);
    if (page.length === 0) return all;
    expect(page.length).toBeLessThanOrEqual(limit);
    all.push(...page);
  }
};

/** Left by breaking off. */
export const subscription = (store: EventStore, after: Position, limit?: number) =>
  store.subscribe(after, new AbortController().signal, limit);

export const take = async (
  batches: AsyncIterable<readonly RecordedEvent[]>,
  count: number,
): Promise<RecordedEvent[]> => {
  const seen: RecordedEvent[] = [];
  for await (const batch of batches) {
    seen.push(...batch);
    if (seen.length >= count) break;
  }
  return seen;
};
