import { IsFen, IsLegalDate, IsUniversityId } from '@app/http';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import type { GrantFacts, RecordOpenGrant } from './open-grant.js';
import {
  type AnnounceOpenLicence,
  OPEN_FEE_TYPES,
  type OpenFeeType,
  type WithdrawOpenLicence,
} from './open-licence.js';
import type { OpenLicenceDraft } from './open-licence.handler.js';

export class DeclareOpenLicenceDto implements OpenLicenceDraft {
  /** Ledger code of the university that declares. */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the declaration (声明编号), unique within it. */
  @IsString()
  @Length(1, 64)
  number: string;

  /** Registration number of the patent (专利号); it must be granted. */
  @IsString()
  @Length(1, 64)
  asset: string;

  /** Date of the declaration (声明日). */
  @IsLegalDate()
  declaredOn: string;

  /** Last day of the licences offered (许可期限止). */
  @IsLegalDate()
  endsOn: string;

  /** How the fee is charged (计费方式). */
  @IsIn(Object.keys(OPEN_FEE_TYPES))
  feeType: OpenFeeType;

  /** The whole fee, or the entry fee, in fen as text; left out where none is charged. */
  @IsOptional()
  @IsFen()
  feeFen?: string;

  /** Royalty in 0.01% (提成率，万分之). */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  royaltyPermyriad?: number;

  /** Number of the patent evaluation report (专利权评价报告编号); needed for utility models and designs. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  evaluationReportNo?: string;

  /** Date of the evaluation report. */
  @IsOptional()
  @IsLegalDate()
  evaluationReportOn?: string;
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

export class GrantOpenLicenceDto implements Omit<GrantFacts, 'declarationId'> {
  /** The university's own number of the grant (许可编号), unique within it. */
  @IsString()
  @Length(1, 64)
  number: string;

  /** Name of the licensee (被许可方). */
  @IsString()
  @Length(1, 200)
  licensee: string;

  /** Unified social credit code of the licensee. */
  @IsOptional()
  @IsString()
  @Length(18, 18)
  licenseeCode?: string;

  /** Division code of the licensee's registered address (住所区划), six digits. */
  @IsOptional()
  @Matches(/^\d{6}$/)
  licenseeDivision?: string;

  /** Date of the written notice to the patentee (通知日). */
  @IsLegalDate()
  noticeOn: string;

  /** Date of payment (付费日); the date of notice for a free licence. */
  @IsLegalDate()
  paidOn: string;

  /** Amount paid in fen, as text. */
  @IsFen()
  paidFen: string;
}

export class RecordOpenGrantDto implements Omit<RecordOpenGrant, 'type'> {
  /** Recording number at CNIPA (备案号). */
  @IsString()
  @Length(1, 64)
  recordNo: string;

  /** Date of recording (备案日). */
  @IsLegalDate()
  recordedOn: string;
}
