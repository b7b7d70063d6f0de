import type { JsonObject, RecordedEvent } from '@app/event-store';
import { type Projection, RecordRow, documentProjection } from '@app/read-model';
import { evolveDocument } from './fund-year-document.js';
import { FundYearRow } from './fund-year.entity.js';
import {
  FUND_YEAR_STREAMS,
  type FundAllocationLine,
  type FundClaim,
  type FundYearEvent,
  fundYearEvents,
} from './fund-year-events.js';

const yearOf = ({ stream }: RecordedEvent): string => stream.slice(FUND_YEAR_STREAMS.length);

/** The year's board, kept as one document. */
export const fundYears: Projection = documentProjection<FundYearRow>({
  name: 'fund-years',
  version: 2,
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

const KIND = 'fund-claim';

const keyOf = ({ data }: RecordedEvent): string => `${KIND}:${data['claimId'] as string}`;

/** An allocation concerns every claim of its year; each hears its own line of it. */
const perClaim = (event: RecordedEvent): readonly RecordedEvent[] => {
  if (event.type !== 'FundAllocated') return [event];
  return (event.data['lines'] as readonly JsonObject[]).map((data) => ({ ...event, data }));
};

type ClaimSummary = Omit<RecordRow, 'stream' | 'revision' | 'updatedAt' | 'position'>;

const submitted = ({ claimId, number, universityId, claimedOn, ...claim }: FundClaim): ClaimSummary => {
  const { objectNumber: title, submittedBy: _submittedBy, ...detail } = claim;
  return {
    key: `${KIND}:${claimId}`,
    kind: KIND,
    id: claimId,
    number,
    title,
    universityId,
    counterparty: null,
    status: 'SUBMITTED',
    date: claimedOn,
    year: Number(claimedOn.slice(0, 4)),
    ipType: null,
    amountFen: null,
    detail: { ...detail, objectNumber: title },
    search: `${number} ${title}`.toLowerCase(),
  };
};

const allocated = (
  row: ClaimSummary,
  { allocatedFen, entitlementFen, derivation }: FundAllocationLine,
): ClaimSummary => ({
  ...row,
  status: allocatedFen === '0' ? 'UNFUNDED' : 'ALLOCATED',
  amountFen: BigInt(allocatedFen),
  detail: { ...row.detail, entitlementFen, allocatedFen, derivationZh: derivation.zh, derivationEn: derivation.en },
});

const evolveClaim = (row: ClaimSummary | undefined, { type, data }: RecordedEvent): ClaimSummary | undefined => {
  if (type === 'FundClaimSubmitted') return submitted(data as unknown as FundClaim);
  if (!row) return undefined;
  if (type === 'FundAllocated') return allocated(row, data as unknown as FundAllocationLine);
  const { claimId: _claimId, ...withdrawal } = data;
  return { ...row, status: 'WITHDRAWN', detail: { ...row.detail, ...withdrawal } };
};

const claimRows = documentProjection<RecordRow>({
  name: `record-${KIND}`,
  version: 1,
  entity: RecordRow,
  key: 'key',
  handles: ['FundClaimSubmitted', 'FundClaimWithdrawn', 'FundAllocated'],
  keyOf,
  evolve: (row, event) => {
    if (row && row.position >= event.position) return row;
    const { stream, revision, recordedAt: updatedAt, position } = event;
    const summary = evolveClaim(row, event);
    return summary && { ...summary, stream, revision, updatedAt, position };
  },
});

/** A claim's record; its stream is the year's, which it shares with the other claims of the year. */
export const fundClaimRecords: Projection = {
  ...claimRows,
  project: (events, rows) => claimRows.project(events.flatMap(perClaim), rows),
};
