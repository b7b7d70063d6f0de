import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, recordProjection } from '@app/read-model';
import type { AssetEvent } from './asset.js';

export const assetEvents: EventCatalogue<AssetEvent> = defineEvents<AssetEvent>({
  AssetRegistered: { version: 1, zh: '知识产权登记入账', en: 'Asset registered' },
  AssetReserved: { version: 1, zh: '合同占用', en: 'Reserved for a contract' },
  ReservationConfirmed: { version: 1, zh: '占用确认', en: 'Reservation confirmed' },
  ReservationCancelled: { version: 1, zh: '占用取消', en: 'Reservation cancelled' },
  OwnershipMoved: { version: 1, zh: '权利转移', en: 'Title moved' },
  RightReleased: { version: 1, zh: '权利释放', en: 'Right released' },
  OpenLicenceEntered: { version: 1, zh: '开放许可登载', en: 'Open licence entered' },
  OpenLicenceEnded: { version: 1, zh: '开放许可终止', en: 'Open licence ended' },
});

/** Contracts that stand on the asset, as far as its page shows them. */
const contractsOf = (row: RecordSummary): string[] => (row.detail['contracts'] as string[] | undefined) ?? [];

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as AssetEvent;
  if (event.type === 'AssetRegistered') {
    const { universityId, ipType, number, title, filedOn, grantedOn, ...rest } = event.data;
    const detail = { filedOn, grantedOn: grantedOn ?? null, owner: universityId, contracts: [], openLicence: null, ...rest };
    return { number, title, universityId, status: grantedOn ? 'GRANTED' : 'FILED', date: filedOn, ipType, detail };
  }
  if (!row) return undefined;
  const { detail } = row;
  const contracts = contractsOf(row);
  switch (event.type) {
    case 'ReservationConfirmed':
      return { ...row, detail: { ...detail, contracts: [...contracts, event.data.contractId] } };
    case 'OwnershipMoved': {
      const home = event.data.to === row.universityId;
      const status = home ? (detail['grantedOn'] ? 'GRANTED' : 'FILED') : 'TRANSFERRED';
      return { ...row, status, detail: { ...detail, owner: event.data.to, titleContract: event.data.contractId } };
    }
    case 'RightReleased': {
      const { contractId } = event.data;
      const left = { ...detail, contracts: contracts.filter((contract) => contract !== contractId) };
      if (detail['titleContract'] !== contractId) return { ...row, detail: left };
      const status = detail['grantedOn'] ? 'GRANTED' : 'FILED';
      return { ...row, status, detail: { ...left, owner: row.universityId, titleContract: null } };
    }
    case 'OpenLicenceEntered':
      return { ...row, detail: { ...detail, openLicence: event.data.declarationId } };
    case 'OpenLicenceEnded':
      return { ...row, detail: { ...detail, openLicence: null } };
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
