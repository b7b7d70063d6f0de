import { type Decider, type Message, Refusal } from '@app/kernel';
import { type CommandContext, commandContext, DeciderRunner } from './decider-runner.js';
import { defineEvents, EventRegistry } from './event-registry.js';
import {
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  RevisionConflict,
  UnknownOutcome,
} from './event-store.js';
import { MemoryEventStore } from './memory.adapter.js';

type CounterEvent = Message<'Counted', { readonly by: number }>;
interface Count {
  readonly type: 'Count';
  readonly by: number;
}
const counter: Decider<number, Count, CounterEvent> = {
  initial: 0,
  evolve: (sum, { data }) => sum + data.by,
  decide: ({ by }, sum) => (sum >= 100 ? [] : [{ type: 'Counted', data: { by } }]),
};
const registry = new EventRegistry([
  defineEvents<CounterEvent>({ Counted: { version: 1, zh: '计数', en: 'Counted' } }),
]);

const contextOf = (key: string, input: unknown = {}, more: Partial<CommandContext> = {}): CommandContext => ({
  ...commandContext({
    actor: { id: 'hnu', role: 'TRANSFER_OFFICE', organisation: 'hnu' },
    now: '2025-06-01T00:00:00.000Z',
    scope: [key],
    input,
    source: 'test',
  }),
  ...more,
});

/** The memory store, with the appends a test wants to go wrong. */
class FaultyStore extends MemoryEventStore {
  constructor(private readonly faults: Array<'lost-answer' | 'lost-request' | 'conflict'>) {
    super();
  }
  override async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const fault = this.faults.shift();
    if (fault === 'lost-request') throw new UnknownOutcome(stream, { cause: 'gone' });
    if (fault === 'conflict') throw new RevisionConflict(stream, expected, 0);
    const appended = await super.append(stream, events, expected);
    if (fault === 'lost-answer') throw new UnknownOutcome(stream, { cause: 'gone' });
    return appended;
  }
}

const setUp = (...faults: Array<'lost-answer' | 'lost-request' | 'conflict'>) => {
  const store = new FaultyStore(faults);
  return { store, runner: new DeciderRunner(store, registry) };
};
const count = (runner: DeciderRunner, context: CommandContext, by = 1) =>
  runner.run(counter, 'counter-1', { type: 'Count', by }, context);

describe('running a command', () => {
  it('writes what was decided, with who, when and why', async () => {
    const { runner, store } = setUp();
    const { revision } = await count(runner, contextOf('a', {}, { reason: '试' }));
    const [event] = await store.readStream('counter-1');
    expect(revision).toBe(0);
    expect(event).toMatchObject({
      type: 'Counted',
      recordedAt: '2025-06-01T00:00:00.000Z',
      metadata: { actor: { id: 'hnu' }, reason: '试' },
    });
  });

  it('C-1: accepts a repeated command and answers as the first time, whatever came since', async () => {
    const { runner, store } = setUp();
    const first = await count(runner, contextOf('a'));
    await count(runner, contextOf('b'));
    const again = await count(runner, contextOf('a'));
    expect(again).toMatchObject({ revision: first.revision, position: first.position, repeated: true });
    expect(await store.readStream('counter-1')).toHaveLength(2);
  });

  it('refuses the same key with other input', async () => {
    const { runner } = setUp();
    await count(runner, contextOf('a', { by: 1 }));
    await expect(count(runner, contextOf('a', { by: 2 }))).rejects.toMatchObject({ rule: 'C-1', kind: 'invalid' });
  });

  it('takes one of several contents sent at once with one key, and tells the others', async () => {
    const { runner, store } = setUp();
    const sent = Array.from({ length: 10 }, (_, by) => count(runner, contextOf('a', { by })));
    const answers = await Promise.allSettled(sent);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ rule: 'C-1' });
    }
    expect(await store.readStream('counter-1')).toHaveLength(1);
  });

  it('C-2: refuses a stale revision before deciding, accepts the current one', async () => {
    const { runner } = setUp();
    await count(runner, contextOf('a'));
    await expect(count(runner, contextOf('b', {}, { expectedRevision: 5 }))).rejects.toMatchObject({
      rule: 'C-2',
      kind: 'stale',
    });
    await expect(count(runner, contextOf('c', {}, { expectedRevision: 0 }))).resolves.toMatchObject({ revision: 1 });
  });

  it('decides again after a conflict', async () => {
    const { runner, store } = setUp('conflict', 'conflict');
    await count(runner, contextOf('a'));
    expect(await store.readStream('counter-1')).toHaveLength(1);
  });

  it('C-3: accepts what the last of its tries gets in', async () => {
    const { runner } = setUp(...Array<'conflict'>(11).fill('conflict'));
    expect(await count(runner, contextOf('a'))).toMatchObject({ revision: 0 });
  });

  it('C-3: gives up on endless conflicts with a busy answer', async () => {
    const { runner } = setUp(...Array<'conflict'>(12).fill('conflict'));
    await expect(count(runner, contextOf('a'))).rejects.toMatchObject({ rule: 'C-3', kind: 'busy' });
  });

  it.each(['lost-answer', 'lost-request'] as const)('writes once after a %s', async (fault) => {
    const { runner, store } = setUp(fault, fault);
    await count(runner, contextOf('a'));
    expect(await store.readStream('counter-1')).toHaveLength(1);
  });

  it('loses no count and makes none twice among 50 at once', async () => {
    const { runner, store } = setUp();
    const runs = await Promise.allSettled(
      Array.from({ length: 50 }, (_, key) => count(runner, contextOf(`k${key % 25}`))),
    );
    const written = (await store.readStream('counter-1')).map(({ metadata }) => metadata.commandId);
    expect(new Set(written).size).toBe(written.length);
    const refused = runs.filter((run) => run.status === 'rejected' && run.reason instanceof Refusal);
    expect(written.length).toBeGreaterThanOrEqual(25 - refused.length);
  });

  it('previews without writing', async () => {
    const { runner, store } = setUp();
    expect(await runner.preview(counter, 'counter-1', { type: 'Count', by: 3 }, contextOf('a'))).toEqual([
      { type: 'Counted', data: { by: 3 } },
    ]);
    expect(await store.readStream('counter-1')).toEqual([]);
  });
});

describe('the registry', () => {
  const upcast = new EventRegistry([
    {
      Counted: {
        version: 3,
        zh: '',
        en: '',
        upcasters: { 1: (data) => ({ ...data, two: true }), 2: (data) => ({ ...data, three: true }) },
      },
    },
  ]);
  it('reads old versions step by step', async () => {
    const { runner, store } = setUp();
    await count(runner, contextOf('a'));
    const [event] = await store.readStream('counter-1');
    expect(event && upcast.upcast(event)).toMatchObject({ version: 3, data: { by: 1, two: true, three: true } });
  });
  it('stops the start on a stored type that nothing reads', async () => {
    const { runner, store } = setUp();
    await count(runner, contextOf('a'));
    await expect(new EventRegistry([]).assertReads(store)).rejects.toThrow('Counted version 1');
    await expect(registry.assertReads(store)).resolves.toBeUndefined();
  });
  it('refuses a type declared twice', () => {
    const catalogue = { Counted: { version: 1, zh: '', en: '' } };
    expect(() => new EventRegistry([catalogue, catalogue])).toThrow('twice');
  });
});
