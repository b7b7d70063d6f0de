import type { Effect } from '@app/read-model';
import type { FundBoard } from './fund-board.js';
import { boardOf } from './fund-year-document.js';
import { FundYearRow } from './fund-year.entity.js';

/** A fund year whose sums would change. Fen as text. */
export interface FundEffectYear {
  readonly year: string;
  readonly before: FundSums | null;
  readonly after: FundSums | null;
}

export type FundSums = Pick<FundBoard, 'budgetFen' | 'allocatedFen' | 'leftFen'> & { readonly claims: number };

/** A claim on the fund that stands on a record the events are about (D§11.3 F-4): someone must look at it again. */
export interface FundEffectClaim {
  readonly year: number;
  readonly number: string;
  readonly universityId: string;
  readonly status: string;
  readonly allocatedFen: string | null;
  readonly objectNumber: string;
}

export interface FundEffect {
  readonly years: readonly FundEffectYear[];
  readonly claims: readonly FundEffectClaim[];
}

/** What events not yet written would do to the fund: sums of the years they belong to, and claims that stand on what they change. */
export const fundEffect: Effect = {
  name: 'fund',
  of: async ({ events, rows, manager }): Promise<FundEffect> => {
    const years = rows
      .changes(FundYearRow)
      .map(({ key, before, after }) => ({ year: key, before: sumsOf(before), after: sumsOf(after) }))
      .sort((a, b) => (a.year < b.year ? -1 : 1));
    const touched = new Set(events.map(({ stream }) => stream.slice(stream.lastIndexOf('-') + 1)));
    const stored = touched.size === 0 ? [] : await manager.find(FundYearRow, { order: { year: 'ASC' } });
    const claims = stored.flatMap(({ document: { year, claims: lines } }) =>
      lines
        .filter(({ objectId, status }) => touched.has(objectId) && status !== 'WITHDRAWN')
        .map(({ number, universityId, status, allocatedFen, objectNumber }) => ({
          year,
          number,
          universityId,
          status,
          allocatedFen,
          objectNumber,
        })),
    );
    return { years, claims };
  },
};

const sumsOf = (row: FundYearRow | undefined): FundSums | null => {
  if (!row) return null;
  const { budgetFen, allocatedFen, leftFen, claims } = boardOf(row.document, '');
  return { budgetFen, allocatedFen, leftFen, claims: claims.length };
};
