import { type RecordedEvent, defineEvents } from '@app/event-store';
import { assertNever } from '@app/kernel';
import { type RecordSummary, recordProjection } from '@app/read-model';
import type { EvaluationEvent, ReleasedRight } from './evaluation-events.js';
import type {
  CommissionedEvaluation,
  ConcludedEvaluation,
  ConflictOfInterest,
  EvaluatedDisclosure,
  Evaluator,
} from './evaluation-facts.js';
import type { DecidedFiling } from './filing.js';
import type { Score } from './score-card.js';

export const evaluationEvents = defineEvents<EvaluationEvent>({
  EvaluationCommissioned: { version: 1, zh: '委托申请前评估', en: 'Pre-filing evaluation commissioned' },
  EvaluatorReplaced: { version: 1, zh: '更换评估机构', en: 'Evaluator replaced' },
  EvaluationConcluded: { version: 1, zh: '申请前评估完成', en: 'Pre-filing evaluation concluded' },
  EvaluationSuperseded: { version: 1, zh: '评估被取代', en: 'Evaluation superseded' },
  EvaluationCorrected: { version: 1, zh: '评估更正', en: 'Evaluation corrected' },
  FilingDecided: { version: 1, zh: '作出申请决定', en: 'Filing decided' },
  FilingDecisionCorrected: { version: 1, zh: '更正申请决定', en: 'Filing decision corrected' },
  RightReleasedToInventor: { version: 1, zh: '转给发明人', en: 'Right released to the inventors' },
});

type Detail = RecordSummary['detail'];

/** What was not said is shown as null. */
const orNull = (values: Readonly<Record<string, unknown>>): Detail =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value ?? null]));

const conflictDetail = (statement: ConflictOfInterest | undefined): Detail => ({
  conflictDeclared: statement?.declared ?? null,
  conflictStatement: statement?.statement ?? null,
});

const scoresDetail = (scores: readonly Score[]): Detail => ({
  scores: scores.map(({ dimension }) => dimension),
  scoreGrades: scores.map(({ grade }) => grade),
});

/** Old evaluations hold grades without the id of their card: they were made on the common one. */
const cardOf = ({ scoreCard, patentability, technology, market, legal }: ConcludedEvaluation): string | null =>
  scoreCard ?? ((patentability ?? technology ?? market ?? legal) ? 'score-card/1' : null);

const opened = ({
  universityId,
  number,
  title,
  disclosureId,
  disclosureNumber,
}: EvaluatedDisclosure): RecordSummary => ({
  universityId,
  number,
  title,
  status: 'COMMISSIONED',
  date: '',
  detail: {
    disclosureId,
    disclosureNumber,
    commissionedOn: null,
    dueOn: null,
    replacedOn: null,
    supersededBy: null,
    warnings: [],
    ...filingDetail({}),
    ...releaseDetail({}),
    corrections: 0,
  },
});

const withDetail = (row: RecordSummary, detail: Detail, status = row.status): RecordSummary => ({
  ...row,
  status,
  detail: { ...row.detail, ...detail },
});

const withEvaluator = (
  row: RecordSummary,
  { evaluatorKind, evaluator, conflictOfInterest }: Evaluator,
): RecordSummary => ({
  ...withDetail(row, { evaluatorKind, evaluator, ...conflictDetail(conflictOfInterest) }),
  counterparty: evaluator,
});

const commissioned = (data: CommissionedEvaluation): RecordSummary => {
  const { commissionedOn, dueOn = null } = data;
  return { ...withDetail(withEvaluator(opened(data), data), { commissionedOn, dueOn }), date: commissionedOn };
};

const concluded = (before: RecordSummary | undefined, data: ConcludedEvaluation): RecordSummary => {
  const { evaluatedOn, conclusion, patentability, technology, market, legal } = data;
  const { industrialisation, evidence, evidenceFiles = [], supersedes, scoreCardName, scores = [] } = data;
  const findings = {
    ...orNull({ patentability, technology, market, legal, industrialisation, evidence, supersedes, scoreCardName }),
    evaluatedOn,
    conclusion,
    scoreCard: cardOf(data),
    ...scoresDetail(scores),
    evidenceFiles: evidenceFiles.map(({ hash }) => hash),
    warnings: data.warnings ?? [],
  };
  const row = withEvaluator(before ?? opened(data), data);
  return { ...withDetail(row, findings, 'CONCLUDED'), date: evaluatedOn };
};

const filingDetail = (filing: Partial<DecidedFiling>): Detail => {
  const { decision, decidedOn, decidedBy, contractClause, diligence, fees } = filing;
  return orNull({
    ...{ decision, decidedOn, decidedBy, contractClause, diligence },
    feeBearer: fees?.bearer,
    inventorFeePermyriad: fees?.inventorPermyriad,
    inventorOwnershipPermyriad: fees?.inventorOwnershipPermyriad,
  });
};

const releaseDetail = ({ on, contractNo, contractId, ...rest }: Partial<ReleasedRight>): Detail => ({
  ...orNull({
    releasedOn: on,
    releaseContractNo: contractNo,
    contractId,
    releaseSharePermyriad: rest.sharePermyriad,
    zeroShareClause: rest.zeroShareClause,
  }),
  releasedTo: rest.inventors ?? [],
});

const corrected = (
  row: RecordSummary,
  { field, to = null, warnings }: Extract<EvaluationEvent, { type: 'EvaluationCorrected' }>['data'],
): RecordSummary => {
  const warned = warnings ? { warnings } : {};
  const next = withDetail(row, { corrections: Number(row.detail['corrections']) + 1, ...warned });
  if (field === 'conflictOfInterest') return withDetail(next, conflictDetail((to ?? undefined) as ConflictOfInterest));
  if (field === 'scores') return withDetail(next, scoresDetail((to ?? []) as readonly Score[]));
  const put = withDetail(next, { [field]: to });
  if (field === 'evaluator') return { ...put, counterparty: String(to) };
  return field === 'evaluatedOn' ? { ...put, date: String(to) } : put;
};

/** Once decided, an evaluation shows the decision, whatever comes in its place. */
const superseded = (row: RecordSummary, by: string): RecordSummary =>
  withDetail(row, { supersededBy: by }, row.status === 'CONCLUDED' ? 'SUPERSEDED' : row.status);

const evolveExisting = (
  row: RecordSummary,
  event: Exclude<EvaluationEvent, { type: 'EvaluationCommissioned' | 'EvaluationConcluded' }>,
): RecordSummary => {
  switch (event.type) {
    case 'EvaluatorReplaced':
      return withDetail(withEvaluator(row, event.data), { replacedOn: event.data.replacedOn });
    case 'EvaluationSuperseded':
      return superseded(row, event.data.number);
    case 'EvaluationCorrected':
      return corrected(row, event.data);
    case 'FilingDecided':
      return withDetail(row, filingDetail(event.data), event.data.decision);
    case 'FilingDecisionCorrected': {
      const { to } = event.data;
      return withDetail(row, filingDetail(to), row.status === 'RELEASED' ? row.status : to.decision);
    }
    case 'RightReleasedToInventor':
      return withDetail(row, releaseDetail(event.data), 'RELEASED');
    default:
      return assertNever(event);
  }
};

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as EvaluationEvent;
  if (event.type === 'EvaluationCommissioned') return commissioned(event.data);
  if (event.type === 'EvaluationConcluded') return concluded(row, event.data);
  return row && evolveExisting(row, event);
};

/** Status: COMMISSIONED, CONCLUDED, then the filing decision (FILE, DO_NOT_FILE), RELEASED; SUPERSEDED when undecided and replaced. */
export const evaluationRecords = recordProjection({
  kind: 'evaluation',
  version: 3,
  streamPrefix: 'evaluation-',
  handles: Object.keys(evaluationEvents),
  evolve,
});
