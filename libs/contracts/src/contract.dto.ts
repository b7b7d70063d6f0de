import { IsFen, IsLegalDate, IsUniversityId } from '@app/http';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { ContractDraft } from './contract.handler.js';
import {
  CONVERSION_MODES,
  CORRECTABLE,
  type ConversionMode,
  type CorrectableField,
  FEE_TYPES,
  type FeeType,
  LICENCE_KINDS,
  type LicenceKind,
  PRICING_METHODS,
  type PricingMethod,
} from './contract-terms.js';

const keys = <Label extends object>(labels: Label) => Object.keys(labels) as Array<keyof Label & string>;

export class LodgeContractDto implements ContractDraft {
  /** Ledger code of the university that licenses or transfers. */
  @IsUniversityId()
  universityId: string;

  /** The university's own contract number (合同编号), unique within it. */
  @IsString()
  @Length(1, 64)
  number: string;

  /** Mode of conversion (转化方式). */
  @IsIn(keys(CONVERSION_MODES))
  mode: ConversionMode;

  /** Kind of licence (许可种类); unstated means ordinary. */
  @IsOptional()
  @IsIn(keys(LICENCE_KINDS))
  licenceKind?: LicenceKind;

  /** Registration numbers of the assets, at least one, each once. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsString({ each: true })
  assets: string[];

  /** Name of the receiver (受让方/被许可方); for a release to the inventor `name/staff number`. */
  @IsString()
  @Length(1, 200)
  counterparty: string;

  /** Unified social credit code of the receiver. */
  @IsOptional()
  @IsString()
  @Length(18, 18)
  counterpartyCode?: string;

  /** Division code of the receiver's registered address (住所区划), six digits. */
  @IsOptional()
  @Matches(/^\d{6}$/)
  counterpartyDivision?: string;

  /** Division code of the declared place of implementation (实施地区划). */
  @IsOptional()
  @Matches(/^\d{6}$/)
  implementationDivision?: string;

  /** Date of signing (签订日). */
  @IsLegalDate()
  signedOn: string;

  /** Date of effect (生效日). */
  @IsLegalDate()
  effectiveOn: string;

  /** Last day of a licence (许可期限止); open-ended when left out. */
  @IsOptional()
  @IsLegalDate()
  endsOn?: string;

  /** How the fee is charged (计费方式). */
  @IsIn(keys(FEE_TYPES))
  feeType: FeeType;

  /** Contract amount in fen, as text. */
  @IsOptional()
  @IsFen()
  feeFen?: string;

  /** How the price was set (定价方式; 促进科技成果转化法 art 18). */
  @IsIn(keys(PRICING_METHODS))
  pricingMethod: PricingMethod;

  /** The receiver is a related party (关联方). */
  @IsOptional()
  @IsBoolean()
  relatedParty?: boolean;

  /** The receiver is the university's own asset company (本校资产公司). */
  @IsOptional()
  @IsBoolean()
  ownAssetCompany?: boolean;

  /** Number of the contract that this transfer undoes (回转). */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  returnOf?: string;

  /** The receiver is outside mainland China (境外方). */
  @IsOptional()
  @IsBoolean()
  foreignParty?: boolean;

  /** Technology export licence or registration number. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  exportLicenceNo?: string;

  /** Technology contract registration number (技术合同认定登记编号). */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  technologyContractNo?: string;

  /** After a release: the share of proceeds owed to the university, in 0.01%. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  inventorSharePermyriad?: number;
}

export class RecordLicenceDto {
  /** Recording number (备案号). */
  @IsString()
  @Length(1, 64)
  recordNo: string;

  /** Date of recording (备案日). */
  @IsLegalDate()
  recordedOn: string;
}

export class RegisterTransferDto {
  /** Date of registration at CNIPA (转让登记日); the title moves on it. */
  @IsLegalDate()
  registeredOn: string;
}

class ApprovedDto {
  /** Why. */
  @IsString()
  @Length(1, 500)
  reason: string;

  /** The evidence it rests on: document number or file hash. */
  @IsString()
  @Length(1, 500)
  evidence: string;

  /** User name of the approver, another person. */
  @IsString()
  @Length(1, 64)
  approver: string;
}

export class CorrectContractDto extends ApprovedDto {
  /** The correction's own number (更正编号). */
  @IsString()
  @Length(1, 64)
  number: string;

  /** What is corrected. */
  @IsIn(CORRECTABLE)
  field: CorrectableField;

  /** The right value: a date, an amount in fen, a name, a division code, or `true`/`false`. */
  @IsString()
  @Length(1, 200)
  value: string;
}

export class VoidContractDto extends ApprovedDto {
  /** Date of voiding (作废日期). */
  @IsLegalDate()
  voidedOn: string;
}
