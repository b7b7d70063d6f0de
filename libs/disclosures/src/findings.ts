import type { LegalDate } from '@app/kernel';
import { type DisclosureStatus, disclosureStatuses } from './disclosure-events.js';
import type { Evaluation } from './evaluation-events.js';
import type { EvaluatedDisclosure, Evaluator, Findings } from './evaluation-facts.js';
import { evaluationRule } from './evaluation-rules.js';
import { type DecisionGround, assertNotAfter } from './filing.js';
import { type CommonGrades, type OwnCard, type Scores, scoresOf } from './score-card.js';
import type { ServiceGround } from './service-invention.js';

/** Findings as they are entered: the scores on the common card, or on the university's own. */
export type FindingsDraft = Omit<Findings, keyof Scores> & CommonGrades & { readonly ownCard?: OwnCard };

/** What an evaluation must know of other records, looked up by the handler. */
export interface EvaluationContext {
  readonly disclosure: {
    readonly status: DisclosureStatus;
    readonly disclosedOn: LegalDate;
    readonly ground?: ServiceGround;
  };
  /** The evaluation to be superseded, as far as it is concluded. */
  readonly earlier?: { readonly disclosureId: string; readonly evaluatedOn?: LegalDate };
}

/** @throws Refusal E-17, E-18 */
export const assertEvaluable = (
  { disclosureId: conflict, disclosureNumber: disclosure }: EvaluatedDisclosure,
  { status, ground }: EvaluationContext['disclosure'],
): void => {
  const place = { field: 'disclosureNumber', conflict };
  if (status === 'RETURNED' || status === 'WITHDRAWN') {
    const { zh: statusZh, en: statusEn } = disclosureStatuses[status];
    throw evaluationRule('E-17', { disclosure, statusZh, statusEn }, place);
  }
  if (ground === 'NOT_SERVICE') throw evaluationRule('E-18', { disclosure }, place);
};

/** What is decided stands on an evaluation of the disclosure as it is. @throws Refusal E-17, E-18, E-43 */
export const assertStands = (
  evaluated: EvaluatedDisclosure,
  evaluatedOn: LegalDate,
  disclosure: EvaluationContext['disclosure'],
): void => {
  assertEvaluable(evaluated, disclosure);
  const { disclosedOn } = disclosure;
  const { disclosureNumber, disclosureId: conflict } = evaluated;
  if (evaluatedOn < disclosedOn) {
    const place = { field: 'evaluatedOn', conflict };
    throw evaluationRule('E-43', { evaluatedOn, disclosure: disclosureNumber, disclosedOn }, place);
  }
};

/** Whoever is commissioned says whether its interests conflict (利益冲突); until it does the evaluation is flagged. */
export const warningsOn = (
  { evaluatorKind, conflictOfInterest }: Evaluator,
  { evaluatedOn }: Pick<Findings, 'evaluatedOn'>,
): string[] =>
  evaluatorKind === 'COMMISSIONED' && !conflictOfInterest && evaluationRule.governs('E-45', evaluatedOn)
    ? ['E-45']
    : [];

/** @throws Refusal E-19 */
export const assertNoConflict = ({ evaluator, conflictOfInterest }: Evaluator, date: LegalDate): void => {
  if (conflictOfInterest?.declared && evaluationRule.governs('E-19', date)) {
    throw evaluationRule('E-19', { evaluator }, { field: 'conflictOfInterest' });
  }
};

/** @throws Refusal E-10, E-13, E-23, E-24 */
export const checkedFindings = (draft: FindingsDraft, today: LegalDate): Findings => {
  const { patentability, technology, market, legal, ownCard, ...rest } = draft;
  const { evaluatedOn, industrialisation } = rest;
  assertNotAfter(today, evaluatedOn, 'evaluatedOn');
  if (evaluationRule.governs('E-10', evaluatedOn) && !industrialisation) {
    throw evaluationRule('E-10', {}, { field: 'industrialisation' });
  }
  const given = Object.entries({ patentability, technology, market, legal }).filter(([, grade]) => grade !== undefined);
  return { ...rest, ...scoresOf(Object.fromEntries(given), ownCard) };
};

/** The findings as they would be entered today, for corrections. */
export const draftOf = ({ scoreCard, scoreCardName, scores, ...rest }: Findings): FindingsDraft =>
  scoreCard === undefined || scoreCardName === undefined || scores === undefined
    ? rest
    : { ...rest, ownCard: { version: scoreCard.replace(/^own\//, ''), name: scoreCardName, scores } };

/** @throws Refusal E-30 */
export const assertSupersedes = (
  { disclosureId, number }: EvaluatedDisclosure,
  { supersedes, evaluatedOn }: Findings,
  earlier: EvaluationContext['earlier'],
): void => {
  if (supersedes === undefined) return;
  const isEarlier =
    supersedes !== number &&
    earlier?.disclosureId === disclosureId &&
    earlier.evaluatedOn !== undefined &&
    earlier.evaluatedOn <= evaluatedOn;
  if (!isEarlier) throw evaluationRule('E-30', { number: supersedes }, { field: 'supersedes' });
};

/** What a filing decision stands on. @throws Refusal E-21 */
export const groundOf = ({ number, evaluator, findings }: Evaluation): DecisionGround => {
  if (!findings) throw evaluationRule('E-21', { number });
  const { evaluatedOn, conclusion, evidence, evidenceFiles } = findings;
  const document = evidence ?? evidenceFiles?.[0]?.name;
  const { conflictOfInterest } = evaluator;
  return {
    number,
    evaluatedOn,
    conclusion,
    ...(document === undefined ? {} : { evidence: document }),
    ...(conflictOfInterest ? { conflictOfInterest } : {}),
  };
};
