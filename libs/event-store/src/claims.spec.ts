import type { Decider, Message } from '@app/kernel';
import { ClaimKeeper, claimEvents, claimStream } from './claims.js';
import { type CommandContext, commandContext, DeciderRunner } from './decider-runner.js';
import { EventRegistry, defineEvents } from './event-registry.js';
import { MemoryEventStore } from './memory.adapter.js';
import { runnerRule } from './runner-rules.js';

const contextOf = (key: string): CommandContext =>
  commandContext({
    actor: { id: 'a', role: 'r', organisation: 'o' },
    now: '2025-01-01T00:00:00.000Z',
    scope: [key],
    input: key,
    source: 'test',
  });

const record = (id: string) => ({ id, stream: `record-${id}` });

const setUp = () => {
  const store = new MemoryEventStore();
  return { store, claims: new ClaimKeeper(new DeciderRunner(store, new EventRegistry([claimEvents]))) };
};

describe('claims', () => {
  it('gives a value to one record only, also among many at once', async () => {
    const { claims } = setUp();
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        claims.claim({ kind: 'contract', value: 'hnu/1' }, record(`r${index}`), contextOf(`k${index}`)),
      ),
    );
    const won = tries.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(await claims.holder('contract', 'hnu/1')).toMatch(/^r\d+$/);
  });

  it('is refused with the holder named', async () => {
    const { claims } = setUp();
    await claims.claim({ kind: 'contract', value: 'hnu/1' }, record('first'), contextOf('a'));
    await expect(
      claims.claim({ kind: 'contract', value: 'hnu/1' }, record('second'), contextOf('b')),
    ).rejects.toMatchObject({
      rule: 'C-4',
      place: { conflict: 'first' },
    });
  });

  it('is ignored when the record holds the value already', async () => {
    const { claims, store } = setUp();
    await claims.claim({ kind: 'contract', value: 'hnu/1' }, record('first'), contextOf('a'));
    await claims.claim({ kind: 'contract', value: 'hnu/1' }, record('first'), contextOf('b'));
    expect(await store.readStream(claimStream('contract', 'hnu/1'))).toHaveLength(1);
  });

  it('C-4: is accepted again after its holder released it; others release nothing', async () => {
    const { claims } = setUp();
    await claims.claim({ kind: 'contract', value: 'hnu/1' }, record('first'), contextOf('a'));
    await claims.release('contract', 'hnu/1', 'other', contextOf('b'));
    expect(await claims.holder('contract', 'hnu/1')).toBe('first');
    await claims.release('contract', 'hnu/1', 'first', contextOf('c'));
    await claims.claim({ kind: 'contract', value: 'hnu/1' }, record('second'), contextOf('d'));
    expect(await claims.holder('contract', 'hnu/1')).toBe('second');
  });

  it('C-4: accepts one value under two kinds', async () => {
    const { claims } = setUp();
    await claims.claim({ kind: 'contract', value: 'x' }, record('one'), contextOf('a'));
    await claims.claim({ kind: 'disclosure', value: 'x' }, record('two'), contextOf('b'));
    expect([await claims.holder('contract', 'x'), await claims.holder('disclosure', 'x')]).toEqual(['one', 'two']);
  });
});

describe('creating a record under its numbers', () => {
  type Opened = Message<'Opened', { readonly name: string }>;
  const opened = defineEvents<Opened>({ Opened: { version: 1, zh: '开立', en: 'Opened' } });
  const decider: Decider<boolean, { readonly name: string }, Opened> = {
    initial: false,
    evolve: () => true,
    decide: ({ name }, isOpen) => {
      if (name === 'wrong') throw runnerRule('C-5', { kindZh: 'x', kindEn: 'x', value: name });
      return isOpen ? [] : [{ type: 'Opened', data: { name } }];
    },
  };
  const setUpRecords = () => {
    const store = new MemoryEventStore();
    const runner = new DeciderRunner(store, new EventRegistry([claimEvents, opened]));
    const claims = new ClaimKeeper(runner);
    const create = (id: string, name: string, numbers: readonly string[], context = contextOf(id)) =>
      claims.create(
        { decider, ...record(id), command: { name }, numbers: numbers.map((value) => ({ kind: 'contract', value })) },
        context,
      );
    return { store, claims, runner, create };
  };
  const LATER = { now: '2025-01-01T00:11:00.000Z' };

  it('claims nothing for bad input', async () => {
    const { claims, create } = setUpRecords();
    await expect(create('one', 'wrong', ['1'])).rejects.toMatchObject({ rule: 'C-5' });
    expect(await claims.holder('contract', '1')).toBeUndefined();
  });

  it('gives back the numbers it took when a later one is taken', async () => {
    const { claims, create } = setUpRecords();
    await create('one', 'right', ['2']);
    await expect(create('two', 'right', ['1', '2'])).rejects.toMatchObject({ rule: 'C-4' });
    expect(await claims.holder('contract', '1')).toBeUndefined();
    expect(await claims.holder('contract', '2')).toBe('one');
  });

  it('answers a repeat as the first time, and may claim again what it gave back', async () => {
    const { claims, create } = setUpRecords();
    await create('one', 'right', ['2']);
    await expect(create('two', 'right', ['1', '2'])).rejects.toMatchObject({ rule: 'C-4' });
    await claims.release('contract', '2', 'one', contextOf('void'));
    const first = await create('two', 'right', ['1', '2']);
    const again = await create('two', 'right', ['1', '2']);
    expect(again).toMatchObject({ revision: first.revision, repeated: true });
    expect(await claims.holder('contract', '1')).toBe('two');
  });

  it('does not take a repeat for the holder once another record holds the value', async () => {
    const { claims } = setUpRecords();
    const number = { kind: 'contract', value: '1' };
    await claims.claim(number, record('one'), contextOf('one'));
    await claims.release('contract', '1', 'one', contextOf('one'));
    await claims.claim(number, record('two'), contextOf('two'));
    await expect(claims.claim(number, record('one'), contextOf('one'))).rejects.toMatchObject({ rule: 'C-4' });
  });

  it('takes over a claim whose record never came to be, not before its driver must be dead', async () => {
    const { claims, create } = setUpRecords();
    await claims.claim({ kind: 'contract', value: '1' }, record('dead'), contextOf('dead'));
    await expect(create('two', 'right', ['1'])).rejects.toMatchObject({ rule: 'C-4', place: { conflict: 'dead' } });
    await create('three', 'right', ['1'], { ...contextOf('three'), ...LATER });
    expect(await claims.holder('contract', '1')).toBe('three');
  });

  it('leaves a claim alone whose record stands, however old', async () => {
    const { create } = setUpRecords();
    await create('one', 'right', ['1']);
    const late = { ...contextOf('two'), ...LATER };
    await expect(create('two', 'right', ['1'], late)).rejects.toMatchObject({ place: { conflict: 'one' } });
  });

  it('lets one of many take over', async () => {
    const { claims, create } = setUpRecords();
    await claims.claim({ kind: 'contract', value: '1' }, record('dead'), contextOf('dead'));
    const tries = Array.from({ length: 20 }, (_, index) =>
      create(`r${index}`, 'right', ['1'], { ...contextOf(`r${index}`), ...LATER }),
    );
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
