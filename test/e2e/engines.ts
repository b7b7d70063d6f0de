import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projections } from '@app/platform';
import { type Comparison, PostgresViews, SqliteViews, type Views, compareGenerations } from '@app/read-model';
import { type PostgresServer, startPostgres } from '@app/testing';
import { type Page, pagedPaths, pathsToRead } from './engines-paths.js';
import { Product } from './product.js';

/** Pages of each list that are read one after the other. */
const PAGES = 3;

export const postgresViews = (url: string): Views =>
  new PostgresViews({ url, pool: 2, statementTimeoutMs: 60_000, instance: 'spec' }, projections);

/** The same log and office as a product on SQLite has, served from PostgreSQL beside it. */
export class PostgresTwin {
  private constructor(
    private readonly product: Product,
    private readonly twin: Product,
    readonly postgres: PostgresServer,
  ) {}

  /** The product is stopped and started again. */
  static async of(product: Product): Promise<PostgresTwin> {
    await product.stop();
    const postgres = await startPostgres();
    const twin = new Product({ LEDGER_POSTGRES: postgres.url });
    mkdirSync(twin.data, { recursive: true });
    copyFileSync(join(product.data, 'ledger.db'), join(twin.data, 'ledger.db'));
    copyFileSync(join(product.root, 'master.key'), join(twin.root, 'master.key'));
    await twin.cli('import-office', product.data);
    await Promise.all([product.start(), twin.start()]);
    return new PostgresTwin(product, twin, postgres);
  }

  rows(): Promise<Comparison> {
    return compared(new SqliteViews(join(this.product.data, 'views'), projections), postgresViews(this.postgres.url));
  }

  /** Which answers to a user are not the same to the byte, and how many were given. */
  async answers(user: string): Promise<{ readonly differing: readonly string[]; readonly given: number }> {
    await Promise.all([this.product, this.twin].map((one) => one.signIn(user)));
    const { body } = await this.product.get('/openapi.json');
    const differing: string[] = [];
    let given = 0;
    for await (const { path, here, there } of this.read(pathsToRead(body as never))) {
      if (here.status === 200) given += 1;
      const isExpected = here.status === 200 || here.status === 403;
      const isSame = here.status === there.status && here.text === there.text;
      if (!isExpected || !isSame) differing.push(`${path}: ${here.status} ${partingOf(here.text, there.text)}`);
    }
    return { differing, given };
  }

  async stop(): Promise<void> {
    await this.twin.dispose();
    await this.postgres.stop();
  }

  private async *read(paths: readonly string[]) {
    const ask = async (path: string) => {
      const [here, there] = await Promise.all([this.product.get(path), this.twin.get(path)]);
      return { path, here, there };
    };
    for (const path of paths) yield await ask(path);
    for (const path of pagedPaths) {
      let cursor = '';
      for (let page = 0; page < PAGES; page += 1) {
        const answers = await ask(path + cursor);
        yield answers;
        const { next } = (answers.here.body ?? {}) as Page;
        if (typeof next !== 'string') break;
        cursor = `&cursor=${encodeURIComponent(next)}`;
      }
    }
  }
}

/** Where two texts part. */
const partingOf = (one: string, other: string): string => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `${around(one)} ≠ ${around(other)}`;
};

/** The newest generations of two places, side by side; both places are closed then. */
export const compared = async (one: Views, other: Views): Promise<Comparison> => {
  const open = async (views: Views) => views.openReader((await views.list()).at(-1) as string);
  const [left, right] = [await open(one), await open(other)];
  try {
    return await left.read((before) => right.read((after) => compareGenerations(projections, before, after)));
  } finally {
    await Promise.all([left.close(), right.close()]);
    await Promise.all([one.close(), other.close()]);
  }
};
