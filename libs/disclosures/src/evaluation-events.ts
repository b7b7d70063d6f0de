import type { Approval } from '@app/evidence';
import { type LegalDate, type Message, assertNever } from '@app/kernel';
import { type FieldCorrection, withField } from './correction.js';
import type {
  CommissionedEvaluation,
  ConcludedEvaluation,
  EvaluatedDisclosure,
  Evaluator,
  Findings,
} from './evaluation-facts.js';
import type { DecidedFiling, LaterEvaluation } from './filing.js';
import type { Release } from './release.js';

/** What later slices look up by: whose decision or release it is. */
type OfDisclosure = Pick<EvaluatedDisclosure, 'universityId' | 'disclosureId'>;

export type ReplacedEvaluator = Evaluator & { readonly replacedOn: LegalDate; readonly reason: string };

/** A filing decision revised (更正申请决定), as a whole. */
export type CorrectedFiling = OfDisclosure & Approval & { readonly from: DecidedFiling; readonly to: DecidedFiling };

export type ReleasedRight = OfDisclosure & Pick<EvaluatedDisclosure, 'disclosureNumber'> & Release;

export type EvaluationEvent =
  | Message<'EvaluationCommissioned', CommissionedEvaluation>
  | Message<'EvaluatorReplaced', ReplacedEvaluator>
  | Message<'EvaluationConcluded', ConcludedEvaluation>
  | Message<'EvaluationSuperseded', LaterEvaluation>
  | Message<'EvaluationCorrected', FieldCorrection & Approval & { readonly warnings?: readonly string[] }>
  | Message<'FilingDecided', DecidedFiling & OfDisclosure>
  | Message<'FilingDecisionCorrected', CorrectedFiling>
  | Message<'RightReleasedToInventor', ReleasedRight>;

/** An evaluation as it stands: commissioned until it has findings. */
export interface Evaluation extends EvaluatedDisclosure {
  readonly evaluator: Evaluator;
  readonly commissionedOn?: LegalDate;
  readonly findings?: Findings;
  readonly supersededBy?: LaterEvaluation;
  readonly filing?: DecidedFiling;
  readonly release?: Release;
}

const EVALUATOR_FIELDS: readonly string[] = [
  'evaluatorKind',
  'evaluator',
  'conflictOfInterest',
] satisfies ReadonlyArray<keyof Evaluator>;

const evaluatorOf = ({ evaluatorKind, evaluator, conflictOfInterest }: Evaluator): Evaluator => ({
  evaluatorKind,
  evaluator,
  ...(conflictOfInterest ? { conflictOfInterest } : {}),
});

const evaluatedOf = (data: EvaluatedDisclosure): EvaluatedDisclosure => {
  const { universityId, number, disclosureId, disclosureNumber, title } = data;
  return { universityId, number, disclosureId, disclosureNumber, title };
};

const concluded = (state: Evaluation | undefined, data: ConcludedEvaluation): Evaluation => {
  const { universityId: _u, number: _n, disclosureId: _i, disclosureNumber: _d, title: _t, ...rest } = data;
  const { evaluatorKind: _k, evaluator: _e, conflictOfInterest: _c, warnings: _w, ...findings } = rest;
  return { ...state, ...evaluatedOf(data), evaluator: evaluatorOf(data), findings };
};

const put = (state: Evaluation, { field, to }: FieldCorrection): Evaluation => {
  if (EVALUATOR_FIELDS.includes(field)) return { ...state, evaluator: withField(state.evaluator, field, to) };
  return state.findings ? { ...state, findings: withField(state.findings, field, to) } : state;
};

const withFiling = (
  state: Evaluation,
  { universityId: _u, disclosureId: _d, ...filing }: DecidedFiling & OfDisclosure,
) => ({
  ...state,
  filing,
});

const released = (state: Evaluation, data: ReleasedRight): Evaluation => {
  const { universityId: _u, disclosureId: _i, disclosureNumber: _n, ...release } = data;
  return { ...state, release };
};

const evolveExisting = (
  state: Evaluation,
  event: Exclude<EvaluationEvent, { type: 'EvaluationCommissioned' | 'EvaluationConcluded' }>,
): Evaluation => {
  switch (event.type) {
    case 'EvaluatorReplaced':
      return { ...state, evaluator: evaluatorOf(event.data) };
    case 'EvaluationSuperseded':
      return { ...state, supersededBy: event.data };
    case 'EvaluationCorrected':
      return put(state, event.data);
    case 'FilingDecided':
      return withFiling(state, event.data);
    case 'FilingDecisionCorrected':
      return { ...state, filing: event.data.to };
    case 'RightReleasedToInventor':
      return released(state, event.data);
    default:
      return assertNever(event);
  }
};

export const evolveEvaluation = (state: Evaluation | undefined, event: EvaluationEvent): Evaluation | undefined => {
  if (event.type === 'EvaluationConcluded') return concluded(state, event.data);
  if (event.type !== 'EvaluationCommissioned') return state && evolveExisting(state, event);
  const { commissionedOn } = event.data;
  return { ...evaluatedOf(event.data), evaluator: evaluatorOf(event.data), commissionedOn };
};
