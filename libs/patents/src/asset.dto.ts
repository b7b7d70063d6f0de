import { IsLegalDate, IsUniversityId } from '@app/http';
import { type IpType, ipTypes } from '@app/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import type { AssetData, CoOwner } from './asset-events.js';

export class CoOwnerDto implements CoOwner {
  /** Name of the co-owner (共有人), an organisation. */
  @IsString()
  @Length(1, 200)
  name: string;

  /** Share in 0.01%; leave out where none is agreed. */
  @IsOptional()
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
  @IsString()
  @Length(1, 64)
  number: string;

  /** Title (名称). */
  @IsString()
  @Length(1, 500)
  title: string;

  /** Filing date (申请日). */
  @IsLegalDate()
  filedOn: string;

  /** Date of grant or registration (授权/登记日). */
  @IsOptional()
  @IsLegalDate()
  grantedOn?: string;

  /** Other owners beside the university. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CoOwnerDto)
  coOwners?: CoOwnerDto[];

  /** Number of the disclosure it came from (披露编号). */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  disclosureNumber?: string;
}
