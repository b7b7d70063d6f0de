import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  CertificateWithdrawalDto,
  CommendationDto,
  DedicatedOfficeDto,
  DesignationDto,
  HighValuePortfolioDto,
  IpCertificateDto,
  OfficeClosingDto,
  PortfolioAcceptanceDto,
  TradingPlatformDto,
} from './registry-object.dto.js';
import { ConcludeRegistryObject, RecordRegistryObject } from './registry-object.handler.js';

/** Dated objects of the registry: what the plan's count targets and the heads of the fund stand on. */
@Controller('api/v1/registry')
export class RegistryObjectController {
  constructor(private readonly commands: CommandBus) {}

  /** Records the establishment of a dedicated office (专门机构成立). */
  @Post('dedicated-offices')
  establishOffice(@Body() body: DedicatedOfficeDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'EstablishDedicatedOffice', data: body } as const;
    return this.commands.execute(new RecordRegistryObject(request, context));
  }

  /** Records that a dedicated office was closed (专门机构撤销). */
  @Post('dedicated-offices/:id/close')
  closeOffice(
    @Param('id') id: string,
    @Body() body: OfficeClosingDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const command = { type: 'CloseDedicatedOffice', data: body } as const;
    return this.commands.execute(new ConcludeRegistryObject(id, command, context));
  }

  /** Records a certificate of IP management (贯标证书). */
  @Post('certifications')
  issueCertificate(@Body() body: IpCertificateDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'IssueIpCertificate', data: body } as const;
    return this.commands.execute(new RecordRegistryObject(request, context));
  }

  /** Records that a certificate was withdrawn (证书撤销). */
  @Post('certifications/:id/withdraw')
  withdrawCertificate(
    @Param('id') id: string,
    @Body() body: CertificateWithdrawalDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const command = { type: 'WithdrawIpCertificate', data: body } as const;
    return this.commands.execute(new ConcludeRegistryObject(id, command, context));
  }

  /** Records the start of a high-value patent portfolio (高价值专利组合立项). */
  @Post('portfolios')
  startPortfolio(@Body() body: HighValuePortfolioDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'StartHighValuePortfolio', data: body } as const;
    return this.commands.execute(new RecordRegistryObject(request, context));
  }

  /** Records that a portfolio project was accepted (验收). */
  @Post('portfolios/:id/accept')
  acceptPortfolio(
    @Param('id') id: string,
    @Body() body: PortfolioAcceptanceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const command = { type: 'AcceptHighValuePortfolio', data: body } as const;
    return this.commands.execute(new ConcludeRegistryObject(id, command, context));
  }

  /** Records a designation as national IP pilot or demonstration university (试点、示范). */
  @Post('designations')
  grantDesignation(@Body() body: DesignationDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'GrantDesignation', data: body } as const;
    return this.commands.execute(new RecordRegistryObject(request, context));
  }

  /** Records a commendation for conversion (转化表彰). */
  @Post('commendations')
  grantCommendation(@Body() body: CommendationDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'GrantCommendation', data: body } as const;
    return this.commands.execute(new RecordRegistryObject(request, context));
  }

  /** Records the launch of an online trading platform (线上交易平台). */
  @Post('trading-platforms')
  launchPlatform(@Body() body: TradingPlatformDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'LaunchTradingPlatform', data: body } as const;
    return this.commands.execute(new RecordRegistryObject(request, context));
  }
}
