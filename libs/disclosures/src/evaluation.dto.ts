import { IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  Matches,
  ValidateNested,
} from 'class-validator';
import { HASH } from './disclosure.dto.js';
import {
  type ConflictOfInterest,
  type EvaluationConclusion,
  type Evaluator,
  type EvaluatorKind,
  conclusions,
  evaluatorKinds,
} from './evaluation-facts.js';
import type { CommissionRequest, EvaluationRequest } from './evaluation.handler.js';
import { type Grade, type OwnCard, type Score, grades } from './score-card.js';

export class ConflictOfInterestDto implements ConflictOfInterest {
  /** Whether the evaluator declares a conflict; such an evaluator is to be replaced (E-19). */
  @IsBoolean()
  declared: boolean;

  /** What it states (声明内容). */
  @IsText(2_000)
  statement: string;
}

export class ScoreDto implements Score {
  /** Dimension of the card (维度). */
  @IsText(100)
  dimension: string;

  /** Grade or points as the card gives them (等级/得分). */
  @IsText(20)
  grade: string;
}

export class OwnCardDto implements OwnCard {
  /** The university's version of the card, such as 2024. */
  @IsText(32)
  version: string;

  /** Name of the card (评分卡名称). */
  @IsText(200)
  name: string;

  /** The scores by dimension. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ScoreDto)
  scores: ScoreDto[];
}

export class EvaluatorDto implements Evaluator {
  /** The university's own office or a commissioned body (评估方式). */
  @IsIn(Object.keys(evaluatorKinds))
  evaluatorKind: EvaluatorKind;

  /** Name of the evaluating office or body (评估机构); not of a person. */
  @IsText()
  evaluator: string;

  /** The evaluator's statement of its interests (利益冲突声明). */
  @Optional()
  @ValidateNested()
  @Type(() => ConflictOfInterestDto)
  conflictOfInterest?: ConflictOfInterestDto;
}

/** What every way of opening an evaluation says. */
class OpenedEvaluationDto extends EvaluatorDto {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the evaluation (评估编号). */
  @IsText(64)
  number: string;

  /** Number of the disclosure that is evaluated (披露编号). */
  @IsText(64)
  disclosureNumber: string;
}

export class CommissionDto extends OpenedEvaluationDto implements Omit<CommissionRequest, 'type'> {
  /** Date it was commissioned (委托日期). */
  @IsLegalDate()
  commissionedOn: string;

  /** Until when the report is due (应完成日期). */
  @Optional()
  @IsLegalDate()
  dueOn?: string;
}

/** What an evaluation may find beside its conclusion. */
export class OptionalFindingsDto {
  /** Patentability (可专利性), on the common card `score-card/1`. */
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

  /** The university's own score card instead of the four common grades (本校评分卡). */
  @Optional()
  @ValidateNested()
  @Type(() => OwnCardDto)
  ownCard?: OwnCardDto;

  /** Prospect of industrialisation (产业化前景); required from 2023-10-17 on (E-10). */
  @Optional()
  @IsText(5_000)
  industrialisation?: string;

  /** Number of the report (评估报告号). */
  @Optional()
  @IsText()
  evidence?: string;
}

export class FindingsDto extends OptionalFindingsDto {
  /** Date of the evaluation (评估日期). */
  @IsLegalDate()
  evaluatedOn: string;

  /** What the evaluation recommends (评估结论). */
  @IsIn(Object.keys(conclusions))
  conclusion: EvaluationConclusion;

  /** Hashes of uploaded files of evidence. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(HASH, { each: true })
  evidenceFiles?: string[];

  /** Number of the earlier evaluation of the same disclosure that this one takes the place of (取代的评估编号). */
  @Optional()
  @IsText(64)
  supersedes?: string;
}

export class EvaluationDto
  extends IntersectionType(OpenedEvaluationDto, FindingsDto)
  implements Omit<EvaluationRequest, 'type'> {}
