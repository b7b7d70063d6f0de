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
import type { ApprovalRequest } from '@app/evidence';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { declared, numberClaim, openLicenceDecider, openLicenceStream, refusalOf } from './open-licence.js';
import type {
  AnnounceOpenLicence,
  ChangeFeeStandard,
  DeclareOpenLicence,
  OpenLicence,
  OpenLicenceCommand,
  OpenLicenceEvent,
  OpenLicenceTerms,
  RejectOpenLicence,
  TerminateOpenLicence,
  WithdrawOpenLicence,
} from './open-licence-events.js';
import { OpenLicenceFacts } from './open-licence-facts.handler.js';
import { openLicenceRule } from './open-licence-rules.js';
import { SettleOpenLicences, type TitleStep } from './settle-open-licences.process.js';

/** A declaration as an office writes it: its patent by the registration number. */
export type OpenLicenceDraft = Omit<OpenLicenceTerms, 'assetId' | 'assetNumber' | 'title' | 'ipType'> & {
  readonly asset: string;
};
type DeclarationRequest = { readonly type: 'DeclareOpenLicence' } & OpenLicenceDraft;
type VoidRequest = { readonly type: 'VoidOpenLicence' } & ApprovalRequest;
type Later =
  | AnnounceOpenLicence
  | WithdrawOpenLicence
  | TerminateOpenLicence
  | RejectOpenLicence
  | ChangeFeeStandard
  | VoidRequest;
type LaterRequest = Later & { readonly declarationId: string };
export type OpenLicenceRequest = DeclarationRequest | LaterRequest;

/** What a sheet's row may say happened after the declaration. */
export type DeclarationFollowUp = AnnounceOpenLicence | WithdrawOpenLicence | RejectOpenLicence;

/** With follow-ups a declaration is refused also when one of them, which its sender means to send next, would be. */
export class RunOpenLicence extends Command<CommandOutcome> {
  constructor(
    readonly command: OpenLicenceRequest,
    readonly context: CommandContext,
    readonly followUps: readonly DeclarationFollowUp[] = [],
  ) {
    super();
  }
}

/** The declaration with this number of a university. @throws Refusal C-5 */
export class FindOpenLicence extends Query<{ readonly declarationId: string }> {
  constructor(
    readonly universityId: string,
    readonly number: string,
  ) {
    super();
  }
}

@CommandHandler(RunOpenLicence)
export class RunOpenLicenceHandler implements ICommandHandler<RunOpenLicence> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly process: SettleOpenLicences,
    private readonly facts: OpenLicenceFacts,
  ) {}

  execute({ command, context, followUps }: RunOpenLicence): Promise<CommandOutcome> {
    if (command.type !== 'DeclareOpenLicence') return this.follow(command, context);
    return this.declare(command, context, followUps);
  }

  private async declare(
    { asset, ...draft }: DeclarationRequest,
    context: CommandContext,
    followUps: readonly DeclarationFollowUp[],
  ): Promise<CommandOutcome> {
    const { universityId, number } = draft;
    authorise(context.actor, 'open-licence.write', universityId);
    const patent = await this.facts.patent(universityId, asset);
    const command: DeclareOpenLicence = { ...draft, ...patent };
    const id = stableId('open-licence', context.commandId);
    const stream = openLicenceStream(id);
    const wanted = await this.runner.previewAll(openLicenceDecider, stream, [command, ...stepsOf(followUps)], context);
    if (wanted.length > 0) {
      const announcement = followUps.find(({ type }) => type === 'AnnounceOpenLicence');
      const on = announcement?.type === 'AnnounceOpenLicence' ? announcement.announcedOn : draft.declaredOn;
      await this.process.previewLicence(id, command, { step: 'ANNOUNCEMENT', on }, context);
    }
    const numbers = [{ kind: 'open-licence', value: numberClaim(universityId, number) }];
    const creation = { decider: openLicenceDecider, stream, id, command, numbers };
    return outcomeOf(id, await this.claims.create(creation, context));
  }

  /** The step is requested on the stream, the title is told, and the answer committed (ADR 0009). */
  private async follow({ declarationId, ...request }: LaterRequest, context: CommandContext): Promise<CommandOutcome> {
    const stream = openLicenceStream(declarationId);
    const terms = declared(await this.runner.stateOf(openLicenceDecider, stream));
    const { universityId } = terms;
    authorise(context.actor, 'open-licence.write', universityId);
    // What a driver left that died is finished first, so that this command meets a declaration its title agrees with.
    await this.process.settleLicence(declarationId, context);
    const act = { actor: context.actor, universityId };
    const command = request.type === 'VoidOpenLicence' ? await this.facts.approvals.approved(request, act) : request;
    const wanted = await this.runner.preview(openLicenceDecider, stream, command, context);
    const step = titleStepOf(wanted as readonly OpenLicenceEvent[]);
    if (step) await this.process.previewLicence(declarationId, terms, step, context);
    if (command.type === 'ChangeFeeStandard' && wanted.length > 0) {
      await this.process.previewStandard(declarationId, terms, command.announcedOn, context);
    }
    const result = await this.runner.run(openLicenceDecider, stream, command, context);
    const licence = await this.process.settleLicence(declarationId, context);
    assertDone(licence, result.events[0]?.revision);
    const last = (await this.runner.read(stream)).at(-1);
    return {
      ...outcomeOf(declarationId, result),
      ...(last ? { revision: last.revision, position: last.position } : {}),
    };
  }
}

/** @throws the Refusal of the title, when it met what was requested at this revision; OL-30 while it is still to be asked */
const assertDone = (licence: OpenLicence, requested: number | undefined): void => {
  const { refusal, open } = licence;
  const { number, assetId } = declared(licence);
  if (refusal && refusal.revision === requested) throw refusalOf(refusal, assetId);
  if (open && open.revision === requested) throw openLicenceRule('OL-30', { number });
};

const titleStepOf = ([event]: readonly OpenLicenceEvent[]): TitleStep | undefined => {
  switch (event?.type) {
    case 'OpenLicenceAnnouncementRequested':
      return { step: 'ANNOUNCEMENT', on: event.data.announcedOn };
    case 'OpenLicenceEndRequested':
      return { step: 'END', on: event.data.on };
    default:
      return undefined;
  }
};

/** Follow-ups as they will go: each that asks the title is answered before the next. Every one appends an event. */
const stepsOf = (followUps: readonly DeclarationFollowUp[]): OpenLicenceCommand[] => {
  let revision = 0;
  return followUps.flatMap((command): OpenLicenceCommand[] => {
    if (command.type === 'RejectOpenLicence') {
      revision += 1;
      return [command];
    }
    const requested = revision + 1;
    revision += 2;
    return [command, { type: 'ConfirmStep', revision: requested }];
  });
};

@QueryHandler(FindOpenLicence)
export class FindOpenLicenceHandler implements IQueryHandler<FindOpenLicence> {
  constructor(private readonly claims: ClaimKeeper) {}

  async execute({ universityId, number }: FindOpenLicence): Promise<{ readonly declarationId: string }> {
    const declarationId = await this.claims.holder('open-licence', numberClaim(universityId, number));
    const kind = { kindZh: '开放许可声明', kindEn: 'open-licence declaration' };
    if (!declarationId) throw runnerRule('C-5', { ...kind, value: number }, { field: 'declarationNumber' });
    return { declarationId };
  }
}
