// Checks the types of the server and of the dashboard, which have different libraries and module rules.
import { existsSync } from 'node:fs';
import { step } from './step.mjs';

const projects = ['tsconfig.json', 'apps/dashboard/tsconfig.json'].filter(existsSync);
const tsc = (project) => step(project, process.execPath, 'node_modules/ts7/bin/tsc', '--noEmit', '-p', project);
process.exitCode = (await Promise.all(projects.map(tsc))).every(Boolean) ? 0 : 1;
