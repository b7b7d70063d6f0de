import { ApprovalDto } from '@app/access';
import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { GrantOpenLicenceDto } from './open-grant.dto.js';
import { RunOpenGrant } from './open-grant.handler.js';
import {
  AnnounceOpenLicenceDto,
  ChangeFeeStandardDto,
  DeclareOpenLicenceDto,
  RejectOpenLicenceDto,
  TerminateOpenLicenceDto,
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

  /** Notes that CNIPA did not announce the declaration (不予公告). */
  @Post(':declarationId/rejection')
  reject(
    @Param('declarationId') declarationId: string,
    @Body() body: RejectOpenLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenLicence({ type: 'RejectOpenLicence', declarationId, ...body }, context));
  }

  /** Notes a new standard of payment (付费标准变更); notices before its announcement keep the old one. */
  @Post(':declarationId/fee-standards')
  changeFeeStandard(
    @Param('declarationId') declarationId: string,
    @Body() body: ChangeFeeStandardDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenLicence({ type: 'ChangeFeeStandard', declarationId, ...body }, context));
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

  /** Notes that the offer ended with its patent (专利权终止或宣告无效). */
  @Post(':declarationId/termination')
  terminate(
    @Param('declarationId') declarationId: string,
    @Body() body: TerminateOpenLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenLicence({ type: 'TerminateOpenLicence', declarationId, ...body }, context));
  }

  /** Takes out a declaration entered by mistake, before its announcement; its number is free again. */
  @Post(':declarationId/void')
  void(
    @Param('declarationId') declarationId: string,
    @Body() body: ApprovalDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunOpenLicence({ type: 'VoidOpenLicence', declarationId, ...body }, context));
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
