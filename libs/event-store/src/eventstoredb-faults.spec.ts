import {
  anEvent,
  contractPrefixes,
  type EventStoreDbServer,
  injectFaults,
  ResendingStore,
  seededRandom,
  startEventStoreDbServer,
} from '@app/testing';
import {
  type Appended,
  type EventStore,
  type NewEvent,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  START,
} from './event-store.js';
import { EventStoreDbStore, type StoreObserver } from './eventstoredb.adapter.js';

const WRITERS = 32;
const APPENDS = 150;
/** So many writers take every tenth append to one stream that they share. */
const SHARING = 4;
const SHARED = 'contract-shared';

const connectTo = (
  { connectionString }: EventStoreDbServer,
  more: string,
  observe: StoreObserver,
): Promise<EventStoreDbStore> =>
  EventStoreDbStore.connect(`${connectionString}&defaultDeadline=700&discoveryInterval=20${more}`, {
    streamPrefixes: contractPrefixes,
    observe,
  });

describe.each([
  ['one node', { nodes: 1 }, ''],
  ['three nodes, subscribing to a follower', { nodes: 3 }, '&nodePreference=follower'],
])('EventStoreDB adapter under random faults, on %s', (_name, options, more) => {
  const endings: Array<() => unknown> = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  it('loses nothing, repeats nothing and keeps the order, for writers and for subscribers', async () => {
    const random = seededRandom(20_251);
    const server = await startEventStoreDbServer(options);
    endings.push(() => server.stop());
    const met = { reconnect: 0, resubscribe: 0 };
    const store = await connectTo(server, more, (what) => {
      met[what] += 1;
    });
    endings.push(() => store.close());
    const stop = new AbortController();
    const through = seen(store, stop.signal);
    const resumed = seenInPieces(store, stop.signal, random);
    const stopFaults = injectFaults(server, { random, everyMs: 60, slowMs: 900 });
    endings.push(stopFaults);
    const written = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(store, writer, random)));
    await stopFaults();

    const all = await everything(store);
    const answered = written.flat();
    expect(idsOf(all).sort()).toEqual(answered.flatMap(({ events }) => idsOf(events)).sort());
    expect(all.map(({ position }) => position)).toEqual([...new Set(all.map(({ position }) => position))].sort());
    for (const stream of new Set(answered.map(({ stream }) => stream))) {
      expect(idsOf(all.filter((event) => event.stream === stream))).toEqual(asAnswered(answered, stream));
    }
    const placeOf = new Map(all.map(({ id, revision, position }) => [id, { revision, position }]));
    for (const { events, appended } of answered) expect(appended).toEqual(placeOf.get(events.at(-1)?.id ?? ''));

    await until(() => through.length >= all.length && resumed.length >= all.length);
    stop.abort();
    expect(idsOf(through)).toEqual(idsOf(all));
    expect(idsOf(resumed)).toEqual(idsOf(all));
    // Otherwise the faults proved nothing.
    expect(Math.min(met.reconnect, met.resubscribe)).toBeGreaterThan(0);
  }, 120_000);
});

interface Written {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly appended: Appended;
}

const write = async (store: EventStore, writer: number, random: () => number): Promise<Written[]> => {
  const resending = new ResendingStore(store);
  const written: Written[] = [];
  const own = `asset-${writer}`;
  let last: number | 'none' = 'none';
  for (let count = 1; count <= APPENDS; count += 1) {
    const events = Array.from({ length: random() < 0.2 ? 3 : 1 }, () => anEvent({ writer, count }));
    if (writer < SHARING && count % 10 === 0) {
      written.push({ stream: SHARED, events, appended: await contend(resending, events) });
    } else {
      const appended = await resending.append(own, events, last);
      last = appended.revision;
      written.push({ stream: own, events, appended });
    }
  }
  return written;
};

/** As the runner does: another append came first, so read again. */
const contend = async (store: EventStore, events: readonly NewEvent[]): Promise<Appended> => {
  for (;;) {
    const history = await store.readStream(SHARED);
    try {
      return await store.append(SHARED, events, history.at(-1)?.revision ?? 'none');
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
};

const seen = (store: EventStore, signal: AbortSignal): RecordedEvent[] => {
  const events: RecordedEvent[] = [];
  void (async () => {
    for await (const batch of store.subscribe(START, signal)) events.push(...batch);
  })();
  return events;
};

/** Breaks off at random and begins anew behind the last event it has. */
const seenInPieces = (store: EventStore, signal: AbortSignal, random: () => number): RecordedEvent[] => {
  const events: RecordedEvent[] = [];
  void (async () => {
    while (!signal.aborted) {
      for await (const batch of store.subscribe(events.at(-1)?.position ?? START, signal, 50)) {
        events.push(...batch);
        if (random() < 0.1) break;
      }
    }
  })();
  return events;
};

const everything = async (store: EventStore): Promise<RecordedEvent[]> => {
  const all: RecordedEvent[] = [];
  for (;;) {
    const after: Position = all.at(-1)?.position ?? START;
    const page = await new ResendingStore(store).readAll(after, 1000);
    if (page.length === 0) return all;
    all.push(...page);
  }
};

const asAnswered = (answered: readonly Written[], stream: string): string[] =>
  answered
    .filter((each) => each.stream === stream)
    .sort((one, other) => one.appended.revision - other.appended.revision)
    .flatMap(({ events }) => idsOf(events));

const idsOf = (events: ReadonlyArray<{ readonly id: string }>): string[] => events.map(({ id }) => id);

const until = async (reached: () => boolean): Promise<void> => {
  const end = Date.now() + 60_000;
  while (!reached()) {
    if (Date.now() > end) throw new Error('not reached within a minute');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
