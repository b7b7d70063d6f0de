import { FindRelease, assertNoMarketTransfer } from '@app/disclosures';
import { DeciderRunner, runnerRule } from '@app/event-store';
import { Refusal, isStateFounded } from '@app/kernel';
import { type AssetFacts, FindAsset } from '@app/patents';
import { FindUniversity } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { contractDecider } from './contract.js';
import type { AssetRelease, DealFacts, HeadFacts, NamedContract } from './contract-facts.js';
import { ContractNumbers } from './contract-numbers.handler.js';
import { type ContractStatus, contractStream } from './contract-state.js';
import type { AssetRef, ContractTerms, ConversionMode } from './contract-terms.js';
import { FindPriceNotice } from './price-notice.queries.js';

/** A contract as other records point to it. */
export interface FoundContract {
  readonly contractId: string;
  readonly status: Exclude<ContractStatus, 'ABSENT'>;
  /** Last day of a licence that ended early (解除). */
  readonly terminatedOn?: string;
}

/** The contract with this number of a university, a living one before a voided one. @throws Refusal C-5 */
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
  constructor(private readonly numbers: ContractNumbers) {}

  async execute({ universityId, number, field }: FindContract): Promise<FoundContract> {
    const bearer = await this.numbers.bearer({ universityId, number });
    if (!bearer || bearer.contract.status === 'ABSENT')
      throw runnerRule('C-5', { kindZh: '合同', kindEn: 'contract', value: number }, { field });
    const { status, termination } = bearer.contract;
    return { contractId: bearer.contractId, status, ...(termination ? { terminatedOn: termination.on } : {}) };
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
    const head = headContract && (await this.named(universityId, headContract, 'headContract'));
    return { stateFounded, ...(notice ? { notice } : {}), ...(head ? { head } : {}) };
  }

  /** The contract that a transfer undoes (回转). @throws Refusal C-5 */
  async returned({
    universityId,
    mode,
    returnOf,
  }: Pick<ContractTerms, 'universityId' | 'mode' | 'returnOf'>): Promise<Pick<DealFacts, 'returned'>> {
    if (mode !== 'TRANSFER' || returnOf === undefined) return {};
    const returned: NamedContract | undefined = await this.named(universityId, returnOf, 'returnOf');
    return returned ? { returned } : {};
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

  /** What is on record of a release of the disclosure each asset came from. */
  async releases(universityId: string, assets: readonly AssetFacts[]): Promise<readonly AssetRelease[]> {
    const releaseOf = async ({ number, disclosureNumber }: AssetFacts): Promise<AssetRelease> => {
      const release = disclosureNumber && (await this.queries.execute(new FindRelease(universityId, disclosureNumber)));
      return { number, ...(release ? { release } : {}) };
    };
    return Promise.all(assets.map(releaseOf));
  }

  /** A receiver that is a registered university, by its name, ledger code or school code; nothing of anyone else. */
  async receiver(text: string): Promise<Pick<DealFacts, 'receiver'>> {
    try {
      const { universityId, name } = await this.queries.execute(new FindUniversity(text));
      return { receiver: { universityId, name } };
    } catch (error) {
      if (error instanceof Refusal && error.rule === 'C-5') return {};
      throw error;
    }
  }

  async isStateFounded(universityId: string): Promise<boolean> {
    const { ownership } = await this.queries.execute(new FindUniversity(universityId));
    return isStateFounded(ownership);
  }

  private async named(universityId: string, number: string, field: string): Promise<HeadFacts | undefined> {
    const { contractId } = await this.queries.execute(new FindContract(universityId, number, field));
    const { terms, status, termination } = await this.runner.stateOf(contractDecider, contractStream(contractId));
    if (!terms) return undefined;
    const isLodged = status === 'LODGED';
    return { contractId, terms, isLodged, ...(termination ? { terminatedOn: termination.on } : {}) };
  }
}
