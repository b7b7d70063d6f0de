import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type ImportJob, type ImportProblem, OfficeDatabase } from '@app/access';
import { StoreBusy, UnknownOutcome } from '@app/event-store';
import { type Actor, Refusal } from '@app/kernel';
import { Injectable, Logger, PayloadTooLargeException } from '@nestjs/common';
import { isFileName } from './file-name.js';
import { FileFolder, placePart, sweepFolder, writePart } from './file-folder.js';
import { ImportCatalogue } from './import-catalogue.js';
import { ClaimLost, ImportHold } from './import-hold.js';
import { type ImportJobSummary, ImportQueue } from './import-queue.js';
import { type ImportProgress, runImport } from './import-runner.js';
import { rowRule } from './row-rules.js';
import { openSheet, type SheetFormat } from './sheet-reader.js';

export interface Upload {
  readonly kind: string;
  readonly fileName: string;
  readonly body: Readable;
}

/** How often a process asks for jobs that others took in, gave back or left behind. */
const ASK_EVERY_MS = 2_000;
/** How long a job rests that a database or the event store kept from going on. */
const PAUSE_SECONDS = 5;
const SWEEP_EVERY_MS = 3_600_000;
/** A job that ended the process this often is not begun again: it would end every start. */
const ATTEMPTS = 2;

/**
 * Imports one after the other, in the background, in any of the processes that share the office and the files. A job and its file are kept
 * before the answer goes out; a job that was interrupted runs again from the start, which changes nothing for the rows already taken.
 */
@Injectable()
export class ImportJobs {
  private readonly logger = new Logger(ImportJobs.name);
  private readonly queue: ImportQueue;
  private readonly stopping = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private hold: ImportHold | undefined;
  private working: Promise<void> | undefined;
  /** Something may have come since the queue was asked. */
  private again = false;
  /** A job could not be given back: the office was away. */
  private owes = false;

  constructor(
    office: OfficeDatabase,
    private readonly catalogue: ImportCatalogue,
    private readonly files: FileFolder,
  ) {
    this.queue = new ImportQueue(office);
  }

  /** @throws Refusal V-10, V-11, V-22; PayloadTooLargeException */
  async submit(
    { kind, fileName, body }: Upload,
    { id: actorId, role, organisation }: Actor,
    now: string,
  ): Promise<string> {
    this.catalogue.find(kind);
    if (!isFileName(fileName)) throw rowRule('V-22', {}, { field: 'fileName' });
    formatOf(fileName);
    const id = randomUUID();
    const fileHash = await this.keep(id, body);
    const actor = { actorId, actorRole: role, actorOrganisation: organisation };
    await this.queue.add({ ...EMPTY, attempts: 0, id, kind, fileName, fileHash, ...actor, createdAt: now });
    this.wake();
    return id;
  }

  /** Takes up jobs from now on, also those that other processes or the last run of this one left; removes the uploads that no job needs. */
  async resume(): Promise<void> {
    await this.queue.takeOver();
    await this.sweep();
    this.wake();
    if (this.timers.length > 0) return;
    this.timers.push(
      setInterval(() => this.wake(), ASK_EVERY_MS),
      setInterval(() => void this.sweep().catch((error: unknown) => this.logger.error(error)), SWEEP_EVERY_MS),
    );
  }

  /** Newest first, without their problems. `organisation` limits to the jobs of one university or office. */
  async list(organisation?: string): Promise<ImportJobSummary[]> {
    const jobs = await this.queue.list(organisation);
    const { problems: _long, ...running } = this.hold?.progress ?? { problems: [], id: undefined };
    return jobs.map((job) => (job.id === running.id ? { ...job, ...running } : job));
  }

  async find(id: string): Promise<ImportJob | undefined> {
    if (!UUID.test(id)) return undefined;
    const running = this.hold?.progress;
    return id === running?.id ? running : ((await this.queue.find(id)) ?? undefined);
  }

  /** Resolves when no job runs here or could be taken up. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  /** Lets the rows at hand end and gives the job back; it goes on in another process, or at the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    await this.idle();
  }

  /** Each job has a file of its own, so that none is taken from under another with the same content. */
  private async keep(id: string, body: Readable): Promise<string> {
    const part = await writePart(this.files.path, body, this.files.uploadLimit);
    if (!part) throw new PayloadTooLargeException();
    await placePart(part, this.fileOf(id));
    if (part.bytes > 0) return part.hash;
    await rm(this.fileOf(id), { force: true });
    throw rowRule('V-11', { reason: '空文件 / the file is empty' });
  }

  private fileOf(id: string): string {
    return join(this.files.path, id);
  }

  private async sweep(): Promise<void> {
    const needed = await this.queue.openIds();
    await sweepFolder(this.files.path, (name) => needed.has(name));
  }

  /** Runs what there is to run, unless that is going on. */
  private wake(): void {
    if (this.stopping.signal.aborted) return;
    this.again = true;
    this.working ??= this.work()
      .catch((error: unknown) => {
        // Asked again soon, and readiness tells that the office is away.
        if (!(error instanceof StoreBusy)) this.logger.error(error);
      })
      .finally(() => {
        this.working = undefined;
        if (this.again) this.wake();
      });
  }

  private async work(): Promise<void> {
    this.again = false;
    if (this.owes) await this.giveBack();
    while (!this.stopping.signal.aborted) {
      const claimedAt = performance.now();
      const job = await this.queue.claim(new Date().toISOString());
      if (!job) return;
      await this.run(job, claimedAt);
    }
  }

  private async run(job: ImportJob, claimedAt: number): Promise<void> {
    const hold = new ImportHold(this.queue, job, this.stopping.signal, claimedAt);
    this.hold = hold;
    try {
      const outcome = await this.outcomeOf(job, hold);
      await hold.close();
      await this.end({ ...job, ...outcome, finishedAt: new Date().toISOString() });
    } catch (error) {
      await hold.close();
      if (!this.stopping.signal.aborted) this.logger.warn(error);
      await this.giveBack(PAUSE_SECONDS);
    } finally {
      this.hold = undefined;
    }
  }

  /** @throws what is not the file's doing: a stop, a lost claim, a store that is away */
  private async outcomeOf(job: ImportJob, hold: ImportHold): Promise<Partial<ImportJob>> {
    const { attempts } = job;
    // Not begun a third time.
    if (attempts > ATTEMPTS) {
      const problems = [...job.problems, failureOf(rowRule('V-18', { attempts: ATTEMPTS }))];
      return { status: 'FAILED', attempts: ATTEMPTS, problems };
    }
    try {
      Object.assign(job, UNREAD);
      const result = await this.take(job, hold);
      return { ...result, total: result.done, status: 'DONE' };
    } catch (error) {
      if (hold.isOver || error instanceof StoreBusy || error instanceof UnknownOutcome) throw error;
      if (!(error instanceof Refusal)) this.logger.error(error);
      return { status: 'FAILED', problems: [...job.problems, failureOf(error)] };
    }
  }

  /** Sheets may name people: an upload is kept only as long as its job needs it (ADR 0005). Its hash stays with the job. */
  private async end(job: ImportJob): Promise<void> {
    if (await this.queue.end(job)) await rm(this.fileOf(job.id), { force: true });
    else throw new ClaimLost(job.id);
  }

  private async giveBack(pauseSeconds = 0): Promise<void> {
    this.owes = true;
    await this.queue.giveBack(this.stopping.signal.aborted ? 0 : pauseSeconds);
    this.owes = false;
  }

  private async take(job: ImportJob, hold: ImportHold): Promise<ImportProgress> {
    const content = await readFile(this.fileOf(job.id));
    const { total, rows } = await openSheet(content, formatOf(job.fileName));
    job.total = total;
    hold.report();
    return runImport({
      kind: this.catalogue.find(job.kind),
      references: this.catalogue.references,
      rows,
      fileName: job.fileName,
      actor: { id: job.actorId, role: job.actorRole, organisation: job.actorOrganisation },
      now: () => new Date().toISOString(),
      report: (progress) => {
        Object.assign(job, progress);
        hold.report();
      },
      signal: hold,
    });
  }
}

const UUID = /^[0-9a-f-]{36}$/;

const UNREAD = { total: 0, done: 0, written: 0, unchanged: 0, refused: 0, different: 0, problems: [] } as const;

const EMPTY = { ...UNREAD, status: 'QUEUED', startedAt: null, finishedAt: null } as const;

/** @throws Refusal V-11 */
export const formatOf = (fileName: string): SheetFormat => {
  const extension = /\.(csv|xlsx)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (extension !== 'csv' && extension !== 'xlsx')
    throw rowRule('V-11', { reason: `${fileName}: .csv / .xlsx` }, { field: 'fileName' });
  return extension;
};

const failureOf = (error: unknown): ImportProblem => {
  const place = { row: 0, column: null, value: null };
  if (error instanceof Refusal) return { ...place, rule: error.rule, clause: error.clause, ...error.text };
  const zh = '导入因内部错误中断，可重新提交';
  return {
    ...place,
    rule: 'C-500',
    clause: 'ADR 0004',
    zh,
    en: 'the import was cut short by an internal error; submit it again',
  };
};
