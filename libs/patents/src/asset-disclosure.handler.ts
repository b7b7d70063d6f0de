import { FindFilingDecision, NoteDisclosureFiling, TakeBackDisclosureFiling } from '@app/disclosures';
import type { CommandContext } from '@app/event-store';
import { Refusal, isPatent } from '@app/kernel';
import { FindPolicy } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { AssetData } from './asset-events.js';
import { assetRule } from './asset-rules.js';

interface Filing {
  readonly universityId: string;
  readonly disclosureNumber: string | undefined;
  readonly asset: { readonly assetId: string; readonly number: string };
}

/** What an asset has to do with the disclosure it came from (披露). */
@Injectable()
export class AssetDisclosures {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** A patent filed under an evaluation policy stands on a decision to file, or on a stated reason. @throws Refusal E-3 */
  async assertEvaluated({ universityId, ipType, filedOn, number, ...asset }: AssetData): Promise<void> {
    if (!isPatent(ipType) || asset.evaluationExemption || !assetRule.governs('E-3', filedOn)) return;
    const policy = await this.queries.execute(new FindPolicy(universityId, 'EVALUATION', filedOn));
    if (!policy) return;
    const { disclosureNumber } = asset;
    const filing =
      disclosureNumber && (await this.queries.execute(new FindFilingDecision(universityId, disclosureNumber)));
    if (filing && filing.decision === 'FILE') return;
    const { adoptedOn, documentNo } = policy;
    throw assetRule('E-3', { adoptedOn, documentNo, number }, { field: 'disclosureNumber' });
  }

  /**
   * Writes an asset while its disclosure knows that it is filed, so that its right cannot be released meanwhile; what is refused is
   * taken back. @throws Refusal C-5, D-29, E-39 and those of the writing
   */
  async filing<Answer>(
    { universityId, disclosureNumber, asset }: Filing,
    context: CommandContext,
    write: () => Promise<Answer>,
  ): Promise<Answer> {
    if (disclosureNumber === undefined) return write();
    await this.commands.execute(new NoteDisclosureFiling(universityId, disclosureNumber, asset, context));
    try {
      return await write();
    } catch (error) {
      const { assetId } = asset;
      if (error instanceof Refusal) await this.takeBack(universityId, disclosureNumber, assetId, context);
      throw error;
    }
  }

  /** The asset is no longer said to come from the disclosure. */
  takeBack(universityId: string, disclosureNumber: string, assetId: string, context: CommandContext): Promise<void> {
    return this.commands.execute(new TakeBackDisclosureFiling(universityId, disclosureNumber, assetId, context));
  }
}
