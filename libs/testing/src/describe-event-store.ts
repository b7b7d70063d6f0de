import { type Appended, type EventStore, type NewEvent, RevisionConflict } from '@app/event-store';
import { aStream, anEvent, events, idsOf, type OpenedStore } from './event-store-kit.js';
import { keeping, readingAll, readingStreams, subscribing } from './event-store-reading.js';

/** What every event store must do, whatever it stands on. Each test has streams of its own, so the store may hold other events. */
export const describeEventStore = (name: string, open: () => Promise<OpenedStore>): void =>
  describe(`event store contract: ${name}`, () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    const store = () => opened.store;
    describe('appending', () => appending(store));
    describe('appending again', () => repeating(store));
    describe('reading a stream', () => readingStreams(store));
    describe('reading everything', () => readingAll(store));
    describe('keeping what was written', () => keeping(store, open));
    describe('subscribing', () => subscribing(store));
    describe('64 writers at once', () => writingTogether(store));
  });

const appending = (store: () => EventStore): void => {
  it('starts a stream at revision 0 and goes on from its last event', async () => {
    const stream = aStream();
    const [first, second, third] = events(3) as [NewEvent, NewEvent, NewEvent];
    expect((await store().append(stream, [first, second], 'none')).revision).toBe(1);
    expect((await store().append(stream, [third], 1)).revision).toBe(2);
    expect(idsOf(await store().readStream(stream))).toEqual(idsOf([first, second, third]));
  });

  it.each([
    ['none on a stream that exists', 2, 'none', 1],
    ['a revision that is no longer the last', 2, 0, 1],
    ['a revision beyond the end', 2, 2, 1],
    ['a revision of a stream that does not exist', 0, 0, 'none'],
  ] as const)('refuses %s, writing nothing', async (_case, length, expected, actual) => {
    const stream = aStream();
    if (length > 0) await store().append(stream, events(length), 'none');
    const conflict = await store()
      .append(stream, events(2), expected)
      .catch((error: unknown) => error);
    expect(conflict).toBeInstanceOf(RevisionConflict);
    expect(conflict).toMatchObject({ stream, expected, actual });
    expect(await store().readStream(stream)).toHaveLength(length);
  });

  it('refuses an append of nothing', async () => {
    await expect(store().append(aStream(), [], 'none')).rejects.toThrow();
  });

  it.each([1, 3])('answers with the position at which its last event is read, of %d', async (count) => {
    const before = await store().head();
    const stream = aStream();
    const appended = await store().append(stream, events(count), 'none');
    expect((await store().readAll(before, 10)).at(-1)?.position).toBe(appended.position);
    expect((await store().readStream(stream)).at(-1)?.position).toBe(appended.position);
  });
};

const repeating = (store: () => EventStore): void => {
  it.each([1, 3])('answers as the first time, of %d', async (count) => {
    const stream = aStream();
    const sent = events(count);
    const first = await store().append(stream, sent, 'none');
    expect(await store().append(stream, sent, 'none')).toEqual(first);
    await store().append(stream, events(2), count - 1);
    expect(await store().append(stream, sent, 'none')).toEqual(first);
    expect(await store().readStream(stream)).toHaveLength(count + 2);
  });

  it('answers as the first time within a stream', async () => {
    const stream = aStream();
    const sent = events(2);
    await store().append(stream, events(1), 'none');
    const first = await store().append(stream, sent, 0);
    await store().append(stream, events(1), 2);
    expect(await store().append(stream, sent, 0)).toEqual(first);
  });

  it('answers both when it races itself', async () => {
    const stream = aStream();
    const sent = events(2);
    const [one, other] = await Promise.all([1, 2].map(() => store().append(stream, sent, 'none')));
    expect(one).toEqual(other);
    expect(idsOf(await store().readStream(stream))).toEqual(idsOf(sent));
  });

  it('refuses events of which only some are there', async () => {
    const stream = aStream();
    const [first, second] = events(2) as [NewEvent, NewEvent];
    await store().append(stream, [first, second], 'none');
    for (const sent of [
      [first, anEvent()],
      [first, second, anEvent()],
      [second, first],
      [anEvent(), second],
    ]) {
      await expect(store().append(stream, sent, 'none')).rejects.toBeInstanceOf(RevisionConflict);
    }
    expect(await store().readStream(stream)).toHaveLength(2);
  });
};

const writingTogether = (store: () => EventStore): void => {
  const writers = Array.from({ length: 64 }, (_, writer) => writer);

  it('lets exactly one win each revision of a stream', async () => {
    const stream = aStream();
    for (let revision = 0; revision < 8; revision += 1) {
      const expected = revision === 0 ? 'none' : revision - 1;
      const outcomes = await Promise.allSettled(writers.map(() => store().append(stream, events(1), expected)));
      const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(lost).toHaveLength(63);
      expect(lost.every((reason) => reason instanceof RevisionConflict)).toBe(true);
    }
    expect((await store().readStream(stream)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('keeps everything of 64 streams, each in its order', async () => {
    const before = await store().head();
    const sent = writers.map(() => ({ stream: aStream('asset'), events: events(4) }));
    const answers = await Promise.all(sent.map((each) => appendInSteps(store(), each.stream, each.events)));
    const all = await store().readAll(before, 1000);
    expect(all).toHaveLength(256);
    for (const [index, { stream, events: ours }] of sent.entries()) {
      const stored = all.filter((event) => event.stream === stream);
      expect(idsOf(stored)).toEqual(idsOf(ours));
      expect(stored.map(({ position }) => position)).toEqual(answers[index]?.map(({ position }) => position));
    }
  });
};

/** One append per event, each after the answer to the one before. */
const appendInSteps = async (store: EventStore, stream: string, some: readonly NewEvent[]): Promise<Appended[]> => {
  const answers: Appended[] = [];
  for (const event of some) answers.push(await store.append(stream, [event], answers.at(-1)?.revision ?? 'none'));
  return answers;
};
