import { deadlineMonths } from './deadline.js';
import type { LegalDate } from './legal-date.js';

/** When one year's annuity of a patent (年费) is to be paid. */
export interface AnnuityTerm {
  /** The anniversary of filing that ends the year before. */
  readonly nominalOn: LegalDate;
  /** Last day in time: the anniversary, or the first working day after it. */
  readonly dueOn: LegalDate;
  /** Last day on which it is taken with a surcharge (滞纳期); unpaid then, the patent ends as of its due day. */
  readonly graceEndsOn: LegalDate;
  /** False when the holidays that decide `dueOn` are not known yet; the grace period may reach into a year unknown still. */
  readonly certain: boolean;
}

const YEAR = 12;
const GRACE_MONTHS = 6;

/**
 * The term of the fee of a patent year, the second or a later one: year one begins with filing and is paid at grant (专利法实施细则 art 114,
 * 115). The six months of grace run from the anniversary, where the payment term ends by the calendar, not from the day it was moved to;
 * their own last day is rolled over days off as that of any term (art 5).
 */
export const annuityTerm = (filedOn: LegalDate, year: number): AnnuityTerm => {
  const { nominal: nominalOn, due: dueOn, certain } = deadlineMonths(filedOn, (year - 1) * YEAR);
  return { nominalOn, dueOn, graceEndsOn: deadlineMonths(nominalOn, GRACE_MONTHS).due, certain };
};
