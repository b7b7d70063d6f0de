import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context, Viewer } from '@app/http';
import type { Actor } from '@app/kernel';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { RegisterAssetDto } from './asset.dto.js';
import { TitleRegisterDto } from './asset-entry.dto.js';
import { RegisterAsset } from './asset.handler.js';
import type { TitleRegister } from './title-register.js';
import { GetTitleRegister } from './title-register.queries.js';

@ApiTags('assets')
@Controller('api/v1/assets')
export class AssetController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Registers a patent or other intellectual property of a university (知识产权登记). */
  @Post()
  register(@Body() body: RegisterAssetDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RegisterAsset({ ...body }, context));
  }

  /** The title register of an asset as of a legal date (权利登记簿): owners, licences, pledges, legal status, and every entry. */
  @Get(':assetId/register')
  titleRegister(
    @Param('assetId') assetId: string,
    @Query() { asOf, recordedBy }: TitleRegisterDto,
    @Viewer() actor: Actor,
  ): Promise<TitleRegister> {
    return this.queries.execute(new GetTitleRegister(actor, assetId, asOf, recordedBy));
  }
}
