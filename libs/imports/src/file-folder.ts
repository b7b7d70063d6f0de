import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { BadRequestException, Logger } from '@nestjs/common';

/** Where uploaded files lie, and how large they may be (上传文件). */
export abstract class FileFolder {
  abstract readonly path: string;
  /** Largest sheet to import, in bytes. */
  abstract readonly uploadLimit: number;
  /** Largest file of evidence, in bytes. */
  abstract readonly evidenceLimit: number;
}

/** A whole file that has not got its place yet. */
export interface FilePart {
  readonly path: string;
  /** SHA-256, 64 hex digits. */
  readonly hash: string;
  readonly bytes: number;
}

const PART = '.part';
const logger = new Logger('Uploads');

/**
 * Writes a body to disk piece by piece, hashing as it goes; undefined when it is longer than `limit`. What arrives after that is
 * read and forgotten, so that the sender hears the answer.
 * @throws BadRequestException when the sender breaks off
 */
export const writePart = async (folder: string, body: Readable, limit: number): Promise<FilePart | undefined> => {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}${PART}`);
  try {
    const part = await copied(path, body, limit);
    if (part) return part;
  } catch (error) {
    await rm(path, { force: true });
    if (!brokenOff(body)) throw error;
    // The sender's doing and no fault of ours, which would be logged as an error.
    logger.warn('an upload was broken off by its sender');
    throw new BadRequestException('the upload was broken off');
  }
  await rm(path, { force: true });
  body.resume();
  return undefined;
};

const brokenOff = (body: Readable): boolean => body.destroyed && !body.readableEnded;

const copied = async (path: string, body: Readable, limit: number): Promise<FilePart | undefined> => {
  const file = await open(path, 'wx');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > limit) return undefined;
      hash.update(piece);
      await file.appendFile(piece);
    }
    await file.sync();
    return { path, hash: hash.digest('hex'), bytes };
  } finally {
    await file.close();
  }
};

/** Gives a part its name; both are on disk when it returns. */
export const placePart = async ({ path }: FilePart, target: string): Promise<void> => {
  await mkdir(dirname(target), { recursive: true });
  await rename(path, target);
  const folder = await open(dirname(target));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** No upload pauses for so long, and no clock of a file server is so wrong. */
const ABANDONED_MS = 3_600_000;

/** Removes what a crash left of uploads, but for files to keep, and for those that any process may be about to finish: of the last hour. */
export const sweepFolder = async (folder: string, keep: (name: string) => boolean): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (!entry.isFile() || keep(entry.name)) continue;
    const { mtimeMs = Number.POSITIVE_INFINITY } = (await stat(path).catch(() => undefined)) ?? {};
    if (mtimeMs < Date.now() - ABANDONED_MS) await rm(path, { force: true });
  }
};

export const isPart = (name: string): boolean => name.endsWith(PART);
