import { IsLegalDate, IsUniversityId } from '@app/http';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { Optional, TRIMMED } from './disclosure.dto.js';
import {
  type DecidedFiling,
  type EvaluationConclusion,
  type EvaluatorKind,
  type FilingDecision,
  type Grade,
  conclusions,
  evaluatorKinds,
  filingDecisions,
  grades,
} from './evaluation.js';
import type { EvaluationRequest } from './evaluation.handler.js';

export class EvaluationDto implements Omit<EvaluationRequest, 'type'> {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the evaluation (评估编号). */
  @IsString()
  @Length(1, 64)
  @Matches(TRIMMED)
  number: string;

  /** Number of the disclosure that was evaluated (披露编号). */
  @IsString()
  @Length(1, 64)
  @Matches(TRIMMED)
  disclosureNumber: string;

  /** The university's own office or a commissioned body (评估方式). */
  @IsIn(Object.keys(evaluatorKinds))
  evaluatorKind: EvaluatorKind;

  /** Name of the evaluating office or body (评估机构); not of a person. */
  @IsString()
  @Length(1, 500)
  @Matches(TRIMMED)
  evaluator: string;

  /** Date of the evaluation (评估日期). */
  @IsLegalDate()
  evaluatedOn: string;

  /** Patentability (可专利性). */
  @Optional()
  @IsIn(Object.keys(grades))
  patentability?: Grade;

  /** Technical advance (技术). */
  @Optional()
  @IsIn(Object.keys(grades))
  technology?: Grade;

  /** Market prospect (市场). */
  @Optional()
  @IsIn(Object.keys(grades))
  market?: Grade;

  /** Legal risk (法律). */
  @Optional()
  @IsIn(Object.keys(grades))
  legal?: Grade;

  /** Prospect of industrialisation (产业化前景); required from 2023-10-17 on (E-10). */
  @Optional()
  @IsString()
  @Length(1, 5_000)
  @Matches(TRIMMED)
  industrialisation?: string;

  /** What the evaluation recommends (评估结论). */
  @IsIn(Object.keys(conclusions))
  conclusion: EvaluationConclusion;
}

export class FilingDecisionDto implements DecidedFiling {
  /** Whether to file (申请决定). */
  @IsIn(Object.keys(filingDecisions))
  decision: FilingDecision;

  /** Date of the decision (决定日期). */
  @IsLegalDate()
  decidedOn: string;

  /** Post of who decided (决定人职务), such as 科研院院长; not a name. */
  @IsString()
  @Length(1, 100)
  @Matches(TRIMMED)
  decidedBy: string;

  /** Clause of a commissioned-research contract that settles it against the evaluation (合同条款). */
  @Optional()
  @IsString()
  @Length(1, 500)
  @Matches(TRIMMED)
  contractClause?: string;
}
