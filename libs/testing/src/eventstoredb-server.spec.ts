import { randomUUID } from 'node:crypto';
import {
  type AllStreamSubscription,
  EventStoreDBClient,
  eventTypeFilter,
  type JSONEventData,
  jsonEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import type { EventStoreDbOptions, EventStoreDbServer } from './eventstoredb-api.js';
import { startEventStoreDbServer } from './eventstoredb-server.js';

/** What the adapter leaves out, asked by the client as it comes. */
describe('the loopback EventStoreDB, to the client alone', () => {
  let server: EventStoreDbServer;
  let client: EventStoreDBClient;
  const start = async (options: EventStoreDbOptions = {}, more = '') => {
    server = await startEventStoreDbServer(options);
    client = EventStoreDBClient.connectionString(server.connectionString + more);
  };
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });
  const append = (stream: string, type: string) =>
    client.appendToStream(stream, anEvent(type), { expectedRevision: 'no_stream' });

  it('tells its version and methods; appends go one by one, for it has no batches', async () => {
    await start();
    expect(await (client as unknown as { capabilities: Promise<unknown> }).capabilities).toMatchObject({
      serverVersion: '24.10.0',
    });
    expect(await append('a-1', 'Opened')).toMatchObject({ success: true, nextExpectedRevision: 0n });
    await expect(append('a-1', 'Opened')).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 0n,
      expectedVersion: 'no_stream',
    });
  });

  it.each([
    ['event types', eventTypeFilter({ prefixes: ['Op'] }), ['a-1', 'b-1', 'c-1']],
    ['stream names', streamNameFilter({ prefixes: ['b-', 'c-'] }), ['b-1', 'b-2', 'c-1']],
    ['a pattern', streamNameFilter({ regex: '^.-1$' }), ['a-1', 'b-1', 'c-1']],
  ])('filters subscriptions by %s, says when it has caught up, and goes on live', async (_by, filter, expected) => {
    await start();
    for (const [stream, type] of [
      ['a-1', 'Opened'],
      ['b-1', 'Opened'],
      ['b-2', 'Closed'],
    ] as const) {
      await append(stream, type);
    }
    const subscription = client.subscribeToAll({ filter });
    const live = new Promise((resolve) => subscription.once('caughtUp', resolve)).then(() => append('c-1', 'Opened'));
    expect(await streamsOf(subscription, expected.length)).toEqual(expected);
    await live;
  });

  it('gives checkpoints between events that the filter holds back', async () => {
    await start();
    const checkpoints: bigint[] = [];
    const checkpointReached = (_: unknown, { commit }: { commit: bigint }) => void checkpoints.push(commit);
    for (let count = 0; count < 10; count += 1) await append(`a-${count}`, 'Opened');
    await append('b-1', 'Opened');
    const filter = streamNameFilter({ prefixes: ['b-'], maxSearchWindow: 2, checkpointInterval: 2, checkpointReached });
    expect(await streamsOf(client.subscribeToAll({ filter }), 1)).toEqual(['b-1']);
    expect(checkpoints).toHaveLength(2);
  });

  it.each(['leader', 'follower'])('leads those who discover it to the %s', async (preference) => {
    await start({ nodes: 3 }, `&nodePreference=${preference}`);
    const read = () => drained(client.readStream('a-1', { requiresLeader: true })).catch(({ type }) => type);
    expect(await read()).toBe(preference === 'leader' ? 'stream-not-found' : 'not-leader');
    expect(await read()).toBe('stream-not-found');
  });

  it.each([
    ['access-denied', 'access-denied'],
    ['unauthenticated', 'access-denied'],
    ['not-ready', 'unavailable'],
    ['too-busy', 'unavailable'],
    ['no-leader', 'unknown'],
    ['timeout', 'timeout'],
  ] as const)('refuses as %s, which the client takes for "%s", and is itself again afterwards', async (kind, type) => {
    await start();
    server.refuse(kind, 2);
    await expect(append('a-1', 'Opened')).rejects.toMatchObject({ type });
    await expect(drained(client.readStream('a-1'))).rejects.toMatchObject({ type });
    expect(await append('a-1', 'Opened')).toMatchObject({ success: true });
  });

  it('comes back on the same port', async () => {
    await start();
    server.nodes[0]?.stop();
    await server.nodes[0]?.start();
    expect(await append('a-1', 'Opened')).toMatchObject({ success: true });
  });
});

const anEvent = (type: string): JSONEventData => jsonEvent({ id: randomUUID(), type, data: {} }) as JSONEventData;

const drained = async (events: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const _ of events) count += 1;
  return count;
};

const streamsOf = async (subscription: AllStreamSubscription, count: number): Promise<string[]> => {
  const streams: string[] = [];
  for await (const { event } of subscription) {
    if (event) streams.push(event.streamId);
    if (streams.length === count) break;
  }
  await subscription.unsubscribe();
  return streams;
};
