import { type BilingualText, type LegalDate, WHOLE_PERMYRIAD, percentOf } from '@app/kernel';
import { evaluationRule } from './evaluation-rules.js';
import { type EvaluationConclusion, type Evaluator, conclusions } from './evaluation-facts.js';

export const filingDecisions = {
  FILE: { zh: '申请', en: 'file' },
  DO_NOT_FILE: { zh: '不申请', en: 'do not file' },
} as const satisfies Record<string, BilingualText>;
export type FilingDecision = keyof typeof filingDecisions;

/** Who bears the patent fees (费用承担). */
export const feeBearers = {
  UNIVERSITY: { zh: '学校', en: 'university' },
  INVENTOR: { zh: '发明人', en: 'inventors' },
  SHARED: { zh: '共同', en: 'shared' },
} as const satisfies Record<string, BilingualText>;
export type FeeBearer = keyof typeof feeBearers;

/** Agreement on the patent fees (费用分担, 教科技〔2020〕1号 item 5). */
export interface FeeArrangement {
  readonly bearer: FeeBearer;
  /** The inventors' part of shared fees, in 0.01%. */
  readonly inventorPermyriad?: number;
  /** The inventors' share of the right where ownership is split (所有权分割), in 0.01%. */
  readonly inventorOwnershipPermyriad?: number;
  /** Whether inventors pay out of public money (财政资金); refused (E-26). */
  readonly publicMoney?: boolean;
}

export interface DecidedFiling {
  readonly decision: FilingDecision;
  readonly decidedOn: LegalDate;
  /** The post that decided (决定人职务), not the person. */
  readonly decidedBy: string;
  /** Clause of a commissioned-research contract that settles whether to file, whatever the evaluation found. */
  readonly contractClause?: string;
  readonly fees?: FeeArrangement;
  /** Why those who decided were diligent and sought no unlawful gain (勤勉尽责、未牟取非法利益), for the exemption from liability. */
  readonly diligence?: string;
}

/** The evaluation a decision stands on. */
export interface DecisionGround extends Pick<Evaluator, 'conflictOfInterest'> {
  readonly number: string;
  readonly evaluatedOn: LegalDate;
  readonly conclusion: EvaluationConclusion;
  readonly evidence?: string;
}

/** The evaluation that took the place of another: a decision that is revised stands on it. */
export interface LaterEvaluation extends DecisionGround {
  readonly evaluationId: string;
}

/** Decisions each conclusion leaves open; an improvement may or may not be worth its cost. */
const DECISIONS_OPEN: Readonly<Record<EvaluationConclusion, readonly FilingDecision[]>> = {
  FILE: ['FILE'],
  FILE_AFTER_IMPROVEMENT: ['FILE', 'DO_NOT_FILE'],
  DO_NOT_FILE: ['DO_NOT_FILE'],
  KEEP_SECRET: ['DO_NOT_FILE'],
  PUBLISH: ['DO_NOT_FILE'],
};

/** @throws Refusal E-13 */
export const assertNotAfter = (today: LegalDate, date: LegalDate, field: string): void => {
  if (date > today) throw evaluationRule('E-13', { date, today }, { field });
};

export const labelsOf = (decision: FilingDecision) => {
  const { zh: decisionZh, en: decisionEn } = filingDecisions[decision];
  return { decisionZh, decisionEn };
};

const borneByInventors = ({ bearer, inventorPermyriad = 0 }: FeeArrangement): number =>
  bearer === 'INVENTOR' ? WHOLE_PERMYRIAD : inventorPermyriad;

/** Shared fees are shared by parts; whoever bears them alone has none. */
const isWhole = ({ bearer, inventorPermyriad: part }: FeeArrangement): boolean =>
  bearer === 'SHARED' ? part !== undefined && part > 0 && part < WHOLE_PERMYRIAD : part === undefined;

/** @throws Refusal E-25 to E-28 */
const assertFees = (fees: FeeArrangement, decision: FilingDecision): void => {
  const { bearer, inventorOwnershipPermyriad: ownership, publicMoney = false } = fees;
  const field = 'fees';
  if (!isWhole(fees)) throw evaluationRule('E-25', {}, { field });
  if (publicMoney && bearer !== 'UNIVERSITY') throw evaluationRule('E-26', {}, { field });
  if (decision === 'DO_NOT_FILE' && bearer !== 'INVENTOR') throw evaluationRule('E-28', {}, { field });
  if (ownership !== undefined && ownership !== borneByInventors(fees)) {
    throw evaluationRule('E-27', { ownership: percentOf(ownership) }, { field });
  }
};

/** @throws Refusal E-31 */
const assertDiligence = (
  { diligence, decision }: DecidedFiling,
  { conflictOfInterest, evidence }: DecisionGround,
): void => {
  if (diligence === undefined) return;
  const isClear = conflictOfInterest?.declared === false && evidence !== undefined;
  if (decision !== 'DO_NOT_FILE' || !isClear) throw evaluationRule('E-31', {}, { field: 'diligence' });
};

/** Law does not reach back: until the opinions of 2020 a university decided as it saw fit. */
const contradicts = (
  { decision, decidedOn, contractClause }: DecidedFiling,
  conclusion: EvaluationConclusion,
): boolean =>
  evaluationRule.governs('E-11', decidedOn) &&
  contractClause === undefined &&
  !DECISIONS_OPEN[conclusion].includes(decision);

/**
 * Whether a filing decision can stand on an evaluation; the importer asks before it writes the evaluation of the same row.
 * @throws Refusal E-11, E-12, E-13, E-25 to E-28, E-31
 */
export const assertDecision = (ground: DecisionGround, filing: DecidedFiling, today: LegalDate): void => {
  const { number, evaluatedOn, conclusion } = ground;
  const { decision, decidedOn, fees } = filing;
  assertNotAfter(today, decidedOn, 'decidedOn');
  if (decidedOn < evaluatedOn) throw evaluationRule('E-12', { decidedOn, evaluatedOn }, { field: 'decidedOn' });
  if (contradicts(filing, conclusion)) {
    const { zh: conclusionZh, en: conclusionEn } = conclusions[conclusion];
    throw evaluationRule('E-11', { ...labelsOf(decision), number, conclusionZh, conclusionEn }, { field: 'decision' });
  }
  if (fees && evaluationRule.governs('E-25', decidedOn)) assertFees(fees, decision);
  assertDiligence(filing, ground);
};
