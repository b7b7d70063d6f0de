import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import { type GrantTerms, type OpenGrantEvent, openGrantStream } from './open-grant.js';

export const openGrantEvents: EventCatalogue<OpenGrantEvent> = defineEvents<OpenGrantEvent>({
  OpenLicenceGranted: { version: 1, zh: '开放许可实施', en: 'Open licence taken' },
  OpenGrantRecorded: { version: 1, zh: '开放许可备案', en: 'Open licence grant recorded' },
});

const granted = ({ universityId, number, title, licensee, ipType, paidFen, ...terms }: GrantTerms): RecordSummary => ({
  number,
  title: title ?? terms.assetNumber,
  universityId,
  counterparty: licensee,
  status: 'GRANTED',
  date: terms.effectiveOn,
  ipType,
  amountFen: BigInt(paidFen),
  detail: {
    declarationId: terms.declarationId,
    assetId: terms.assetId,
    assetNumber: terms.assetNumber,
    licenseeCode: terms.licenseeCode ?? null,
    licenseeDivision: terms.licenseeDivision ?? null,
    noticeOn: terms.noticeOn,
    paidOn: terms.paidOn,
    effectiveOn: terms.effectiveOn,
    inChangsha: terms.inChangsha.value,
    inChangshaRule: terms.inChangsha.rule,
    recordNo: null,
    recordedOn: null,
  },
});

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as OpenGrantEvent;
  if (event.type === 'OpenLicenceGranted') return granted(event.data);
  return row && { ...row, status: 'RECORDED', detail: { ...row.detail, ...event.data } };
};

export const openGrantRecords = recordProjection({
  kind: 'open-licence-grant',
  version: 1,
  streamPrefix: openGrantStream(''),
  handles: Object.keys(openGrantEvents),
  evolve,
});
