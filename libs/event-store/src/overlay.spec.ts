import type { NewEvent } from './event-store.js';
import { MemoryEventStore } from './memory.adapter.js';
import { DryRunnableStore, isDryRun } from './overlay.js';

const actor = { id: 'a', role: 'r', organisation: 'o' };
const event = (id: string): NewEvent => ({
  id,
  type: 'Happened',
  version: 1,
  recordedAt: '2025-01-01T00:00:00.000Z',
  data: { id },
  metadata: { actor, commandId: id, inputHash: id, correlationId: id, source: 'test' },
});

describe('a dry run', () => {
  const setUp = async () => {
    const log = new MemoryEventStore();
    const store = new DryRunnableStore(log);
    await store.append('s', [event('one')], 'none');
    return { log, store };
  };

  it('sees the log and its own appends, and leaves the log as it was', async () => {
    const { log, store } = await setUp();
    const { answer, events } = await store.dryRun(async () => {
      await store.append('s', [event('two')], 0);
      await store.append('t', [event('three')], 'none');
      return { s: await store.readStream('s'), later: await store.readStream('s', 1) };
    });
    expect(answer.s.map(({ id, revision }) => [id, revision])).toEqual([
      ['one', 0],
      ['two', 1],
    ]);
    expect(answer.later.map(({ id }) => id)).toEqual(['two']);
    expect(events.map(({ stream, id }) => [stream, id])).toEqual([
      ['s', 'two'],
      ['t', 'three'],
    ]);
    expect(await log.readStream('s')).toHaveLength(1);
    expect(await log.readStream('t')).toEqual([]);
  });

  it('conflicts and repeats as a store does', async () => {
    const { store } = await setUp();
    await store.dryRun(async () => {
      const appended = await store.append('s', [event('two')], 0);
      expect(await store.append('s', [event('two')], 0)).toEqual(appended);
      await expect(store.append('s', [event('three')], 0)).rejects.toMatchObject({ name: 'RevisionConflict' });
    });
  });

  it('gives positions after every other, in order', async () => {
    const { log, store } = await setUp();
    const { events } = await store.dryRun(() => store.append('s', [event('two'), event('three')], 0));
    const positions = events.map(({ position }) => position);
    expect([...positions].sort()).toEqual(positions);
    expect(positions.every((position) => position > '0'.repeat(31).concat('9'))).toBe(true);
    expect(positions[0]?.length).toBe((await log.head()).length);
  });

  it('is seen by nobody else, also while it runs', async () => {
    const { store } = await setUp();
    let goOn = (): void => {};
    const waited = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const running = store.dryRun(async () => {
      await store.append('s', [event('two')], 0);
      await waited;
      return isDryRun();
    });
    expect(await store.readStream('s')).toHaveLength(1);
    expect(isDryRun()).toBe(false);
    goOn();
    expect((await running).answer).toBe(true);
  });

  it('lets one of two appends at once win', async () => {
    const { store } = await setUp();
    const { answer } = await store.dryRun(() =>
      Promise.allSettled([store.append('s', [event('two')], 0), store.append('s', [event('three')], 0)]),
    );
    expect(answer.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
