import { readSheets } from './sheets.mjs';

/* A year's budget shared over its claims, by the rules the fund states: full first, then by rank, then in proportion. */

const CATEGORIES = {
  高校知识产权转化专门机构建设: 'DEDICATED_INSTITUTION',
  知识产权贯标: 'IP_STANDARD_IMPLEMENTATION',
  高价值专利组合培育: 'HIGH_VALUE_PORTFOLIO',
  知识产权转化表彰: 'CONVERSION_COMMENDATION',
  知识产权线上交易平台资助: 'ONLINE_TRADING_PLATFORM',
  其他: 'OTHER',
};
const ORDER = Object.values(CATEGORIES);

const fen = (text, decimals) => {
  const [whole, part = ''] = text.replaceAll(',', '').split('.');
  return BigInt(whole + part.padEnd(decimals, '0'));
};
const least = (one, other) => (other !== null && other < one ? other : one);
const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);

/** Heads of a year: what their claims are entitled to, and what they would take at most. */
const headsOf = (categories, standards, claims) => {
  const priced = new Map(
    standards.map((row) => [
      row['标准编号'],
      { amount: fen(row['单位金额(元)'], 2), cap: row['单项上限(元)'] ? fen(row['单项上限(元)'], 2) : null },
    ]),
  );
  const entitled = claims.map((row) => {
    const { amount, cap } = priced.get(row['标准编号']);
    return {
      number: row['申报编号'],
      category: CATEGORIES[row['类别']],
      rank: Number(row['排序'] || Infinity),
      on: row['申报日期'],
      due: least(BigInt(row['数量']) * amount, cap),
    };
  });
  return categories
    .map((row) => {
      const category = CATEGORIES[row['类别']];
      const own = entitled.filter((claim) => claim.category === category);
      const due = sum(own.map((claim) => claim.due));
      return {
        category,
        method: row['分配方式'],
        claims: own,
        due,
        demand: least(due, row['类别上限(万元)'] ? fen(row['类别上限(万元)'], 6) : null),
      };
    })
    .sort((a, b) => ORDER.indexOf(a.category) - ORDER.indexOf(b.category));
};

const byRank = (claims, available) => {
  let left = available;
  let isStopped = false;
  const order = [...claims].sort(
    (a, b) => a.rank - b.rank || (a.on < b.on ? -1 : Number(a.on > b.on)) || (a.number < b.number ? -1 : 1),
  );
  return order.map(({ number, due }) => {
    isStopped ||= due > left;
    if (!isStopped) left -= due;
    return [number, isStopped ? 0n : due];
  });
};

/**
 * Whole parts of the shares, then one fen each to the largest remainders. Which of two equal remainders comes first hangs on ids that
 * no sheet holds, so data that would need it are an error here.
 */
const largestRemainder = (shares, divisor, total) => {
  if (divisor === 0n) return shares.map(() => 0n);
  const missing = Number(total - sum(shares.map((share) => share / divisor)));
  const remainders = shares.map((share) => share % divisor).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  if (missing > 0 && missing < shares.length && remainders[missing - 1] === remainders[missing])
    throw new Error('a tie no spreadsheet can break');
  const bar = missing > 0 ? remainders[missing - 1] : divisor;
  return shares.map((share) => share / divisor + (share % divisor >= bar ? 1n : 0n));
};

const proRata = (heads, left) => {
  const demands = sum(heads.map(({ demand }) => demand));
  const money = least(demands, left);
  const available = largestRemainder(
    heads.map(({ demand }) => demand * money),
    demands,
    money,
  );
  return heads.map((head, i) => {
    const shares = head.claims.map(({ due }) => due * head.demand * money);
    const amounts = largestRemainder(shares, head.due * demands, available[i]);
    return { ...head, available: available[i], paid: head.claims.map(({ number }, place) => [number, amounts[place]]) };
  });
};

const allocate = (budget, heads) => {
  let left = budget;
  const take = (method, pay) =>
    heads
      .filter((head) => head.method === method)
      .map((head) => {
        const available = least(head.demand, left);
        left -= available;
        return { ...head, available, paid: pay(head, available) };
      });
  const full = take('足额', ({ category, due, claims }, available) => {
    if (due > available) throw new Error(`${category} cannot be paid in full`);
    return claims.map((claim) => [claim.number, claim.due]);
  });
  const ranked = take('按序', ({ claims }, available) => byRank(claims, available));
  return [
    ...full,
    ...ranked,
    ...proRata(
      heads.filter(({ method }) => method === '按比例'),
      left,
    ),
  ];
};

const summary = (budget, results) => {
  const categories = results.map(({ category, due, available, paid }) => [
    category,
    { entitled: String(due), available: String(available), allocated: String(sum(paid.map(([, amount]) => amount))) },
  ]);
  const claims = results.flatMap(({ paid }) => paid).sort(([a], [b]) => (a < b ? -1 : 1));
  const allocated = sum(claims.map(([, amount]) => amount));
  return {
    allocated: String(allocated),
    left: String(budget - allocated),
    categories: Object.fromEntries(categories),
    claims: Object.fromEntries(claims.map(([number, amount]) => [number, String(amount)])),
  };
};

/** Allocation of every fund year, amounts in fen as text, by category and by claim number. */
export const recomputeFund = async (folder) => {
  const [years, ...sheets] = await Promise.all(
    ['fund-years', 'fund-categories', 'fund-standards', 'fund-claims'].map((kind) => readSheets(folder, kind)),
  );
  return Object.fromEntries(
    years.map((row) => {
      const [categories, standards, claims] = sheets.map((rows) =>
        rows.filter((other) => other['年度'] === row['年度']),
      );
      const budget = fen(row['预算(万元)'], 6);
      return [row['年度'], summary(budget, allocate(budget, headsOf(categories, standards, claims)))];
    }),
  );
};
