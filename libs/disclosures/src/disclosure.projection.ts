import { type RecordedEvent, defineEvents } from '@app/event-store';
import { assertNever, daysBetween } from '@app/kernel';
import { type RecordSummary, recordProjection } from '@app/read-model';
import type { DisclosedInvention, DisclosureEvent, SupplementedFacts } from './disclosure-events.js';
import { type Funding, type ThirdPartyRight, graceUntil } from './disclosure-facts.js';
import type { Inventor } from './inventor.js';
import type { Determination } from './service-invention.js';

export const disclosureEvents = defineEvents<DisclosureEvent>({
  InventionDisclosed: { version: 1, zh: '职务科技成果披露', en: 'Invention disclosed' },
  SecretDisclosureNoted: { version: 1, zh: '涉密成果登记编号', en: 'Secret disclosure noted by its number' },
  ServiceInventionDetermined: { version: 1, zh: '职务发明认定', en: 'Service invention determined' },
  DisclosureSupplemented: { version: 1, zh: '补充披露', en: 'Disclosure supplemented' },
  DisclosureAccepted: { version: 1, zh: '披露受理', en: 'Disclosure accepted' },
  DisclosureReturned: { version: 1, zh: '披露退回补正', en: 'Disclosure returned' },
  DisclosureCorrected: { version: 1, zh: '披露更正', en: 'Disclosure corrected' },
  DisclosureWithdrawn: { version: 1, zh: '披露撤回', en: 'Disclosure withdrawn' },
  DisclosureEvaluated: { version: 1, zh: '已作申请前评估', en: 'Evaluated before filing' },
  DisclosureFiled: { version: 1, zh: '已申请或登记', en: 'Filed or registered' },
  DisclosureUnfiled: { version: 1, zh: '撤销申请关联', en: 'No longer filed' },
  DisclosureReleased: { version: 1, zh: '申请权转给发明人', en: 'Right to apply released to the inventors' },
});

type Detail = RecordSummary['detail'];

/** Lists of things with parts stand in parallel lists, where `''` is what was not said; people by id, their names joined when asked for. */
const flattened: Readonly<Record<string, (value: never) => Detail>> = {
  inventors: (items: readonly Inventor[]) => ({
    inventors: items.map(({ personId }) => personId),
    inventorSharesPermyriad: items.map(({ sharePermyriad }) => sharePermyriad),
    inventorRoles: items.map(({ role }) => role),
    inventorEmployments: items.map(({ employment = '' }) => employment),
  }),
  furtherFunding: (items: readonly Funding[]) => ({
    furtherFunding: items.map(({ source }) => source),
    furtherProjectNos: items.map(({ projectNo = '' }) => projectNo),
  }),
  thirdPartyRights: (items: readonly ThirdPartyRight[]) => ({
    thirdPartyRights: items.map(({ kind }) => kind),
    thirdParties: items.map(({ party }) => party),
    thirdPartyDocuments: items.map(({ documentNo = '' }) => documentNo),
  }),
  attachments: (items: ReadonlyArray<{ readonly hash: string; readonly name: string }>) => ({
    attachments: items.map(({ hash }) => hash),
    attachmentNames: items.map(({ name }) => name),
  }),
  determination: ({ ground, determinedOn, basis, contractClause, leftOn }: Partial<Determination>) => ({
    serviceGround: ground ?? null,
    determinedOn: determinedOn ?? null,
    determinationBasis: basis ?? null,
    determinationClause: contractClause ?? null,
    leftOn: leftOn ?? null,
  }),
};

const flatten = (field: string, value: unknown): Detail => flattened[field]?.(value as never) ?? { [field]: value };

/** What a disclosure shows of what was not said. */
const NOTHING: Readonly<Record<string, unknown>> = {
  funding: null,
  projectNo: null,
  furtherFunding: [],
  discoveredOn: null,
  publishedOn: null,
  publication: null,
  graceGround: null,
  thirdPartyRights: [],
  protection: null,
  keywords: [],
  suggestedLicensees: [],
  attachments: [],
  determination: {},
};

const detailOf = (fields: Readonly<Record<string, unknown>>): Detail =>
  Object.entries(fields).reduce<Detail>((detail, [field, value]) => ({ ...detail, ...flatten(field, value) }), {});

const UNTAKEN = {
  acceptedOn: null,
  returnedOn: null,
  returnReason: null,
  returnDueOn: null,
  withdrawnOn: null,
  withdrawalReason: null,
  corrections: 0,
  filedAssets: [],
  filedNumbers: [],
  releasedOn: null,
  releaseContractNo: null,
};

/** What follows from the facts: no day count for a timely disclosure is fixed in law, so the days are shown and nothing more. */
const derived = (row: RecordSummary): RecordSummary => {
  const { completedOn, disclosedOn, publishedOn, protection } = row.detail as Readonly<Record<string, string | null>>;
  const days = completedOn && disclosedOn ? daysBetween(completedOn, disclosedOn) : null;
  const grace = publishedOn ? graceUntil(publishedOn) : null;
  const detail = { ...row.detail, daysToDisclose: days, graceUntil: grace };
  return { ...row, date: disclosedOn ?? '', ipType: protection ?? null, detail };
};

const disclosed = ({ universityId, number, title, ...facts }: DisclosedInvention): RecordSummary => {
  const detail = { ...detailOf({ ...NOTHING, ...facts }), ...UNTAKEN };
  return derived({ universityId, number, title, status: 'DISCLOSED', date: facts.disclosedOn, detail });
};

const withDetail = (row: RecordSummary, detail: Detail, status = row.status): RecordSummary => ({
  ...row,
  status,
  detail: { ...row.detail, ...detail },
});

/** Lists grow by what was added; the inventors' list comes whole. */
const supplemented = (row: RecordSummary, { on: _on, ...added }: SupplementedFacts): RecordSummary => {
  const { inventors, warnings, ...others } = added;
  const grown = Object.entries(detailOf(others)).map(([key, value]) => {
    const before = row.detail[key];
    return [key, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value];
  });
  const people = inventors ? flatten('inventors', inventors) : {};
  return derived(withDetail(row, { ...Object.fromEntries(grown), ...people, warnings }));
};

const corrected = (
  row: RecordSummary,
  { field, to, warnings }: Extract<DisclosureEvent, { type: 'DisclosureCorrected' }>['data'],
): RecordSummary => {
  const corrections = Number(row.detail['corrections']) + 1;
  if (field === 'title') return withDetail({ ...row, title: String(to) }, { corrections });
  return derived(withDetail(row, { ...flatten(field, to ?? NOTHING[field]), warnings, corrections }));
};

type FilingEvent = Extract<DisclosureEvent, { type: 'DisclosureFiled' | 'DisclosureUnfiled' }>;

const filed = (row: RecordSummary, { type, data }: FilingEvent): RecordSummary => {
  const [assets, numbers] = [row.detail['filedAssets'] as string[], row.detail['filedNumbers'] as string[]];
  if (type === 'DisclosureFiled') {
    return withDetail(row, { filedAssets: [...assets, data.assetId], filedNumbers: [...numbers, data.number] });
  }
  const place = assets.indexOf(data.assetId);
  return withDetail(row, { filedAssets: assets.toSpliced(place, 1), filedNumbers: numbers.toSpliced(place, 1) });
};

const evolveOpen = (
  row: RecordSummary,
  event: Exclude<DisclosureEvent, { type: 'InventionDisclosed' | 'SecretDisclosureNoted' }>,
): RecordSummary => {
  switch (event.type) {
    case 'ServiceInventionDetermined':
      return withDetail(row, flatten('determination', event.data));
    case 'DisclosureSupplemented':
      return supplemented(row, event.data);
    case 'DisclosureAccepted':
      return withDetail(row, { acceptedOn: event.data.on }, 'ACCEPTED');
    case 'DisclosureReturned': {
      const { on, reason, dueOn = null } = event.data;
      return withDetail(
        row,
        { acceptedOn: null, returnedOn: on, returnReason: reason, returnDueOn: dueOn },
        'RETURNED',
      );
    }
    case 'DisclosureCorrected':
      return corrected(row, event.data);
    case 'DisclosureWithdrawn':
      return withDetail(row, { withdrawnOn: event.data.on, withdrawalReason: event.data.reason }, 'WITHDRAWN');
    case 'DisclosureEvaluated':
      return row;
    case 'DisclosureFiled':
    case 'DisclosureUnfiled':
      return filed(row, event);
    case 'DisclosureReleased': {
      const { on: releasedOn, contractNo: releaseContractNo } = event.data;
      return withDetail(row, { releasedOn, releaseContractNo });
    }
    default:
      return assertNever(event);
  }
};

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as DisclosureEvent;
  if (event.type === 'InventionDisclosed') return disclosed(event.data);
  if (event.type !== 'SecretDisclosureNoted') return row && evolveOpen(row, event);
  return { ...event.data, title: '', status: 'SECRET', date: '', detail: { confidentiality: 'SECRET' } };
};

/** Status: DISCLOSED, RETURNED, ACCEPTED or WITHDRAWN; SECRET for the stub of a secret result. */
export const disclosureRecords = recordProjection({
  kind: 'disclosure',
  version: 3,
  streamPrefix: 'disclosure-',
  handles: Object.keys(disclosureEvents),
  evolve,
});
