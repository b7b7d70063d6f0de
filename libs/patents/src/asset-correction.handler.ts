import { authorise } from '@app/access';
import { type CommandContext, type CommandOutcome, DeciderRunner, outcomeOf } from '@app/event-store';
import { type ApprovalRequest, Approvals } from '@app/evidence';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assetDecider, assetStream } from './asset.js';
import { correctedData } from './asset-data.js';
import { AssetDisclosures } from './asset-disclosure.handler.js';
import type { AssetEvent, CorrectData } from './asset-events.js';
import { present } from './asset-state.js';

/** The correction as sent: files by their hashes. */
export type CorrectionRequest = Pick<CorrectData, 'changes' | 'removes'> & ApprovalRequest;

/** Puts registered data of an asset right, with reason, evidence and approver (更正). */
export class CorrectAsset extends Command<CommandOutcome> {
  constructor(
    readonly assetId: string,
    readonly correction: CorrectionRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CorrectAsset)
export class CorrectAssetHandler implements ICommandHandler<CorrectAsset> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly approvals: Approvals,
    private readonly disclosures: AssetDisclosures,
  ) {}

  async execute({ assetId, correction, context }: CorrectAsset): Promise<CommandOutcome> {
    const stream = assetStream(assetId);
    const data = present(await this.runner.stateOf(assetDecider, stream));
    const { universityId, number } = data;
    authorise(context.actor, 'asset.write', universityId);
    const approved = await this.approvals.approved(correction, { actor: context.actor, universityId });
    const command = { type: 'CorrectData', ...approved } as const;
    const wanted = (await this.runner.preview(assetDecider, stream, command, context)) as readonly AssetEvent[];
    const after = correctedData(data, command);
    const isMoved = wanted.length > 0 && after.disclosureNumber !== data.disclosureNumber;
    if (isMoved || (wanted.length > 0 && after.filedOn !== data.filedOn)) await this.disclosures.assertEvaluated(after);
    const disclosureNumber = isMoved ? after.disclosureNumber : undefined;
    const filing = { universityId, disclosureNumber, asset: { assetId, number } };
    const write = () => this.runner.run(assetDecider, stream, command, context);
    const result = await this.disclosures.filing(filing, context, write);
    await this.leaveDisclosure(assetId, result.events as unknown as readonly AssetEvent[], context);
    return outcomeOf(assetId, result);
  }

  /** The disclosure it was said to come from is told, also when the command comes again after a crash. */
  private async leaveDisclosure(
    assetId: string,
    events: readonly AssetEvent[],
    context: CommandContext,
  ): Promise<void> {
    const { universityId, disclosureNumber } = present(await this.runner.stateOf(assetDecider, assetStream(assetId)));
    for (const event of events) {
      const left = event.type === 'AssetDataCorrected' ? event.data.from.disclosureNumber : undefined;
      if (left === undefined || left === disclosureNumber) continue;
      await this.disclosures.takeBack(universityId, left, assetId, context);
    }
  }
}
