import { type Action, Approvers } from '@app/access';
import type { Actor } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Approval } from './approval.js';
import { DescribeEvidence } from './evidence-file.handler.js';
import type { EvidenceRef } from './evidence-file.js';

/** What of an act is looked up before it is stored. */
interface Sent {
  readonly approver: string;
  readonly evidenceFiles?: readonly string[];
}

/** Of a choice of acts each. */
type Stored<Request> = Request extends Sent
  ? Omit<Request, 'approver' | 'evidenceFiles'> & Pick<Approval, 'approver' | 'evidenceFiles'>
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
  async approved<Request extends Sent>(
    { evidenceFiles: hashes = [], ...said }: Request,
    act: ApprovedAct,
    action: Action = 'correction.approve',
  ): Promise<Stored<Request>> {
    const approver = await this.approvers.named(said.approver, action, act);
    const evidenceFiles = hashes.length > 0 ? await this.files(hashes, act.actor) : [];
    return { ...said, approver, ...(evidenceFiles.length > 0 ? { evidenceFiles } : {}) } as unknown as Stored<Request>;
  }

  /** Files of evidence by their hashes. @throws Refusal X-4 */
  files(hashes: readonly string[], actor: Actor, field?: string): Promise<readonly EvidenceRef[]> {
    return this.queries.execute(new DescribeEvidence(hashes, actor, field));
  }
}
