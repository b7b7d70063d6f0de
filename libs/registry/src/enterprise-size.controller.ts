import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EnterpriseSizeCorrectionDto, EnterpriseSizeDto } from './enterprise-size.dto.js';
import { RunEnterpriseSize } from './enterprise-size.handler.js';

@Controller('api/v1/enterprise-sizes')
export class EnterpriseSizeController {
  constructor(private readonly commands: CommandBus) {}

  /** Determines the size of an enterprise from its figures of a year (企业规模认定). */
  @Post()
  determine(@Body() body: EnterpriseSizeDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'DetermineEnterpriseSize', data: body } as const;
    return this.commands.execute(new RunEnterpriseSize(request, context));
  }

  /** Replaces the figures determined for a data year (更正). */
  @Post('corrections')
  correct(@Body() body: EnterpriseSizeCorrectionDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    const request = { type: 'CorrectEnterpriseSize', data: body } as const;
    return this.commands.execute(new RunEnterpriseSize(request, context));
  }
}
