import fc from 'fast-check';
import { type IndustryClass, industryClasses } from './industry.js';
import { type EnterpriseSize, type Indicators, determineSize, sizeTables } from './size-table.js';

const table = sizeTables['sme-2011-300/1'];
const WAN = 1_000_000n;
const SIZES: readonly EnterpriseSize[] = ['MICRO', 'SMALL', 'MEDIUM', 'LARGE'];
const classes = Object.keys(industryClasses) as IndustryClass[];

/** Employees, revenue and assets in 万元. */
const sizeOf = (industryClass: IndustryClass, employees?: number, revenue?: number, assets?: number) =>
  determineSize(
    {
      industryClass,
      ...(employees === undefined ? {} : { employees }),
      ...(revenue === undefined ? {} : { revenueFen: BigInt(revenue) * WAN }),
      ...(assets === undefined ? {} : { assetsFen: BigInt(assets) * WAN }),
    },
    table,
  );

describe('the size of an enterprise', () => {
  it.each([
    [300, 2_000, 'MEDIUM'],
    [999, 39_999, 'MEDIUM'],
    [1_000, 40_000, 'LARGE'],
    [1_000, 39_999, 'MEDIUM'],
    [20, 299, 'MICRO'],
    [500, 1_999, 'SMALL'],
    [20, 300, 'SMALL'],
    [19, 300, 'MICRO'],
    [0, 0, 'MICRO'],
  ] as const)('of industry with %s persons and %s 万元 is %s', (employees, revenue, size) =>
    expect(sizeOf('INDUSTRY', employees, revenue)).toBe(size),
  );

  // The lower bounds as printed: class, then persons, revenue and assets of large, medium and small.
  it.each<
    [
      IndustryClass,
      ReadonlyArray<readonly [employees?: number | undefined, revenue?: number | undefined, assets?: number]>,
    ]
  >([
    [
      'AGRICULTURE',
      [
        [undefined, 20_000],
        [undefined, 500],
        [undefined, 50],
      ],
    ],
    [
      'INDUSTRY',
      [
        [1_000, 40_000],
        [300, 2_000],
        [20, 300],
      ],
    ],
    [
      'CONSTRUCTION',
      [
        [undefined, 80_000, 80_000],
        [undefined, 6_000, 5_000],
        [undefined, 300, 300],
      ],
    ],
    [
      'WHOLESALE',
      [
        [200, 40_000],
        [20, 5_000],
        [5, 1_000],
      ],
    ],
    [
      'RETAIL',
      [
        [300, 20_000],
        [50, 500],
        [10, 100],
      ],
    ],
    [
      'TRANSPORT',
      [
        [1_000, 30_000],
        [300, 3_000],
        [20, 200],
      ],
    ],
    [
      'WAREHOUSING',
      [
        [200, 30_000],
        [100, 1_000],
        [20, 100],
      ],
    ],
    [
      'POST',
      [
        [1_000, 30_000],
        [300, 2_000],
        [20, 100],
      ],
    ],
    [
      'ACCOMMODATION',
      [
        [300, 10_000],
        [100, 2_000],
        [10, 100],
      ],
    ],
    [
      'CATERING',
      [
        [300, 10_000],
        [100, 2_000],
        [10, 100],
      ],
    ],
    [
      'INFORMATION_TRANSMISSION',
      [
        [2_000, 100_000],
        [100, 1_000],
        [10, 100],
      ],
    ],
    [
      'SOFTWARE',
      [
        [300, 10_000],
        [100, 1_000],
        [10, 50],
      ],
    ],
    [
      'REAL_ESTATE',
      [
        [undefined, 200_000, 10_000],
        [undefined, 1_000, 5_000],
        [undefined, 100, 2_000],
      ],
    ],
    [
      'PROPERTY_MANAGEMENT',
      [
        [1_000, 5_000],
        [300, 1_000],
        [100, 500],
      ],
    ],
    [
      'LEASING_BUSINESS',
      [
        [300, undefined, 120_000],
        [100, undefined, 8_000],
        [10, undefined, 100],
      ],
    ],
    ['OTHER', [[300], [100], [10]]],
  ])('of %s changes at every bound of the table', (industryClass, bounds) => {
    for (const [index, bound] of bounds.entries()) {
      const size = SIZES[3 - index] as EnterpriseSize;
      expect(sizeOf(industryClass, ...bound)).toBe(size);
      for (const [place, value] of bound.entries()) {
        if (value === undefined) continue;
        const below = bound.map((each, at) => (at === place ? value - 1 : each));
        expect(sizeOf(industryClass, ...below)).not.toBe(size);
        expect(SIZES.indexOf(sizeOf(industryClass, ...below))).toBeLessThan(3 - index);
        expect(sizeOf(industryClass, ...bound.map((each, at) => (at === place ? undefined : each)))).toBe(
          'UNDETERMINED',
        );
      }
    }
  });

  it('turns on a single fen', () => {
    const one = { industryClass: 'INDUSTRY', employees: 20 } as const;
    expect(determineSize({ ...one, revenueFen: 300n * WAN }, table)).toBe('SMALL');
    expect(determineSize({ ...one, revenueFen: 300n * WAN - 1n }, table)).toBe('MICRO');
  });

  it('asks for no indicator that the row does not name', () => expect(sizeOf('OTHER', 10)).toBe('SMALL'));

  const indicators = fc.record({
    employees: fc.nat(3_000),
    revenueFen: fc.bigInt(0n, 300_000n * WAN),
    assetsFen: fc.bigInt(0n, 300_000n * WAN),
  });

  it('never falls when an indicator rises', () =>
    fc.assert(
      fc.property(fc.constantFrom(...classes), indicators, indicators, (industryClass, one, more) => {
        const sum: Indicators = {
          employees: one.employees + more.employees,
          revenueFen: one.revenueFen + more.revenueFen,
          assetsFen: one.assetsFen + more.assetsFen,
        };
        const rank = (of: Indicators) => SIZES.indexOf(determineSize({ industryClass, ...of }, table));
        expect(rank(sum)).toBeGreaterThanOrEqual(rank(one));
        expect(rank(one)).toBeGreaterThanOrEqual(0);
      }),
    ));

  it('is the highest whose bounds are all met', () =>
    fc.assert(
      fc.property(fc.constantFrom(...classes), indicators, (industryClass, given) => {
        const meets = (size: 'LARGE' | 'MEDIUM' | 'SMALL') =>
          Object.entries(table[industryClass][size]).every(([name, bound]) => given[name as keyof Indicators] >= bound);
        const expected = (['LARGE', 'MEDIUM', 'SMALL'] as const).find(meets) ?? 'MICRO';
        expect(determineSize({ industryClass, ...given }, table)).toBe(expected);
      }),
    ));
});
