import { Approvers, authorise } from '@app/access';
import { type CommandContext, type CommandOutcome, DeciderRunner, outcomeOf } from '@app/event-store';
import { DescribeEvidence } from '@app/evidence';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { assetDecider, assetStream } from './asset.js';
import { correctedData } from './asset-data.js';
import { AssetDisclosures } from './asset-disclosure.handler.js';
import type { AssetCommand, AssetEvent, CorrectData } from './asset-events.js';
import { present } from './asset-state.js';

/** The correction as sent: files by their hashes. */
export type CorrectionRequest = Omit<CorrectData, 'type' | 'evidenceFiles'> & {
  readonly evidenceFiles?: readonly string[];
};

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
    private readonly approvers: Approvers,
    private readonly queries: QueryBus,
    private readonly disclosures: AssetDisclosures,
  ) {}

  async execute({ assetId, correction, context }: CorrectAsset): Promise<CommandOutcome> {
    const stream = assetStream(assetId);
    const data = present(await this.runner.stateOf(assetDecider, stream));
    const { universityId, number } = data;
    authorise(context.actor, 'asset.write', universityId);
    const command = await this.asStored(correction, universityId, context);
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

  private async asStored(
    { evidenceFiles: hashes, ...said }: CorrectionRequest,
    universityId: string,
    { actor }: CommandContext,
  ): Promise<Extract<AssetCommand, { type: 'CorrectData' }>> {
    const approver = await this.approvers.named(said.approver, 'correction.approve', { actor, universityId });
    const evidenceFiles = hashes && (await this.queries.execute(new DescribeEvidence(hashes, actor)));
    return { type: 'CorrectData', ...said, approver, ...(evidenceFiles ? { evidenceFiles } : {}) };
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
