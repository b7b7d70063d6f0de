import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  outcomeOf,
  stableId,
  stepContext,
} from '@app/event-store';
import { compactNumber } from '@app/kernel';
import { PreviewAsset, RunAsset } from '@app/patents';
import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import {
  type GrantFacts,
  type GrantOpenLicence,
  type Offer,
  type RecordOpenGrant,
  effectiveOn,
  granted,
  openGrantDecider,
  openGrantStream,
} from './open-grant.js';
import { declared, numberClaim, openLicenceDecider, openLicenceStream } from './open-licence.js';

type GrantRequest = { readonly type: 'GrantOpenLicence' } & GrantFacts;
type RecordingRequest = RecordOpenGrant & { readonly grantId: string };
export type OpenGrantRequest = GrantRequest | RecordingRequest;

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
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  execute({ command, context, recording }: RunOpenGrant): Promise<CommandOutcome> {
    if (command.type !== 'GrantOpenLicence') return this.record(command, context);
    return this.grant(command, context, recording);
  }

  /** The title of the patent takes the grant first: withdrawal and grant meet there, and only one of them finds the offer open. */
  private async grant(
    request: GrantRequest,
    context: CommandContext,
    recording?: RecordOpenGrant,
  ): Promise<CommandOutcome> {
    const offer = await this.offer(request.declarationId);
    const { universityId, assetId } = offer.terms;
    authorise(context.actor, 'open-licence.write', universityId);
    const command: GrantOpenLicence = { ...request, offer };
    const id = stableId('open-grant', context.commandId);
    const stream = openGrantStream(id);
    const onTitle = entered(id, command);
    const step = stepContext(context, id, 'enter');
    const commands = recording ? [command, recording] : [command];
    const wanted = await this.runner.previewAll(openGrantDecider, stream, commands, context);
    if (wanted.length > 0) {
      if (recording) await this.claims.assertFree('record-number', compactNumber(recording.recordNo), id);
      await this.queries.execute(new PreviewAsset(assetId, onTitle, step));
    }
    await this.claims.claim(
      { kind: 'open-licence-grant', value: numberClaim(universityId, request.number) },
      { id, stream },
      context,
    );
    await this.commands.execute(new RunAsset(assetId, onTitle, step));
    return outcomeOf(id, await this.runner.run(openGrantDecider, stream, command, context));
  }

  private async record({ grantId, ...command }: RecordingRequest, context: CommandContext): Promise<CommandOutcome> {
    const stream = openGrantStream(grantId);
    const { universityId } = granted(await this.runner.stateOf(openGrantDecider, stream));
    authorise(context.actor, 'open-licence.write', universityId);
    await this.runner.preview(openGrantDecider, stream, command, context);
    await this.claims.claim(
      { kind: 'record-number', value: compactNumber(command.recordNo) },
      { id: grantId, stream },
      context,
    );
    return outcomeOf(grantId, await this.runner.run(openGrantDecider, stream, command, context));
  }

  private async offer(declarationId: string): Promise<Offer> {
    const licence = await this.runner.stateOf(openLicenceDecider, openLicenceStream(declarationId));
    const { announcedOn, withdrawnOn } = licence;
    return {
      terms: declared(licence),
      ...(announcedOn ? { announcedOn } : {}),
      ...(withdrawnOn ? { withdrawnOn } : {}),
    };
  }
}

const entered = (grantId: string, { offer, ...facts }: GrantOpenLicence): RunAsset['command'] => {
  const { declarationId, noticeOn } = facts;
  const { universityId, endsOn: to } = offer.terms;
  const from = effectiveOn(facts);
  return { type: 'EnterOpenGrant', grantId, declarationId, universityId, noticeOn, from, to };
};
