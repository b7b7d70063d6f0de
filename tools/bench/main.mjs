// The budgets of the design as ratios measured side by side in one run. Needs `npm run build`.
//   npm run bench [-- --events 100000] [--only rebuild]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAppends } from './appends.mjs';
import { benchBoards } from './boards.mjs';
import { benchRebuild } from './rebuild.mjs';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
const report = (text) => process.stderr.write(`${text}\n`);
try {
  const rows = [];
  const benches = { appends: benchAppends, rebuild: benchRebuild, boards: benchBoards };
  for (const [name, bench] of Object.entries(benches)) {
    if (values.only !== undefined && values.only !== name) continue;
    rows.push(...(await bench({ folder, events: Number(values.events), report })));
  }
  if (!values.json) console.table(Object.fromEntries(rows.map(({ what, ...row }) => [what, row])));
  console.log(JSON.stringify({ node: process.version, events: Number(values.events), rows }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
