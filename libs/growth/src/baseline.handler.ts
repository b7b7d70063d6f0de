import { Approvers, authorise } from '@app/access';
import { type CommandContext, type CommandOutcome, DeciderRunner, outcomeOf } from '@app/event-store';
import { Approvals } from '@app/evidence';
import { Refusal } from '@app/kernel';
import { FindUniversity } from '@app/registry';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type BaselineCommand, baselineDecider, baselineId, baselineStream } from './baseline.js';
import { CITY } from './target-board.js';

type Approval = Extract<BaselineCommand, { type: 'ApproveBaseline' }>;

/** A revision as it arrives: files of evidence by their hashes. */
export type BaselineRevisionDraft = Omit<
  Extract<BaselineCommand, { type: 'ReviseBaseline' }>,
  'type' | 'evidenceFiles'
> & {
  readonly evidenceFiles?: readonly string[];
};

/** Enters an approved baseline. `scope` may be the city, or a university's code or full name. The outcome's id names the baseline. */
export class ApproveBaseline extends Command<CommandOutcome> {
  constructor(
    readonly baseline: Omit<Approval, 'type'>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Replaces the value of an approved baseline, with its reason. */
export class ReviseBaseline extends Command<CommandOutcome> {
  constructor(
    readonly baselineId: string,
    readonly revision: BaselineRevisionDraft,
    readonly context: CommandContext,
  ) {
    super();
  }
}

const CITY_NAMES = new Set([CITY, '全市', '长沙市']);

@CommandHandler(ApproveBaseline)
export class ApproveBaselineHandler implements ICommandHandler<ApproveBaseline> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly queries: QueryBus,
    private readonly approvers: Approvers,
  ) {}

  async execute({ baseline, context }: ApproveBaseline): Promise<CommandOutcome> {
    authorise(context.actor, 'baseline.write');
    const approver = await this.approvers.named(baseline.approver, 'baseline.approve', context);
    const scope = await this.scopeOf(baseline.scope);
    const command: Approval = { type: 'ApproveBaseline', ...baseline, scope, approver };
    const id = baselineId(command);
    return outcomeOf(id, await this.runner.run(baselineDecider, baselineStream(id), command, context));
  }

  private async scopeOf(text: string): Promise<string> {
    if (CITY_NAMES.has(text.trim())) return CITY;
    try {
      return (await this.queries.execute(new FindUniversity(text))).universityId;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The university was not asked for under its own name but as a scope.
      throw new Refusal(
        error.rule,
        { clause: error.clause, ...error.text, kind: error.kind },
        { ...error.place, field: 'scope' },
      );
    }
  }
}

@CommandHandler(ReviseBaseline)
export class ReviseBaselineHandler implements ICommandHandler<ReviseBaseline> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly approvals: Approvals,
  ) {}

  async execute({ baselineId: id, revision, context }: ReviseBaseline): Promise<CommandOutcome> {
    authorise(context.actor, 'baseline.write');
    const approved = await this.approvals.approved(revision, { actor: context.actor }, 'baseline.approve');
    const command = { type: 'ReviseBaseline', ...approved } as const;
    return outcomeOf(id, await this.runner.run(baselineDecider, baselineStream(id), command, context));
  }
}
