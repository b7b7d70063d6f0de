import { IsUniversityId } from '@app/http';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

export const SORTS = ['date', '-date', 'number', '-number', 'amount', '-amount'] as const;
export type Sort = (typeof SORTS)[number];

export class RecordFilterDto {
  /** Kind of record, e.g. `contract`. */
  @IsOptional()
  @Matches(/^[a-z-]{1,40}$/)
  kind?: string;

  @IsOptional()
  @IsUniversityId()
  universityId?: string;

  @IsOptional()
  @Matches(/^[A-Z_]{1,40}$/)
  status?: string;

  /** Year of the record's legal date. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1985)
  @Max(2199)
  year?: number;

  @IsOptional()
  @Matches(/^[A-Z_]{1,40}$/)
  ipType?: string;

  /** Part of a number, title or counterparty. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u)
  q?: string;

  @IsOptional()
  @IsIn(SORTS)
  sort?: Sort;

  /** Position token the answer must include. */
  @IsOptional()
  @Matches(/^[0-9a-f]{16}\.[0-9a-f]{32}$/)
  after?: string;
}

export class RecordPageDto extends RecordFilterDto {
  /** `next` of the page before. */
  @IsOptional()
  @IsString()
  @Length(1, 3_000)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class RecordExportDto extends RecordFilterDto {
  @IsIn(['csv', 'xlsx'])
  format: 'csv' | 'xlsx';
}

export class AfterDto {
  /** Position token the answer must include. */
  @IsOptional()
  @Matches(/^[0-9a-f]{16}\.[0-9a-f]{32}$/)
  after?: string;
}

export class RecordPathDto {
  /** Kind of record, e.g. `contract`. */
  @IsString()
  @Length(1, 40)
  kind: string;

  /** The record's id. */
  @IsString()
  @Length(1, 100)
  id: string;
}
