/* Plain dates `YYYY-MM-DD`, compared as text. */

const DAY = 86_400_000;
const toDays = (date) => Date.parse(`${date}T00:00:00Z`) / DAY;

export const addDays = (date, days) => new Date((toDays(date) + days) * DAY).toISOString().slice(0, 10);
export const daysBetween = (from, to) => toDays(to) - toDays(from);
export const yearOf = (date) => Number(date.slice(0, 4));

/** The same day in another year; 29 February becomes the 28th. */
export const addYears = (date, years) => {
  const year = String(yearOf(date) + years);
  const rest = date.slice(4);
  return rest === '-02-29' && !isLeap(Number(year)) ? `${year}-02-28` : year + rest;
};

const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export const earlier = (one, other) => (one < other ? one : other);
export const later = (one, other) => (one > other ? one : other);

/** A date between two others, both included. */
export const dateBetween = (random, from, to) => addDays(from, random.int(0, Math.max(0, daysBetween(from, to))));

/** The date itself, or the Monday after a weekend: offices record on working days. */
export const onWeekday = (date) => {
  const weekday = new Date(toDays(date) * DAY).getUTCDay();
  return weekday === 6 ? addDays(date, 2) : weekday === 0 ? addDays(date, 1) : date;
};
