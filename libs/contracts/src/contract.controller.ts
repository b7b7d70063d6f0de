import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { correctedValue } from './contract-correction.js';
import {
  AmendContractDto,
  CancelRecordingDto,
  CorrectContractDto,
  DeregisterLicenceDto,
  DistributeRewardDto,
  ReceivePaymentDto,
  RecordLicenceDto,
  RefuseRecordingDto,
  RegisterTechnologyContractDto,
  RegisterTransferDto,
  ReversePaymentDto,
  ReverseRewardDto,
  TerminateLicenceDto,
  VoidContractDto,
} from './contract.dto.js';
import { RunContract } from './contract.handler.js';
import { LodgeContractDto } from './contract-terms.dto.js';
import { LodgeContract } from './lodge-contract.handler.js';

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

  /** Notes that CNIPA refused to record a licence contract (不予备案). */
  @Post(':contractId/recording/refusal')
  refuseRecording(
    @Param('contractId') contractId: string,
    @Body() body: RefuseRecordingDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'RefuseRecording', ...body }, context));
  }

  /** Notes that CNIPA cancelled a recording (撤销备案); the licence no longer counts as recorded. */
  @Post(':contractId/recording/cancellation')
  cancelRecording(
    @Param('contractId') contractId: string,
    @Body() body: CancelRecordingDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'CancelRecording', ...body }, context));
  }

  /** Notes that the record of an ended licence was taken out of the patent register (备案注销); it still counts in its year. */
  @Post(':contractId/deregistration')
  deregister(
    @Param('contractId') contractId: string,
    @Body() body: DeregisterLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'DeregisterLicence', ...body }, context));
  }

  /** Notes the registration as a technology contract (技术合同认定登记). */
  @Post(':contractId/technology-registration')
  registerTechnologyContract(
    @Param('contractId') contractId: string,
    @Body() body: RegisterTechnologyContractDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'RegisterTechnologyContract', ...body }, context));
  }

  /** Enters a signed amendment (变更); one that reaches the right is lodged with the titles again. */
  @Post(':contractId/amendments')
  amend(
    @Param('contractId') contractId: string,
    @Body() body: AmendContractDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'AmendContract', ...body }, context));
  }

  /** Ends a licence early (解除); it still counts in its year. */
  @Post(':contractId/termination')
  terminate(
    @Param('contractId') contractId: string,
    @Body() body: TerminateLicenceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'TerminateLicence', ...body }, context));
  }

  /** Notes a payment received (到账). */
  @Post(':contractId/payments')
  receive(
    @Param('contractId') contractId: string,
    @Body() body: ReceivePaymentDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'ReceivePayment', ...body }, context));
  }

  /** Takes the entry of a payment back with reason, evidence and approver (冲销). */
  @Post(':contractId/payments/:number/reversal')
  reverse(
    @Param('contractId') contractId: string,
    @Param('number') number: string,
    @Body() body: ReversePaymentDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'ReversePayment', number, ...body }, context));
  }

  /** Takes a distribution of rewards back with reason, evidence and approver (冲销). */
  @Post(':contractId/rewards/:number/reversal')
  reverseReward(
    @Param('contractId') contractId: string,
    @Param('number') number: string,
    @Body() body: ReverseRewardDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'ReverseReward', number, ...body }, context));
  }

  /** Enters a distribution of rewards (奖酬金分配) from the net income so far. */
  @Post(':contractId/rewards')
  reward(
    @Param('contractId') contractId: string,
    @Body() body: DistributeRewardDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunContract(contractId, { type: 'DistributeReward', ...body }, context));
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
