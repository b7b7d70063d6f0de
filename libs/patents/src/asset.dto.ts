import { ApprovalDto } from '@app/access';
import { IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { type IpType, ipTypes } from '@app/kernel';
import { Type } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import type { CorrectionRequest } from './asset-correction.handler.js';
import type { AssetData, CoOwner, CorrectableData } from './asset-events.js';

export class CoOwnerDto implements CoOwner {
  /** Name of the co-owner (共有人), an organisation. */
  @IsText(200)
  name: string;

  /** Share in 0.01%; leave out where none is agreed. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(9_999)
  sharePermyriad?: number;
}

export class RegisterAssetDto implements AssetData {
  /** Ledger code of the university that owns the asset. */
  @IsUniversityId()
  universityId: string;

  /** Kind of intellectual property (知识产权类型). */
  @IsIn(ipTypes)
  ipType: IpType;

  /** Application or registration number (专利号/登记号); checked and normalised by its kind. */
  @IsText(64)
  number: string;

  /** Title (名称). */
  @IsText(500)
  title: string;

  /** Filing date (申请日). */
  @IsLegalDate()
  filedOn: string;

  /** Date of grant or registration (授权/登记日). */
  @Optional()
  @IsLegalDate()
  grantedOn?: string;

  /** Other owners beside the university. */
  @Optional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CoOwnerDto)
  coOwners?: CoOwnerDto[];

  /** Number of the disclosure it came from (披露编号). */
  @Optional()
  @IsText(64)
  disclosureNumber?: string;

  /** First commercial use of a layout design (首次商业利用日). */
  @Optional()
  @IsLegalDate()
  firstUsedOn?: string;

  /** Why it was filed without an evaluation though the university's policy asks for one (免予评估理由); shown as a flag. */
  @Optional()
  @IsText(500)
  evaluationExemption?: string;
}

/** What is put right: every field with the value it should have. */
export class CorrectedDataDto implements Partial<CorrectableData> {
  /** Title (名称). */
  @Optional()
  @IsText(500)
  title?: string;

  /** Filing date (申请日). */
  @Optional()
  @IsLegalDate()
  filedOn?: string;

  /** Date of grant or registration (授权/登记日). */
  @Optional()
  @IsLegalDate()
  grantedOn?: string;

  /** Number of the disclosure it came from (披露编号). */
  @Optional()
  @IsText(64)
  disclosureNumber?: string;
}

const REMOVABLE = ['grantedOn', 'disclosureNumber'] as const;

export class CorrectAssetDto extends ApprovalDto implements CorrectionRequest {
  /** The fields to put right, together. */
  @IsObject()
  @ValidateNested()
  @Type(() => CorrectedDataDto)
  changes: CorrectedDataDto;

  /** Data to take out. */
  @Optional()
  @IsArray()
  @ArrayUnique()
  @IsIn(REMOVABLE, { each: true })
  removes?: Array<(typeof REMOVABLE)[number]>;
}
