import type { BilingualText } from '@app/kernel';
import { useI18n } from './i18n.js';

type Labels = Readonly<Record<string, BilingualText>>;

const text = (zh: string, en: string): BilingualText => ({ zh, en });

export const kindLabels = {
  contract: text('转化合同', 'Contracts'),
  'open-licence': text('开放许可声明', 'Open licences'),
  'open-licence-grant': text('开放许可实施', 'Open-licence grants'),
  disclosure: text('成果披露', 'Disclosures'),
  evaluation: text('申请前评估', 'Evaluations'),
  asset: text('知识产权', 'IP assets'),
  portfolio: text('高价值专利组合', 'Patent portfolios'),
  university: text('高校', 'Universities'),
  'dedicated-office': text('专门机构', 'Dedicated offices'),
  certification: text('贯标证书', 'Certifications'),
  designation: text('试点示范', 'Designations'),
  commendation: text('转化表彰', 'Commendations'),
  'trading-platform': text('线上交易平台', 'Trading platforms'),
  baseline: text('基数', 'Baselines'),
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
  { title: text('转化', 'Conversion'), kinds: ['contract', 'open-licence', 'open-licence-grant'] },
  { title: text('成果', 'Results'), kinds: ['disclosure', 'evaluation', 'asset', 'portfolio'] },
  {
    title: text('高校与机构', 'Universities'),
    kinds: ['university', 'dedicated-office', 'certification', 'designation', 'commendation', 'trading-platform'],
  },
  { title: text('目标与资金', 'Target and fund'), kinds: ['baseline', 'fund-claim'] },
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
const city = text('全市', 'Whole city');
export const organisationLabels: Labels = {
  city,
  bureau: text('知识产权局', 'IP bureau'),
  audit: text('审计机关', 'Audit office'),
};

const statusLabels: Labels = {
  REQUESTED: text('办理中', 'Requested'),
  LODGED: text('已入账', 'Lodged'),
  REFUSED: text('被拒', 'Refused'),
  RECORDED: text('已备案', 'Recorded'),
  REGISTERED: text('已登记', 'Registered'),
  VOIDED: text('已作废', 'Voided'),
  FILED: text('已申请', 'Filed'),
  'asset.GRANTED': text('已授权', 'Granted'),
  TRANSFERRED: text('已转出', 'Transferred'),
  DECLARED: text('已声明', 'Declared'),
  ANNOUNCED: text('已公告', 'Announced'),
  WITHDRAWN: text('已撤回', 'Withdrawn'),
  'certification.WITHDRAWN': text('已撤销', 'Withdrawn'),
  'open-licence-grant.GRANTED': text('已实施', 'Granted'),
  DISCLOSED: text('已披露', 'Disclosed'),
  SECRET: text('涉密', 'Secret'),
  CONCLUDED: text('已评估', 'Concluded'),
  FILE: text('决定申请', 'To be filed'),
  DO_NOT_FILE: text('决定不申请', 'Not to be filed'),
  STARTED: text('培育中', 'In progress'),
  ACCEPTED: text('已验收', 'Accepted'),
  ACTIVE: text('运行中', 'Active'),
  CLOSED: text('已撤销', 'Closed'),
  CERTIFIED: text('已认证', 'Certified'),
  GRANTED: text('已授予', 'Granted'),
  LAUNCHED: text('已上线', 'Launched'),
  IN_PANEL: text('纳入统计', 'In the panel'),
  NOT_IN_PANEL: text('不纳入统计', 'Outside the panel'),
  APPROVED: text('已批准', 'Approved'),
  REVISED: text('已变更', 'Revised'),
  SUBMITTED: text('已申报', 'Submitted'),
  ALLOCATED: text('已分配', 'Allocated'),
  UNFUNDED: text('未获资助', 'Unfunded'),
  OPEN: text('未分配', 'Open'),
  QUEUED: text('排队中', 'Queued'),
  RUNNING: text('导入中', 'Running'),
  DONE: text('已完成', 'Done'),
  FAILED: text('失败', 'Failed'),
};

/** The statuses a list of one kind can be filtered by. */
export const statusesOf: Readonly<Partial<Record<string, readonly string[]>>> = {
  contract: ['REQUESTED', 'LODGED', 'RECORDED', 'REGISTERED', 'REFUSED', 'VOIDED'],
  'open-licence': ['DECLARED', 'ANNOUNCED', 'WITHDRAWN'],
  'open-licence-grant': ['GRANTED', 'RECORDED'],
  disclosure: ['DISCLOSED', 'SECRET'],
  evaluation: ['CONCLUDED', 'FILE', 'DO_NOT_FILE'],
  asset: ['FILED', 'GRANTED', 'TRANSFERRED'],
  portfolio: ['STARTED', 'ACCEPTED'],
  university: ['IN_PANEL', 'NOT_IN_PANEL'],
  'dedicated-office': ['ACTIVE', 'CLOSED'],
  certification: ['CERTIFIED', 'WITHDRAWN'],
  baseline: ['APPROVED', 'REVISED'],
  'fund-claim': ['SUBMITTED', 'ALLOCATED', 'UNFUNDED', 'WITHDRAWN'],
};

/** One code may mean different things in different fields, as `<field>.<CODE>`. */
const valueLabels: Labels = {
  ...ipTypeLabels,
  ...basisLabels,
  ...methodLabels,
  CENTRAL: text('中央', 'Central'),
  PROVINCIAL: text('省属', 'Provincial'),
  MUNICIPAL: text('市属', 'Municipal'),
  PRIVATE: text('民办', 'Private'),
  INDEPENDENT_COLLEGE: text('独立学院', 'Independent college'),
  MILITARY: text('军队', 'Military'),
  UNDERGRADUATE: text('本科', 'Undergraduate'),
  VOCATIONAL_UNDERGRADUATE: text('职业本科', 'Vocational undergraduate'),
  VOCATIONAL: text('专科', 'Vocational'),
  AFFILIATED: text('直属单位', 'Affiliated unit'),
  COMPANY: text('独立法人公司', 'Company'),
  'legalForm.INTERNAL': text('校内处级机构', 'Internal office'),
  PILOT: text('试点', 'Pilot'),
  DEMONSTRATION: text('示范', 'Demonstration'),
  VERTICAL: text('纵向', 'Public grant'),
  'funding.COMMISSIONED': text('横向', 'Commissioned by industry'),
  SELF: text('自筹', 'Own funds'),
  PUBLIC: text('公开', 'Public'),
  'confidentiality.INTERNAL': text('内部', 'Internal'),
  SECRET: text('涉密', 'Secret'),
  'evaluatorKind.INTERNAL': text('校内', 'In-house'),
  'evaluatorKind.COMMISSIONED': text('委托', 'Commissioned'),
  FILE: text('建议申请', 'File'),
  'decision.FILE': text('申请', 'File'),
  FILE_AFTER_IMPROVEMENT: text('完善后申请', 'File after improvement'),
  DO_NOT_FILE: text('不适宜申请', 'Do not file'),
  'decision.DO_NOT_FILE': text('不申请', 'Do not file'),
  KEEP_SECRET: text('作为技术秘密', 'Keep as technical secret'),
  PUBLISH: text('公开', 'Publish'),
  LICENCE: text('许可', 'Licence'),
  TRANSFER: text('转让', 'Transfer'),
  EQUITY: text('作价投资', 'Equity contribution'),
  RELEASE: text('转给发明人', 'Release to inventor'),
  SUCCESSION: text('权属继受', 'Succession'),
  EXCLUSIVE: text('独占', 'Exclusive'),
  SOLE: text('排他', 'Sole'),
  ORDINARY: text('普通', 'Ordinary'),
  CROSS: text('交叉', 'Cross'),
  SUB: text('分许可', 'Sub-licence'),
  FREE: text('免费', 'Free'),
  LUMP_SUM: text('一次总付', 'Lump sum'),
  INSTALMENTS: text('分期', 'Instalments'),
  RUNNING_ROYALTY: text('提成', 'Running royalty'),
  ENTRY_FEE_PLUS_ROYALTY: text('入门费+提成', 'Entry fee plus royalty'),
  NEGOTIATED: text('协议', 'Negotiated'),
  LISTING: text('挂牌', 'Listing'),
  AUCTION: text('拍卖', 'Auction'),
  DEDICATED_INSTITUTION: text('高校知识产权转化专门机构建设', 'Dedicated transfer institutions'),
  IP_STANDARD_IMPLEMENTATION: text('知识产权贯标', 'IP management standard'),
  HIGH_VALUE_PORTFOLIO: text('高价值专利组合培育', 'High-value patent portfolios'),
  CONVERSION_COMMENDATION: text('知识产权转化表彰', 'Conversion commendations'),
  ONLINE_TRADING_PLATFORM: text('知识产权线上交易平台资助', 'Online trading platforms'),
  TITLE: text('权利变动', 'Change of title'),
  OPEN_GRANT: text('开放许可', 'Open grant'),
  RELATED_PARTY: text('关联方', 'Related party'),
  OWN_ASSET_COMPANY: text('本校资产公司', 'Own asset company'),
  RETURN: text('回转', 'Return'),
  CONVERSION: text('知识产权转化工作', 'Conversion work'),
  DIRECT_GRANT: text('直接补助', 'Direct grant'),
  REWARD: text('奖励补贴', 'Reward'),
  'ipScope.all': ipScopeLabels.all,
  'ipScope.patents': ipScopeLabels.patents,
  'scope.city': city,
  LEAD: text('第一发明人', 'Lead inventor'),
  INVENTOR: text('发明人', 'Inventor'),
  ...Object.fromEntries(Object.entries(kindLabels).map(([kind, label]) => [`objectKind.${kind}`, label])),
};

/** Labels of stored codes in the chosen language; a code without a label is shown as it is. */
export const useLabels = () => {
  const { language } = useI18n();
  const from = (labels: Labels) => (code: string) => labels[code]?.[language] ?? code;
  return {
    kind: from(kindLabels),
    basis: from(basisLabels),
    ipScope: from(ipScopeLabels),
    ipType: from(ipTypeLabels),
    method: from(methodLabels),
    role: from(roleLabels),
    /** A status may read differently for one kind of record. */
    status: (code: string, kind?: string) =>
      from(statusLabels)(`${kind}.${code}` in statusLabels ? `${kind}.${code}` : code),
    verdict: from(verdictLabels),
    /** A value of a record's field; plain words and numbers stay what they are. */
    value: (field: string, code: string): string => {
      const label = valueLabels[`${field}.${code}`] ?? valueLabels[code];
      return label ? label[language] : code;
    },
  };
};
