import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, documentProjection, recordProjection } from '@app/read-model';
import { UniversityRow } from './university.entity.js';
import { type UniversityEvent, universityStream } from './university.js';

export const universityEvents: EventCatalogue<UniversityEvent> = defineEvents<UniversityEvent>({
  UniversityRegistered: { version: 1, zh: '高校登记', en: 'University registered' },
  PanelMembershipSet: { version: 1, zh: '纳入统计范围确定', en: 'Panel membership set' },
});

const handles = Object.keys(universityEvents);
const streamPrefix = universityStream('');

type Columns = Pick<UniversityRow, keyof UniversityRow>;

const evolveRow = (row: Columns | undefined, recorded: RecordedEvent): Columns | undefined => {
  const { position } = recorded;
  const event = recorded as unknown as UniversityEvent;
  if (row && row.position >= position) return row;
  if (event.type === 'UniversityRegistered') {
    const { code: universityId, name, englishName = null, ownership, level, schoolCode = null } = event.data;
    const panel = { inPanel: false, panelFrom: null };
    return { universityId, name, englishName, ownership, level, schoolCode, ...panel, position };
  }
  return row && { ...row, inPanel: event.data.inPanel, panelFrom: event.data.from, position };
};

/** Names and panel membership of the universities, for boards. */
export const universityRows = documentProjection<UniversityRow>({
  name: 'university',
  version: 1,
  entity: UniversityRow,
  key: 'universityId',
  handles,
  keyOf: ({ stream }) => stream.slice(streamPrefix.length),
  evolve: evolveRow,
});

const evolveRecord = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as UniversityEvent;
  if (event.type === 'UniversityRegistered') {
    const { code, name, ...detail } = event.data;
    return { number: code, title: name, universityId: code, status: 'NOT_IN_PANEL', date: '', detail };
  }
  const { inPanel, from, source = null } = event.data;
  const detail = { ...row?.detail, inPanel, panelFrom: from, panelSource: source };
  return row && { ...row, status: inPanel ? 'IN_PANEL' : 'NOT_IN_PANEL', date: from, detail };
};

export const universityRecords = recordProjection({
  kind: 'university',
  version: 1,
  streamPrefix,
  handles,
  evolve: evolveRecord,
});
