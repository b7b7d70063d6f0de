import { IsText, Optional } from '@app/http';
import { ArrayMaxSize, IsArray, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import type { BaselineRevisionDraft } from './baseline.handler.js';
import { type BaselineCommand, FIRST_BASE_YEAR, MAX_BASELINE } from './baseline.js';
import { BASES, type Basis, IP_SCOPES, type IpScope } from './target-board.js';

type Approval = Omit<Extract<BaselineCommand, { type: 'ApproveBaseline' }>, 'type'>;

class BaselineValueDto {
  /** The counted conversions of the base year, a whole number. */
  @IsInt()
  @Min(0)
  @Max(MAX_BASELINE)
  value: number;

  /** Where the number comes from (来源), for example a statistical report. */
  @IsText()
  source: string;

  /** The evidence it rests on (佐证): document number or file hash. */
  @IsText()
  evidence: string;

  /** User name of the approver (批准人), another person. */
  @IsText(64)
  approver: string;
}

export class ApproveBaselineDto extends BaselineValueDto implements Approval {
  /** `city`, or a university's ledger code or full name (范围). */
  @IsText(100)
  scope: string;

  /** How conversions are counted (口径): 件次, 项 or 件. */
  @IsIn(BASES)
  basis: Basis;

  /** Every IP type, or patents only (知识产权范围). */
  @IsIn(IP_SCOPES)
  ipScope: IpScope;

  /** The base year (基年). */
  @IsInt()
  @Min(FIRST_BASE_YEAR)
  @Max(2099)
  baseYear: number;
}

export class ReviseBaselineDto extends BaselineValueDto implements BaselineRevisionDraft {
  /** Why the baseline changes (理由). */
  @IsText()
  reason: string;

  /** Hashes of files of evidence (佐证文件). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[0-9a-f]{64}$/, { each: true })
  evidenceFiles?: string[];
}
