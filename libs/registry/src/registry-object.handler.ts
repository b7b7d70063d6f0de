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
import { parsePatentNumber } from '@app/kernel';
import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs';
import {
  type ConcludingCommand,
  type HighValuePortfolio,
  type OpeningCommand,
  type OpeningEvent,
  type PortfolioAsset,
  type RegistryKind,
  type StartHighValuePortfolio,
  registryCategories,
  registryStream,
} from './registry-events.js';
import { claimValue, endOf, kindOf, numberOf, registryDecider } from './registry-object.js';
import { registryRule } from './registry-rules.js';
import { FindUniversity } from './university.handler.js';

/** A portfolio as it arrives: its core patents by the numbers the office writes. */
export type PortfolioRequest = Omit<HighValuePortfolio, 'assets'> & { readonly assets: readonly string[] };

/** An opening command as it arrives. */
export type RegistryRequest =
  | Exclude<OpeningCommand, StartHighValuePortfolio>
  | { readonly type: StartHighValuePortfolio['type']; readonly data: PortfolioRequest };

/** Records a new object of the registry; its id derives from the command. */
export class RecordRegistryObject extends Command<CommandOutcome> {
  constructor(
    readonly request: RegistryRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Closes an office, withdraws a certificate, accepts a portfolio. */
export class ConcludeRegistryObject extends Command<CommandOutcome> {
  constructor(
    readonly id: string,
    readonly command: ConcludingCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** An object of the registry as others point to it, and the days it is one. */
export interface RegistryObjectFacts {
  readonly id: string;
  readonly startedOn: string;
  /** First day it is no more: closed, withdrawn or past its validity. */
  readonly endedOn?: string;
}

/**
 * The university's object by its own number: office or platform name, certificate number, portfolio number, `奖项/年度` of a
 * commendation, `<designation>/<文号>` of a designation. @throws Refusal C-5 on field `objectNumber`
 */
export class FindRegistryObject extends Query<RegistryObjectFacts> {
  constructor(
    readonly kind: RegistryKind,
    readonly universityId: string,
    readonly number: string,
  ) {
    super();
  }
}

@CommandHandler(RecordRegistryObject)
export class RecordRegistryObjectHandler implements ICommandHandler<RecordRegistryObject> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly queries: QueryBus,
  ) {}

  async execute({ request, context }: RecordRegistryObject): Promise<CommandOutcome> {
    const { universityId } = request.data;
    authorise(context.actor, 'registry.write', universityId);
    await this.queries.execute(new FindUniversity(universityId));
    const command = await this.commandOf(request);
    const kind = kindOf(command.type);
    const id = stableId(registryCategories[kind], context.commandId);
    const stream = registryStream(kind, id);
    const [event] = await this.runner.preview(registryDecider, stream, command, context);
    const numbers = event ? [{ kind, value: claimValue(kind, universityId, numberOf(event as OpeningEvent)) }] : [];
    const run = () => this.runner.run(registryDecider, stream, command, context);
    return outcomeOf(id, await this.claims.holding({ numbers, id, stream }, context, run));
  }

  private async commandOf(request: RegistryRequest): Promise<OpeningCommand> {
    if (request.type !== 'StartHighValuePortfolio') return request;
    return { type: request.type, data: { ...request.data, assets: await this.coreAssets(request.data) } };
  }

  /**
   * Core patents must stand in the rights register as the university's own. The claim on a patent number names its asset, and the
   * asset's first event its university: the lib of patents, which itself asks this one for universities, is not needed here.
   */
  private coreAssets({ universityId, assets }: PortfolioRequest): Promise<PortfolioAsset[]> {
    const canonical = new Set(assets.map((number) => parsePatentNumber(number, 'assets').canonical));
    return Promise.all(
      [...canonical].map(async (number) => {
        const assetId = await this.claims.holder('asset', number);
        const [registered] = assetId ? await this.runner.read(`asset-${assetId}`) : [];
        if (!assetId || !registered) {
          throw runnerRule('C-5', { kindZh: '知识产权', kindEn: 'asset', value: number }, { field: 'assets' });
        }
        if (registered.data['universityId'] !== universityId) {
          throw registryRule('R-15', { number }, { field: 'assets', conflict: assetId });
        }
        return { assetId, number };
      }),
    );
  }
}

@CommandHandler(ConcludeRegistryObject)
export class ConcludeRegistryObjectHandler implements ICommandHandler<ConcludeRegistryObject> {
  constructor(private readonly runner: DeciderRunner) {}

  async execute({ id, command, context }: ConcludeRegistryObject): Promise<CommandOutcome> {
    const stream = registryStream(kindOf(command.type), id);
    const object = await this.runner.stateOf(registryDecider, stream);
    authorise(context.actor, 'registry.write', object?.universityId);
    return outcomeOf(id, await this.runner.run(registryDecider, stream, command, context));
  }
}

@QueryHandler(FindRegistryObject)
export class FindRegistryObjectHandler implements IQueryHandler<FindRegistryObject> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  async execute({ kind, universityId, number }: FindRegistryObject): Promise<RegistryObjectFacts> {
    const id = await this.claims.holder(kind, claimValue(kind, universityId, number));
    const object = id ? await this.runner.stateOf(registryDecider, registryStream(kind, id)) : undefined;
    if (!id || object?.universityId !== universityId) {
      throw runnerRule('C-5', { kindZh: '登记对象', kindEn: kind, value: number }, { field: 'objectNumber' });
    }
    const endedOn = endOf(kind, object);
    return { id, startedOn: object.startedOn, ...(endedOn === undefined ? {} : { endedOn }) };
  }
}
