import { ApprovalDto } from '@app/access';
import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CancelOpenGrantRecordDto, EndOpenGrantDto, RecordOpenGrantDto } from './open-grant.dto.js';
import { RunOpenGrant } from './open-grant.handler.js';

@ApiTags('open-licences')
@Controller('api/v1/open-grants')
export class OpenGrantController {
  constructor(private readonly commands: CommandBus) {}

  /** Notes the recording of a grant at CNIPA (备案). */
  @Post(':grantId/recording')
  record(
    @Param('grantId') grantId: string,
    @Body() body: RecordOpenGrantDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenGrant({ type: 'RecordOpenGrant', grantId, ...body }, context));
  }

  /** Notes that the recording was cancelled (备案注销); the grant no longer counts. */
  @Post(':grantId/recording-cancellation')
  cancelRecord(
    @Param('grantId') grantId: string,
    @Body() body: CancelOpenGrantRecordDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenGrant({ type: 'CancelOpenGrantRecord', grantId, ...body }, context));
  }

  /** Ends a grant before its term by agreement (提前终止); it still counts in its year. */
  @Post(':grantId/end')
  end(
    @Param('grantId') grantId: string,
    @Body() body: EndOpenGrantDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenGrant({ type: 'EndOpenGrant', grantId, ...body }, context));
  }

  /** Voids a grant entered wrongly (作废): the title and the numbers are free again, and it no longer counts. */
  @Post(':grantId/void')
  void(
    @Param('grantId') grantId: string,
    @Body() body: ApprovalDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenGrant({ type: 'VoidOpenGrant', grantId, ...body }, context));
  }
}
