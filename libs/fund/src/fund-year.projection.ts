import type { RecordedEvent } from '@app/event-store';
import { type Projection, RecordRow, documentProjection } from '@app/read-model';
import { evolveDocument } from './fund-year-document.js';
import { FundYearRow } from './fund-year.entity.js';
import { type FundAllocationLine, type FundClaim, type FundClaimWithdrawal, type FundYearEvent, fundYearEvents } from './fund-year-events.js';
import { fundYearStream } from './fund-year.js';

const yearOf = ({ stream }: RecordedEvent): string => stream.slice(fundYearStream('').length);

/** The year's board, kept as one document. */
export const fundYears: Projection = documentProjection<FundYearRow>({
  name: 'fund-years',
  version: 1,
  entity: FundYearRow,
  key: 'year',
  handles: Object.keys(fundYearEvents),
  keyOf: yearOf,
  evolve: (row, event) => {
    if (row && row.position >= event.position) return row;
    const document = evolveDocument(row?.document, event as unknown as FundYearEvent);
    return document && { year: yearOf(event), document, position: event.position };
  },
});

/** An event of the year as far as it concerns one claim. */
interface ClaimEvent extends Omit<RecordedEvent, 'data'> {
  readonly data: { readonly claimId: string };
}

/** An allocation concerns every claim of its year; the others concern one. */
const perClaim = (event: RecordedEvent): readonly ClaimEvent[] => {
}
