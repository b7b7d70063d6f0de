import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type Projection, type RecordSummary, recordProjection } from '@app/read-model';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type ContractEvent, contractStream } from './contract.js';

export const contractEvents: EventCatalogue<ContractEvent> = defineEvents<ContractEvent>({
  LodgementRequested: { version: 1, zh: '合同申请入账', en: 'Lodgement requested' },
  ContractLodged: { version: 1, zh: '合同入账', en: 'Contract lodged' },
  ContractRefused: { version: 1, zh: '合同被拒', en: 'Contract refused' },
  LicenceRecorded: { version: 1, zh: '许可备案', en: 'Licence recorded' },
  TransferRegistered: { version: 1, zh: '转让登记', en: 'Transfer registered' },
  ContractCorrected: { version: 1, zh: '合同更正', en: 'Contract corrected' },
  ContractVoided: { version: 1, zh: '合同作废', en: 'Contract voided' },
  ContractSettled: { version: 1, zh: '权利登载完成', en: 'Titles settled' },
});

const requested = ({
  universityId,
  number,
  counterparty,
  ...terms
}: Extract<ContractEvent, { type: 'LodgementRequested' }>['data']): RecordSummary => {
  const { assets, inChangsha, feeFen, ...detail } = terms;
  return {
    number,
    title: assets.map((asset) => asset.number).join('；'),
    universityId,
    counterparty,
    status: 'REQUESTED',
    date: terms.effectiveOn,
    ipType: assets[0]?.ipType ?? null,
    amountFen: feeFen === undefined ? null : BigInt(feeFen),
    detail: {
      ...detail,
      assets: assets.map((asset) => asset.number),
      assetIds: assets.map(({ assetId }) => assetId),
      inChangsha: inChangsha.value,
      inChangshaRule: inChangsha.rule,
    },
  };
};

const refused = ({ rule, clause, zh, en }: Extract<ContractEvent, { type: 'ContractRefused' }>['data']) => ({
  refusalRule: rule,
  refusalClause: clause,
  refusalZh: zh,
  refusalEn: en,
});

const corrected = (
  row: RecordSummary,
  { field, to, inChangsha }: Extract<ContractEvent, { type: 'ContractCorrected' }>['data'],
): RecordSummary => {
  if (field === 'feeFen') return { ...row, amountFen: BigInt(to as string) };
  if (field === 'counterparty') return { ...row, counterparty: String(to) };
  return { ...row, detail: { ...row.detail, [field]: to, ...(inChangsha ? { inChangsha: inChangsha.value } : {}) } };
};

const evolve = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as ContractEvent;
  if (event.type === 'LodgementRequested') return requested(event.data);
  if (!row) return undefined;
  switch (event.type) {
    case 'ContractLodged':
      return { ...row, status: 'LODGED' };
    case 'ContractRefused':
      return { ...row, status: 'REFUSED', detail: { ...row.detail, ...refused(event.data) } };
    case 'LicenceRecorded':
      return { ...row, status: 'RECORDED', detail: { ...row.detail, ...event.data } };
    case 'TransferRegistered':
      return { ...row, status: 'REGISTERED', detail: { ...row.detail, ...event.data } };
    case 'ContractCorrected':
      return corrected(row, event.data);
    case 'ContractVoided':
      return { ...row, status: 'VOIDED', detail: { ...row.detail, voidedOn: event.data.voidedOn } };
    case 'ContractSettled':
      return row;
  }
};

export const contractRecords = recordProjection({
  kind: 'contract',
  version: 1,
  streamPrefix: contractStream(''),
  handles: Object.keys(contractEvents),
  evolve,
});

/** Contracts whose titles may not follow them yet; a driver that died left them, the resuming process picks them up. */
@Entity('open_lodgement')
export class OpenLodgement {
  @PrimaryColumn('varchar')
  contractId: string;

  /** Instant of the event that opened it, ISO 8601 UTC. */
  @Column('varchar')
  since: string;
}

const OPENS = ['LodgementRequested', 'TransferRegistered', 'ContractVoided', 'ContractCorrected'];

/** Only these corrections reach the titles. */
const opens = ({ type, data }: RecordedEvent): boolean =>
  type !== 'ContractCorrected' || data['field'] === 'registeredOn' || data['field'] === 'counterparty';

export const openLodgements: Projection = {
  name: 'open-lodgements',
  version: 1,
  entities: [OpenLodgement],
  handles: [...OPENS, 'ContractSettled'],
  project: async (events, rows) => {
    const open = new Map<string, OpenLodgement | undefined>();
    for (const event of events.filter(opens)) {
      const contractId = event.stream.slice(contractStream('').length);
      open.set(contractId, event.type === 'ContractSettled' ? undefined : { contractId, since: event.recordedAt });
    }
    await rows.upsert(
      OpenLodgement,
      [...open.values()].filter((row) => row !== undefined),
    );
    await rows.remove(
      OpenLodgement,
      [...open].filter(([, row]) => !row).map(([contractId]) => contractId),
    );
  },
};
