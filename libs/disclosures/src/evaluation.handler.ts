import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  outcomeOf,
  runnerRule,
  stableId,
} from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { disclosureClaim, disclosureDecider, disclosureStream } from './disclosure.js';
import {
  type ConcludeEvaluation,
  type ConcludedEvaluation,
  type DecideFiling,
  evaluationDecider,
  evaluationRule,
  evaluationStream,
  existing,
} from './evaluation.js';

/** The evaluation names its disclosure by the university's own number. */
export type EvaluationRequest = { readonly type: 'ConcludeEvaluation' } & Omit<
  ConcludedEvaluation,
  'disclosureId' | 'title'
>;
export type FilingRequest = DecideFiling & { readonly evaluationId: string };

export class RunEvaluation extends Command<CommandOutcome> {
  constructor(
    readonly command: EvaluationRequest | FilingRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RunEvaluation)
export class RunEvaluationHandler implements ICommandHandler<RunEvaluation> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  execute({ command, context }: RunEvaluation): Promise<CommandOutcome> {
    return command.type === 'ConcludeEvaluation'
      ? this.concludeEvaluation(command, context)
      : this.decideFiling(command, context);
  }

  private async concludeEvaluation(request: EvaluationRequest, context: CommandContext): Promise<CommandOutcome> {
    const { universityId, number, disclosureNumber } = request;
    authorise(context.actor, 'disclosure.write', universityId);
    const command: ConcludeEvaluation = { ...request, ...(await this.disclosed(universityId, disclosureNumber)) };
    const id = stableId('evaluation', context.commandId);
    const stream = evaluationStream(id);
    const numbers = [{ kind: 'evaluation', value: `${universityId}/${number}` }];
    return outcomeOf(
      id,
      await this.claims.create({ decider: evaluationDecider, stream, id, command, numbers }, context),
    );
  }

  /** One filing decision stands for a disclosure, however often it is evaluated: claimed, so that no two can be made at once. */
  private async decideFiling(request: FilingRequest, context: CommandContext): Promise<CommandOutcome> {
    const { evaluationId, ...command } = request;
    const stream = evaluationStream(evaluationId);
    const evaluation = await this.runner.stateOf(evaluationDecider, stream);
    authorise(context.actor, 'disclosure.write', evaluation?.universityId);
    const { universityId, disclosureNumber } = existing(evaluation);
    await this.runner.preview(evaluationDecider, stream, command, context);
    const numbers = [{ kind: 'filing-decision', value: disclosureClaim(universityId, disclosureNumber) }];
    const decide = () => this.runner.run(evaluationDecider, stream, command, context);
    return outcomeOf(evaluationId, await this.claims.holding({ numbers, id: evaluationId, stream }, context, decide));
  }

  /** What the evaluation takes over from its disclosure. @throws Refusal C-5, E-16 */
  private async disclosed(universityId: string, number: string) {
    const disclosureId = await this.claims.holder('disclosure', disclosureClaim(universityId, number));
    const disclosure = disclosureId
      ? await this.runner.stateOf(disclosureDecider, disclosureStream(disclosureId))
      : undefined;
    const field = 'disclosureNumber';
    if (!disclosureId || !disclosure) throw runnerRule('C-5', { kind: '披露 / disclosure', value: number }, { field });
    if (disclosure.status === 'SECRET') {
      throw evaluationRule('E-16', { disclosure: number }, { field, conflict: disclosureId });
    }
    return { disclosureId, title: disclosure.title };
  }
}
