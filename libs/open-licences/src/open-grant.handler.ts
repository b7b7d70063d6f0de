import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  type RunResult,
  outcomeOf,
  stableId,
} from '@app/event-store';
import type { ApprovalRequest } from '@app/evidence';
import { Refusal, compactNumber } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { effectiveOn, granted, openGrantDecider, openGrantStream } from './open-grant.js';
import type {
  CancelOpenGrantRecord,
  GrantFacts,
  GrantOpenLicence,
  GrantTerms,
  Offer,
  OpenGrantCommand,
  RecordOpenGrant,
} from './open-grant-events.js';
import { numberClaim, openLicenceDecider, openLicenceStream, declared } from './open-licence.js';
import type { OpenLicence } from './open-licence-events.js';
import { OpenLicenceFacts } from './open-licence-facts.handler.js';
import { SettleOpenLicences } from './settle-open-licences.process.js';

type GrantRequest = { readonly type: 'GrantOpenLicence' } & GrantFacts;
type EndRequest = { readonly type: 'EndOpenGrant'; readonly on: string } & ApprovalRequest;
type VoidRequest = { readonly type: 'VoidOpenGrant' } & ApprovalRequest;
type Later = RecordOpenGrant | CancelOpenGrantRecord | EndRequest | VoidRequest;
type LaterRequest = Later & { readonly grantId: string };
export type OpenGrantRequest = GrantRequest | LaterRequest;

/** With a recording to follow a grant is refused also when that would be. */
export class RunOpenGrant extends Command<CommandOutcome> {
  constructor(
    readonly command: OpenGrantRequest,
    readonly context: CommandContext,
    readonly recording?: RecordOpenGrant,
  ) {
    super();
  }
}

@CommandHandler(RunOpenGrant)
export class RunOpenGrantHandler implements ICommandHandler<RunOpenGrant> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly process: SettleOpenLicences,
    private readonly facts: OpenLicenceFacts,
  ) {}

  execute({ command, context, recording }: RunOpenGrant): Promise<CommandOutcome> {
    if (command.type !== 'GrantOpenLicence') return this.follow(command, context);
    return this.grant(command, context, recording);
  }

  /** Requested on the grant's stream, taken by the title, committed: withdrawal and grant meet on the title, and one of them finds the offer open. */
  private async grant(
    request: GrantRequest,
    context: CommandContext,
    recording?: RecordOpenGrant,
  ): Promise<CommandOutcome> {
    const { declarationId, number } = request;
    const { universityId } = declared(await this.licence(declarationId));
    authorise(context.actor, 'open-licence.write', universityId);
    const offer = offerOf(await this.process.settleLicence(declarationId, context));
    const licensee = await this.facts.licensee(request.licenseeCode, effectiveOn(request));
    const command: GrantOpenLicence = { ...request, ...licensee, offer };
    const id = stableId('open-grant', context.commandId);
    const stream = openGrantStream(id);
    const commands: OpenGrantCommand[] = recording ? [command, { type: 'ConfirmGrant' }, recording] : [command];
    const [wanted] = await this.runner.previewAll(openGrantDecider, stream, commands, context);
    if (wanted) {
      if (recording) await this.claims.assertFree('record-number', compactNumber(recording.recordNo), id);
      await this.process.previewGrant(id, wanted.data as GrantTerms, context);
    }
    const numbers = [{ kind: 'open-licence-grant', value: numberClaim(universityId, number) }];
    const result = await this.claims.create({ decider: openGrantDecider, stream, id, command, numbers }, context);
    return this.settled(id, result, context);
  }

  private async follow({ grantId, ...request }: LaterRequest, context: CommandContext): Promise<CommandOutcome> {
    const stream = openGrantStream(grantId);
    const terms = granted(await this.runner.stateOf(openGrantDecider, stream));
    const { universityId } = terms;
    authorise(context.actor, 'open-licence.write', universityId);
    await this.process.settleGrant(grantId, context);
    const act = { actor: context.actor, universityId };
    const command = 'approver' in request ? await this.facts.approvals.approved(request, act) : request;
    const run = () => this.runner.run(openGrantDecider, stream, command, context);
    const wanted = await this.runner.preview(openGrantDecider, stream, command, context);
    if (wanted.length === 0) return this.settled(grantId, await run(), context);
    if (command.type === 'EndOpenGrant') await this.process.previewEnd(grantId, terms, command.on, context);
    if (command.type === 'VoidOpenGrant') await this.process.previewEnd(grantId, terms, undefined, context);
    const numbers =
      command.type === 'RecordOpenGrant' ? [{ kind: 'record-number', value: compactNumber(command.recordNo) }] : [];
    const result = await this.claims.holding({ numbers, id: grantId, stream }, context, run);
    return this.settled(grantId, result, context);
  }

  /** @throws the Refusal of the title, where a race refused the grant */
  private async settled(id: string, result: RunResult, context: CommandContext): Promise<CommandOutcome> {
    const { status, refusal } = await this.process.settleGrant(id, context);
    if (status === 'REFUSED' && refusal) throw new Refusal(refusal.rule, refusal, { conflict: id });
    const last = (await this.runner.read(openGrantStream(id))).at(-1);
    return { ...outcomeOf(id, result), ...(last ? { revision: last.revision, position: last.position } : {}) };
  }

  private licence(declarationId: string): Promise<OpenLicence> {
    return this.runner.stateOf(openLicenceDecider, openLicenceStream(declarationId));
  }
}

const offerOf = (licence: OpenLicence): Offer => {
  const { announcedOn, withdrawnOn, endedOn, standards } = licence;
  const closedOn = withdrawnOn ?? endedOn;
  return {
    terms: declared(licence),
    ...(announcedOn ? { announcedOn } : {}),
    ...(closedOn ? { closedOn } : {}),
    standards,
  };
};
