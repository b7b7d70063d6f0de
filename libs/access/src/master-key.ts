import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const BYTES = 32;

/**
 * The key that wraps the persons' keys (主密钥). It lives outside the data folder, so that a copy of the data alone tells no names; lost,
 * the names are lost with it.
 * @param path a file of 64 hex digits, made readable by its owner alone when there is none
 */
export const loadMasterKey = (path: string): Buffer => {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  if (key.length !== BYTES) throw new Error(`主密钥文件已损坏 / the master key file is damaged: ${path}`);
  return key;
};
