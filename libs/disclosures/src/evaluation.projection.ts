import { type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import { assertNever } from '@app/kernel';
import type { ConcludedEvaluation, EvaluationEvent } from './evaluation.js';

export const evaluationEvents = defineEvents<EvaluationEvent>({
  EvaluationConcluded: { version: 1, zh: '申请前评估完成', en: 'Pre-filing evaluation concluded' },
  FilingDecided: { version: 1, zh: '作出申请决定', en: 'Filing decided' },
});

const concluded = ({
  universityId,
  number,
  title,
  evaluator,
  evaluatedOn,
  ...rest
}: ConcludedEvaluation): RecordSummary => {
  const { patentability = null, technology = null, market = null, legal = null, industrialisation = null } = rest;
  const { disclosureId, disclosureNumber, evaluatorKind, conclusion } = rest;
  const detail = {
    disclosureId,
    disclosureNumber,
    evaluatorKind,
    evaluator,
    evaluatedOn,
    patentability,
    technology,
    market,
    legal,
    industrialisation,
    conclusion,
    decision: null,
    decidedOn: null,
    decidedBy: null,
    contractClause: null,
  };
  return { universityId, number, title, counterparty: evaluator, status: 'CONCLUDED', date: evaluatedOn, detail };
};

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as EvaluationEvent;
  switch (event.type) {
    case 'EvaluationConcluded':
      return concluded(event.data);
    case 'FilingDecided': {
      const { decision, decidedOn, decidedBy, contractClause = null } = event.data;
      return (
        row && { ...row, status: decision, detail: { ...row.detail, decision, decidedOn, decidedBy, contractClause } }
      );
    }
    default:
      return assertNever(event);
  }
};

/** Status: CONCLUDED until the filing decision, then that decision (FILE, DO_NOT_FILE). */
export const evaluationRecords = recordProjection({
  kind: 'evaluation',
  version: 1,
  streamPrefix: 'evaluation-',
  handles: Object.keys(evaluationEvents),
  evolve,
});
