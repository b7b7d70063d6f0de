import { Approvals } from '@app/evidence';
import { type PatentType, parseCreditCode } from '@app/kernel';
import { FindAsset } from '@app/patents';
import { FindEnterpriseSize } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { LicenseeSize } from './open-grant-events.js';
import type { DeclareOpenLicence } from './open-licence-events.js';

type PatentFacts = Pick<DeclareOpenLicence, 'assetId' | 'assetNumber' | 'title' | 'ipType'>;

/** What other slices know that a decision needs; asked before deciding and passed in with the command. */
@Injectable()
export class OpenLicenceFacts {
  constructor(
    readonly approvals: Approvals,
    private readonly queries: QueryBus,
  ) {}

  /** The patent with this number. @throws Refusal C-5 */
  async patent(universityId: string, number: string): Promise<PatentFacts> {
    const found = await this.queries.execute(new FindAsset(universityId, number, 'asset'));
    const { assetId, number: assetNumber, title } = found;
    // The title accepts nothing but patents, and is asked before anything is written.
    const ipType = found.ipType as PatentType;
    return { assetId, assetNumber, title, ipType };
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
}
