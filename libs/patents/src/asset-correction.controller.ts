import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CorrectAssetDto } from './asset.dto.js';
import { CorrectAsset } from './asset-correction.handler.js';

@ApiTags('assets')
@Controller('api/v1/assets')
export class AssetCorrectionController {
  constructor(private readonly commands: CommandBus) {}

  /** Puts registered data right, with reason, evidence and approver (更正登记内容). */
  @Post(':assetId/corrections')
  correct(
    @Param('assetId') assetId: string,
    @Body() body: CorrectAssetDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CorrectAsset(assetId, { ...body }, context));
  }
}
