import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type Projection, RecordRow, documentProjection } from '@app/read-model';
import { type EnterpriseSizeEvent, SIZES_OF } from './enterprise-size.js';

export const enterpriseSizeEvents: EventCatalogue<EnterpriseSizeEvent> = defineEvents<EnterpriseSizeEvent>({
  EnterpriseSizeDetermined: { version: 1, zh: '企业规模认定', en: 'Enterprise size determined' },
  EnterpriseSizeCorrected: { version: 1, zh: '企业规模认定更正', en: 'Enterprise size corrected' },
});

const KIND = 'enterprise-size';

const idOf = ({ data }: RecordedEvent): string => data['determinationId'] as string;

/** Every event tells the whole determination, so the row follows from the last one. */
const rowOf = (recorded: RecordedEvent): RecordRow => {
  const { stream, revision, recordedAt: updatedAt, position } = recorded;
  const { type, data } = recorded as unknown as EnterpriseSizeEvent;
  const { determinationId: id, creditCode: number, enterpriseName: title, size, determinedOn: date } = data;
  const { evidenceFiles = [], determinationId: _id, ...detail } = data;
  return {
    key: `${KIND}:${id}`,
    kind: KIND,
    id,
    stream,
    number,
    title,
    universityId: SIZES_OF,
    counterparty: null,
    status: size,
    date,
    year: Number(date.slice(0, 4)),
    ipType: null,
    amountFen: null,
    detail: {
      ...detail,
      evidenceFiles: evidenceFiles.map(({ name, hash }) => `${name} (${hash})`),
      corrected: type === 'EnterpriseSizeCorrected',
    },
    search: `${number} ${title}`.toLowerCase(),
    revision,
    updatedAt,
    position,
  };
};

/** A record per enterprise and data year; those of an enterprise share its stream. */
export const enterpriseSizeRecords: Projection = documentProjection<RecordRow>({
  name: `record-${KIND}`,
  version: 1,
  entity: RecordRow,
  key: 'key',
  handles: Object.keys(enterpriseSizeEvents),
  keyOf: (event) => `${KIND}:${idOf(event)}`,
  evolve: (row, event) => (row && row.position >= event.position ? row : rowOf(event)),
});
