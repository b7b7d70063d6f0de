import { ClaimKeeper, type CommandContext, DeciderRunner, runnerRule } from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FiledAsset } from './application-right.js';
import { DecisionGrounds } from './decision-ground.handler.js';
import { disclosureClaim, disclosureDecider, disclosureStream } from './disclosure.js';
import { disclosureRule } from './disclosure-rules.js';

/**
 * Says that an asset is filed from a disclosure; sent by the handlers of assets before they write, never by a user. From then on the
 * right is not released and the disclosure not withdrawn. @throws Refusal C-5, D-19, D-29, E-39
 */
export class NoteDisclosureFiling extends Command<void> {
  constructor(
    readonly universityId: string,
    readonly disclosureNumber: string,
    readonly asset: FiledAsset,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Says that an asset is not filed from a disclosure after all: it was refused, or put right. */
export class TakeBackDisclosureFiling extends Command<void> {
  constructor(
    readonly universityId: string,
    readonly disclosureNumber: string,
    readonly assetId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(NoteDisclosureFiling)
export class NoteDisclosureFilingHandler implements ICommandHandler<NoteDisclosureFiling> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly grounds: DecisionGrounds,
  ) {}

  async execute({ universityId, disclosureNumber: number, asset, context }: NoteDisclosureFiling): Promise<void> {
    const field = 'disclosureNumber';
    const id = await this.claims.holder('disclosure', disclosureClaim(universityId, number));
    const disclosure = id && (await this.runner.stateOf(disclosureDecider, disclosureStream(id)));
    if (!id || !disclosure) {
      throw runnerRule('C-5', { kindZh: '披露', kindEn: 'disclosure', value: number }, { field });
    }
    if (disclosure.status === 'SECRET') throw disclosureRule('D-29', { number }, { field, conflict: id });
    await this.grounds.note(id, { type: 'NoteFiling', ...asset }, context);
  }
}

@CommandHandler(TakeBackDisclosureFiling)
export class TakeBackDisclosureFilingHandler implements ICommandHandler<TakeBackDisclosureFiling> {
  constructor(
    private readonly claims: ClaimKeeper,
    private readonly grounds: DecisionGrounds,
  ) {}

  async execute({ universityId, disclosureNumber, assetId, context }: TakeBackDisclosureFiling): Promise<void> {
    const id = await this.claims.holder('disclosure', disclosureClaim(universityId, disclosureNumber));
    if (id !== undefined) await this.grounds.note(id, { type: 'TakeBackFiling', assetId }, context);
  }
}
