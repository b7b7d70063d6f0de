import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportJob, OfficeDatabase, type Role } from '@app/access';
import { type Actor, Refusal } from '@app/kernel';
import { Injectable, Logger } from '@nestjs/common';
import { In, type Repository } from 'typeorm';
import { rowRule } from './columns.js';
import { ImportCatalogue } from './import-catalogue.js';
import { type ImportProgress, runImport } from './import-runner.js';
import { readSheet, type SheetFormat } from './sheet-reader.js';

export interface Upload {
  readonly kind: string;
  readonly fileName: string;
  readonly content: Buffer;
}

/** How often a running job's counts are saved for those who watch it. */
const SAVE_EVERY_MS = 400;

/** Where uploads wait; kept by content hash, so the same file is kept once. */
export abstract class FileFolder {
  abstract readonly path: string;
}

/**
 * Imports one after the other, in the background. A job and its file are kept before the answer goes out; a job that a crash interrupted
 * runs again from the start, which changes nothing for the rows already taken.
 */
@Injectable()
export class ImportJobs {
  private readonly logger = new Logger(ImportJobs.name);
  private readonly live = new Map<string, ImportJob>();
  private tail: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly office: OfficeDatabase,
    private readonly catalogue: ImportCatalogue,
    private readonly files: FileFolder,
  ) {}

  /** @throws Refusal V-10, V-11 */
  async submit({ kind, fileName, content }: Upload, actor: Actor, now: string): Promise<string> {
    this.catalogue.find(kind);
    formatOf(fileName);
    const fileHash = createHash('sha256').update(content).digest('hex');
    await mkdir(this.files.path, { recursive: true });
    await writeFile(join(this.files.path, fileHash), content);
    const job: ImportJob = { ...EMPTY, id: randomUUID(), kind, fileName, fileHash, ...actorColumns(actor), createdAt: now };
    await this.save(job);
    this.enqueue(job);
    return job.id;
  }

  /** Takes up the jobs that the last run of the process left. */
  async resume(): Promise<void> {
    const open = await this.jobs().find({ where: { status: In(['QUEUED', 'RUNNING']) }, order: { createdAt: 'ASC' } });
    for (const job of open) this.enqueue({ ...job, done: 0, written: 0, unchanged: 0, refused: 0, different: 0, problems: [] });
  }

  /** Newest first. `organisation` limits to the jobs of one university. */
  async list(organisation?: string): Promise<ImportJob[]> {
    const where = organisation === undefined ? {} : { actorOrganisation: organisation };
    const jobs = await this.jobs().find({ where, order: { createdAt: 'DESC' }, take: 100 });
    return jobs.map((job) => this.live.get(job.id) ?? job);
  }

  async find(id: string): Promise<ImportJob | undefined> {
    return this.live.get(id) ?? (await this.jobs().findOneBy({ id })) ?? undefined;
  }

  /** Lets the row at hand end; the job goes on at the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.tail;
  }

  private enqueue(job: ImportJob): void {
    this.live.set(job.id, job);
    this.tail = this.tail.then(() => this.run(job));
  }

  private async run(job: ImportJob): Promise<void> {
    if (this.stopping) return;
    job.status = 'RUNNING';
    job.startedAt = new Date().toISOString();
    try {
      await this.take(job);
    } catch (error) {
      if (this.stopping) return;
      job.status = 'FAILED';
      job.problems = [...job.problems, failureOf(error)];
      if (!(error instanceof Refusal)) this.logger.error(error);
    }
    job.finishedAt = new Date().toISOString();
    await this.save(job);
    this.live.delete(job.id);
  }

  private async take(job: ImportJob): Promise<void> {
    const content = await readFile(join(this.files.path, job.fileHash));
    const format = formatOf(job.fileName);
    job.total = await countRows(content, format);
    await this.save(job);
    let saved = Date.now();
    const report = (progress: ImportProgress) => {
      if (this.stopping) throw new Error('stopping');
      Object.assign(job, progress);
      if (Date.now() - saved < SAVE_EVERY_MS) return;
      saved = Date.now();
      void this.save(job);
    };
    const actor: Actor = { id: job.actorId, role: job.actorRole, organisation: job.actorOrganisation };
    const rows = readSheet(content, format);
    const now = () => new Date().toISOString();
    const { references } = this.catalogue;
    const result = await runImport({ kind: this.catalogue.find(job.kind), references, rows, fileName: job.fileName, actor, now, report });
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

const actorColumns = ({ id, role, organisation }: Actor) => ({ actorId: id, actorRole: role as Role, actorOrganisation: organisation });

/** @throws Refusal V-11 */
export const formatOf = (fileName: string): SheetFormat => {
  const extension = /\.(csv|xlsx)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (extension !== 'csv' && extension !== 'xlsx') throw rowRule('V-11', { reason: `${fileName}: .csv / .xlsx` }, { field: 'fileName' });
  return extension;
};

/** Rows below the header, so that progress has an end. */
export const countRows = async (content: Buffer, format: SheetFormat): Promise<number> => {
  let rows = 0;
  for await (const { cells } of readSheet(content, format)) if (cells.some((cell) => cell !== undefined && cell !== '')) rows += 1;
  return Math.max(0, rows - 1);
};

const failureOf = (error: unknown) => {
  const place = { row: 0, column: null, value: null };
  if (error instanceof Refusal) return { ...place, rule: error.rule, clause: error.clause, ...error.text };
  const { zh, en } = { zh: '导入因内部错误中断，可重新提交', en: 'the import was cut short by an internal error; submit it again' };
  return { ...place, rule: 'C-500', clause: 'ADR 0004', zh, en };
};
