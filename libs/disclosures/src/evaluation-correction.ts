import type { Approval } from '@app/evidence';
import type { DecisionContext } from '@app/kernel';
import { type Corrections, corrected, differences } from './correction.js';
import type { Evaluation, EvaluationEvent } from './evaluation-events.js';
import type { Evaluator, Findings } from './evaluation-facts.js';
import { evaluationRule } from './evaluation-rules.js';
import { type DecidedFiling, type LaterEvaluation, assertDecision } from './filing.js';
import { type FindingsDraft, assertNoConflict, checkedFindings, draftOf, groundOf, warningsOn } from './findings.js';
import { assertAgainstFiling } from './release.js';
import { isSameContent } from './same-content.js';

/** What a correction of an evaluation may put right. */
export type CorrectableEvaluation = Evaluator & Omit<FindingsDraft, 'supersedes' | 'evidenceFiles'>;

/** Entries that may also be taken out. */
export const removableFindings = [
  'conflictOfInterest',
  'patentability',
  'technology',
  'market',
  'legal',
  'ownCard',
  'industrialisation',
  'evidence',
] as const satisfies ReadonlyArray<keyof CorrectableEvaluation>;

export type CorrectEvaluation = {
  readonly type: 'CorrectEvaluation';
  /** The filing decision as it should be, where it is revised; by then a later evaluation may stand in this one's place. */
  readonly filing?: DecidedFiling;
} & Corrections<CorrectableEvaluation> &
  Approval;

/** @throws Refusal E-36, E-37 */
const assertReleaseStands = ({ decision, decidedOn }: DecidedFiling, { release }: Evaluation): void => {
  if (!release) return;
  const { on } = release;
  if (decision === 'FILE') throw evaluationRule('E-37', { on }, { field: 'decision' });
  if (on < decidedOn) throw evaluationRule('E-36', { on, decidedOn }, { field: 'decidedOn' });
};

const fieldsOf = ({ evaluator, findings }: { readonly evaluator: Evaluator; readonly findings: Findings }) => ({
  ...evaluator,
  ...findings,
});

const correctedContent = (
  { changes, removes }: CorrectEvaluation,
  { evaluator, findings }: { readonly evaluator: Evaluator; readonly findings: Findings },
  today: string,
) => {
  const before = { ...evaluator, ...draftOf(findings) };
  const after = corrected<CorrectableEvaluation>(before, { changes, ...(removes ? { removes } : {}) });
  const { evaluatorKind, evaluator: body, conflictOfInterest, ...draft } = after;
  const by: Evaluator = { evaluatorKind, evaluator: body, ...(conflictOfInterest ? { conflictOfInterest } : {}) };
  assertNoConflict(by, draft.evaluatedOn);
  return { evaluator: by, findings: checkedFindings(draft, today) };
};

/** A revised decision stands on the later evaluation, where there is one; a decision left as it was on this one, as it is put right. */
const correctFiling = (
  to: DecidedFiling | undefined,
  { filing: from, number }: Evaluation,
  { later, own, today }: { later: LaterEvaluation | undefined; own: Evaluation; today: string },
): { from: DecidedFiling; to: DecidedFiling } | undefined => {
  if (!from) {
    if (to) throw evaluationRule('E-38', { number }, { field: 'filing' });
    return undefined;
  }
  if (!to || isSameContent(from, to)) {
    assertDecision(groundOf(own), from, today);
    return undefined;
  }
  assertDecision(later ?? groundOf(own), to, today);
  assertReleaseStands(to, own);
  return { from, to };
};

export const correctEvaluation = (
  command: CorrectEvaluation,
  evaluation: Evaluation,
  { today }: DecisionContext,
): EvaluationEvent[] => {
  const { type: _type, changes: _changes, removes: _removes, filing, ...approval } = command;
  const { number, evaluator, findings, universityId, disclosureId, supersededBy: later } = evaluation;
  if (!findings) throw evaluationRule('E-21', { number });
  const after = correctedContent(command, { evaluator, findings }, today);
  const own: Evaluation = { ...evaluation, ...after };
  const revised = correctFiling(filing, evaluation, { later, own, today });
  if (own.release) assertAgainstFiling(later ?? groundOf(own), own.release.on);
  // Grades entered before cards had ids are grades on the common card: naming it corrects nothing.
  const before = { evaluator, findings: checkedFindings(draftOf(findings), findings.evaluatedOn) };
  const warnings = warningsOn(after.evaluator, after.findings);
  const warned = isSameContent(warnings, warningsOn(evaluator, findings)) ? {} : { warnings };
  const corrections = differences(fieldsOf(before), fieldsOf(after)).map(
    (correction): EvaluationEvent => ({
      type: 'EvaluationCorrected',
      data: { ...correction, ...approval, ...warned },
    }),
  );
  if (!revised) return corrections;
  return [
    ...corrections,
    { type: 'FilingDecisionCorrected', data: { universityId, disclosureId, ...revised, ...approval } },
  ];
};
