import type { ImportJob } from '@app/access';
import { StoreBusy } from '@app/event-store';
import { Logger } from '@nestjs/common';
import { CLAIM_MS, type ImportQueue } from './import-queue.js';

/** How often a running job's counts are saved for those who watch it. */
const SAVE_EVERY_MS = 400;
/** Well within the time a claim stands. */
const RENEW_EVERY_MS = 5_000;

/** The job is another's by now, or may be. */
export class ClaimLost extends Error {
  constructor(id: string) {
    super(`import job ${id} is no longer this process's`);
    this.name = 'ClaimLost';
  }
}

/** A claimed job while it runs here: saves its progress, which renews the claim, and says when the claim can no longer be relied on. */
export class ImportHold {
  private readonly logger = new Logger('Imports');
  private readonly timer = setInterval(() => this.saveIfDue(), SAVE_EVERY_MS);
  private goodUntil: number;
  private savedAt = performance.now();
  private isChanged = false;
  private saving: Promise<void> | undefined;

  /** @param claimedAt when the claim was asked for, by `performance.now()` */
  constructor(
    private readonly queue: ImportQueue,
    private readonly job: ImportJob,
    private readonly stopping: AbortSignal,
    claimedAt: number,
  ) {
    this.goodUntil = claimedAt + CLAIM_MS;
  }

  /** Asked before each row: a process that was stalled must not go on before it has heard whether the job is still its own. */
  throwIfAborted(): void {
    this.stopping.throwIfAborted();
    if (performance.now() >= this.goodUntil) throw new ClaimLost(this.job.id);
  }

  get isOver(): boolean {
    return this.stopping.aborted || performance.now() >= this.goodUntil;
  }

  /** The job with its counts of this moment, as long as it is this process's. */
  get progress(): ImportJob | undefined {
    return this.isOver ? undefined : this.job;
  }

  /** There is something to tell those who watch. */
  report(): void {
    this.isChanged = true;
  }

  /** Nothing is saved any more once this resolves. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.saving;
  }

  private saveIfDue(): void {
    const now = performance.now();
    if (!this.isChanged && now - this.savedAt < RENEW_EVERY_MS) return;
    this.savedAt = now;
    this.isChanged = false;
    this.saving ??= this.renew().finally(() => {
      this.saving = undefined;
    });
  }

  private async renew(): Promise<void> {
    const asked = performance.now();
    try {
      const isKept = await this.queue.keep(this.job);
      this.goodUntil = isKept ? asked + CLAIM_MS : 0;
    } catch (error) {
      if (!(error instanceof StoreBusy)) this.logger.error(error);
    }
  }
}
