import { IsLegalDate, IsUniversityId } from '@app/http';
import { type IpType, ipTypes } from '@app/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { type Confidentiality, type FundingSource, confidentialities, fundingSources } from './disclosure.js';
import type { DisclosureRequest, NamedInventor } from './disclosure.handler.js';
import { type InventorRole, inventorRoles } from './inventor.js';

/** May be left out, but not null: no event holds a null. */
export const Optional = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);

/** Text without space before or after it. */
export const TRIMMED = /^(?!\s)[\s\S]*(?<!\s)$/;

export class InventorDto implements NamedInventor {
  /** Staff number at the university (工号); kept in the person store, never in an event. */
  @IsString()
  @Length(1, 64)
  @Matches(TRIMMED)
  staffNumber: string;

  /** Name (姓名); kept in the person store, never in an event. */
  @IsString()
  @Length(1, 100)
  @Matches(TRIMMED)
  name: string;

  /** Share in units of 0.01%; all shares add up to 10000 (份额, 万分之). */
  @IsInt()
  @Min(1)
  @Max(10_000)
  sharePermyriad: number;

  /** LEAD or INVENTOR; organisers, providers of facilities and assistants are not inventors and are refused (D-5). */
  @IsIn(Object.keys(inventorRoles))
  role: InventorRole;
}

/** Of a SECRET result only `universityId`, `number` and `confidentiality` may be sent (D-3). */
export class DisclosureDto implements Omit<DisclosureRequest, 'type'> {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the disclosure (披露编号). */
  @IsString()
  @Length(1, 64)
  @Matches(TRIMMED)
  number: string;

  /** Confidentiality class (密级). */
  @IsIn(Object.keys(confidentialities))
  confidentiality: Confidentiality;

  /** Title of the result (成果名称). */
  @Optional()
  @IsString()
  @Length(1, 500)
  @Matches(TRIMMED)
  title?: string;

  /** Date the result was completed (完成日期). */
  @Optional()
  @IsLegalDate()
  completedOn?: string;

  /** Date it was disclosed to the university (披露日期). */
  @Optional()
  @IsLegalDate()
  disclosedOn?: string;

  /** Inventors with their shares (发明人). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => InventorDto)
  inventors?: InventorDto[];

  /** Source of the money (经费来源). */
  @Optional()
  @IsIn(Object.keys(fundingSources))
  funding?: FundingSource;

  /** Number of the project (项目编号). */
  @Optional()
  @IsString()
  @Length(1, 500)
  @Matches(TRIMMED)
  projectNo?: string;

  /** First publication before filing (公开发表日期); recorded with a novelty warning (D-4). */
  @Optional()
  @IsLegalDate()
  publishedOn?: string;

  /** Intended protection (拟保护方式). */
  @Optional()
  @IsIn(ipTypes)
  protection?: IpType;
}
