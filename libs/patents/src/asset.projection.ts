import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import type { AssetData, AssetEvent, CoOwner } from './asset-events.js';

export const assetEvents: EventCatalogue<AssetEvent> = defineEvents<AssetEvent>({
  AssetRegistered: { version: 1, zh: '知识产权登记入账', en: 'Asset registered' },
  AssetReserved: { version: 1, zh: '合同占用', en: 'Reserved for a contract' },
  ReservationConfirmed: { version: 1, zh: '占用确认', en: 'Reservation confirmed' },
  ReservationCancelled: { version: 1, zh: '占用取消', en: 'Reservation cancelled' },
  OwnershipMoved: { version: 1, zh: '权利转移', en: 'Title moved' },
  RightReleased: { version: 1, zh: '权利释放', en: 'Right released' },
  OpenLicenceEntered: { version: 1, zh: '开放许可登载', en: 'Open licence entered' },
  OpenLicenceEnded: { version: 1, zh: '开放许可终止', en: 'Open licence ended' },
  OpenGrantEntered: { version: 1, zh: '开放许可实施登载', en: 'Open licence grant entered' },
});

const registered = ({ universityId, ipType, number, title, filedOn, ...rest }: AssetData): RecordSummary => {
  const { grantedOn = null, coOwners = [], disclosureNumber = null, warnings = [] } = rest;
  const detail = {
    filedOn,
    grantedOn,
    coOwners: coOwners.map(nameWithShare),
    disclosureNumber,
    warningsZh: warnings.map(({ zh }) => zh),
    warningsEn: warnings.map(({ en }) => en),
    contracts: [],
    openLicence: null,
    openGrants: [],
  };
  const row = { number, title, universityId, status: '', date: filedOn, ipType, detail };
  return owned(row, [universityId], []);
};

/** As the office writes it: `名称/30%`. */
const nameWithShare = ({ name, sharePermyriad }: CoOwner): string =>
  sharePermyriad === undefined ? name : `${name}/${sharePermyriad / 100}%`;

/** `owners` in the order the title went from hand to hand, beginning with the university; the contracts that moved it beside. */
const owned = (row: RecordSummary, owners: readonly string[], titleContracts: readonly string[]): RecordSummary => {
  const owner = owners.at(-1) ?? row.universityId;
  const atHome = row.detail['grantedOn'] ? 'GRANTED' : 'FILED';
  const status = owner === row.universityId ? atHome : 'TRANSFERRED';
  return { ...row, status, detail: { ...row.detail, owner, owners, titleContracts } };
};

const texts = ({ detail }: RecordSummary, field: string): readonly string[] => detail[field] as string[];

const moved = (row: RecordSummary, contractId: string, to: string): RecordSummary => {
  const [owners, contracts] = [texts(row, 'owners'), texts(row, 'titleContracts')];
  const place = contracts.indexOf(contractId);
  if (place < 0) return owned(row, [...owners, to], [...contracts, contractId]);
  return owned(row, owners.with(place + 1, to), contracts);
};

const released = (row: RecordSummary, contractId: string): RecordSummary => {
  const contracts = texts(row, 'contracts').filter((contract) => contract !== contractId);
  const left = { ...row, detail: { ...row.detail, contracts } };
  const place = texts(row, 'titleContracts').indexOf(contractId);
  if (place < 0) return left;
  return owned(left, texts(row, 'owners').toSpliced(place + 1, 1), texts(row, 'titleContracts').toSpliced(place, 1));
};

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as AssetEvent;
  if (event.type === 'AssetRegistered') return registered(event.data);
  if (!row) return undefined;
  const { detail } = row;
  switch (event.type) {
    case 'ReservationConfirmed':
      return { ...row, detail: { ...detail, contracts: [...texts(row, 'contracts'), event.data.contractId] } };
    case 'OwnershipMoved':
      return moved(row, event.data.contractId, event.data.to);
    case 'RightReleased':
      return released(row, event.data.contractId);
    case 'OpenLicenceEntered':
      return { ...row, detail: { ...detail, openLicence: event.data.declarationId } };
    case 'OpenLicenceEnded':
      if (detail['openLicence'] !== event.data.declarationId) return row;
      return { ...row, detail: { ...detail, openLicence: null } };
    case 'OpenGrantEntered':
      return { ...row, detail: { ...detail, openGrants: [...texts(row, 'openGrants'), event.data.grantId] } };
    case 'AssetReserved':
    case 'ReservationCancelled':
      return row;
  }
};

export const assetRecords = recordProjection({
  kind: 'asset',
  version: 1,
  streamPrefix: 'asset-',
  handles: Object.keys(assetEvents),
  evolve,
});
