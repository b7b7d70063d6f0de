import type { RecordedEvent } from '@app/event-store';
import { type Projection, documentProjection } from './projection.js';
import { RecordRow } from './record.entity.js';

/** What a slice says of one of its records; the rest of the row follows from the event. */
export interface RecordSummary {
  readonly number: string;
  readonly title: string;
  readonly universityId: string;
  readonly counterparty?: string | null;
  readonly status: string;
  readonly date: string;
  readonly ipType?: string | null;
  readonly amountFen?: bigint | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

interface RecordProjection {
  readonly kind: string;
  readonly version: number;
  /** `<category>-`: the id is what follows it in the stream's name. */
  readonly streamPrefix: string;
  readonly handles: readonly string[];
  readonly evolve: (row: RecordSummary | undefined, event: RecordedEvent) => RecordSummary | undefined;
}

/** The rows of one kind of record, one per stream of its category. */
export const recordProjection = ({ kind, version, streamPrefix, handles, evolve }: RecordProjection): Projection => {
  const idOf = (event: RecordedEvent) => event.stream.slice(streamPrefix.length);
  const keyOf = (event: RecordedEvent) => `${kind}:${idOf(event)}`;
  return documentProjection<RecordRow>({
    name: `record-${kind}`,
    version,
    entity: RecordRow,
    key: 'key',
    handles,
    keyOf,
    evolve: (row, event) => {
      if (row && row.position >= event.position) return row;
      const summary = evolve(row, event);
      return summary && { ...toRow(summary), key: keyOf(event), kind, id: idOf(event), ...placeOf(event) };
    },
  });
};

const placeOf = ({ stream, revision, recordedAt, position }: RecordedEvent) => ({
  stream,
  revision,
  updatedAt: recordedAt,
  position,
});

const toRow = ({ number, title, universityId, status, date, detail, ...summary }: RecordSummary) => ({
  number,
  title,
  universityId,
  counterparty: summary.counterparty ?? null,
  status,
  date,
  year: date ? Number(date.slice(0, 4)) : 0,
  ipType: summary.ipType ?? null,
  amountFen: summary.amountFen ?? null,
  detail,
  search: [number, title, summary.counterparty ?? ''].join(' ').toLowerCase(),
});
