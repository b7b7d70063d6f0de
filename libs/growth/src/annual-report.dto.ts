import { ApprovalDto } from '@app/access';
import { IsText, IsUniversityId, Optional } from '@app/http';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';

export class AnnualReportPathDto {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** The year reported on (年度). */
  @Type(() => Number)
  @IsInt()
  @Min(1900)
  @Max(2199)
  year: number;
}

export class AnnualReportDto {
  /** Position token the answer must include. */
  @Optional()
  @IsString()
  @MaxLength(64)
  after?: string;
}

export class FileAnnualReportDto {
  /** User name of the second person (审核), who may not be the one who files (制表). */
  @IsText(64)
  approver: string;

  /** What the figures do not say (说明). */
  @Optional()
  @IsText(500)
  note?: string;
}

export class RestateAnnualReportDto extends ApprovalDto {}
