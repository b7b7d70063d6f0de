import { type EventRegistry, type EventStore, type Position, type RecordedEvent, START } from '@app/event-store';
import { Checkpoint } from './checkpoint.entity.js';
import type { Generation } from './generation.js';
import type { Projection } from './projection.js';
import { RowStore } from './row-store.js';

/** Live, requests share the process: small batches, and the event loop is free between them. Building, nobody waits. */
const LIVE_BATCH = 200;
const BUILD_BATCH = 2_000;

export interface StoppedProjection {
  readonly projection: string;
  readonly position: Position;
  readonly reason: string;
}

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
}

/**
 * Carries the log into the read tables: each batch and its checkpoints commit together. An event that a projection cannot apply stops
 * that projection at its place, visibly, and no other; nothing is skipped.
 */
export class ProjectionLoop {
  private readonly checkpoints = new Map<string, Position>();
  private readonly stoppedProjections = new Map<string, StoppedProjection>();
  private readonly waiters = new Set<Waiter>();
  private readonly abort = new AbortController();
  private running: Promise<void> | undefined;
  private reached: Position = START;

  constructor(
    private readonly store: EventStore,
    private readonly registry: EventRegistry,
    private readonly generation: Generation,
    private readonly projections: readonly Projection[],
  ) {}

  /** How far every running projection has come. */
  get position(): Position {
    return this.reached;
  }

  get stopped(): readonly StoppedProjection[] {
    return [...this.stoppedProjections.values()];
  }

  /** Catches up with the log's present end. `report` hears the position after each batch. */
  async catchUp(report: (position: Position) => void = () => {}): Promise<void> {
    await this.loadCheckpoints();
    const head = await this.store.head();
    while (this.reached < head) {
      const batch = await this.store.readAll(this.reached, BUILD_BATCH);
      if (batch.length === 0) return;
      await this.apply(batch);
      report(this.reached);
      await new Promise(setImmediate);
    }
  }

  /** Follows the log until `stop`. A failure of the store or the engine ends it, and `failed` hears why. */
  start(failed: (error: unknown) => void): void {
    this.running = this.follow().catch(failed);
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  /** Resolves true once the position is reached, false when it is not within the time. */
  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.reached >= position) return true;
    return new Promise((resolve) => {
      const waiter = { position, resolve: () => settle(true) };
      const timer = setTimeout(() => settle(false), timeoutMs);
      const settle = (reached: boolean) => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        resolve(reached);
      };
      this.waiters.add(waiter);
    });
  }

  private async follow(): Promise<void> {
    for await (const batch of this.store.subscribe(this.reached, this.abort.signal, LIVE_BATCH)) {
      await this.apply(batch);
      await new Promise(setImmediate);
      if (this.abort.signal.aborted) return;
    }
  }

  private async loadCheckpoints(): Promise<void> {
    const stored = await this.generation.writer.manager.find(Checkpoint);
    for (const { projection, position } of stored) this.checkpoints.set(projection, position);
    const positions = this.projections.map(({ name }) => this.checkpoints.get(name) ?? START);
    this.reached = positions.reduce((least, position) => (position < least ? position : least), positions[0] ?? START);
  }

  private async apply(batch: readonly RecordedEvent[]): Promise<void> {
    const events = batch.map((event) => this.registry.upcast(event));
    // Once per projection at most: each failed round takes one projection out.
    for (let round = 0; round <= this.projections.length; round += 1) {
      if (await this.commit(events)) break;
    }
    this.reached = batch.at(-1)?.position ?? this.reached;
    for (const waiter of [...this.waiters]) if (waiter.position <= this.reached) waiter.resolve();
  }

  /** One transaction for all running projections; false when one of them could not apply the batch and was stopped. */
  private async commit(events: readonly RecordedEvent[]): Promise<boolean> {
    const last = events.at(-1);
    if (!last) return true;
    let current: Projection | undefined;
    try {
      await this.generation.writer.transaction(async (manager) => {
        const rows = new RowStore(manager);
        const moved: Checkpoint[] = [];
        for (const projection of this.active()) {
          current = projection;
          const since = this.checkpoints.get(projection.name) ?? START;
          const handled = events.filter(({ type, position }) => position > since && projection.handles.includes(type));
          if (handled.length > 0) await projection.project(handled, rows);
          moved.push({ projection: projection.name, position: last.position, storeId: this.store.storeId });
        }
        current = undefined;
        await rows.upsert(Checkpoint, moved);
      });
    } catch (error) {
      if (!current) throw error;
      this.stopProjection(current, error);
      return false;
    }
    for (const { name } of this.active()) this.checkpoints.set(name, last.position);
    return true;
  }

  private active(): Projection[] {
    return this.projections.filter(({ name }) => !this.stoppedProjections.has(name));
  }

  private stopProjection({ name }: Projection, error: unknown): void {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.stoppedProjections.set(name, { projection: name, position: this.checkpoints.get(name) ?? START, reason });
  }
}
