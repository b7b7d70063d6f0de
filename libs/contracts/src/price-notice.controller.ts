import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import {
  PublishPriceNoticeDto,
  RaiseObjectionDto,
  ResolveObjectionDto,
  WithdrawPriceNoticeDto,
} from './price-notice.dto.js';
import { PublishPriceNotice, RunPriceNotice } from './price-notice.handler.js';

@ApiTags('price-notices')
@Controller('api/v1/price-notices')
export class PriceNoticeController {
  constructor(private readonly commands: CommandBus) {}

  /** Notes the publication of a proposed price (定价公示). */
  @Post()
  publish(@Body() body: PublishPriceNoticeDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new PublishPriceNotice({ ...body }, context));
  }

  /** Notes an objection to the price (异议). */
  @Post(':noticeId/objections')
  object(
    @Param('noticeId') noticeId: string,
    @Body() body: RaiseObjectionDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunPriceNotice(noticeId, { type: 'RaiseObjection', ...body }, context));
  }

  /** Notes how an objection ended (异议处理结果). */
  @Post(':noticeId/resolutions')
  resolve(
    @Param('noticeId') noticeId: string,
    @Body() body: ResolveObjectionDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunPriceNotice(noticeId, { type: 'ResolveObjection', ...body }, context));
  }

  /** Notes that the notice was withdrawn (撤回公示). */
  @Post(':noticeId/withdrawal')
  withdraw(
    @Param('noticeId') noticeId: string,
    @Body() body: WithdrawPriceNoticeDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunPriceNotice(noticeId, { type: 'WithdrawPriceNotice', ...body }, context));
  }
}
