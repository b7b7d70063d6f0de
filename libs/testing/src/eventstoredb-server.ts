export interface EventStoreDbServer {
  readonly connectionString: string;
  /** Cuts every connection; the next call finds the server as it was. */
  dropConnections(): void;
  /** Writes the next append but never says so: its connection breaks before the answer. */
  loseNextAnswer(): void;
  stop(): Promise<void>;
}

/**
 * EventStoreDB as far as the ledger uses it, in this process and in memory, on a free loopback port: append with expected revision,
 * reads of streams and of `$all`, subscriptions to `$all` by stream prefix. Built on the service definitions in the real client's
 * package, so that the real client talks to it.
 * Loaded when first asked for: few specs need it.
 */
export const startEventStoreDbServer = async (): Promise<EventStoreDbServer> => {
  const { serveEventStoreDb } = await import('./eventstoredb-service.js');
  return serveEventStoreDb();
};
