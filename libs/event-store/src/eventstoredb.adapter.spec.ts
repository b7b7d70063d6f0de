import { anEvent, contractPrefixes, type EventStoreDbServer, startEventStoreDbServer } from '@app/testing';
import { AppendTooLarge, type RecordedEvent, START, StoreUnreachable, UnknownOutcome } from './event-store.js';
import { EventStoreDbStore } from './eventstoredb.adapter.js';

const ours = { streamPrefixes: contractPrefixes };

describe('EventStoreDB adapter', () => {
  let server: EventStoreDbServer;
  let store: EventStoreDbStore;
  beforeEach(async () => {
    server = await startEventStoreDbServer();
    store = await EventStoreDbStore.connect(server.connectionString, ours);
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  it('starts empty, at the start', async () => {
    expect([await store.head(), await store.readAll(START, 10)]).toEqual([START, []]);
    expect(store.storeId).toMatch(/^[0-9a-f]{16}$/);
  });

  it('gives one identity to all that open a new log at once', async () => {
    const fresh = await startEventStoreDbServer();
    const opened = await Promise.all([1, 2, 3].map(() => EventStoreDbStore.connect(fresh.connectionString, ours)));
    expect(new Set(opened.map(({ storeId }) => storeId)).size).toBe(1);
    expect(opened[0]?.storeId).not.toBe(store.storeId);
    for (const each of opened) await each.close();
    await fresh.stop();
  });

  it('does not see the streams of others, and finds its own between many of theirs', async () => {
    const others = await EventStoreDbStore.connect(server.connectionString, { streamPrefixes: ['other-'] });
    const many = () => Array.from({ length: 200 }, () => anEvent());
    await others.append('other-1', many(), 'none');
    await store.append('contract-1', [anEvent()], 'none');
    await others.append('other-2', many(), 'none');
    await store.append('asset-1', [anEvent()], 'none');
    const last = await store.append('contract-1', [anEvent()], 0);
    await others.append('other-3', many(), 'none');
    const all = await store.readAll(START, 10);
    expect(all.map(({ stream }) => stream)).toEqual(['contract-1', 'asset-1', 'contract-1']);
    expect(await store.readAll(START, 1)).toEqual(all.slice(0, 1));
    expect(await store.head()).toBe(last.position);
    expect(await seen(store, 3)).toEqual(all);
    await others.close();
  });

  it('writes to no stream that it would not see', async () => {
    await expect(store.append('other-1', [anEvent()], 'none')).rejects.toThrow('prefixes');
  });

  it('does not know the outcome of an append while the server is away, and answers reads with "busy"', async () => {
    await server.stop();
    await expect(store.append('contract-1', [anEvent()], 'none')).rejects.toBeInstanceOf(UnknownOutcome);
    await expect(store.readStream('contract-1')).rejects.toBeInstanceOf(StoreUnreachable);
  });

  it('answers an append whose answer was lost when it is sent again', async () => {
    const sent = [anEvent(), anEvent()];
    server.loseNextAnswer();
    await expect(store.append('contract-1', sent, 'none')).rejects.toBeInstanceOf(UnknownOutcome);
    const head = await store.head();
    expect(await store.append('contract-1', sent, 'none')).toEqual({ revision: 1, position: head });
  });

  it('refuses an append beyond what the server takes as such, not as an unknown outcome', async () => {
    const tooLarge = [anEvent({ text: 'x'.repeat(1024 * 1024) })];
    const refused = await store.append('contract-1', tooLarge, 'none').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppendTooLarge);
    expect(refused).toMatchObject({ limit: 1024 * 1024, size: expect.any(Number) });
    expect((refused as AppendTooLarge).size).toBeGreaterThan(1024 * 1024);
  });

  it('goes on with a subscription after every disconnect, neither losing nor repeating', async () => {
    const events: RecordedEvent[] = [];
    await store.append('contract-1', [anEvent(), anEvent()], 'none');
    for await (const batch of store.subscribe(START, new AbortController().signal)) {
      events.push(...batch);
      if (events.length === 10) break;
      server.dropConnections();
      await surely(() => store.append('contract-1', [anEvent(), anEvent()], events.length - 1));
    }
    expect(events).toEqual(await store.readAll(START, 100));
  });

  it('goes on from a checkpoint when the events of others have passed by', async () => {
    const others = await EventStoreDbStore.connect(server.connectionString, { streamPrefixes: ['other-'] });
    await store.append('contract-1', [anEvent()], 'none');
    const events: RecordedEvent[] = [];
    for await (const batch of store.subscribe(START, new AbortController().signal)) {
      events.push(...batch);
      if (events.length === 2) break;
      for (let part = 0; part < 6; part += 1) {
        await others.append(
          `other-${part}`,
          Array.from({ length: 1000 }, () => anEvent()),
          'none',
        );
      }
      server.dropConnections();
      await surely(() => store.append('contract-1', [anEvent()], 0));
    }
    expect(events).toEqual(await store.readStream('contract-1'));
    const [first, ...later] = server.subscriptions;
    expect(first).toBe(0);
    expect(later.at(-1)).toBeGreaterThan(commitOf(events[0]));
    expect(later.at(-1)).toBeLessThan(commitOf(events[1]));
    await others.close();
  });

  it('settles each of many appends in flight when the connection drops', async () => {
    const before = await store.head();
    const appends = Array.from({ length: 64 }, (_, writer) => ({
      stream: `asset-${writer}`,
      events: [anEvent({ text: 'x'.repeat(10_000) })],
    }));
    const first = appends.map(({ stream, events }) => store.append(stream, events, 'none'));
    server.dropConnections();
    for (const outcome of await Promise.allSettled(first)) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(UnknownOutcome);
    }
    for (const { stream, events } of appends) await surely(() => store.append(stream, events, 'none'));
    expect(await store.readAll(before, 100)).toHaveLength(64);
  });

  it('ends its subscriptions when it is closed', async () => {
    const waiting = seen(store, 1);
    await store.head();
    await store.close();
    expect(await waiting).toEqual([]);
  });
});

const commitOf = (event: RecordedEvent | undefined): number => Number.parseInt(event?.position.slice(0, 16) ?? '', 16);

/** As the runner does: an unknown outcome is sent again. */
const surely = async <Answer>(append: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error;
    }
  }
};

const seen = async (store: EventStoreDbStore, count: number): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe(START, new AbortController().signal)) {
    events.push(...batch);
    if (events.length >= count) break;
  }
  return events;
};
