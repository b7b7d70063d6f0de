import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import { type OpenLicenceEvent, type OpenLicenceTerms, openLicenceStream } from './open-licence.js';

export const openLicenceEvents: EventCatalogue<OpenLicenceEvent> = defineEvents<OpenLicenceEvent>({
  OpenLicenceDeclared: { version: 1, zh: '开放许可声明', en: 'Open licence declared' },
  OpenLicenceAnnounced: { version: 1, zh: '开放许可公告', en: 'Open licence announced' },
  OpenLicenceWithdrawn: { version: 1, zh: '开放许可撤回', en: 'Open licence withdrawn' },
});

const declared = ({ universityId, number, title, ipType, feeFen, ...terms }: OpenLicenceTerms): RecordSummary => ({
  number,
  title: title ?? terms.assetNumber,
  universityId,
  status: 'DECLARED',
  date: terms.declaredOn,
  ipType,
  amountFen: feeFen === undefined ? null : BigInt(feeFen),
  detail: {
    assetId: terms.assetId,
    assetNumber: terms.assetNumber,
    declaredOn: terms.declaredOn,
    announcedOn: null,
    endsOn: terms.endsOn,
    withdrawnOn: null,
    feeType: terms.feeType,
    royaltyPermyriad: terms.royaltyPermyriad ?? null,
    evaluationReportNo: terms.evaluationReportNo ?? null,
    evaluationReportOn: terms.evaluationReportOn ?? null,
  },
});

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as OpenLicenceEvent;
  if (event.type === 'OpenLicenceDeclared') return declared(event.data);
  if (!row) return undefined;
  const status = event.type === 'OpenLicenceAnnounced' ? 'ANNOUNCED' : 'WITHDRAWN';
  return { ...row, status, detail: { ...row.detail, ...event.data } };
};

export const openLicenceRecords = recordProjection({
  kind: 'open-licence',
  version: 1,
  streamPrefix: openLicenceStream(''),
  handles: Object.keys(openLicenceEvents),
  evolve,
});
