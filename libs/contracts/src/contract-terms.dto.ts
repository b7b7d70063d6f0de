import { IsDivision, IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { FEE_TYPES, type FeeType, WHOLE_PERMYRIAD } from '@app/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { EquityStakeDto, TermChangesDto } from './contract-parts.dto.js';
import { CONVERSION_MODES, type ConversionMode, PRICING_METHODS, type PricingMethod } from './contract-terms.js';
import type { ContractDraft } from './lodge-contract.handler.js';

export class LodgeContractDto extends TermChangesDto implements ContractDraft {
  /** Ledger code of the university that licenses or transfers. */
  @IsUniversityId()
  universityId: string;

  /** The university's own contract number (合同编号), unique within it. */
  @IsText(64)
  number: string;

  /** Mode of conversion (转化方式). */
  @IsIn(Object.keys(CONVERSION_MODES))
  mode: ConversionMode;

  /** Registration numbers of the assets, at least one, each once. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsText(64, { each: true })
  assets: string[];

  /** Name of the receiver (受让方/被许可方); for a release to the inventor `name/staff number`. */
  @IsText(200)
  counterparty: string;

  /** Unified social credit code of the receiver. */
  @Optional()
  @Length(18, 18)
  counterpartyCode?: string;

  /** Division code of the receiver's registered address (住所区划), six digits. */
  @Optional()
  @IsDivision()
  counterpartyDivision?: string;

  /** Division code of the declared place of implementation (实施地区划). */
  @Optional()
  @IsDivision()
  implementationDivision?: string;

  /** Date of signing (签订日). */
  @IsLegalDate()
  signedOn: string;

  /** Date of effect (生效日). */
  @IsLegalDate()
  effectiveOn: string;

  /** How the fee is charged (计费方式). */
  @IsIn(Object.keys(FEE_TYPES))
  feeType: FeeType;

  /** Shares received for contributed rights (作价投资). */
  @Optional()
  @ValidateNested()
  @Type(() => EquityStakeDto)
  equity?: EquityStakeDto;

  /** How the price was set (定价方式; 促进科技成果转化法 art 18). */
  @IsIn(Object.keys(PRICING_METHODS))
  pricingMethod: PricingMethod;

  /** The licensee may give sub-licences (可分许可). */
  @Optional()
  @IsBoolean()
  sublicensable?: boolean;

  /** The licence by which a university that cannot practise a patent does so beside a sole licence. */
  @Optional()
  @IsBoolean()
  asOwnUse?: boolean;

  /** Number of the head contract (主许可合同编号) of a sub-licence. */
  @Optional()
  @IsText(64)
  headContract?: string;

  /** Names of the co-owners who agreed (共有人同意). */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsText(200, { each: true })
  coOwnerConsents?: string[];

  /** The pledgee agreed (质权人同意). */
  @Optional()
  @IsBoolean()
  pledgeeConsent?: boolean;

  /** The receiver is a related party (关联方). */
  @Optional()
  @IsBoolean()
  relatedParty?: boolean;

  /** How they are related. */
  @Optional()
  @IsText()
  relatedPartyNote?: string;

  /** The receiver is the university's own asset company (本校资产公司). */
  @Optional()
  @IsBoolean()
  ownAssetCompany?: boolean;

  /** Number of the contract that this transfer undoes (回转). */
  @Optional()
  @IsText(64)
  returnOf?: string;

  /** The receiver is outside mainland China (境外方). */
  @Optional()
  @IsBoolean()
  foreignParty?: boolean;

  /** Technology export licence number (技术出口许可证号). */
  @Optional()
  @IsText(64)
  exportLicenceNo?: string;

  /** Technology export contract registration number (技术出口合同登记号). */
  @Optional()
  @IsText(64)
  exportRegistrationNo?: string;

  /** Technology contract registration number (技术合同认定登记编号). */
  @Optional()
  @IsText(64)
  technologyContractNo?: string;

  /** After a release: the share of proceeds owed to the university, in 0.01%. */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(WHOLE_PERMYRIAD)
  inventorSharePermyriad?: number;

  /** What the title passes on where it is no sale (依据): the document of a succession; why a release has no record of its own. */
  @Optional()
  @IsText()
  ground?: string;
}
