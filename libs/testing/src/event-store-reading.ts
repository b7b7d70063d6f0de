import {
  type EventStore,
  type JsonObject,
  type NewEvent,
  type Position,
  type RecordedEvent,
  START,
} from '@app/event-store';
import { randomUUID } from 'node:crypto';
import { aStream, anEvent, events, idsOf, type OpenedStore, paged, subscription, take } from './event-store-kit.js';

export const readingStreams = (store: () => EventStore): void => {
  it('numbers events from 0 without gaps and starts where it is told', async () => {
    const stream = aStream();
    const sent = events(5);
    await store().append(stream, sent, 'none');
    const whole = await store().readStream(stream);
    expect(whole.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    expect(await store().readStream(stream, 3)).toEqual(whole.slice(3));
    expect(await store().readStream(stream, 5)).toEqual([]);
  });

  it('finds nothing in a stream that does not exist', async () => {
    expect(await store().readStream(aStream())).toEqual([]);
  });

  it('does not take a stream for another whose name begins alike', async () => {
    const stream = aStream();
    await store().append(`${stream}1`, events(1), 'none');
    expect(await store().readStream(stream)).toEqual([]);
  });
};

export const readingAll = (store: () => EventStore): void => {
  /** Seven events over two streams, some appended together. */
  const written = async (): Promise<{ before: Position; ids: string[] }> => {
    const [one, other] = [aStream('contract'), aStream('asset')];
    const parts = [events(3), events(1), events(2), events(1)] as const;
    const before = await store().head();
    await store().append(one, parts[0], 'none');
    await store().append(other, parts[1], 'none');
    await store().append(one, parts[2], 2);
    await store().append(other, parts[3], 0);
    return { before, ids: idsOf(parts.flat()) };
  };

  it('gives the order in which appends were acknowledged', async () => {
    const { before, ids } = await written();
    expect(idsOf(await store().readAll(before, 100))).toEqual(ids);
  });

  it('gives the same sequence in pages of any size', async () => {
    const { before, ids } = await written();
    for (let limit = 1; limit <= ids.length + 1; limit += 1) {
      expect(idsOf(await paged(store(), before, limit))).toEqual(ids);
    }
  });

  it('gives positions of 32 hex digits that ascend as text', async () => {
    const { before } = await written();
    const positions = (await store().readAll(before, 100)).map(({ position }) => position);
    for (const [index, position] of positions.entries()) {
      expect(position).toMatch(/^[0-9a-f]{32}$/);
      expect(position > (positions[index - 1] ?? before)).toBe(true);
    }
  });

  it('has the last event as its head', async () => {
    const { before } = await written();
    expect(await store().head()).toBe((await store().readAll(before, 100)).at(-1)?.position);
    expect(await store().readAll(await store().head(), 10)).toEqual([]);
    expect((await store().readAll(START, 1))[0]?.position).not.toBe(START);
  });

  it('reports the types it holds, where it can', async () => {
    const type = `Type${randomUUID()}`;
    await store().append(aStream(), [anEvent({}, type, 1), anEvent({}, type, 2), anEvent({}, type, 2)], 'none');
    const types = await store().storedTypes();
    const ours = types?.filter((stored) => stored.type === type).map(({ version }) => version);
    expect(ours?.sort() ?? [1, 2]).toEqual([1, 2]);
  });
};

export const keeping = (store: () => EventStore, open: () => Promise<OpenedStore>): void => {
  it('gives back exactly what it was given', async () => {
    const stream = aStream();
    const sent = [
      anEvent(oddData, '合同已备案', 7),
      { ...anEvent(), metadata: { ...anEvent().metadata, ...oddMetadata } },
    ];
    const { position } = await store().append(stream, sent, 'none');
    const stored = await store().readStream(stream);
    const places = stored.map((event, revision) => ({ ...sent[revision], stream, revision, position: event.position }));
    expect(JSON.stringify(stored.map(sorted))).toBe(JSON.stringify(places.map(sorted)));
    expect(stored.at(-1)?.position).toBe(position);
  });

  it('takes an event of 900 kB', async () => {
    const stream = aStream();
    const text = '专'.repeat(300_000);
    await store().append(stream, [anEvent({ text })], 'none');
    expect((await store().readStream(stream))[0]?.data.text === text).toBe(true);
  });

  it('keeps its events and its identity over a restart, where it outlives the process', async () => {
    const own = await open();
    const streams = [aStream(), aStream('asset')] as const;
    await own.store.append(streams[0], events(3), 'none');
    const last = await own.store.append(streams[1], events(1), 'none');
    const [all, { storeId }] = [await own.store.readAll(START, 100), own.store];
    const again = await (own.reopen?.() ?? own.store);
    expect(await again.readAll(START, 100)).toEqual(all);
    expect([again.storeId, await again.head()]).toEqual([storeId, last.position]);
    expect(await again.append(streams[0], events(1), 2)).toMatchObject({ revision: 3 });
    await own.close();
  });
};

export const subscribing = (store: () => EventStore): void => {
  it('catches up from the start and then stays live', async () => {
    const stream = aStream();
    const sent = events(4) as [NewEvent, NewEvent, NewEvent, NewEvent];
    await store().append(stream, sent.slice(0, 2), 'none');
    const seen: RecordedEvent[] = [];
    for await (const batch of subscription(store(), START)) {
      seen.push(...batch.filter((event) => event.stream === stream));
      if (seen.length === 2) await store().append(stream, [sent[2]], 1);
      if (seen.length === 3) await store().append(stream, [sent[3]], 2);
      if (seen.length >= 4) break;
    }
    expect(idsOf(seen)).toEqual(idsOf(sent));
    expect(seen).toEqual(await store().readStream(stream));
  });

  it('goes on from any position, neither losing nor repeating', async () => {
    const before = await store().head();
    await store().append(aStream(), events(3), 'none');
    await store().append(aStream(), events(2), 'none');
    const all = await store().readAll(before, 10);
    for (const [index, { position }] of all.slice(0, -1).entries()) {
      expect(await take(subscription(store(), position), all.length - index - 1)).toEqual(all.slice(index + 1));
    }
  });

  it('sees each of many concurrent appends once, in total order', async () => {
    const before = await store().head();
    const seen = take(subscription(store(), before, 10), 60);
    await Promise.all(Array.from({ length: 30 }, () => store().append(aStream(), events(2), 'none')));
    expect(await seen).toEqual(await store().readAll(before, 100));
  });

  it.each([1, 4])('gives batches of at most %d', async (limit) => {
    const before = await store().head();
    await store().append(aStream(), events(9), 'none');
    let count = 0;
    for await (const batch of subscription(store(), before, limit)) {
      expect(batch.length).toBeGreaterThan(0);
      expect(batch.length).toBeLessThanOrEqual(limit);
      count += batch.length;
      if (count === 9) break;
    }
  });

  it('ends when told to: before it began, between batches, while it waits', async () => {
    const before = await store().head();
    expect(await take(store().subscribe(START, AbortSignal.abort()), 1)).toEqual([]);
    await store().append(aStream(), events(2), 'none');
    const stop = new AbortController();
    let batches = 0;
    for await (const _batch of store().subscribe(before, stop.signal, 1)) {
      batches += 1;
      stop.abort();
    }
    expect(batches).toBe(1);
    const waiting = new AbortController();
    const ended = take(store().subscribe(await store().head(), waiting.signal), 1);
    await store().head();
    waiting.abort();
    expect(await ended).toEqual([]);
  });
};

/** The keys of the event in one order; those inside `data` and `metadata` stay as they are. */
const sorted = (event: Partial<RecordedEvent>) => Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1));

const oddData = JSON.parse(
  '{"":"空键","__proto__":{"a":1},"constructor":"c","length":0,"zh":"转化台账 𠮷 👩‍🔬","rtl":"\\u202Eabc","nul":"\\u0000\\u001f",' +
    '"lines":"a\\r\\n\\u2028b","quote":"\\"\\\\","lone":"\\ud800","numbers":[0.1,1e21,-1.5e-7,9007199254740991],"fen":"900719925474099300",' +
    '"nested":[[],{},[null,[true,false]]],"b":1,"a":2,"10":"ten","9":"nine","date":"2022-02-30"}',
) as JsonObject;
const oddMetadata = { reason: '补录：原表第 3 行\n"示例"', causationId: 'c-1', source: 'import:2021 年 许可.xlsx#3' };
