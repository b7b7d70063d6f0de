// Builds what changed and serves it; with --sample the sample history is loaded first. Stops with its server.
import { spawn } from 'node:child_process';

const run = (...args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    // The terminal sends Ctrl-C to the whole group; this process only waits for the child to end in order.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });

const steps = [['tools/build.mjs']];
if (process.argv.includes('--sample')) steps.push(['dist/apps/cli/src/main.js', 'sample']);
steps.push(['dist/apps/api/src/main.js']);

for (const step of steps) {
  process.exitCode = await run(...step);
  if (process.exitCode !== 0) break;
}
