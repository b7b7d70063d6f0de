import { exportLog } from '@app/event-store';
import { type Config, openStore } from '@app/platform';
import { counter, printLog, secondsSince } from './moving-report.js';

/** Writes the whole log to a file. The server may run meanwhile; what it records after the export began is not in the file. */
export const exportLogTo = async (config: Config, file: string): Promise<void> => {
  const started = Date.now();
  const store = await openStore(config, { beside: true });
  const bar = counter('导出 Export');
  try {
    const manifest = await exportLog(store, file, {
      exportedAt: new Date(started).toISOString(),
      report: (done) => bar.update(done),
    }).finally(() => bar.stop());
    console.log(`已导出 Exported ${file}`);
    printLog(manifest);
    console.log(`  位置 head ${store.storeId}.${manifest.last} · 用时 took ${secondsSince(started)} s`);
  } finally {
    await store.close();
  }
};
