import { dateBetween, yearOf } from './dates.mjs';
import { allDeals, countedDates } from './deals.mjs';
import { randomOf } from './random.mjs';

/* Five fund years of 1000万元 each. All standards are invented: no real amount is known. */

const random = randomOf('fund');
const YEARS = [2021, 2022, 2023, 2024, 2025];

const LABELS = {
  DEDICATED_INSTITUTION: '高校知识产权转化专门机构建设',
  IP_STANDARD_IMPLEMENTATION: '知识产权贯标',
  HIGH_VALUE_PORTFOLIO: '高价值专利组合培育',
  CONVERSION_COMMENDATION: '知识产权转化表彰',
  ONLINE_TRADING_PLATFORM: '知识产权线上交易平台资助',
  OTHER: '其他',
};
const FULL = '足额';
const PRO_RATA = '按比例';
const RANK = '按序';

/** Method and ceiling in 万元 of each category. In 2024 the ceilings leave more demand than budget. */
const SETTINGS = {
  2021: {
    DEDICATED_INSTITUTION: [FULL, 350],
    IP_STANDARD_IMPLEMENTATION: [FULL],
    HIGH_VALUE_PORTFOLIO: [PRO_RATA, 280],
    CONVERSION_COMMENDATION: [RANK, 100],
    OTHER: [PRO_RATA, 60],
  },
  2022: {
    DEDICATED_INSTITUTION: [FULL, 350],
    IP_STANDARD_IMPLEMENTATION: [FULL],
    HIGH_VALUE_PORTFOLIO: [PRO_RATA, 330],
    CONVERSION_COMMENDATION: [RANK, 50],
    ONLINE_TRADING_PLATFORM: [FULL, 150],
    OTHER: [PRO_RATA, 45],
  },
  2023: {
    DEDICATED_INSTITUTION: [FULL, 350],
    IP_STANDARD_IMPLEMENTATION: [FULL],
    HIGH_VALUE_PORTFOLIO: [PRO_RATA, 300],
    CONVERSION_COMMENDATION: [RANK, 200],
    ONLINE_TRADING_PLATFORM: [RANK, 100],
    OTHER: [PRO_RATA, 80],
  },
  2024: {
    DEDICATED_INSTITUTION: [FULL, 350],
    IP_STANDARD_IMPLEMENTATION: [FULL],
    HIGH_VALUE_PORTFOLIO: [PRO_RATA, 500],
    CONVERSION_COMMENDATION: [RANK, 330],
    ONLINE_TRADING_PLATFORM: [RANK, 100],
    OTHER: [PRO_RATA],
  },
  2025: {
    DEDICATED_INSTITUTION: [FULL, 350],
    IP_STANDARD_IMPLEMENTATION: [FULL],
    HIGH_VALUE_PORTFOLIO: [PRO_RATA, 420],
    ONLINE_TRADING_PLATFORM: [RANK, 60],
    OTHER: [PRO_RATA, 110],
  },
};

/** Amounts in 元 of one unit, and the most for one claim. */
const STANDARDS = {
  '01': [
    'DEDICATED_INSTITUTION',
    '示例：专门机构建设补助',
    '家',
    { 2021: 800_000, 2024: 750_000 },
    undefined,
    'dedicated-office',
    '专门机构',
  ],
  '02': [
    'IP_STANDARD_IMPLEMENTATION',
    '示例：贯标认证补助',
    '证',
    { 2021: 200_000 },
    undefined,
    'certification',
    '贯标证书',
  ],
  '03': [
    'HIGH_VALUE_PORTFOLIO',
    '示例：高价值专利组合培育补助',
    '培育月',
    { 2021: 40_000, 2024: 55_000 },
    { 2021: 960_000, 2024: 1_500_000 },
    'portfolio',
    '高价值专利组合',
  ],
  '04': [
    'CONVERSION_COMMENDATION',
    '示例：转化表彰奖励',
    '项',
    { 2021: 300_000 },
    undefined,
    'commendation',
    '转化表彰',
  ],
  '05': [
    'ONLINE_TRADING_PLATFORM',
    '示例：线上交易平台资助',
    '个',
    { 2021: 800_000 },
    undefined,
    'trading-platform',
    '线上交易平台',
  ],
  '06': [
    'OTHER',
    '示例：在长转化合同奖补',
    '万元合同额',
    { 2021: 2_000, 2024: 3_000 },
    { 2021: 120_000, 2024: 240_000 },
    'contract',
    '转化合同',
  ],
  '07': [
    'CONVERSION_COMMENDATION',
    '示例：试点示范高校奖励',
    '项',
    { 2021: 200_000 },
    undefined,
    'designation',
    '试点示范',
  ],
};
const BASIS = '示例：依据〔2019〕20号若干措施（示例标准，非现行规定）';

const inForce = (amounts, year) => amounts && Object.entries(amounts).findLast(([since]) => Number(since) <= year)[1];
const standardNumber = (year, key) => `示例BZ-${year}-${key}`;

export const yearRows = () =>
  YEARS.map((year) => ({
    year,
    budget: 1000,
    legalBasis: '示例：长政办发〔2022〕9号 专栏3',
    document: `示例财预〔${year}〕1号`,
    openedOn: `${year}-01-20`,
  }));

export const categoryRows = () =>
  YEARS.flatMap((year) =>
    Object.entries(SETTINGS[year]).map(([category, [method, ceiling]]) => ({
      year,
      category: LABELS[category],
      method,
      ceiling,
      legalBasis: category === 'OTHER' ? '示例：其他在长转化支持，依据示例〔2021〕7号' : undefined,
    })),
  );

export const standardRows = () =>
  YEARS.flatMap((year) =>
    Object.entries(STANDARDS)
      .filter(([, [category]]) => SETTINGS[year][category])
      .map(([key, [category, title, unit, amounts, caps, , objectLabel]]) => ({
        year,
        number: standardNumber(year, key),
        category: LABELS[category],
        title,
        unit,
        amount: `${inForce(amounts, year)}.00`,
        cap: caps && `${inForce(caps, year)}.00`,
        objectKind: objectLabel,
        legalBasis: BASIS,
      })),
  );

const plain = (key, objects, yearFor, numberFor) =>
  objects.map((object) => ({
    key,
    university: object.university,
    year: yearFor(object),
    objectNumber: numberFor(object),
    units: 1,
  }));

/** In which year money is asked for something that began on a date: late beginnings wait for the next call. */
const callFor = (date) => (date.slice(5) <= '06-30' ? yearOf(date) : yearOf(date) + 1);

const designationNumber = ({ designation, documentNo }) =>
  `${designation === '示范' ? 'DEMONSTRATION' : 'PILOT'}/${documentNo}`;

/** Equal entitlements would tie for the last fen of a shared category, and no spreadsheet says who goes first. */
const withoutTies = (wishes, key, year) => {
  const [, , , amounts, caps] = STANDARDS[key];
  const dueTo = ({ units }) => Math.min(units * inForce(amounts, year), inForce(caps, year));
  return wishes.filter((wish, index) => wishes.findIndex((other) => dueTo(other) === dueTo(wish)) === index);
};

/** Contracts within Changsha with a fee, a few of every year, as their offices would pick them. */
const contractClaims = () => {
  const fit = allDeals().filter(
    (deal) =>
      deal.receiver?.division?.startsWith('4301') &&
      Number(deal.fee) >= 80_000 &&
      countedDates(deal).length > 0 &&
      deal.university.code !== 'nudt',
  );
  return YEARS.flatMap((year) => {
    const own = fit.filter((deal) => yearOf(countedDates(deal)[0].date) === year - 1);
    const picked = Array.from({ length: 20 + (year - 2021) * 4 }, () => random.pick(own));
    const wishes = picked.map((deal) => ({ deal, units: Math.floor(Number(deal.fee) / 10_000) }));
    return withoutTies(wishes, '06', year).map(({ deal, units }) => ({
      key: '06',
      university: deal.university.code,
      year,
      objectNumber: deal.number,
      units,
      otherFunding: random.chance(0.1) ? '示例：已申报市科技发展专项' : undefined,
    }));
  });
};

/** One claim per object; every object is asked for once. */
export const claimRows = ({ offices, certifications, portfolios, commendations, platforms, designations }) => {
  const wishes = [
    ...plain(
      '01',
      offices,
      ({ establishedOn }) => callFor(establishedOn),
      ({ name }) => name,
    ),
    ...plain(
      '02',
      certifications.slice(0, 14),
      ({ validFrom }) => callFor(validFrom),
      ({ certNo }) => certNo,
    ),
    ...plain(
      '03',
      portfolios,
      ({ startedOn }) => callFor(startedOn),
      ({ number }) => number,
    ).map((wish, index) => ({ ...wish, units: 12 + ((index * 5) % 19) })),
    ...plain(
      '04',
      commendations,
      ({ grantedOn }) => yearOf(grantedOn),
      ({ award, year }) => `${award}/${year}`,
    ),
    ...plain(
      '05',
      platforms,
      ({ launchedOn }) => yearOf(launchedOn),
      ({ name }) => name,
    ),
    ...plain(
      '07',
      designations.filter(({ note }) => !note?.includes('not new')),
      ({ designatedOn }) => yearOf(designatedOn) + 1,
      designationNumber,
    ).filter(({ year }) => year < 2025),
    ...contractClaims(),
  ];
  return YEARS.flatMap((year) =>
    claimsOf(
      year,
      wishes.filter((wish) => wish.year === year),
    ),
  );
};

const claimsOf = (year, wishes) => {
  const ranks = new Map();
  return wishes.map(({ key, ...wish }, index) => {
    const [category] = STANDARDS[key];
    const isRanked = SETTINGS[year][category][0] === RANK;
    const rank = isRanked ? (ranks.get(category) ?? 0) + 1 : undefined;
    if (isRanked) ranks.set(category, rank);
    return {
      ...wish,
      number: `示例SB-${year}-${String(index + 1).padStart(3, '0')}`,
      category: LABELS[category],
      standardNumber: standardNumber(year, key),
      rank,
      claimedOn: dateBetween(random, `${year}-07-01`, `${year}-08-31`),
      performanceTarget: '示例：年内新增在长转化 5 件次，以备案证明为据，12 月底前完成',
    };
  });
};
