import type { ServerRefusal } from './eventstoredb-refusals.js';

export interface EventStoreDbOptions {
  /** Nodes over one log; the first leads at the start. 1 by default. */
  readonly nodes?: number;
  /** With a certificate authority of its own, whose file the connection string names. */
  readonly tls?: boolean;
  /** Whoever does not bring these is refused. Clients send them over TLS only. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

export interface EventStoreDbNode {
  /** `host:port` */
  readonly address: string;
  leads(): boolean;
  /** Cuts its connections and listens no more; another node leads if this one did. */
  stop(): void;
  /** Listens again, on the same port. */
  start(): Promise<void>;
}

export interface EventStoreDbServer {
  /** With everything a client needs: all nodes, credentials, certificate authority. */
  readonly connectionString: string;
  readonly caFile: string | undefined;
  readonly nodes: readonly EventStoreDbNode[];
  /** The commit positions at which subscriptions were asked to begin, in the order they came. */
  readonly subscriptions: readonly number[];
  /** Cuts every connection; the next call finds the server as it was. */
  dropConnections(): void;
  /** Writes the next append but never says so: its connection breaks before the answer. */
  loseNextAnswer(): void;
  /** The same for every append of which the function says so. */
  loseAnswers(lost: () => boolean): void;
  /** The next calls are carried out at once and answered so many ms later. */
  slow(ms: number, calls?: number): void;
  /** The next calls are refused, and do nothing. */
  refuse(kind: ServerRefusal, calls?: number): void;
  /** Leadership moves to the next node that runs. */
  notLeader(): void;
  /** Followers get no more events until released, or until leadership moves. */
  holdReplication(): void;
  releaseReplication(): void;
  /** The stream is deleted for good. */
  tombstone(stream: string): void;
  stop(): Promise<void>;
}
