import type { EventStoreDbOptions, EventStoreDbServer } from './eventstoredb-api.js';

/**
 * EventStoreDB as far as the ledger uses it, in this process and in memory, on free loopback ports: append with expected revision, reads of
 * streams and of `$all`, filtered subscriptions to `$all`, gossip, and the faults of a cluster. Built on the service definitions in the
 * real client's package, so that the real client talks to it; other processes may connect too.
 * Loaded when first asked for: few specs need it.
 */
export const startEventStoreDbServer = async (options: EventStoreDbOptions = {}): Promise<EventStoreDbServer> => {
  const { serveEventStoreDb } = await import('./eventstoredb-service.js');
  return serveEventStoreDb(options);
};
