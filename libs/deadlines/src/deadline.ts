import { type LegalDate, addDays } from '@app/kernel';
import type { DeadlineKind } from './deadline-kinds.js';

/** After every legal date: stands for "no such day" where dates are compared. */
export const NEVER: LegalDate = '9999-12-31';

/**
 * What ended a deadline. `MET`: the act it asks for was done, in time or late. `LAPSED`: the day went by and nothing is owed any more (期满).
 * `CANCELLED`: what it stood on fell away.
 */
export type Outcome = 'MET' | 'LAPSED' | 'CANCELLED';

/** One act that is due, with the days that answer what it was as of any date. Dates are legal dates; `NEVER` where there is none. */
export interface Deadline {
  /** `<kind>:<recordKind>-<recordId>` and, where a record has several of a kind, a tail. Never changes: calendars know it by this. */
  readonly key: string;
  readonly kind: DeadlineKind;
  /** Empty when it is not a university's own affair. */
  readonly universityId: string;
  readonly recordKind: string;
  readonly recordId: string;
  readonly recordNumber: string;
  readonly title: string;
  /** First day on which it is watched. */
  readonly opensOn: LegalDate;
  /** Last day of the term before days off are looked at. */
  readonly nominalOn: LegalDate;
  /** Last day on which the act is in time. `NEVER` when no law sets a term. */
  readonly dueOn: LegalDate;
  /** False when a day off that decides lies in a year whose holidays are not known yet. */
  readonly certain: boolean;
  /** Legal date of the act, or the first day after it lapsed. */
  readonly closedOn: LegalDate;
  /** Type of the event that closed it; null while it stands and when it lapsed by itself. */
  readonly closedBy: string | null;
  readonly outcome: Outcome | null;
  /** What its text says besides the dates. */
  readonly detail: Readonly<Record<string, string | number>>;
}

/** How a deadline stands on a date (状态). */
export const DEADLINE_STATES = {
  NOT_YET: { zh: '未到', en: 'Not yet' },
  OPEN: { zh: '待办', en: 'Open' },
  OVERDUE: { zh: '逾期', en: 'Overdue' },
  MET: { zh: '按期办结', en: 'Met' },
  MET_LATE: { zh: '逾期办结', en: 'Met late' },
  LAPSED: { zh: '期满', en: 'Lapsed' },
  CANCELLED: { zh: '取消', en: 'Cancelled' },
} as const;
export type DeadlineState = keyof typeof DEADLINE_STATES;

type Days = Pick<Deadline, 'opensOn' | 'dueOn' | 'closedOn' | 'outcome'>;

/** The state as of the end of a date, whatever was recorded when. */
export const stateOn = ({ opensOn, dueOn, closedOn, outcome }: Days, date: LegalDate): DeadlineState => {
  if (closedOn <= date && outcome) return outcome === 'MET' && closedOn > dueOn ? 'MET_LATE' : outcome;
  if (opensOn > date) return 'NOT_YET';
  return dueOn < date ? 'OVERDUE' : 'OPEN';
};

/** The record a deadline belongs to. */
export type RecordOf = Pick<Deadline, 'universityId' | 'recordKind' | 'recordId' | 'recordNumber' | 'title'>;

/** The days of a term, as the kernel's `Deadline` gives them or as fixed by contract or register. */
export type Term = Pick<Deadline, 'nominalOn' | 'dueOn' | 'certain'>;

/** A term that ends on a given day, days off or not. */
export const fixedTerm = (dueOn: LegalDate): Term => ({ nominalOn: dueOn, dueOn, certain: true });

/** A term counted by the kernel. */
export const countedTerm = (counted: {
  readonly due: LegalDate;
  readonly nominal: LegalDate;
  readonly certain: boolean;
}): Term => ({ nominalOn: counted.nominal, dueOn: counted.due, certain: counted.certain });

/** No law sets a term: it stands until it is done and is never overdue. */
export const noTerm: Term = { nominalOn: NEVER, dueOn: NEVER, certain: true };

export interface Closing {
  readonly on: LegalDate;
  /** Event type; null for a lapse. */
  readonly by: string | null;
  readonly outcome: Outcome;
}

interface Draft {
  readonly kind: DeadlineKind;
  readonly record: RecordOf;
  readonly opensOn: LegalDate;
  readonly term: Term;
  /** Distinguishes several of a kind on one record. */
  readonly tail?: string | number;
  readonly detail?: Deadline['detail'];
  /** Whatever may close it; the first day counts, of the same day the first named. */
  readonly closings?: ReadonlyArray<Closing | undefined>;
}

export const deadline = ({ kind, record, opensOn, term, tail, detail = {}, closings = [] }: Draft): Deadline => {
  const [closing] = closings.filter((one) => one !== undefined).toSorted((a, b) => compareText(a.on, b.on));
  return {
    key: `${kind}:${record.recordKind}-${record.recordId}${tail === undefined ? '' : `:${tail}`}`,
    kind,
    ...record,
    opensOn,
    ...term,
    closedOn: closing?.on ?? NEVER,
    closedBy: closing?.by ?? null,
    outcome: closing?.outcome ?? null,
    detail,
  };
};

const closing =
  (outcome: Outcome) =>
  (on: LegalDate | undefined, by: string | null): Closing | undefined =>
    on === undefined ? undefined : { on, by, outcome };

/** Closings that are none where the day is absent. */
export const met = closing('MET');
export const cancelled = closing('CANCELLED');
/** Nothing is owed from this day on. */
export const lapsed = (from: LegalDate | undefined): Closing | undefined => closing('LAPSED')(from, null);

/** Nothing is owed any more once a last day is over; of what has none, nothing lapses. */
export const lapsedAfter = (lastDay: LegalDate | undefined): Closing | undefined =>
  lapsed(lastDay && addDays(lastDay, 1));

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const laterOf = (a: LegalDate, b: LegalDate): LegalDate => (a > b ? a : b);
