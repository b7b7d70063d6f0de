import { ClaimKeeper, type CommandContext, DeciderRunner } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { contractDecider } from './contract.js';
import { type Contract, contractClaim, contractStream } from './contract-state.js';
import type { ContractTerms } from './contract-terms.js';

type Numbered = Pick<ContractTerms, 'universityId' | 'number'>;

interface Bearer {
  readonly contractId: string;
  readonly contract: Contract;
}

/** Contracts by their numbers: a voided one gives its number back, so that several may have borne one after the other. */
@Injectable()
export class ContractNumbers {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  /** The living contract with the number, else the last that was voided. */
  async bearer(numbered: Numbered): Promise<Bearer | undefined> {
    const holder = await this.claims.holder('contract', contractClaim(numbered));
    const living = holder && (await this.entered(holder));
    if (living) return living;
    const before = await this.bearers(numbered);
    return before.findLast(({ contract }) => contract.status === 'VOIDED');
  }

  /** The contract with the number that has this command on record: a row of an old sheet is about the contract of its time. */
  async toldOf(numbered: Numbered, { commandId }: CommandContext): Promise<string | undefined> {
    const bearers = await this.bearers(numbered);
    if (bearers.length < 2) return undefined;
    for (const { contractId } of bearers) {
      const history = await this.runner.read(contractStream(contractId));
      if (history.some(({ metadata }) => metadata.commandId === commandId)) return contractId;
    }
    return undefined;
  }

  async isVoided(contractId: string): Promise<boolean> {
    return (await this.entered(contractId))?.contract.status === 'VOIDED';
  }

  private async bearers(numbered: Numbered): Promise<readonly Bearer[]> {
    const ids = await this.claims.bearers('contract', contractClaim(numbered));
    return (await Promise.all(ids.map((id) => this.entered(id)))).filter((bearer) => bearer !== undefined);
  }

  /** A number may be taken a moment before its contract is there. */
  private async entered(contractId: string): Promise<Bearer | undefined> {
    const contract = await this.runner.stateOf(contractDecider, contractStream(contractId));
    return contract.status === 'ABSENT' ? undefined : { contractId, contract };
  }
}
