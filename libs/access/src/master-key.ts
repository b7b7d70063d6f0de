import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const BYTES = 32;

/**
 * The key that wraps the persons' keys (主密钥). It lives outside the data folder, so that a copy of the data alone tells no names; lost,
 * the names are lost with it.
 * @param path a file of 64 hex digits, made readable by its owner alone when there is none
 */
export const loadMasterKey = (path: string): Buffer => {
  if (!existsSync(path)) makeKey(path);
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  if (key.length !== BYTES) throw new Error(`主密钥文件已损坏 / the master key file is damaged: ${path}`);
  return key;
};

/** Whole or not at all, and once: several processes may start together. */
const makeKey = (path: string): void => {
  const part = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(part, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(part, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(part);
  }
};
