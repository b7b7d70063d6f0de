import { IsFen, IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { FEE_TYPES, type FeeType, WHOLE_PERMYRIAD } from '@app/kernel';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { type FeeTerms, type OfferedInstalment, ROYALTY_BASES, type RoyaltyBase } from './fee-standard.js';
import type {
  AnnounceOpenLicence,
  ChangeFeeStandard,
  RejectOpenLicence,
  TerminateOpenLicence,
  WithdrawOpenLicence,
} from './open-licence-events.js';
import type { OpenLicenceDraft } from './open-licence.handler.js';

export class OfferedInstalmentDto implements OfferedInstalment {
  /** Months after the licence takes effect; 0 for the first. */
  @IsInt()
  @Min(0)
  @Max(240)
  afterMonths: number;

  /** Amount in fen, as text. */
  @IsFen()
  amountFen: string;
}

export class FeeTermsDto implements FeeTerms {
  /** How the fee is charged (计费方式). */
  @IsIn(Object.keys(FEE_TYPES))
  feeType: FeeType;

  /** The whole fee, or the entry fee, in fen as text; left out where none is charged. */
  @Optional()
  @IsFen()
  feeFen?: string;

  /** Royalty in 0.01% (提成率，万分之). */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(WHOLE_PERMYRIAD)
  royaltyPermyriad?: number;

  /** What the royalty is taken of (提成基数). */
  @Optional()
  @IsIn(Object.keys(ROYALTY_BASES))
  royaltyBase?: RoyaltyBase;

  /** The parts of a fee paid by instalments, which add up to it (分期付款计划). */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(60)
  @ValidateNested({ each: true })
  @Type(() => OfferedInstalmentDto)
  instalments?: OfferedInstalmentDto[];

  /** How the fee was calculated (使用费计算依据和方式). */
  @Optional()
  @IsText(2_000)
  valuation?: string;
}

export class DeclareOpenLicenceDto extends FeeTermsDto implements OpenLicenceDraft {
  /** Ledger code of the university that declares. */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the declaration (声明编号), unique within it. */
  @IsText(64)
  number: string;

  /** Registration number of the patent (专利号); it must be granted. */
  @IsText(64)
  asset: string;

  /** Date of the declaration (声明日), 2021-06-01 or later. */
  @IsLegalDate()
  declaredOn: string;

  /** Last day of the licences offered (许可期限止). */
  @IsLegalDate()
  endsOn: string;

  /** Number of the patent evaluation report (专利权评价报告编号); needed for utility models and designs. */
  @Optional()
  @IsText(64)
  evaluationReportNo?: string;

  /** Date of the evaluation report. */
  @Optional()
  @IsLegalDate()
  evaluationReportOn?: string;

  /** Whether the report finds that the conditions of grant are met (评价报告结论). */
  @Optional()
  @IsBoolean()
  evaluationReportMeets?: boolean;

  /** Names of the co-owners who declare with the university (声明人); all of them. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsText(200, { each: true })
  declarants?: string[];

  /** Whether the pledgee of a pledged patent agrees (质权人同意). */
  @Optional()
  @IsBoolean()
  pledgeeConsent?: boolean;

  /** Whatever else the declaration states (其他事项). */
  @Optional()
  @IsText(2_000)
  note?: string;
}

export class AnnounceOpenLicenceDto implements Omit<AnnounceOpenLicence, 'type'> {
  /** Date of the announcement at CNIPA (公告日); the open licence is in force from it. */
  @IsLegalDate()
  announcedOn: string;
}

export class WithdrawOpenLicenceDto implements Omit<WithdrawOpenLicence, 'type'> {
  /** Date on which the withdrawal was announced (撤回公告日); earlier grants stay. */
  @IsLegalDate()
  withdrawnOn: string;
}

export class TerminateOpenLicenceDto implements Omit<TerminateOpenLicence, 'type'> {
  /** First day on which nobody can take the licence any more (终止日). */
  @IsLegalDate()
  endedOn: string;

  /** What happened to the patent: lapsed (终止) or invalidated (宣告无效). */
  @IsIn(['LAPSED', 'INVALIDATED'])
  cause: TerminateOpenLicence['cause'];
}

export class RejectOpenLicenceDto implements Omit<RejectOpenLicence, 'type'> {
  /** Date on which CNIPA decided not to announce (不予公告日). */
  @IsLegalDate()
  rejectedOn: string;

  /** Its ground (理由). */
  @IsText()
  ground: string;
}

export class ChangeFeeStandardDto extends FeeTermsDto implements Omit<ChangeFeeStandard, 'type'> {
  /** Date on which the new standard was announced (公告日); notices from it on are judged by it. */
  @IsLegalDate()
  announcedOn: string;
}
