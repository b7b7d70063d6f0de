import { FindRelease, assertNoMarketTransfer } from '@app/disclosures';
import { ClaimKeeper, DeciderRunner, runnerRule } from '@app/event-store';
import { isStateFounded } from '@app/kernel';
import { type AssetFacts, FindAsset } from '@app/patents';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { contractDecider } from './contract.js';
import type { DealFacts, HeadFacts } from './contract-facts.js';
import { type ContractStatus, contractClaim, contractStream } from './contract-state.js';
import type { AssetRef, ContractTerms, ConversionMode } from './contract-terms.js';
import { FindPriceNotice } from './price-notice.queries.js';

/** A contract as other records point to it. */
export interface FoundContract {
  readonly contractId: string;
  readonly status: Exclude<ContractStatus, 'ABSENT'>;
  /** Last day of a licence that ended early (解除). */
  readonly terminatedOn?: string;
}

/** The contract with this number of a university. @throws Refusal C-5 */
export class FindContract extends Query<FoundContract> {
  constructor(
    readonly universityId: string,
    readonly number: string,
    /** The input field a refusal points to. */
    readonly field = 'contractNumber',
  ) {
    super();
  }
}

@QueryHandler(FindContract)
export class FindContractHandler implements IQueryHandler<FindContract> {
  constructor(
    private readonly claims: ClaimKeeper,
    private readonly runner: DeciderRunner,
  ) {}

  async execute({ universityId, number, field }: FindContract): Promise<FoundContract> {
    const contractId = await this.claims.holder('contract', contractClaim({ universityId, number }));
    const contract = contractId ? await this.runner.stateOf(contractDecider, contractStream(contractId)) : undefined;
    // A number may be taken a moment before its contract is there.
    if (!contractId || !contract || contract.status === 'ABSENT')
      throw runnerRule('C-5', { kind: '合同 / contract', value: number }, { field });
    const { status, termination } = contract;
    return { contractId, status, ...(termination ? { terminatedOn: termination.on } : {}) };
  }
}

/** What a record keeps of an asset. */
export const assetRef = ({ assetId, ipType, number }: AssetFacts): AssetRef => ({ assetId, ipType, number });

/** What other records say of a deal, read from the log. */
@Injectable()
export class ContractFacts {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly queries: QueryBus,
  ) {}

  /** @throws Refusal C-5 where a price notice or head contract that the terms name is unknown */
  async of(terms: Pick<ContractTerms, 'universityId' | 'priceNotice' | 'headContract'>): Promise<DealFacts> {
    const { universityId, priceNotice, headContract } = terms;
    const stateFounded = await this.isStateFounded(universityId);
    const notice = priceNotice && (await this.queries.execute(new FindPriceNotice(universityId, priceNotice)));
    const head = headContract && (await this.head(universityId, headContract));
    return { stateFounded, ...(notice ? { notice } : {}), ...(head ? { head } : {}) };
  }

  /** Assets by the registration numbers an office writes. @throws Refusal C-5 */
  async assets(universityId: string, numbers: readonly string[]): Promise<AssetFacts[]> {
    const found: AssetFacts[] = [];
    for (const wanted of numbers) found.push(await this.queries.execute(new FindAsset(universityId, wanted)));
    return found;
  }

  /** What a university released to its inventors it no longer has to sell (教科技〔2020〕1号 item 5). @throws Refusal E-2 */
  async assertNotReleased(universityId: string, mode: ConversionMode, assets: readonly AssetFacts[]): Promise<void> {
    const disclosures = new Set(assets.flatMap(({ disclosureNumber }) => disclosureNumber ?? []));
    for (const number of disclosures)
      assertNoMarketTransfer(await this.queries.execute(new FindRelease(universityId, number)), mode);
  }

  async isStateFounded(universityId: string): Promise<boolean> {
    const { ownership } = await this.queries.execute(new FindUniversity(universityId));
    return isStateFounded(ownership);
  }

  private async head(universityId: string, number: string): Promise<HeadFacts | undefined> {
    const { contractId } = await this.queries.execute(new FindContract(universityId, number, 'headContract'));
    const { terms, status, termination } = await this.runner.stateOf(contractDecider, contractStream(contractId));
    if (!terms) return undefined;
    const isLodged = status === 'LODGED';
    return { contractId, terms, isLodged, ...(termination ? { terminatedOn: termination.on } : {}) };
  }
}
