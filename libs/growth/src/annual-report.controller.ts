import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context, Viewer } from '@app/http';
import type { Actor } from '@app/kernel';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import {
  AnnualReportDto,
  AnnualReportPathDto,
  FileAnnualReportDto,
  RestateAnnualReportDto,
} from './annual-report.dto.js';
import { RunAnnualReport } from './annual-report.handler.js';
import { type AnnualReportView, GetAnnualReport } from './annual-report.queries.js';

@ApiTags('growth')
@Controller('api/v1/annual-reports/:universityId/:year')
export class AnnualReportController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** The annual report of conversion (科技成果转化年度报告): the figures as known now, those filed, and how they differ. */
  @Get()
  report(
    @Param() { universityId, year }: AnnualReportPathDto,
    @Query() { after }: AnnualReportDto,
    @Viewer() actor: Actor,
  ): Promise<AnnualReportView> {
    return this.queries.execute(new GetAnnualReport(actor, universityId, year, after));
  }

  /** Files the report with the figures as the ledger knows them now (报送); they are frozen by their hash. */
  @Post('filing')
  file(
    @Param() path: AnnualReportPathDto,
    @Body() body: FileAnnualReportDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunAnnualReport({ type: 'FileAnnualReport', ...path, ...body }, context));
  }

  /** Restates a filed report whose figures have changed (更正重报), with the list of differences. */
  @Post('restatements')
  restate(
    @Param() path: AnnualReportPathDto,
    @Body() body: RestateAnnualReportDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunAnnualReport({ type: 'RestateAnnualReport', ...path, ...body }, context));
  }
}
