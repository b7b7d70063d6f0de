import { execFileSync } from 'node:child_process';

describe('generated documents', () => {
  it('are those of the built code', () => {
    const check = () => execFileSync(process.execPath, ['tools/docs.mjs', '--check'], { stdio: 'pipe' }).toString();
    expect(check).not.toThrow();
  }, 60_000);
});
