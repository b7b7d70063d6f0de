/** Runs at most this many rows at once; enough to fill the store's group commits. */
const AT_ONCE = 64;

/**
 * Takes tasks in order and runs them side by side, except that tasks which share a key run one after the other, in order. So a
 * file's outcome never depends on timing.
 */
export class RowLanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly running = new Set<Promise<void>>();

  /** Starts a task once those before it that share a key are done; resolves as soon as there is room for another task. */
  async add(keys: readonly string[], task: () => Promise<void>): Promise<void> {
    const before = keys.flatMap((key) => this.tails.get(key) ?? []);
    const run = Promise.all(before).then(task);
    for (const key of keys) this.tails.set(key, run);
    const tracked = run.finally(() => {
      this.running.delete(tracked);
      for (const key of keys) if (this.tails.get(key) === run) this.tails.delete(key);
    });
    this.running.add(tracked);
    tracked.catch(() => {});
    if (this.running.size >= AT_ONCE) await Promise.race(this.running);
  }

  /** Resolves when every task is done; rejects with the first failure. */
  async drain(): Promise<void> {
    await Promise.all(this.running);
  }
}
