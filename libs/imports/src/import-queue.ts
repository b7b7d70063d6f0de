import { ImportJob, type OfficeDatabase } from '@app/access';
import { In, IsNull, type QueryDeepPartialEntity, Raw } from 'typeorm';

/** How long the others wait for a process that says nothing of its job. */
const CLAIM_SECONDS = 15;
export const CLAIM_MS = CLAIM_SECONDS * 1_000;
const LISTED = 100;

export type ImportJobSummary = Omit<ImportJob, 'problems' | 'holder' | 'heldUntil'>;

const OPEN = In(['QUEUED', 'RUNNING']);

/**
 * The jobs as the office keeps them for all processes (导入队列). A job is run by the one process that has claimed it, and only that one
 * writes to it; a process that has been silent for 15 seconds, by the clock of the database, has lost its claim to whoever asks (ADR 0016).
 */
export class ImportQueue {
  constructor(private readonly office: OfficeDatabase) {}

  async add(job: ImportJob): Promise<void> {
    await this.office.write((manager) => manager.insert(ImportJob, job));
  }

  /** The oldest job that nobody runs, those that may have ended a process last. From now on it is begun, and this process's. */
  claim(now: string): Promise<ImportJob | undefined> {
    return this.office.write(async (manager) => {
      const isSilent = Raw((column) => `${column} < ${this.office.instant()}`);
      const job = await manager.findOne(ImportJob, {
        where: [
          { status: OPEN, heldUntil: IsNull() },
          { status: OPEN, heldUntil: isSilent },
        ],
        order: { attempts: 'ASC', createdAt: 'ASC', id: 'ASC' },
        ...this.office.locked('skip_locked'),
      });
      if (!job) return undefined;
      // Before the file is touched: it may be the file that ends the process.
      const begun = { status: 'RUNNING', startedAt: now, attempts: job.attempts + 1 } as const;
      await manager.update(ImportJob, { id: job.id }, { ...begun, holder: this.office.holder, ...this.held() });
      return Object.assign(job, begun);
    });
  }

  /** Saves how far a job is, and keeps the claim; false when the claim is lost, and nothing is saved. */
  keep({ id, ...job }: ImportJob): Promise<boolean> {
    return this.change(id, { ...job, ...this.held() });
  }

  /** Saves the outcome of a job; false when the claim is lost, and nothing is saved. */
  end({ id, ...job }: ImportJob): Promise<boolean> {
    return this.change(id, { ...job, holder: null, heldUntil: null });
  }

  /** Gives what this process still holds to whoever comes after a pause; it counts as not begun. */
  async giveBack(pauseSeconds: number): Promise<void> {
    await this.office.write((manager) =>
      manager.update(
        ImportJob,
        { holder: this.office.holder, status: OPEN },
        {
          status: 'QUEUED',
          attempts: () => 'attempts - 1',
          holder: null,
          heldUntil: () => (pauseSeconds > 0 ? this.office.instant(pauseSeconds) : 'NULL'),
        },
      ),
    );
  }

  /** At the start of the only process: whoever held a job is dead. */
  async takeOver(): Promise<void> {
    if (this.office.isShared) return;
    await this.office.write((manager) =>
      manager.update(ImportJob, { status: OPEN }, { holder: null, heldUntil: null }),
    );
  }

  async openIds(): Promise<ReadonlySet<string>> {
    const open = await this.office.read((manager) =>
      manager.find(ImportJob, { select: { id: true }, where: { status: OPEN } }),
    );
    return new Set(open.map(({ id }) => id));
  }

  find(id: string): Promise<ImportJob | null> {
    return this.office.read((manager) => manager.findOneBy(ImportJob, { id }));
  }

  /** Newest first. */
  list(organisation?: string): Promise<ImportJobSummary[]> {
    const where = organisation === undefined ? {} : { actorOrganisation: organisation };
    const order = { createdAt: 'DESC', id: 'ASC' } as const;
    return this.office.read((manager) => manager.find(ImportJob, { select: SUMMARY, where, order, take: LISTED }));
  }

  private held() {
    return { heldUntil: () => this.office.instant(CLAIM_SECONDS) };
  }

  private async change(id: string, change: QueryDeepPartialEntity<ImportJob>): Promise<boolean> {
    const { holder } = this.office;
    const { affected } = await this.office.write((manager) => manager.update(ImportJob, { id, holder }, change));
    return affected !== 0;
  }
}

const SUMMARY = {
  id: true,
  kind: true,
  fileName: true,
  fileHash: true,
  actorId: true,
  actorRole: true,
  actorOrganisation: true,
  status: true,
  attempts: true,
  total: true,
  done: true,
  written: true,
  unchanged: true,
  refused: true,
  different: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
} as const;
