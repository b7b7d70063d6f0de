import { APPROVED } from './tour-disclosures.js';
import { deal, onContract } from './tour-deals.js';
import { patent } from './tour-assets.js';
import type { StoredEvent, Tour } from './tour-guide.js';

interface Board {
  readonly city: { readonly years: readonly Line[] };
  readonly universities: ReadonlyArray<{ readonly universityId: string; readonly years: readonly Line[] }>;
}
interface Line {
  readonly year: number;
  readonly counts: Readonly<Record<string, { readonly total: number }>>;
  readonly growth: Readonly<
    Record<string, { readonly verdict: string; readonly base: number | null; readonly required: number | null }>
  >;
}

const boardOf = (tour: Tour): Promise<Board> => tour.reads<Board>('auditor', '/api/v1/boards/target');
const lineOf = ({ city }: Board, year: number): Line => city.years.find((line) => line.year === year) as Line;

/** 基数与目标: what growth is measured from. */
export const baselines = (tour: Tour): void => {
  describe('baselines and the target board', () => {
    const baseline = {
      scope: 'city',
      basis: 'patent-times',
      ipScope: 'all',
      baseYear: 2020,
      value: 3,
      source: '示例统计',
      evidence: '示例-JS-1',
    };

    it('counts what was recorded and registered, nothing else', async () => {
      const board = await boardOf(tour);
      // 2022 示例-HT-1, not 示例-KS-2 whose recording was cancelled; 2023 示例-HT-15, 示例-HT-23, 示例-KS-1, not shares, release and
      // succession; 2024 the sale of the story and a return.
      const totals = [2021, 2022, 2023, 2024].map((year) => lineOf(board, year).counts['patent-times']?.total);
      expect(totals).toEqual([0, 1, 3, 2]);
    });

    it('is judged from an approved baseline, revised with a reason', async () => {
      expect(lineOf(await boardOf(tour), 2022).growth['patent-times']?.verdict).toBe('NOT_COMPUTABLE');
      await tour.isRefused('reviewer', '/api/v1/baselines', { ...baseline, approver: 'reviewer' }, 'A-14');
      await tour.does('reviewer', '/api/v1/baselines', { ...baseline, approver: 'reviewer2' }, 'baseline');
      expect(lineOf(await boardOf(tour), 2023).growth['patent-times']).toMatchObject({
        base: 3,
        required: 6,
        verdict: 'MISSED',
      });
      const { value: _value, source, evidence } = baseline;
      const revision = { value: 1, source, evidence, reason: '示例：重复统计', approver: 'reviewer2' };
      await tour.does('reviewer', `/api/v1/baselines/${encodeURIComponent(tour.id('baseline'))}/revision`, revision);
      expect(lineOf(await boardOf(tour), 2023).growth['patent-times']).toMatchObject({
        base: 1,
        required: 2,
        verdict: 'MET',
      });
    });

    it('shows the facts behind a cell', async () => {
      const cell = 'scope=city&year=2023&basis=patent-times&ipScope=all';
      const { items } = await tour.reads<{ items: unknown[] }>('auditor', `/api/v1/boards/target/facts?${cell}`);
      expect(items).toHaveLength(3);
    });
  });
};

/** An event without the instant a number was claimed at. */
const untimed = ({ stream, type, data: { at: _at, ...data } }: StoredEvent): StoredEvent => ({ stream, type, data });

/** 试算: what a command would do, before it does. */
export const dryRun = (tour: Tour): void => {
  describe('a dry run', () => {
    it('tells the events and the change of the board that the command then makes', async () => {
      await patent(tour, 'tried', 'csu');
      await tour.does('csu', '/api/v1/contracts', deal(tour, '示例-HT-30', ['tried']), 'tried licence');
      const recording = { recordNo: 'X2023430000030', recordedOn: '2023-05-01' };
      const path = onContract(tour, 'tried licence', 'recording');
      const before = await boardOf(tour);
      const length = tour.log().length;
      const dry = await tour.tries('csu', path, recording);
      expect(await boardOf(tour)).toEqual(before);
      expect(tour.log()).toHaveLength(length);
      await tour.does('csu', path, recording);
      const written = tour.log().slice(length);
      expect(dry.events.map(untimed)).toEqual(written.map(untimed));
      expect(written.map(({ type }) => type)).toContain('LicenceRecorded');
      const after = await boardOf(tour);
      for (const { scope, year, basis, before: was, after: is, verdictAfter } of dry.effect.target.years) {
        const yearsIn = ({ city, universities }: Board) =>
          scope === 'city'
            ? city.years
            : (universities.find(({ universityId }) => universityId === scope)?.years ?? []);
        const cell = (board: Board) => yearsIn(board).find((line) => line.year === year);
        expect(cell(before)?.counts[basis]?.total).toBe(was);
        expect(cell(after)?.counts[basis]?.total).toBe(is);
        expect(cell(after)?.growth[basis]?.verdict).toBe(verdictAfter);
      }
      const scopes = dry.effect.target.years.map(({ scope, year }) => `${scope} ${year}`);
      expect(new Set(scopes)).toEqual(new Set(['city 2023', 'csu 2023']));
    });
  });
};

interface Report {
  readonly figures: Readonly<Record<string, number | string>>;
  readonly filed: { readonly restatements: number; readonly hash: string } | null;
  readonly differences: ReadonlyArray<{ readonly figure: string; readonly was: unknown; readonly is: unknown }>;
}

/** 年度报告: what a university reports, and reports anew. */
export const annualReports = (tour: Tour): void => {
  describe('the annual report', () => {
    const path = '/api/v1/annual-reports/hnu/2022';
    const report = () => tour.reads<Report>('hnu', path);

    it('is filed with the figures of the ledger', async () => {
      expect((await report()).figures).toMatchObject({
        recordedLicences: 1,
        receiptFen: '2000000',
        netIncomeFen: '1800000',
        rewardFen: '900000',
        openLicences: 2,
      });
      await tour.isRefused('hnu', `${path}/filing`, { approver: 'hnu' }, 'A-14');
      await tour.does('hnu', `${path}/filing`, { approver: 'hnu-head', note: '示例' });
      expect(await report()).toMatchObject({ filed: { restatements: 0 }, differences: [] });
    });

    it('is restated when a figure changed', async () => {
      const late = { number: '示例-DZ-9', receivedOn: '2022-12-30', amountFen: '200000', kind: 'LUMP_SUM' };
      await tour.does(
        'hnu',
        onContract(tour, 'licence', 'payments/' + encodeURIComponent('示例-DZ-2') + '/reversal'),
        APPROVED,
      );
      await tour.does('hnu', onContract(tour, 'licence', 'payments'), late);
      const { differences } = await report();
      expect(differences).toEqual([{ figure: 'receiptFen', was: '2000000', is: '200000' }]);
      const restatement = { reason: '示例：冲销', evidence: '示例-佐证-2', approver: 'hnu-head' };
      await tour.does('hnu', `${path}/restatements`, restatement);
      expect(await report()).toMatchObject({ filed: { restatements: 1 }, differences: [] });
    });
  });
};
