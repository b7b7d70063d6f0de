import { isHolidayTableYear, isWorkingDay } from './holidays.js';
import type { LegalDate } from './legal-date.js';
import { addDays, addMonths } from './legal-date.js';

/** When a term ends, and what that answer stands on. */
export interface Deadline {
  /** The last day on which the act is in time. */
  readonly due: LegalDate;
  /** The day the term would end if holidays did not matter. */
  readonly nominal: LegalDate;
  /** False when a day that decided lies in a year whose holiday arrangement is not known: weekends alone were counted. */
  readonly certain: boolean;
}

const requireCount = (count: number): void => {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`a term is a positive whole number, not ${count}`);
};

/** A term that ends on a day off ends on the first working day after it (专利法实施细则 art 5). */
const rolled = (nominal: LegalDate): Deadline => {
  let due = nominal;
  while (!isWorkingDay(due)) due = addDays(due, 1);
  // Years in the table are consecutive, so the first and the last day looked at speak for those between.
  return { due, nominal, certain: isHolidayTableYear(nominal) && isHolidayTableYear(due) };
};

/**
 * The end of a term of months (专利法实施细则 art 5): the first day is not counted, the term ends on the corresponding
 * day of its last month, or on that month's last day: from 2023-11-30 three months end on 2024-02-29.
 */
export const deadlineMonths = (start: LegalDate, months: number): Deadline => {
  requireCount(months);
  return rolled(addMonths(start, months));
};

/** The end of a term of calendar days (日), the first day not counted, rolled over days off like a term of months. */
export const deadlineDays = (start: LegalDate, days: number): Deadline => {
  requireCount(days);
  return rolled(addDays(start, days));
};

/** The `count`-th working day after a date, which is itself not counted: the end of a term of working days (工作日). */
export const addWorkingDays = (start: LegalDate, count: number): Deadline => {
  requireCount(count);
  let due = start;
  let counted = 0;
  while (counted < count) {
    due = addDays(due, 1);
    if (isWorkingDay(due)) counted += 1;
  }
  return { due, nominal: due, certain: isHolidayTableYear(addDays(start, 1)) && isHolidayTableYear(due) };
};
