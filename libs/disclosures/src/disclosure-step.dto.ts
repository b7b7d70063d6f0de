import { ApprovalDto } from '@app/access';
import { IsLegalDate, IsText, Optional } from '@app/http';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, ValidateNested } from 'class-validator';
import { ParticularsDto } from './disclosure.dto.js';
import { removableFacts } from './disclosure-amendment.js';
import type { ReturnedDisclosure } from './disclosure-events.js';
import { type Confidentiality, confidentialities } from './disclosure-facts.js';
import { type Determination, type ServiceGround, serviceGrounds } from './service-invention.js';

export class DeterminationDto implements Determination {
  /** Why the result is a service invention, or that it is none (认定依据). */
  @IsIn(Object.keys(serviceGrounds))
  ground: ServiceGround;

  /** Date of the determination (认定日期). */
  @IsLegalDate()
  determinedOn: string;

  /** The facts it rests on (认定理由); of a former member also how it relates to the former work. No names. */
  @IsText(2_000)
  basis: string;

  /** Clause of the contract on results that used the university's means (合同条款); for MATERIAL_CONDITIONS and NOT_SERVICE. */
  @Optional()
  @IsText()
  contractClause?: string;

  /** Day of retirement, transfer or end of employment (离职日期); for WITHIN_ONE_YEAR. */
  @Optional()
  @IsLegalDate()
  leftOn?: string;
}

export class SupplementDto extends ParticularsDto {
  /** Date of the supplement (补充日期). */
  @IsLegalDate()
  on: string;
}

export class AcceptanceDto {
  /** Date of acceptance (受理日期). */
  @IsLegalDate()
  on: string;
}

export class ReturnDto implements ReturnedDisclosure {
  /** Date of the return (退回日期). */
  @IsLegalDate()
  on: string;

  /** What is missing or wrong (退回理由). */
  @IsText(2_000)
  reason: string;

  /** Until when the supplement is asked for (补正期限). */
  @Optional()
  @IsLegalDate()
  dueOn?: string;
}

/** What is put right: every field with the value it should have. */
export class CorrectedFactsDto extends ParticularsDto {
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

  /** Confidentiality class (密级); a result cannot be made secret afterwards: the log already holds it. */
  @Optional()
  @IsIn(Object.keys(confidentialities).filter((confidentiality) => confidentiality !== 'SECRET'))
  confidentiality?: Exclude<Confidentiality, 'SECRET'>;

  /** The determination as it should be (职务发明认定). */
  @Optional()
  @ValidateNested()
  @Type(() => DeterminationDto)
  determination?: DeterminationDto;
}

export class CorrectDisclosureDto extends ApprovalDto {
  /** The fields to put right, together. */
  @IsObject()
  @ValidateNested()
  @Type(() => CorrectedFactsDto)
  changes: CorrectedFactsDto;

  /** Entries to take out. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(removableFacts.length)
  @IsIn(removableFacts, { each: true })
  removes?: Array<(typeof removableFacts)[number]>;
}

export class WithdrawalDto extends ApprovalDto {
  /** Date of the withdrawal (撤回日期). */
  @IsLegalDate()
  on: string;
}
