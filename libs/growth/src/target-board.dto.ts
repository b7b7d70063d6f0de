import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { FIRST_BASE_YEAR } from './baseline.js';
import type { BoardCell, Page } from './conversion-facts.queries.js';
import { BOARD_COLUMNS, type BoardColumn } from './tally.js';
import { BASES, type Basis, CITY, IP_SCOPES, type IpScope } from './target-board.js';

class AfterDto {
  /** Position token of a command: the answer includes what it changed. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  after?: string;
}

export class TargetBoardDto extends AfterDto {
  /** The year growth is measured from. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(FIRST_BASE_YEAR)
  @Max(2099)
  baseYear = 2020;

  /** Every IP type, or patents only. */
  @IsOptional()
  @IsIn(IP_SCOPES)
  ipScope: IpScope = 'all';
}

export class ConversionFactsDto extends AfterDto implements BoardCell, Page {
  /** `city`, or a university's ledger code. */
  @IsOptional()
  @IsString()
  @Length(1, 32)
  scope: string = CITY;

  /** Calendar year of the cell. */
  @Type(() => Number)
  @IsInt()
  @Min(1900)
  @Max(2199)
  year: number;

  /** 件次, 项 or 件. */
  @IsOptional()
  @IsIn(BASES)
  basis: Basis = 'patent-times';

  /** Every IP type, or patents only. */
  @IsOptional()
  @IsIn(IP_SCOPES)
  ipScope: IpScope = 'all';

  /** Column of the board. */
  @IsOptional()
  @IsIn(BOARD_COLUMNS)
  column: BoardColumn = 'total';

  /** Where the next page starts, as the page before said. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  cursor?: string;

  /** Rows a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;
}
