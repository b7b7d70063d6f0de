import { type PersonEntry, PersonStore, authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  type RunResult,
  decisionContext,
  hashOf,
  outcomeOf,
  runnerRule,
  stableId,
} from '@app/event-store';
import { Refusal, compactNumber } from '@app/kernel';
import { FindAsset } from '@app/patents';
import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs';
import {
  type ContractCommand,
  type ContractEvent,
  contractClaim,
  contractDecider,
  contractStream,
} from './contract.js';
import { contractRule } from './contract-rules.js';
import type { AssetRef, ContractTerms } from './contract-terms.js';
import { LodgeContractProcess } from './lodge-contract.process.js';

/** A contract as an office writes it: its assets by their registration numbers, an inventor as `name/staff number`. */
export type ContractDraft = Omit<ContractTerms, 'assets'> & { readonly assets: readonly string[] };

/** What a sheet's row may say happened after the contract was signed. */
export type FollowUp = Extract<ContractCommand, { type: 'RecordLicence' | 'RegisterTransfer' }>;

/**
 * Enters a contract and lodges it with the titles of its assets. Answers the contract; refused as a whole or not at all, also when one
 * of the follow-ups that its sender means to send next would be refused.
 */
export class LodgeContract extends Command<CommandOutcome> {
  constructor(
    readonly draft: ContractDraft,
    readonly context: CommandContext,
    readonly followUps: readonly FollowUp[] = [],
  ) {
    super();
  }
}

/** What happens to a lodged contract: recorded, registered, corrected, voided. */
export class RunContract extends Command<CommandOutcome> {
  constructor(
    readonly contractId: string,
    readonly command: Extract<
      ContractCommand,
      { type: 'RecordLicence' | 'RegisterTransfer' | 'CorrectContract' | 'VoidContract' }
    >,
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

/** A busy asset is usually free again within a moment. */
const BUSY_ATTEMPTS = 20;
const BUSY_PAUSE_MS = 25;

@CommandHandler(LodgeContract)
export class LodgeContractHandler implements ICommandHandler<LodgeContract> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly process: LodgeContractProcess,
    private readonly queries: QueryBus,
    private readonly persons: PersonStore,
  ) {}

  async execute({ draft, context: sent, followUps }: LodgeContract): Promise<CommandOutcome> {
    authorise(sent.actor, 'contract.write', draft.universityId);
    const inventor =
      draft.mode === 'RELEASE' ? inventorIn(draft.counterparty, draft.universityId, 'counterparty') : undefined;
    const counterparty = inventor ? personIdOf(inventor, this.persons) : draft.counterparty;
    const terms: ContractTerms = { ...draft, counterparty, assets: await this.assetsOf(draft) };
    const command: ContractCommand = { type: 'RequestLodgement', ...terms };
    const context = inventor ? withoutNames(sent, command) : sent;
    const id = stableId('contract', context.commandId);
    const wanted = await this.runner.preview(contractDecider, contractStream(id), command, context);
    if (wanted.length > 0) {
      await this.assertFollowUps(id, wanted as readonly ContractEvent[], { followUps, context });
      await this.whenFree(() => this.process.preview(id, terms, context));
    }
    if (inventor) await this.persons.enrol([inventor]);
    await this.process.claimNumber(id, terms, context);
    const requested = await this.runner.run(contractDecider, contractStream(id), command, context);
    const { refusal } = await this.whenFree(() => this.process.settle(id, context));
    if (refusal) throw new Refusal(refusal.rule, refusal, { field: 'assets', conflict: id });
    return latestOutcome(id, requested, this.runner);
  }

  /** @throws the Refusal that a follow-up would meet once the contract is lodged */
  private async assertFollowUps(
    id: string,
    requested: readonly ContractEvent[],
    { followUps, context }: Pick<LodgeContract, 'followUps' | 'context'>,
  ): Promise<void> {
    const lodged: ContractEvent = { type: 'ContractLodged', data: { assets: [] } };
    let contract = [...requested, lodged].reduce(contractDecider.evolve, contractDecider.initial);
    for (const command of followUps) {
      const events = contractDecider.decide(command, contract, decisionContext(context));
      contract = events.reduce(contractDecider.evolve, contract);
      if (command.type === 'RecordLicence') await this.process.assertRecordingFree(id, command.recordNo);
    }
  }

  private async assetsOf({ universityId, assets }: ContractDraft): Promise<AssetRef[]> {
    const found: AssetRef[] = [];
    for (const wanted of assets) {
      const { assetId, ipType, number } = await this.queries.execute(new FindAsset(universityId, wanted));
      found.push({ assetId, ipType, number });
    }
    return found;
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
    private readonly persons: PersonStore,
  ) {}

  async execute({ contractId, command: sent, context: sentContext }: RunContract): Promise<CommandOutcome> {
    const { terms } = await this.runner.stateOf(contractDecider, contractStream(contractId));
    if (!terms) throw contractRule('C-36');
    authorise(sentContext.actor, 'contract.write', terms.universityId);
    const inventor = correctedInventor(sent, terms);
    const command = inventor ? { ...sent, value: personIdOf(inventor, this.persons) } : sent;
    const context = inventor ? withoutNames(sentContext, command) : sentContext;
    const wanted = await this.runner.preview(contractDecider, contractStream(contractId), command, context);
    if (command.type === 'VoidContract' && wanted.length > 0) {
      await this.process.previewVoid(contractId, terms, command.voidedOn, context);
    }
    if (inventor) await this.persons.enrol([inventor]);
    if (command.type === 'RecordLicence') {
      await this.claims.claim(
        { kind: 'record-number', value: compactNumber(command.recordNo) },
        { id: contractId, stream: contractStream(contractId) },
        context,
      );
    }
    const result = await this.runner.run(contractDecider, contractStream(contractId), command, context);
    await this.process.settle(contractId, context);
    return latestOutcome(contractId, result, this.runner);
  }
}

@QueryHandler(FindContract)
export class FindContractHandler implements IQueryHandler<FindContract> {
  constructor(private readonly claims: ClaimKeeper) {}

  async execute({ universityId, number }: FindContract): Promise<{ readonly contractId: string }> {
    const contractId = await this.claims.holder('contract', contractClaim({ universityId, number }));
    if (!contractId) throw runnerRule('C-5', { kind: '合同 / contract', value: number }, { field: 'contractNumber' });
    return { contractId };
  }
}

/** The settling wrote to the contract after the command did: its ETag is the stream's last revision. */
const latestOutcome = async (id: string, result: RunResult, runner: DeciderRunner): Promise<CommandOutcome> => {
  const last = (await runner.read(contractStream(id))).at(-1);
  return { ...outcomeOf(id, result), ...(last ? { revision: last.revision, position: last.position } : {}) };
};

/** An inventor is a person: events hold a pseudonym, the name goes to the person store. @throws Refusal C-41 */
const inventorIn = (text: string, universityId: string, field: string): PersonEntry => {
  const [name, staffNumber, ...more] = text.split('/').map((part) => part.trim());
  if (!name || !staffNumber || more.length > 0) throw contractRule('C-41', {}, { field });
  return { universityId, staffNumber, name };
};

const correctedInventor = (
  command: RunContract['command'],
  { mode, universityId }: ContractTerms,
): PersonEntry | undefined =>
  command.type === 'CorrectContract' && command.field === 'counterparty' && mode === 'RELEASE'
    ? inventorIn(String(command.value), universityId, 'value')
    : undefined;

const personIdOf = ({ universityId, staffNumber }: PersonEntry, persons: PersonStore): string =>
  persons.personId(universityId, staffNumber);

/** A hash over a name could be tried out and would outlive its erasure, so the input is hashed as it is stored (D§11.1). */
const withoutNames = (context: CommandContext, command: ContractCommand): CommandContext => ({
  ...context,
  inputHash: hashOf('input', JSON.stringify(command)),
});
