import { type AuthenticatedRequest, Public, Tokens, UserStore, authorise } from '@app/access';
import { Viewer } from '@app/http';
import { type Actor, type BilingualText, addYears, dateInChina } from '@app/kernel';
import { Controller, Get, Header, HttpCode, Post, Query, Req, type StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiSecurity, ApiTags } from '@nestjs/swagger';
import { FindCalendarUser } from './calendar-token.queries.js';
import { calendarOf } from './deadline-calendar.queries.js';
import { CalendarFeedDto, DeadlineFilterDto, DeadlinePageDto } from './deadline.dto.js';
import { deadlineFile } from './deadline-file.queries.js';
import { type DeadlinePage, ExportDeadlines, ListDeadlines } from './deadline.queries.js';
import { DEADLINE_KINDS } from './deadline-kinds.js';

/** The address of a personal calendar feed. */
export interface CalendarTokenAnswer {
  /** Path and query on this ledger. */
  readonly url: string;
  readonly token: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
  /** What giving this address did to those given before. */
  readonly notice: BilingualText;
}

const OLDER_END: BilingualText = {
  zh: '此前获取的订阅地址已全部失效，请在日历程序中改用此地址',
  en: 'every address given before has ended; put this one in its place in your calendar programs',
};

@ApiTags('deadlines')
@Controller('api/v1')
export class DeadlinesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly tokens: Tokens,
    private readonly users: UserStore,
  ) {}

  /** What is due, by whom and why, as of any date (期限). */
  @Get('deadlines')
  list(@Query() page: DeadlinePageDto, @Viewer() actor: Actor): Promise<DeadlinePage> {
    return this.queries.execute(new ListDeadlines(actor, page, today()));
  }

  /** Every kind of deadline with its names, clause and responsible party. */
  @Get('deadlines/kinds')
  kinds(): typeof DEADLINE_KINDS {
    return DEADLINE_KINDS;
  }

  /** The filtered deadlines as a file: CSV, UTF-8 with BOM. */
  @Get('deadlines.csv')
  @Header('Content-Disposition', 'attachment; filename="deadlines.csv"')
  async file(@Query() filter: DeadlineFilterDto, @Viewer() actor: Actor): Promise<StreamableFile> {
    return deadlineFile(await this.queries.execute(new ExportDeadlines(actor, filter, today())));
  }

  /** The open deadlines of the token's user for calendar programs (iCalendar); what fell due over a year ago is left out. */
  @Public()
  @ApiSecurity({})
  @Get('deadlines.ics')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Cache-Control', 'private, no-store')
  async feed(@Query() { token }: CalendarFeedDto): Promise<string> {
    const actor = await this.queries.execute(new FindCalendarUser(token, new Date().toISOString()));
    const asOf = today();
    const items = await this.queries.execute(new ExportDeadlines(actor, {}, asOf));
    const recent = items.filter(({ dueOn }) => dueOn !== null && dueOn >= addYears(asOf, -1));
    return calendarOf(recent, { asOf, sample: await this.users.isSample() });
  }

  /** A personal, read-only address of the calendar feed; the next one and a change of password end it (日历订阅). */
  @Post('calendar-token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async calendarToken(@Req() { session }: AuthenticatedRequest): Promise<CalendarTokenAnswer> {
    authorise(session.actor, 'record.read');
    const { token, expiresAt } = await this.tokens.issueForCalendar(session, new Date().toISOString());
    return { url: `/api/v1/deadlines.ics?token=${token}`, token, expiresAt, notice: OLDER_END };
  }
}

const today = (): string => dateInChina(new Date().toISOString());
