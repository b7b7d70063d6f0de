import { daysFrom, plusDays } from './dates.js';

describe('legal dates', () => {
  it.each([
    ['2024-02-28', '2024-03-01', 2],
    ['2023-02-28', '2023-03-01', 1],
    ['2024-12-31', '2025-01-01', 1],
    ['2025-01-01', '2024-12-31', -1],
    ['2025-05-05', '2025-05-05', 0],
  ])('from %s to %s are %i days', (from, to, days) => expect(daysFrom(from, to)).toBe(days));

  it.each([
    ['2024-02-28', 2, '2024-03-01'],
    ['2024-12-31', 30, '2025-01-30'],
    ['2025-03-30', -30, '2025-02-28'],
  ])('%s and %i days is %s', (date, days, later) => expect(plusDays(date, days)).toBe(later));
});
