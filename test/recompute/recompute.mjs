// Derives every published figure from the seed spreadsheets alone, by plain arithmetic; it shares no code with the product.
// Usage: node test/recompute/recompute.mjs [seeds]
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConversions } from './conversions.mjs';
import { recomputeFund } from './fund.mjs';
import { recomputeGrowth, recomputeTargets } from './growth.mjs';
import { readSheets } from './sheets.mjs';

const readPanel = async (folder) => {
  const rows = await readSheets(folder, 'universities');
  const codes = new Map(
    rows.flatMap((row) => [
      [row['学校代码'], row['学校代码']],
      [row['学校名称'], row['学校代码']],
    ]),
  );
  const since = new Map(
    rows.filter((row) => row['纳入统计'] === '是').map((row) => [row['学校代码'], row['纳入统计起']]),
  );
  return {
    codeOf: (text) => {
      const code = codes.get(text);
      if (!code) throw new Error(`no university "${text}"`);
      return code;
    },
    isMember: (code, date) => since.has(code) && since.get(code) <= date,
  };
};

/**
 * The figures of a seeds folder, which holds `reference` and `sample`:
 * `{ city, universities, patents: { city, universities }, fund, targets }`. `city` is by year and basis
 * `{ transfers, licences, openGrants, total, required, verdict }` beside `unrecorded`, `flagged`, `inChangsha`; `patents` the same of patents
 * alone; `fund` by year in fen as text.
 */
export const recompute = async (seeds) => {
  const [reference, sample] = [join(seeds, 'reference'), join(seeds, 'sample')];
  const panel = await readPanel(reference);
  const { all, patents } = await recomputeGrowth(sample, await readConversions(sample, panel.codeOf), panel);
  return { ...all, patents, fund: await recomputeFund(sample), targets: await recomputeTargets(sample, panel.codeOf) };
};

const isMain = process.argv[1] === fileURLToPath(import.meta.url);
if (isMain) {
  const seeds = process.argv[2] ?? join(dirname(process.argv[1]), '../../seeds');
  void recompute(seeds).then((figures) => console.log(JSON.stringify(figures, null, 2)));
}
