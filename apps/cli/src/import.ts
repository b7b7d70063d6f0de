import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserStore, actorOf } from '@app/access';
import { StoreLocked } from '@app/event-store';
import { ImportCatalogue, type ImportProgress, formatOf, openSheet, runImport } from '@app/imports';
import type { Actor } from '@app/kernel';
import type { Config } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { openApplication } from './application.js';
import { importOverHttp } from './import-over-http.js';
import { type ImportOptions, kindOf, printResult, progressBar } from './import-report.js';
import { askPassword } from './password.js';

/** Imports files one after the other, as a user who signs in; over HTTP when the server holds the log. */
export const importFiles = async (config: Config, files: readonly string[], options: ImportOptions): Promise<void> => {
  const application = await openApplication(config).catch((error: unknown) => {
    if (error instanceof StoreLocked) return undefined;
    throw error;
  });
  if (!application) return importOverHttp(config, files, options);
  try {
    const users = application.nest.get(UserStore, { strict: false });
    const user = await users.signIn(options.as, await askPassword(options.as), new Date().toISOString());
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
  const { total, rows } = await openSheet(content, formatOf(file));
  const bar = progressBar(kind.title.zh, total);
  const result = await runImport({
    kind,
    references: catalogue.references,
    rows,
    fileName: basename(file),
    actor,
    now: () => new Date().toISOString(),
    report: ({ done }) => bar.update(done),
  }).finally(() => bar.stop());
  printResult(result);
  return result;
};
