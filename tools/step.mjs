import { spawn } from 'node:child_process';

/** Prints the time a step took since `started`, marked as passed or failed. */
export const report = (name, passed, started) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${passed ? '✓' : '✗'} ${name.padEnd(14)} ${seconds.padStart(5)} s`);
};

/** Runs one command of a longer job and answers whether it passed. Its output is shown only when it failed. */
export const step = (name, command, ...options) =>
  new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      report(name, code === 0, started);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
