import { type Decider, type DecisionContext, type LegalDate, assertNever } from '@app/kernel';
import { type CorrectEvaluation, correctEvaluation } from './evaluation-correction.js';
import {
  type Evaluation,
  type EvaluationEvent,
  type ReplacedEvaluator,
  evolveEvaluation,
} from './evaluation-events.js';
import type { CommissionedEvaluation, ConflictOfInterest, EvaluatedDisclosure, Evaluator } from './evaluation-facts.js';
import { evaluationRule } from './evaluation-rules.js';
import { type DecidedFiling, type LaterEvaluation, assertDecision, assertNotAfter, labelsOf } from './filing.js';
import {
  type EvaluationContext,
  type FindingsDraft,
  assertEvaluable,
  assertNoConflict,
  assertStands,
  assertSupersedes,
  checkedFindings,
  groundOf,
  warningsOn,
} from './findings.js';
import { type Release, assertAgainstFiling, assertRelease, isReleased } from './release.js';
import { isSameContent } from './same-content.js';

export type CommissionEvaluation = {
  readonly type: 'CommissionEvaluation';
  readonly known: EvaluationContext;
} & CommissionedEvaluation;

export type ReplaceEvaluator = { readonly type: 'ReplaceEvaluator' } & ReplacedEvaluator;

/** Enters a whole evaluation at once, however it was commissioned. */
export type ConcludeEvaluation = {
  readonly type: 'ConcludeEvaluation';
  readonly known: EvaluationContext;
} & EvaluatedDisclosure &
  Evaluator &
  FindingsDraft;

/** Enters what a commissioned evaluation found. */
export type ConcludeCommissioned = {
  readonly type: 'ConcludeCommissioned';
  readonly known: EvaluationContext;
  readonly conflictOfInterest?: ConflictOfInterest;
} & FindingsDraft;

export type SupersedeEvaluation = { readonly type: 'SupersedeEvaluation'; readonly by: LaterEvaluation };
export type DecideFiling = { readonly type: 'DecideFiling' } & DecidedFiling;

export type ReleaseRight = {
  readonly type: 'ReleaseRight';
  /** Person ids of the disclosure's inventors. */
  readonly disclosed: readonly string[];
} & Release;

export type EvaluationCommand =
  | CommissionEvaluation
  | ReplaceEvaluator
  | ConcludeEvaluation
  | ConcludeCommissioned
  | SupersedeEvaluation
  | DecideFiling
  | ReleaseRight
  | CorrectEvaluation;

export const evaluationStream = (id: string): string => `evaluation-${id}`;

/** The value the number is claimed by: `<universityId>/<number>`. */
export const evaluationClaim = (universityId: string, number: string): string => `${universityId}/${number}`;

/** @throws Refusal E-15 */
export const existing = (state: Evaluation | undefined): Evaluation => {
  if (!state) throw evaluationRule('E-15');
  return state;
};

const assertNotBefore = (commissionedOn: LegalDate | undefined, date: LegalDate, field: string): void => {
  if (commissionedOn !== undefined && date < commissionedOn) {
    throw evaluationRule('E-20', { date, commissionedOn }, { field });
  }
};

const commission = (
  { type: _type, known, ...data }: CommissionEvaluation,
  { today }: DecisionContext,
): EvaluationEvent[] => {
  const { commissionedOn, dueOn = commissionedOn } = data;
  assertEvaluable(data, known.disclosure);
  assertNotAfter(today, commissionedOn, 'commissionedOn');
  assertNotBefore(commissionedOn, dueOn, 'dueOn');
  assertNoConflict(data, commissionedOn);
  return [{ type: 'EvaluationCommissioned', data }];
};

const replaceEvaluator = (
  { type: _type, ...data }: ReplaceEvaluator,
  { number, evaluator, commissionedOn, findings }: Evaluation,
  { today }: DecisionContext,
): EvaluationEvent[] => {
  const { replacedOn: _on, reason: _reason, ...wanted } = data;
  if (isSameContent(evaluator, wanted)) return [];
  if (findings) throw evaluationRule('E-22', { number, evaluatedOn: findings.evaluatedOn });
  assertNotAfter(today, data.replacedOn, 'replacedOn');
  assertNotBefore(commissionedOn, data.replacedOn, 'replacedOn');
  assertNoConflict(data, data.replacedOn);
  return [{ type: 'EvaluatorReplaced', data }];
};

const conclude = (
  evaluated: EvaluatedDisclosure,
  evaluator: Evaluator,
  { draft, known, today }: { draft: FindingsDraft; known: EvaluationContext; today: LegalDate },
): EvaluationEvent[] => {
  assertStands(evaluated, draft.evaluatedOn, known.disclosure);
  assertNoConflict(evaluator, draft.evaluatedOn);
  const findings = checkedFindings(draft, today);
  assertSupersedes(evaluated, findings, known.earlier);
  const warnings = warningsOn(evaluator, findings);
  const warned = warnings.length > 0 ? { warnings } : {};
  return [{ type: 'EvaluationConcluded', data: { ...evaluated, ...evaluator, ...findings, ...warned } }];
};

const concludeAtOnce = (command: ConcludeEvaluation, { today }: DecisionContext): EvaluationEvent[] => {
  const { type: _type, known, universityId, number, disclosureId, disclosureNumber, title, ...rest } = command;
  const { evaluatorKind, evaluator, conflictOfInterest, ...draft } = rest;
  const evaluated = { universityId, number, disclosureId, disclosureNumber, title };
  const by = { evaluatorKind, evaluator, ...(conflictOfInterest ? { conflictOfInterest } : {}) };
  return conclude(evaluated, by, { draft, known, today });
};

const concludeCommissioned = (
  { type: _type, known, conflictOfInterest, ...draft }: ConcludeCommissioned,
  state: Evaluation,
  { today }: DecisionContext,
): EvaluationEvent[] => {
  const { universityId, number, disclosureId, disclosureNumber, title, commissionedOn, findings } = state;
  const evaluated = { universityId, number, disclosureId, disclosureNumber, title };
  if (findings && isSameContent(findings, checkedFindings(draft, today))) return [];
  if (findings) throw evaluationRule('E-22', { number, evaluatedOn: findings.evaluatedOn });
  assertNotBefore(commissionedOn, draft.evaluatedOn, 'evaluatedOn');
  const evaluator = { ...state.evaluator, ...(conflictOfInterest ? { conflictOfInterest } : {}) };
  return conclude(evaluated, evaluator, { draft, known, today });
};

const decideFiling = (
  { type: _type, ...filing }: DecideFiling,
  evaluation: Evaluation,
  { today }: DecisionContext,
): EvaluationEvent[] => {
  const { universityId, disclosureId, number, filing: made, supersededBy } = evaluation;
  if (made && isSameContent(made, filing)) return [];
  if (made) throw evaluationRule('E-14', { number, ...labelsOf(made.decision), decidedOn: made.decidedOn });
  if (supersededBy) {
    const { number: later, evaluationId: conflict } = supersededBy;
    throw evaluationRule('E-29', { number, later }, { conflict });
  }
  assertDecision(groundOf(evaluation), filing, today);
  return [{ type: 'FilingDecided', data: { universityId, disclosureId, ...filing } }];
};

const releaseRight = (
  { type: _type, disclosed, ...release }: ReleaseRight,
  evaluation: Evaluation,
  { today }: DecisionContext,
): EvaluationEvent[] => {
  if (isReleased(evaluation, release)) return [];
  assertRelease(evaluation, release, { disclosed, today });
  assertAgainstFiling(evaluation.supersededBy ?? groundOf(evaluation), release.on);
  const { universityId, disclosureId, disclosureNumber } = evaluation;
  return [{ type: 'RightReleasedToInventor', data: { universityId, disclosureId, disclosureNumber, ...release } }];
};

const decideExisting = (
  command: Exclude<EvaluationCommand, CommissionEvaluation | ConcludeEvaluation>,
  evaluation: Evaluation,
  context: DecisionContext,
): readonly EvaluationEvent[] => {
  switch (command.type) {
    case 'ReplaceEvaluator':
      return replaceEvaluator(command, evaluation, context);
    case 'ConcludeCommissioned':
      return concludeCommissioned(command, evaluation, context);
    case 'SupersedeEvaluation':
      return isSameContent(evaluation.supersededBy, command.by)
        ? []
        : [{ type: 'EvaluationSuperseded', data: command.by }];
    case 'DecideFiling':
      return decideFiling(command, evaluation, context);
    case 'ReleaseRight':
      return releaseRight(command, evaluation, context);
    case 'CorrectEvaluation':
      return correctEvaluation(command, evaluation, context);
    default:
      return assertNever(command);
  }
};

export const evaluationDecider: Decider<Evaluation | undefined, EvaluationCommand, EvaluationEvent> = {
  initial: undefined,
  evolve: evolveEvaluation,
  decide: (command, state, context) => {
    // The stream is named by the command that opens it: this is the same evaluation again.
    if (command.type === 'CommissionEvaluation') return state ? [] : commission(command, context);
    if (command.type === 'ConcludeEvaluation') return state ? [] : concludeAtOnce(command, context);
    return decideExisting(command, existing(state), context);
  },
};
