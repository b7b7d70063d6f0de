import { type CommandContext, hashOf } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { ReadModels } from '@app/read-model';
import { Injectable, Logger } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { OpenLicenceIntent } from './open-intent.projection.js';
import { SettleOpenLicences } from './settle-open-licences.process.js';

/** An intent this old has lost its driver; the API's own takes a fraction of a second. */
const ORPHANED_AFTER_MS = 5_000;
const BATCH = 500;

/** Finishes what a driver of declarations or grants left between two steps. Harmless while a driver lives: every step is the same command. */
@Injectable()
export class ResumeOpenLicences {
  private readonly logger = new Logger(ResumeOpenLicences.name);

  constructor(
    private readonly readModels: ReadModels,
    private readonly process: SettleOpenLicences,
  ) {}

  /** Resumes what has been open since before `now` minus the grace, oldest first; answers how many were settled. One fault stops no other. */
  async resume(now: Date, graceMs = ORPHANED_AFTER_MS): Promise<number> {
    const since = LessThan(new Date(now.getTime() - graceMs).toISOString());
    const order = { since: 'ASC', stream: 'ASC' } as const;
    const open = await this.readModels.read((manager) =>
      manager.find(OpenLicenceIntent, { where: { since }, order, take: BATCH }),
    );
    let settled = 0;
    for (const intent of open) {
      if (await this.settle(intent, now)) settled += 1;
    }
    return settled;
  }

  private async settle({ stream, id, isGrant }: OpenLicenceIntent, now: Date): Promise<boolean> {
    const context = resumeContext(stream, now);
    try {
      const left = isGrant
        ? (await this.process.settleGrant(id, context)).unsettled
        : (await this.process.settleLicence(id, context)).open;
      return left === undefined;
    } catch (error) {
      if (error instanceof Refusal) this.logger.warn(`${stream} stays open: ${error.message}`);
      else this.logger.error({ message: `${stream} cannot be settled`, err: error });
      return false;
    }
  }
}

const resumeContext = (stream: string, now: Date): CommandContext => ({
  actor: { id: 'open-licences', role: 'PROCESS', organisation: 'ledger' },
  now: now.toISOString(),
  commandId: hashOf('resume', stream),
  inputHash: hashOf('resume-input', stream),
  correlationId: hashOf('resume', stream),
  source: 'resume-open-licences.process',
});
