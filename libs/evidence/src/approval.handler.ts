import { type Action, Approvers } from '@app/access';
import type { Actor } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Approval } from './approval.js';
import { DescribeEvidence } from './evidence-file.handler.js';
import type { EvidenceRef } from './evidence-file.js';

/** Files of evidence as they are sent: by their hashes. */
interface Sent {
  readonly evidenceFiles?: readonly string[];
}

/** Of a choice of requests each, its files as events name them. */
type WithFiles<Request> = Request extends object
  ? Omit<Request, 'evidenceFiles'> & Pick<Approval, 'evidenceFiles'>
  : never;

interface ApprovedAct {
  readonly actor: Actor;
  /** The university whose record it is about, where it is about one. */
  readonly universityId?: string;
}

/** Looks up what events name of other books: approvers among the users, files among the evidence. A provider of every slice that asks it. */
@Injectable()
export class Approvals {
  constructor(
    private readonly approvers: Approvers,
    private readonly queries: QueryBus,
  ) {}

  /** The act as it is stored. @throws Refusal */
  async approved<Request extends Sent & Pick<Approval, 'approver'>>(
    request: Request,
    act: ApprovedAct,
    action: Action = 'correction.approve',
  ): Promise<WithFiles<Request>> {
    const approver = await this.approvers.named(request.approver, action, act);
    return { ...(await this.withFiles(request, act.actor)), approver };
  }

  /** What was sent, with its files as events name them. @throws Refusal X-4 */
  async withFiles<Request extends object>(
    { evidenceFiles: hashes = [], ...said }: Request & Sent,
    actor: Actor,
  ): Promise<WithFiles<Request>> {
    if (hashes.length === 0) return said as unknown as WithFiles<Request>;
    return { ...said, evidenceFiles: await this.files(hashes, actor) } as unknown as WithFiles<Request>;
  }

  /** Files of evidence by their hashes. @throws Refusal X-4 */
  files(hashes: readonly string[], actor: Actor, field?: string): Promise<readonly EvidenceRef[]> {
    return this.queries.execute(new DescribeEvidence(hashes, actor, field));
  }
}
