import type { RecordedEvent } from '@app/event-store';
import { dateInChina, isStateFounded } from '@app/kernel';
import type { Projection, Rows } from '@app/read-model';
import type { UniversityData } from '@app/registry';
import type { ReportDeadlineEvent } from './annual-reports.js';
import {
  DeadlineCaseRow,
  DeadlineLinkRow,
  DeadlineReportRow,
  DeadlineRow,
  DeadlineUniversityRow,
} from './deadline.entity.js';
import type { Deadline } from './deadline.js';
import { DEADLINE_EVENTS, deadlinesOf, evolveCase, linkOf, linkedStream, touchesOf, type Touch } from './deadlines.js';

const UNIVERSITY_EVENT = 'UniversityRegistered';
const REPORT_EVENT: ReportDeadlineEvent['type'] = 'AnnualReportFiled';

/** What is due, from the events of every slice: each touched case is folded and its rows written anew, however many others there are. */
export const deadlineProjection: Projection = {
  name: 'deadlines',
  version: 3,
  entities: [DeadlineRow, DeadlineCaseRow, DeadlineLinkRow, DeadlineUniversityRow, DeadlineReportRow],
  handles: [...DEADLINE_EVENTS, UNIVERSITY_EVENT, REPORT_EVENT],
  project: async (events, rows) => {
    await rows.upsert(DeadlineUniversityRow, events.flatMap(universityOf));
    await rows.upsert(DeadlineReportRow, events.flatMap(filingOf));
    const touches = await touchesIn(events, rows);
    const before = await casesBefore(touches, rows);
    const after = new Map(before);
    for (const touch of touches) after.set(touch.key, evolveCase(after.get(touch.key), touch));
    await saveCases(after, rows);
    await saveDeadlines(before, after, rows);
  },
};

type Cases = ReadonlyMap<string, unknown>;

const universityOf = ({ type, data, recordedAt }: RecordedEvent): DeadlineUniversityRow[] => {
  if (type !== UNIVERSITY_EVENT) return [];
  const { code, name, ownership } = data as unknown as UniversityData;
  return [{ universityId: code, name, stateFounded: isStateFounded(ownership), registeredOn: dateInChina(recordedAt) }];
};

const filingOf = ({ type, data }: RecordedEvent): DeadlineReportRow[] => {
  if (type !== REPORT_EVENT) return [];
  const { universityId, year, filedOn } = data as unknown as ReportDeadlineEvent['data'];
  return [{ key: `${universityId}:${year}`, universityId, year, filedOn }];
};

/** Links made within the batch are followed within it. */
const touchesIn = async (events: readonly RecordedEvent[], rows: Rows): Promise<readonly Touch[]> => {
  const opened = events.flatMap(linkOf);
  const wanted = events.flatMap((event) => linkedStream(event) ?? []);
  const loaded = await rows.load(DeadlineLinkRow, wanted);
  const links = new Map([...loaded, ...opened].map(({ stream, key }) => [stream, key]));
  await rows.upsert(DeadlineLinkRow, opened);
  return events.flatMap((event) => touchesOf(event, links.get(linkedStream(event) ?? '')));
};

const casesBefore = async (touches: readonly Touch[], rows: Rows): Promise<Cases> => {
  const loaded = await rows.load(
    DeadlineCaseRow,
    touches.map(({ key }) => key),
  );
  return new Map(loaded.map(({ key, state }) => [key, state]));
};

/** A case that remembers nothing is taken away: whether it ever existed depends on how the history was cut. */
const saveCases = async (cases: Cases, rows: Rows): Promise<void> => {
  const entries = [...cases];
  await rows.upsert(
    DeadlineCaseRow,
    entries.flatMap(([key, state]) => (state === undefined ? [] : [{ key, state }])),
  );
  await rows.remove(
    DeadlineCaseRow,
    entries.flatMap(([key, state]) => (state === undefined ? [key] : [])),
  );
};

const saveDeadlines = async (before: Cases, after: Cases, rows: Rows): Promise<void> => {
  const wanted = [...after].flatMap(([key, state]) => deadlinesOf(key, state));
  const standing = new Set(wanted.map(({ key }) => key));
  const gone = [...before].flatMap(([key, state]) => deadlinesOf(key, state)).filter(({ key }) => !standing.has(key));
  await rows.upsert(DeadlineRow, wanted.map(toRow));
  await rows.remove(
    DeadlineRow,
    gone.map(({ key }) => key),
  );
};

const toRow = (row: Deadline): DeadlineRow => ({
  ...row,
  search: `${row.recordNumber} ${row.title}`.toLowerCase(),
});
