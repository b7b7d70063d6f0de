// Everything that can be judged without a built application, side by side.
import { availableParallelism } from 'node:os';
import { report, step } from './step.mjs';

/** npm scripts, the longest first so that the others fit beside it. */
const queue = ['test:unit', 'deps', 'types', 'lint', 'format:check'];

const lane = async () => {
  let passed = true;
  for (let name = queue.shift(); name; name = queue.shift()) {
    passed = (await step(name, 'npm', 'run', '--silent', name)) && passed;
  }
  return passed;
};

const started = performance.now();
const lanes = Array.from({ length: Math.max(2, availableParallelism()) }, lane);
const passed = (await Promise.all(lanes)).every(Boolean);
report('check', passed, started);
process.exitCode = passed ? 0 : 1;
