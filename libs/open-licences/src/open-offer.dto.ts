import { IsLegalDate, IsText, IsUniversityId, Optional } from '@app/http';
import { FEE_TYPES, type FeeType, type PatentType } from '@app/kernel';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';

export const OFFER_SORTS = ['from', '-from', 'to', '-to', 'number', '-number', 'fee', '-fee'] as const;
export type OfferSort = (typeof OFFER_SORTS)[number];

export class OfferFilterDto {
  /** The day the offers are open on, `YYYY-MM-DD`; today when left out. */
  @Optional()
  @IsLegalDate()
  asOf?: string;

  /** Part of a patent number, declaration number or title. */
  @Optional()
  @IsText(100)
  q?: string;

  /** Ledger code of the university that offers. */
  @Optional()
  @IsUniversityId()
  universityId?: string;

  /** Type of patent. */
  @Optional()
  @IsIn(['INVENTION', 'UTILITY_MODEL', 'DESIGN'])
  ipType?: PatentType;

  /** How the licence is charged. */
  @Optional()
  @IsIn(Object.keys(FEE_TYPES))
  feeType?: FeeType;

  /** Newest first when left out. */
  @Optional()
  @IsIn(OFFER_SORTS)
  sort?: OfferSort;
}

export class OfferPageDto extends OfferFilterDto {
  /** `next` of the page before. */
  @Optional()
  @IsString()
  @Length(1, 1_000)
  cursor?: string;

  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}
