import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ImportJob, type ImportProblem, OfficeDatabase } from '@app/access';
import { type Actor, Refusal } from '@app/kernel';
import { Injectable, Logger, PayloadTooLargeException } from '@nestjs/common';
import { In, type Repository } from 'typeorm';
import { isFileName } from './file-name.js';
import { FileFolder, placePart, sweepFolder, writePart } from './file-folder.js';
import { ImportCatalogue } from './import-catalogue.js';
import { type ImportProgress, runImport } from './import-runner.js';
import { rowRule } from './row-rules.js';
import { openSheet, type SheetFormat } from './sheet-reader.js';

export interface Upload {
  readonly kind: string;
  readonly fileName: string;
  readonly body: Readable;
}

/** How often a running job's counts are saved for those who watch it. */
const SAVE_EVERY_MS = 400;
const LISTED = 100;
/** A job that ended the process this often is not begun again: it would end every start. */
const ATTEMPTS = 2;

export type ImportJobSummary = Omit<ImportJob, 'problems'>;

/**
 * Imports one after the other, in the background. A job and its file are kept before the answer goes out; a job that a crash interrupted
 * runs again from the start, which changes nothing for the rows already taken.
 */
@Injectable()
export class ImportJobs {
  private readonly logger = new Logger(ImportJobs.name);
  private readonly live = new Map<string, ImportJob>();
  private readonly stopping = new AbortController();
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly office: OfficeDatabase,
    private readonly catalogue: ImportCatalogue,
    private readonly files: FileFolder,
  ) {}

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
    const job: ImportJob = { ...EMPTY, attempts: 0, id, kind, fileName, fileHash, ...actor, createdAt: now };
    await this.save(job);
    this.enqueue(job);
    return job.id;
  }

  /** Takes up the jobs that the last run of the process left, those that may have ended it last; removes the uploads that no job needs. */
  async resume(): Promise<void> {
    const open = await this.jobs().find({
      where: { status: In(['QUEUED', 'RUNNING']) },
      order: { attempts: 'ASC', createdAt: 'ASC' },
    });
    for (const job of open) {
      if (job.attempts < ATTEMPTS) this.enqueue({ ...job, ...EMPTY });
      else await this.end(job, failureOf(rowRule('V-18', { attempts: job.attempts })));
    }
    const needed = new Set(open.map(({ id }) => id));
    await sweepFolder(this.files.path, (name) => needed.has(name));
  }

  /** Newest first, without their problems. `organisation` limits to the jobs of one university or office. */
  async list(organisation?: string): Promise<ImportJobSummary[]> {
    const where = organisation === undefined ? {} : { actorOrganisation: organisation };
    const jobs = await this.jobs().find({
      select: SUMMARY,
      where,
      order: { createdAt: 'DESC', id: 'ASC' },
      take: LISTED,
    });
    return jobs.map(({ id, problems: _unread, ...job }) => {
      const { problems: _long, ...now } = this.live.get(id) ?? { id, ...job, problems: [] };
      return now;
    });
  }

  async find(id: string): Promise<ImportJob | undefined> {
    return this.live.get(id) ?? (await this.jobs().findOneBy({ id })) ?? undefined;
  }

  /** Resolves when no job is queued or running. */
  idle(): Promise<void> {
    return this.tail;
  }

  /** Lets the rows at hand end; the job goes on at the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.tail;
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

  private enqueue(job: ImportJob): void {
    this.live.set(job.id, job);
    this.tail = this.tail.then(() => this.run(job)).catch((error: unknown) => this.logger.error(error));
  }

  private async run(job: ImportJob): Promise<void> {
    if (this.stopping.signal.aborted) return;
    Object.assign(job, { status: 'RUNNING', startedAt: new Date().toISOString(), attempts: job.attempts + 1 });
    // Before the file is touched: it may be the file that ends the process.
    await this.save(job);
    try {
      await this.take(job);
      await this.end(job);
    } catch (error) {
      if (this.stopping.signal.aborted) return this.putOff(job);
      if (!(error instanceof Refusal)) this.logger.error(error);
      await this.end(job, failureOf(error));
    }
  }

  /** An orderly stop is no failed attempt. */
  private async putOff(job: ImportJob): Promise<void> {
    job.attempts -= 1;
    await this.save(job);
  }

  /** Sheets may name people: an upload is kept only as long as its job needs it (ADR 0005). Its hash stays with the job. */
  private async end(job: ImportJob, problem?: ImportProblem): Promise<void> {
    if (problem) Object.assign(job, { status: 'FAILED', problems: [...job.problems, problem] });
    job.finishedAt = new Date().toISOString();
    await this.save(job);
    this.live.delete(job.id);
    await rm(this.fileOf(job.id), { force: true });
  }

  private async take(job: ImportJob): Promise<void> {
    const content = await readFile(this.fileOf(job.id));
    const { total, rows } = await openSheet(content, formatOf(job.fileName));
    job.total = total;
    await this.save(job);
    let saved = Date.now();
    const report = (progress: ImportProgress) => {
      Object.assign(job, progress);
      if (Date.now() - saved < SAVE_EVERY_MS) return;
      saved = Date.now();
      this.save(job).catch((error: unknown) => this.logger.error(error));
    };
    const result = await runImport({
      kind: this.catalogue.find(job.kind),
      references: this.catalogue.references,
      rows,
      fileName: job.fileName,
      actor: { id: job.actorId, role: job.actorRole, organisation: job.actorOrganisation },
      now: () => new Date().toISOString(),
      report,
      signal: this.stopping.signal,
    });
    Object.assign(job, result, { total: result.done, status: 'DONE' });
  }

  private save(job: ImportJob): Promise<unknown> {
    return this.office.write((manager) => manager.getRepository(ImportJob).save({ ...job }));
  }

  private jobs(): Repository<ImportJob> {
    return this.office.dataSource.getRepository(ImportJob);
  }
}

const EMPTY = {
  status: 'QUEUED',
  total: 0,
  done: 0,
  written: 0,
  unchanged: 0,
  refused: 0,
  different: 0,
  problems: [],
  startedAt: null,
  finishedAt: null,
} as const;

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
