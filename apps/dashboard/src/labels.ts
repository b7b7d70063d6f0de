import type { BilingualText } from '@app/kernel';

export type Labels = Readonly<Record<string, BilingualText>>;

export const text = (zh: string, en: string): BilingualText => ({ zh, en });

export const kindLabels = {
  contract: text('转化合同', 'Contracts'),
  'price-notice': text('定价公示', 'Price notices'),
  'open-licence': text('开放许可声明', 'Open licences'),
  'open-licence-grant': text('开放许可实施', 'Open-licence grants'),
  disclosure: text('成果披露', 'Disclosures'),
  evaluation: text('申请前评估', 'Evaluations'),
  asset: text('知识产权', 'IP assets'),
  portfolio: text('高价值专利组合', 'Patent portfolios'),
  university: text('高校', 'Universities'),
  'enterprise-size': text('企业规模', 'Enterprise sizes'),
  'dedicated-office': text('专门机构', 'Dedicated offices'),
  certification: text('贯标证书', 'Certifications'),
  designation: text('试点示范', 'Designations'),
  commendation: text('转化表彰', 'Commendations'),
  'trading-platform': text('线上交易平台', 'Trading platforms'),
  baseline: text('基数', 'Baselines'),
  'annual-report': text('年度报告', 'Annual reports'),
  'fund-claim': text('资金申报', 'Fund claims'),
} as const satisfies Labels;
export type Kind = keyof typeof kindLabels;

/** In the order they are listed to people. */
export const ipTypeLabels = {
  INVENTION: text('发明专利', 'Invention patent'),
  UTILITY_MODEL: text('实用新型专利', 'Utility model patent'),
  DESIGN: text('外观设计专利', 'Design patent'),
  SOFTWARE: text('软件著作权', 'Software copyright'),
  LAYOUT: text('集成电路布图设计', 'Layout design'),
  PLANT_VARIETY: text('植物新品种', 'Plant variety'),
  TRADEMARK: text('商标', 'Trademark'),
  TECH_SECRET: text('技术秘密', 'Technical secret'),
  OTHER: text('其他', 'Other'),
} as const satisfies Labels;

/** How the kinds are grouped where one is chosen. */
export const kindGroups: ReadonlyArray<{ readonly title: BilingualText; readonly kinds: readonly Kind[] }> = [
  { title: text('转化', 'Conversion'), kinds: ['contract', 'price-notice', 'open-licence', 'open-licence-grant'] },
  { title: text('成果', 'Results'), kinds: ['disclosure', 'evaluation', 'asset', 'portfolio'] },
  {
    title: text('高校与机构', 'Universities'),
    kinds: [
      'university',
      'enterprise-size',
      'dedicated-office',
      'certification',
      'designation',
      'commendation',
      'trading-platform',
    ],
  },
  { title: text('目标与资金', 'Target and fund'), kinds: ['baseline', 'annual-report', 'fund-claim'] },
];

export const basisLabels = {
  'patent-times': text('件次', 'Asset × contract'),
  contracts: text('项', 'Contracts'),
  'distinct-patents': text('件', 'Distinct assets'),
} as const satisfies Labels;

export const ipScopeLabels = {
  all: text('全部知识产权', 'All IP'),
  patents: text('仅专利', 'Patents only'),
} as const satisfies Labels;

export const verdictLabels = {
  MET: text('达标', 'Met'),
  MISSED: text('未达标', 'Missed'),
  OPEN: text('进行中', 'Open'),
  BASE: text('基年', 'Base year'),
  NOT_COMPUTABLE: text('无法计算', 'Not computable'),
} as const satisfies Labels;

export const methodLabels = {
  FULL: text('足额', 'In full'),
  PRO_RATA: text('按比例', 'Pro rata'),
  RANK: text('按序', 'By rank'),
} as const satisfies Labels;

export const roleLabels: Labels = {
  TRANSFER_OFFICE: text('高校转化机构', 'Technology transfer office'),
  DATA_CLERK: text('数据录入', 'Bureau data clerk'),
  FUND_ADMIN: text('专项资金管理', 'Fund administrator'),
  REVIEWER: text('知识产权局审核', 'Bureau reviewer'),
  AUDITOR: text('审计', 'Auditor'),
  SYSTEM_ADMIN: text('系统管理', 'System administrator'),
  SYSTEM: text('系统', 'System'),
};

/** What may stand where a university's id does. */
export const city = text('全市', 'Whole city');
export const organisationLabels: Labels = {
  city,
  bureau: text('知识产权局', 'IP bureau'),
  audit: text('审计机关', 'Audit office'),
};
