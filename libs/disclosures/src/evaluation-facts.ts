import type { EvidenceRef } from '@app/evidence';
import type { BilingualText, LegalDate } from '@app/kernel';
import type { Scores } from './score-card.js';

/** Who evaluated (评估方式): the university's own office, or a market body it commissioned. */
export const evaluatorKinds = {
  INTERNAL: { zh: '校内', en: 'internal' },
  COMMISSIONED: { zh: '委托', en: 'commissioned' },
} as const satisfies Record<string, BilingualText>;
export type EvaluatorKind = keyof typeof evaluatorKinds;

export const conclusions = {
  FILE: { zh: '建议申请', en: 'file' },
  FILE_AFTER_IMPROVEMENT: { zh: '完善后申请', en: 'file after improvement' },
  DO_NOT_FILE: { zh: '不适宜申请', en: 'do not file' },
  KEEP_SECRET: { zh: '作为技术秘密', en: 'keep as a technical secret' },
  PUBLISH: { zh: '公开', en: 'publish' },
} as const satisfies Record<string, BilingualText>;
export type EvaluationConclusion = keyof typeof conclusions;

/** What the evaluator says of its own interests in the matter (利益冲突声明). */
export interface ConflictOfInterest {
  readonly declared: boolean;
  readonly statement: string;
}

/** What is evaluated, under the university's own number. */
export interface EvaluatedDisclosure {
  readonly universityId: string;
  readonly number: string;
  readonly disclosureId: string;
  readonly disclosureNumber: string;
  /** The result's title as it was disclosed. */
  readonly title: string;
}

export interface Evaluator {
  readonly evaluatorKind: EvaluatorKind;
  /** The evaluating office or body; an organisation, never a person. */
  readonly evaluator: string;
  readonly conflictOfInterest?: ConflictOfInterest;
}

/** What an evaluation found. */
export interface Findings extends Scores {
  readonly evaluatedOn: LegalDate;
  /** The analysis of the prospect of industrialisation (产业化前景). */
  readonly industrialisation?: string;
  readonly conclusion: EvaluationConclusion;
  /** The report by its document number. */
  readonly evidence?: string;
  readonly evidenceFiles?: readonly EvidenceRef[];
  /** Number of the earlier evaluation of the same disclosure that this one takes the place of. */
  readonly supersedes?: string;
}

export type ConcludedEvaluation = EvaluatedDisclosure &
  Evaluator &
  Findings & {
    /** Ids of the rules that warn without refusing. */
    readonly warnings?: readonly string[];
  };

export type CommissionedEvaluation = EvaluatedDisclosure &
  Evaluator & {
    readonly commissionedOn: LegalDate;
    /** Until when the report is due. */
    readonly dueOn?: LegalDate;
  };
