import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { percentOf } from '@app/kernel';
import { type RecordSummary, recordProjection } from '@app/read-model';
import { type AssetEntryType, ENTRY_TITLES } from './asset-entry.js';
import type { AssetData, AssetEvent, CoOwner } from './asset-events.js';
import { OPEN_END } from './asset-scope.js';
import { isEntry, withCorrection } from './asset-state.js';
import {
  type LegalLife,
  coOwnersAt,
  expiryAt,
  factsOf,
  grantOf,
  pledgesAt,
  statusAt,
  suspensionsAt,
} from './asset-status.js';

const entryEvents = Object.fromEntries(
  Object.entries(ENTRY_TITLES).map(([type, title]) => [type, { version: 1, ...title }]),
) as Record<AssetEntryType, { version: number; zh: string; en: string }>;

export const assetEvents: EventCatalogue<AssetEvent> = defineEvents<AssetEvent>({
  AssetRegistered: { version: 1, zh: '知识产权登记入账', en: 'Asset registered' },
  AssetReserved: { version: 1, zh: '合同占用', en: 'Reserved for a contract' },
  ReservationConfirmed: { version: 1, zh: '占用确认', en: 'Reservation confirmed' },
  ReservationCancelled: { version: 1, zh: '占用取消', en: 'Reservation cancelled' },
  OwnershipMoved: { version: 1, zh: '权利转移', en: 'Title moved' },
  RightEnded: { version: 1, zh: '许可提前终止', en: 'Licence ended early' },
  PartyRenamed: { version: 1, zh: '当事人名称更正', en: 'Party renamed' },
  ReleaseReserved: { version: 1, zh: '拟释放权利', en: 'Release reserved' },
  ReleaseCancelled: { version: 1, zh: '释放取消', en: 'Release cancelled' },
  RightReleased: { version: 1, zh: '权利释放', en: 'Right released' },
  OpenLicenceEntered: { version: 1, zh: '开放许可登载', en: 'Open licence entered' },
  OpenLicenceEnded: { version: 1, zh: '开放许可终止', en: 'Open licence ended' },
  OpenGrantEntered: { version: 1, zh: '开放许可实施登载', en: 'Open licence grant entered' },
  OpenGrantEntryCancelled: { version: 1, zh: '开放许可实施登载取消', en: 'Open licence grant entry cancelled' },
  OpenGrantEntryEnded: { version: 1, zh: '开放许可实施终止', en: 'Open licence grant ended' },
  ...entryEvents,
  AssetEntryVoided: { version: 1, zh: '登记事项更正', en: 'Register entry voided' },
  AssetDataCorrected: { version: 1, zh: '登记内容更正', en: 'Registered data corrected' },
});

const registered = (data: AssetData): RecordSummary => {
  const { universityId, ipType, number, title, filedOn, disclosureNumber = null, evaluationExemption = null } = data;
  const { warnings = [] } = data;
  const detail = {
    filedOn,
    disclosureNumber,
    evaluationExemption,
    warningsZh: warnings.map(({ zh }) => zh),
    warningsEn: warnings.map(({ en }) => en),
    contracts: [],
    amendments: [],
    openLicence: null,
    openGrants: [],
    owner: universityId,
    owners: [universityId],
    titleContracts: [],
  };
  const row = { number, title, universityId, status: '', date: filedOn, ipType, detail };
  return lived(row, { data, facts: [] });
};

/** As the office writes it: `名称/30%`. */
const nameWithShare = ({ name, sharePermyriad }: CoOwner): string =>
  sharePermyriad === undefined ? name : `${name}/${percentOf(sharePermyriad)}%`;

/** The row with all that follows from the legal life of its asset, as last known; `facts` keeps the entries themselves. */
const lived = (row: RecordSummary, life: LegalLife): RecordSummary => {
  const years = factsOf(life, 'AnnuityPaid').map(({ data }) => data.year);
  const detail = {
    ...row.detail,
    publishedOn: factsOf(life, 'PatentPublished')[0]?.data.on ?? null,
    grantedOn: grantOf(life) ?? null,
    expiresOn: expiryAt(life) ?? null,
    coOwners: coOwnersAt(life, OPEN_END).map(nameWithShare),
    pledges: pledgesAt(life, OPEN_END).map(({ pledgeNo, pledgee }) => `${pledgeNo} ${pledgee}`),
    suspensions: suspensionsAt(life, OPEN_END).map(({ documentNo }) => documentNo),
    annuityPaidToYear: years.length > 0 ? Math.max(...years) : null,
    legalStatus: statusAt(life, OPEN_END),
    facts: [life.data, ...life.facts].map((fact) => JSON.stringify(fact)),
  };
  return withStatus({ ...row, detail });
};

const corrected = (row: RecordSummary, life: LegalLife & { readonly data: AssetData }): RecordSummary => {
  const { title, filedOn, disclosureNumber = null } = life.data;
  return lived({ ...row, title, date: filedOn, detail: { ...row.detail, filedOn, disclosureNumber } }, life);
};

const lifeOf = (row: RecordSummary): LegalLife => {
  const [data, ...facts] = texts(row, 'facts').map((fact) => JSON.parse(fact) as unknown);
  return { data, facts } as LegalLife;
};

/** What became of the right says more than where its title is. */
const withStatus = (row: RecordSummary): RecordSummary => {
  const legal = row.detail['legalStatus'] as string;
  const ended = legal === 'LAPSED' || legal === 'INVALIDATED';
  return { ...row, status: ended || row.detail['owner'] === row.universityId ? legal : 'TRANSFERRED' };
};

/** `owners` in the order the title went from hand to hand, beginning with the university; the contracts that moved it beside. */
const owned = (row: RecordSummary, owners: readonly string[], titleContracts: readonly string[]): RecordSummary =>
  withStatus({ ...row, detail: { ...row.detail, owner: owners.at(-1) ?? row.universityId, owners, titleContracts } });

const texts = ({ detail }: RecordSummary, field: string): readonly string[] => detail[field] as string[];

const plus = (row: RecordSummary, field: string, text: string): RecordSummary => ({
  ...row,
  detail: { ...row.detail, [field]: [...texts(row, field), text] },
});

const moved = (row: RecordSummary, contractId: string, to: string): RecordSummary => {
  const [owners, contracts] = [texts(row, 'owners'), texts(row, 'titleContracts')];
  const place = contracts.indexOf(contractId);
  if (place < 0) return owned(row, [...owners, to], [...contracts, contractId]);
  return owned(row, owners.with(place + 1, to), contracts);
};

const released = (row: RecordSummary, contractId: string): RecordSummary => {
  const contracts = texts(row, 'contracts').filter((contract) => contract !== contractId);
  const openGrants = texts(row, 'openGrants').filter((grant) => grant !== contractId);
  const left = { ...row, detail: { ...row.detail, contracts, openGrants } };
  const place = texts(row, 'titleContracts').indexOf(contractId);
  if (place < 0) return left;
  return owned(left, texts(row, 'owners').toSpliced(place + 1, 1), texts(row, 'titleContracts').toSpliced(place, 1));
};

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as AssetEvent;
  if (event.type === 'AssetRegistered') return registered(event.data);
  if (!row) return undefined;
  if (isEntry(event)) {
    const { data, facts } = lifeOf(row);
    const entry = { type: event.type, data: event.data } as typeof event;
    return lived(row, { data, facts: [...facts, { revision: recorded.revision, entry }] });
  }
  switch (event.type) {
    case 'AssetEntryVoided': {
      const { data, facts } = lifeOf(row);
      return lived(row, { data, facts: facts.filter(({ revision }) => revision !== event.data.revision) });
    }
    case 'AssetDataCorrected': {
      const { data: before, facts } = lifeOf(row);
      return before ? corrected(row, { data: withCorrection(before, event.data), facts }) : row;
    }
    case 'AssetReserved':
      return event.data.amends === undefined ? row : plus(row, 'amendments', event.data.contractId);
    case 'ReservationConfirmed': {
      const { contractId } = event.data;
      return texts(row, 'amendments').includes(contractId) ? row : plus(row, 'contracts', contractId);
    }
    case 'OwnershipMoved':
      return moved(row, event.data.contractId, event.data.to);
    case 'RightReleased':
      return released(row, event.data.contractId);
    case 'OpenLicenceEntered':
      return { ...row, detail: { ...row.detail, openLicence: event.data.declarationId } };
    case 'OpenLicenceEnded':
      if (row.detail['openLicence'] !== event.data.declarationId) return row;
      return { ...row, detail: { ...row.detail, openLicence: null } };
    case 'OpenGrantEntered':
      return plus(row, 'openGrants', event.data.grantId);
    default:
      return row;
  }
};

export const assetRecords = recordProjection({
  kind: 'asset',
  version: 2,
  streamPrefix: 'asset-',
  handles: Object.keys(assetEvents),
  evolve,
});
