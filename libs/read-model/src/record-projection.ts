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
      return summary && toRow(summary, event, { key: keyOf(event), kind, id: idOf(event) });
    },
  });
};

interface Identity {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
}

/** Every field by name: spreading rows of this width costs ten times as much in the hottest line of a rebuild. */
const toRow = (summary: RecordSummary, event: RecordedEvent, { key, kind, id }: Identity): RecordRow => {
  const {
    number,
    title,
    universityId,
    counterparty = null,
    status,
    date,
    ipType = null,
    amountFen = null,
    detail,
  } = summary;
  const { stream, revision, recordedAt, position } = event;
  return {
    key,
    kind,
    id,
    stream,
    number,
    title,
    universityId,
    counterparty,
    status,
    date,
    year: date ? Number(date.slice(0, 4)) : 0,
    ipType,
    amountFen,
    detail,
    search: `${number} ${title} ${counterparty ?? ''}`.toLowerCase(),
    revision,
    updatedAt: recordedAt,
    position,
  };
};
