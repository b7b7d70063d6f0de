import { ClaimKeeper, type ClaimedNumber, type CommandContext, DeciderRunner, stepContext } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { PreviewAsset, RunAsset } from '@app/patents';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent, RefusalRecord } from './contract-events.js';
import { byNumber } from './claim-refusal.js';
import { evolve } from './contract-evolve.js';
import { type AskedChange, type Contract, contractStream, noContract, numbersOf } from './contract-state.js';
import type { AssetRef, ContractTerms } from './contract-terms.js';
import { ascending, askOf, moveOf, reservation, tellOf } from './title-change.js';
import { type Patience, isBusy } from './when-free.process.js';

type AssetCommand = RunAsset['command'];

/**
 * Makes the titles of a contract's assets follow the contract (ADR 0009). The contract's stream records the intent, to be lodged,
 * amended or voided; its assets are reserved in ascending id; one append on the contract's stream is the commit point; then each title is
 * told. Every step may be repeated by anyone at any time: its command id derives from contract, asset and step.
 */
@Injectable()
export class LodgeContractProcess {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /**
   * Asks every title first about the contract as lodged and as it stands after what followed, so that one that cannot be lodged leaves no
   * trace; only a race can still refuse it later. @throws the Refusal of the first title that would not accept it
   */
  async preview(contractId: string, lodged: Contract, followed: Contract, context: CommandContext): Promise<void> {
    const { terms } = lodged;
    if (!terms) return;
    const first = reservation(contractId, terms);
    const commandsFor = (asset: AssetRef) => [first, ...asksOf(contractId, noContract, followed, asset)];
    await this.askAll(contractId, terms, commandsFor, context);
  }

  /** Asks every title about what these events would lead to. @throws the Refusal of the first title that stands against it */
  async previewEvents(contractId: string, wanted: readonly ContractEvent[], context: CommandContext): Promise<void> {
    const before = await this.state(contractId);
    const after = wanted.reduce(evolve, before);
    if (!after.terms) return;
    await this.askAll(contractId, after.terms, (asset) => asksOf(contractId, before, after, asset), context);
  }

  /** Does something while holding numbers for the contract. @throws Refusal C-4 and those of the action */
  holding<Answer>(
    id: string,
    numbers: readonly ClaimedNumber[],
    context: CommandContext,
    action: () => Promise<Answer>,
  ): Promise<Answer> {
    return this.naming(() => this.claims.holding({ numbers, id, stream: contractStream(id) }, context, action));
  }

  /** @throws Refusal C-4 when another contract bears the number */
  assertFree({ kind, value }: ClaimedNumber, contractId: string): Promise<void> {
    return this.naming(() => this.claims.assertFree(kind, value, contractId));
  }

  private async naming<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    try {
      return await action();
    } catch (error) {
      throw await byNumber(error, async (id) => (await this.state(id)).terms?.number);
    }
  }

  private async askAll(
    contractId: string,
    terms: ContractTerms,
    commandsFor: (asset: AssetRef) => readonly AssetCommand[],
    context: CommandContext,
  ): Promise<void> {
    for (const asset of ascending(terms)) {
      const [first, ...following] = commandsFor(asset);
      if (!first) continue;
      const { assetId } = asset;
      const step = stepContext(context, contractId, assetId, 'preview', first.type, context.commandId);
      await this.queries.execute(new PreviewAsset(assetId, first, step, following));
    }
  }

  /** Settles what can be settled while the patience lasts; answers nothing when titles stay busy: the contract is left open. */
  async settleWithin(whenFree: Patience, contractId: string, context: CommandContext): Promise<Contract | undefined> {
    try {
      return await whenFree(() => this.settle(contractId, context));
    } catch (error) {
      if (isBusy(error)) return undefined;
      throw error;
    }
  }

  /** Drives the contract until nothing is left to do and answers its state. A busy asset leaves it open, for a later call. */
  async settle(contractId: string, context: CommandContext): Promise<Contract> {
    let contract = await this.state(contractId);
    if (contract.status === 'REQUESTED') contract = await this.lodge(contractId, contract, context);
    if (contract.pending) contract = await this.change(contractId, contract, contract.pending, context);
    const { terms, unsettled } = contract;
    if (unsettled === undefined || !terms) return contract;
    for (const asset of ascending(terms)) await this.follow(contractId, contract, asset, context);
    await this.giveBack(contractId, contract, context);
    const settled = stepContext(context, contractId, 'settle', String(unsettled));
    await this.step(contractId, { type: 'SettleContract', revision: unsettled }, settled);
    return this.state(contractId);
  }

  private async lodge(contractId: string, { terms }: Contract, context: CommandContext): Promise<Contract> {
    if (!terms) return this.state(contractId);
    const refusal = await this.refusalOf(async () => {
      await this.reserveAll(terms, reservation(contractId, terms), (assetId) =>
        stepContext(context, contractId, assetId, 'reserve'),
      );
      // A number whose claim was given up for dead meanwhile may stand for another contract now.
      await this.keepNumbers(contractId, context);
    });
    const command = refusal
      ? ({ type: 'RefuseLodgement', ...refusal } as const)
      : ({ type: 'ConfirmLodgement' } as const);
    await this.step(contractId, command, stepContext(context, contractId, 'commit'));
    return this.state(contractId);
  }

  private async change(
    contractId: string,
    { terms, termination }: Contract,
    pending: AskedChange,
    context: CommandContext,
  ): Promise<Contract> {
    if (!terms) return this.state(contractId);
    const { revision } = pending;
    const refusal = await this.refusalOf(() =>
      this.reserveAll(terms, askOf(contractId, terms, { pending, termination }), (assetId) =>
        stepContext(context, contractId, assetId, `ask-${revision}`),
      ),
    );
    const command: ContractCommand = refusal
      ? { type: 'RefuseChange', revision, ...refusal }
      : { type: 'CommitChange', revision };
    await this.step(contractId, command, stepContext(context, contractId, `commit-${revision}`));
    return this.state(contractId);
  }

  private async reserveAll(
    terms: ContractTerms,
    command: AssetCommand,
    stepOn: (assetId: string) => CommandContext,
  ): Promise<void> {
    for (const asset of ascending(terms)) await this.onAsset(asset, command, stepOn(asset.assetId));
  }

  /** What refuses the reservations, for the commit point. @throws Refusal of kind busy, which decides nothing yet */
  private async refusalOf(reserve: () => Promise<void>): Promise<RefusalRecord | undefined> {
    try {
      await reserve();
      return undefined;
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'busy') throw error;
      const { rule, clause, text, place } = error;
      return { rule, clause, ...text, ...(place.conflict ? { conflict: place.conflict } : {}) };
    }
  }

  private async follow(
    contractId: string,
    contract: Contract,
    asset: AssetRef,
    context: CommandContext,
  ): Promise<void> {
    const { status, decided, voidedOn } = contract;
    const at = (step: string) => stepContext(context, contractId, asset.assetId, step);
    if (status === 'REFUSED') return this.onAsset(asset, { type: 'Cancel', contractId }, at('cancel'));
    if (status === 'LODGED') await this.onAsset(asset, { type: 'Confirm', contractId }, at('confirm'));
    if (decided) {
      const { change, isRefused } = decided;
      await this.onAsset(asset, tellOf(contractId, change, isRefused), at(`tell-${change.revision}`));
    } else if (status === 'VOIDED' && voidedOn) {
      // Voided before voidings asked the titles first.
      await this.onAsset(asset, { type: 'Release', contractId, on: voidedOn }, at('release'));
    }
    if (status === 'LODGED') await this.followDates(contractId, contract, asset, context);
  }

  private async followDates(
    contractId: string,
    contract: Contract,
    asset: AssetRef,
    context: CommandContext,
  ): Promise<void> {
    const { terms, termination, renamedAt } = contract;
    const at = (step: string) => stepContext(context, contractId, asset.assetId, step);
    const move = moveOf(asset, contract);
    if (terms && move) {
      const to = terms.returnOf ? terms.universityId : (terms.counterpartyUniversity ?? terms.counterparty);
      await this.onAsset(asset, { type: 'MoveOwnership', contractId, to, ...move }, at(`move-${move.revision}`));
    }
    if (terms && renamedAt !== undefined) {
      const rename = { type: 'RenameParty', contractId, party: terms.counterparty, revision: renamedAt } as const;
      await this.onAsset(asset, rename, at(`rename-${renamedAt}`));
    }
    if (termination) {
      await this.onAsset(asset, { type: 'EndRight', contractId, ...termination }, at(`end-${termination.revision}`));
    }
  }

  /** A driver woken late might give back what the contract bears again since, so what it bears now is claimed again. */
  private async giveBack(contractId: string, { leaving }: Contract, context: CommandContext): Promise<void> {
    for (const { kind, value } of leaving) await this.claims.release(kind, value, contractId, context);
    if (leaving.length > 0) await this.keepNumbers(contractId, context);
  }

  /** @throws Refusal C-4 when another record bears one of the contract's numbers */
  private async keepNumbers(contractId: string, context: CommandContext): Promise<void> {
    const record = { id: contractId, stream: contractStream(contractId) };
    const numbers = numbersOf(await this.state(contractId));
    await this.naming(async () => {
      for (const number of numbers) await this.claims.claim(number, record, context);
    });
  }

  private async onAsset({ assetId }: AssetRef, command: AssetCommand, context: CommandContext): Promise<void> {
    await this.commands.execute(new RunAsset(assetId, command, context));
  }

  private async step(contractId: string, command: ContractCommand, context: CommandContext): Promise<void> {
    await this.runner.run(contractDecider, contractStream(contractId), command, context);
  }

  private state(contractId: string): Promise<Contract> {
    return this.runner.stateOf(contractDecider, contractStream(contractId));
  }
}

/** What the titles are to be asked when a contract goes from one state to another. */
const asksOf = (contractId: string, before: Contract, after: Contract, asset: AssetRef): readonly AssetCommand[] => {
  const { terms, pending, termination } = after;
  return [
    ...(terms && pending && pending !== before.pending ? [askOf(contractId, terms, { pending, termination })] : []),
    ...(termination && termination !== before.termination
      ? [{ type: 'EndRight', contractId, ...termination } as const]
      : []),
    ...checksOf(contractId, before, after, asset),
  ];
};

/** Days on which the offices are to register or record. */
const checksOf = (contractId: string, before: Contract, after: Contract, asset: AssetRef): readonly AssetCommand[] => {
  const { recordedOn } = after;
  const on = moveOf(asset, after)?.on;
  return [
    ...(on && on !== moveOf(asset, before)?.on ? [{ type: 'CheckTransfer', contractId, on } as const] : []),
    ...(recordedOn && recordedOn !== before.recordedOn
      ? [{ type: 'CheckRecording', contractId, on: recordedOn } as const]
      : []),
  ];
};
