import type { Basis, Verdict } from '@app/growth';
import type { BilingualText } from '@app/kernel';
import type { Fields } from './api-types.js';

/** A command as it goes out. */
export interface SentCommand {
  /** Under `/api/v1`. */
  readonly path: string;
  readonly body: unknown;
  /** The same for every attempt to send this content. */
  readonly key: string;
  /** Revision of the record that was read. */
  readonly revision?: number;
}

export interface Outcome {
  readonly id: string;
  readonly revision: number;
  /** Token to read with, as `after`. */
  readonly position: string;
  readonly written: boolean;
  /** Present while other records still decide. */
  readonly pendingAt?: string;
}

export interface PreviewedEvent {
  readonly stream: string;
  readonly type: string;
  readonly title: BilingualText;
  readonly data: Fields;
}

export interface TargetChange {
  /** `city` or a university's id. */
  readonly scope: string;
  readonly year: number;
  readonly basis: Basis;
  readonly before: number;
  readonly after: number;
  readonly verdictBefore: Verdict;
  readonly verdictAfter: Verdict;
}

export interface FundSums {
  readonly budgetFen: string;
  readonly allocatedFen: string;
  readonly leftFen: string;
  readonly claims: number;
}

export interface FundYearChange {
  readonly year: string;
  readonly before: FundSums | null;
  readonly after: FundSums | null;
}

/** A claim on the fund that stands on a record the command is about. */
export interface FundClaimTouched {
  readonly year: number;
  readonly number: string;
  readonly universityId: string;
  readonly status: string;
  readonly allocatedFen: string | null;
  readonly objectNumber: string;
}

/** What a command would write and change; nothing was written. */
export interface DryRun {
  readonly outcome: Pick<Outcome, 'id' | 'revision' | 'written'>;
  readonly events: readonly PreviewedEvent[];
  readonly effect: {
    readonly target?: { readonly years: readonly TargetChange[] };
    readonly fund?: { readonly years: readonly FundYearChange[]; readonly claims?: readonly FundClaimTouched[] };
  };
}
