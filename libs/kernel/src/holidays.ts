import type { LegalDate } from './legal-date.js';
import { addDays, isWeekend, yearOf } from './legal-date.js';

/** One year of the State Council's holiday arrangement (国务院办公厅节假日安排), months and days as the notices give them. */
interface HolidayYear {
  readonly notices: readonly string[];
  /** Days off as `MM-DD` or `MM-DD..MM-DD`, weekends within them included. */
  readonly daysOff: string;
  /** Saturdays and Sundays worked in exchange (调休上班). */
  readonly workingWeekends: string;
}

/** To add a year: copy the notice the State Council publishes around November, nothing else. */
const holidayYears: Readonly<Record<number, HolidayYear>> = {
  2019: {
    notices: ['国办发明电〔2018〕15号', '国办发明电〔2019〕3号'],
    daysOff: '01-01 02-04..02-10 04-05..04-07 05-01..05-04 06-07..06-09 09-13..09-15 10-01..10-07',
    workingWeekends: '02-02 02-03 04-28 05-05 09-29 10-12',
  },
  2020: {
    // The second notice prolonged the Spring Festival to 2 February and so cancelled the working Saturday of the 1st.
    notices: ['国办发明电〔2019〕16号', '国办发明电〔2020〕1号'],
    daysOff: '01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08',
    workingWeekends: '01-19 04-26 05-09 06-28 09-27 10-10',
  },
  2021: {
    notices: ['国办发明电〔2020〕27号'],
    daysOff: '01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07',
    workingWeekends: '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
  },
  2022: {
    // 31 December belongs to the New Year of the following notice.
    notices: ['国办发明电〔2021〕11号', '国办发明电〔2022〕16号'],
    daysOff: '01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07 12-31',
    workingWeekends: '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
  },
  2023: {
    notices: ['国办发明电〔2022〕16号'],
    daysOff: '01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06',
    workingWeekends: '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  },
  2024: {
    notices: ['国办发明电〔2023〕7号'],
    daysOff: '01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07',
    workingWeekends: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  },
  2025: {
    notices: ['国办发明电〔2024〕12号'],
    daysOff: '01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08',
    workingWeekends: '01-26 02-08 04-27 09-28 10-11',
  },
  2026: {
    notices: ['国办发明电〔2025〕7号'],
    daysOff: '01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07',
    workingWeekends: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
};

const expand = (year: string, spans: string): LegalDate[] =>
  spans.split(' ').flatMap((span) => {
    const [first = '', last = first] = span.split('..').map((day) => `${year}-${day}`);
    const days: LegalDate[] = [];
    for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
    return days;
  });

const allDays = (spansOf: (year: HolidayYear) => string): ReadonlySet<LegalDate> =>
  new Set(Object.entries(holidayYears).flatMap(([year, table]) => expand(year, spansOf(table))));

const daysOff = allDays((year) => year.daysOff);
const workingWeekends = allDays((year) => year.workingWeekends);

/** Whether the holiday arrangement of the date's year is in the table; without it only weekends are known. */
export const isHolidayTableYear = (date: LegalDate): boolean => yearOf(date) in holidayYears;

/** The notices the holidays of a year are taken from, for a derivation to cite; none outside of the table. */
export const holidayNotices = (year: number): readonly string[] => holidayYears[year]?.notices ?? [];

/** Working day (工作日): a weekday that is no holiday, or a weekend day worked in exchange for one. */
export const isWorkingDay = (date: LegalDate): boolean =>
  workingWeekends.has(date) || (!isWeekend(date) && !daysOff.has(date));
