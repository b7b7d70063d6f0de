// Compiles the server into dist/ and the dashboard into dist/dashboard, each only when its sources are newer than its stamp.
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { step } from './step.mjs';

const viteConfig = 'apps/dashboard/vite.config.ts';
const dashboardOut = resolve('dist/dashboard');
const bin = (name) => resolve('node_modules/.bin', name);

const server = {
  name: 'server',
  sources: ['apps/api', 'apps/cli', 'apps/projector', 'libs', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'],
  command: [bin('nest'), 'build', 'api'],
};
const dashboard = {
  name: 'dashboard',
  sources: ['apps/dashboard'],
  command: [bin('vite'), 'build', 'apps/dashboard', '--config', viteConfig, '--emptyOutDir', '--outDir', dashboardOut],
};

/** The latest change under a path; a folder's own time counts too, since it tells of deleted files. */
const changed = (path) => {
  const entry = statSync(path);
  const inside = entry.isDirectory() ? readdirSync(path).filter((name) => !name.endsWith('.spec.ts')) : [];
  return Math.max(entry.mtimeMs, ...inside.map((name) => changed(join(path, name))));
};

const build = async ({ name, sources, command }) => {
  const stamp = `dist/.stamp-${name}`;
  const newest = Math.max(...[...sources, 'package-lock.json'].filter(existsSync).map(changed));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) {
    console.log(`✓ ${name} is up to date`);
    return true;
  }
  const started = new Date();
  if (!(await step(name, ...command))) return false;
  writeFileSync(stamp, '');
  // The stamp bears the time the build began, so that an edit made meanwhile is built next time.
  utimesSync(stamp, started, started);
  return true;
};

mkdirSync('dist', { recursive: true });
const parts = existsSync(viteConfig) ? [server, dashboard] : [server];
process.exitCode = (await Promise.all(parts.map(build))).every(Boolean) ? 0 : 1;
