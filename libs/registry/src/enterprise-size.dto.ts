import { IsFen, IsLegalDate, IsText, Optional } from '@app/http';
import { ArrayMaxSize, IsArray, IsInt, Matches, Max, Min } from 'class-validator';
import type { SizeCorrectionDraft, SizeDeterminationDraft } from './enterprise-size.handler.js';

const FIRST_DATA_YEAR = 2010;

export class EnterpriseSizeDto implements SizeDeterminationDraft {
  /** Name of the enterprise (企业名称). */
  @IsText(200)
  enterpriseName: string;

  /** Unified social credit code (统一社会信用代码). */
  @IsText(30)
  creditCode: string;

  /** Industry code of GB/T 4754-2017, a letter and two to four digits, such as `C39` (行业代码). */
  @IsText(10)
  industry: string;

  /** Employed persons (从业人员). */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(99_999_999)
  employees?: number;

  /** Revenue of the data year in fen (营业收入). */
  @Optional()
  @IsFen()
  revenueFen?: string;

  /** Total assets at the end of the data year in fen (资产总额). */
  @Optional()
  @IsFen()
  assetsFen?: string;

  /** The year the figures are of (数据年度). */
  @IsInt()
  @Min(FIRST_DATA_YEAR)
  @Max(2199)
  dataYear: number;

  /** Date of the determination (认定日期). */
  @IsLegalDate()
  determinedOn: string;

  /** What the figures rest on: declaration or audit report (佐证). */
  @IsText()
  evidence: string;

  /** Hashes of files of evidence (佐证文件). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[0-9a-f]{64}$/, { each: true })
  evidenceFiles?: string[];
}

export class EnterpriseSizeCorrectionDto extends EnterpriseSizeDto implements SizeCorrectionDraft {
  /** Why it is corrected (理由). */
  @IsText()
  reason: string;

  /** User name of the approver, another person (批准人). */
  @IsText(64)
  approver: string;
}
