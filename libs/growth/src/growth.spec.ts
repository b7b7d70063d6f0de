import fc from 'fast-check';
import { averagePercent, growthFigure, meetsTarget, requiredCount, yearOnYearPercent } from './growth.js';

const years = [1, 2, 3, 4, 5];
const counts = fc.integer({ min: 0, max: 1_000_000 });
const bases = fc.integer({ min: 1, max: 1_000_000 });
const intervals = fc.integer({ min: 1, max: 10 });

/** The exact test of "g rounds half up to `percent`": percent - half a unit <= g < percent + half a unit. */
const isRounded = (base: bigint, actual: bigint, k: number, percent: string): boolean => {
  const decimals = percent.length - percent.indexOf('.') - 1;
  const unit = 10n ** BigInt(decimals);
  const scaled = BigInt(percent.replace('.', ''));
  const reaches = (twice: bigint) =>
    (twice <= 0n ? 0n : base * twice ** BigInt(k)) <= actual * (200n * unit) ** BigInt(k);
  const doubled = 2n * (100n * unit + scaled);
  return reaches(doubled - 1n) && !reaches(doubled + 1n);
};

describe('the required path', () => {
  it.each([
    [100n, [120n, 144n, 173n, 208n, 249n]],
    [500n, [600n, 720n, 864n, 1037n, 1245n]],
  ])('from %s is ceil(N·6^k / 5^k)', (base, path) => {
    expect(years.map((k) => requiredCount(base, k))).toEqual(path);
  });

  it('is the least count that meets the target', () =>
    fc.assert(
      fc.property(bases, intervals, (base, k) => {
        const required = requiredCount(BigInt(base), k);
        expect(meetsTarget(BigInt(base), required, k)).toBe(true);
        expect(meetsTarget(BigInt(base), required - 1n, k)).toBe(false);
      }),
    ));
});

describe('the verdict', () => {
  it('includes exactly 20% a year', () => {
    expect(meetsTarget(3125n, 7776n, 5)).toBe(true);
    expect(meetsTarget(3125n, 7775n, 5)).toBe(false);
  });

  it('is monotone: more deals never turn met into missed', () =>
    fc.assert(
      fc.property(bases, counts, intervals, (base, actual, k) => {
        if (meetsTarget(BigInt(base), BigInt(actual), k)) {
          expect(meetsTarget(BigInt(base), BigInt(actual) + 1n, k)).toBe(true);
        }
      }),
    ));
});

describe('average yearly growth', () => {
  it.each([
    // Hunan's transfers and licences 2018 to 2023 as published: five intervals, whatever "six years" says (D§7.3).
    [100n, 293n, 5, '24.0'],
    [100n, 293n, 6, '19.6'],
    [100n, 269n, 5, '21.9'],
    [3125n, 7776n, 5, '20.0'],
    [7n, 7n, 3, '0.0'],
    [7n, 0n, 3, '-100.0'],
    [200n, 100n, 1, '-50.0'],
    // Half a unit goes up, below zero too.
    [2000n, 2001n, 1, '0.1'],
    [2000n, 1999n, 1, '0.0'],
    [1n, 1_000_000n, 1, '99999900.0'],
  ] as const)('from %s to %s over %s intervals is %s percent', (base, actual, k, percent) => {
    expect(averagePercent(base, actual, k)).toBe(percent);
  });

  it('never shows a missed target as 20.0', () => {
    expect(averagePercent(3125n, 7775n, 5)).toBe('19.997');
    expect(averagePercent(10_000n, 11_996n, 1)).toBe('19.96');
    expect(averagePercent(1_000_000_000n, 1_199_999_999n, 1)).toBe('19.9999999');
  });

  it('is the exact root, rounded half up', () =>
    fc.assert(
      fc.property(bases, counts, intervals, (base, actual, k) => {
        const percent = averagePercent(BigInt(base), BigInt(actual), k);
        expect(isRounded(BigInt(base), BigInt(actual), k, percent)).toBe(true);
      }),
    ));

  it('agrees with the verdict as shown', () =>
    fc.assert(
      fc.property(bases, intervals, fc.integer({ min: -3, max: 3 }), (base, k, offset) => {
        const actual = requiredCount(BigInt(base), k) + BigInt(offset);
        if (actual < 0n) return;
        const shown = Number(averagePercent(BigInt(base), actual, k));
        expect(shown >= 20).toBe(meetsTarget(BigInt(base), actual, k));
      }),
    ));
});

describe('year on year', () => {
  it.each([
    [100n, 120n, '20.0'],
    [3n, 4n, '33.3'],
    [3n, 2n, '-33.3'],
    [100n, 0n, '-100.0'],
  ])('from %s to %s', (previous, actual, percent) => expect(yearOnYearPercent(previous, actual)).toBe(percent));

  it('has no answer when the year before had none', () => expect(yearOnYearPercent(0n, 5n)).toBeNull());
});

describe('a growth figure', () => {
  const input = {
    basis: 'patent-times',
    baseYear: 2020,
    year: 2025,
    base: 100,
    actual: 249,
    previous: 200,
    today: '2026-01-01',
  } as const;

  it('carries formula, base year, intervals, inputs and verdict', () =>
    expect(growthFigure(input)).toEqual({
      basis: 'patent-times',
      formula: 'geometric-mean/1',
      baseYear: 2020,
      intervals: 5,
      base: 100,
      actual: 249,
      required: 249,
      gap: 0,
      averagePercent: '20.0',
      yearOnYearPercent: '24.5',
      verdict: 'MET',
      reason: null,
    }));

  it('is missed by one', () =>
    expect(growthFigure({ ...input, actual: 248 })).toMatchObject({
      gap: -1,
      averagePercent: '19.9',
      verdict: 'MISSED',
    }));

  it.each(['2025-12-31', '2024-06-01'])('is open on %s while its year is not over, and says so', (today) =>
    expect(growthFigure({ ...input, actual: 248, today })).toMatchObject({
      gap: -1,
      verdict: 'OPEN',
      reason: { zh: expect.stringContaining('2025 年尚未结束'), en: expect.stringContaining('2025') },
    }),
  );

  it('is met before its year is over', () =>
    expect(growthFigure({ ...input, today: '2025-06-30' })).toMatchObject({ verdict: 'MET', reason: null }));

  it('of the base year judges nothing', () =>
    expect(growthFigure({ ...input, year: 2020 })).toMatchObject({
      verdict: 'BASE',
      required: null,
      averagePercent: null,
    }));

  it.each([null, 0])('is not computable on base %s, and says why', (base) => {
    const figure = growthFigure({ ...input, base });
    expect(figure).toMatchObject({ verdict: 'NOT_COMPUTABLE', required: null, gap: null, averagePercent: null });
    expect(figure.reason).toEqual({ zh: expect.stringContaining('不可计算'), en: expect.stringContaining('2020') });
  });

  it('knows no year-on-year change without the year before', () =>
    expect(growthFigure({ ...input, previous: null }).yearOnYearPercent).toBeNull());
});
