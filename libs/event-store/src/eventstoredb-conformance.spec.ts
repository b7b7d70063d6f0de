import {
  contractPrefixes,
  describeEventStore,
  type EventStoreDbOptions,
  injectFaults,
  type OpenedStore,
  ResendingStore,
  seededRandom,
  startEventStoreDbServer,
} from '@app/testing';
import type { EventStore } from './event-store.js';
import { EventStoreDbStore } from './eventstoredb.adapter.js';

const cluster = process.env.EVENTSTORE_URL;

const opened = async (connect: () => Promise<EventStore>, clearUp: () => unknown): Promise<OpenedStore> => {
  let current = await connect();
  return {
    store: current,
    reopen: async () => {
      await current.close();
      current = await connect();
      return current;
    },
    close: async () => {
      await current.close();
      await clearUp();
    },
  };
};

const connectTo = (connectionString: string): Promise<EventStore> =>
  EventStoreDbStore.connect(connectionString, { streamPrefixes: contractPrefixes });

/** The suite over the real client and a server in this process; `more` goes to the end of the connection string. */
const loopback =
  (options: EventStoreDbOptions, more = '') =>
  async (): Promise<OpenedStore> => {
    const server = await startEventStoreDbServer(options);
    return opened(
      () => connectTo(server.connectionString + more),
      () => server.stop(),
    );
  };

const discovering = async (): Promise<OpenedStore> => {
  const server = await startEventStoreDbServer({ nodes: 3 });
  const through = server.nodes[1]?.address;
  return opened(
    () => connectTo(`esdb+discover://${through}?tls=false`),
    () => server.stop(),
  );
};

const faulty = async (): Promise<OpenedStore> => {
  const server = await startEventStoreDbServer({ nodes: 3 });
  const stopFaults = injectFaults(server, { random: seededRandom(5), everyMs: 60, slowMs: 900 });
  const address = `${server.connectionString}&defaultDeadline=700&discoveryInterval=20`;
  const connect = async (): Promise<EventStore> => {
    for (;;) {
      const store = await connectTo(address).catch(() => undefined);
      if (store) return new ResendingStore(store);
    }
  };
  return opened(connect, async () => {
    await stopFaults();
    await server.stop();
  });
};

if (cluster)
  describeEventStore('EventStoreDB cluster', () =>
    opened(
      () => connectTo(cluster),
      () => undefined,
    ),
  );
else describeEventStore('EventStoreDB over loopback', loopback({}));

const secured = { tls: true, credentials: { username: 'ledger', password: 'p@ss:wörd' } };
describeEventStore('EventStoreDB over TLS with credentials', loopback(secured));
describeEventStore('EventStoreDB, three nodes by discovery', discovering);
describeEventStore('EventStoreDB, reading from a follower', loopback({ nodes: 3 }, '&nodePreference=follower'));
describeEventStore('EventStoreDB, three nodes with faults', faulty);
