import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  outcomeOf,
  stableId,
  stepContext,
} from '@app/event-store';
import { FindContract } from '@app/contracts';
import { FindRegistryObject } from '@app/registry';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { assertInForce, assertStanding } from './fund-object.js';
import { fundRule } from './fund-rules.js';
import type { FundObjectKind } from './fund-standard.js';
import { fundYearDecider, standardOf } from './fund-year.js';
import { type FundYearCommand, fundYearStream } from './fund-year-events.js';
import { claimName, fundObject, mayBePaid } from './fund-year-state.js';

type SubmitFundClaim = Extract<FundYearCommand, { type: 'SubmitFundClaim' }>;
type WithdrawFundClaim = Extract<FundYearCommand, { type: 'WithdrawFundClaim' }>;

/** A claim as a university enters it: what kind of object it is for follows from the standard, and the object from its number. */
export type FundClaimDraft = Omit<SubmitFundClaim, 'claimId' | 'objectKind' | 'objectId'>;

export type FundYearRequest = Exclude<FundYearCommand, SubmitFundClaim> | FundClaimDraft;

/** Anything that happens in a fund year. The outcome's id is the claim's for claims, the year otherwise. */
export class RunFundYear extends Command<CommandOutcome> {
  constructor(
    readonly command: FundYearRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RunFundYear)
export class FundYearHandler implements ICommandHandler<RunFundYear> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly queries: QueryBus,
  ) {}

  execute({ command, context }: RunFundYear): Promise<CommandOutcome> {
    switch (command.type) {
      case 'SubmitFundClaim':
        return this.submit(command, context);
      case 'WithdrawFundClaim':
        return this.withdraw(command, context);
      default:
        authorise(context.actor, 'fund.manage');
        return this.run(String(command.year), command, context);
    }
  }

  private async submit(draft: FundClaimDraft, context: CommandContext): Promise<CommandOutcome> {
    authorise(context.actor, 'fund.claim', draft.universityId);
    const { objectKind } = standardOf(await this.stateOf(draft.year), draft);
    const objectId = await this.find(objectKind, draft);
    const command = { ...draft, claimId: stableId('fund-claim', context.commandId), objectKind, objectId };
    const decided = await this.runner.preview(fundYearDecider, fundYearStream(draft.year), command, context);
    const run = () => this.run(command.claimId, command, context);
    return decided.length > 0 ? this.holdingObject(command, context, run) : run();
  }

  private async withdraw(command: WithdrawFundClaim, context: CommandContext): Promise<CommandOutcome> {
    const { claims } = await this.stateOf(command.year);
    const claim = claims.get(command.claimId);
    if (!claim) throw fundRule('F-19');
    authorise(context.actor, 'fund.claim', claim.universityId);
    return this.run(command.claimId, command, context);
  }

  private async run(id: string, command: FundYearCommand, context: CommandContext): Promise<CommandOutcome> {
    return outcomeOf(id, await this.runner.run(fundYearDecider, fundYearStream(command.year), command, context));
  }

  private stateOf(year: number) {
    return this.runner.stateOf(fundYearDecider, fundYearStream(year));
  }

  /** The claimant's own object of this number, as it stands on the day of the claim. @throws Refusal C-5, F-61, F-62 */
  private async find(kind: FundObjectKind, { universityId, objectNumber, claimedOn }: FundClaimDraft): Promise<string> {
    if (kind !== 'contract') {
      const object = await this.queries.execute(new FindRegistryObject(kind, universityId, objectNumber));
      assertInForce(object, objectNumber, claimedOn);
      return object.id;
    }
    const asked = new FindContract(universityId, objectNumber, 'objectNumber');
    const contract = await this.queries.execute(asked);
    assertStanding(contract, objectNumber, claimedOn);
    return contract.contractId;
  }

  /**
   * F-4 across years: the object belongs to one claim at a time. It is held under the claim's name, so that a claim entered again
   * after a crash finds its own hold; a claim refused while holding gives back what it took. A claim that was withdrawn or got
   * nothing loses the object when the next one asks for it: the years say who may still be paid, the hold only decides between two
   * who ask at once.
   */
  private async holdingObject<Answer>(
    claim: SubmitFundClaim,
    context: CommandContext,
    action: () => Promise<Answer>,
  ): Promise<Answer> {
    const object = fundObject(claim);
    const id = claimName(claim);
    const holder = await this.claims.holder('fund-object', object);
    if (holder !== undefined && holder !== id) {
      await this.assertOver(holder, object, claim.objectNumber);
      const over = stepContext(context, 'fund-object-over', object, holder);
      await this.claims.release('fund-object', object, holder, over);
    }
    const numbers = [{ kind: 'fund-object', value: object }];
    return this.claims.holding({ numbers, id, stream: fundYearStream(claim.year) }, context, action);
  }

  private async assertOver(holder: string, object: string, objectNumber: string): Promise<void> {
    const year = Number(holder.slice(0, 4));
    const number = holder.slice(5);
    if (!mayBePaid(await this.stateOf(year), number, object)) return;
    throw fundRule('F-4', { object: objectNumber, claim: holder }, { field: 'objectNumber', conflict: holder });
  }
}
