import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OfficeDatabase, copyOffice, loadMasterKey } from '@app/access';
import type { Config } from '@app/platform';

/** Copies users, settings, persons, import jobs and evidence rows of another data folder into the configured, empty office. */
export const importOfficeFrom = async (config: Config, folder: string): Promise<void> => {
  // Opening either would make it.
  for (const needed of [join(folder, 'office.db'), config.masterKeyFile])
    if (!existsSync(needed)) throw new Error(`找不到 ${needed} / ${needed} is not there`);
  const source = await OfficeDatabase.open(folder);
  const target = await OfficeDatabase.open(config.dataFolder, config);
  try {
    const copied = await copyOffice(source, target, loadMasterKey(config.masterKeyFile));
    console.log('已复制办公数据 Office data copied');
    for (const [table, rows] of copied) console.log(`  ${table} ${rows}`);
    console.log(`佐证材料须另行复制 Files are copied apart: ${join(folder, 'files')} → ${config.filesFolder}`);
  } finally {
    await source.close();
    await target.close();
  }
};
