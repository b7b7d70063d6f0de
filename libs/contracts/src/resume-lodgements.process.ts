import { type CommandContext, hashOf } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { ReadModels } from '@app/read-model';
import { Injectable, Logger } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { OpenLodgement } from './open-lodgement.projection.js';
import { LodgeContractProcess } from './lodge-contract.process.js';

/** An open lodgement this old has lost its driver; the API's own takes a fraction of a second. */
const ORPHANED_AFTER_MS = 5_000;

/** Finishes lodgements whose driver died between two steps. Harmless while a driver lives: every step is the same command. */
@Injectable()
export class ResumeLodgements {
  private readonly logger = new Logger(ResumeLodgements.name);
  /** What was last logged of each that stays open: a pass every few seconds would say it again and again. */
  private readonly logged = new Map<string, string>();

  constructor(
    private readonly readModels: ReadModels,
    private readonly process: LodgeContractProcess,
  ) {}

  /** Resumes what has been open since before `now` minus the grace, the oldest first; answers how many were settled. */
  async resume(now: Date, graceMs = ORPHANED_AFTER_MS): Promise<number> {
    const before = new Date(now.getTime() - graceMs).toISOString();
    const open = await this.readModels.read((manager) =>
      manager.find(OpenLodgement, { where: { since: LessThan(before) }, order: { since: 'ASC', contractId: 'ASC' } }),
    );
    const ids = new Set(open.map(({ contractId }) => contractId));
    for (const contractId of this.logged.keys()) if (!ids.has(contractId)) this.logged.delete(contractId);
    let settled = 0;
    for (const contractId of ids) if (await this.settles(contractId, now)) settled += 1;
    return settled;
  }

  /** One that cannot be settled must not keep the others waiting. */
  private async settles(contractId: string, now: Date): Promise<boolean> {
    try {
      await this.process.settle(contractId, resumeContext(contractId, now));
      this.logged.delete(contractId);
      return true;
    } catch (error) {
      this.log(contractId, error);
      return false;
    }
  }

  private log(contractId: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (this.logged.get(contractId) === message) return;
    this.logged.set(contractId, message);
    if (error instanceof Refusal) this.logger.warn(`lodgement ${contractId} stays open: ${message}`);
    else
      this.logger.error(
        `lodgement ${contractId} stays open: ${message}`,
        error instanceof Error ? error.stack : undefined,
      );
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
