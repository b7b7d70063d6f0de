import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { AssetEntry } from './asset-entry.js';
import {
  AnnuityDto,
  CoOwnersDto,
  DatedEntryDto,
  EntryVoidingDto,
  InvalidationDto,
  LapseDto,
  PledgeDto,
  PledgeReleaseDto,
  PublicationDto,
  RegistrationEndDto,
  RenewalDto,
  SuspensionDto,
  SuspensionEndDto,
} from './asset-entry.dto.js';
import { EnterAssetFact, VoidAssetEntry } from './asset-entry.handler.js';

/** The facts of an asset's legal life, one route each. */
@ApiTags('assets')
@Controller('api/v1/assets/:assetId')
export class AssetEntryController {
  constructor(private readonly commands: CommandBus) {}

  /** The application was published (公布); inventions only. */
  @Post('publication')
  publish(
    @Param('assetId') assetId: string,
    @Body() body: PublicationDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'PatentPublished', data: { ...body } }, context);
  }

  /** The grant was announced (授权公告). */
  @Post('grant')
  grant(
    @Param('assetId') assetId: string,
    @Body() body: DatedEntryDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'PatentGranted', data: { ...body } }, context);
  }

  /** The patent or application is at an end (终止). */
  @Post('lapse')
  lapse(
    @Param('assetId') assetId: string,
    @Body() body: LapseDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'PatentLapsed', data: { ...body } }, context);
  }

  /** The right was restored (恢复). */
  @Post('restoration')
  restore(
    @Param('assetId') assetId: string,
    @Body() body: DatedEntryDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'PatentRestored', data: { ...body } }, context);
  }

  /** The patent was declared wholly or partly invalid (宣告无效). */
  @Post('invalidation')
  invalidate(
    @Param('assetId') assetId: string,
    @Body() body: InvalidationDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'PatentInvalidated', data: { ...body } }, context);
  }

  /** A right that is no patent was registered (登记). */
  @Post('registration')
  register(
    @Param('assetId') assetId: string,
    @Body() body: DatedEntryDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'RightRegistered', data: { ...body } }, context);
  }

  /** A trade mark was renewed (续展). */
  @Post('renewal')
  renew(
    @Param('assetId') assetId: string,
    @Body() body: RenewalDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'RegistrationRenewed', data: { ...body } }, context);
  }

  /** A registration that is no patent ended. */
  @Post('registration-end')
  end(
    @Param('assetId') assetId: string,
    @Body() body: RegistrationEndDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'RegistrationEnded', data: { ...body } }, context);
  }

  /** A technical secret became public (公开). */
  @Post('secret-disclosure')
  discloseSecret(
    @Param('assetId') assetId: string,
    @Body() body: DatedEntryDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'SecretDisclosed', data: { ...body } }, context);
  }

  /** A pledge was registered (质押登记). */
  @Post('pledge')
  pledge(
    @Param('assetId') assetId: string,
    @Body() body: PledgeDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'PledgeRegistered', data: { ...body } }, context);
  }

  /** A pledge was released (质押注销). */
  @Post('pledge-release')
  releasePledge(
    @Param('assetId') assetId: string,
    @Body() body: PledgeReleaseDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'PledgeReleased', data: { ...body } }, context);
  }

  /** Procedures were suspended, or a court preserves the right (中止、保全). */
  @Post('suspension')
  suspend(
    @Param('assetId') assetId: string,
    @Body() body: SuspensionDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'SuspensionStarted', data: { ...body } }, context);
  }

  /** A suspension or preservation ended (解除). */
  @Post('suspension-end')
  endSuspension(
    @Param('assetId') assetId: string,
    @Body() body: SuspensionEndDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'SuspensionEnded', data: { ...body } }, context);
  }

  /** An annuity was paid (年费). */
  @Post('annuity')
  payAnnuity(
    @Param('assetId') assetId: string,
    @Body() body: AnnuityDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'AnnuityPaid', data: { ...body } }, context);
  }

  /** The co-owners changed (共有人变更). */
  @Post('co-owners')
  changeCoOwners(
    @Param('assetId') assetId: string,
    @Body() body: CoOwnersDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.enter(assetId, { type: 'CoOwnersChanged', data: { ...body } }, context);
  }

  /** Takes a wrong entry out of the register, with reason, evidence and approver (更正). */
  @Post('entry-voids')
  void(
    @Param('assetId') assetId: string,
    @Body() body: EntryVoidingDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new VoidAssetEntry(assetId, { ...body }, context));
  }

  private enter(assetId: string, entry: AssetEntry, context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new EnterAssetFact(assetId, entry, context));
  }
}
