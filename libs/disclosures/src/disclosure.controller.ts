import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DisclosureDto } from './disclosure.dto.js';
import { RunDisclosure } from './disclosure.handler.js';

@ApiTags('disclosures')
@Controller('api/v1/disclosures')
export class DisclosureController {
  constructor(private readonly commands: CommandBus) {}

  /** Discloses a service invention (职务科技成果披露). */
  @Post()
  disclose(@Body() body: DisclosureDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunDisclosure({ type: 'DiscloseInvention', ...body }, context));
  }
}
