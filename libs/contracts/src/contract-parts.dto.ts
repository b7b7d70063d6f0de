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
export const TERRITORY = /^\d{6}$/;
/** Industry codes of GB/T 4754. */
export const INDUSTRY = /^[A-T](\d{2,4})?$/;

/** What an amendment changes; at least one. */
export class TermChangesDto {
  /** Last day of the licence. */
  @Optional()
  @IsLegalDate()
  endsOn?: string;

  /** Division codes the licence holds in. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(TERRITORY, { each: true })
  territory?: string[];

  /** Industry codes the licence holds in. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Matches(INDUSTRY, { each: true })
  fields?: string[];

  /** Kind of licence. */
  @Optional()
  @IsIn(Object.keys(LICENCE_KINDS))
  licenceKind?: LicenceKind;

  /** Contract amount in fen, as text. */
  @Optional()
  @IsFen()
  feeFen?: string;

  /** Entry fee in fen, as text. */
  @Optional()
  @IsFen()
  entryFeeFen?: string;

  /** Running royalty. */
  @Optional()
  @ValidateNested()
  @Type(() => RoyaltyDto)
  royalty?: RoyaltyDto;

  /** Instalments in order; together the contract amount. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => InstalmentDto)
  instalments?: InstalmentDto[];

  /** Number of the price notice a lower price rests on. */
  @Optional()
  @IsText(64)
  priceNotice?: string;

  /** A new listing or auction that gives the price. */
  @Optional()
  @ValidateNested()
  @Type(() => ListingDto)
  listing?: ListingDto;

  /** Why more is given, or less asked, without a new notice or listing (公示豁免理由); the contract is flagged. */
  @Optional()
  @IsText()
  priceNoticeExemption?: string;
}
