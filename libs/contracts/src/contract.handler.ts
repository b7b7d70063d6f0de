import { PersonStore, authorise } from '@app/access';
import {
  type ClaimedNumber,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  type RecordedEvent,
  type RunResult,
  outcomeOf,
} from '@app/event-store';
import { Refusal } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent, RefusalRecord } from './contract-events.js';
import { type ContractRequest, ContractRequests } from './contract-request.handler.js';
import { contractRule } from './contract-rules.js';
import { evolve } from './contract-evolve.js';
import { type Contract, contractStream, noContract, recordClaim, technologyClaim } from './contract-state.js';
import { LodgeContractProcess } from './lodge-contract.process.js';
import { type Patience, isBusy, patience } from './when-free.process.js';

/** What happens to a lodged contract: recorded, registered, amended, paid, corrected, ended, voided. */
export class RunContract extends Command<CommandOutcome> {
  constructor(
    readonly contractId: string,
    readonly request: ContractRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RunContract)
export class RunContractHandler implements ICommandHandler<RunContract> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly process: LodgeContractProcess,
    private readonly requests: ContractRequests,
    private readonly persons: PersonStore,
  ) {}

  async execute({ contractId: id, request, context: sent }: RunContract): Promise<CommandOutcome> {
    const stream = contractStream(id);
    const { terms, unsettled } = await this.runner.stateOf(contractDecider, stream);
    if (!terms) throw contractRule('C-36');
    authorise(sent.actor, 'contract.write', terms.universityId);
    const { command, context, persons } = await this.requests.prepared(request, terms, sent);
    const whenFree = patience();
    // What another driver left undone comes first: changes of the titles start where they all follow the contract.
    const isOpen = unsettled !== undefined && !(await this.process.settleWithin(whenFree, id, context));
    const wanted = (await this.runner.preview(contractDecider, stream, command, context)) as readonly ContractEvent[];
    if (isOpen && wanted.length > 0) throw contractRule('C-45', { number: terms.number });
    await this.ask(whenFree, id, wanted, context);
    if (persons.length > 0) await this.persons.enrol(persons);
    const numbers = wanted.length > 0 ? numbersIn(command) : [];
    const run = () => this.runner.run(contractDecider, stream, command, context);
    const result = await this.process.holding(id, numbers, context, run);
    const settled = await this.process.settleWithin(whenFree, id, context);
    await this.assertTaken(id, result);
    return contractOutcome(id, result, { settled, runner: this.runner });
  }

  /** Titles that stay busy decide on a request after it is recorded; what they are to follow at once waits. */
  private async ask(
    whenFree: Patience,
    id: string,
    wanted: readonly ContractEvent[],
    context: CommandContext,
  ): Promise<void> {
    try {
      await whenFree(() => this.process.previewEvents(id, wanted, context));
    } catch (error) {
      if (!isBusy(error) || !wanted.some(({ type }) => REQUESTS.has(type))) throw error;
    }
  }

  /** A change that the titles refused after it was requested: another contract came first. @throws the Refusal it met */
  private async assertTaken(id: string, { events }: RunResult): Promise<void> {
    const asked = events.find(({ type }) => REQUESTS.has(type));
    if (!asked) return;
    const later = (await this.runner.read(contractStream(id))).filter(({ revision }) => revision > asked.revision);
    const next = later.find(({ type }) => REQUESTS.has(type) || REFUSALS.has(type));
    if (!next || !REFUSALS.has(next.type)) return;
    throw refusalOf(next.data as unknown as RefusalRecord);
  }
}

const REQUESTS: ReadonlySet<string> = new Set<ContractEvent['type']>(['AmendmentRequested', 'VoidRequested']);
const REFUSALS: ReadonlySet<string> = new Set<ContractEvent['type']>(['AmendmentRefused', 'VoidRefused']);

/** The numbers a command would give the contract. */
const numbersIn = (command: ContractCommand): ClaimedNumber[] => {
  switch (command.type) {
    case 'RecordLicence':
      return [recordClaim(command.recordNo)];
    case 'RegisterTechnologyContract':
      return [technologyClaim(command.technologyContractNo)];
    case 'CorrectContract':
      if (command.field === 'recordNo') return [recordClaim(String(command.value))];
      return command.field === 'technologyContractNo' ? [technologyClaim(String(command.value))] : [];
    default:
      return [];
  }
};

/** A refusal as it was recorded. */
export const refusalOf = ({ rule, conflict, ...said }: RefusalRecord, field?: string): Refusal =>
  new Refusal(rule, said, { ...(field ? { field } : {}), ...(conflict ? { conflict } : {}) });

/**
 * What a command answers: the contract as it stood once the titles followed that command, so that the same command sent again answers the
 * same, whatever happened since. While the titles have not decided, the record tells how it stands.
 */
export const contractOutcome = async (
  id: string,
  result: RunResult,
  { settled, runner }: { readonly settled: Contract | undefined; readonly runner: DeciderRunner },
): Promise<CommandOutcome> => {
  const history = await runner.read(contractStream(id));
  const own = result.events.at(-1);
  const at = own ? settledAfter(own.revision, history) : history.at(-1);
  const answered = at ? { revision: at.revision, position: at.position } : {};
  return { ...outcomeOf(id, result), ...answered, ...(settled ? {} : { pendingAt: `/api/v1/records/contract/${id}` }) };
};

/** The event at a revision, or the settling that followed it. */
const settledAfter = (revision: number, history: readonly RecordedEvent[]): RecordedEvent | undefined => {
  const before = history.filter((event) => event.revision <= revision);
  const { unsettled } = (before as unknown as readonly ContractEvent[]).reduce(evolve, noContract);
  const settling = history.find((event) => event.revision > revision && event.type === 'ContractSettled');
  return (unsettled === undefined ? undefined : settling) ?? before.at(-1);
};
