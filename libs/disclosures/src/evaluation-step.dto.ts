import { ApprovalDto } from '@app/access';
import { IsLegalDate, IsText, Optional } from '@app/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { HASH } from './disclosure.dto.js';
import { removableFindings } from './evaluation-correction.js';
import { type EvaluationConclusion, type EvaluatorKind, conclusions, evaluatorKinds } from './evaluation-facts.js';
import { ConflictOfInterestDto, EvaluatorDto, FindingsDto, OptionalFindingsDto } from './evaluation.dto.js';
import type { ReleaseRequest } from './evaluation.handler.js';
import {
  type DecidedFiling,
  type FeeArrangement,
  type FeeBearer,
  type FilingDecision,
  feeBearers,
  filingDecisions,
} from './filing.js';

export class ReplaceEvaluatorDto extends EvaluatorDto {
  /** Date of the replacement (更换日期). */
  @IsLegalDate()
  replacedOn: string;

  /** Why (更换理由). */
  @IsText()
  reason: string;
}

export class ConclusionDto extends FindingsDto {
  /** The evaluator's statement of its interests (利益冲突声明), where it was not made before. */
  @Optional()
  @ValidateNested()
  @Type(() => ConflictOfInterestDto)
  conflictOfInterest?: ConflictOfInterestDto;
}

export class FeeArrangementDto implements FeeArrangement {
  /** Who bears the patent fees (费用承担). */
  @IsIn(Object.keys(feeBearers))
  bearer: FeeBearer;

  /** The inventors' part of shared fees, in 0.01% (发明人承担比例). */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(9_999)
  inventorPermyriad?: number;

  /** The inventors' share of the right where ownership is split, in 0.01% (产权比例). */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  inventorOwnershipPermyriad?: number;

  /** Whether inventors would pay out of public money (财政资金); refused (E-26). */
  @Optional()
  @IsBoolean()
  publicMoney?: boolean;
}

export class FilingDecisionDto implements DecidedFiling {
  /** Whether to file (申请决定). */
  @IsIn(Object.keys(filingDecisions))
  decision: FilingDecision;

  /** Date of the decision (决定日期). */
  @IsLegalDate()
  decidedOn: string;

  /** Post of who decided (决定人职务), such as 科研院院长; not a name. */
  @IsText(100)
  decidedBy: string;

  /** Clause of a commissioned-research contract that settles it against the evaluation (合同条款). */
  @Optional()
  @IsText()
  contractClause?: string;

  /** Agreement on the patent fees (费用分担). */
  @Optional()
  @ValidateNested()
  @Type(() => FeeArrangementDto)
  fees?: FeeArrangementDto;

  /** Statement of diligence, for the exemption from liability (勤勉尽责陈述); with a decision not to file only. */
  @Optional()
  @IsText(2_000)
  diligence?: string;
}

export class ReleaseDto implements Omit<ReleaseRequest, 'type'> {
  /** Date of the release (转给发明人日期). */
  @IsLegalDate()
  on: string;

  /** Number of the written contract with the inventors (书面合同编号). */
  @IsText(64)
  contractNo: string;

  /** The university's share of the inventors' proceeds after costs, in 0.01% (返还学校比例); 0 needs `zeroShareClause`. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  sharePermyriad: number;

  /** Clause that says the university gets nothing (零比例条款). */
  @Optional()
  @IsText()
  zeroShareClause?: string;

  /** Staff numbers or person ids of the inventors it is released to; all of them when left out (受让发明人). */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsText(64, { each: true })
  inventors?: string[];

  /** Document it rests on (佐证). */
  @Optional()
  @IsText()
  evidence?: string;

  /** Hashes of uploaded files of evidence. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(HASH, { each: true })
  evidenceFiles?: string[];
}

/** What is put right: every field with the value it should have. */
export class CorrectedEvaluationDto extends OptionalFindingsDto {
  /** The university's own office or a commissioned body (评估方式). */
  @Optional()
  @IsIn(Object.keys(evaluatorKinds))
  evaluatorKind?: EvaluatorKind;

  /** Name of the evaluating office or body (评估机构). */
  @Optional()
  @IsText()
  evaluator?: string;

  /** The evaluator's statement of its interests (利益冲突声明). */
  @Optional()
  @ValidateNested()
  @Type(() => ConflictOfInterestDto)
  conflictOfInterest?: ConflictOfInterestDto;

  /** Date of the evaluation (评估日期). */
  @Optional()
  @IsLegalDate()
  evaluatedOn?: string;

  /** What the evaluation recommends (评估结论). */
  @Optional()
  @IsIn(Object.keys(conclusions))
  conclusion?: EvaluationConclusion;
}

export class CorrectEvaluationDto extends ApprovalDto {
  /** The fields to put right, together; may be empty when only the decision is revised. */
  @IsObject()
  @ValidateNested()
  @Type(() => CorrectedEvaluationDto)
  changes: CorrectedEvaluationDto;

  /** Entries to take out. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(removableFindings.length)
  @IsIn(removableFindings, { each: true })
  removes?: Array<(typeof removableFindings)[number]>;

  /** The filing decision as it should be, whole; a superseded evaluation's decision is revised on the later one. */
  @Optional()
  @ValidateNested()
  @Type(() => FilingDecisionDto)
  filing?: FilingDecisionDto;
}
