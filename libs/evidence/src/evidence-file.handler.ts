import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { EvidenceFile, OfficeDatabase, authorise, universityScope } from '@app/access';
import { FileFolder, isPart, placePart, sweepFolder, writePart } from '@app/imports';
import type { Actor } from '@app/kernel';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { In } from 'typeorm';
import { typeOfContent } from './evidence-content.handler.js';
import type { EvidenceRef } from './evidence-file.js';
import { evidenceRule } from './evidence-rules.js';
import { assertAgrees } from './evidence-type.js';

/** Keeps an uploaded file; the same content is kept once, however often it comes. @throws Refusal */
export class KeepEvidence extends Command<EvidenceRef> {
  constructor(
    readonly file: { readonly body: Readable; readonly name: string; readonly statedType: string },
    readonly actor: Actor,
    readonly now: string,
  ) {
    super();
  }
}

/**
 * Files of evidence by their hashes, in the order asked, for events to name. With an actor only files that its organisation uploaded
 * count, unless the actor reads everyone's. @throws Refusal X-4 that names the unknown hash
 */
export class DescribeEvidence extends Query<readonly EvidenceRef[]> {
  constructor(
    readonly hashes: readonly string[],
    readonly actor?: Actor,
    readonly field = 'evidenceFiles',
  ) {
    super();
  }
}

const SWEEP_EVERY_MS = 3_600_000;

/** The files on disk: `evidence/<first two digits>/<hash>`. Files are never removed: a hash in an event must lead to its content. */
@Injectable()
export class EvidenceFolder implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(EvidenceFolder.name);
  private timer: NodeJS.Timeout | undefined;
  readonly path: string;

  constructor(files: FileFolder) {
    this.path = join(files.path, 'evidence');
  }

  /** Removes uploads that a crash cut short, now and once they are old enough to be no one's. */
  async onModuleInit(): Promise<void> {
    const sweep = () => sweepFolder(this.path, (name) => !isPart(name));
    await sweep();
    this.timer = setInterval(() => void sweep().catch((error: unknown) => this.logger.error(error)), SWEEP_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  place(hash: string): string {
    return join(this.path, hash.slice(0, 2), hash);
  }

  /** The content, checked against its hash before a byte of it is given out. @throws Refusal X-5 */
  async read(hash: string): Promise<Buffer> {
    const content = await readFile(this.place(hash)).catch((error: unknown) => error);
    if (content instanceof Buffer && createHash('sha256').update(content).digest('hex') === hash) return content;
    this.logger.error({
      message: `file of evidence ${hash} is damaged`,
      err: content instanceof Error ? content : undefined,
    });
    throw evidenceRule('X-5', { hash });
  }
}

@CommandHandler(KeepEvidence)
export class KeepEvidenceHandler implements ICommandHandler<KeepEvidence> {
  constructor(
    private readonly office: OfficeDatabase,
    private readonly files: FileFolder,
    private readonly folder: EvidenceFolder,
  ) {}

  async execute({ file: { body, name, statedType }, actor, now }: KeepEvidence): Promise<EvidenceRef> {
    authorise(actor, 'evidence.write');
    const { evidenceLimit } = this.files;
    const part = await writePart(this.folder.path, body, evidenceLimit);
    if (!part) throw evidenceRule('X-1', { megabytes: evidenceLimit / 1_000_000 });
    const { hash, bytes } = part;
    try {
      const mediaType = await typeOfContent(part.path, name);
      assertAgrees(mediaType, name, statedType);
      await placePart(part, this.folder.place(hash));
      const { id: uploadedBy, organisation } = actor;
      const row: EvidenceFile = { hash, organisation, name, mediaType, bytes, uploadedBy, uploadedAt: now };
      await this.office.write((manager) => manager.upsert(EvidenceFile, row, ['hash', 'organisation']));
      return { hash, name, mediaType, bytes };
    } finally {
      await rm(part.path, { force: true });
    }
  }
}

@QueryHandler(DescribeEvidence)
export class DescribeEvidenceHandler implements IQueryHandler<DescribeEvidence> {
  constructor(private readonly office: OfficeDatabase) {}

  async execute({ hashes, actor, field }: DescribeEvidence): Promise<readonly EvidenceRef[]> {
    const scope = actor && universityScope(actor, 'record.read');
    const where = { hash: In([...hashes]), ...(scope === undefined ? {} : { organisation: scope }) };
    const rows = await this.office.read((manager) =>
      manager.find(EvidenceFile, { where, order: { uploadedAt: 'ASC', organisation: 'ASC' } }),
    );
    const files = new Map(rows.map((row) => [row.hash, row]));
    return [...new Set(hashes)].map((hash) => {
      const file = files.get(hash);
      if (!file) throw evidenceRule('X-4', { hash }, { field });
      return { hash, name: file.name, mediaType: file.mediaType, bytes: file.bytes };
    });
  }
}
