import { annuityTerm } from './annuity.js';

describe('the term of an annuity', () => {
  it.each([
    ['2019-06-03', 5, ['2023-06-03', '2023-06-05', '2023-12-04'], 'a Saturday; the grace counts from it to a Sunday'],
    ['2018-07-30', 5, ['2022-07-30', '2022-08-01', '2023-01-30'], 'a Saturday; the grace ends on a Monday'],
    ['2019-06-03', 4, ['2022-06-03', '2022-06-06', '2022-12-05'], 'Dragon Boat Festival; the grace ends on a Saturday'],
    ['2020-02-29', 2, ['2021-02-28', '2021-03-01', '2021-08-30'], 'a leap day; the grace ends on a Saturday'],
  ])('%s, year %i: anniversary, last day in time, end of grace %j: %s', (filedOn, year, days) => {
    const { nominalOn, dueOn, graceEndsOn, certain } = annuityTerm(filedOn, year);
    expect([nominalOn, dueOn, graceEndsOn]).toEqual(days);
    expect(certain).toBe(true);
  });

  it('is not certain where the holidays of its day are not known', () => {
    expect(annuityTerm('2019-06-03', 20)).toMatchObject({ nominalOn: '2038-06-03', certain: false });
  });

  it('is none of a year before the second', () => {
    expect(() => annuityTerm('2019-06-03', 1)).toThrow(RangeError);
  });
});
