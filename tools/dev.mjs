// The development loop: compile on save, restart the API, and serve the dashboard with its API calls passed on.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'vite';

const main = 'dist/apps/api/src/main.js';
const api = `http://127.0.0.1:${process.env.PORT ?? 3000}`;
const start = (command, ...options) => spawn(command, options, { stdio: 'inherit' });

if (!existsSync(main)) spawnSync(process.execPath, ['tools/build.mjs'], { stdio: 'inherit' });

const children = [
  start('node_modules/.bin/nest', 'build', 'api', '--watch', '--preserveWatchOutput'),
  start(process.execPath, '--watch', '--watch-preserve-output', '--enable-source-maps', main),
];
process.on('exit', () => children.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit());

if (existsSync('apps/dashboard/vite.config.ts')) {
  const dashboard = await createServer({
    root: 'apps/dashboard',
    configFile: 'apps/dashboard/vite.config.ts',
    server: { proxy: { '/api': api, '/openapi.json': api, '/docs': api } },
  });
  await dashboard.listen();
  dashboard.printUrls();
}
