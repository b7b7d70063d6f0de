import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserStore, actorOf } from '@app/access';
import { StoreLocked } from '@app/event-store';
import { ImportCatalogue, type ImportProgress, countRows, formatOf, readSheet, runImport } from '@app/imports';
import type { Actor } from '@app/kernel';
import type { Config } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import cliProgress from 'cli-progress';
import { openApplication } from './application.js';
import { importOverHttp } from './import-over-http.js';

export interface ImportOptions {
  readonly as: string;
  readonly kind?: string;
}

/** `03-assets.csv` holds assets. */
export const kindOf = (file: string): string =>
  basename(file)
    .replace(/\.(csv|xlsx)$/i, '')
    .replace(/^\d+-/, '');

/** Imports files one after the other; over HTTP when the server holds the log. */
export const importFiles = async (config: Config, files: readonly string[], options: ImportOptions): Promise<void> => {
  const application = await openApplication(config).catch((error: unknown) => {
    if (error instanceof StoreLocked) return undefined;
    throw error;
  });
  if (!application) return importOverHttp(config, files, options);
  try {
    const user = await application.nest.get(UserStore, { strict: false }).find(options.as);
    if (!user) throw new Error(`没有用户 ${options.as} / no user ${options.as}`);
    for (const file of files)
      await importFile(application.nest, file, { actor: actorOf(user), kind: options.kind ?? kindOf(file) });
  } finally {
    await application.close();
  }
};

/** Imports one file with a progress bar and prints what was not taken. */
export const importFile = async (
  nest: INestApplicationContext,
  file: string,
  { actor, kind: name }: { readonly actor: Actor; readonly kind: string },
): Promise<ImportProgress> => {
  const catalogue = nest.get(ImportCatalogue, { strict: false });
  const kind = catalogue.find(name);
  const content = await readFile(file);
  const format = formatOf(file);
  const bar = progressBar(kind.title.zh, await countRows(content, format));
  const result = await runImport({
    kind,
    references: catalogue.references,
    rows: readSheet(content, format),
    fileName: basename(file),
    actor,
    now: () => new Date().toISOString(),
    report: ({ done }) => bar.update(done),
  }).finally(() => bar.stop());
  printResult(result);
  return result;
};

export const progressBar = (title: string, total: number): cliProgress.SingleBar => {
  const format = `${title.padEnd(10, '　')} {bar} {value}/{total} {duration_formatted}`;
  const bar = new cliProgress.SingleBar(
    { format, noTTYOutput: true, notTTYSchedule: 2_000, fps: 8 },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0);
  return bar;
};

const SHOWN = 50;

export const printResult = ({ written, unchanged, refused, different, problems }: ImportProgress): void => {
  if (refused + different === 0 && unchanged === 0) return;
  console.log(
    `  写入 written ${written} · 无变化 unchanged ${unchanged} · 拒绝 refused ${refused} · 不一致 different ${different}`,
  );
  for (const { row, column, value, rule, zh, en, clause } of problems.slice(0, SHOWN)) {
    const place = column ? `${column.zh}/${column.en}${value === null ? '' : ` “${value}”`}` : '';
    console.log(`  第 ${row} 行 row ${row} ${place}\n    ${rule} ${zh}\n    ${en}（${clause}）`);
  }
  if (problems.length > SHOWN) console.log(`  … ${problems.length - SHOWN} more`);
};
