import { EventRegistry, type LogProgress, importLog } from '@app/event-store';
import { type Config, eventCatalogues, openStore, streamPrefixes } from '@app/platform';
import { progressBar } from './import-report.js';
import { counter, printLog, secondsSince } from './moving-report.js';

/** Appends of one turn share a transaction on SQLite, in the order sent; a cluster keeps no order between calls. */
const TOGETHER_ON_SQLITE = 200;

const TITLES: Readonly<Record<LogProgress['phase'], string>> = {
  check: '检查文件 Check',
  write: '导入 Import',
  verify: '核对 Verify',
};

/** Moves the log of a file into the configured store, or goes on doing so. @throws StoreLocked while the server runs on SQLite */
export const importLogFrom = async (config: Config, file: string): Promise<void> => {
  const started = Date.now();
  const store = await openStore(config);
  const progress = phases();
  try {
    const moved = await importLog(store, file, {
      streamPrefixes,
      registry: new EventRegistry(eventCatalogues),
      appendsAtOnce: config.eventStoreUrl === undefined ? TOGETHER_ON_SQLITE : 1,
      report: progress.report,
    }).finally(progress.stop);
    console.log(`已导入并核对 Imported and verified: 新写入 written ${moved.written} · 已有 found ${moved.found}`);
    printLog(moved);
    console.log(`  位置 head ${store.storeId}.${moved.head} · 用时 took ${secondsSince(started)} s`);
  } finally {
    await store.close();
  }
};

/** One bar after the other. */
const phases = (): { readonly report: (progress: LogProgress) => void; readonly stop: () => void } => {
  let current: { readonly phase: string; readonly bar: ReturnType<typeof counter> } | undefined;
  const stop = () => current?.bar.stop();
  const report = ({ phase, done, total }: LogProgress) => {
    if (current?.phase !== phase) {
      stop();
      const title = TITLES[phase];
      current = { phase, bar: total === undefined ? counter(title) : progressBar(title, total) };
    }
    current.bar.update(done);
  };
  return { report, stop };
};
