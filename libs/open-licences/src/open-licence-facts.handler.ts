import { Approvers } from '@app/access';
import { DescribeEvidence } from '@app/evidence';
import { type Actor, type PatentType, parseCreditCode } from '@app/kernel';
import { FindAsset } from '@app/patents';
import { FindEnterpriseSize } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { LicenseeSize } from './open-grant-events.js';
import type { Approved, DeclareOpenLicence } from './open-licence-events.js';

/** A correction as an office sends it: files of evidence by their hashes, the approver by user name. */
export interface ApprovalRequest extends Omit<Approved, 'evidenceFiles'> {
  readonly evidenceFiles?: readonly string[];
}

export interface ApprovedAct {
  readonly actor: Actor;
  readonly universityId: string;
}

type PatentFacts = Pick<DeclareOpenLicence, 'assetId' | 'assetNumber' | 'title' | 'ipType' | 'coOwners'>;

/** What other slices know that a decision needs; asked before deciding and passed in with the command. */
@Injectable()
export class OpenLicenceFacts {
  constructor(
    private readonly approvers: Approvers,
    private readonly queries: QueryBus,
  ) {}

  /** The patent with this number and its co-owners beside the university. @throws Refusal C-5 */
  async patent(universityId: string, number: string): Promise<PatentFacts> {
    const found = await this.queries.execute(new FindAsset(universityId, number, 'asset'));
    const { assetId, number: assetNumber, title } = found;
    // The title accepts nothing but patents, and is asked before anything is written.
    const ipType = found.ipType as PatentType;
    return { assetId, assetNumber, title, ipType, coOwners: found.coOwners.map(({ name }) => name) };
  }

  /** The licensee's canonical code, and its size on a day, which no later determination changes. @throws Refusal I-5, I-6 */
  async licensee(
    code: string | undefined,
    on: string,
  ): Promise<{ readonly licenseeCode?: string; readonly licenseeSize?: LicenseeSize }> {
    if (code === undefined) return {};
    const licenseeCode = parseCreditCode(code, 'licenseeCode').canonical;
    const found = await this.queries.execute(new FindEnterpriseSize(licenseeCode, on));
    if (!found) return { licenseeCode };
    const { size, determinationId, rule } = found;
    return { licenseeCode, licenseeSize: { size, determinationId, rule } };
  }

  /** Who stands behind a correction, and what it stands on. @throws Refusal */
  async approved(request: ApprovalRequest, act: ApprovedAct): Promise<Approved> {
    const { reason, evidence, evidenceFiles: hashes } = request;
    const approver = await this.approvers.named(request.approver, 'correction.approve', act);
    const evidenceFiles = hashes && (await this.queries.execute(new DescribeEvidence(hashes, act.actor)));
    return { reason, evidence, ...(evidenceFiles ? { evidenceFiles } : {}), approver };
  }
}
