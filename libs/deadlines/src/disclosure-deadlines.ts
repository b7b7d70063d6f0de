import type { DisclosedInvention } from '@app/disclosures';
import { type LegalDate, type Message, addMonths, isPatent } from '@app/kernel';
import {
  type Deadline,
  type RecordOf,
  cancelled,
  deadline,
  fixedTerm,
  lapsedAfter,
  laterOf,
  met,
  noTerm,
} from './deadline.js';
import { deadlineCase } from './deadline-case.js';

/** What of a disclosure decides its deadlines; supplements and corrections name the same fields. */
const FACTS = ['universityId', 'number', 'title', 'disclosedOn', 'publishedOn', 'protection'] as const;
type Facts = Pick<DisclosedInvention, (typeof FACTS)[number]>;

/** Events of a disclosure, and those of evaluations and assets that concern it, each told with the id it needs. */
export type DisclosureDeadlineEvent =
  | Message<'InventionDisclosed', Facts & { readonly id: string }>
  | Message<'DisclosureSupplemented', Partial<Facts> & { readonly on: LegalDate }>
  | Message<'DisclosureCorrected', { readonly field: string; readonly to?: unknown }>
  | Message<'DisclosureReturned', { readonly on: LegalDate; readonly dueOn?: LegalDate }>
  | Message<'DisclosureAccepted', { readonly on: LegalDate }>
  | Message<'DisclosureWithdrawn', { readonly on: LegalDate }>
  | Message<'FilingDecided', Filing>
  | Message<'FilingDecisionCorrected', { readonly to: Filing }>
  | Message<'AssetRegistered', { readonly filedOn: LegalDate }>;

interface Filing {
  readonly decision: string;
  readonly decidedOn: LegalDate;
}

interface Return {
  readonly on: LegalDate;
  readonly dueOn?: LegalDate;
  readonly answeredOn?: LegalDate;
  readonly answeredBy?: string;
}

/** An asset may name a disclosure that is entered after it: until then there are no facts. */
interface DisclosureCase {
  readonly id?: string;
  readonly facts?: Facts;
  readonly returns: readonly Return[];
  readonly filedOn?: LegalDate;
  readonly notFiledOn?: LegalDate;
  readonly withdrawnOn?: LegalDate;
}

const factsIn = (data: object): Partial<Facts> =>
  Object.fromEntries(Object.entries(data).filter(([field]) => (FACTS as readonly string[]).includes(field)));

const corrected = (facts: Facts, field: string, to: unknown): Facts => {
  const rest = Object.fromEntries(Object.entries(facts).filter(([name]) => name !== field));
  return { ...rest, ...(to === undefined ? {} : factsIn({ [field]: to })) } as Facts;
};

/** The first answer to a return ends it; what comes later answers nothing. */
const answered = (returns: readonly Return[], answeredOn: LegalDate, answeredBy: string): readonly Return[] =>
  returns.map((one) => (one.answeredOn === undefined ? { ...one, answeredOn, answeredBy } : one));

const returned = (returns: readonly Return[], { on, dueOn }: Return): readonly Return[] => [
  ...returns,
  dueOn === undefined ? { on } : { on, dueOn },
];

const evolveDisclosed = (
  state: DisclosureCase & { readonly facts: Facts },
  event: Exclude<DisclosureDeadlineEvent, { type: 'InventionDisclosed' | 'AssetRegistered' }>,
): DisclosureCase => {
  switch (event.type) {
    case 'DisclosureSupplemented': {
      const { data, type } = event;
      return {
        ...state,
        facts: { ...state.facts, ...factsIn(data) },
        returns: answered(state.returns, data.on, type),
      };
    }
    case 'DisclosureCorrected':
      return { ...state, facts: corrected(state.facts, event.data.field, event.data.to) };
    case 'DisclosureReturned':
      return { ...state, returns: returned(state.returns, event.data) };
    case 'DisclosureAccepted':
      return { ...state, returns: answered(state.returns, event.data.on, event.type) };
    case 'DisclosureWithdrawn':
      return { ...state, withdrawnOn: event.data.on };
    case 'FilingDecided':
      return decided(state, event.data);
    case 'FilingDecisionCorrected':
      return decided(state, event.data.to);
  }
};

/** A later evaluation may decide otherwise; what was decided last holds. */
const decided = ({ notFiledOn: _before, ...state }: DisclosureCase, { decision, decidedOn }: Filing): DisclosureCase =>
  decision === 'DO_NOT_FILE' ? { ...state, notFiledOn: decidedOn } : state;

const evolve = (state: DisclosureCase = { returns: [] }, event: DisclosureDeadlineEvent): DisclosureCase => {
  if (event.type === 'InventionDisclosed') {
    return { ...state, id: event.data.id, facts: factsIn(event.data) as Facts };
  }
  if (event.type === 'AssetRegistered') {
    const { filedOn } = event.data;
    return state.filedOn !== undefined && state.filedOn <= filedOn ? state : { ...state, filedOn };
  }
  const { facts } = state;
  return facts ? evolveDisclosed({ ...state, facts }, event) : state;
};

const GRACE_MONTHS = 6;

const noveltyGrace = (state: DisclosureCase, facts: Facts, record: RecordOf): Deadline[] => {
  const { publishedOn, disclosedOn, protection } = facts;
  const { filedOn, notFiledOn, withdrawnOn } = state;
  const isForPatent = protection === undefined || isPatent(protection);
  if (publishedOn === undefined || !isForPatent || (filedOn !== undefined && filedOn <= publishedOn)) return [];
  const dueOn = addMonths(publishedOn, GRACE_MONTHS);
  return [
    deadline({
      kind: 'NOVELTY_GRACE',
      record,
      opensOn: laterOf(publishedOn, disclosedOn),
      term: fixedTerm(dueOn),
      detail: { publishedOn },
      closings: [
        met(filedOn, 'AssetRegistered'),
        cancelled(notFiledOn, 'FilingDecided'),
        cancelled(withdrawnOn, 'DisclosureWithdrawn'),
        lapsedAfter(dueOn),
      ],
    }),
  ];
};

const returnedDisclosures = ({ returns, withdrawnOn }: DisclosureCase, record: RecordOf): Deadline[] =>
  returns.map(({ on, dueOn, answeredOn, answeredBy }, index) =>
    deadline({
      kind: 'RETURNED_DISCLOSURE',
      record,
      opensOn: on,
      term: dueOn === undefined ? noTerm : fixedTerm(dueOn),
      tail: index + 1,
      detail: { returnedOn: on },
      closings: [met(answeredOn, answeredBy ?? null), cancelled(withdrawnOn, 'DisclosureWithdrawn')],
    }),
  );

const deadlines = (state: DisclosureCase): readonly Deadline[] => {
  const { id: recordId, facts } = state;
  if (recordId === undefined || !facts) return [];
  const { universityId, number: recordNumber, title } = facts;
  const record: RecordOf = { universityId, recordKind: 'disclosure', recordId, recordNumber, title };
  return [...noveltyGrace(state, facts, record), ...returnedDisclosures(state, record)];
};

/** Disclosures, by university and number, as assets name them. */
export const disclosureCase = deadlineCase<DisclosureCase, DisclosureDeadlineEvent>({
  types: [
    'InventionDisclosed',
    'DisclosureSupplemented',
    'DisclosureCorrected',
    'DisclosureReturned',
    'DisclosureAccepted',
    'DisclosureWithdrawn',
    'FilingDecided',
    'FilingDecisionCorrected',
    'AssetRegistered',
  ],
  evolve,
  deadlines,
});

interface Commission {
  readonly universityId: string;
  readonly number: string;
  readonly title: string;
  readonly commissionedOn: LegalDate;
  readonly dueOn?: LegalDate;
}

export type EvaluationDeadlineEvent =
  | Message<'EvaluationCommissioned', Commission>
  | Message<'EvaluationConcluded', { readonly evaluatedOn: LegalDate }>
  | Message<'EvaluationCorrected', { readonly field: string; readonly to?: unknown }>;

interface EvaluationCase {
  readonly commission: Commission & { readonly dueOn: LegalDate };
  readonly evaluatedOn?: LegalDate;
}

const evolveEvaluation = (
  state: EvaluationCase | undefined,
  event: EvaluationDeadlineEvent,
): EvaluationCase | undefined => {
  if (event.type === 'EvaluationConcluded') return state && { ...state, evaluatedOn: event.data.evaluatedOn };
  if (event.type === 'EvaluationCorrected') {
    const { field, to } = event.data;
    return state && field === 'evaluatedOn' ? { ...state, evaluatedOn: to as LegalDate } : state;
  }
  const { universityId, number, title, commissionedOn, dueOn } = event.data;
  return dueOn === undefined ? undefined : { commission: { universityId, number, title, commissionedOn, dueOn } };
};

const evaluationDeadlines = ({ commission, evaluatedOn }: EvaluationCase, recordId: string): readonly Deadline[] => {
  const { universityId, number: recordNumber, title, commissionedOn, dueOn } = commission;
  return [
    deadline({
      kind: 'EVALUATION_DUE',
      record: { universityId, recordKind: 'evaluation', recordId, recordNumber, title },
      opensOn: commissionedOn,
      term: fixedTerm(dueOn),
      closings: [met(evaluatedOn, 'EvaluationConcluded')],
    }),
  ];
};

/** Commissioned evaluations with a day agreed, by `evaluation-<id>`. */
export const evaluationCase = deadlineCase<EvaluationCase, EvaluationDeadlineEvent>({
  types: ['EvaluationCommissioned', 'EvaluationConcluded', 'EvaluationCorrected'],
  evolve: evolveEvaluation,
  deadlines: evaluationDeadlines,
});
