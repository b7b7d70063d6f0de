import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context, Viewer } from '@app/http';
import type { Actor } from '@app/kernel';
import { Body, Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { type FundBoardSummary, GetFundBoard, ListFundBoards } from './fund-board.queries.js';
import type { FundBoard } from './fund-board.js';
import {
  FundAllocationDto,
  FundBoardDto,
  FundCategoryDto,
  FundClaimDto,
  FundStandardDto,
  FundWithdrawalDto,
  OpenFundYearDto,
} from './fund-year.dto.js';
import { type FundYearRequest, RunFundYear } from './fund-year.handler.js';

@ApiTags('fund')
@Controller('api/v1')
export class FundYearController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** All fund years with their totals, newest first (专项资金). */
  @Get('boards/fund')
  list(@Query() { after }: FundBoardDto, @Viewer() actor: Actor): Promise<readonly FundBoardSummary[]> {
    return this.queries.execute(new ListFundBoards(actor, after));
  }

  /** One fund year with every claim and how its amount came about. */
  @Get('boards/fund/:year')
  board(
    @Param('year', ParseIntPipe) year: number,
    @Query() { after }: FundBoardDto,
    @Viewer() actor: Actor,
  ): Promise<FundBoard> {
    return this.queries.execute(new GetFundBoard(actor, year, after));
  }

  /** Opens a fund year with its budget (开启资金年度). */
  @Post('fund-years')
  open(@Body() body: OpenFundYearDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.run({ type: 'OpenFundYear', ...body }, context);
  }

  /** Sets a category of the year: its method and ceiling (设定类别); until the year is allocated it may be set anew. */
  @Post('fund-years/:year/categories')
  setCategory(
    @Param('year', ParseIntPipe) year: number,
    @Body() body: FundCategoryDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'SetFundCategory', year, ...body }, context);
  }

  /** Sets a standard of the year: what one unit is worth (设定资助标准); no more once a claim stands on it. */
  @Post('fund-years/:year/standards')
  setStandard(
    @Param('year', ParseIntPipe) year: number,
    @Body() body: FundStandardDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'SetFundStandard', year, ...body }, context);
  }

  /** Claims from the fund for one object of the university (资金申报). */
  @Post('fund-years/:year/claims')
  submit(
    @Param('year', ParseIntPipe) year: number,
    @Body() body: FundClaimDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'SubmitFundClaim', year, ...body }, context);
  }

  /** Withdraws a claim before the year is allocated (撤回申报); its object may be claimed again. */
  @Post('fund-years/:year/claims/:claimId/withdrawal')
  withdraw(
    @Param('year', ParseIntPipe) year: number,
    @Param('claimId') claimId: string,
    @Body() body: FundWithdrawalDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'WithdrawFundClaim', year, claimId, ...body }, context);
  }

  /** Divides the year's budget over its claims, once (资金分配). */
  @Post('fund-years/:year/allocation')
  allocate(
    @Param('year', ParseIntPipe) year: number,
    @Body() _body: FundAllocationDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'AllocateFundYear', year }, context);
  }

  private run(command: FundYearRequest, context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunFundYear(command, context));
  }
}
