import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const hashesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );

describe('the sample history', () => {
  it('is what its generator makes, byte for byte', () => {
    const copy = mkdtempSync(join(tmpdir(), 'ledger-seeds-'));
    cpSync('seeds', join(copy, 'seeds'), { recursive: true });
    cpSync('package.json', join(copy, 'package.json'));
    execFileSync('ln', ['-s', join(process.cwd(), 'node_modules'), join(copy, 'node_modules')]);
    try {
      execFileSync(process.execPath, ['seeds/generate.mjs'], { cwd: copy, stdio: 'ignore' });
      for (const part of ['sample', 'wrong'])
        expect(hashesOf(join(copy, 'seeds', part))).toEqual(hashesOf(join('seeds', part)));
    } finally {
      rmSync(copy, { recursive: true });
    }
  }, 60_000);

  it('marks every invented row 示例', () => {
    const files = readdirSync('seeds/sample').filter((file) => file.endsWith('.csv'));
    const unmarked = files.flatMap((file) =>
      readFileSync(join('seeds/sample', file), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .flatMap((row) => (row.includes('示例') || row.includes('涉密') ? [] : [`${file}: ${row}`])),
    );
    expect(unmarked).toEqual([]);
  });
});
