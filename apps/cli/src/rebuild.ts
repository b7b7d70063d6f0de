import { type Config, openRegistry, openStore, openViews } from '@app/platform';
import { type Comparison, type Rebuilt, type RowDifference, rebuild } from '@app/read-model';
import { progressBar } from './import-report.js';

/** Builds the read models anew beside those that are read, wherever they are, and says what differs. The server may run meanwhile. */
export const rebuildReadModels = async (config: Config): Promise<void> => {
  const store = await openStore(config, { beside: true });
  const views = openViews(config);
  const bar = progressBar('读模型 read models', 100);
  try {
    const registry = await openRegistry(store);
    const started = performance.now();
    const counter = (hex: string) => Number.parseInt(hex.slice(0, 16), 16) || Number.parseInt(hex.slice(16), 16);
    const building = ({ position, head }: { position: string; head: string }) =>
      bar.update(Math.floor((100 * counter(position)) / counter(head)));
    const rebuilt = await rebuild({ store, registry, views, building });
    bar.stop();
    print(rebuilt, (performance.now() - started) / 1000);
    // A rebuild that finds the old rows wrong is worth a look by whoever scripted it.
    if ((rebuilt.comparison?.differences ?? 0) > 0) process.exitCode = 2;
  } finally {
    bar.stop();
    await views.close();
    await store.close();
  }
};

const print = ({ name, before, comparison }: Rebuilt, seconds: number): void => {
  console.log(`已重建 ${name}，用时 ${seconds.toFixed(1)} 秒 / rebuilt in ${seconds.toFixed(1)} s`);
  if (before === undefined) console.log('此前没有读模型可比对 / there were no read models to compare with');
  else if (!comparison)
    console.log(
      `${before} 无法读取或属于另一日志，未比对 / ${before} cannot be read or is of another log: not compared`,
    );
  if (before === undefined || !comparison) return;
  printComparison(before, comparison);
};

const printComparison = (before: string, { rows, differences, first }: Comparison): void => {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  console.log(
    `与 ${before} 逐行比对 ${all} 行，${differences} 行不同 / compared ${all} rows with ${before}: ${differences} differ`,
  );
  for (const difference of first) console.log(lineOf(difference));
  if (differences > first.length) console.log(`… ${differences - first.length}`);
};

const lineOf = ({ table, key, before, after }: RowDifference): string =>
  [table, key, textOf(before), '→', textOf(after)].join('\t');

const textOf = (values: RowDifference['before']): string =>
  values === undefined
    ? '∅'
    : JSON.stringify(values, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
