import { authorise } from '@app/access';
import {
  ClaimKeeper,
  type ClaimedNumber,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  outcomeOf,
  runnerRule,
} from '@app/event-store';
import { compactNumber } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type Ownership,
  type UniversityCommand,
  type UniversityData,
  isUniversityCode,
  universityDecider,
  universityStream,
} from './university.js';
import { type PolicyName, policyOn } from './university-policy.js';

/** A command on the university with this ledger code; the outcome's id is the code. */
export class RunUniversity extends Command<CommandOutcome> {
  constructor(
    readonly code: string,
    readonly command: UniversityCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** A university as other records point to it. */
export interface UniversityFacts {
  readonly universityId: string;
  readonly name: string;
  readonly ownership: Ownership;
  readonly inPanel: boolean;
}

/**
 * The university of a ledger code, full Chinese name or school code (学校标识码), read from the log itself so that an import sees
 * its own rows. @throws Refusal C-5 on field `university`
 */
export class FindUniversity extends Query<UniversityFacts> {
  constructor(readonly text: string) {
    super();
  }
}

/** When a university's policy came into force, and by which document. */
export interface PolicyFacts {
  readonly adoptedOn: string;
  readonly documentNo: string;
}

/** The policy a university has in force on a date; undefined when it has none. */
export class FindPolicy extends Query<PolicyFacts | undefined> {
  constructor(
    readonly universityId: string,
    readonly policy: PolicyName,
    readonly on: string,
  ) {
    super();
  }
}

@CommandHandler(RunUniversity)
export class RunUniversityHandler implements ICommandHandler<RunUniversity> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  async execute({ code, command, context }: RunUniversity): Promise<CommandOutcome> {
    authorise(context.actor, isPolicy(command) ? 'registry.write' : 'university.write', code);
    const stream = universityStream(code);
    const decided = await this.runner.preview(universityDecider, stream, command, context);
    const numbers = decided.flatMap(({ type, data }) =>
      type === 'UniversityRegistered' ? namesOf(data as UniversityData) : [],
    );
    const run = () => this.runner.run(universityDecider, stream, command, context);
    return outcomeOf(code, await this.claims.holding({ numbers, id: code, stream }, context, run));
  }
}

/** A university's own rules are entered by its office; what it is and whether it counts is the bureau's to say. */
const isPolicy = ({ type }: UniversityCommand): boolean => type === 'AdoptPolicy' || type === 'RepealPolicy';

const namesOf = ({ name, schoolCode }: UniversityData): ClaimedNumber[] => [
  { kind: 'university-name', value: compactNumber(name) },
  ...(schoolCode ? [{ kind: 'school-code', value: schoolCode }] : []),
];

@QueryHandler(FindUniversity)
export class FindUniversityHandler implements IQueryHandler<FindUniversity> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
  ) {}

  async execute({ text }: FindUniversity): Promise<UniversityFacts> {
    const code = await this.codeOf(compactNumber(text));
    const { data, panel } = code
      ? await this.runner.stateOf(universityDecider, universityStream(code))
      : universityDecider.initial;
    if (!data) throw runnerRule('C-5', { kindZh: '高校', kindEn: 'university', value: text }, { field: 'university' });
    return {
      universityId: data.code,
      name: data.name,
      ownership: data.ownership,
      inPanel: panel?.inPanel ?? false,
    };
  }

  private async codeOf(value: string): Promise<string | undefined> {
    const code = value.toLowerCase();
    if (isUniversityCode(code)) return code;
    return this.claims.holder(/^\d{10}$/.test(value) ? 'school-code' : 'university-name', value);
  }
}

@QueryHandler(FindPolicy)
export class FindPolicyHandler implements IQueryHandler<FindPolicy> {
  constructor(private readonly runner: DeciderRunner) {}

  async execute({ universityId, policy, on }: FindPolicy): Promise<PolicyFacts | undefined> {
    const { policies } = await this.runner.stateOf(universityDecider, universityStream(universityId));
    const found = policyOn(policies, policy, on);
    return found && { adoptedOn: found.adoptedOn, documentNo: found.documentNo };
  }
}
