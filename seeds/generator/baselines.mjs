import { isPatent } from './assets.mjs';
import { yearOf } from './dates.mjs';
import { OFF_PANEL, WITHOUT_BASELINE, ZERO_BASELINE } from './universities.mjs';

const BASES = { times: '件次', contracts: '项', distinct: '件' };

/** Conversions of a year on the three bases: `facts` are `{ asset, date, deal }`. */
export const countsOf = (facts, year, isCounted = () => true) => {
  const own = facts.filter((fact) => yearOf(fact.date) === year && isCounted(fact));
  return {
    times: own.length,
    contracts: new Set(own.map(({ deal }) => deal)).size,
    distinct: new Set(own.map(({ asset }) => asset)).size,
  };
};

const row = (scope, basis, value, extra = {}) => ({
  scope,
  basis: BASES[basis],
  ipScope: '全部',
  baseYear: 2020,
  value,
  source: '示例：2020年度统计核定',
  evidence: `示例-基数核定-${scope}`,
  approver: 'reviewer2',
  ...extra,
});

/** Offices with all three bases approved; the others have 件次 alone. */
const THOROUGH = ['csu', 'hnu', 'csust', 'hunau', 'csuft', 'hunnu', 'hnucm'];

export const baselineRows = (facts, city) => {
  const inPanel = ({ asset }) => asset.university.code !== OFF_PANEL;
  const patents = countsOf(facts, 2020, (fact) => inPanel(fact) && isPatent(fact.asset)).times;
  const codes = [...new Set(facts.map(({ asset }) => asset.university.code))].filter(
    (code) => ![OFF_PANEL, WITHOUT_BASELINE, ZERO_BASELINE].includes(code),
  );
  return [
    row('city', 'times', city.times, {
      note: 'more than the ledger holds of 2020: the city’s own approved figure, not a sum',
    }),
    row('全市', 'contracts', city.contracts, { note: 'the city named in Chinese' }),
    row('city', 'distinct', city.distinct),
    row('city', 'times', patents + 9, { ipScope: '仅专利', note: 'patents only' }),
    ...codes.flatMap((code) => {
      const counts = countsOf(facts, 2020, ({ asset }) => asset.university.code === code);
      return Object.keys(BASES)
        .filter((basis) => basis === 'times' || THOROUGH.includes(code))
        .map((basis) => row(code, basis, counts[basis]));
    }),
    row(ZERO_BASELINE, 'times', 0, { note: 'nothing in 2020: growth is not computable, never infinite' }),
  ];
};
