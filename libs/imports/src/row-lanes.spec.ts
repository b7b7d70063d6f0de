import fc from 'fast-check';
import { RowLanes } from './row-lanes.js';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

const task = fc.record({
  keys: fc.subarray(['a', 'b', 'c', 'd'], { maxLength: 3 }),
  turns: fc.nat(5),
});

describe('row lanes', () => {
  it('keep the order of tasks that share a key, and run no two of them at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(task, { maxLength: 120 }), async (tasks) => {
        const lanes = new RowLanes();
        const busy = new Set<string>();
        const begun: number[] = [];
        for (const [index, { keys, turns: count }] of tasks.entries()) {
          await lanes.add(keys, async () => {
            begun.push(index);
            expect(keys.filter((key) => busy.has(key))).toEqual([]);
            for (const key of keys) busy.add(key);
            await turns(count);
            for (const key of keys) busy.delete(key);
          });
        }
        await lanes.drain();
        for (const key of ['a', 'b', 'c', 'd']) {
          const ofKey = begun.filter((index) => tasks[index]?.keys.includes(key));
          expect(ofKey).toEqual([...ofKey].sort((x, y) => x - y));
        }
        expect(begun).toHaveLength(tasks.length);
      }),
      { numRuns: 30 },
    );
  });

  it('run as many as 64 side by side and no more', async () => {
    const lanes = new RowLanes();
    let running = 0;
    let most = 0;
    for (let index = 0; index < 300; index += 1) {
      await lanes.add([`own-${index}`], async () => {
        running += 1;
        most = Math.max(most, running);
        await turns(index % 4);
        running -= 1;
      });
    }
    await lanes.drain();
    expect(most).toBe(64);
  });

  it('tell of a failure, also one long past, and begin nothing after it', async () => {
    const lanes = new RowLanes();
    const begun: string[] = [];
    await lanes.add(['a'], async () => {
      begun.push('first');
      throw new Error('first');
    });
    await lanes.add(['a'], async () => void begun.push('second'));
    await turns(3);
    await expect(lanes.add(['b'], async () => void begun.push('third'))).rejects.toThrow('first');
    await expect(lanes.drain()).rejects.toThrow('first');
    expect(begun).toEqual(['first']);
  });

  it('let the tasks at work end before they tell of a failure', async () => {
    const lanes = new RowLanes();
    let ended = false;
    await lanes.add([], async () => {
      await turns(10);
      ended = true;
    });
    await lanes.add([], () => Promise.reject(new Error('mine')));
    await expect(lanes.drain()).rejects.toThrow('mine');
    expect(ended).toBe(true);
  });

  it('take the same key twice for one', async () => {
    const lanes = new RowLanes();
    const done: string[] = [];
    await lanes.add(['a', 'a'], async () => void done.push('x'));
    await lanes.add(['a', 'a'], async () => void done.push('y'));
    await lanes.drain();
    expect(done).toEqual(['x', 'y']);
  });
});
