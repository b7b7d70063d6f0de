import { PersonStore, authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  type RunResult,
  outcomeOf,
  runnerRule,
  stableId,
} from '@app/event-store';
import { Refusal, compactNumber } from '@app/kernel';
import { FindAsset } from '@app/patents';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type ContractCommand, contractDecider, contractStream } from './contract.js';
import { contractRule } from './contract-rules.js';
import type { ContractTerms } from './contract-terms.js';
import { LodgeContractProcess } from './lodge-contract.process.js';

/** A contract as an office writes it: its assets by their registration numbers. */
export type ContractDraft = Omit<ContractTerms, 'assets'> & { readonly assets: readonly string[] };

/** Enters a contract and lodges it with the titles of its assets. Answers the contract; refused as a whole or not at all. */
export class LodgeContract extends Command<CommandOutcome> {
  constructor(
    readonly draft: ContractDraft,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** What happens to a lodged contract: recorded, registered, corrected, voided. */
export class RunContract extends Command<CommandOutcome> {
  constructor(
    readonly contractId: string,
    readonly command: Extract<ContractCommand, { type: 'RecordLicence' | 'RegisterTransfer' | 'CorrectContract' | 'VoidContract' }>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The contract with this number of a university. @throws Refusal C-5 */
export class FindContract extends Query<{ readonly contractId: string }> {
  constructor(
    readonly universityId: string,
    readonly number: string,
  ) {
    super();
  }
}

const claimValue = (universityId: string, number: string): string => `${universityId}/${compactNumber(number)}`;

/** A busy asset is usually free again within a moment. */
const BUSY_ATTEMPTS = 20;
const BUSY_PAUSE_MS = 25;

@CommandHandler(LodgeContract)
export class LodgeContractHandler implements ICommandHandler<LodgeContract> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly process: LodgeContractProcess,
    private readonly queries: QueryBus,
    private readonly persons: PersonStore,
  ) {}

  async execute({ draft, context }: LodgeContract): Promise<CommandOutcome> {
    authorise(context.actor, 'contract.write', draft.universityId);
    const assets = [];
    for (const number of draft.assets) {
      const { assetId, ipType, number: canonical } = await this.queries.execute(new FindAsset(draft.universityId, number));
      assets.push({ assetId, ipType, number: canonical });
    }
    const terms = { ...draft, assets, counterparty: await this.counterparty(draft) };
    const command: ContractCommand = { type: 'RequestLodgement', ...terms };
    const id = stableId('contract', context.commandId);
    const wanted = await this.runner.preview(contractDecider, contractStream(id), command, context);
    if (wanted.length > 0) await this.whenFree(() => this.process.preview(id, terms, context));
    await this.claims.claim('contract', claimValue(draft.universityId, draft.number), id, context);
    const requested = await this.runner.run(contractDecider, contractStream(id), command, context);
    return this.lodge(id, requested, context);
  }

  /** An inventor is a person: the event holds a pseudonym, the name goes to the person store. */
  private async counterparty({ mode, counterparty, universityId }: ContractDraft): Promise<string> {
    if (mode !== 'RELEASE') return counterparty;
    const [name, staffNumber, ...more] = counterparty.split('/').map((part) => part.trim());
    if (!name || !staffNumber || more.length > 0) throw contractRule('C-41', {}, { field: 'counterparty' });
    const [personId = ''] = await this.persons.enrol([{ universityId, staffNumber, name }]);
    return personId;
  }

  private async lodge(id: string, requested: RunResult, context: CommandContext): Promise<CommandOutcome> {
    const contract = await this.whenFree(() => this.process.settle(id, context));
    if (contract.refusal) {
      await this.claims.release('contract', claimValue(contract.terms?.universityId ?? '', contract.terms?.number ?? ''), id, context);
      const { rule, clause, zh, en } = contract.refusal;
      throw new Refusal(rule, { clause, zh, en }, { field: 'assets', conflict: id });
    }
    const last = (await this.runner.read(contractStream(id))).at(-1);
    return { ...outcomeOf(id, requested), ...(last ? { revision: last.revision, position: last.position } : {}) };
  }

  /** Waits a little for assets that another contract is about to confirm or to give back. */
  private async whenFree<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind !== 'busy' || tries === BUSY_ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS * tries));
      }
    }
  }
}

@CommandHandler(RunContract)
export class RunContractHandler implements ICommandHandler<RunContract> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly process: LodgeContractProcess,
  ) {}

  async execute({ contractId, command, context }: RunContract): Promise<CommandOutcome> {
    const { terms } = await this.runner.stateOf(contractDecider, contractStream(contractId));
    if (!terms) throw contractRule('C-36');
    authorise(context.actor, 'contract.write', terms.universityId);
    await this.runner.preview(contractDecider, contractStream(contractId), command, context);
    if (command.type === 'RecordLicence') await this.claims.claim('record-number', compactNumber(command.recordNo), contractId, context);
    const result = await this.runner.run(contractDecider, contractStream(contractId), command, context);
    await this.process.settle(contractId, context);
    return outcomeOf(contractId, result);
  }
}

@QueryHandler(FindContract)
export class FindContractHandler implements IQueryHandler<FindContract> {
  constructor(private readonly claims: ClaimKeeper) {}

  async execute({ universityId, number }: FindContract): Promise<{ readonly contractId: string }> {
    const contractId = await this.claims.holder('contract', claimValue(universityId, number));
    if (!contractId) throw runnerRule('C-5', { kind: '合同 / contract', value: number }, { field: 'contractNumber' });
    return { contractId };
  }
}
