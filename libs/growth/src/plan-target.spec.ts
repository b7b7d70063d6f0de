import { type RegistryDates, planTargets } from './plan-target.js';
import { yearLines } from './year-line.js';

const none: RegistryDates = { designations: [], portfolios: [], offices: [] };
const today = '2026-01-01';
const view = { baseYear: 2020, lastYear: 2025, ipScope: 'all', today } as const;
const city = (base: number | null, counts: Readonly<Record<number, number>> = {}) =>
  yearLines('city', view, {
    cells: new Map(Object.entries(counts).map(([year, total]) => [`city:${year}`, [0, 0, 0, total]])),
    baselines: new Map(base === null ? [] : [['city-patent-times-all-2020', base]]),
  });
const target = (id: string, dates: Partial<RegistryDates>, lines = city(null), on = today) =>
  planTargets({ ...none, ...dates }, lines, on).find((each) => each.id === id);
const values = (id: string, dates: Partial<RegistryDates>) => target(id, dates)?.path.map(({ value }) => value);
const on = (universityId: string, date: string) => ({ universityId, on: date });

describe('T1, newly designated universities', () => {
  it('counts a university once, in the year of its first designation', () =>
    expect(
      values('T1', { designations: [on('a', '2023-01-01'), on('a', '2021-06-01'), on('b', '2022-12-31')] }),
    ).toEqual([1, 2, 2, 2, 2]));

  it('does not count whoever was designated before, even when designated again', () =>
    expect(values('T1', { designations: [on('csu', '2020-10-22'), on('csu', '2023-10-22')] })).toEqual([
      0, 0, 0, 0, 0,
    ]));

  it('does not count what comes after 2025', () =>
    expect(values('T1', { designations: [on('a', '2026-01-01')] })).toEqual([0, 0, 0, 0, 0]));

  it.each([
    [4, 'MISSED'],
    [5, 'MET'],
    [6, 'MET'],
  ])('with %s is %s', (count, verdict) => {
    const designations = Array.from({ length: count }, (_, index) => on(`u${index}`, '2024-01-01'));
    expect(target('T1', { designations })).toMatchObject({ actual: count, required: 5, verdict });
  });
});

describe('before the end of 2025', () => {
  const designations = Array.from({ length: 5 }, (_, index) => on(`u${index}`, '2024-01-01'));

  it('what is not met is open and not missed', () =>
    expect(target('T1', { designations: designations.slice(1) }, city(null), '2025-12-31')).toMatchObject({
      actual: 4,
      verdict: 'OPEN',
      reason: { zh: expect.stringContaining('尚未结束') },
    }));

  it('what is met is met', () =>
    expect(target('T1', { designations }, city(null), '2025-12-31')).toMatchObject({ verdict: 'MET', reason: null }));
});

describe.each(['T2', 'T3'])('%s, portfolios', (id) => {
  it.each([
    [19, 'MISSED'],
    [20, 'MET'],
  ])('with %s started within the period is %s', (count, verdict) => {
    const portfolios = Array.from({ length: count }, () => on('a', '2022-01-01'));
    expect(target(id, { portfolios: [...portfolios, on('a', '2020-12-31')] })).toMatchObject({
      actual: count,
      required: 20,
      verdict,
    });
  });

  it('adds up over the years', () =>
    expect(values(id, { portfolios: [on('a', '2021-01-01'), on('a', '2021-12-31'), on('b', '2025-12-31')] })).toEqual([
      2, 2, 2, 2, 3,
    ]));
});

describe('T5, dedicated offices', () => {
  const office = (universityId: string, date: string, closedOn: string | null = null) => ({
    ...on(universityId, date),
    closedOn,
  });

  it('counts universities with an office then, those of before 2021 included', () => {
    const offices = [
      office('a', '2015-01-01'),
      office('a', '2022-01-01'),
      office('b', '2021-12-31'),
      office('c', '2022-01-01'),
    ];
    expect(values('T5', { offices })).toEqual([2, 3, 3, 3, 3]);
  });

  it('does not count an office that was closed', () =>
    expect(values('T5', { offices: [office('a', '2015-01-01', '2023-12-31')] })).toEqual([1, 1, 0, 0, 0]));

  it.each([
    [9, 'MISSED'],
    [10, 'MET'],
    [16, 'MET'],
  ])('with %s universities is %s', (count, verdict) => {
    const offices = Array.from({ length: count }, (_, index) => office(`u${index}`, '2021-01-01'));
    expect(target('T5', { offices })).toMatchObject({ actual: count, required: 10, verdict });
  });
});

describe('T4, growth', () => {
  it('is the verdict on 件次 in 2025', () =>
    expect(target('T4', {}, city(500, { 2021: 10, 2025: 1245 }))).toMatchObject({
      actual: 1245,
      required: 1245,
      verdict: 'MET',
      path: [10, 0, 0, 0, 1245].map((value, index) => ({ year: 2021 + index, value })),
    }));

  it('is not computable without an approved baseline, and says so', () =>
    expect(target('T4', {}, city(null, { 2025: 9 }))).toMatchObject({
      actual: 9,
      required: null,
      verdict: 'NOT_COMPUTABLE',
      reason: { zh: expect.any(String), en: expect.any(String) },
    }));
});
