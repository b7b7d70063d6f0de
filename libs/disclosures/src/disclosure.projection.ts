import { type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import type { DisclosureEvent } from './disclosure.js';

export const disclosureEvents = defineEvents<DisclosureEvent>({
  InventionDisclosed: { version: 1, zh: '职务科技成果披露', en: 'Invention disclosed' },
  SecretDisclosureNoted: { version: 1, zh: '涉密成果登记编号', en: 'Secret disclosure noted by its number' },
});

/** The inventors' person ids, shares and roles stand in parallel lists; names are joined when the record is asked for. */
const evolve = (_row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary => {
  const event = recorded as unknown as DisclosureEvent;
  if (event.type === 'SecretDisclosureNoted') {
    return { ...event.data, title: '', status: 'SECRET', date: '', detail: { confidentiality: 'SECRET' } };
  }
  const { universityId, number, title, disclosedOn, inventors, protection = null, ...rest } = event.data;
  const { funding = null, projectNo = null, publishedOn = null, completedOn, confidentiality, warnings } = rest;
  const detail = {
    completedOn,
    disclosedOn,
    inventors: inventors.map(({ personId }) => personId),
    inventorSharesPermyriad: inventors.map(({ sharePermyriad }) => sharePermyriad),
    inventorRoles: inventors.map(({ role }) => role),
    funding,
    projectNo,
    confidentiality,
    publishedOn,
    protection,
    warnings,
  };
  return { universityId, number, title, status: 'DISCLOSED', date: disclosedOn, ipType: protection, detail };
};

export const disclosureRecords = recordProjection({
  kind: 'disclosure',
  version: 1,
  streamPrefix: 'disclosure-',
  handles: Object.keys(disclosureEvents),
  evolve,
});
