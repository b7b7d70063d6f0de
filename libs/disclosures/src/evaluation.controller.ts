import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { EvaluationDto, FilingDecisionDto } from './evaluation.dto.js';
import { RunEvaluation } from './evaluation.handler.js';

@ApiTags('evaluations')
@Controller('api/v1/evaluations')
export class EvaluationController {
  constructor(private readonly commands: CommandBus) {}

  /** Records a concluded pre-filing evaluation of a disclosure (申请前评估). */
  @Post()
  conclude(@Body() body: EvaluationDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'ConcludeEvaluation', ...body }, context));
  }

  /** Records the decision whether to file, taken on an evaluation (申请决定). */
  @Post(':id/filing-decision')
  decideFiling(
    @Param('id') evaluationId: string,
    @Body() body: FilingDecisionDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'DecideFiling', evaluationId, ...body }, context));
  }
}
