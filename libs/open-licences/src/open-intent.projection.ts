import type { Projection } from '@app/read-model';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { openGrantStream } from './open-grant.js';
import type { OpenGrantEvent } from './open-grant-events.js';
import { openLicenceStream } from './open-licence.js';
import type { OpenLicenceEvent } from './open-licence-events.js';

/** A declaration or grant whose title may not follow it yet; a driver that died left it, the resuming process picks it up. */
@Entity('open_licence_intent')
@Index(['since', 'stream'])
export class OpenLicenceIntent {
  @PrimaryColumn('varchar')
  stream: string;

  @Column('varchar')
  id: string;

  @Column('boolean')
  isGrant: boolean;

  /** Instant of the last event that opened it, ISO 8601 UTC. */
  @Column('varchar')
  since: string;
}

type Intent = OpenLicenceEvent['type'] | OpenGrantEvent['type'];

const OPENS: readonly Intent[] = [
  'OpenLicenceAnnouncementRequested',
  'OpenLicenceEndRequested',
  'OpenLicenceStepRefused',
  'OpenLicenceVoided',
  'OpenGrantRequested',
  'OpenGrantRefused',
  'OpenGrantEnded',
  'OpenGrantVoided',
];
const CLOSES: readonly Intent[] = [
  'OpenLicenceAnnounced',
  'OpenLicenceWithdrawn',
  'OpenLicenceTerminated',
  'OpenLicenceSettled',
  'OpenLicenceGranted',
  'OpenGrantSettled',
];

export const openLicenceIntents: Projection = {
  name: 'open-licence-intents',
  version: 1,
  entities: [OpenLicenceIntent],
  handles: [...OPENS, ...CLOSES],
  project: async (events, rows) => {
    const intents = new Map<string, OpenLicenceIntent | undefined>();
    for (const { stream, type, recordedAt: since } of events) {
      const isGrant = stream.startsWith(openGrantStream(''));
      const id = stream.slice((isGrant ? openGrantStream('') : openLicenceStream('')).length);
      intents.set(stream, OPENS.includes(type as Intent) ? { stream, id, isGrant, since } : undefined);
    }
    await rows.upsert(
      OpenLicenceIntent,
      [...intents.values()].filter((row) => row !== undefined),
    );
    await rows.remove(
      OpenLicenceIntent,
      [...intents].filter(([, row]) => !row).map(([stream]) => stream),
    );
  },
};
