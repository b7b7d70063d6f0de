import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  type RunResult,
  outcomeOf,
  stableId,
  withInput,
} from '@app/event-store';
import { FindUniversity } from '@app/registry';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type DiscloseInvention, disclosureClaim, disclosureDecider, disclosureStream } from './disclosure.js';
import type { DisclosureNumber } from './disclosure-facts.js';
import {
  type DisclosureFollowUp,
  DisclosureInput,
  type DisclosureRequest,
  type DisclosureStepRequest,
  type NamedInventor,
  type StepRequest,
} from './disclosure-input.handler.js';
import { disclosureRule } from './disclosure-rules.js';
import { evaluationDecider, evaluationStream } from './evaluation.js';

/**
 * Runs a command of a disclosure. One that opens it may say what its sender means to send next: it is refused when that would be.
 */
export class RunDisclosure extends Command<CommandOutcome> {
  constructor(
    readonly command: DisclosureRequest | DisclosureStepRequest,
    readonly context: CommandContext,
    readonly followUps: readonly DisclosureFollowUp[] = [],
  ) {
    super();
  }
}

@CommandHandler(RunDisclosure)
export class RunDisclosureHandler implements ICommandHandler<RunDisclosure> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly input: DisclosureInput,
    private readonly queries: QueryBus,
  ) {}

  execute({ command, context, followUps }: RunDisclosure): Promise<CommandOutcome> {
    return command.type === 'DiscloseInvention'
      ? this.disclose(command, context, followUps)
      : this.step(command, context);
  }

  private async disclose(
    request: DisclosureRequest,
    sent: CommandContext,
    followUps: readonly DisclosureFollowUp[],
  ): Promise<CommandOutcome> {
    const { universityId, number, inventors = [] } = request;
    authorise(sent.actor, 'disclosure.write', universityId);
    await this.queries.execute(new FindUniversity(universityId));
    const command: DiscloseInvention = await this.input.asStored(request, universityId, sent);
    const context = withInput(sent, command);
    const id = stableId('disclosure', context.commandId);
    const stream = disclosureStream(id);
    const wanted = await this.runner.previewAll(disclosureDecider, stream, [command, ...followUps], context);
    // Sent again: the number may be another's by now.
    if (wanted.length === 0) return outcomeOf(id, await this.runner.run(disclosureDecider, stream, command, context));
    const numbers = [{ kind: 'disclosure', value: disclosureClaim(universityId, number) }];
    const result = await this.claims.holding({ numbers, id, stream }, context, async () => {
      await this.input.enrol(universityId, inventors);
      return this.runner.run(disclosureDecider, stream, command, context);
    });
    return outcomeOf(id, result);
  }

  private async step(request: DisclosureStepRequest, sent: CommandContext): Promise<CommandOutcome> {
    const { disclosureId: id, ...step } = request;
    const stream = disclosureStream(id);
    const disclosure = await this.runner.stateOf(disclosureDecider, stream);
    authorise(sent.actor, 'disclosure.write', disclosure?.universityId);
    if (!disclosure) throw disclosureRule('D-25');
    const { universityId } = disclosure;
    const command = await this.input.storedStep(step, universityId, sent);
    const context = withInput(sent, command);
    await this.runner.preview(disclosureDecider, stream, command, context);
    await this.input.enrol(universityId, namedIn(step));
    const run = () => this.runner.run(disclosureDecider, stream, command, context);
    if (command.type !== 'WithdrawDisclosure') return outcomeOf(id, await run());
    const withdrawn =
      disclosure.status === 'WITHDRAWN' ? run() : this.withoutDecision(id, disclosure, { context, run });
    const result = await withdrawn;
    // The number may be borne by a disclosure that is made anew.
    await this.claims.release('disclosure', disclosureClaim(universityId, disclosure.number), id, context);
    return outcomeOf(id, result);
  }

  /** While it is withdrawn no filing decision can be made: the disclosure holds the claim itself. @throws Refusal D-22 */
  private async withoutDecision(
    id: string,
    { universityId, number }: DisclosureNumber,
    { context, run }: { readonly context: CommandContext; readonly run: () => Promise<RunResult> },
  ): Promise<RunResult> {
    const claim = { kind: 'filing-decision', value: disclosureClaim(universityId, number) };
    const conflict = await this.claims.holder(claim.kind, claim.value);
    if (conflict !== undefined && conflict !== id) {
      const evaluation = await this.runner.stateOf(evaluationDecider, evaluationStream(conflict));
      throw disclosureRule('D-22', { number, evaluation: evaluation?.number ?? conflict }, { conflict });
    }
    const result = await this.claims.holding({ numbers: [claim], id, stream: disclosureStream(id) }, context, run);
    await this.claims.release(claim.kind, claim.value, id, context);
    return result;
  }
}

const namedIn = (step: StepRequest): readonly NamedInventor[] => {
  if (step.type === 'SupplementDisclosure') return step.inventors ?? [];
  return step.type === 'CorrectDisclosure' ? (step.changes.inventors ?? []) : [];
};
