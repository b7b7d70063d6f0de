import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { ApproveBaselineDto, ReviseBaselineDto } from './baseline.dto.js';
import { ApproveBaseline, ReviseBaseline } from './baseline.handler.js';

@ApiTags('growth')
@Controller('api/v1/baselines')
export class BaselineController {
  constructor(private readonly commands: CommandBus) {}

  /** Enters an approved baseline of the city or a university (基数). */
  @Post()
  approve(@Body() body: ApproveBaselineDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new ApproveBaseline({ ...body }, context));
  }

  /** Revises an approved baseline, with the reason (基数变更). */
  @Post(':baselineId/revision')
  revise(
    @Param('baselineId') baselineId: string,
    @Body() body: ReviseBaselineDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReviseBaseline(baselineId, { ...body }, context));
  }
}
