import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportProgress } from '@app/imports';
import type { Config } from '@app/platform';
import { type ImportOptions, kindOf, printResult, progressBar } from './import-report.js';
import { askPassword } from './password.js';

const POLL_MS = 300;

/** The running server holds the log: it does the import, signed in as the same user. */
export const importOverHttp = async (
  config: Config,
  files: readonly string[],
  { as: username, kind }: ImportOptions,
): Promise<void> => {
  const base = `http://${config.host}:${config.port}/api/v1`;
  const password = await askPassword(username);
  const { token } = await call<{ token: string }>(`${base}/session`, {
    body: JSON.stringify({ username, password }),
    type: 'application/json',
  });
  for (const file of files) {
    const url = `${base}/imports/${kind ?? kindOf(file)}?fileName=${encodeURIComponent(basename(file))}`;
    const { jobId } = await call<{ jobId: string }>(url, {
      body: await readFile(file),
      type: 'application/octet-stream',
      token,
    });
    printResult(await watch(`${base}/imports/${jobId}`, token, basename(file)));
  }
};

interface Job extends ImportProgress {
  readonly status: string;
  readonly total: number;
}

const watch = async (url: string, token: string, title: string): Promise<Job> => {
  const bar = progressBar(title, 0);
  for (;;) {
    const job = await call<Job>(url, { token });
    bar.setTotal(job.total);
    bar.update(job.done);
    if (job.status === 'DONE' || job.status === 'FAILED') {
      bar.stop();
      return job;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

interface Call {
  readonly body?: string | Uint8Array;
  readonly type?: string;
  readonly token?: string;
}

const call = async <Answer>(url: string, { body, type, token }: Call): Promise<Answer> => {
  const headers = { ...(type ? { 'content-type': type } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
};
