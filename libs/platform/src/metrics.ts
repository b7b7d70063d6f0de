import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What a store call came to, as its caller sees it. A conflict is no fault: another append came first. */
export type StoreOutcome = 'ok' | 'conflict' | 'unknown' | 'busy' | 'failed';

export type StoreCall = 'append' | 'read_stream' | 'read_all' | 'head';

/** How the read side of a process stands, asked for whenever the metrics are read. */
export interface ProjectionState {
  /** Of the projection versions: which build's read models these are. Old and new builds run side by side during an upgrade. */
  readonly fingerprint: string;
  /** Age of the oldest event that is not in the read models yet, in seconds; 0 when they have caught up. */
  readonly positionAgeSeconds: number;
  /** Projections that stopped at an event they cannot apply. */
  readonly stopped: number;
  /** Whether this process carries the log into the read models: 1 for one process of a fingerprint, 0 for all others. */
  readonly leader: 0 | 1;
  /** Whether a complete generation is open for queries. */
  readonly ready: 0 | 1;
  /** Events applied since this process started. */
  readonly eventsApplied: number;
  /** Fencing epoch of the lease that this process knows; it grows with every take-over. */
  readonly epoch: number;
}

/** In seconds: from an append in memory to one that waits out a failover. */
const STORE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** In seconds: from a health check to an upload of evidence. */
const HTTP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * The figures of one process (指标) in a registry of their own, so that two applications in one process stay apart. Labels have few
 * values and never name a person, a record or a university.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly httpRequests = this.histogram({
    name: 'ledger_http_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: HTTP_BUCKETS,
  });
  readonly httpInFlight = this.gauge('ledger_http_requests_in_flight', 'Requests being answered.');
  readonly storeCalls = this.histogram({
    name: 'ledger_store_call_seconds',
    help: 'Time of a call to the event store.',
    labelNames: ['call', 'outcome'] as const,
    buckets: STORE_BUCKETS,
  });
  readonly eventsAppended = this.counter('ledger_events_appended_total', 'Events whose append was acknowledged.');
  readonly storeReconnects = this.counter(
    'ledger_store_reconnects_total',
    'Connections to the event store that were lost and found again.',
  );
  private readonly projection = {
    lag: this.byFingerprint(
      'ledger_projection_lag_seconds',
      'Age of the oldest event not in the read models; 0: none.',
    ),
    stopped: this.byFingerprint('ledger_projection_stopped', 'Projections stopped at an event they cannot apply.'),
    leader: this.byFingerprint(
      'ledger_projector_leader',
      '1 in the process that carries the log into the read models.',
    ),
    ready: this.byFingerprint('ledger_read_models_ready', '1 when a complete generation is open for queries.'),
    epoch: this.byFingerprint('ledger_projector_epoch', 'Fencing epoch of the lease; grows with every take-over.'),
    events: this.counter('ledger_projection_events_total', 'Events applied to the read models by this process.', [
      'fingerprint',
    ]),
  };
  private projectionState: (() => ProjectionState | Promise<ProjectionState>) | undefined;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Content type of `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** Names a rule may stand on: those here and of the process, with the series a histogram is made of. */
  get names(): readonly string[] {
    return this.registry
      .getMetricsAsArray()
      .flatMap((metric) =>
        metric instanceof Histogram ? ['_bucket', '_sum', '_count'].map((part) => metric.name + part) : [metric.name],
      );
  }

  /** Whose state the projection gauges tell from now on. */
  observeProjections(state: () => ProjectionState | Promise<ProjectionState>): void {
    this.projectionState = state;
  }

  /** Everything in Prometheus's text format, as of now. */
  async text(): Promise<string> {
    if (this.projectionState) this.tell(await this.projectionState());
    return this.registry.metrics();
  }

  private tell({ fingerprint, ...state }: ProjectionState): void {
    const { lag, stopped, leader, ready, epoch, events } = this.projection;
    // A process that has moved on to another fingerprint says nothing more about the old one.
    for (const metric of [lag, stopped, leader, ready, epoch, events]) metric.reset();
    lag.set({ fingerprint }, state.positionAgeSeconds);
    stopped.set({ fingerprint }, state.stopped);
    leader.set({ fingerprint }, state.leader);
    ready.set({ fingerprint }, state.ready);
    epoch.set({ fingerprint }, state.epoch);
    events.inc({ fingerprint }, state.eventsApplied);
  }

  private histogram<Label extends string>(options: {
    readonly name: string;
    readonly help: string;
    readonly labelNames: readonly Label[];
    readonly buckets: number[];
  }): Histogram<Label> {
    return new Histogram({ ...options, registers: [this.registry] });
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  private byFingerprint(name: string, help: string): Gauge<'fingerprint'> {
    return new Gauge({ name, help, labelNames: ['fingerprint'], registers: [this.registry] });
  }

  private counter<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
}
