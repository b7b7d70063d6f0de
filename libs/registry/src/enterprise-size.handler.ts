import { authorise } from '@app/access';
import { type CommandContext, type CommandOutcome, DeciderRunner, outcomeOf, stableId } from '@app/event-store';
import { Approvals } from '@app/evidence';
import { parseCreditCode } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type EnterpriseSizeCommand,
  type SizeCorrection,
  SIZES_OF,
  type SizeDetermination,
  enterpriseSizeDecider,
  enterpriseSizeStream,
  sizeOn,
} from './enterprise-size.js';
import type { EnterpriseSize, SizeRule } from './size-table.js';

/** Figures as they arrive: files of evidence by their hashes. */
type Draft<Data extends SizeDetermination> = Omit<Data, 'determinationId' | 'evidenceFiles'> & {
  readonly evidenceFiles?: readonly string[];
};
export type SizeDeterminationDraft = Draft<SizeDetermination>;
export type SizeCorrectionDraft = Draft<SizeCorrection>;

export type EnterpriseSizeRequest =
  | { readonly type: 'DetermineEnterpriseSize'; readonly data: SizeDeterminationDraft }
  | { readonly type: 'CorrectEnterpriseSize'; readonly data: SizeCorrectionDraft };

/**
 * Determines or corrects the size of an enterprise for a data year; the outcome's id is the determination's. Sizes serve every
 * university alike, so those who act for all of them keep them.
 */
export class RunEnterpriseSize extends Command<CommandOutcome> {
  constructor(
    readonly request: EnterpriseSizeRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** A size as licences freeze it. */
export interface EnterpriseSizeFacts {
  readonly size: EnterpriseSize;
  /** Id of the record `enterprise-size`. */
  readonly determinationId: string;
  readonly rule: SizeRule;
  readonly determinedOn: string;
}

/** The size of the enterprise of this credit code as last determined by a date; undefined when it never was. @throws Refusal I-5, I-6 */
export class FindEnterpriseSize extends Query<EnterpriseSizeFacts | undefined> {
  constructor(
    readonly creditCode: string,
    readonly on: string,
  ) {
    super();
  }
}

const streamOf = (creditCode: string): string => enterpriseSizeStream(stableId('enterprise-size', creditCode));

const determinationId = (creditCode: string, dataYear: number): string =>
  stableId('enterprise-size', creditCode, String(dataYear));

@CommandHandler(RunEnterpriseSize)
export class RunEnterpriseSizeHandler implements ICommandHandler<RunEnterpriseSize> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly approvals: Approvals,
  ) {}

  async execute({ request, context }: RunEnterpriseSize): Promise<CommandOutcome> {
    authorise(context.actor, 'registry.write', SIZES_OF);
    const command = await this.commandOf(request, context);
    const { creditCode, determinationId: id } = command.data;
    return outcomeOf(id, await this.runner.run(enterpriseSizeDecider, streamOf(creditCode), command, context));
  }

  private async commandOf(
    { type, data }: EnterpriseSizeRequest,
    { actor }: CommandContext,
  ): Promise<EnterpriseSizeCommand> {
    const creditCode = parseCreditCode(data.creditCode, 'creditCode').canonical;
    const record = { creditCode, determinationId: determinationId(creditCode, data.dataYear) };
    return type === 'CorrectEnterpriseSize'
      ? { type, data: { ...(await this.approvals.approved(data, { actor })), ...record } }
      : { type, data: { ...(await this.approvals.withFiles(data, actor)), ...record } };
  }
}

@QueryHandler(FindEnterpriseSize)
export class FindEnterpriseSizeHandler implements IQueryHandler<FindEnterpriseSize> {
  constructor(private readonly runner: DeciderRunner) {}

  async execute({ creditCode, on }: FindEnterpriseSize): Promise<EnterpriseSizeFacts | undefined> {
    const { canonical } = parseCreditCode(creditCode, 'creditCode');
    const sizes = await this.runner.stateOf(enterpriseSizeDecider, streamOf(canonical));
    const found = sizeOn(sizes, on);
    if (!found) return undefined;
    const { size, determinationId: id, rule, determinedOn } = found;
    return { size, determinationId: id, rule, determinedOn };
  }
}
