import { readSheets } from './sheets.mjs';

/* The target by plain counting, and its verdict in whole numbers. */

const YEARS = [2020, 2021, 2022, 2023, 2024, 2025];
const BASE_YEAR = 2020;
const BASES = { 'patent-times': '件次', contracts: '项', 'distinct-patents': '件' };
const SCOPES = { all: '全部', patents: '仅专利' };

const KEYS = {
  'patent-times': (_conversion, index) => index,
  contracts: ({ contract }) => contract,
  'distinct-patents': ({ asset }) => asset,
};

const countBy = (conversions, basis) => {
  const count = (own) => new Set(own.map(KEYS[basis])).size;
  const of = (column) => count(conversions.filter((conversion) => conversion.column === column));
  return {
    transfers: of('transfers'),
    licences: of('licences'),
    openGrants: of('openGrants'),
    total: count(conversions),
  };
};

/** At least 20% a year: total × 5^k ≥ base × 6^k. */
const judge = (base, year, total) => {
  if (!base) return { required: null, verdict: 'NOT_COMPUTABLE' };
  if (year === BASE_YEAR) return { required: null, verdict: 'BASE' };
  const [six, five] = [6n, 5n].map((factor) => factor ** BigInt(year - BASE_YEAR));
  const required = (BigInt(base) * six + five - 1n) / five;
  return { required: Number(required), verdict: BigInt(total) >= required ? 'MET' : 'MISSED' };
};

const yearOf = (conversions, year, baselineOf) => {
  const own = conversions.filter(({ date }) => date.startsWith(String(year)));
  const counted = own.filter(({ isCounted }) => isCounted);
  const bases = Object.keys(BASES).map((basis) => {
    const counts = countBy(counted, basis);
    return [basis, { ...counts, ...judge(baselineOf(basis), year, counts.total) }];
  });
  return {
    ...Object.fromEntries(bases),
    unrecorded: own.length - counted.length,
    flagged: counted.filter(({ isFlagged }) => isFlagged).length,
    inChangsha: counted.filter((conversion) => conversion.inChangsha === true).length,
  };
};

const yearsOf = (conversions, baselineOf) =>
  Object.fromEntries(YEARS.map((year) => [year, yearOf(conversions, year, baselineOf)]));

const readBaselines = async (folder, codeOf) => {
  const rows = (await readSheets(folder, 'baselines')).filter((row) => Number(row['基年']) === BASE_YEAR);
  const scopeOf = (text) => (text === '全市' || text === 'city' ? 'city' : codeOf(text));
  return new Map(
    rows.map((row) => [`${scopeOf(row['范围'])}/${row['口径']}/${row['知识产权范围']}`, Number(row['数值'])]),
  );
};

/** Boards of the city and of every university with conversions, `{ city, universities }` for all IP and for patents only. */
export const recomputeGrowth = async (folder, conversions, { codeOf, isMember }) => {
  const baselines = await readBaselines(folder, codeOf);
  const board = (own, ipScope) => {
    const baselineOf = (scope) => (basis) => baselines.get(`${scope}/${BASES[basis]}/${SCOPES[ipScope]}`);
    const codes = [...new Set(own.map(({ university }) => university))];
    return {
      city: yearsOf(
        own.filter(({ university, date }) => isMember(university, date)),
        baselineOf('city'),
      ),
      universities: Object.fromEntries(
        codes.map((code) => [
          code,
          yearsOf(
            own.filter(({ university }) => university === code),
            baselineOf(code),
          ),
        ]),
      ),
    };
  };
  return {
    all: board(conversions, 'all'),
    patents: board(
      conversions.filter(({ isPatent }) => isPatent),
      'patents',
    ),
  };
};

const verdict = (actual, required) => ({ actual, required, verdict: actual >= required ? 'MET' : 'MISSED' });
const inPlan = (date) => date >= '2021-01-01' && date <= '2025-12-31';

/** Targets T1, T2, T3 and T5 of the plan. */
export const recomputeTargets = async (folder, codeOf) => {
  const [designations, portfolios, offices] = await Promise.all(
    ['designations', 'portfolios', 'dedicated-offices'].map((kind) => readSheets(folder, kind)),
  );
  const first = new Map();
  for (const row of designations) {
    const code = codeOf(row['高校']);
    if (!first.has(code) || row['认定日期'] < first.get(code)) first.set(code, row['认定日期']);
  }
  const started = portfolios.filter((row) => inPlan(row['立项日期'])).length;
  const withOffice = new Set(offices.filter((row) => row['成立日期'] <= '2025-12-31').map((row) => codeOf(row['高校'])))
    .size;
  return {
    T1: verdict([...first.values()].filter(inPlan).length, 5),
    T2: verdict(started, 20),
    T3: verdict(started, 20),
    T5: verdict(withOffice, 10),
  };
};
