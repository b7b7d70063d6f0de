import type { CommandContext, CommandOutcome } from '@app/event-store';
import { Context } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CommissionDto, EvaluationDto } from './evaluation.dto.js';
import { RunEvaluation } from './evaluation.handler.js';
import {
  ConclusionDto,
  CorrectEvaluationDto,
  FilingDecisionDto,
  ReleaseDto,
  ReplaceEvaluatorDto,
} from './evaluation-step.dto.js';

@ApiTags('evaluations')
@Controller('api/v1/evaluations')
export class EvaluationController {
  constructor(private readonly commands: CommandBus) {}

  /** Records a concluded pre-filing evaluation of a disclosure (申请前评估). */
  @Post()
  conclude(@Body() body: EvaluationDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'ConcludeEvaluation', ...body }, context));
  }

  /** Commissions an evaluation that is to be concluded later (委托评估). */
  @Post('commission')
  commission(@Body() body: CommissionDto, @Context() context: CommandContext): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'CommissionEvaluation', ...body }, context));
  }

  /** Replaces the evaluator of an evaluation that is not concluded (更换评估机构), as after a conflict of interest. */
  @Post(':id/evaluator')
  replaceEvaluator(
    @Param('id') evaluationId: string,
    @Body() body: ReplaceEvaluatorDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'ReplaceEvaluator', evaluationId, ...body }, context));
  }

  /** Records what a commissioned evaluation found (评估完成). */
  @Post(':id/conclusion')
  concludeCommissioned(
    @Param('id') evaluationId: string,
    @Body() body: ConclusionDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'ConcludeCommissioned', evaluationId, ...body }, context));
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

  /** Releases the right to the inventors after a decision not to file (转给发明人); never counted as a conversion. */
  @Post(':id/release')
  release(
    @Param('id') evaluationId: string,
    @Body() body: ReleaseDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'ReleaseRight', evaluationId, ...body }, context));
  }

  /** Puts findings right or revises the filing decision, with reason, evidence and approver (更正). */
  @Post(':id/corrections')
  correct(
    @Param('id') evaluationId: string,
    @Body() body: CorrectEvaluationDto,
    @Context() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RunEvaluation({ type: 'CorrectEvaluation', evaluationId, ...body }, context));
  }
}
