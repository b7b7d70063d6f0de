import { type CommandContext, hashOf } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { ReadModels } from '@app/read-model';
import { Injectable, Logger } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { OpenLodgement } from './contract.projection.js';
import { LodgeContractProcess } from './lodge-contract.process.js';

/** An open lodgement this old has lost its driver; the API's own takes a fraction of a second. */
const ORPHANED_AFTER_MS = 5_000;
const BATCH = 500;

/** Finishes lodgements whose driver died between two steps. Harmless while a driver lives: every step is the same command. */
@Injectable()
export class ResumeLodgements {
  private readonly logger = new Logger(ResumeLodgements.name);

  constructor(
    private readonly readModels: ReadModels,
    private readonly process: LodgeContractProcess,
  ) {}

  /** Resumes what has been open since before `now` minus the grace; answers how many were settled. */
  async resume(now: Date, graceMs = ORPHANED_AFTER_MS): Promise<number> {
    const before = new Date(now.getTime() - graceMs).toISOString();
    const open = await this.readModels.read((manager) =>
      manager.find(OpenLodgement, { where: { since: LessThan(before) }, take: BATCH }),
    );
    let settled = 0;
    for (const { contractId } of open) {
      try {
        await this.process.settle(contractId, resumeContext(contractId, now));
        settled += 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.logger.warn(`lodgement ${contractId} stays open: ${error.message}`);
      }
    }
    return settled;
  }
}

const resumeContext = (contractId: string, now: Date): CommandContext => ({
  actor: { id: 'lodge-contract', role: 'PROCESS', organisation: 'ledger' },
  now: now.toISOString(),
  commandId: hashOf('resume', contractId),
  inputHash: hashOf('resume-input', contractId),
  correlationId: hashOf('resume', contractId),
  source: 'lodge-contract.process',
});
