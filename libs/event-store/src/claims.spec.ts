import { ClaimKeeper, claimEvents, claimStream } from './claims.js';
import { type CommandContext, commandContext, DeciderRunner } from './decider-runner.js';
import { EventRegistry } from './event-registry.js';
import { MemoryEventStore } from './memory.adapter.js';

const contextOf = (key: string): CommandContext =>
  commandContext({
    actor: { id: 'a', role: 'r', organisation: 'o' },
    now: '2025-01-01T00:00:00.000Z',
    scope: [key],
    input: key,
    source: 'test',
  });

const setUp = () => {
  const store = new MemoryEventStore();
  return { store, claims: new ClaimKeeper(new DeciderRunner(store, new EventRegistry([claimEvents]))) };
};

describe('claims', () => {
  it('gives a value to one record only, also among many at once', async () => {
    const { claims } = setUp();
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => claims.claim('contract', 'hnu/1', `r${index}`, contextOf(`k${index}`))),
    );
    const won = tries.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(await claims.holder('contract', 'hnu/1')).toMatch(/^r\d+$/);
  });

  it('is refused with the holder named', async () => {
    const { claims } = setUp();
    await claims.claim('contract', 'hnu/1', 'first', contextOf('a'));
    await expect(claims.claim('contract', 'hnu/1', 'second', contextOf('b'))).rejects.toMatchObject({
      rule: 'C-4',
      place: { conflict: 'first' },
    });
  });

  it('is ignored when the record holds the value already', async () => {
    const { claims, store } = setUp();
    await claims.claim('contract', 'hnu/1', 'first', contextOf('a'));
    await claims.claim('contract', 'hnu/1', 'first', contextOf('b'));
    expect(await store.readStream(claimStream('contract', 'hnu/1'))).toHaveLength(1);
  });

  it('is free again after its holder released it; others release nothing', async () => {
    const { claims } = setUp();
    await claims.claim('contract', 'hnu/1', 'first', contextOf('a'));
    await claims.release('contract', 'hnu/1', 'other', contextOf('b'));
    expect(await claims.holder('contract', 'hnu/1')).toBe('first');
    await claims.release('contract', 'hnu/1', 'first', contextOf('c'));
    await claims.claim('contract', 'hnu/1', 'second', contextOf('d'));
    expect(await claims.holder('contract', 'hnu/1')).toBe('second');
  });

  it('does not mix kinds that share a value', async () => {
    const { claims } = setUp();
    await claims.claim('contract', 'x', 'one', contextOf('a'));
    await claims.claim('disclosure', 'x', 'two', contextOf('b'));
    expect([await claims.holder('contract', 'x'), await claims.holder('disclosure', 'x')]).toEqual(['one', 'two']);
  });
});
