import { authorise } from '@app/access';
import { type CommandContext, type CommandOutcome, DeciderRunner, outcomeOf } from '@app/event-store';
import { type ApprovalRequest, Approvals } from '@app/evidence';
import { FindUniversity } from '@app/registry';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import type { AssetEntry, EntryVoiding } from './asset-entry.js';
import { assetDecider, assetStream } from './asset.js';
import type { AssetCommand } from './asset-events.js';
import { assertShares } from './asset-lifecycle.js';
import { present } from './asset-state.js';

/** A fact of the legal life of an asset, entered by its university's office (登记簿事项). */
export class EnterAssetFact extends Command<CommandOutcome> {
  constructor(
    readonly assetId: string,
    readonly entry: AssetEntry,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The voiding as sent: files by their hashes. */
export type EntryVoidingRequest = Pick<EntryVoiding, 'revision'> & ApprovalRequest;

/** Takes a wrongly entered fact out of the register, with reason, evidence and approver (更正). */
export class VoidAssetEntry extends Command<CommandOutcome> {
  constructor(
    readonly assetId: string,
    readonly voiding: EntryVoidingRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EnterAssetFact)
export class EnterAssetFactHandler implements ICommandHandler<EnterAssetFact> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly queries: QueryBus,
  ) {}

  async execute({ assetId, entry, context }: EnterAssetFact): Promise<CommandOutcome> {
    const universityId = await authorisedUniversity(this.runner, assetId, context);
    if (entry.type === 'CoOwnersChanged') {
      const { name } = await this.queries.execute(new FindUniversity(universityId));
      assertShares(entry.data.coOwners, universityId, name);
    }
    const command: AssetCommand = { type: 'EnterFact', entry };
    return outcomeOf(assetId, await this.runner.run(assetDecider, assetStream(assetId), command, context));
  }
}

@CommandHandler(VoidAssetEntry)
export class VoidAssetEntryHandler implements ICommandHandler<VoidAssetEntry> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly approvals: Approvals,
  ) {}

  async execute({ assetId, voiding, context }: VoidAssetEntry): Promise<CommandOutcome> {
    const { actor } = context;
    const universityId = await authorisedUniversity(this.runner, assetId, context);
    const approved = await this.approvals.approved(voiding, { actor, universityId });
    const command: AssetCommand = { type: 'VoidEntry', ...approved };
    return outcomeOf(assetId, await this.runner.run(assetDecider, assetStream(assetId), command, context));
  }
}

/** @throws Refusal C-23, A-1, A-2 */
const authorisedUniversity = async (
  runner: DeciderRunner,
  assetId: string,
  { actor }: CommandContext,
): Promise<string> => {
  const { universityId } = present(await runner.stateOf(assetDecider, assetStream(assetId)));
  authorise(actor, 'asset.write', universityId);
  return universityId;
};
