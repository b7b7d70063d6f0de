import { join } from 'node:path';
import { OfficeDatabase } from '@app/access';
import { EventRegistry, type EventStore, EventStoreDbStore, SqliteEventStore } from '@app/event-store';
import { type BuildProgress, PostgresViews, ReadModels, SqliteViews, type Views } from '@app/read-model';
import type { Config } from './config.js';
import { Lifecycle } from './lifecycle.js';
import { MeasuredStore } from './measured-store.js';
import { Metrics } from './metrics.js';
import { stateOfReadModels } from './projection-state.js';
import { eventCatalogues, projections, streamPrefixes } from './slices.js';

/** The open resources of one process: log, office data, read models. */
export interface Ledger {
  readonly config: Config;
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly office: OfficeDatabase;
  readonly readModels: ReadModels;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
  readonly close: () => Promise<void>;
}

interface OpenOptions {
  /** How far the read models are while they are built. */
  readonly building?: (progress: BuildProgress) => void;
  /** Failures that pass: the log or an engine was away for a while. */
  readonly failed?: (error: unknown) => void;
}

interface StoreOptions {
  readonly beside?: boolean;
  /** Hears of each connection to a cluster that was lost and found again. */
  readonly observe?: () => void;
}

/**
 * The log, for its one writer; beside it where it is a file that another process or thread writes.
 * @throws StoreLocked when another process writes this file
 */
export const openStore = (
  config: Config,
  { beside = false, observe = () => {} }: StoreOptions = {},
): Promise<EventStore> => {
  if (config.eventStoreUrl !== undefined)
    return EventStoreDbStore.connect(config.eventStoreUrl, { streamPrefixes, observe });
  const { dataFolder } = config;
  return Promise.resolve(beside ? SqliteEventStore.openReadOnly(dataFolder) : SqliteEventStore.open(dataFolder));
};

/** The same, with its calls and reconnects measured. */
export const openMeasuredStore = async (config: Config, metrics: Metrics, beside = false): Promise<EventStore> => {
  const observe = () => metrics.storeReconnects.inc();
  return new MeasuredStore(await openStore(config, { beside, observe }), metrics);
};

/** Where this configuration keeps the read models. */
export const openViews = ({ postgresUrl: url, postgresPool: pool, ...config }: Config): Views => {
  const { statementTimeoutMs, instance, dataFolder } = config;
  return url === undefined
    ? new SqliteViews(join(dataFolder, 'views'), projections, statementTimeoutMs)
    : new PostgresViews({ url, pool, statementTimeoutMs, instance }, projections);
};

/** Reads every event type that is stored, or refuses to start. */
export const openRegistry = async (store: EventStore): Promise<EventRegistry> => {
  const registry = new EventRegistry(eventCatalogues);
  await registry.assertReads(store);
  return registry;
};

/**
 * Opens everything. Where this process projects itself the read models are current when it answers; else they follow what others write.
 * @throws StoreLocked when another process writes this log; Error when the log holds events this build cannot read
 */
export const openLedger = async (config: Config, { building, failed }: OpenOptions = {}): Promise<Ledger> => {
  const metrics = new Metrics();
  const store = await openMeasuredStore(config, metrics);
  const registry = await openRegistry(store);
  const office = await OfficeDatabase.open(config.dataFolder, config);
  const views = openViews(config);
  const projects = config.projector === 'inside';
  const readModels = new ReadModels({
    store,
    registry,
    views,
    holder: config.instance,
    projects,
    ...(failed && { failed }),
  });
  metrics.observeProjections(() => stateOfReadModels(readModels, store));
  if (projects) await readModels.open(building);
  else readModels.openLater();
  const close = async () => {
    await readModels.close();
    await views.close();
    await office.close();
    await store.close();
  };
  return { config, store, registry, office, readModels, metrics, lifecycle: new Lifecycle(), close };
};
