import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  dateInChina,
  daysBetween,
  isLegalDate,
  isWeekend,
  parseLegalDate,
  yearOf,
} from './legal-date.js';

const DAY_MS = 86_400_000;
const EPOCH = '1970-01-01';
const plain = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Days since 1970 of 1900-01-01 to 2199-12-31. */
const dayNumber = fc.integer({ min: -25_567, max: 84_005 });
const date = dayNumber.map((day) => plain(day * DAY_MS));

describe('parsing', () => {
  it.each([
    '2021-03-05',
    '2021/3/5',
    '2021.3.5',
    '2021年3月5日',
    '2021年03月05号',
    '20210305',
    '２０２１－０３－０５',
    ' 2021 年 3 月 5 日 ',
  ])('reads "%s"', (text) => {
    expect(parseLegalDate(text, 'signedOn')).toBe('2021-03-05');
  });

  it.each([
    '',
    '2021-02-30',
    '2021-02-29',
    '1900-02-29',
    '2021-13-01',
    '2021-00-10',
    '2021-04-31',
    '2021-04-00',
    '0221-03-05',
    '1899-12-31',
    '2200-01-01',
    '2021-3/5',
    '2021-1-1 5',
    '21-03-05',
    '2021-03',
    '2021035',
    '44260',
    '2021-03-05T00:00:00Z',
    'tomorrow',
  ])('refuses "%s"', (text) => {
    expect(() => parseLegalDate(text, 'signedOn')).toThrow(
      expect.objectContaining({ rule: 'V-DATE', kind: 'invalid', place: { field: 'signedOn' } }),
    );
  });

  it('V-DATE: accepts the first and the last day of its years', () => {
    expect(['1900-01-01', '2199-12-31'].map((text) => parseLegalDate(text, 'signedOn'))).toEqual([
      '1900-01-01',
      '2199-12-31',
    ]);
  });

  it('knows the leap years', () => {
    expect(['2000-02-29', '2024-02-29', '2100-02-29', '2023-02-29'].map(isLegalDate)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('accepts as stored only the stored form', () => {
    expect(['2021-3-5', '20210305', '2021-03-05 ', '2021-03-05'].map(isLegalDate)).toEqual([false, false, false, true]);
  });
});

describe('arithmetic', () => {
  it('agrees with the proleptic Gregorian calendar of the platform on every day of three centuries', () => {
    for (let day = -25_567; day <= 84_005; day += 1) {
      const expected = plain(day * DAY_MS);
      if (addDays(EPOCH, day) !== expected || daysBetween(EPOCH, expected) !== day) throw new Error(expected);
    }
  });

  it('finds the weekends', () => {
    fc.assert(fc.property(date, (day) => expect(isWeekend(day)).toBe([0, 6].includes(new Date(day).getUTCDay()))));
  });

  it('orders dates as their text', () => {
    fc.assert(fc.property(date, date, (a, b) => expect(a < b).toBe(daysBetween(a, b) > 0)));
  });

  it.each([
    ['2023-11-30', 3, '2024-02-29'],
    ['2022-11-30', 3, '2023-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-12-15', 1, '2024-01-15'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2024-12-31', 0, '2024-12-31'],
  ])('%s and %i months is %s', (start, months, end) => {
    expect(addMonths(start, months)).toBe(end);
  });

  it('keeps the day of the month unless the month is too short', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -240, max: 240 }), (start, months) => {
        const end = addMonths(start, months);
        const nextDay = addDays(end, 1);
        expect(end.slice(8) === start.slice(8) || (end.slice(8) < start.slice(8) && nextDay.endsWith('-01'))).toBe(
          true,
        );
      }),
    );
  });

  it('counts years', () => {
    expect(addYears('2020-02-29', 1)).toBe('2021-02-28');
    expect(addYears('2021-06-01', 20)).toBe('2041-06-01');
    expect(yearOf('2021-06-01')).toBe(2021);
  });

  it('carries terms beyond the last year that may be entered', () => {
    expect(addYears('2199-12-31', 20)).toBe('2219-12-31');
  });

  it('takes text that is no date for a fault', () => {
    expect(() => addDays('2021-02-30', 1)).toThrow(RangeError);
    expect(() => daysBetween('2021-01-01', '')).toThrow(RangeError);
    expect(() => addYears('9999-12-31', 1)).toThrow(RangeError);
  });
});

describe('the date in China', () => {
  it.each([
    ['2021-03-05T15:59:59.999Z', '2021-03-05'],
    ['2021-03-05T16:00:00.000Z', '2021-03-06'],
    ['2020-12-31T16:00Z', '2021-01-01'],
    ['2021-03-06T00:30:00+08:00', '2021-03-06'],
    ['2021-03-05T23:30:00-05:00', '2021-03-06'],
    ['2021-03-06T00:30:00+14:00', '2021-03-05'],
    ['2199-12-31T23:59:00-14:00', '2200-01-01'],
  ])('V-INSTANT: reads %s as %s', (instant, expected) => {
    expect(dateInChina(instant)).toBe(expected);
  });

  it('is eight hours ahead of UTC all year round', () => {
    const instant = fc.date({
      min: new Date('1992-01-01T00:00:00Z'),
      max: new Date('2199-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (at) => expect(dateInChina(at.toISOString())).toBe(plain(at.getTime() + 8 * 3_600_000))),
    );
  });

  it.each([
    '2021-03-05',
    '2021-03-05T08:30:00',
    '2021-02-30T08:30:00Z',
    '2021-03-05T24:00:00Z',
    '2021-03-05T08:60:00Z',
    '2021-03-05T08:30:00+15:00',
    'now',
  ])('refuses "%s"', (text) => {
    expect(() => dateInChina(text)).toThrow(expect.objectContaining({ rule: 'V-INSTANT' }));
  });
});
