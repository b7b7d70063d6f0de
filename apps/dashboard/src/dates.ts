const DAY = 86_400_000;

/** Today in China, `YYYY-MM-DD`. */
export const todayInChina = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(new Date());

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** Days from one legal date to another; negative when the other is earlier. */
export const daysFrom = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** The legal date so many days later. */
export const plusDays = (date: string, days: number): string =>
  new Date((dayNumber(date) + days) * DAY).toISOString().slice(0, 10);
