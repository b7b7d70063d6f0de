import { PersonStore, authorise } from '@app/access';
import {
  ClaimKeeper,
  type CommandContext,
  type CommandOutcome,
  DeciderRunner,
  hashOf,
  outcomeOf,
  stableId,
} from '@app/event-store';
import { FindUniversity } from '@app/registry';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type DiscloseInvention, disclosureClaim, disclosureDecider, disclosureStream } from './disclosure.js';
import type { Inventor } from './inventor.js';

/** An inventor as the office enters one; the name and the staff number stay in the person store. */
export interface NamedInventor extends Omit<Inventor, 'personId'> {
  readonly staffNumber: string;
  readonly name: string;
}

/** The disclosure as it arrives, with names. */
export type DisclosureRequest = Omit<DiscloseInvention, 'inventors'> & {
  readonly inventors?: readonly NamedInventor[];
};

export class RunDisclosure extends Command<CommandOutcome> {
  constructor(
    readonly command: DisclosureRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RunDisclosure)
export class RunDisclosureHandler implements ICommandHandler<RunDisclosure> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly persons: PersonStore,
    private readonly queries: QueryBus,
  ) {}

  async execute({ command: request, context: sent }: RunDisclosure): Promise<CommandOutcome> {
    const { universityId, number, inventors = [] } = request;
    authorise(sent.actor, 'disclosure.write', universityId);
    await this.queries.execute(new FindUniversity(universityId));
    const command = this.withPersonIds(request);
    const context = withoutNames(sent, command);
    const id = stableId('disclosure', context.commandId);
    const stream = disclosureStream(id);
    await this.runner.preview(disclosureDecider, stream, command, context);
    const numbers = [{ kind: 'disclosure', value: disclosureClaim(universityId, number) }];
    const result = await this.claims.holding({ numbers, id, stream }, context, async () => {
      // Nobody is enrolled for a disclosure that is refused, and no event waits for a name that is not on disk.
      const people = inventors.map(({ staffNumber, name }) => ({ universityId, staffNumber, name }));
      if (people.length > 0) await this.persons.enrol(people);
      return this.runner.run(disclosureDecider, stream, command, context);
    });
    return outcomeOf(id, result);
  }

  private withPersonIds({ inventors, ...request }: DisclosureRequest): DiscloseInvention {
    if (!inventors) return request;
    const pseudonyms = inventors.map(({ staffNumber, sharePermyriad, role }) => {
      const personId = this.persons.personId(request.universityId, staffNumber);
      return { personId, sharePermyriad, role };
    });
    return { ...request, inventors: pseudonyms };
  }
}

/** A hash over names could be tried out and would outlive their erasure, so the input is hashed as it is stored (D§11.1 e). */
const withoutNames = (context: CommandContext, command: DiscloseInvention): CommandContext => ({
  ...context,
  inputHash: hashOf('input', JSON.stringify(command)),
});
