import {
  type BilingualText,
  type Decider,
  type DecisionContext,
  type LegalDate,
  type Message,
  assertNever,
  ruleBook,
} from '@app/kernel';

const kind = 'invalid';

/** Rules of the pre-filing evaluation (申请前评估) and of the filing decision; E-1 to E-3 stand where the right is released or filed. */
export const evaluationRule = ruleBook({
  'E-10': {
    clause: '国办发〔2023〕37号',
    zh: '{from} 起的申请前评估须以产业化前景分析为核心，请填写产业化前景',
    en: 'an evaluation from {from} on centres on the prospect of industrialisation: state it',
    kind,
  },
  'E-11': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '申请决定（{decisionZh}）与评估 {number} 的结论（{conclusionZh}）不一致；委托研发合同另有约定的，请注明合同条款',
    en: 'the decision ({decisionEn}) contradicts the conclusion ({conclusionEn}) of evaluation {number}; if a research contract provides so, cite its clause',
  },
  'E-12': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '决定日期 {decidedOn} 早于评估日期 {evaluatedOn}',
    en: 'decided on {decidedOn}, before the evaluation of {evaluatedOn}',
    kind,
  },
  'E-13': { clause: 'ADR 0004', zh: '日期 {date} 晚于今天 {today}', en: '{date} is after today, {today}', kind },
  'E-14': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '评估 {number} 已于 {decidedOn} 作出申请决定（{decisionZh}）',
    en: 'evaluation {number} already has its filing decision ({decisionEn}) of {decidedOn}',
  },
  'E-15': { clause: 'ADR 0002', zh: '没有这次评估', en: 'no such evaluation', kind: 'missing' },
  'E-16': {
    clause: '教科技〔2020〕1号 item 3; 保守国家秘密法',
    zh: '披露 {disclosure} 为涉密成果，其评估不得录入本台账',
    en: 'disclosure {disclosure} is secret: its evaluation does not enter this ledger',
  },
});

/** Who evaluated (评估方式): the university's own office, or a market body it commissioned. */
export const evaluatorKinds = {
  INTERNAL: { zh: '校内', en: 'internal' },
  COMMISSIONED: { zh: '委托', en: 'commissioned' },
} as const satisfies Record<string, BilingualText>;
export type EvaluatorKind = keyof typeof evaluatorKinds;

/** How well a result does in one dimension, best first (等级). */
export const grades = {
  A: { zh: 'A', en: 'A' },
  B: { zh: 'B', en: 'B' },
  C: { zh: 'C', en: 'C' },
  D: { zh: 'D', en: 'D' },
} as const satisfies Record<string, BilingualText>;
export type Grade = keyof typeof grades;

export const conclusions = {
  FILE: { zh: '建议申请', en: 'file' },
  FILE_AFTER_IMPROVEMENT: { zh: '完善后申请', en: 'file after improvement' },
  DO_NOT_FILE: { zh: '不适宜申请', en: 'do not file' },
  KEEP_SECRET: { zh: '作为技术秘密', en: 'keep as a technical secret' },
  PUBLISH: { zh: '公开', en: 'publish' },
} as const satisfies Record<string, BilingualText>;
export type EvaluationConclusion = keyof typeof conclusions;

export const filingDecisions = {
  FILE: { zh: '申请', en: 'file' },
  DO_NOT_FILE: { zh: '不申请', en: 'do not file' },
} as const satisfies Record<string, BilingualText>;
export type FilingDecision = keyof typeof filingDecisions;

export interface ConcludedEvaluation {
  readonly universityId: string;
  readonly number: string;
  readonly disclosureId: string;
  readonly disclosureNumber: string;
  /** The result's title as it was disclosed. */
  readonly title: string;
  readonly evaluatorKind: EvaluatorKind;
  /** The evaluating office or body; an organisation, never a person. */
  readonly evaluator: string;
  readonly evaluatedOn: LegalDate;
  readonly patentability?: Grade;
  readonly technology?: Grade;
  readonly market?: Grade;
  readonly legal?: Grade;
  /** The analysis of the prospect of industrialisation (产业化前景). */
  readonly industrialisation?: string;
  readonly conclusion: EvaluationConclusion;
}

export interface DecidedFiling {
  readonly decision: FilingDecision;
  readonly decidedOn: LegalDate;
  /** The post that decided (决定人职务), not the person. */
  readonly decidedBy: string;
  /** Clause of a commissioned-research contract that settles whether to file, whatever the evaluation found. */
  readonly contractClause?: string;
}

export type EvaluationEvent =
  | Message<'EvaluationConcluded', ConcludedEvaluation>
  | Message<'FilingDecided', DecidedFiling & { readonly universityId: string; readonly disclosureId: string }>;

export type Evaluation = Pick<
  ConcludedEvaluation,
  'universityId' | 'number' | 'disclosureId' | 'disclosureNumber' | 'evaluatedOn' | 'conclusion'
> & { readonly filing?: DecidedFiling };

export type ConcludeEvaluation = { readonly type: 'ConcludeEvaluation' } & ConcludedEvaluation;
export type DecideFiling = { readonly type: 'DecideFiling' } & DecidedFiling;
export type EvaluationCommand = ConcludeEvaluation | DecideFiling;

export const evaluationStream = (id: string): string => `evaluation-${id}`;

/** Date of 国办发〔2023〕37号. */
const INDUSTRIALISATION_FROM = '2023-10-17';

/** Decisions each conclusion leaves open; an improvement may or may not be worth its cost. */
const DECISIONS_OPEN: Readonly<Record<EvaluationConclusion, readonly FilingDecision[]>> = {
  FILE: ['FILE'],
  FILE_AFTER_IMPROVEMENT: ['FILE', 'DO_NOT_FILE'],
  DO_NOT_FILE: ['DO_NOT_FILE'],
  KEEP_SECRET: ['DO_NOT_FILE'],
  PUBLISH: ['DO_NOT_FILE'],
};

const assertNotFuture = (date: LegalDate, today: LegalDate, field: string): void => {
  if (date > today) throw evaluationRule('E-13', { date, today }, { field });
};

const conclude = ({ type: _type, ...data }: ConcludeEvaluation, { today }: DecisionContext): EvaluationEvent[] => {
  assertNotFuture(data.evaluatedOn, today, 'evaluatedOn');
  if (data.evaluatedOn >= INDUSTRIALISATION_FROM && !data.industrialisation) {
    throw evaluationRule('E-10', { from: INDUSTRIALISATION_FROM }, { field: 'industrialisation' });
  }
  return [{ type: 'EvaluationConcluded', data }];
};

const labelsOf = (decision: FilingDecision) => {
  const { zh: decisionZh, en: decisionEn } = filingDecisions[decision];
  return { decisionZh, decisionEn };
};

/**
 * Whether a filing decision can stand on an evaluation; the importer asks before it writes the evaluation of the same row.
 * @throws Refusal E-11, E-12, E-13
 */
export const assertDecision = (
  { number, evaluatedOn, conclusion }: Pick<Evaluation, 'number' | 'evaluatedOn' | 'conclusion'>,
  { decision, decidedOn, contractClause }: DecidedFiling,
  today: LegalDate,
): void => {
  assertNotFuture(decidedOn, today, 'decidedOn');
  if (decidedOn < evaluatedOn) throw evaluationRule('E-12', { decidedOn, evaluatedOn }, { field: 'decidedOn' });
  if (contractClause === undefined && !DECISIONS_OPEN[conclusion].includes(decision)) {
    const { zh: conclusionZh, en: conclusionEn } = conclusions[conclusion];
    const parameters = { ...labelsOf(decision), number, conclusionZh, conclusionEn };
    throw evaluationRule('E-11', parameters, { field: 'decision' });
  }
};

const isSameFiling = (one: DecidedFiling, other: DecidedFiling): boolean =>
  one.decision === other.decision &&
  one.decidedOn === other.decidedOn &&
  one.decidedBy === other.decidedBy &&
  one.contractClause === other.contractClause;

const decideFiling = (
  { type: _type, ...filing }: DecideFiling,
  state: Evaluation | undefined,
  { today }: DecisionContext,
): EvaluationEvent[] => {
  const { universityId, disclosureId, number, filing: made, ...evaluation } = existing(state);
  if (made && isSameFiling(made, filing)) return [];
  if (made) throw evaluationRule('E-14', { number, ...labelsOf(made.decision), decidedOn: made.decidedOn });
  assertDecision({ number, ...evaluation }, filing, today);
  return [{ type: 'FilingDecided', data: { universityId, disclosureId, ...filing } }];
};

/** @throws Refusal E-15 */
export const existing = (state: Evaluation | undefined): Evaluation => {
  if (!state) throw evaluationRule('E-15');
  return state;
};

const evolve = (state: Evaluation | undefined, event: EvaluationEvent): Evaluation | undefined => {
  switch (event.type) {
    case 'EvaluationConcluded': {
      const { universityId, number, disclosureId, disclosureNumber, evaluatedOn, conclusion } = event.data;
      return { universityId, number, disclosureId, disclosureNumber, evaluatedOn, conclusion };
    }
    case 'FilingDecided': {
      const { universityId: _university, disclosureId: _disclosure, ...filing } = event.data;
      return state && { ...state, filing };
    }
    default:
      return assertNever(event);
  }
};

export const evaluationDecider: Decider<Evaluation | undefined, EvaluationCommand, EvaluationEvent> = {
  initial: undefined,
  evolve,
  decide: (command, state, context) => {
    switch (command.type) {
      case 'ConcludeEvaluation':
        // The stream is named by the command that opens it: this is the same evaluation again.
        return state ? [] : conclude(command, context);
      case 'DecideFiling':
        return decideFiling(command, state, context);
      default:
        return assertNever(command);
    }
  },
};
