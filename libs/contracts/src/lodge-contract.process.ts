import { ClaimKeeper, type CommandContext, DeciderRunner, stepContext } from '@app/event-store';
import { Refusal, compactNumber } from '@app/kernel';
import { PreviewAsset, type Right, RunAsset } from '@app/patents';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type Contract, type ContractCommand, contractClaim, contractDecider, contractStream } from './contract.js';
import { type AssetRef, type ContractTerms, movesTitle } from './contract-terms.js';

/**
 * Makes the titles of a contract's assets follow the contract (ADR 0009). The contract's stream records the intent; its assets are
 * reserved in ascending id; one append on the contract's stream, lodged or refused, is the commit point; then each title is told.
 * Every step may be repeated by anyone at any time: its command id derives from contract, asset and step.
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
   * Asks every title first, so that a contract that cannot be lodged leaves no trace; only a race can still refuse it later.
   * @throws the Refusal of the first title that would not accept it
   */
  async preview(contractId: string, terms: ContractTerms, context: CommandContext): Promise<void> {
    const command = { type: 'Reserve', contractId, universityId: terms.universityId, right: rightOf(terms) } as const;
    for (const { assetId } of ascending(terms)) {
      await this.queries.execute(
        new PreviewAsset(assetId, command, stepContext(context, contractId, assetId, 'reserve')),
      );
    }
  }

  /** Asks every title whether it lets the contract go. @throws the Refusal of the first that stands on it */
  async previewVoid(contractId: string, terms: ContractTerms, on: string, context: CommandContext): Promise<void> {
    for (const { assetId } of ascending(terms)) {
      const step = stepContext(context, contractId, assetId, 'release');
      await this.queries.execute(new PreviewAsset(assetId, { type: 'Release', contractId, on }, step));
    }
  }

  /** The contract's number is its own unless it is refused, which gives the number back. @throws Refusal C-4 */
  async claimNumber(contractId: string, terms: ContractTerms, context: CommandContext): Promise<void> {
    await this.claims.claim(
      { kind: 'contract', value: contractClaim(terms) },
      { id: contractId, stream: contractStream(contractId) },
      context,
    );
  }

  /** @throws Refusal C-4 when another contract bears the recording number */
  assertRecordingFree(contractId: string, recordNo: string): Promise<void> {
    return this.claims.assertFree('record-number', compactNumber(recordNo), contractId);
  }

  /** Drives the contract until nothing is left to do and answers its state. A busy asset leaves it open, for a later call. */
  async settle(contractId: string, context: CommandContext): Promise<Contract> {
    let contract = await this.state(contractId);
    if (contract.status === 'REQUESTED') contract = await this.reserve(contractId, contract, context);
    const { terms, unsettled } = contract;
    if (unsettled === undefined || !terms) return contract;
    for (const asset of ascending(terms)) await this.follow(contractId, contract, asset, context);
    if (contract.status === 'REFUSED') await this.claims.release('contract', contractClaim(terms), contractId, context);
    const settled = stepContext(context, contractId, 'settle', String(unsettled));
    await this.step(contractId, { type: 'SettleContract', revision: unsettled }, settled);
    return this.state(contractId);
  }

  private async reserve(contractId: string, { terms }: Contract, context: CommandContext): Promise<Contract> {
    const command = terms ? await this.reserveAll(contractId, terms, context) : undefined;
    if (command) await this.step(contractId, command, stepContext(context, contractId, 'commit'));
    return this.state(contractId);
  }

  /** The commit command the reservations lead to. @throws Refusal of kind busy, which decides nothing yet */
  private async reserveAll(
    contractId: string,
    terms: ContractTerms,
    context: CommandContext,
  ): Promise<ContractCommand> {
    const { universityId } = terms;
    try {
      for (const asset of ascending(terms)) {
        const command = { type: 'Reserve', contractId, universityId, right: rightOf(terms) } as const;
        await this.onAsset(asset, command, stepContext(context, contractId, asset.assetId, 'reserve'));
      }
      return { type: 'ConfirmLodgement' };
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'busy') throw error;
      return { type: 'RefuseLodgement', rule: error.rule, clause: error.clause, zh: error.text.zh, en: error.text.en };
    }
  }

  private async follow(
    contractId: string,
    contract: Contract,
    asset: AssetRef,
    context: CommandContext,
  ): Promise<void> {
    const { status, terms, registeredOn, voidedOn, unsettled: revision } = contract;
    const at = (step: string) => stepContext(context, contractId, asset.assetId, step);
    if (status === 'REFUSED') return this.onAsset(asset, { type: 'Cancel', contractId }, at('cancel'));
    if (status === 'VOIDED' && voidedOn) {
      return this.onAsset(asset, { type: 'Release', contractId, on: voidedOn }, at('release'));
    }
    await this.onAsset(asset, { type: 'Confirm', contractId }, at('confirm'));
    if (!terms || !registeredOn || revision === undefined) return;
    const to = terms.returnOf ? terms.universityId : terms.counterparty;
    const move = { type: 'MoveOwnership', contractId, to, on: registeredOn, revision } as const;
    await this.onAsset(asset, move, at(`move-${revision}`));
  }

  private async onAsset({ assetId }: AssetRef, command: RunAsset['command'], context: CommandContext): Promise<void> {
    await this.commands.execute(new RunAsset(assetId, command, context));
  }

  private async step(contractId: string, command: ContractCommand, context: CommandContext): Promise<void> {
    await this.runner.run(contractDecider, contractStream(contractId), command, context);
  }

  private state(contractId: string): Promise<Contract> {
    return this.runner.stateOf(contractDecider, contractStream(contractId));
  }
}

/** One order for all contracts, so that two packages never wait for each other in a circle. */
const ascending = ({ assets }: ContractTerms): readonly AssetRef[] =>
  [...assets].sort((a, b) => (a.assetId < b.assetId ? -1 : 1));

const rightOf = ({ mode, licenceKind = 'ORDINARY', effectiveOn, endsOn, returnOf }: ContractTerms): Right =>
  movesTitle(mode)
    ? { kind: 'TITLE', on: effectiveOn, ...(returnOf ? { back: true } : {}) }
    : { kind: 'LICENCE', licence: licenceKind, from: effectiveOn, ...(endsOn ? { to: endsOn } : {}) };
