import type { RecordedEvent } from '@app/event-store';
import type { EntityManager } from 'typeorm';
import type { PreviewRows } from './preview-rows.js';

/** What a dry run (试算) shows of one board: how its figures would change. */
export interface Effect {
  readonly name: string;
  readonly of: (dryRun: DryRunRows) => Promise<unknown>;
}

export interface DryRunRows {
  /** What the commands would write, in order. */
  readonly events: readonly RecordedEvent[];
  /** The read tables after those events. */
  readonly rows: PreviewRows;
  /** The read tables as they are, in the same snapshot. */
  readonly manager: EntityManager;
  /** The day of the dry run in China, `YYYY-MM-DD`. */
  readonly today: string;
}
