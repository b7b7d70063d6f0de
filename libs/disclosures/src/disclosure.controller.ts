import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DisclosureDto } from './disclosure.dto.js';
import { RunDisclosure } from './disclosure.handler.js';
import type { DisclosureStepRequest } from './disclosure-input.handler.js';
import {
  AcceptanceDto,
  CorrectDisclosureDto,
  DeterminationDto,
  ReturnDto,
  SupplementDto,
  WithdrawalDto,
} from './disclosure-step.dto.js';

@ApiTags('disclosures')
@Controller('api/v1/disclosures')
export class DisclosureController {
  constructor(private readonly commands: CommandBus) {}

  /** Discloses a service invention (职务科技成果披露). */
  @Post()
  disclose(@Body() body: DisclosureDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunDisclosure({ type: 'DiscloseInvention', ...body }, context));
  }

  /** Determines whether the result is a service invention, and why (职务发明认定). */
  @Post(':id/determination')
  determine(
    @Param('id') disclosureId: string,
    @Body() body: DeterminationDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'DetermineServiceInvention', disclosureId, ...body }, context);
  }

  /** Adds what was left unsaid (补充披露); nothing that was said changes. */
  @Post(':id/supplements')
  supplement(
    @Param('id') disclosureId: string,
    @Body() body: SupplementDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'SupplementDisclosure', disclosureId, ...body }, context);
  }

  /** Accepts the disclosure (受理). */
  @Post(':id/acceptance')
  accept(
    @Param('id') disclosureId: string,
    @Body() body: AcceptanceDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'AcceptDisclosure', disclosureId, ...body }, context);
  }

  /** Returns the disclosure to be supplemented (退回补正). */
  @Post(':id/return')
  giveBack(
    @Param('id') disclosureId: string,
    @Body() body: ReturnDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'ReturnDisclosure', disclosureId, ...body }, context);
  }

  /** Puts facts right, with reason, evidence and approver (更正). */
  @Post(':id/corrections')
  correct(
    @Param('id') disclosureId: string,
    @Body() body: CorrectDisclosureDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'CorrectDisclosure', disclosureId, ...body }, context);
  }

  /** Withdraws the disclosure for good (撤回), while no filing decision stands on it. */
  @Post(':id/withdrawal')
  withdraw(
    @Param('id') disclosureId: string,
    @Body() body: WithdrawalDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.run({ type: 'WithdrawDisclosure', disclosureId, ...body }, context);
  }

  private run(command: DisclosureStepRequest, context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunDisclosure(command, context));
  }
}
