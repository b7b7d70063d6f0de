import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { documentProjection } from '@app/read-model';
import { AttachmentRow } from './attachment.entity.js';
import type { EvidenceAttached, EvidenceEvent } from './attachment.js';

export const attachmentEvents: EventCatalogue<EvidenceEvent> = defineEvents<EvidenceEvent>({
  EvidenceAttached: { version: 1, zh: '附上佐证材料', en: 'Evidence attached' },
  EvidenceDetached: { version: 1, zh: '撤下佐证材料', en: 'Evidence detached' },
});

const keyOf = (recorded: RecordedEvent): string => {
  const { type, data } = recorded as unknown as EvidenceEvent;
  const hash = type === 'EvidenceAttached' ? data.file.hash : data.hash;
  return `${data.recordKind}:${data.recordId}:${hash}`;
};

type Columns = Pick<AttachmentRow, keyof AttachmentRow>;

const attached = (data: EvidenceAttached['data'], event: RecordedEvent): Columns => {
  const { recordKind, recordId, universityId, file, note = null } = data;
  const { recordedAt: attachedAt, metadata, position } = event;
  const start = { note, attachedAt, attachedBy: metadata.actor.id };
  const end = { detachedAt: null, detachedBy: null, detachReason: null };
  return { key: keyOf(event), recordKind, recordId, universityId, ...file, ...start, ...end, position };
};

const evolve = (row: Columns | undefined, recorded: RecordedEvent): Columns | undefined => {
  if (row && row.position >= recorded.position) return row;
  const event = recorded as unknown as EvidenceEvent;
  if (event.type === 'EvidenceAttached') return attached(event.data, recorded);
  const { recordedAt: detachedAt, metadata, position } = recorded;
  const end = { detachedAt, detachedBy: metadata.actor.id, detachReason: event.data.reason };
  return row && { ...row, ...end, position };
};

/** Files on records, present and past. */
export const attachmentRows = documentProjection<AttachmentRow>({
  name: 'attachment',
  version: 1,
  entity: AttachmentRow,
  key: 'key',
  handles: Object.keys(attachmentEvents),
  keyOf,
  evolve,
});
