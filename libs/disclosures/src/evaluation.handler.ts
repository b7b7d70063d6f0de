import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  outcomeOf,
  runnerRule,
  stableId,
  stepContext,
  withInput,
} from '@app/event-store';
import type { ApprovalRequest } from '@app/evidence';
import { compactNumber } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { disclosureClaim, disclosureDecider, disclosureStream } from './disclosure.js';
import { DecisionGrounds, knownOf } from './decision-ground.handler.js';
import type { OpenDisclosure } from './disclosure-events.js';
import { DisclosureInput } from './disclosure-input.handler.js';
import {
  type CommissionEvaluation,
  type ConcludeCommissioned,
  type ConcludeEvaluation,
  type DecideFiling,
  type EvaluationCommand,
  type ReleaseRight,
  type ReplaceEvaluator,
  evaluationClaim,
  evaluationDecider,
  evaluationStream,
  existing,
} from './evaluation.js';
import type { CorrectEvaluation } from './evaluation-correction.js';
import type { Evaluation } from './evaluation-events.js';
import { evaluationRule } from './evaluation-rules.js';
import { type EvaluationContext, groundOf } from './findings.js';

/** As it arrives: files by their hashes, what is known of other records left to the ledger. */
type AsSent<Sent> = Omit<Sent, 'known' | 'evidenceFiles'> & { readonly evidenceFiles?: readonly string[] };

/** The evaluation names its disclosure by the university's own number. */
export type EvaluationRequest = Omit<AsSent<ConcludeEvaluation>, 'disclosureId' | 'title'>;
export type CommissionRequest = Omit<CommissionEvaluation, 'known' | 'disclosureId' | 'title'>;
export type FilingRequest = DecideFiling & { readonly evaluationId: string };

/** To whom the right goes: staff numbers or person ids, all the inventors when nobody is named. */
export type ReleaseRequest = Omit<AsSent<ReleaseRight>, 'disclosed' | 'inventors' | 'contractId'> & {
  readonly inventors?: readonly string[];
};

type StepRequest =
  | ReplaceEvaluator
  | AsSent<ConcludeCommissioned>
  | DecideFiling
  | ReleaseRequest
  | (Omit<CorrectEvaluation, keyof ApprovalRequest> & ApprovalRequest);

/** A step of an evaluation's life as it arrives. */
export type EvaluationStepRequest = { readonly evaluationId: string } & StepRequest;

/** What may follow in the same row of a sheet. */
export type EvaluationFollowUp = DecideFiling | ReleaseRequest;

/** Runs a command of an evaluation. One that opens it may say what its sender means to send next: it is refused when that would be. */
export class RunEvaluation extends Command<CommandOutcome> {
  constructor(
    readonly command: EvaluationRequest | CommissionRequest | EvaluationStepRequest,
    readonly context: CommandContext,
    readonly followUps: readonly EvaluationFollowUp[] = [],
  ) {
    super();
  }
}

type Opening = ConcludeEvaluation | CommissionEvaluation;

@CommandHandler(RunEvaluation)
export class RunEvaluationHandler implements ICommandHandler<RunEvaluation> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly input: DisclosureInput,
    private readonly grounds: DecisionGrounds,
  ) {}

  execute({ command, context, followUps }: RunEvaluation): Promise<CommandOutcome> {
    return command.type === 'ConcludeEvaluation' || command.type === 'CommissionEvaluation'
      ? this.open(command, context, followUps)
      : this.step(command, context);
  }

  private async open(
    request: EvaluationRequest | CommissionRequest,
    context: CommandContext,
    followUps: readonly EvaluationFollowUp[],
  ): Promise<CommandOutcome> {
    const { universityId, number, disclosureNumber } = request;
    authorise(context.actor, 'disclosure.write', universityId);
    const id = stableId('evaluation', context.commandId);
    const stream = evaluationStream(id);
    const opened = await this.runner.stateOf(evaluationDecider, stream);
    // What comes again is about the disclosure it was about, though that may have given its number back since.
    const disclosureId = opened?.disclosureId ?? (await this.disclosed(universityId, disclosureNumber));
    const disclosure = await this.grounds.disclosure(disclosureId);
    const { title } = disclosure.facts;
    const known = await this.known(disclosure, request);
    const command = {
      ...(await this.input.approvals.withFiles(request, context.actor)),
      disclosureId,
      title,
      known,
    } as Opening;
    const numbers = [{ kind: 'evaluation', value: evaluationClaim(universityId, number) }];
    const next = await Promise.all(
      followUps.map(async (step) =>
        step.type === 'ReleaseRight'
          ? (await this.storedRelease(step, { universityId, disclosureId }, context)).command
          : step,
      ),
    );
    const wanted = await this.runner.previewAll(evaluationDecider, stream, [command, ...next], context);
    if (wanted.length > 0) await this.grounds.assertFollowing(id, command, next, context);
    const result = await this.claims.create({ decider: evaluationDecider, stream, id, command, numbers }, context);
    await this.grounds.note(disclosureId, { type: 'NoteEvaluation', evaluationId: id }, context);
    await this.supersede(id, context);
    return outcomeOf(id, result);
  }

  private async step(
    { evaluationId: id, ...step }: EvaluationStepRequest,
    sent: CommandContext,
  ): Promise<CommandOutcome> {
    const stream = evaluationStream(id);
    const evaluation = await this.runner.stateOf(evaluationDecider, stream);
    authorise(sent.actor, 'disclosure.write', evaluation?.universityId);
    const { command, context } = await this.storedStep(step, existing(evaluation), sent);
    if (command.type === 'DecideFiling') return this.decideFiling(id, existing(evaluation), { command, context });
    if (command.type === 'ReleaseRight') await this.closeDisclosure(id, existing(evaluation), { command, context });
    if (command.type === 'CorrectEvaluation' && command.filing) {
      const wanted = await this.runner.preview(evaluationDecider, stream, command, context);
      if (wanted.some(({ type }) => type === 'FilingDecisionCorrected'))
        await this.grounds.assertStanding(existing(evaluation));
    }
    const result = await this.runner.run(evaluationDecider, stream, command, context);
    if (command.type === 'ConcludeCommissioned' || command.type === 'CorrectEvaluation')
      await this.supersede(id, context);
    return outcomeOf(id, result);
  }

  /** One filing decision stands for a disclosure, however often it is evaluated: claimed, so that no two can be made at once. */
  private async decideFiling(
    id: string,
    evaluation: Evaluation,
    { command, context }: { readonly command: DecideFiling; readonly context: CommandContext },
  ): Promise<CommandOutcome> {
    const { universityId, disclosureNumber } = evaluation;
    const stream = evaluationStream(id);
    const wanted = await this.runner.preview(evaluationDecider, stream, command, context);
    const numbers = [{ kind: 'filing-decision', value: disclosureClaim(universityId, disclosureNumber) }];
    const decide = async () => {
      if (wanted.length > 0) await this.grounds.assertDecidable(id, evaluation, command.decidedOn);
      return this.runner.run(evaluationDecider, stream, command, context);
    };
    return outcomeOf(id, await this.claims.holding({ numbers, id, stream }, context, decide));
  }

  /** The disclosure is closed first: from then on nothing is filed from it, and where something was the release is refused. */
  private async closeDisclosure(
    id: string,
    evaluation: Evaluation,
    { command, context }: { readonly command: ReleaseRight; readonly context: CommandContext },
  ): Promise<void> {
    const wanted = await this.runner.preview(evaluationDecider, evaluationStream(id), command, context);
    if (wanted.length === 0) return;
    await this.grounds.assertStanding(evaluation);
    const { on, contractNo } = command;
    const release = { type: 'NoteRelease', evaluationId: id, on, contractNo } as const;
    await this.grounds.note(evaluation.disclosureId, release, context);
  }

  private async storedStep(
    step: StepRequest,
    evaluation: Evaluation,
    context: CommandContext,
  ): Promise<{ readonly command: EvaluationCommand; readonly context: CommandContext }> {
    const { universityId, disclosureId } = evaluation;
    switch (step.type) {
      case 'ConcludeCommissioned': {
        const known = await this.known(await this.grounds.disclosure(disclosureId), { ...step, universityId });
        return {
          command: { ...(await this.input.approvals.withFiles(step, context.actor)), known } as ConcludeCommissioned,
          context,
        };
      }
      case 'ReleaseRight':
        return this.storedRelease(step, evaluation, context);
      case 'CorrectEvaluation': {
        const act = { actor: context.actor, universityId };
        return { command: await this.input.approvals.approved(step, act), context };
      }
      default:
        return { command: step, context };
    }
  }

  /** Staff numbers are hashed as the pseudonyms they are stored as. */
  private async storedRelease(
    request: ReleaseRequest,
    { universityId, disclosureId }: Pick<Evaluation, 'universityId' | 'disclosureId'>,
    sent: CommandContext,
  ) {
    const { inventors: wanted, ...release } = await this.input.approvals.withFiles(request, sent.actor);
    const { facts } = await this.grounds.disclosure(disclosureId);
    const disclosed = facts.inventors.map(({ personId }) => personId);
    const inventors = wanted?.map((person) => this.input.personId(universityId, person));
    const contractId = await this.claims.holder('contract', `${universityId}/${compactNumber(release.contractNo)}`);
    const found = contractId === undefined ? {} : { contractId };
    const command = { ...release, ...found, inventors: inventors ?? disclosed, disclosed } as ReleaseRight;
    return { command, context: withInput(sent, { ...release, inventors }) };
  }

  /** @throws Refusal C-5, E-16 */
  private async disclosed(universityId: string, number: string): Promise<string> {
    const disclosureId = await this.claims.holder('disclosure', disclosureClaim(universityId, number));
    const field = 'disclosureNumber';
    const missing = () => runnerRule('C-5', { kindZh: '披露', kindEn: 'disclosure', value: number }, { field });
    if (disclosureId === undefined) throw missing();
    const disclosure = await this.runner.stateOf(disclosureDecider, disclosureStream(disclosureId));
    if (!disclosure) throw missing();
    if (disclosure.status === 'SECRET') {
      throw evaluationRule('E-16', { disclosure: number }, { field, conflict: disclosureId });
    }
    return disclosureId;
  }

  private async known(
    disclosure: OpenDisclosure,
    request: { readonly universityId: string; readonly supersedes?: string } | CommissionRequest,
  ): Promise<EvaluationContext> {
    if (!('supersedes' in request) || request.supersedes === undefined) return knownOf(disclosure);
    const { universityId, supersedes } = request;
    const earlier = await this.evaluationBy(evaluationClaim(universityId, supersedes), 'evaluation');
    if (!earlier) return knownOf(disclosure);
    const { disclosureId, findings } = earlier.evaluation;
    const evaluatedOn = findings ? { evaluatedOn: findings.evaluatedOn } : {};
    return { ...knownOf(disclosure), earlier: { disclosureId, ...evaluatedOn } };
  }

  private async evaluationBy(value: string, kind: 'evaluation' | 'filing-decision') {
    const id = await this.claims.holder(kind, value);
    const evaluation = id && (await this.runner.stateOf(evaluationDecider, evaluationStream(id)));
    return id && evaluation ? { id, evaluation } : undefined;
  }

  /** Tells the evaluation that is superseded, and the one that carries the filing decision, of the later one as it stands. */
  private async supersede(id: string, context: CommandContext): Promise<void> {
    const history = await this.runner.read(evaluationStream(id));
    const later = existing(await this.runner.stateOf(evaluationDecider, evaluationStream(id)));
    const { universityId, disclosureId, disclosureNumber, findings } = later;
    if (findings?.supersedes === undefined) return;
    const by = { ...groundOf(later), evaluationId: id };
    const earlier = [
      await this.evaluationBy(evaluationClaim(universityId, findings.supersedes), 'evaluation'),
      await this.evaluationBy(disclosureClaim(universityId, disclosureNumber), 'filing-decision'),
    ].flatMap((found) =>
      found && found.id !== id && found.evaluation.disclosureId === disclosureId ? [found.id] : [],
    );
    for (const target of new Set(earlier)) {
      const step = stepContext(context, 'supersede', target, id, String(history.length));
      await this.runner.run(evaluationDecider, evaluationStream(target), { type: 'SupersedeEvaluation', by }, step);
    }
  }
}
