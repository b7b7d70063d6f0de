import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, documentProjection, recordProjection } from '@app/read-model';
import { ApprovedBaselineRow } from './approved-baseline.entity.js';
import { type BaselineEvent, baselineDecider, baselineStream } from './baseline.js';

export const baselineEvents: EventCatalogue<BaselineEvent> = defineEvents<BaselineEvent>({
  BaselineApproved: { version: 1, zh: '基数批准', en: 'Baseline approved' },
  BaselineRevised: { version: 1, zh: '基数变更', en: 'Baseline revised' },
});

const handles = Object.keys(baselineEvents);
const idOf = ({ stream }: RecordedEvent): string => stream.slice(baselineStream('').length);

/** The present value of every baseline, for the target board. */
export const approvedBaselines = documentProjection<ApprovedBaselineRow>({
  name: 'approved-baseline',
  version: 1,
  entity: ApprovedBaselineRow,
  key: 'id',
  handles,
  keyOf: idOf,
  evolve: (row, recorded) => {
    const { position } = recorded;
    if (row && row.position >= position) return row;
    const baseline = baselineDecider.evolve(row, recorded as unknown as BaselineEvent);
    return baseline && { ...baseline, id: idOf(recorded), position };
  },
});

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as BaselineEvent;
  if (event.type === 'BaselineRevised') {
    const { evidenceFiles = [], ...revision } = event.data;
    const files = evidenceFiles.map(({ name, hash }) => `${name} (${hash})`);
    const detail = { ...row?.detail, ...revision, evidenceFiles: files };
    return row && { ...row, status: 'REVISED', title: revision.source, detail };
  }
  const { scope, source, baseYear } = event.data;
  const place = { number: idOf(recorded), title: source, universityId: scope, date: `${baseYear}-12-31` };
  return { ...place, status: 'APPROVED', detail: event.data as unknown as RecordSummary['detail'] };
};

/** A baseline's record; that of the city stands under `city` in the university's place. */
export const baselineRecords = recordProjection({
  kind: 'baseline',
  version: 1,
  streamPrefix: baselineStream(''),
  handles,
  evolve,
});
