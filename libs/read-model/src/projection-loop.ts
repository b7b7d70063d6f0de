import { type EventRegistry, type EventStore, type Position, type RecordedEvent, START } from '@app/event-store';
import type { EntityManager } from 'typeorm';
import { Checkpoint } from './checkpoint.entity.js';
import type { Generation } from './generation.js';
import type { Projection } from './projection.js';
import { RowStore } from './row-store.js';

/** Live, requests share the process: small batches, and the event loop is free between them. Building, nobody waits. */
const LIVE_BATCH = 200;
const BUILD_BATCH = 2_000;

export interface StoppedProjection {
  readonly projection: string;
  /** The event it could not apply. Its rows hold everything before that event and nothing from it on. */
  readonly position: Position;
  readonly reason: string;
}

interface Waiter {
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/**
 * Carries the log into the read tables: each batch and its checkpoints commit together. An event that a projection cannot apply stops
 * that projection at its place, visibly, and no other; nothing is skipped.
 */
export class ProjectionLoop {
  private readonly stops = new Map<string, StoppedProjection>();
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

  /** How far every running projection has come: their rows are committed up to here, or further. */
  get position(): Position {
    return this.reached;
  }

  get stopped(): readonly StoppedProjection[] {
    return [...this.stops.values()];
  }

  /** Catches up with the log's present end. `report` hears the position after each batch. */
  async catchUp(report: (position: Position) => void = () => {}): Promise<void> {
    const checkpoints = await checkpointsIn(this.generation.writer.manager);
    const positions = this.projections.map(({ name }) => checkpoints.get(name) ?? START);
    this.reached = positions.sort()[0] ?? START;
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

  /** Resolves when the batch at hand is committed; whoever still waits for a later position is told that it will not come. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
    for (const { settle } of [...this.waiters]) settle(false);
  }

  /** Resolves true once the position is reached, false when it is not within the time. */
  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.reached >= position) return true;
    return new Promise((resolve) => {
      const settle = (reached: boolean) => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        resolve(reached);
      };
      const waiter = { position, settle };
      const timer = setTimeout(() => settle(false), timeoutMs);
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

  private async apply(batch: readonly RecordedEvent[]): Promise<void> {
    // Every round that fails stops one projection, and a stopped one no longer meets the event that stopped it.
    while (!(await this.commit(batch)));
    this.reached = batch.at(-1)?.position ?? this.reached;
    for (const { position, settle } of [...this.waiters]) if (position <= this.reached) settle(true);
  }

  /** One transaction for all projections; false when one of them could not apply the batch and was stopped. */
  private async commit(batch: readonly RecordedEvent[]): Promise<boolean> {
    let current: Projection | undefined;
    try {
      await this.generation.writer.transaction(async (manager) => {
        const rows = new RowStore(manager);
        const checkpoints = await checkpointsIn(manager);
        const moved: Checkpoint[] = [];
        for (const projection of this.projections) {
          const due = this.due(projection, batch, checkpoints.get(projection.name));
          const last = due.at(-1);
          if (!last) continue;
          current = projection;
          await this.project(projection, due, rows);
          moved.push({ projection: projection.name, position: last.position, storeId: this.store.storeId });
        }
        current = undefined;
        await rows.upsert(Checkpoint, moved);
      });
      return true;
    } catch (error) {
      if (!current) throw error;
      await this.stopAtPoison(current, batch, error);
      return false;
    }
  }

  /** What of a batch a projection has not applied yet and still may. */
  private due(
    { name }: Projection,
    batch: readonly RecordedEvent[],
    since: Position = START,
  ): readonly RecordedEvent[] {
    const until = this.stops.get(name)?.position;
    return batch.filter(({ position }) => position > since && (until === undefined || position < until));
  }

  /** An event that cannot be read as of today stops the projections that need it, like one that they cannot apply. */
  private async project(
    { handles, project }: Projection,
    events: readonly RecordedEvent[],
    rows: RowStore,
  ): Promise<void> {
    const handled = events.filter(({ type }) => handles.includes(type)).map((event) => this.registry.upcast(event));
    if (handled.length > 0) await project(handled, rows);
  }

  /** Finds the event by applying the batch one by one, and leaves no trace of that. */
  private async stopAtPoison(projection: Projection, batch: readonly RecordedEvent[], error: unknown): Promise<void> {
    const found = { poison: undefined as RecordedEvent | undefined, error };
    const trial = this.generation.writer.transaction(async (manager) => {
      const rows = new RowStore(manager);
      const due = this.due(projection, batch, (await checkpointsIn(manager)).get(projection.name));
      for (const event of due) {
        found.poison = event;
        await this.project(projection, [event], rows);
      }
      found.poison = due[0];
      throw error;
    });
    await trial.catch((reason: unknown) => Object.assign(found, { error: reason }));
    const position = found.poison?.position ?? START;
    this.stops.set(projection.name, { projection: projection.name, position, reason: String(found.error) });
  }
}

const checkpointsIn = async (manager: EntityManager): Promise<ReadonlyMap<string, Position>> => {
  const stored = await manager.find(Checkpoint);
  return new Map(stored.map(({ projection, position }) => [projection, position]));
};
