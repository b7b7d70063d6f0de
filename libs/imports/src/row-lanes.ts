/** Runs at most this many rows at once; enough to fill the store's group commits. */
const AT_ONCE = 64;

/**
 * Takes tasks in order and runs them side by side, except that tasks which share a key run one after the other, in order. So a
 * file's outcome never depends on timing. After a task has failed no other begins.
 */
export class RowLanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  /**
   * Starts a task once those before it that share a key are done; resolves as soon as there is room for another task.
   * @throws the first failure of any task
   */
  async add(keys: readonly string[], task: () => Promise<void>): Promise<void> {
    this.assertSound();
    const before = keys.flatMap((key) => this.tails.get(key) ?? []);
    const run: Promise<void> = Promise.all(before)
      .then(() => (this.failure ? undefined : task()))
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.running.delete(run);
        for (const key of keys) if (this.tails.get(key) === run) this.tails.delete(key);
      });
    this.running.add(run);
    for (const key of keys) this.tails.set(key, run);
    if (this.running.size >= AT_ONCE) await Promise.race(this.running);
  }

  /** Waits until no task runs. @throws the first failure of any task */
  async drain(): Promise<void> {
    await Promise.all(this.running);
    this.assertSound();
  }

  private assertSound(): void {
    if (this.failure) throw this.failure.error;
  }
}
