import fc from 'fast-check';
import { addWorkingDays, deadlineDays, deadlineMonths } from './deadline.js';
import { isWorkingDay } from './holidays.js';
import { addDays, addMonths, daysBetween } from './legal-date.js';

const start = fc.integer({ min: 0, max: 3_200 }).map((days) => addDays('2018-06-01', days));
const count = fc.integer({ min: 1, max: 40 });

describe('a term of months', () => {
  it.each([
    ['2023-11-30', 3, '2024-02-29', 'the month has no 30th, it ends on its last day'],
    ['2023-01-10', 3, '2023-04-10', 'an ordinary working day'],
    ['2020-07-01', 3, '2020-10-09', 'National Day and Mid-Autumn of 2020, eight days'],
    ['2021-11-11', 3, '2022-02-11', 'a working Friday'],
    ['2021-07-18', 2, '2021-09-18', 'a Saturday that was made a working day'],
    ['2021-06-19', 3, '2021-09-22', 'a Sunday that opens the Mid-Autumn holiday'],
    ['2019-11-01', 3, '2020-02-03', 'a working Saturday cancelled when the Spring Festival of 2020 was prolonged'],
    ['2022-09-30', 3, '2022-12-30', 'the day before the New Year holiday'],
    ['2022-08-31', 4, '2023-01-03', 'the New Year holiday that began in December'],
  ])('%s and %i months ends on %s: %s', (from, months, due) => {
    expect(deadlineMonths(from, months)).toMatchObject({ due, certain: true });
  });

  it('tells the day before rolling', () => {
    expect(deadlineMonths('2020-07-01', 3)).toEqual({ nominal: '2020-10-01', due: '2020-10-09', certain: true });
  });

  it('ends on the first working day from the corresponding day on', () => {
    fc.assert(
      fc.property(start, count, (from, months) => {
        const { due, nominal } = deadlineMonths(from, months);
        expect(nominal).toBe(addMonths(from, months));
        for (let day = nominal; day < due; day = addDays(day, 1)) expect(isWorkingDay(day)).toBe(false);
        expect(isWorkingDay(due)).toBe(true);
      }),
    );
  });
});

describe('a term of days', () => {
  it('does not count its first day', () => {
    expect(deadlineDays('2023-03-01', 15)).toEqual({ nominal: '2023-03-16', due: '2023-03-16', certain: true });
    expect(deadlineDays('2023-03-10', 1)).toMatchObject({ nominal: '2023-03-11', due: '2023-03-13' });
  });
});

describe('a term of working days', () => {
  it.each([
    ['2021-09-17', 1, '2021-09-18'],
    ['2021-09-18', 1, '2021-09-22'],
    ['2024-09-27', 5, '2024-10-10'],
    ['2024-03-01', 5, '2024-03-08'],
  ])('%s and %i working days ends on %s', (from, days, due) => {
    expect(addWorkingDays(from, days)).toMatchObject({ due, certain: true });
  });

  it('passes exactly that many working days', () => {
    fc.assert(
      fc.property(start, count, (from, days) => {
        const { due } = addWorkingDays(from, days);
        const passed = Array.from({ length: daysBetween(from, due) }, (_, i) => addDays(from, i + 1)).filter(
          isWorkingDay,
        );
        expect(passed).toHaveLength(days);
        expect(passed.at(-1)).toBe(due);
      }),
    );
  });
});

describe('years without a holiday table', () => {
  it.each([
    ['before it', deadlineMonths('2018-01-01', 3)],
    ['after it', deadlineMonths('2026-10-05', 3)],
    ['rolling out of it', deadlineDays('2018-12-28', 1)],
    ['counting through its start', addWorkingDays('2018-12-28', 3)],
    ['counting out of its end', addWorkingDays('2026-12-31', 1)],
  ])('%s the answer is not certain', (_where, deadline) => {
    expect(deadline.certain).toBe(false);
  });

  it('is certain from the first to the last day of it', () => {
    expect(addWorkingDays('2018-12-31', 1)).toEqual({ nominal: '2019-01-02', due: '2019-01-02', certain: true });
    expect(deadlineMonths('2026-09-30', 3)).toEqual({ nominal: '2026-12-30', due: '2026-12-30', certain: true });
  });
});

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a term of %d is a fault', (length) => {
  expect(() => deadlineMonths('2021-01-01', length)).toThrow(RangeError);
  expect(() => deadlineDays('2021-01-01', length)).toThrow(RangeError);
  expect(() => addWorkingDays('2021-01-01', length)).toThrow(RangeError);
});
