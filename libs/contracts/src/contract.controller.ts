import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import {
  CorrectContractDto,
  LodgeContractDto,
  RecordLicenceDto,
  RegisterTransferDto,
  VoidContractDto,
} from './contract.dto.js';
import { LodgeContract, RunContract } from './contract.handler.js';
import { correctedValue } from './contract-terms.js';

@ApiTags('contracts')
@Controller('api/v1/contracts')
export class ContractController {
  constructor(private readonly commands: CommandBus) {}

  /** Enters a signed licence or transfer and lodges it with the titles of its assets (合同入账). */
  @Post()
  lodge(@Body() body: LodgeContractDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new LodgeContract({ ...body }, context));
  }

  /** Notes the recording of a licence contract at CNIPA (许可备案). */
  @Post(':contractId/recording')
  record(
    @Param('contractId') contractId: string,
    @Body() body: RecordLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'RecordLicence', ...body }, context));
  }

  /** Notes the registration of a transfer at CNIPA (转让登记); moves the titles. */
  @Post(':contractId/registration')
  register(
    @Param('contractId') contractId: string,
    @Body() body: RegisterTransferDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'RegisterTransfer', ...body }, context));
  }

  /** Corrects one fact of a contract with reason, evidence and approver (更正). */
  @Post(':contractId/corrections')
  correct(
    @Param('contractId') contractId: string,
    @Body() body: CorrectContractDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    const command = { type: 'CorrectContract', ...body, value: correctedValue(body.field, body.value) } as const;
    return this.commands.execute(new RunContract(contractId, command, context));
  }

  /** Voids a contract with reason, evidence and approver (作废); its assets are free again. */
  @Post(':contractId/voiding')
  void(
    @Param('contractId') contractId: string,
    @Body() body: VoidContractDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'VoidContract', ...body }, context));
  }
}
