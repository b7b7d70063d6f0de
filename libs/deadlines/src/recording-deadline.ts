import { type LegalDate, deadlineMonths } from '@app/kernel';
import { type Closing, type Deadline, type RecordOf, countedTerm, deadline, lapsedAfter } from './deadline.js';

/** The days of a licence, as its parties agreed them. */
interface Licence {
  readonly effectiveOn: LegalDate;
  readonly endsOn?: LegalDate | undefined;
}

/**
 * The recording of a licence, negotiated or open, within three months of its effect. A licence that is over is not recorded any more.
 * The first recording answers for the duty: it was in time or late whatever became of it, and one made after its cancellation changes
 * nothing of that.
 */
export const recordingDeadline = (
  kind: 'LICENCE_RECORDING' | 'OPEN_GRANT_RECORDING',
  record: RecordOf,
  { effectiveOn, endsOn }: Licence,
  closings: ReadonlyArray<Closing | undefined>,
): Deadline =>
  deadline({
    kind,
    record,
    opensOn: effectiveOn,
    term: countedTerm(deadlineMonths(effectiveOn, 3)),
    detail: { effectiveOn },
    closings: [...closings, lapsedAfter(endsOn)],
  });
