/** Lets subscriptions sleep until the next append, without polling. */
export class Wakeup {
  private waiting = new Set<() => void>();

  wake(): void {
    const all = this.waiting;
    this.waiting = new Set();
    for (const resolve of all) resolve();
  }

  /** Resolves at the next `wake` or when the signal aborts. Ask before reading, so that no append falls between. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}
