import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import { openGrantStream, recordingDueOn } from './open-grant.js';
import type { GrantTerms, OpenGrantEvent } from './open-grant-events.js';

export const openGrantEvents: EventCatalogue<OpenGrantEvent> = defineEvents<OpenGrantEvent>({
  OpenGrantRequested: { version: 1, zh: '申请登载开放许可实施', en: 'Open licence grant requested' },
  OpenLicenceGranted: { version: 1, zh: '开放许可实施', en: 'Open licence taken' },
  OpenGrantRefused: { version: 1, zh: '开放许可实施被拒', en: 'Open licence grant refused' },
  OpenGrantRecorded: { version: 1, zh: '开放许可备案', en: 'Open licence grant recorded' },
  OpenGrantRecordCancelled: { version: 1, zh: '开放许可备案注销', en: 'Recording of the grant cancelled' },
  OpenGrantEnded: { version: 1, zh: '开放许可实施提前终止', en: 'Open licence grant ended early' },
  OpenGrantVoided: { version: 1, zh: '误录实施作废', en: 'Open licence grant voided' },
  OpenGrantSettled: { version: 1, zh: '登载办结', en: 'Title settled' },
});

const entered = (terms: GrantTerms, status: string): RecordSummary => ({
  number: terms.number,
  title: terms.title ?? terms.assetNumber,
  universityId: terms.universityId,
  counterparty: terms.licensee,
  status,
  date: terms.effectiveOn,
  ipType: terms.ipType,
  amountFen: BigInt(terms.paidFen),
  detail: {
    declarationId: terms.declarationId,
    assetId: terms.assetId,
    assetNumber: terms.assetNumber,
    licenseeCode: terms.licenseeCode ?? null,
    licenseeDivision: terms.licenseeDivision ?? null,
    licenseeSize: terms.licenseeSize?.size ?? 'UNDETERMINED',
    licenseeSizeRule: terms.licenseeSize?.rule ?? null,
    noticeOn: terms.noticeOn,
    paidOn: terms.paidOn,
    effectiveOn: terms.effectiveOn,
    endsOn: terms.endsOn ?? null,
    standardVersion: terms.standardVersion ?? null,
    inChangsha: terms.inChangsha.value,
    inChangshaRule: terms.inChangsha.rule,
    recordingDueOn: recordingDueOn(terms),
    recordNo: null,
    recordedOn: null,
    recordedInTime: null,
  },
});

const withDetail = (row: RecordSummary, detail: object, status = row.status): RecordSummary => ({
  ...row,
  status,
  detail: { ...row.detail, ...detail },
});

const recorded = (
  row: RecordSummary,
  { recordNo, recordedOn }: { readonly recordNo: string; readonly recordedOn: string },
): RecordSummary => {
  const recordedInTime = recordedOn <= String(row.detail['recordingDueOn']);
  return withDetail(row, { recordNo, recordedOn, recordedInTime }, 'RECORDED');
};

const evolve = (row: RecordSummary | undefined, stored: RecordedEvent): RecordSummary | undefined => {
  const event = stored as unknown as OpenGrantEvent;
  if (event.type === 'OpenGrantRequested') return entered(event.data, 'REQUESTED');
  if (event.type === 'OpenLicenceGranted') return entered(event.data, 'GRANTED');
  if (!row) return undefined;
  switch (event.type) {
    case 'OpenGrantRefused': {
      const { rule, clause, zh, en } = event.data;
      const detail = { refusalRule: rule, refusalClause: clause, refusalZh: zh, refusalEn: en };
      return withDetail(row, detail, 'REFUSED');
    }
    case 'OpenGrantRecorded':
      return recorded(row, event.data);
    case 'OpenGrantRecordCancelled':
      return withDetail(row, { recordCancelledOn: event.data.cancelledOn }, 'RECORD_CANCELLED');
    case 'OpenGrantEnded':
      return withDetail(row, { endedOn: event.data.on, endReason: event.data.reason }, 'ENDED');
    case 'OpenGrantVoided':
      return withDetail(row, { voidReason: event.data.reason }, 'VOIDED');
    case 'OpenGrantSettled':
      return row;
  }
};

export const openGrantRecords = recordProjection({
  kind: 'open-licence-grant',
  version: 2,
  streamPrefix: openGrantStream(''),
  handles: Object.keys(openGrantEvents),
  evolve,
});
