import { holidayNotices, isHolidayTableYear, isWorkingDay } from './holidays.js';
import { addDays, isWeekend } from './legal-date.js';

const daysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) days.push(day);
  return days;
};

describe('the holiday table', () => {
  // Counted from another published calendar of the same notices.
  it.each([
    [2019, 250],
    [2020, 249],
    [2021, 250],
    [2022, 249],
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has %i working days', (year, workingDays) => {
    expect(daysOf(year).filter(isWorkingDay)).toHaveLength(workingDays);
  });

  it.each([
    ['2019-05-03', false, 'the amended Labour Day of 2019'],
    ['2019-05-05', true, 'worked in exchange for it'],
    ['2020-02-01', false, 'the prolonged Spring Festival'],
    ['2020-02-03', true, 'work resumed'],
    ['2020-10-08', false, 'National Day together with Mid-Autumn'],
    ['2022-12-31', false, 'a Saturday of the next New Year holiday'],
    ['2024-02-09', true, 'New Year’s Eve of 2024 was only recommended as leave'],
    ['2025-01-28', false, 'New Year’s Eve is a holiday since 2025'],
    ['2026-02-14', true, 'a Saturday before a nine-day Spring Festival'],
    ['2026-02-23', false, 'its last day'],
  ])('%s working: %s, %s', (date, working) => {
    expect(isWorkingDay(date)).toBe(working);
  });

  it('makes working days of weekend days only', () => {
    for (let year = 2019; year <= 2026; year += 1) {
      const exchanged = daysOf(year).filter((day) => isWeekend(day) && isWorkingDay(day));
      const off = daysOf(year).filter((day) => !isWeekend(day) && !isWorkingDay(day));
      expect(exchanged.length).toBeGreaterThanOrEqual(5);
      expect(off.length).toBeGreaterThan(exchanged.length);
    }
  });

  it('names its notices', () => {
    expect(holidayNotices(2019)).toEqual(['国办发明电〔2018〕15号', '国办发明电〔2019〕3号']);
    expect(holidayNotices(2018)).toEqual([]);
  });

  it('knows weekends alone elsewhere', () => {
    expect(['2018-12-31', '2019-01-01', '2026-12-31', '2027-01-01'].map(isHolidayTableYear)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isWorkingDay('2018-10-01')).toBe(true);
    expect(isWorkingDay('2018-10-06')).toBe(false);
  });
});
