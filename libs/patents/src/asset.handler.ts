import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  outcomeOf,
  runnerRule,
  stableId,
} from '@app/event-store';
import { type IpType, Refusal, compactNumber, parsePatentNumber, parseRegistrationNumber } from '@app/kernel';
import { authorise } from '@app/access';
import { FindUniversity } from '@app/registry';
import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs';
import { assetDecider, assetStream } from './asset.js';
import { AssetDisclosures } from './asset-disclosure.handler.js';
import type { AssetCommand, AssetData, CoOwner } from './asset-events.js';
import { assertShares } from './asset-lifecycle.js';
import { OPEN_END } from './asset-scope.js';
import type { Asset } from './asset-state.js';
import { coOwnersAt, expiryAt, grantOf } from './asset-status.js';

/** An asset as other records point to it. */
export interface AssetFacts {
  readonly assetId: string;
  readonly ipType: IpType;
  readonly number: string;
  readonly title: string;
  readonly grantedOn?: string;
  /** Last day of the right, where the law fixes one. */
  readonly expiresOn?: string;
  /** Number of the disclosure it came from. */
  readonly disclosureNumber?: string;
  /** Who owns it beside the owner, as last known; empty when nobody. */
  readonly coOwners: readonly CoOwner[];
}

export class RegisterAsset extends Command<CommandOutcome> {
  constructor(
    readonly asset: AssetData,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** A step of a contract or an open licence on one asset's title; sent by their handlers, never by a user. */
export class RunAsset extends Command<CommandOutcome> {
  constructor(
    readonly assetId: string,
    readonly command: Exclude<AssetCommand, { type: 'RegisterAsset' | 'EnterFact' | 'VoidEntry' | 'CorrectData' }>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Whether a title would accept a step, and then those that follow it, with nothing written. @throws the Refusal it would meet */
export class PreviewAsset extends Query<void> {
  constructor(
    readonly assetId: string,
    readonly command: RunAsset['command'],
    readonly context: CommandContext,
    readonly following: ReadonlyArray<RunAsset['command']> = [],
  ) {
    super();
  }
}

/** The asset with this registration number, as the university's office writes it. @throws Refusal C-5 */
export class FindAsset extends Query<AssetFacts> {
  constructor(
    readonly universityId: string,
    readonly number: string,
    /** The input field a refusal points to. */
    readonly field = 'assets',
  ) {
    super();
  }
}

/** Technical secrets and other unregistered assets are numbered by their university; registered ones by the office that grants them. */
const claimValue = (universityId: string, ipType: IpType, number: string): string =>
  ipType === 'TECH_SECRET' || ipType === 'OTHER' ? `${universityId}/${number}` : number;

@CommandHandler(RegisterAsset)
export class RegisterAssetHandler implements ICommandHandler<RegisterAsset> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly queries: QueryBus,
    private readonly disclosures: AssetDisclosures,
  ) {}

  async execute({ asset, context }: RegisterAsset): Promise<CommandOutcome> {
    authorise(context.actor, 'asset.write', asset.universityId);
    const { name } = await this.queries.execute(new FindUniversity(asset.universityId));
    assertShares(asset.coOwners ?? [], asset.universityId, name);
    const { canonical, warnings } = parseRegistrationNumber(asset.ipType, asset.number, 'number');
    const command: AssetCommand = {
      type: 'RegisterAsset',
      ...asset,
      number: canonical,
      ...(warnings.length > 0 ? { warnings } : {}),
    };
    const id = stableId('asset', context.commandId);
    const wanted = await this.runner.preview(assetDecider, assetStream(id), command, context);
    if (wanted.length > 0) await this.disclosures.assertEvaluated({ ...asset, number: canonical });
    const numbers = [{ kind: 'asset', value: claimValue(asset.universityId, asset.ipType, canonical) }];
    const creation = { decider: assetDecider, stream: assetStream(id), id, command, numbers };
    const { universityId, disclosureNumber } = asset;
    const filing = {
      universityId,
      disclosureNumber: wanted.length > 0 ? disclosureNumber : undefined,
      asset: { assetId: id, number: canonical },
    };
    const create = () => this.claims.create(creation, context);
    return outcomeOf(id, await this.disclosures.filing(filing, context, create));
  }
}

@CommandHandler(RunAsset)
export class RunAssetHandler implements ICommandHandler<RunAsset> {
  constructor(private readonly runner: DeciderRunner) {}

  async execute({ assetId, command, context }: RunAsset): Promise<CommandOutcome> {
    return outcomeOf(assetId, await this.runner.run(assetDecider, assetStream(assetId), command, context));
  }
}

@QueryHandler(PreviewAsset)
export class PreviewAssetHandler implements IQueryHandler<PreviewAsset> {
  constructor(private readonly runner: DeciderRunner) {}

  async execute({ assetId, command, context, following }: PreviewAsset): Promise<void> {
    await this.runner.previewAll(assetDecider, assetStream(assetId), [command, ...following], context);
  }
}

@QueryHandler(FindAsset)
export class FindAssetHandler implements IQueryHandler<FindAsset> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  async execute({ universityId, number, field }: FindAsset): Promise<AssetFacts> {
    for (const value of candidates(universityId, number)) {
      const assetId = await this.claims.holder('asset', value);
      const asset = assetId && (await this.runner.stateOf(assetDecider, assetStream(assetId)));
      if (asset && asset.data) return factsAbout(assetId, asset.data, asset);
    }
    // A slip of the pen in a patent number is told as such (I-1); "not found" would send the office looking for a missing row.
    if (PATENT_SHAPE.test(compactNumber(number))) parsePatentNumber(number, field);
    throw runnerRule('C-5', { kindZh: '知识产权', kindEn: 'asset', value: number }, { field });
  }
}

const factsAbout = (assetId: string, data: AssetData, asset: Asset): AssetFacts => {
  const { ipType, number, title, disclosureNumber } = data;
  const [grantedOn, expiresOn] = [grantOf(asset), expiryAt(asset)];
  return {
    assetId,
    ipType,
    number,
    title,
    ...(grantedOn ? { grantedOn } : {}),
    ...(expiresOn ? { expiresOn } : {}),
    ...(disclosureNumber ? { disclosureNumber } : {}),
    coOwners: coOwnersAt(asset, OPEN_END),
  };
};

/** Twelve digits and a check character, as numbers have been since 2003 (D§8.1). */
const PATENT_SHAPE = /^(ZL|CN)?(19|20)\d{10}\.?[\dX]$/;

/** A number alone does not say its kind: try it as each kind would spell it. */
const candidates = (universityId: string, number: string): Set<string> => {
  const kinds = ['INVENTION', 'UTILITY_MODEL', 'DESIGN', 'SOFTWARE', 'LAYOUT', 'TECH_SECRET'] as const;
  const values = kinds.flatMap((ipType) => {
    try {
      return claimValue(universityId, ipType, parseRegistrationNumber(ipType, number, 'assets').canonical);
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
  return new Set(values);
};
