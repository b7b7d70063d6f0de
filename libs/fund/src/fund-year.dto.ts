import { IsFen, IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { ALLOCATION_METHODS } from './allocation.js';
import { type AllocationMethod, FUND_CATEGORIES, type FundCategory } from './fund-board.js';
import {
  FUND_INSTRUMENTS,
  FUND_OBJECT_KINDS,
  FUND_PURPOSES,
  type FundInstrument,
  type FundObjectKind,
  type FundPurpose,
} from './fund-standard.js';
import type { FundClaimDraft, FundYearRequest } from './fund-year.handler.js';

type BodyOf<Type extends FundYearRequest['type']> = Omit<Extract<FundYearRequest, { type: Type }>, 'type' | 'year'>;

const keys = <Label extends object>(labels: Label) => Object.keys(labels) as Array<keyof Label & string>;

export class OpenFundYearDto implements BodyOf<'OpenFundYear'> {
  /** Fiscal year, which is the calendar year (年度). */
  @IsInt()
  year: number;

  /** Budget of the year in fen, as text: 1000万元 is "1000000000" (预算). */
  @IsFen()
  budgetFen: string;

  /** What the budget rests on (依据). */
  @IsText()
  legalBasis: string;

  /** Number of the document that grants it (文号). */
  @IsText(200)
  document: string;

  /** Date of opening (开启日期). */
  @IsLegalDate()
  openedOn: string;
}

export class FundCategoryDto implements BodyOf<'SetFundCategory'> {
  /** Head of the fund (类别). */
  @IsIn(keys(FUND_CATEGORIES))
  category: FundCategory;

  /** How the category meets its claims (分配方式). */
  @IsIn(keys(ALLOCATION_METHODS))
  method: AllocationMethod;

  /** The most the category gets, in fen (类别上限); none when left out. */
  @Optional()
  @IsFen()
  ceilingFen?: string;

  /** What the category rests on (依据); category OTHER needs it. */
  @Optional()
  @IsText()
  legalBasis?: string;
}

export class FundStandardDto implements BodyOf<'SetFundStandard'> {
  /** The standard's own number, unique in its year (标准编号). */
  @IsText(64)
  number: string;

  /** Head of the fund it belongs to (类别). */
  @IsIn(keys(FUND_CATEGORIES))
  category: FundCategory;

  /** What is supported (名称). */
  @IsText(200)
  title: string;

  /** Unit of measure (计量单位); never a count of patents. */
  @IsText(40)
  unit: string;

  /** Amount for one unit in fen (单位金额). */
  @IsFen()
  amountFen: string;

  /** The most one claim gets, in fen (单项上限); none when left out. */
  @Optional()
  @IsFen()
  capFen?: string;

  /** Kind of object claimed for (资助对象类型); a patent is none (F-X2). */
  @IsIn(keys(FUND_OBJECT_KINDS))
  objectKind: FundObjectKind;

  /** What the money pays for (用途); fees are refused (F-X1). Conversion work when left out. */
  @Optional()
  @IsIn(keys(FUND_PURPOSES))
  purpose?: FundPurpose;

  /** How it is paid (资助方式); a direct grant when left out. */
  @Optional()
  @IsIn(keys(FUND_INSTRUMENTS))
  instrument?: FundInstrument;

  /** What the standard rests on (依据). */
  @IsText()
  legalBasis: string;
}

export class FundClaimDto implements Omit<FundClaimDraft, 'type' | 'year'> {
  /** The office's own number of the claim, unique in its year (申报编号). */
  @IsText(64)
  number: string;

  /** Ledger code of the university that claims. */
  @IsUniversityId()
  universityId: string;

  /** Head of the fund (类别). */
  @IsIn(keys(FUND_CATEGORIES))
  category: FundCategory;

  /** Standard the claim stands on (标准编号). */
  @IsText(64)
  standardNumber: string;

  /** The object's own number or name in the ledger (对象编号); a commendation is `奖项/年度`. */
  @IsText(200)
  objectNumber: string;

  /** How many units of the standard (数量). */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  units: number;

  /** Place in a ranked category, 1 first (排序). */
  @Optional()
  @IsInt()
  @Min(1)
  rank?: number;

  /** Date of the claim (申报日期). */
  @IsLegalDate()
  claimedOn: string;

  /** Performance target: indicator, value, deadline and evidence (绩效目标). */
  @IsText(1_000)
  performanceTarget: string;

  /** What other funds the same object was claimed from (其他资金申报). */
  @Optional()
  @IsText()
  otherFunding?: string;
}

export class FundWithdrawalDto {
  /** Why the claim is withdrawn (撤回理由). */
  @IsText()
  reason: string;
}

/** Nothing is said beside the year. */
export class FundAllocationDto {}

export class FundBoardDto {
  /** Position token the answer must include. */
  @Optional()
  @Matches(/^[0-9a-f]{16}\.[0-9a-f]{32}$/)
  after?: string;
}
