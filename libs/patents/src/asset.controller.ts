import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { RegisterAssetDto } from './asset.dto.js';
import { RegisterAsset } from './asset.handler.js';

@ApiTags('assets')
@Controller('api/v1/assets')
export class AssetController {
  constructor(private readonly commands: CommandBus) {}

  /** Registers a patent or other intellectual property of a university (知识产权登记). */
  @Post()
  register(@Body() body: RegisterAssetDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RegisterAsset({ ...body }, context));
  }
}
