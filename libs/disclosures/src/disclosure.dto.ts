import { IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { type IpType, ipTypes } from '@app/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  type Confidentiality,
  type Funding,
  type FundingSource,
  type GraceGround,
  type Publication,
  type ThirdPartyRight,
  type ThirdPartyRightKind,
  confidentialities,
  fundingSources,
  graceGrounds,
  publications,
  thirdPartyRightKinds,
} from './disclosure-facts.js';
import type { DisclosureRequest, NamedInventor } from './disclosure-input.handler.js';
import { type Employment, type InventorRole, employments, inventorRoles } from './inventor.js';

/** SHA-256 in hex, as the upload of a file answers it. */
export const HASH = /^[0-9a-f]{64}$/;

export class InventorDto implements NamedInventor {
  /** Staff number at the university (工号); kept in the person store, never in an event. */
  @IsText(64)
  staffNumber: string;

  /** Name (姓名); kept in the person store, never in an event. */
  @IsText(100)
  name: string;

  /** Share in units of 0.01%; all shares add up to 10000 (份额, 万分之). */
  @IsInt()
  @Min(1)
  @Max(10_000)
  sharePermyriad: number;

  /** LEAD or INVENTOR; organisers, providers of facilities and assistants are not inventors and are refused (D-5). */
  @IsIn(Object.keys(inventorRoles))
  role: InventorRole;

  /** How the person belongs to the university (人员类型). */
  @Optional()
  @IsIn(Object.keys(employments))
  employment?: Employment;
}

export class FundingDto implements Funding {
  /** Source of the money (经费来源). */
  @IsIn(Object.keys(fundingSources))
  source: FundingSource;

  /** Number of the project (项目编号). */
  @Optional()
  @IsText()
  projectNo?: string;
}

export class ThirdPartyRightDto implements ThirdPartyRight {
  /** Joint work, commissioned research or a material transfer agreement. */
  @IsIn(Object.keys(thirdPartyRightKinds))
  kind: ThirdPartyRightKind;

  /** The other organisation; not a person (权利方). */
  @IsText(200)
  party: string;

  /** Number of the agreement (协议编号). */
  @Optional()
  @IsText(200)
  documentNo?: string;
}

/** What may be left unsaid and supplied later. */
export class ParticularsDto {
  /** Inventors with their shares (发明人). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => InventorDto)
  inventors?: InventorDto[];

  /** Date the result was discovered (发现日期), not after its disclosure. */
  @Optional()
  @IsLegalDate()
  discoveredOn?: string;

  /** Source of the money (经费来源). */
  @Optional()
  @IsIn(Object.keys(fundingSources))
  funding?: FundingSource;

  /** Number of the project (项目编号). */
  @Optional()
  @IsText()
  projectNo?: string;

  /** Sources of money beside the first (其他经费来源). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => FundingDto)
  furtherFunding?: FundingDto[];

  /** First publication before filing (公开发表日期); recorded with a novelty warning (D-4). */
  @Optional()
  @IsLegalDate()
  publishedOn?: string;

  /** How it was published (公开方式). */
  @Optional()
  @IsIn(Object.keys(publications))
  publication?: Publication;

  /** Case of the six-month grace period that is claimed (不丧失新颖性情形). */
  @Optional()
  @IsIn(Object.keys(graceGrounds))
  graceGround?: GraceGround;

  /** What other organisations may claim of it (第三方权利). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ThirdPartyRightDto)
  thirdPartyRights?: ThirdPartyRightDto[];

  /** Intended protection (拟保护方式). */
  @Optional()
  @IsIn(ipTypes)
  protection?: IpType;

  /** Keywords (关键词). */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsText(100, { each: true })
  keywords?: string[];

  /** Companies that may want it (意向受让方); not persons. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsText(200, { each: true })
  suggestedLicensees?: string[];

  /** Hashes of uploaded files (附件); the disclosure holds no file itself. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(HASH, { each: true })
  attachments?: string[];
}

/** Of a SECRET result only `universityId`, `number` and `confidentiality` may be sent (D-3). */
export class DisclosureDto extends ParticularsDto implements Omit<DisclosureRequest, 'type'> {
  /** The university's ledger code (学校代码). */
  @IsUniversityId()
  universityId: string;

  /** The university's own number of the disclosure (披露编号). */
  @IsText(64)
  number: string;

  /** Confidentiality class (密级). */
  @IsIn(Object.keys(confidentialities))
  confidentiality: Confidentiality;

  /** Title of the result (成果名称). */
  @Optional()
  @IsText()
  title?: string;

  /** Date the result was completed (完成日期). */
  @Optional()
  @IsLegalDate()
  completedOn?: string;

  /** Date it was disclosed to the university (披露日期). */
  @Optional()
  @IsLegalDate()
  disclosedOn?: string;
}
