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
} from '@app/event-store';
import type { PatentType } from '@app/kernel';
import { FindAsset, PreviewAsset, RunAsset } from '@app/patents';
import {
  Command,
  CommandBus,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs';
import {
  type AnnounceOpenLicence,
  type DeclareOpenLicence,
  type OpenLicenceTerms,
  type WithdrawOpenLicence,
  declared,
  numberClaim,
  openLicenceDecider,
  openLicenceStream,
} from './open-licence.js';

/** A declaration as an office writes it: its patent by the registration number. */
export type OpenLicenceDraft = Omit<OpenLicenceTerms, 'assetId' | 'assetNumber' | 'title' | 'ipType'> & {
  readonly asset: string;
};
type DeclarationRequest = { readonly type: 'DeclareOpenLicence' } & OpenLicenceDraft;
type LaterRequest = (AnnounceOpenLicence | WithdrawOpenLicence) & { readonly declarationId: string };
export type OpenLicenceRequest = DeclarationRequest | LaterRequest;

/** With follow-ups a declaration is refused also when one of them, which its sender means to send next, would be. */
export class RunOpenLicence extends Command<CommandOutcome> {
  constructor(
    readonly command: OpenLicenceRequest,
    readonly context: CommandContext,
    readonly followUps: ReadonlyArray<AnnounceOpenLicence | WithdrawOpenLicence> = [],
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
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  execute({ command, context, followUps }: RunOpenLicence): Promise<CommandOutcome> {
    if (command.type !== 'DeclareOpenLicence') return this.follow(command, context);
    return this.declare(command, context, followUps);
  }

  private async declare(
    { asset, ...draft }: DeclarationRequest,
    context: CommandContext,
    followUps: RunOpenLicence['followUps'],
  ): Promise<CommandOutcome> {
    const { universityId, number } = draft;
    authorise(context.actor, 'open-licence.write', universityId);
    const found = await this.queries.execute(new FindAsset(universityId, asset, 'asset'));
    const { assetId, number: assetNumber, title } = found;
    // The title accepts nothing but patents, and is asked before anything is written.
    const ipType = found.ipType as PatentType;
    const command: DeclareOpenLicence = { ...draft, assetId, assetNumber, title, ipType };
    const id = stableId('open-licence', context.commandId);
    const stream = openLicenceStream(id);
    const wanted = await this.runner.previewAll(openLicenceDecider, stream, [command, ...followUps], context);
    if (wanted.length > 0) {
      const step = stepContext(context, id, 'enter');
      const announcement = followUps.find(({ type }) => type === 'AnnounceOpenLicence');
      const from = announcement?.type === 'AnnounceOpenLicence' ? announcement.announcedOn : draft.declaredOn;
      await this.queries.execute(new PreviewAsset(assetId, entered(id, command, from), step));
    }
    const numbers = [{ kind: 'open-licence', value: numberClaim(universityId, number) }];
    return outcomeOf(
      id,
      await this.claims.create({ decider: openLicenceDecider, stream, id, command, numbers }, context),
    );
  }

  /** The title of the patent decides first, so that it never lags behind the declaration. */
  private async follow({ declarationId, ...command }: LaterRequest, context: CommandContext): Promise<CommandOutcome> {
    const stream = openLicenceStream(declarationId);
    const terms = declared(await this.runner.stateOf(openLicenceDecider, stream));
    authorise(context.actor, 'open-licence.write', terms.universityId);
    await this.runner.preview(openLicenceDecider, stream, command, context);
    const [onTitle, step] =
      command.type === 'AnnounceOpenLicence'
        ? [entered(declarationId, terms, command.announcedOn), 'enter']
        : [{ type: 'EndOpenLicence', declarationId, on: command.withdrawnOn } as const, 'end'];
    await this.commands.execute(new RunAsset(terms.assetId, onTitle, stepContext(context, declarationId, step)));
    return outcomeOf(declarationId, await this.runner.run(openLicenceDecider, stream, command, context));
  }
}

const entered = (
  declarationId: string,
  { universityId, endsOn: to }: OpenLicenceTerms,
  from: string,
): RunAsset['command'] => ({
  type: 'EnterOpenLicence',
  declarationId,
  universityId,
  from,
  to,
});

@QueryHandler(FindOpenLicence)
export class FindOpenLicenceHandler implements IQueryHandler<FindOpenLicence> {
  constructor(private readonly claims: ClaimKeeper) {}

  async execute({ universityId, number }: FindOpenLicence): Promise<{ readonly declarationId: string }> {
    const declarationId = await this.claims.holder('open-licence', numberClaim(universityId, number));
    const kind = '开放许可声明 / open-licence declaration';
    if (!declarationId) throw runnerRule('C-5', { kind, value: number }, { field: 'declarationNumber' });
    return { declarationId };
  }
}
