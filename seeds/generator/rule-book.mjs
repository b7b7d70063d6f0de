import { allAssets, expiryOf } from './assets.mjs';
import { addDays, addYears, later, yearOf } from './dates.mjs';
import { randomOf } from './random.mjs';

/* What the later sheets hold: policies of universities, sizes of enterprises, entries of the title registers. */

const random = randomOf('rule book');
const LAST_DAY = '2025-12-31';

const POLICIES = [
  ['csu', '职务科技成果披露制度', '2020-09-01'],
  ['csu', '转化收益分配与奖励制度', '2019-03-15'],
  ['hnu', '职务科技成果披露制度', '2021-01-01'],
  ['hnu', '专利申请前评估制度', '2025-07-01'],
  ['csust', '转化收益分配与奖励制度', '2020-06-01'],
];

export const policyRows = () =>
  POLICIES.map(([university, policy, adoptedOn], index) => ({
    university,
    policy,
    documentNo: `示例校字〔${yearOf(adoptedOn)}〕${index + 1}号`,
    adoptedOn,
    evidence: `示例-制度文本-${university}-${index + 1}`,
  }));

/** Patents that a university filed under its evaluation policy without one (E-3). */
export const exemptionOf = ({ university, filedOn, ipType }) => {
  const isPatent = ['INVENTION', 'UTILITY_MODEL', 'DESIGN'].includes(ipType);
  return university.code === 'hnu' && filedOn >= '2025-07-01' && isPatent ? '示例：合作研发合同约定申请' : undefined;
};

const SIZES = [
  ['C39', 12, 260, 180],
  ['C35', 86, 5200, 4100],
  ['C27', 410, 26000, 31000],
  ['I65', 34, 1900, 1200],
  ['E47', undefined, 7800, 6300],
  ['C38', 1300, 52000, 61000],
];

/** One determination for each licensee under an open licence that told its figures; some never do. */
export const sizeRows = ({ grants }) => {
  const first = new Map();
  for (const { licensee, noticeOn } of grants) {
    if (licensee.code && noticeOn < (first.get(licensee.code)?.noticeOn ?? '9')) first.set(licensee.code, { licensee, noticeOn });
  }
  return [...first.values()].flatMap(({ licensee, noticeOn }) => {
    if (random.chance(0.15)) return [];
    const [industry, employees, revenue, assets] = random.pick(SIZES);
    return [
      {
        enterpriseName: licensee.name,
        creditCode: licensee.code,
        industry,
        employees,
        revenue,
        assets,
        dataYear: yearOf(noticeOn) - 1,
        determinedOn: addDays(noticeOn, -random.int(5, 40)),
        evidence: '示例：中小企业声明函',
      },
    ];
  });
};

/** Patents nobody converts, with years to live. */
const quiet = (code) =>
  allAssets().filter(
    ({ university, ipType, isStock, grantedOn, ...asset }) =>
      isStock &&
      university.code === code &&
      ipType === 'INVENTION' &&
      grantedOn > '2018-01-01' &&
      grantedOn < '2022-01-01' &&
      expiryOf({ ipType, ...asset }) > '2033-01-01',
  );

const annuities = ({ university, number, filedOn, grantedOn }, until) => {
  const rows = [];
  for (let year = 2; addYears(filedOn, year - 1) <= until; year += 1) {
    const dueOn = addYears(filedOn, year - 1);
    if (dueOn <= grantedOn) continue;
    const on = later(addDays(dueOn, -random.int(5, 40)), grantedOn);
    rows.push({ university: university.code, asset: number, entry: '年费缴纳', on, year, amount: '900.00', note: '示例' });
  }
  return rows;
};

/** Entries of some twenty titles: annuities kept and missed, pledges, a preservation, a lapse and its restoration. */
export const entryRows = () => {
  const [pledged, released, preserved, lapsed, restored, late, ...kept] = quiet('csu');
  const entry = ({ university, number }, cells) => ({ university: university.code, asset: number, note: '示例', ...cells });
  const bank = ['示例银行长沙分行'].join('；');
  return [
    ...kept.slice(0, 12).flatMap((asset) => annuities(asset, LAST_DAY)),
    ...annuities(late, '2024-12-31'),
    entry(pledged, { entry: '质押登记', on: '2024-03-11', documentNo: '示例质-2024-01', party: bank, amount: '2000000.00' }),
    entry(released, { entry: '质押登记', on: '2023-05-08', documentNo: '示例质-2023-02', party: bank, amount: '800000.00' }),
    entry(released, { entry: '质押注销', on: '2024-11-20', documentNo: '示例质-2023-02' }),
    entry(preserved, { entry: '中止或保全', on: '2025-02-17', documentNo: '示例法院〔2025〕3号', cause: '法院保全' }),
    entry(preserved, { entry: '中止或保全解除', on: '2025-08-18', documentNo: '示例法院〔2025〕3号' }),
    entry(lapsed, { entry: '专利权终止', on: '2024-06-03', cause: '未缴年费终止' }),
    entry(restored, { entry: '专利权终止', on: '2023-06-05', cause: '未缴年费终止' }),
    entry(restored, { entry: '权利恢复', on: '2023-09-12' }),
  ];
};
