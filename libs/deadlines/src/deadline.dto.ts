import { IsLegalDate, IsUniversityId, Optional } from '@app/http';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';

export const SORTS = ['dueOn', '-dueOn', 'number', '-number'] as const;
export type Sort = (typeof SORTS)[number];

export class DeadlineFilterDto {
  /** As of the end of this date, `YYYY-MM-DD`; today in China unless given. */
  @Optional()
  @IsString()
  @Length(0, 40)
  asOf?: string;

  /** Only what is due on this date or before, `YYYY-MM-DD`; what has no day is left out then. */
  @Optional()
  @IsLegalDate()
  dueBy?: string;

  /** States, separated by commas, or `ALL`; what is open or overdue unless given. */
  @Optional()
  @IsString()
  @Length(0, 200)
  state?: string;

  /** Kinds of deadline, separated by commas; every kind unless given. */
  @Optional()
  @IsString()
  @Length(0, 500)
  kind?: string;

  @Optional()
  @IsUniversityId()
  universityId?: string;

  /** Part of a record's number or title. */
  @Optional()
  @IsString()
  @Length(1, 100)
  q?: string;

  @Optional()
  @IsIn(SORTS)
  sort?: Sort;

  /** Position token the answer must include. */
  @Optional()
  @Matches(/^[0-9a-f]{16}\.[0-9a-f]{32}$/)
  after?: string;
}

export class DeadlinePageDto extends DeadlineFilterDto {
  /** `next` of the page before. */
  @Optional()
  @IsString()
  @Length(1, 3_000)
  cursor?: string;

  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class CalendarFeedDto {
  /** The personal token of the feed, as `POST /api/v1/calendar-token` gives it. */
  @IsString()
  @Length(1, 2_000)
  token: string;
}
