import { type BilingualText, type Fen, formatYuan } from '@app/kernel';
import { type AllocationMethod, FUND_CATEGORIES, type FundCategory } from './fund-board.js';
import { fundRule } from './fund-rules.js';

/** How this file divides the money; recorded with every allocation, raised when any amount would come out otherwise. */
export const ALLOCATION_RULES = 'fund-allocation/1';

/** 分配方式 */
export const ALLOCATION_METHODS = {
  FULL: { zh: '足额', en: 'In full' },
  PRO_RATA: { zh: '按比例', en: 'Pro rata' },
  RANK: { zh: '按序', en: 'By rank' },
} as const satisfies Record<AllocationMethod, BilingualText>;

export interface AllocationCategory {
  readonly category: FundCategory;
  readonly method: AllocationMethod;
  readonly ceilingFen: Fen | null;
}

export interface AllocationStandard {
  readonly number: string;
  readonly unit: string;
  readonly amountFen: Fen;
  readonly capFen: Fen | null;
}

export interface AllocationClaim {
  readonly claimId: string;
  readonly number: string;
  readonly category: FundCategory;
  readonly standardNumber: string;
  readonly units: number;
  /** Place in a ranked category, 1 first; claims without one come last. */
  readonly rank?: number | undefined;
  readonly claimedOn: string;
}

export interface AllocationInput {
  readonly budgetFen: Fen;
  readonly categories: readonly AllocationCategory[];
  readonly standards: readonly AllocationStandard[];
  readonly claims: readonly AllocationClaim[];
}

export interface AllocationLine {
  readonly claimId: string;
  readonly entitlementFen: Fen;
  readonly allocatedFen: Fen;
  /** How the amount came about, in words and numbers. */
  readonly derivation: BilingualText;
}

export interface AllocationTotal extends AllocationCategory {
  readonly entitlementFen: Fen;
  /** What the category could draw on. */
  readonly availableFen: Fen;
  readonly allocatedFen: Fen;
}

export interface Allocation {
  readonly lines: readonly AllocationLine[];
  readonly categories: readonly AllocationTotal[];
  readonly allocatedFen: Fen;
  readonly leftFen: Fen;
}

/** A claim with what its standard entitles it to. */
interface Entitled extends AllocationClaim {
  readonly standard: AllocationStandard;
  readonly entitlementFen: Fen;
}

/** A category with its claims in the order of their ids, which is also the tie-break. */
interface Head extends AllocationCategory {
  readonly claims: readonly Entitled[];
  readonly entitlementFen: Fen;
  /** What the category would take if there were money enough: its entitlements, at most its ceiling. */
  readonly demandFen: Fen;
}

/** Units times the unit amount, at most the standard's cap. */
export const entitlementOf = (
  units: number,
  { amountFen, capFen }: Pick<AllocationStandard, 'amountFen' | 'capFen'>,
): Fen => least(BigInt(units) * amountFen, capFen);

/**
 * Divides a year's budget over its claims. The same facts in any order give the same lines; the parts add up exactly; no claim gets more
 * than its entitlement, no category more than its ceiling, the year no more than its budget.
 *
 * Categories draw in this order: `FULL` ones, each paid whole or the allocation is refused (F-1); `RANK` ones, in the order of the plan's
 * heads, each setting aside its demand; `PRO_RATA` ones share what is left in proportion to their demands, and within one every claim in
 * proportion to its entitlement, by largest remainder in fen (F-10). What a ranked category set aside and cannot spend stays in the
 * balance: if others could draw on it, one claim less or a yuan more of budget could cost them their money. So more budget, or one claim
 * less, never lowers another claim by more than one fen.
 *
 * @throws Refusal F-1 naming the category that cannot be paid in full
 */
export const allocate = (input: AllocationInput): Allocation => {
  const heads = headsOf(input);
  const withMethod = (method: AllocationMethod) => heads.filter((head) => head.method === method);
  let left = input.budgetFen;
  const full = withMethod('FULL').map((head) => {
    assertPayable(head, left);
    left -= head.demandFen;
    return result(head, head.demandFen, head.claims.map(inFull));
  });
  const ranked = withMethod('RANK').map((head) => {
    const availableFen = least(head.demandFen, left);
    left -= availableFen;
    return result(head, availableFen, byRank(head, availableFen));
  });
  const results = [...full, ...ranked, ...proRata(withMethod('PRO_RATA'), left)];
  const allocatedFen = sum(results.map(({ total }) => total.allocatedFen));
  return {
    lines: results.flatMap(({ lines }) => lines).sort(by(({ claimId }) => claimId)),
    categories: results.map(({ total }) => total).sort(by(({ category }) => PLACES.get(category) ?? 0)),
    allocatedFen,
    leftFen: input.budgetFen - allocatedFen,
  };
};

/** The order of the plan's heads decides which of two ranked categories draws first, and ties between categories. */
const PLACES = new Map(Object.keys(FUND_CATEGORIES).map((category, place) => [category, place]));

const headsOf = ({ categories, standards, claims }: AllocationInput): Head[] => {
  const standardOf = new Map(standards.map((standard) => [standard.number, standard]));
  const entitled = claims.map((claim): Entitled => {
    const standard = standardOf.get(claim.standardNumber);
    if (!standard) throw new Error(`claim ${claim.number} stands on an unknown standard ${claim.standardNumber}`);
    return { ...claim, standard, entitlementFen: entitlementOf(claim.units, standard) };
  });
  return [...categories].sort(by(({ category }) => PLACES.get(category) ?? 0)).map((setting) => {
    const own = entitled.filter(({ category }) => category === setting.category).sort(by(({ claimId }) => claimId));
    const entitlementFen = sum(own.map((claim) => claim.entitlementFen));
    return { ...setting, claims: own, entitlementFen, demandFen: least(entitlementFen, setting.ceilingFen) };
  });
};

const assertPayable = ({ category, ceilingFen, entitlementFen }: Head, left: Fen): void => {
  const available = least(left, ceilingFen);
  if (entitlementFen <= available) return;
  const { zh: categoryZh, en: categoryEn } = FUND_CATEGORIES[category];
  const shortfall = formatYuan(entitlementFen - available);
  const amounts = { entitlement: formatYuan(entitlementFen), available: formatYuan(available), shortfall };
  throw fundRule('F-1', { categoryZh, categoryEn, ...amounts }, { field: 'categories', conflict: category });
};

const inFull = (claim: Entitled): AllocationLine =>
  line(claim, claim.entitlementFen, { zh: '本类别足额分配', en: 'the category pays in full' });

/** Rank, then date of claim, then number: whole amounts until the first that does not fit; nobody jumps the queue after it. */
const byRank = ({ claims }: Head, availableFen: Fen): AllocationLine[] => {
  const queue = [...claims].sort(
    by(
      ({ rank }) => rank ?? Number.MAX_SAFE_INTEGER,
      ({ claimedOn }) => claimedOn,
      ({ number }) => number,
      ({ claimId }) => claimId,
    ),
  );
  let left = availableFen;
  let stoppedAt: Entitled | undefined;
  return queue.map((claim, index) => {
    const place = index + 1;
    if (stoppedAt) return line(claim, 0n, stopped(place, stoppedAt));
    const before = left;
    if (claim.entitlementFen > before) {
      stoppedAt = claim;
      return line(claim, 0n, doesNotFit(place, before));
    }
    left -= claim.entitlementFen;
    return line(claim, claim.entitlementFen, fits(place, before));
  });
};

const fits = (place: number, before: Fen): BilingualText => ({
  zh: `排第 ${place} 位，尚余 ${formatYuan(before)} 元，足额`,
  en: `place ${place}, ${formatYuan(before)} yuan left, paid in full`,
});

const doesNotFit = (place: number, before: Fen): BilingualText => ({
  zh: `排第 ${place} 位，尚余 ${formatYuan(before)} 元，不足，分配至此停止`,
  en: `place ${place}, ${formatYuan(before)} yuan left, not enough, the ranking stops here`,
});

const stopped = (place: number, { number }: Entitled): BilingualText => ({
  zh: `排第 ${place} 位，分配已在申报 ${number} 处停止`,
  en: `place ${place}, the ranking stopped at claim ${number}`,
});

/**
 * A claim's exact share is entitlement × demand ÷ entitlements of the category × money ÷ demands of all. Its amount is that fraction
 * rounded once, down or up, never taken from the rounded share of the category. The fraction itself does not fall when there is more
 * money or one claim less, hence the bound of one fen.
 */
const proRata = (heads: readonly Head[], leftFen: Fen): HeadResult[] => {
  const demands = sum(heads.map(({ demandFen }) => demandFen));
  const money = least(demands, leftFen);
  const shares = heads.map(({ demandFen }) => demandFen * money);
  const available = largestRemainder(shares, demands, money);
  return heads.map((head, index) => {
    const availableFen = available[index] ?? 0n;
    const exact = head.claims.map(({ entitlementFen }) => entitlementFen * (shares[index] ?? 0n));
    const amounts = largestRemainder(exact, head.entitlementFen * demands, availableFen);
    const words = proportion(head, availableFen);
    return result(
      head,
      availableFen,
      head.claims.map((claim, place) => line(claim, amounts[place] ?? 0n, words)),
    );
  });
};

const proportion = ({ entitlementFen }: Head, availableFen: Fen): BilingualText =>
  availableFen === entitlementFen
    ? { zh: '本类别资金足够，按应得分配', en: 'the category has money enough, entitlements are met' }
    : {
        zh: `本类别应得合计 ${formatYuan(entitlementFen)} 元，可分 ${formatYuan(availableFen)} 元，按应得比例以最大余数法取整到分`,
        en: `the category has ${formatYuan(availableFen)} yuan for entitlements of ${formatYuan(entitlementFen)}, shared in proportion by largest remainder in fen`,
      };

/**
 * The whole part of every `numerator / denominator`, and one unit more for the largest remainders until `total` is reached; ties go to the
 * first. `total` lies between the sum of the shares rounded down and the sum of the shares rounded up.
 */
const largestRemainder = (numerators: readonly bigint[], denominator: bigint, total: bigint): bigint[] => {
  if (denominator === 0n) return numerators.map(() => 0n);
  const parts = numerators.map((numerator) => numerator / denominator);
  const missing = Number(total - sum(parts));
  const order = numerators.map((numerator, index) => ({ index, lack: denominator - (numerator % denominator) }));
  const raised = new Set(
    order
      .sort(by(({ lack }) => lack))
      .slice(0, missing)
      .map(({ index }) => index),
  );
  return parts.map((part, index) => (raised.has(index) ? part + 1n : part));
};

interface HeadResult {
  readonly total: AllocationTotal;
  readonly lines: readonly AllocationLine[];
}

const result = (
  { category, method, ceilingFen, entitlementFen }: Head,
  availableFen: Fen,
  lines: readonly AllocationLine[],
): HeadResult => {
  const allocatedFen = sum(lines.map((each) => each.allocatedFen));
  return { total: { category, method, ceilingFen, entitlementFen, availableFen, allocatedFen }, lines };
};

const line = (claim: Entitled, allocatedFen: Fen, because: BilingualText): AllocationLine => {
  const { claimId, entitlementFen } = claim;
  const due = entitlementInWords(claim);
  const derivation = {
    zh: `${due.zh}；${because.zh}：分配 ${formatYuan(allocatedFen)} 元。`,
    en: `${due.en}; ${because.en}: allocated ${formatYuan(allocatedFen)} yuan.`,
  };
  return { claimId, entitlementFen, allocatedFen, derivation };
};

const entitlementInWords = ({ units, standard, entitlementFen }: Entitled): BilingualText => {
  const { number, unit, amountFen, capFen } = standard;
  const product = BigInt(units) * amountFen;
  const sumUp = `${units} × ${formatYuan(amountFen)} = ${formatYuan(product)}`;
  const capped = product > entitlementFen && capFen !== null;
  return {
    zh: `标准 ${number}（元/${unit}）：${sumUp} 元${capped ? `，单项上限 ${formatYuan(capFen)} 元` : ''}，应得 ${formatYuan(entitlementFen)} 元`,
    en: `standard ${number}: ${sumUp} yuan${capped ? `, capped at ${formatYuan(capFen)}` : ''}, entitled to ${formatYuan(entitlementFen)}`,
  };
};

const sum = (amounts: readonly Fen[]): Fen => amounts.reduce((total, amount) => total + amount, 0n);

const least = (amount: Fen, limit: Fen | null): Fen => (limit !== null && limit < amount ? limit : amount);

/** Compares by the first key that differs; texts by code unit, which is the same on every machine. */
const by =
  <Item>(...keys: ReadonlyArray<(item: Item) => string | number | bigint>) =>
  (left: Item, right: Item): number => {
    for (const key of keys) {
      const [a, b] = [key(left), key(right)];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };
