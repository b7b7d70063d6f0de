import fc from 'fast-check';
import { type Allocation, type AllocationClaim, type AllocationInput, allocate, entitlementOf } from './allocation.js';
import { FUND_CATEGORIES, type AllocationMethod, type FundCategory } from './fund-board.js';
import { Refusal } from '@app/kernel';

const heads = Object.keys(FUND_CATEGORIES) as FundCategory[];

const standard = (number: string, amountFen: bigint, capFen: bigint | null = null) => ({
  number,
  unit: '项',
  amountFen,
  capFen,
});

const claim = (claimId: string, standardNumber: string, changes: Partial<AllocationClaim> = {}): AllocationClaim => ({
  claimId,
  number: `N-${claimId}`,
  category: 'HIGH_VALUE_PORTFOLIO',
  standardNumber,
  units: 1,
  claimedOn: '2025-03-01',
  ...changes,
});

const oneHead = (
  method: AllocationMethod,
  budgetFen: bigint,
  claims: readonly AllocationClaim[],
  ceilingFen: bigint | null = null,
): AllocationInput => ({
  budgetFen,
  categories: [{ category: 'HIGH_VALUE_PORTFOLIO', method, ceilingFen }],
  standards: [standard('S10', 10n), standard('S30', 30n), standard('S50', 50n, 80n)],
  claims,
});

const amounts = ({ lines }: Allocation) =>
  Object.fromEntries(lines.map(({ claimId, allocatedFen }) => [claimId, allocatedFen]));

const refusalOf = (input: AllocationInput): Refusal | undefined => {
  try {
    allocate(input);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('entitlement', () => {
  it('is units times the amount', () => expect(entitlementOf(3, { amountFen: 25n, capFen: null })).toBe(75n));
  it('stops at the cap of the standard', () => expect(entitlementOf(3, { amountFen: 50n, capFen: 80n })).toBe(80n));
});

describe('a category paid in full', () => {
  const claims = [claim('a', 'S30'), claim('b', 'S50', { units: 2 })];

  it('gives every claim its entitlement', () => {
    const allocation = allocate(oneHead('FULL', 1_000n, claims));
    expect(amounts(allocation)).toEqual({ a: 30n, b: 80n });
    expect(allocation).toMatchObject({ allocatedFen: 110n, leftFen: 890n });
  });

  it('refuses the whole allocation when its ceiling is too low, and names the shortfall', () => {
    const refusal = refusalOf(oneHead('FULL', 1_000n, claims, 100n));
    expect(refusal).toMatchObject({ rule: 'F-1', place: { conflict: 'HIGH_VALUE_PORTFOLIO' } });
    expect(refusal?.text.en).toContain('0.10 are missing');
    expect(refusal?.text.zh).toContain('高价值专利组合培育');
  });

  it('refuses when the budget is too low', () => expect(refusalOf(oneHead('FULL', 109n, claims))?.rule).toBe('F-1'));
  it('accepts when the money is just enough', () =>
    expect(allocate(oneHead('FULL', 110n, claims, 110n)).leftFen).toBe(0n));
});

describe('a category shared pro rata', () => {
  const thirds = [claim('c', 'S10'), claim('a', 'S10'), claim('b', 'S10')];

  it('meets the entitlements when there is money enough', () =>
    expect(amounts(allocate(oneHead('PRO_RATA', 31n, thirds)))).toEqual({ a: 10n, b: 10n, c: 10n }));

  it('gives the odd fen to the largest remainder, and ties to the first claim id', () => {
    expect(amounts(allocate(oneHead('PRO_RATA', 20n, thirds)))).toEqual({ a: 7n, b: 7n, c: 6n });
    expect(amounts(allocate(oneHead('PRO_RATA', 10n, [claim('a', 'S10'), claim('b', 'S30')])))).toEqual({
      a: 3n,
      b: 7n,
    });
  });

  it('says how the amount came about', () => {
    const [first] = allocate(oneHead('PRO_RATA', 20n, [claim('a', 'S50', { units: 2 }), claim('b', 'S10')])).lines;
    expect(first?.derivation).toEqual({
      zh: '标准 S50（元/项）：2 × 0.50 = 1.00 元，单项上限 0.80 元，应得 0.80 元；本类别应得合计 0.90 元，可分 0.20 元，按应得比例以最大余数法取整到分：分配 0.18 元。',
      en: 'standard S50: 2 × 0.50 = 1.00 yuan, capped at 0.80, entitled to 0.80; the category has 0.20 yuan for entitlements of 0.90, shared in proportion by largest remainder in fen: allocated 0.18 yuan.',
    });
  });

  it('shares a shortage between categories in proportion to what each could take', () => {
    const category = 'IP_STANDARD_IMPLEMENTATION';
    const allocation = allocate({
      budgetFen: 30n,
      categories: [
        { category: 'HIGH_VALUE_PORTFOLIO', method: 'PRO_RATA', ceilingFen: 40n },
        { category, method: 'PRO_RATA', ceilingFen: null },
      ],
      standards: [standard('S10', 10n), standard('S50', 50n)],
      claims: [claim('a', 'S50'), claim('b', 'S50'), claim('c', 'S10', { category, units: 2 })],
    });
    // Demands 40 (its ceiling) and 20, money 30: half of each.
    expect(amounts(allocation)).toEqual({ a: 10n, b: 10n, c: 10n });
    expect(allocation.categories.map(({ category: name, availableFen }) => [name, availableFen])).toEqual([
      ['IP_STANDARD_IMPLEMENTATION', 10n],
      ['HIGH_VALUE_PORTFOLIO', 20n],
    ]);
  });
});

describe('a ranked category', () => {
  it('goes by rank, date and number, and stops at the first claim that does not fit', () => {
    const allocation = allocate(
      oneHead('RANK', 55n, [
        claim('d', 'S10', { number: '1' }),
        claim('b', 'S30', { rank: 1, claimedOn: '2025-05-01' }),
        claim('a', 'S10', { rank: 1, claimedOn: '2025-06-01' }),
        claim('c', 'S50', { rank: 2 }),
      ]),
    );
    expect(amounts(allocation)).toEqual({ a: 10n, b: 30n, c: 0n, d: 0n });
    const words = Object.fromEntries(allocation.lines.map(({ claimId, derivation }) => [claimId, derivation.en]));
    expect(words.b).toContain('place 1, 0.55 yuan left, paid in full');
    expect(words.c).toContain('place 3, 0.15 yuan left, not enough');
    expect(words.d).toContain('place 4, the ranking stopped at claim N-c');
  });

  it('breaks a tie of rank and date by number', () =>
    expect(
      amounts(allocate(oneHead('RANK', 15n, [claim('a', 'S10', { number: '2' }), claim('b', 'S10', { number: '1' })]))),
    ).toEqual({
      a: 0n,
      b: 10n,
    }));

  it('keeps what it set aside and could not spend in the balance', () => {
    const category = 'OTHER';
    const allocation = allocate({
      ...oneHead('RANK', 25n, [claim('a', 'S30'), claim('b', 'S10', { category })]),
      categories: [
        { category: 'HIGH_VALUE_PORTFOLIO', method: 'RANK', ceilingFen: 20n },
        { category, method: 'PRO_RATA', ceilingFen: null },
      ],
    });
    expect(amounts(allocation)).toEqual({ a: 0n, b: 5n });
    expect(allocation.leftFen).toBe(20n);
  });
});

it('an allocation of nothing leaves the budget', () =>
  expect(allocate(oneHead('PRO_RATA', 5n, []))).toMatchObject({ lines: [], leftFen: 5n }));

it('a claim on a standard nobody set is a fault, not a line', () =>
  expect(() => allocate(oneHead('FULL', 1n, [claim('a', 'S99')]))).toThrow('S99'));

describe('any allocation', () => {
  const money = fc.bigInt({ min: 0n, max: 400n });
  const settings = fc.tuple(
    ...heads.map((category) =>
      fc.record({
        category: fc.constant(category),
        method: fc.constantFrom<AllocationMethod>('PRO_RATA', 'PRO_RATA', 'RANK', 'FULL'),
        ceilingFen: fc.option(money),
      }),
    ),
  );
  const standards = fc.array(
    fc.record({ amountFen: fc.bigInt({ min: 1n, max: 60n }), capFen: fc.option(fc.bigInt({ min: 1n, max: 90n })) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  const claims = fc.array(
    fc.record({
      head: fc.nat(heads.length - 1),
      standard: fc.nat(3),
      units: fc.integer({ min: 1, max: 9 }),
      rank: fc.option(fc.integer({ min: 1, max: 3 })),
      day: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 14 },
  );

  const inputs = fc.record({ budgetFen: fc.bigInt({ min: 0n, max: 900n }), settings, standards, claims }).map(
    ({ budgetFen, settings: categories, standards: priced, claims: drawn }): AllocationInput => ({
      budgetFen,
      categories,
      standards: priced.map((terms, index) => ({ number: String(index), unit: '项', ...terms })),
      claims: drawn.map(({ head, standard: index, units, rank, day }, place) => ({
        claimId: `c${String(place).padStart(2, '0')}`,
        number: String(place),
        category: heads[head] as FundCategory,
        standardNumber: String(index % priced.length),
        units,
        ...(rank === null ? {} : { rank }),
        claimedOn: `2025-01-0${day}`,
      })),
    }),
  );
  const payable = inputs.filter((input) => refusalOf(input) === undefined);

  const entitlement = (input: AllocationInput, { units, standardNumber }: AllocationClaim): bigint =>
    entitlementOf(units, input.standards[Number(standardNumber)] as AllocationInput['standards'][number]);
  const least = (a: bigint, b: bigint) => (a < b ? a : b);
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

  const expectNoneLower = (before: Allocation, after: Allocation) => {
    const lower = after.lines.filter(
      ({ claimId, allocatedFen }) => allocatedFen < (amounts(before)[claimId] ?? 0n) - 1n,
    );
    expect(lower).toEqual([]);
  };

  it('adds up, and stays within claim, ceiling and budget', () => {
    fc.assert(
      fc.property(payable, (input) => {
        const { lines, categories, allocatedFen, leftFen } = allocate(input);
        expect(lines.map(({ claimId }) => claimId)).toEqual(input.claims.map(({ claimId }) => claimId));
        expect(sum(lines.map((line) => line.allocatedFen))).toBe(allocatedFen);
        expect(sum(categories.map((total) => total.allocatedFen))).toBe(allocatedFen);
        expect(allocatedFen + leftFen).toBe(input.budgetFen);
        expect(leftFen >= 0n).toBe(true);
        for (const [index, line] of lines.entries()) {
          expect(line.entitlementFen).toBe(entitlement(input, input.claims[index] as AllocationClaim));
          expect(line.allocatedFen >= 0n && line.allocatedFen <= line.entitlementFen).toBe(true);
        }
        for (const { category, ceilingFen, availableFen, allocatedFen: given } of categories) {
          const own = lines.filter((_, index) => input.claims[index]?.category === category);
          expect(sum(own.map((line) => line.allocatedFen))).toBe(given);
          expect(given <= availableFen && (ceilingFen === null || availableFen <= ceilingFen)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('spends all it may on claims shared pro rata', () => {
    fc.assert(
      fc.property(payable, (input) => {
        const { categories } = allocate(input);
        for (const { method, availableFen, allocatedFen } of categories)
          if (method !== 'RANK') expect(allocatedFen).toBe(availableFen);
        const shared = categories.filter(({ method }) => method === 'PRO_RATA');
        const others = sum(
          categories.filter(({ method }) => method !== 'PRO_RATA').map(({ availableFen }) => availableFen),
        );
        const demands = sum(
          shared.map(({ entitlementFen, ceilingFen }) => least(entitlementFen, ceilingFen ?? entitlementFen)),
        );
        expect(sum(shared.map(({ allocatedFen }) => allocatedFen))).toBe(least(demands, input.budgetFen - others));
      }),
      { numRuns: 400 },
    );
  });

  it('rounds every exact share once, down or up', () => {
    fc.assert(
      fc.property(payable, (input) => {
        const { lines, categories } = allocate(input);
        const shared = categories.filter(({ method }) => method === 'PRO_RATA');
        const demandOf = ({ entitlementFen, ceilingFen }: (typeof shared)[number]) =>
          least(entitlementFen, ceilingFen ?? entitlementFen);
        const others = sum(
          categories.filter(({ method }) => method !== 'PRO_RATA').map(({ availableFen }) => availableFen),
        );
        const demands = sum(shared.map(demandOf));
        const money = least(demands, input.budgetFen - others);
        for (const [index, { entitlementFen, allocatedFen }] of lines.entries()) {
          const head = shared.find(({ category }) => category === input.claims[index]?.category);
          if (!head || demands === 0n) continue;
          // |amount - share| < 1, without dividing.
          const scale = head.entitlementFen * demands;
          const off = allocatedFen * scale - entitlementFen * demandOf(head) * money;
          expect(off < scale && -off < scale).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same in any order of input', () => {
    fc.assert(
      fc.property(payable, fc.infiniteStream(fc.nat()), (input, places) => {
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, place: places.next().value as number }))
            .sort((a, b) => a.place - b.place)
            .map(({ item }) => item);
        const { categories, standards: priced, claims: drawn, budgetFen } = input;
        expect(
          allocate({
            budgetFen,
            categories: shuffled(categories),
            standards: shuffled(priced),
            claims: shuffled(drawn),
          }),
        ).toEqual(allocate(input));
      }),
      { numRuns: 300 },
    );
  });

  it('lowers no claim by more than a fen when there is more budget', () => {
    fc.assert(
      fc.property(payable, fc.bigInt({ min: 1n, max: 300n }), (input, more) => {
        expectNoneLower(allocate(input), allocate({ ...input, budgetFen: input.budgetFen + more }));
      }),
      { numRuns: 1000 },
    );
  });

  it('lowers no claim by more than a fen when there is one claim less', () => {
    fc.assert(
      fc.property(payable, fc.nat(), (input, drawn) => {
        fc.pre(input.claims.length > 0);
        const without = input.claims.filter((_, index) => index !== drawn % input.claims.length);
        expectNoneLower(allocate(input), allocate({ ...input, claims: without }));
      }),
      { numRuns: 1000 },
    );
  });

  it('says for every line how the amount came about, in both languages', () => {
    fc.assert(
      fc.property(payable, (input) => {
        for (const { derivation } of allocate(input).lines) {
          expect(derivation.zh).toMatch(/标准 .+应得 .+分配 .+元。$/);
          expect(derivation.en).toMatch(/standard .+entitled to .+allocated .+ yuan\.$/);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('refuses only a category that is to be paid in full and cannot be', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const refusal = refusalOf(input);
        fc.pre(refusal !== undefined);
        const category = refusal?.place.conflict;
        expect(refusal?.rule).toBe('F-1');
        expect(input.categories.find((setting) => setting.category === category)?.method).toBe('FULL');
        expect(input.claims.some((each) => each.category === category)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
