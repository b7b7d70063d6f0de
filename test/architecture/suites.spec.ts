import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = process.cwd();

const listed = (project: string): string[] => {
  const options = ['--listTests', '--json', '--selectProjects', project];
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/jest'), options, { cwd: root, encoding: 'utf8' });
  return JSON.parse(stdout.slice(stdout.indexOf('['))) as string[];
};

const specsUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(\.|node_modules$|dist$|data$)/.test(entry.name) ? [] : specsUnder(path);
    return /\.(e2e-)?spec\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : [];
  });

it('every spec file is run by exactly one jest project', () => {
  const runs = ['unit', 'whole'].flatMap(listed);
  expect(runs.toSorted()).toEqual(specsUnder(root).toSorted());
});
