import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { RunOpenGrant } from './open-grant.handler.js';
import { RecordOpenGrantDto } from './open-licence.dto.js';

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
}
