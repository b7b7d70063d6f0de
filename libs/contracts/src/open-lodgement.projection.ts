import type { RecordedEvent } from '@app/event-store';
import type { Projection } from '@app/read-model';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ContractEvent } from './contract-events.js';
import { contractStream } from './contract-state.js';

/** Contracts whose titles may not follow them yet; a driver that died left them, the resuming process picks them up. */
@Entity('open_lodgement')
export class OpenLodgement {
  @PrimaryColumn('varchar')
  contractId: string;

  /** Instant of the event that opened it, ISO 8601 UTC. */
  @Column('varchar')
  since: string;
}

const OPENS: ReadonlyArray<ContractEvent['type']> = [
  'LodgementRequested',
  'LicenceRecorded',
  'TransferRegistered',
  'AmendmentRequested',
  'LicenceTerminated',
  'VoidRequested',
  'ContractVoided',
  'ContractCorrected',
];

/** Only these corrections reach the titles, or give a number back, by themselves. */
const FOLLOWED: ReadonlySet<unknown> = new Set([
  'registeredOn',
  'terminatedOn',
  'effectiveOn',
  'counterparty',
  'recordNo',
  'technologyContractNo',
]);

const opens = ({ type, data }: RecordedEvent): boolean => {
  if (type === 'LicenceRecorded') return data['replaces'] !== undefined;
  return type !== 'ContractCorrected' || FOLLOWED.has(data['field']);
};

export const openLodgements: Projection = {
  name: 'open-lodgements',
  version: 3,
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
