import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { RunOpenGrant } from './open-grant.handler.js';
import {
  AnnounceOpenLicenceDto,
  DeclareOpenLicenceDto,
  GrantOpenLicenceDto,
  WithdrawOpenLicenceDto,
} from './open-licence.dto.js';
import { RunOpenLicence } from './open-licence.handler.js';

@ApiTags('open-licences')
@Controller('api/v1/open-licences')
export class OpenLicenceController {
  constructor(private readonly commands: CommandBus) {}

  /** Declares a patent open to any licensee on stated terms (开放许可声明). */
  @Post()
  declare(@Body() body: DeclareOpenLicenceDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenLicence({ type: 'DeclareOpenLicence', ...body }, context));
  }

  /** Notes the announcement at CNIPA (公告): from now on the open licence is in force. */
  @Post(':declarationId/announcement')
  announce(
    @Param('declarationId') declarationId: string,
    @Body() body: AnnounceOpenLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenLicence({ type: 'AnnounceOpenLicence', declarationId, ...body }, context));
  }

  /** Notes the announced withdrawal (撤回): the offer ends, earlier grants stay. */
  @Post(':declarationId/withdrawal')
  withdraw(
    @Param('declarationId') declarationId: string,
    @Body() body: WithdrawOpenLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenLicence({ type: 'WithdrawOpenLicence', declarationId, ...body }, context));
  }

  /** Enters a licence that was taken by notice and payment (开放许可实施). */
  @Post(':declarationId/grants')
  grant(
    @Param('declarationId') declarationId: string,
    @Body() body: GrantOpenLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenGrant({ type: 'GrantOpenLicence', declarationId, ...body }, context));
  }
}
