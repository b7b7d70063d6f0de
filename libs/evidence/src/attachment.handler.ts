import { authorise } from '@app/access';
import { type CommandContext, type CommandOutcome, DeciderRunner, EventStore, outcomeOf } from '@app/event-store';
import type { Actor } from '@app/kernel';
import { ReadModels } from '@app/read-model';
import { GetRecord } from '@app/records';
import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type EvidenceCommand, evidenceDecider, evidenceStream, type RecordPlace } from './attachment.js';
import { DescribeEvidence } from './evidence-file.handler.js';

/** Attaches an uploaded file to a record of any kind, or detaches one; the outcome's id is the record's. */
export class RunAttachment extends Command<CommandOutcome> {
  constructor(
    readonly place: RecordPlace,
    readonly request: AttachRequest | DetachRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export interface AttachRequest {
  readonly type: 'AttachEvidence';
  readonly hash: string;
  readonly note?: string;
}

export interface DetachRequest {
  readonly type: 'DetachEvidence';
  readonly hash: string;
  readonly reason: string;
}

@CommandHandler(RunAttachment)
export class RunAttachmentHandler implements ICommandHandler<RunAttachment> {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly queries: QueryBus,
  ) {}

  async execute({ place, request, context }: RunAttachment): Promise<CommandOutcome> {
    const universityId = await this.universityOf(place, context.actor);
    authorise(context.actor, 'evidence.write', universityId);
    const command = await this.commandOf({ ...place, universityId }, request, context.actor);
    const result = await this.runner.run(evidenceDecider, evidenceStream(place), command, context);
    return outcomeOf(place.recordId, result);
  }

  /** Whose record it is, as of the log's end: a record entered a moment ago is there too. @throws Refusal C-5 */
  private async universityOf({ recordKind, recordId }: RecordPlace, actor: Actor): Promise<string> {
    const head = this.readModels.token(await this.store.head());
    return (await this.queries.execute(new GetRecord(actor, recordKind, recordId, head))).universityId;
  }

  private async commandOf(
    place: RecordPlace & { readonly universityId: string },
    request: AttachRequest | DetachRequest,
    actor: Actor,
  ): Promise<EvidenceCommand> {
    const { hash } = request;
    if (request.type === 'DetachEvidence')
      return { type: request.type, data: { ...place, hash, reason: request.reason } };
    const [file] = await this.queries.execute(new DescribeEvidence([hash], actor, 'hash'));
    if (!file) throw new Error(`no file for ${hash}`);
    const { note } = request;
    return { type: request.type, data: { ...place, file, ...(note === undefined ? {} : { note }) } };
  }
}
