import {
  anEvent,
  contractPrefixes,
  type EventStoreDbOptions,
  type EventStoreDbServer,
  startEventStoreDbServer,
} from '@app/testing';
import {
  type RecordedEvent,
  START,
  StoreAccessDenied,
  StoreBusy,
  StoreUnreachable,
  UnknownOutcome,
} from './event-store.js';
import { EventStoreDbStore, type StoreObserver } from './eventstoredb.adapter.js';

const endings: Array<() => unknown> = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const started = async (options: EventStoreDbOptions = {}): Promise<EventStoreDbServer> => {
  const server = await startEventStoreDbServer(options);
  endings.push(() => server.stop());
  return server;
};

const connected = async (connectionString: string, observe?: StoreObserver): Promise<EventStoreDbStore> => {
  const options = { streamPrefixes: contractPrefixes, ...(observe && { observe }) };
  const store = await EventStoreDbStore.connect(connectionString, options);
  endings.push(() => store.close());
  return store;
};

const refusalOf = (connecting: Promise<unknown>): Promise<Error> =>
  connecting.then(
    () => new Error('connected'),
    (error: Error) => error,
  );

describe('EventStoreDB adapter, opening', () => {
  const credentials = { username: 'ledger', password: 'p@ss:wörd' };

  it.each([
    ['a wrong password', 'ledger:wrong@', 'user "ledger"'],
    ['no user', '', 'access without a user'],
  ])('with %s fails with the node and the user, in both languages, without the password', async (_case, who, named) => {
    const { nodes, caFile = '' } = await started({ tls: true, credentials });
    const node = nodes[0]?.address;
    const error = await refusalOf(connected(`esdb://${who}${node}?tlsCAFile=${encodeURIComponent(caFile)}`));
    expect(error).toBeInstanceOf(StoreAccessDenied);
    expect(error.message).toContain(`the event store at ${node} refuses ${named}`);
    expect(error.message).toContain(`事件库 ${node} 拒绝`);
    expect(textOf(error)).not.toContain('wrong');
  });

  it('with a certificate that nobody vouches for says so', async () => {
    const { nodes } = await started({ tls: true, credentials });
    const error = await refusalOf(connected(`esdb://ledger:secret@${nodes[0]?.address}`));
    expect(error).toBeInstanceOf(StoreUnreachable);
    expect(error.message).toMatch(/certificate|issuer/);
    expect(textOf(error)).not.toContain('secret');
  });

  it.each([
    ['a node that is not there', (gone: string) => `esdb://ledger:secret@${gone}?tls=false`],
    ['a cluster that is not there', (gone: string) => `esdb+discover://ledger:secret@${gone}?tls=false`],
  ])('%s fails with its address', async (_case, address) => {
    const server = await started();
    await server.stop();
    const gone = server.nodes[0]?.address ?? '';
    const error = await refusalOf(connected(address(gone)));
    expect(error).toBeInstanceOf(StoreUnreachable);
    expect(error.message).toMatch(new RegExp(`at ${gone} cannot be reached \\(.*\\) / 无法连接事件库 ${gone}`));
    expect(textOf(error)).not.toContain('secret');
  });

  it.each([
    ['esdb://ledger:secret@db-1:x?tls=false', /character/],
    ['esdb://ledger:secret@db-1:2113?colour=red', /"colour" is not known/],
    ['esdb://ledger:secret@db-1:2113?tlsVerifyCert=false', /"tlsVerifyCert" is not known/],
    ['esdb://ledger:secret@db-1:2113?nodePreference=nearest', /character/],
    ['esdb://ledger:secret@db-1:2113?tlsCAFile=%2Fnowhere.crt', /certificate file/],
    ['https://ledger:secret@db-1:2113', /character/],
  ])('refuses %s without repeating the password', async (connectionString, reason) => {
    const said = jest.spyOn(console, 'warn').mockImplementation(() => {});
    endings.push(() => said.mockRestore());
    const error = await refusalOf(connected(connectionString));
    expect(error.message).toMatch(reason);
    expect(error.message).toContain('连接串');
    expect(textOf(error) + JSON.stringify(said.mock.calls)).not.toContain('secret');
  });

  it('takes the address as KurrentDB writes it', async () => {
    const { connectionString } = await started();
    expect((await connected(connectionString.replace('esdb', 'kurrentdb'))).storeId).toMatch(/^[0-9a-f]{16}$/);
  });

  it('waits for a cluster that has no leader yet', async () => {
    const server = await started({ nodes: 3 });
    server.refuse('no-leader', 3);
    expect((await connected(server.connectionString)).storeId).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('EventStoreDB adapter, while leadership moves', () => {
  it('goes to the new leader by itself, for appends and reads', async () => {
    const server = await started({ nodes: 3 });
    const store = await connected(server.connectionString);
    for (let revision = 0; revision < 4; revision += 1) {
      server.notLeader();
      const expected = revision === 0 ? 'none' : revision - 1;
      expect(await store.append('contract-1', [anEvent()], expected)).toMatchObject({ revision });
      server.notLeader();
      expect(await store.readStream('contract-1')).toHaveLength(revision + 1);
    }
  });

  it('goes on when the leader dies, and when it returns as a follower', async () => {
    const server = await started({ nodes: 3 });
    const store = await connected(`${server.connectionString}&discoveryInterval=20`);
    await store.append('contract-1', [anEvent()], 'none');
    const leader = server.nodes.find((node) => node.leads());
    leader?.stop();
    expect(await surely(() => store.append('contract-1', [anEvent()], 0))).toMatchObject({ revision: 1 });
    await leader?.start();
    expect(await surely(() => store.append('contract-1', [anEvent()], 1))).toMatchObject({ revision: 2 });
  });

  it('is busy, having written nothing, while no node leads for long', async () => {
    const server = await started({ nodes: 3 });
    const store = await connected(server.connectionString);
    server.refuse('no-leader', 100);
    const refused = await refusalOf(store.append('contract-1', [anEvent()], 'none'));
    expect(refused).toBeInstanceOf(StoreBusy);
    server.refuse('no-leader', 0);
    expect(await store.readStream('contract-1')).toEqual([]);
  });

  it('tells who listens of each new connection and each new subscription', async () => {
    const server = await started();
    const heard: string[] = [];
    const store = await connected(server.connectionString, (what) => heard.push(what));
    const stop = new AbortController();
    const events = collected(store, stop.signal);
    await surely(() => store.append('contract-1', [anEvent()], 'none'));
    await until(() => events.length === 1);
    expect(heard).toEqual([]);
    server.dropConnections();
    await surely(() => store.append('contract-1', [anEvent()], 0));
    await until(() => events.length === 2);
    stop.abort();
    expect(new Set(heard)).toEqual(new Set(['reconnect', 'resubscribe']));
  });
});

describe('EventStoreDB adapter, reading from a follower that lags', () => {
  it('still sees what was acknowledged, while subscriptions wait for the follower', async () => {
    const server = await started({ nodes: 3 });
    const store = await connected(`${server.connectionString}&nodePreference=follower`);
    const stop = new AbortController();
    const events = collected(store, stop.signal);
    await store.append('contract-1', [anEvent()], 'none');
    await until(() => events.length === 1);
    server.holdReplication();
    const { position } = await store.append('contract-1', [anEvent(), anEvent()], 0);
    expect(await store.head()).toBe(position);
    expect((await store.readAll(START, 10)).at(-1)?.position).toBe(position);
    expect(await store.readStream('contract-1')).toHaveLength(3);
    expect(events).toHaveLength(1);
    server.releaseReplication();
    await until(() => events.length === 3);
    stop.abort();
    expect(events).toEqual(await store.readAll(START, 10));
  });

  it('goes on at another node when its own dies', async () => {
    const server = await started({ nodes: 2 });
    const store = await connected(`${server.connectionString}&nodePreference=follower&discoveryInterval=20`);
    const stop = new AbortController();
    const events = collected(store, stop.signal);
    await store.append('contract-1', [anEvent(), anEvent()], 'none');
    await until(() => events.length === 2);
    server.nodes.find((node) => !node.leads())?.stop();
    await surely(() => store.append('contract-1', [anEvent()], 1));
    await until(() => events.length === 3);
    stop.abort();
    expect(events).toEqual(await store.readAll(START, 10));
  });
});

describe('EventStoreDB adapter, when the server is slow', () => {
  it('does not know the outcome of an append past its deadline, and is told when it sends it again', async () => {
    const server = await started();
    const store = await connected(`${server.connectionString}&defaultDeadline=200`);
    const sent = [anEvent()];
    server.slow(2_000);
    await expect(store.append('contract-1', sent, 'none')).rejects.toBeInstanceOf(UnknownOutcome);
    expect(await store.append('contract-1', sent, 'none')).toMatchObject({ revision: 0 });
    expect(await store.readAll(START, 10)).toHaveLength(1);
  });

  it('gives up a read on which the server stays silent', async () => {
    const server = await started();
    const store = await connected(`${server.connectionString}&defaultDeadline=200`);
    server.slow(5_000, 100);
    const refused = await refusalOf(store.readStream('contract-1'));
    expect(refused).toBeInstanceOf(StoreUnreachable);
    expect(refused.message).toContain('silent for 200 ms');
  });

  it('does not cut a read that takes longer than the deadline and makes progress', async () => {
    const server = await started();
    const writer = await connected(server.connectionString);
    const text = 'x'.repeat(2_000);
    for (let part = 0; part < 5; part += 1) {
      const events = Array.from({ length: 400 }, () => anEvent({ text }));
      await writer.append('contract-1', events, part === 0 ? 'none' : part * 400 - 1);
    }
    const store = await connected(`${server.connectionString}&defaultDeadline=100`);
    expect(await store.readStream('contract-1')).toHaveLength(2_000);
  });

  it('gives up a subscription that is not confirmed, and begins anew', async () => {
    const server = await started();
    const heard: string[] = [];
    const store = await connected(`${server.connectionString}&defaultDeadline=200`, (what) => heard.push(what));
    const stop = new AbortController();
    server.slow(60_000);
    const events = collected(store, stop.signal);
    await until(() => server.subscriptions.length === 2);
    await store.append('contract-1', [anEvent()], 'none');
    await until(() => events.length === 1);
    stop.abort();
    expect(heard).toEqual(['resubscribe']);
  });

  it('ends a read under way when it is closed', async () => {
    const server = await started();
    const store = await connected(server.connectionString);
    server.slow(60_000, 100);
    const reading = refusalOf(store.readStream('contract-1'));
    await store.close();
    expect(await reading).toBeInstanceOf(StoreUnreachable);
  });
});

it('EventStoreDB adapter refuses to write to a stream that was deleted for good, and to read it', async () => {
  const server = await started();
  const store = await connected(server.connectionString);
  server.tombstone('contract-1');
  await expect(store.append('contract-1', [anEvent()], 'none')).rejects.toMatchObject({ type: 'stream-deleted' });
  await expect(store.readStream('contract-1')).rejects.toMatchObject({ type: 'stream-deleted' });
});

/** Everything that a logger might write of an error. */
const textOf = (error: Error): string =>
  [error.message, error.stack, JSON.stringify(error), error.cause instanceof Error ? textOf(error.cause) : ''].join();

const surely = async <Answer>(append: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error;
    }
  }
};

const collected = (store: EventStoreDbStore, signal: AbortSignal): RecordedEvent[] => {
  const events: RecordedEvent[] = [];
  void (async () => {
    for await (const batch of store.subscribe(START, signal)) events.push(...batch);
  })();
  return events;
};

const until = async (reached: () => boolean): Promise<void> => {
  const end = Date.now() + 20_000;
  while (!reached()) {
    if (Date.now() > end) throw new Error('not reached within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
