import { type Column, type Row, choice, date, filled, list, text, yesNo } from '@app/imports';
import { type BilingualText, permyriadOf } from '@app/kernel';
import { listOf, together } from './disclosure-columns.import.js';
import { disclosureRule } from './disclosure-rules.js';
import { conclusions, evaluatorKinds } from './evaluation-facts.js';
import type { EvaluationFollowUp, EvaluationRequest } from './evaluation.handler.js';
import { feeBearers, filingDecisions } from './filing.js';
import { type OwnCard, type Score, grades } from './score-card.js';

/** A share in percent with at most two decimals, kept in 0.01%. @throws Refusal D-28 */
const percent = (header: BilingualText & { readonly example?: string }): Column<number, false> => {
  const format = { zh: '百分数，最多两位小数', en: 'percent, at most two decimals' };
  return {
    ...text(header),
    format,
    parse: (cell, { column, field }) => {
      const share = permyriadOf(cell);
      if (share === undefined) throw disclosureRule('D-28', { column, format: format.zh }, { field });
      return share;
    },
  };
};

const readScore = ([dimension, grade, ...more]: readonly string[]): Score | undefined =>
  dimension && grade && more.length === 0 ? { dimension, grade } : undefined;

const readCard = ([name, version, ...more]: readonly string[]): Omit<OwnCard, 'scores'> | undefined =>
  name && version && more.length === 0 ? { name, version } : undefined;

export const evaluationColumns = {
  university: text({ zh: '高校', en: 'University', required: true, example: 'hnu' }),
  number: text({ zh: '评估编号', en: 'Evaluation number', required: true, example: '示例-PG-2021-001' }),
  disclosureNumber: text({ zh: '披露编号', en: 'Disclosure number', required: true, example: '示例-PL-2021-001' }),
  evaluatorKind: choice(evaluatorKinds)({ zh: '评估方式', en: 'Evaluator kind', required: true, example: '校内' }),
  evaluator: text({ zh: '评估机构', en: 'Evaluator', required: true, example: '示例大学知识产权中心' }),
  evaluatedOn: date({ zh: '评估日期', en: 'Evaluated on', required: true, example: '2021-04-10' }),
  patentability: choice(grades)({ zh: '可专利性', en: 'Patentability', example: 'A' }),
  technology: choice(grades)({ zh: '技术', en: 'Technology', example: 'A' }),
  market: choice(grades)({ zh: '市场', en: 'Market', example: 'B' }),
  legal: choice(grades)({ zh: '法律', en: 'Legal', example: 'A' }),
  industrialisation: text({ zh: '产业化前景', en: 'Prospect of industrialisation', example: '示例：可用于产线检测' }),
  conclusion: choice(conclusions)({ zh: '评估结论', en: 'Conclusion', required: true, example: '建议申请' }),
  decision: choice(filingDecisions)({ zh: '申请决定', en: 'Filing decision', example: '申请' }),
  decidedOn: date({ zh: '决定日期', en: 'Decided on', example: '2021-04-20' }),
  decidedBy: text({ zh: '决定人职务', en: 'Decided by (post)', example: '科研院院长' }),
  conflictOfInterest: yesNo({ zh: '有无利益冲突', en: 'Conflict of interest', example: '否' }),
  conflictStatement: text({ zh: '利益冲突声明', en: 'Statement on conflict of interest' }),
  ownCard: listOf(
    { zh: '本校评分卡', en: 'Own score card', example: '' },
    { zh: '名称/版本', en: 'name/version' },
    readCard,
  ),
  scores: listOf(
    { zh: '本校评分', en: 'Own scores', example: '' },
    { zh: '维度/等级，用“；”分隔', en: 'dimension/grade' },
    readScore,
  ),
  evidence: text({ zh: '评估报告号', en: 'Report number' }),
  supersedes: text({ zh: '取代评估编号', en: 'Supersedes evaluation' }),
  contractClause: text({ zh: '合同条款', en: 'Contract clause' }),
  diligence: text({ zh: '勤勉尽责陈述', en: 'Statement of diligence' }),
  fees: choice(feeBearers)({ zh: '费用承担', en: 'Fees borne by', example: '学校' }),
  inventorFeeShare: percent({ zh: '发明人承担比例%', en: "Inventors' part of the fees %" }),
  inventorOwnershipShare: percent({ zh: '发明人产权比例%', en: "Inventors' share of the right %" }),
  on: date({ zh: '转给发明人日期', en: 'Released on' }),
  contractNo: text({ zh: '转让发明人合同号', en: 'Release contract number' }),
  sharePermyriad: percent({ zh: '返还学校比例%', en: "University's share of proceeds %" }),
  zeroShareClause: text({ zh: '零比例条款', en: 'Clause on a zero share' }),
  inventors: {
    ...list({ zh: '受让发明人', en: 'Released to' }),
    personal: true,
    format: { zh: '工号，用“；”分隔；不填为全体发明人', en: 'staff numbers separated by ";"; all inventors if empty' },
  },
};
export type EvaluationRow = Row<typeof evaluationColumns>;

const column = <Field extends keyof EvaluationRow>(
  row: EvaluationRow,
  field: Field,
): NonNullable<EvaluationRow[Field]> =>
  together(row[field] ?? undefined, evaluationColumns[field], field) as NonNullable<EvaluationRow[Field]>;

const noneOf = (cells: readonly unknown[]): boolean => cells.every((cell) => cell === undefined);

const feesOf = (row: EvaluationRow) => {
  const { fees, inventorFeeShare: inventorPermyriad, inventorOwnershipShare: inventorOwnershipPermyriad } = row;
  if (noneOf([fees, inventorPermyriad, inventorOwnershipPermyriad])) return undefined;
  return { bearer: column(row, 'fees'), ...filled({ inventorPermyriad, inventorOwnershipPermyriad }) };
};

/** The cells of a decision come together or not at all. @throws Refusal V-1 */
const filingOf = (row: EvaluationRow): EvaluationFollowUp[] => {
  const { decision, decidedOn, decidedBy, contractClause, diligence } = row;
  const fees = feesOf(row);
  if (noneOf([decision, decidedOn, decidedBy, contractClause, diligence, fees])) return [];
  return [
    {
      type: 'DecideFiling',
      decision: column(row, 'decision'),
      decidedOn: column(row, 'decidedOn'),
      decidedBy: column(row, 'decidedBy'),
      ...filled({ contractClause, fees, diligence }),
    },
  ];
};

const releaseOf = (row: EvaluationRow): EvaluationFollowUp[] => {
  const { on, contractNo, sharePermyriad, zeroShareClause, inventors } = row;
  if (noneOf([on, contractNo, sharePermyriad, zeroShareClause, inventors])) return [];
  return [
    {
      type: 'ReleaseRight',
      on: column(row, 'on'),
      contractNo: column(row, 'contractNo'),
      sharePermyriad: column(row, 'sharePermyriad'),
      ...filled({ zeroShareClause, inventors }),
    },
  ];
};

/** What the row says happened after the evaluation: decided, released. */
export const evaluationFollowUps = (row: EvaluationRow): EvaluationFollowUp[] => [...filingOf(row), ...releaseOf(row)];

const conflictOf = (row: EvaluationRow) => {
  if (noneOf([row.conflictOfInterest, row.conflictStatement])) return undefined;
  return { declared: column(row, 'conflictOfInterest'), statement: column(row, 'conflictStatement') };
};

const cardOf = (row: EvaluationRow): OwnCard | undefined => {
  if (noneOf([row.ownCard, row.scores])) return undefined;
  const [card] = column(row, 'ownCard');
  return card && { ...card, scores: column(row, 'scores') };
};

export const evaluationOf = (universityId: string, row: EvaluationRow): EvaluationRequest => {
  const { number, disclosureNumber, evaluatorKind, evaluator, evaluatedOn, conclusion } = row;
  const { patentability, technology, market, legal, industrialisation, evidence, supersedes } = row;
  const findings = filled({ patentability, technology, market, legal, industrialisation });
  const more = filled({ conflictOfInterest: conflictOf(row), ownCard: cardOf(row), evidence, supersedes });
  const required = { universityId, number, disclosureNumber, evaluatorKind, evaluator, evaluatedOn, conclusion };
  return { type: 'ConcludeEvaluation', ...required, ...findings, ...more };
};
