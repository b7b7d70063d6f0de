import type { BilingualText } from '@app/kernel';
import { fieldLabels } from './field-labels.js';
import { furtherFieldLabels } from './further-field-labels.js';
import { type Labels, text } from './labels.js';
import { type FormField, termOf } from './schema-form.js';

/** What fields are called in forms where their description names no term in Chinese, or names one that says less. */
const own: Labels = {
  amountFen: text('金额', 'Amount'),
  base: text('提成基数', 'Base'),
  cause: text('原因', 'Cause'),
  changes: text('变更内容', 'Changes'),
  feeFen: text('金额', 'Fee'),
  field: text('更正项', 'What is corrected'),
  filing: text('申请决定（更正为）', 'Filing decision, as it should be'),
  from: text('起始日期', 'From'),
  ground: text('理由', 'Ground'),
  kind: text('类型', 'Kind'),
  note: text('备注', 'Note'),
  on: text('日期', 'Date'),
  removes: text('删去的内容', 'Entries to take out'),
  revision: text('登记事项', 'Entry'),
  role: text('角色', 'Role'),
  scope: text('范围', 'Scope'),
  shares: text('分配明细', 'Who gets what'),
  to: text('截止日期', 'Until'),
  value: text('正确值', 'Right value'),
  year: text('年度', 'Year'),
};

/** `recordedOn` as words, for what nobody named in English. */
const words = (name: string): string => {
  const spaced = name.replace(/(Fen|Permyriad)$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** The name of a field, as lists of fields to choose from show it. */
export const fieldName = (name: string): BilingualText | undefined => furtherFieldLabels[name] ?? fieldLabels[name];

/** What a field of a form is called. */
export const formLabel = ({ name, description, control }: FormField): BilingualText => {
  const known = own[name] ?? fieldName(name);
  // It is chosen by its name, not typed as a code.
  if (control === 'university' && known) return known;
  return { zh: termOf(description) ?? known?.zh ?? name, en: known?.en ?? words(name) };
};

interface Hint {
  /** Of fields of one name, only those whose description matches. */
  readonly of?: RegExp;
  readonly zh: string;
}

const CREDIT_CODE: Hint = { zh: '18 位统一社会信用代码' };
const DIVISION: Hint = { zh: '6 位行政区划代码，如 430104' };
const PERSONAL: Hint = { of: /person store|kept apart/, zh: '个人信息单独加密保存，不写入事件' };

/** What is to be known when filling a field in, in Chinese; the description of the API says it in English. */
const hints: Readonly<Record<string, Hint | undefined>> = {
  approver: { zh: '填写批准人的用户名；须为经办人以外、有批准权的在用用户' },
  asset: { zh: '专利号，须已在台账登记并授权' },
  assets: { zh: '每填一个号按回车；须已在台账登记' },
  basis: { of: /facts/, zh: '写明事实，不写姓名' },
  coOwnerConsents: { zh: '每填一个名称按回车' },
  coOwners: { of: /none when empty/, zh: '自该日起除权利人以外的全部共有人；不填表示没有' },
  companyCode: CREDIT_CODE,
  counterparty: { zh: '转给发明人时填“姓名/工号”' },
  counterpartyCode: CREDIT_CODE,
  counterpartyDivision: DIVISION,
  creditCode: CREDIT_CODE,
  decidedBy: { zh: '填写职务，不填姓名' },
  declarants: { zh: '与学校一并声明的全部共有人，每填一个按回车' },
  evaluator: { zh: '填写机构名称，不填个人姓名' },
  evidence: { zh: '文号、报告号等' },
  evidenceFiles: { zh: '文件名不得含个人姓名' },
  fields: { zh: '国民经济行业代码（GB/T 4754），如 C39；不填表示不限' },
  headContract: { zh: '分许可填写主许可合同编号' },
  implementationDivision: DIVISION,
  industry: { zh: '国民经济行业代码（GB/T 4754-2017），如 C39' },
  inventors: { of: /with their shares/, zh: '份额合计 100%' },
  licenseeCode: CREDIT_CODE,
  licenseeDivision: DIVISION,
  name: PERSONAL,
  noticeOn: { zh: '书面通知到达专利权人之日' },
  paidOn: { of: /free licence/, zh: '免费许可填通知日' },
  priceNotice: { zh: '协议定价所依据的公示编号' },
  priceNoticeExemption: { zh: '没有公示时填写；该合同将被标记' },
  scope: { of: /`city`/, zh: '填 city（全市）或学校代码' },
  staffNumber: PERSONAL,
  territory: { zh: '6 位行政区划代码，000000 表示全国；不填表示不限' },
};

const chineseHint = ({ name, description }: FormField): string | undefined => {
  const hint = hints[name];
  return hint && (hint.of?.test(description) ?? true) ? hint.zh : undefined;
};

const BRACKETED = /\s*[（(][^()（）]*\p{Script=Han}[^()（）]*[)）]/gu;

/** The line under a field. */
export const formHint = (field: FormField, language: 'zh' | 'en'): string | undefined =>
  language === 'zh' ? chineseHint(field) : field.description.replace(BRACKETED, '') || undefined;
