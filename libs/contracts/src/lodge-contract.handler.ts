import { PersonStore, authorise } from '@app/access';
import {
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  type RunResult,
  decisionContext,
  stableId,
  withInput,
} from '@app/event-store';
import { parseCreditCode } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractCommandOf, ContractEvent } from './contract-events.js';
import { evolve } from './contract-evolve.js';
import { ContractFacts, assetRef } from './contract-facts.handler.js';
import { contractOutcome, refusalOf } from './contract.handler.js';
import { inventorIn } from './contract-request.handler.js';
import {
  type Contract,
  contractStream,
  noContract,
  numbersOf,
  recordClaim,
  technologyClaim,
} from './contract-state.js';
import type { ContractTerms } from './contract-terms.js';
import { LodgeContractProcess } from './lodge-contract.process.js';
import { type Patience, isBusy, patience } from './when-free.process.js';

/** A contract as an office writes it: its assets by their registration numbers, an inventor as `name/staff number`. */
export type ContractDraft = Omit<
  ContractTerms,
  'assets' | 'priceNoticeId' | 'headContractId' | 'counterpartyUniversity'
> & {
  readonly assets: readonly string[];
};

/** What a sheet's row may say happened after the contract was signed. */
export type FollowUp = ContractCommandOf<'RecordLicence' | 'RegisterTransfer' | 'RegisterTechnologyContract'>;

/** One of them with the context its sender will send it in. */
export interface FollowUpStep {
  readonly command: FollowUp;
  readonly context: CommandContext;
}

/**
 * Enters a contract and lodges it with the titles of its assets. Answers the contract; refused as a whole or not at all, also when one
 * of the follow-ups that its sender means to send next would be refused.
 */
export class LodgeContract extends Command<CommandOutcome> {
  constructor(
    readonly draft: ContractDraft,
    readonly context: CommandContext,
    readonly followUps: readonly FollowUpStep[] = [],
  ) {
    super();
  }
}

/** The id of the contract that a command enters. */
export const lodgedAs = ({ commandId }: CommandContext): string => stableId('contract', commandId);

@CommandHandler(LodgeContract)
export class LodgeContractHandler implements ICommandHandler<LodgeContract> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly process: LodgeContractProcess,
    private readonly facts: ContractFacts,
    private readonly persons: PersonStore,
  ) {}

  async execute({ draft, context: sent, followUps }: LodgeContract): Promise<CommandOutcome> {
    const { universityId } = draft;
    authorise(sent.actor, 'contract.write', universityId);
    const inventor =
      draft.mode === 'RELEASE' ? inventorIn(draft.counterparty, universityId, 'counterparty') : undefined;
    const counterparty = inventor ? this.persons.personId(universityId, inventor.staffNumber) : draft.counterparty;
    const assets = await this.facts.assets(universityId, draft.assets);
    const parties = inventor
      ? { releases: await this.facts.releases(universityId, assets) }
      : await this.facts.receiver(draft.counterparty);
    const facts = { ...(await this.facts.of(draft)), ...(await this.facts.returned(draft)), ...parties };
    const terms: ContractTerms = {
      ...draft,
      ...codesIn(draft),
      counterparty,
      assets: assets.map(assetRef),
      ...(facts.notice ? { priceNoticeId: facts.notice.noticeId } : {}),
      ...(facts.head ? { headContractId: facts.head.contractId } : {}),
    };
    const command: ContractCommand = { type: 'RequestLodgement', ...terms, facts };
    const context = inventor ? withInput(sent, { type: 'RequestLodgement', ...terms }) : sent;
    const id = lodgedAs(context);
    const stream = contractStream(id);
    const wanted = await this.runner.preview(contractDecider, stream, command, context);
    const run = () => this.runner.run(contractDecider, stream, command, context);
    const whenFree = patience();
    if (wanted.length === 0) {
      const known = await this.settled(whenFree, id, await run(), context);
      await this.assertTakes(id, followUps);
      return known;
    }
    await this.facts.assertNotReleased(universityId, terms.mode, assets);
    const lodged = [...(wanted as readonly ContractEvent[]), LODGED].reduce(evolve, noContract);
    await this.ask(whenFree, id, lodged, { followUps, context });
    if (inventor) await this.persons.enrol([inventor]);
    return this.settled(whenFree, id, await this.process.holding(id, numbersOf(lodged), context, run), context);
  }

  private async settled(
    whenFree: Patience,
    id: string,
    requested: RunResult,
    context: CommandContext,
  ): Promise<CommandOutcome> {
    const settled = await this.process.settleWithin(whenFree, id, context);
    if (settled?.refusal) throw refusalOf(settled.refusal, 'assets');
    return contractOutcome(id, requested, { settled, runner: this.runner });
  }

  /**
   * Titles that stay busy decide after the request is recorded, unless something is to follow that they might refuse then.
   * @throws the Refusal of a title, or that a follow-up would meet once the contract is lodged
   */
  private async ask(whenFree: Patience, id: string, lodged: Contract, row: FollowedContract): Promise<void> {
    const { followUps, context } = row;
    const followed = await this.followed(id, lodged, row);
    try {
      await whenFree(() => this.process.preview(id, lodged, followed, context));
    } catch (error) {
      if (!isBusy(error) || followUps.length > 0) throw error;
    }
  }

  private async followed(id: string, lodged: Contract, { followUps, context }: FollowedContract): Promise<Contract> {
    let contract = lodged;
    for (const { command } of followUps) {
      contract = contractDecider.decide(command, contract, decisionContext(context)).reduce(evolve, contract);
      const claim = claimOf(command);
      if (claim) await this.process.assertFree(claim, id);
    }
    return contract;
  }

  /** Each by itself, against the contract as it stands: what was taken with an earlier row is known by its context. */
  private async assertTakes(id: string, followUps: readonly FollowUpStep[]): Promise<void> {
    for (const { command, context } of followUps) {
      const wanted = await this.runner.preview(contractDecider, contractStream(id), command, context);
      if (wanted.length === 0) continue;
      const claim = claimOf(command);
      if (claim) await this.process.assertFree(claim, id);
      await this.process.previewEvents(id, wanted as readonly ContractEvent[], context);
    }
  }
}

type FollowedContract = Pick<LodgeContract, 'followUps' | 'context'>;

const LODGED: ContractEvent = { type: 'ContractLodged', data: { assets: [] } };

/** Credit codes as they are checked and spelt everywhere (D§8.3). @throws Refusal I-5, I-6 */
const codesIn = ({ counterpartyCode, equity }: ContractDraft): Partial<ContractDraft> => ({
  ...(counterpartyCode === undefined
    ? {}
    : { counterpartyCode: parseCreditCode(counterpartyCode, 'counterpartyCode').canonical }),
  ...(equity?.companyCode === undefined
    ? {}
    : { equity: { ...equity, companyCode: parseCreditCode(equity.companyCode, 'companyCode').canonical } }),
});

const claimOf = (command: FollowUp) => {
  if (command.type === 'RecordLicence') return recordClaim(command.recordNo);
  return command.type === 'RegisterTechnologyContract' ? technologyClaim(command.technologyContractNo) : undefined;
};
