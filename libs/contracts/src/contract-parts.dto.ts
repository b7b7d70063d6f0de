import { IsFen, IsLegalDate, IsText, Optional } from '@app/http';
import { LICENCE_KINDS, type LicenceKind, WHOLE_PERMYRIAD } from '@app/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  type EquityStake,
  type Instalment,
  type Listing,
  ROYALTY_BASES,
  type Royalty,
  type RoyaltyBase,
} from './contract-terms.js';

export class ListingDto implements Listing {
  /** Name of the trading platform (交易平台). */
  @IsText(200)
  platform: string;

  /** Its number of the listing or auction. */
  @IsText(64)
  listingNo: string;

  /** First day. */
  @IsLegalDate()
  from: string;

  /** Last day, not after the signing. */
  @IsLegalDate()
  to: string;
}

export class RoyaltyDto implements Royalty {
  /** Rate in 0.01% of the base (提成率). */
  @IsInt()
  @Min(1)
  @Max(WHOLE_PERMYRIAD)
  permyriad: number;

  /** What it is reckoned on (提成基数). */
  @IsIn(Object.keys(ROYALTY_BASES))
  base: RoyaltyBase;
}

export class InstalmentDto implements Instalment {
  /** Day it is due. */
  @IsLegalDate()
  dueOn: string;

  /** Amount in fen, as text. */
  @IsFen()
  amountFen: string;
}

export class EquityStakeDto implements EquityStake {
  /** Company the rights are contributed to (作价公司). */
  @IsText(200)
  company: string;

  /** Its unified social credit code. */
  @Optional()
  @Length(18, 18)
  companyCode?: string;

  /** Share received (作价股权比例) in 0.01%. */
  @IsInt()
  @Min(1)
  @Max(WHOLE_PERMYRIAD)
  sharePermyriad: number;

  /** What the rights were valued at, in fen, as text. */
  @IsFen()
  valueFen: string;
}

/** Division codes a licence holds in; `000000` is all of China. */
const TERRITORY = /^\d{6}$/;
/** Industry codes of GB/T 4754. */
const INDUSTRY = /^[A-T](\d{2,4})?$/;

/** The terms that are agreed at the signing and may be amended later; an amendment changes at least one. */
export class TermChangesDto {
  /** Last day of the licence (许可期限止); open-ended when left out. */
  @Optional()
  @IsLegalDate()
  endsOn?: string;

  /** Division codes the licence holds in (许可地域); everywhere when left out. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(TERRITORY, { each: true })
  territory?: string[];

  /** Industry codes (GB/T 4754) the licence holds in (许可领域); all when left out. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(INDUSTRY, { each: true })
  fields?: string[];

  /** Kind of licence (许可种类); unstated means ordinary. */
  @Optional()
  @IsIn(Object.keys(LICENCE_KINDS))
  licenceKind?: LicenceKind;

  /** Contract amount in fen, as text. */
  @Optional()
  @IsFen()
  feeFen?: string;

  /** Entry fee (入门费) in fen, as text, before royalties. */
  @Optional()
  @IsFen()
  entryFeeFen?: string;

  /** Running royalty (提成). */
  @Optional()
  @ValidateNested()
  @Type(() => RoyaltyDto)
  royalty?: RoyaltyDto;

  /** Instalments (分期) in order; together the contract amount. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => InstalmentDto)
  instalments?: InstalmentDto[];

  /** Number of the price notice (公示编号) that a negotiated price, or a lower one, rests on. */
  @Optional()
  @IsText(64)
  priceNotice?: string;

  /** Listing or auction (挂牌、拍卖) that gives the price. */
  @Optional()
  @ValidateNested()
  @Type(() => ListingDto)
  listing?: ListingDto;

  /** Why there is no price notice on record, or no new one when more is given or less asked (公示豁免理由); the contract is flagged. */
  @Optional()
  @IsText()
  priceNoticeExemption?: string;
}
