import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  outcomeOf,
  stableId,
} from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { byNumber } from './claim-refusal.js';
import { ContractFacts, assetRef } from './contract-facts.handler.js';
import {
  type NoticeData,
  type PriceNoticeCommand,
  priceNoticeClaim,
  priceNoticeDecider,
  priceNoticeStream,
} from './price-notice.js';
import { pricingRule } from './pricing-rules.js';

/** A price notice as an office writes it: its assets by their registration numbers. */
export type NoticeDraft = Omit<NoticeData, 'assets'> & { readonly assets: readonly string[] };

/** Notes that a price was published (定价公示). */
export class PublishPriceNotice extends Command<CommandOutcome> {
  constructor(
    readonly draft: NoticeDraft,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** What happens to a published notice: objections, their outcome, withdrawal. */
export class RunPriceNotice extends Command<CommandOutcome> {
  constructor(
    readonly noticeId: string,
    readonly command: Exclude<PriceNoticeCommand, { type: 'PublishPriceNotice' }>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PublishPriceNotice)
export class PublishPriceNoticeHandler implements ICommandHandler<PublishPriceNotice> {
  constructor(
    private readonly claims: ClaimKeeper,
    private readonly facts: ContractFacts,
  ) {}

  async execute({ draft, context }: PublishPriceNotice): Promise<CommandOutcome> {
    authorise(context.actor, 'contract.write', draft.universityId);
    const assets = (await this.facts.assets(draft.universityId, draft.assets)).map(assetRef);
    const stateFounded = await this.facts.isStateFounded(draft.universityId);
    const command: PriceNoticeCommand = { type: 'PublishPriceNotice', ...draft, assets, stateFounded };
    const id = stableId('price-notice', context.commandId);
    const numbers = [{ kind: 'price-notice', value: priceNoticeClaim(draft) }];
    const creation = { decider: priceNoticeDecider, stream: priceNoticeStream(id), id, command, numbers };
    try {
      return outcomeOf(id, await this.claims.create(creation, context));
    } catch (error) {
      // Whoever holds the number bears it.
      throw await byNumber(error, async () => draft.number);
    }
  }
}

@CommandHandler(RunPriceNotice)
export class RunPriceNoticeHandler implements ICommandHandler<RunPriceNotice> {
  constructor(private readonly runner: DeciderRunner) {}

  async execute({ noticeId, command, context }: RunPriceNotice): Promise<CommandOutcome> {
    const stream = priceNoticeStream(noticeId);
    const { data } = await this.runner.stateOf(priceNoticeDecider, stream);
    if (!data) throw pricingRule('C-70');
    authorise(context.actor, 'contract.write', data.universityId);
    return outcomeOf(noticeId, await this.runner.run(priceNoticeDecider, stream, command, context));
  }
}
