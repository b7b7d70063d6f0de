import { join } from 'node:path';
import { OfficeDatabase } from '@app/access';
import { EventRegistry, type EventStore, EventStoreDbStore, SqliteEventStore } from '@app/event-store';
import { type BuildProgress, ReadModels } from '@app/read-model';
import type { Config } from './config.js';
import { eventCatalogues, projections, streamPrefixes } from './slices.js';

/** The open resources of one process: log, office data, read models. */
export interface Ledger {
  readonly config: Config;
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly office: OfficeDatabase;
  readonly readModels: ReadModels;
  readonly close: () => Promise<void>;
}

export const openStore = (config: Config): Promise<EventStore> =>
  config.eventStoreUrl === undefined
    ? Promise.resolve(SqliteEventStore.open(config.dataFolder))
    : EventStoreDbStore.connect(config.eventStoreUrl, { streamPrefixes });

/**
 * Opens everything and brings the read models up to date.
 * @throws StoreLocked when another process writes this log; Error when the log holds events this build cannot read
 */
export const openLedger = async (config: Config, report?: (progress: BuildProgress) => void): Promise<Ledger> => {
  const store = await openStore(config);
  const registry = new EventRegistry(eventCatalogues);
  await registry.assertReads(store);
  const office = await OfficeDatabase.open(config.dataFolder, config);
  const readModels = new ReadModels(store, registry, projections, join(config.dataFolder, 'views'));
  await readModels.open(report);
  const close = async () => {
    await readModels.close();
    await office.close();
    await store.close();
  };
  return { config, store, registry, office, readModels, close };
};
