import { quoted, toHalfWidth } from './identifier.js';
import { identifierRule } from './identifier-rules.js';

/**
 * A plain calendar date `YYYY-MM-DD` in China Standard Time (法定日期), without a time of day.
 * Dates are compared as text: `a < b` is "a is before b".
 */
export type LegalDate = string;

/** A date given from outside these years is a slip of the pen. Arithmetic goes further, so that no term of a given date fails. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const lengthOfMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);

const isCalendarDate = (year: number, month: number, day: number): boolean =>
  year >= 1000 && year <= 9999 && day >= 1 && day <= lengthOfMonth(year, month);

const isPlausibleDate = (year: number, month: number, day: number): boolean =>
  year >= FIRST_YEAR && year <= LAST_YEAR && isCalendarDate(year, month, day);

const dateOf = (year: number, month: number, day: number): LegalDate => {
  if (!isCalendarDate(year, month, day)) throw new RangeError(`no such date: ${year}-${month}-${day}`);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

const PLAIN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The three numbers of a date; throws `RangeError` on text that never went through `parseLegalDate`. */
const partsOf = (date: LegalDate): readonly [year: number, month: number, day: number] => {
  const [, year, month, day] = (PLAIN.exec(date) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || !isCalendarDate(year, month, day)) {
    throw new RangeError(`not a legal date: ${quoted(date)}`);
  }
  return [year, month, day];
};

/** Whether a text is a date of the calendar in its stored form `YYYY-MM-DD`, within the years `parseLegalDate` accepts. */
export const isLegalDate = (text: string): boolean => {
  const [, year = 0, month = 0, day = 0] = (PLAIN.exec(text) ?? []).map(Number);
  return isPlausibleDate(year, month, day);
};

const SPELLINGS = [
  /^(\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})$/,
  /^(\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})[日号]$/,
  /^(\d{4})(?<month>\d{2})(?<day>\d{2})$/,
];

/**
 * Reads the spellings found in forms and spreadsheets: 2021-03-05, 2021/3/5, 2021.3.5, 2021年3月5日, 20210305.
 * Anything else, and dates the calendar does not have, are refused by V-DATE; nothing is guessed.
 */
export const parseLegalDate = (text: string, field: string): LegalDate => {
  const spelt = toHalfWidth(text)
    .trim()
    .replace(/\s*([-/.年月日号])\s*/g, '$1');
  for (const spelling of SPELLINGS) {
    const found = spelling.exec(spelt);
    if (!found) continue;
    const [year, month, day] = [Number(found[1]), Number(found.groups?.month), Number(found.groups?.day)];
    if (isPlausibleDate(year, month, day)) return dateOf(year, month, day);
  }
  throw identifierRule('V-DATE', { text: quoted(text), first: FIRST_YEAR, last: LAST_YEAR }, { field });
};

export const yearOf = (date: LegalDate): number => Number(date.slice(0, 4));

/**
 * Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its year and the
 * lengths of the months before any day follow one formula.
 */
const dayNumberOf = (date: LegalDate): number => {
  const [year, month, day] = partsOf(date);
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day - 1 - 719_468;
};

const DAYS_IN_400_YEARS = 146_097;

/** The inverse of `dayNumberOf`. */
const dateOfDayNumber = (dayNumber: number): LegalDate => {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / DAYS_IN_400_YEARS);
  const dayOfEra = shifted - era * DAYS_IN_400_YEARS;
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return dateOf(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
};

export const addDays = (date: LegalDate, days: number): LegalDate => dateOfDayNumber(dayNumberOf(date) + days);

/** The same day of the month `months` later, or that month's last day where it has no such day. */
export const addMonths = (date: LegalDate, months: number): LegalDate => {
  const [year, month, day] = partsOf(date);
  const total = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(total / 12), (total % 12) + 1];
  return dateOf(toYear, toMonth, Math.min(day, lengthOfMonth(toYear, toMonth)));
};

/** The same date `years` later; 29 February becomes the 28th in a common year. */
export const addYears = (date: LegalDate, years: number): LegalDate => addMonths(date, years * 12);

/** Days from one date to another: negative if `to` is the earlier. */
export const daysBetween = (from: LegalDate, to: LegalDate): number => dayNumberOf(to) - dayNumberOf(from);

/** Saturday or Sunday. */
export const isWeekend = (date: LegalDate): boolean => {
  // Day 0 was a Thursday, so Saturday is 2 days further.
  const daysAfterSaturday = (((dayNumberOf(date) - 2) % 7) + 7) % 7;
  return daysAfterSaturday < 2;
};

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d))$/;
const CHINA_MINUTES = 8 * 60;
const DAY_MINUTES = 24 * 60;

/**
 * The date on Chinese calendars at an instant, ISO 8601 with `Z` or an offset. UTC+8 throughout: China has kept no
 * summer time since 1991. Refused by V-INSTANT.
 */
export const dateInChina = (instant: string): LegalDate => {
  const [, date = '', hour, minute, sign, offsetHour = 0, offsetMinute = 0] = INSTANT.exec(instant) ?? [];
  if (!isLegalDate(date)) throw identifierRule('V-INSTANT', { text: quoted(instant) });
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const minutes = Number(hour) * 60 + Number(minute) - offset + CHINA_MINUTES;
  return addDays(date, Math.floor(minutes / DAY_MINUTES));
};
