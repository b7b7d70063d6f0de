import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { PostgresTwin } from './engines.js';
import { comparedOver, streamsByKind } from './engines-histories.js';
import { describeMoving } from './moving.js';
import { Product } from './product.js';

type Figures = Readonly<Record<string, unknown>>;
interface Line {
  readonly year: number;
  readonly counts: Readonly<Record<string, Figures>>;
  readonly growth: Readonly<Record<string, Figures>>;
}
interface Board {
  readonly city: { readonly years: readonly Line[] };
  readonly universities: ReadonlyArray<{ readonly universityId: string; readonly years: readonly Line[] }>;
  readonly targets: ReadonlyArray<Figures & { readonly id: string }>;
}
interface Fund {
  readonly year: number;
  readonly allocatedFen: string;
  readonly leftFen: string;
  readonly categories: ReadonlyArray<{
    readonly category: string;
    readonly entitlementFen: string;
    readonly allocatedFen: string;
  }>;
  readonly claims: ReadonlyArray<{ readonly number: string; readonly allocatedFen: string | null }>;
}
interface Recomputed {
  readonly city: Readonly<Record<string, Figures>>;
  readonly universities: Readonly<Record<string, Readonly<Record<string, Figures>>>>;
  readonly patents: Pick<Recomputed, 'city' | 'universities'>;
  readonly fund: Readonly<
    Record<
      string,
      { allocated: string; left: string; categories: Record<string, Figures>; claims: Record<string, string> }
    >
  >;
  readonly targets: Readonly<Record<string, Figures>>;
}

const LOADING = 900_000;
/** Random ones, from the streams of the sample. */
const HISTORIES = 6;

/** Plain arithmetic over the same spreadsheets, by a script that shares no code with the product. */
const recomputed = (): Recomputed =>
  JSON.parse(
    execFileSync(process.execPath, ['test/recompute/recompute.mjs'], { maxBuffer: 200_000_000 }).toString(),
  ) as Recomputed;

/** A year of the board in the words of the script, as far as the script computes it. */
const inTheWordsOf = (expected: Figures, line: Line): Figures =>
  Object.fromEntries(
    Object.entries(expected).map(([name, value]) => {
      const counts = line.counts[name];
      if (!counts) return [name, (line as unknown as Figures)[name]];
      const { required, verdict } = line.growth[name] as Figures;
      const all: Figures = { ...counts, required, verdict };
      return [name, Object.fromEntries(Object.keys(value as Figures).map((key) => [key, all[key]]))];
    }),
  );

const yearsOf = (expected: Readonly<Record<string, Figures>>, lines: readonly Line[]) =>
  Object.fromEntries(
    lines
      .filter(({ year }) => expected[year])
      .map((line) => [line.year, inTheWordsOf(expected[line.year] as Figures, line)]),
  );

const eventsIn = (product: Product) => {
  const database = new Database(join(product.data, 'ledger.db'), { readonly: true });
  const one = (sql: string) => (database.prepare(sql).get() as { n: number }).n;
  const counts = {
    all: one('SELECT count(*) AS n FROM events'),
    streamsWithGaps: one(
      'SELECT count(*) AS n FROM (SELECT stream FROM events GROUP BY stream HAVING count(*) <> max(revision) + 1)',
    ),
    repeatedIds: one('SELECT count(*) - count(DISTINCT id) AS n FROM events'),
    unsettled: one(`SELECT count(*) AS n FROM (SELECT stream FROM events WHERE type = 'LodgementRequested')
      AS requested WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.stream = requested.stream AND e.type = 'ContractSettled')`),
  };
  database.close();
  return counts;
};

describe('the sample history, killed twice while it was loaded', () => {
  const product = new Product();
  const expected = recomputed();
  const get = async (path: string) => (await product.get(`/api/v1/${path}`)).text;
  const board = async (query = '') => JSON.parse(await get(`boards/target${query}`)) as Board;

  beforeAll(async () => {
    await product.cliKilledAt(/知识产权[^\n]* [1-9]\d{3}\/\d{4}/, 'sample');
    await product.cliKilledAt(/转化合同[^\n]* [1-9]\d{2,3}\/\d{4}/, 'sample');
    await product.cli('sample');
    await product.start();
    await product.signIn('reviewer');
  }, LOADING);
  afterAll(() => product.dispose());

  it('holds thousands of conversions and no trace of the kills', () => {
    const { all, ...faults } = eventsIn(product);
    expect(all).toBeGreaterThan(50_000);
    expect(faults).toEqual({ streamsWithGaps: 0, repeatedIds: 0, unsettled: 0 });
  });

  it('has the counts, required path and verdicts of plain arithmetic, for the city', async () => {
    const { city } = await board();
    expect(yearsOf(expected.city, city.years)).toEqual(expected.city);
    const counted = city.years.reduce((sum, { counts }) => sum + Number(counts['contracts']?.['total']), 0);
    expect(counted).toBeGreaterThan(5_000);
  });

  it('has them for every university', async () => {
    const { universities } = await board();
    const actual = universities.filter(({ universityId }) => expected.universities[universityId]);
    expect(actual.length).toBe(Object.keys(expected.universities).length);
    for (const { universityId, years } of actual) {
      const wanted = expected.universities[universityId] ?? {};
      expect({ universityId, years: yearsOf(wanted, years) }).toEqual({ universityId, years: wanted });
    }
  });

  it('has them for patents alone', async () => {
    const { city } = await board('?ipScope=patents');
    expect(yearsOf(expected.patents.city, city.years)).toEqual(expected.patents.city);
  });

  it('has the other plan targets', async () => {
    const { targets } = await board();
    for (const [id, wanted] of Object.entries(expected.targets))
      expect(targets.find((target) => target.id === id)).toMatchObject(wanted);
  });

  it('has the fund to the fen, claim by claim', async () => {
    for (const [year, wanted] of Object.entries(expected.fund)) {
      const fund = JSON.parse(await get(`boards/fund/${year}`)) as Fund;
      expect({ year, allocated: fund.allocatedFen, left: fund.leftFen }).toEqual({
        year,
        allocated: wanted.allocated,
        left: wanted.left,
      });
      const claims = Object.fromEntries(
        fund.claims.flatMap(({ number, allocatedFen }) => (allocatedFen === null ? [] : [[number, allocatedFen]])),
      );
      expect(claims).toEqual(wanted.claims);
      for (const { category, entitlementFen, allocatedFen } of fund.categories) {
        expect({ category, ...wanted.categories[category] }).toMatchObject({
          category,
          entitled: entitlementFen,
          allocated: allocatedFen,
        });
      }
    }
  });

  it('answers byte-equal boards after its read models were deleted', async () => {
    const paths = [
      'boards/target',
      'boards/target?ipScope=patents',
      'boards/fund',
      'boards/fund/2024',
      'records?kind=contract&limit=200',
    ];
    const before = await Promise.all(paths.map(get));
    await product.stop();
    rmSync(join(product.data, 'views'), { recursive: true });
    await product.start();
    expect(await Promise.all(paths.map(get))).toEqual(before);
  }, 120_000);

  it(
    'takes the same files again without an event',
    async () => {
      await product.stop();
      const { all } = eventsIn(product);
      const output = await product.cli('sample');
      expect(eventsIn(product).all).toBe(all);
      expect(output).not.toMatch(/refused [1-9]|different [1-9]/);
      await product.start();
    },
    LOADING,
  );

  describe('on PostgreSQL', () => {
    let twin: PostgresTwin;
    beforeAll(async () => {
      twin = await PostgresTwin.of(product);
    }, LOADING);
    afterAll(async () => {
      await product.signIn('reviewer');
      await twin.stop();
    });

    it('has the rows it has on SQLite', async () => {
      const { rows, first } = await twin.rows();
      expect(first).toEqual([]);
      expect(Object.values(rows).reduce((sum, count) => sum + count)).toBeGreaterThan(50_000);
    }, 120_000);

    it.each(['reviewer', 'hnu'])(
      'answers %s as on SQLite, to the byte',
      async (user) => {
        const { differing, given } = await twin.answers(user);
        expect(differing).toEqual([]);
        expect(given).toBeGreaterThan(200);
      },
      120_000,
    );

    it('has the rows of any other history too, wherever its batches are cut', async () => {
      const kinds = await streamsByKind(product.data);
      const property = fc.asyncProperty(fc.integer(), async (seed) => {
        const { first } = await comparedOver(kinds, seed, await twin.postgres.database());
        expect(first).toEqual([]);
      });
      await fc.assert(property, { numRuns: HISTORIES, endOnFailure: true });
    }, 120_000);
  });

  describeMoving(product);

  describe('and a sheet with wrong rows', () => {
    interface Job {
      readonly status: string;
      readonly written: number;
      readonly problems: ReadonlyArray<{
        row: number;
        column: { zh: string; en: string } | null;
        rule: string;
        clause: string;
        zh: string;
        en: string;
      }>;
    }
    const wanted = JSON.parse(readFileSync('seeds/wrong/expected.json', 'utf8')) as Record<
      string,
      { column: string | null; rule: string }
    >;

    const upload = async (file: string): Promise<Job> => {
      const { body, status } = await product.post(
        `/api/v1/imports/contracts?fileName=${file}`,
        readFileSync(`seeds/wrong/${file}`),
      );
      expect(status).toBe(202);
      const { jobId } = body as { jobId: string };
      for (;;) {
        const job = (await product.get(`/api/v1/imports/${jobId}`)).body as Job;
        if (job.status === 'DONE' || job.status === 'FAILED') return job;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };

    it('refuses each with row, column, reason and rule in both languages, and takes the good ones', async () => {
      await product.signIn('clerk');
      const { problems, written } = await upload('contracts-wrong.csv');
      const found = Object.fromEntries(
        problems.map(({ row, column, rule }) => [row, { column: column?.zh ?? null, rule }]),
      );
      expect(found).toEqual(wanted);
      for (const { zh, en, clause } of problems)
        expect([/[\u4e00-\u9fff]/.test(zh), /[a-z]/.test(en), clause !== '']).toEqual([true, true, true]);
      const rows = readFileSync('seeds/wrong/contracts-wrong.csv', 'utf8').trim().split('\n').length - 1;
      expect(written).toBe(rows - Object.keys(wanted).length);
    }, 60_000);

    it('refuses a file without a required column as a whole', async () => {
      const { status, problems } = await upload('contracts-missing-column.csv');
      expect({ status, rules: problems.map(({ rule }) => rule) }).toEqual({ status: 'FAILED', rules: ['V-6'] });
    }, 60_000);
  });
});
