import { ApprovalDto } from '@app/access';
import { IsFen, IsInstant, IsLegalDate, IsText, Optional } from '@app/http';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { CoOwnerDto } from './asset.dto.js';
import {
  INVALIDATION_SCOPES,
  type InvalidationScope,
  LAPSE_CAUSES,
  type LapseCause,
  REGISTRATION_ENDS,
  type RegistrationEnd,
  SUSPENSION_CAUSES,
  type SuspensionCause,
} from './asset-entry.js';
import type { EntryVoidingRequest } from './asset-entry.handler.js';

const keys = <Labels extends object>(labels: Labels) => Object.keys(labels) as Array<keyof Labels & string>;

class NotedDto {
  /** A remark kept with the entry (备注). */
  @Optional()
  @IsText(500)
  note?: string;
}

/** A fact with nothing but its legal date. */
export class DatedEntryDto extends NotedDto {
  /** Legal date of the fact, not in the future. */
  @IsLegalDate()
  on: string;
}

export class PublicationDto extends DatedEntryDto {
  /** Publication number (公布号), e.g. CN116388783A. */
  @Optional()
  @IsText(64)
  publicationNo?: string;
}

export class LapseDto extends DatedEntryDto {
  /** Why it is at an end (终止原因). */
  @IsIn(keys(LAPSE_CAUSES))
  cause: LapseCause;
}

export class InvalidationDto extends DatedEntryDto {
  /** Whether wholly or partly invalid. */
  @IsIn(keys(INVALIDATION_SCOPES))
  scope: InvalidationScope;

  /** Number of the decision (审查决定号). */
  @IsText(64)
  decisionNo: string;
}

export class RenewalDto extends DatedEntryDto {
  /** Last day of the renewed term. */
  @IsLegalDate()
  to: string;
}

export class RegistrationEndDto extends DatedEntryDto {
  /** How the registration ended. */
  @IsIn(keys(REGISTRATION_ENDS))
  cause: RegistrationEnd;
}

export class PledgeDto extends DatedEntryDto {
  /** Number of the pledge's registration (质押登记号). */
  @IsText(64)
  pledgeNo: string;

  /** The pledgee (质权人). */
  @IsText(200)
  pledgee: string;

  /** Amount secured, in fen. */
  @Optional()
  @IsFen()
  amountFen?: string;

  /** Whether the pledgee agreed to an open licence (细则 art 86). */
  @IsBoolean()
  openLicenceConsent: boolean;
}

export class PledgeReleaseDto extends DatedEntryDto {
  /** Number of the pledge that is released. */
  @IsText(64)
  pledgeNo: string;
}

export class SuspensionDto extends DatedEntryDto {
  /** Number of the document that suspends (文号). */
  @IsText(64)
  documentNo: string;

  /** Ownership dispute or court preservation. */
  @IsIn(keys(SUSPENSION_CAUSES))
  cause: SuspensionCause;
}

export class SuspensionEndDto extends DatedEntryDto {
  /** Number of the document whose suspension ends. */
  @IsText(64)
  documentNo: string;
}

export class AnnuityDto extends NotedDto {
  /** The year of the patent the annuity pays (年度), counted from filing. */
  @IsInt()
  @Min(1)
  @Max(20)
  year: number;

  /** When it was paid. */
  @IsLegalDate()
  paidOn: string;

  /** What was paid, in fen. */
  @Optional()
  @IsFen()
  feeFen?: string;
}

export class CoOwnersDto extends DatedEntryDto {
  /** All co-owners beside the owner from that date on; none when empty. */
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => CoOwnerDto)
  coOwners: CoOwnerDto[];

  /** The document of the change (手续合格通知书号). */
  @IsText(64)
  documentNo: string;
}

export class EntryVoidingDto extends ApprovalDto implements EntryVoidingRequest {
  /** Stream revision of the entry, as the register shows it. */
  @IsInt()
  @Min(1)
  revision: number;
}

export class TitleRegisterDto {
  /** Legal date the register is read as of; today when left out. */
  @Optional()
  @IsLegalDate()
  asOf?: string;

  /** Only what was recorded by this instant (ISO 8601 with its offset), or by the end of this date in China. */
  @Optional()
  @IsInstant()
  recordedBy?: string;
}
