import { allAssets } from './assets.mjs';
import { addDays, addYears, dateBetween, yearOf } from './dates.mjs';
import { companyInChangsha, portfolioTitle } from './names.mjs';
import { randomOf } from './random.mjs';

/* Dated objects of the registry: enough of them that the plan's targets T1, T2, T3 and T5 are met, each by little. */

const random = randomOf('registry');

/** Twelve universities, thirteen offices: the second one of csu adds nothing to T5. */
const OFFICES = {
  2021: ['csu', 'hnu', 'csust', 'hunau'],
  2022: ['csuft', 'hunnu', 'hnucm'],
  2023: ['hutb', 'ccsu', 'csu'],
  2024: ['cshk', 'csmz'],
  2025: ['hngy'],
};
const FORMS = ['校内处级机构', '直属单位', '独立法人公司', '其他'];

export const officeRows = (universities) =>
  Object.entries(OFFICES).flatMap(([year, codes]) =>
    codes.map((code, index) => {
      const isSecond = code === 'csu' && year === '2023';
      return {
        university: code,
        name: `示例${universities[code].name}知识产权${isSecond ? '运营分中心' : '转化中心'}`,
        legalForm: FORMS[index % FORMS.length],
        documentNo: `示例校字〔${year}〕${10 + index}号`,
        establishedOn: dateBetween(random, `${year}-02-01`, `${year}-06-30`),
        staff: random.int(5, 24),
        evidence: `示例-成立文件-${code}-${year}`,
        note: isSecond ? 'second office of one university: T5 counts universities' : undefined,
      };
    }),
  );

const DESIGNATIONS = [
  [
    'csu',
    '示范',
    '示例〔2020〕1号',
    '2020-10-22',
    '2023-10-21',
    'first designation before 2021: base stock, not new (T1)',
  ],
  ['hnu', '试点', '示例〔2021〕2号', '2021-09-15', '2024-09-14'],
  ['csust', '试点', '示例〔2021〕2号', '2021-09-15', '2024-09-14', 'the same document designates two universities'],
  ['hunau', '试点', '示例〔2022〕3号', '2022-11-10', '2025-11-09'],
  ['csuft', '试点', '示例〔2022〕3号', '2022-11-10', '2025-11-09'],
  ['hunnu', '试点', '示例〔2023〕4号', '2023-08-21', '2026-08-20'],
  [
    'csu',
    '示范',
    '示例〔2023〕5号',
    '2023-12-11',
    '2026-12-10',
    'designated again after the first one expired: not new',
  ],
  ['hnu', '示范', '示例〔2024〕6号', '2024-10-14', '2027-10-13', 'from pilot to demonstration: not new'],
  ['hnucm', '试点', '示例〔2024〕6号', '2024-10-14', '2027-10-13'],
];

export const designationRows = () =>
  DESIGNATIONS.map(([university, designation, documentNo, designatedOn, validTo, note]) => ({
    university,
    designation,
    documentNo,
    designatedOn,
    validTo,
    authority: '示例认定机关',
    evidence: `示例-认定文件-${documentNo}`,
    note,
  }));

const CERTIFIED = [
  'csu',
  'hnu',
  'csust',
  'hunau',
  'csuft',
  'hunnu',
  'hnucm',
  'hutb',
  'ccsu',
  'csmu',
  'cshk',
  'csmz',
  'hngy',
  'hnjd',
  'hieu',
];

export const certificationRows = () =>
  CERTIFIED.map((university, index) => {
    const validFrom = dateBetween(random, `${2021 + (index % 5)}-01-10`, `${2021 + (index % 5)}-05-30`);
    const isShort = index === 13;
    return {
      university,
      certNo: `示例-GB-${String(index + 1).padStart(3, '0')}`,
      standard: index === 4 ? 'GBT33251-2016' : 'GB/T 33251-2016',
      body: '示例认证有限公司',
      validFrom,
      validTo: isShort ? addYears(validFrom, 2) : addDays(addYears(validFrom, 3), -1),
      scope: '示例：全校知识产权管理',
      evidence: `示例-证书-${index + 1}`,
      note: isShort
        ? 'certificate for two years, not the usual three: warned of'
        : index === 4
          ? 'the standard spelt another way'
          : undefined,
    };
  });

const AWARD = '示例驻长高校知识产权在长转化突出贡献奖';
const COMMENDED = {
  2022: ['csu', 'hnu', 'hunnu', 'csuft', 'csust', 'hunau', 'hnucm', 'ccsu', 'hutb'],
  2023: ['hnu', 'csu', 'hunnu', 'csuft', 'hunau', 'csust', 'hutb', 'cshk', 'hnucm', 'csmz'],
};

export const commendationRows = () =>
  Object.entries(COMMENDED).flatMap(([year, codes]) =>
    codes.map((university) => ({
      university,
      award: AWARD,
      year: Number(year),
      documentNo: `示例〔${Number(year) + 1}〕8号`,
      grantedOn: `${Number(year) + 1}-03-08`,
      evidence: `示例-表彰决定-${year}`,
    })),
  );

export const platformRows = () =>
  [
    ['csu', '2022-04-18'],
    ['hnu', '2023-03-27'],
    ['csust', '2024-05-06'],
    ['hunau', '2025-03-10'],
  ].map(([university, launchedOn], index) => ({
    university,
    name: `示例知识产权线上交易平台${'甲乙丙丁'[index]}`,
    url: `https://example.org/platform-${index + 1}`,
    launchedOn,
    documentNo: `示例〔${yearOf(launchedOn)}〕9号`,
    evidence: `示例-平台-${index + 1}`,
  }));

const PORTFOLIOS = { 2021: 4, 2022: 5, 2023: 5, 2024: 5, 2025: 4 };
const LEADERS = ['csu', 'hnu', 'csust', 'hunau', 'csuft', 'hunnu', 'hnucm'];
const CHAINS = ['工程机械', '先进储能材料', '人工智能及机器人', '生物医药', '种业', '北斗', '碳基材料'];

export const portfolioRows = () => {
  const numbers = Object.entries(PORTFOLIOS).flatMap(([year, count]) =>
    Array.from({ length: count }, (_, index) => [Number(year), index]),
  );
  return numbers.map(([year, index], place) => {
    const university = LEADERS[place % LEADERS.length];
    const own = allAssets().filter(
      (asset) =>
        asset.university.code === university &&
        asset.ipType === 'INVENTION' &&
        asset.grantedOn &&
        yearOf(asset.grantedOn) < year,
    );
    const assets = Array.from({ length: random.int(4, 9) }, () => random.pick(own).number);
    return {
      university,
      number: `示例-ZH-${year}-${String(index + 1).padStart(2, '0')}`,
      title: portfolioTitle(),
      chain: `示例：${random.pick(CHAINS)}`,
      startedOn: dateBetween(random, `${year}-01-20`, `${year}-04-30`),
      acceptedOn: year < 2023 ? `${year + 3}-0${random.int(1, 6)}-20` : undefined,
      partners: Array.from({ length: random.int(1, 3) }, () => companyInChangsha().name).join('；'),
      assets: [...new Set(assets)].join('；'),
      evidence: `示例-立项书-${year}-${index + 1}`,
    };
  });
};
