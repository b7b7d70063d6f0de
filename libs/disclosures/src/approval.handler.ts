import { Approvers } from '@app/access';
import { DescribeEvidence, type EvidenceRef } from '@app/evidence';
import type { Actor } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Approval } from './correction.js';

/** What a correction rests on, as it is sent: files by their hashes, the approver as typed. */
export interface ApprovalRequest extends Omit<Approval, 'evidenceFiles'> {
  readonly evidenceFiles?: readonly string[];
}

/** Looks up what events name of other books: approvers among the users, files among the evidence. */
@Injectable()
export class ApprovalReader {
  constructor(
    private readonly approvers: Approvers,
    private readonly queries: QueryBus,
  ) {}

  /** Files of evidence by their hashes. @throws Refusal X-4 */
  async files(
    hashes: readonly string[] | undefined,
    actor: Actor,
    field = 'evidenceFiles',
  ): Promise<readonly EvidenceRef[] | undefined> {
    return hashes && this.queries.execute(new DescribeEvidence(hashes, actor, field));
  }

  /** The approval as it is stored. @throws Refusal */
  async approval(request: ApprovalRequest, actor: Actor, universityId: string): Promise<Approval> {
    const { reason, evidence } = request;
    const approver = await this.approvers.named(request.approver, 'correction.approve', { actor, universityId });
    const evidenceFiles = await this.files(request.evidenceFiles, actor);
    return { reason, evidence, ...(evidenceFiles ? { evidenceFiles } : {}), approver };
  }
}
