import { type EventRegistry, type EventStore, type Position, type RecordedEvent, START } from '@app/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import { Checkpoint, LOOP } from './checkpoint.entity.js';
import { isAway } from './engine-errors.js';
import type { Projection } from './projection.js';
import { RowStore } from './row-store.js';

/** Live, requests share the process: small batches, and the event loop is free between them. Building, nobody waits. */
const LIVE_BATCH = 200;
const BUILD_BATCH = 4_000;

export interface StoppedProjection {
  readonly projection: string;
  /** The event it could not apply. Its rows hold everything before that event and nothing from it on. */
  readonly position: Position;
  readonly reason: string;
}

/** Another writer took the generation over: this one writes no more. */
export class Fenced extends Error {
  constructor(epoch: number) {
    super(`another projector leads; the lease of epoch ${epoch} is over`);
    this.name = 'Fenced';
  }
}

interface LoopOptions {
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly projections: readonly Projection[];
  /** The generation's one writer. */
  readonly source: DataSource;
  /** Of the lease under which it writes; a draft has none. */
  readonly epoch?: number;
  /** Hears of each batch when it is committed. */
  readonly report?: (progress: LoopProgress) => void;
}

export interface LoopProgress {
  readonly position: Position;
  readonly events: number;
  readonly stopped: readonly StoppedProjection[];
}

/**
 * Carries the log into the read tables: each batch and its checkpoints commit together. An event that a projection cannot apply stops
 * that projection at its place, visibly, and no other; nothing is skipped. What the engine itself cannot do just now ends the loop.
 */
export class ProjectionLoop {
  private readonly stops = new Map<string, StoppedProjection>();
  private readonly abort = new AbortController();
  private readonly epoch: number;
  private running: Promise<void> | undefined;
  private reached: Position = START;
  /** How far the tables are known to have come: a projection that is tried again takes no reader back. */
  private shown: Position = START;

  constructor(private readonly options: LoopOptions) {
    this.epoch = options.epoch ?? 0;
  }

  /** How far every running projection has come: their rows are committed up to here, or further. */
  get position(): Position {
    return this.reached;
  }

  get stopped(): readonly StoppedProjection[] {
    return [...this.stops.values()];
  }

  /**
   * Makes the generation this loop's own: writers of earlier leases match no row from now on. Stopped projections are tried again.
   * @throws Fenced when a later lease has it already
   */
  async adopt(): Promise<void> {
    const { projections, store } = this.options;
    await this.options.source.transaction(async (manager) => {
      const there = new Set((await manager.find(Checkpoint)).map(({ projection }) => projection));
      const missing = [LOOP, ...projections.map(({ name }) => name)].filter((name) => !there.has(name));
      await manager.insert(
        Checkpoint,
        missing.map((projection) => startOf(projection, store.storeId)),
      );
      const row = await manager.findOneByOrFail(Checkpoint, { projection: LOOP });
      if (row.epoch > this.epoch) throw new Fenced(this.epoch);
      // The old epoch is named, so that of two who adopt at once one finds no row.
      const named = { projection: LOOP, epoch: row.epoch };
      const { affected } = await manager.update(Checkpoint, named, { epoch: this.epoch });
      if (affected !== 1) throw new Fenced(this.epoch);
      await manager.createQueryBuilder().update(Checkpoint).set({ stoppedBy: null, stoppedAt: null }).execute();
    });
  }

  /** Catches up with the log's present end, or with a position before it. */
  async catchUp(until?: Position): Promise<void> {
    const checkpoints = await checkpointsIn(this.options.source.manager);
    this.shown = checkpoints.get(LOOP)?.position ?? START;
    const positions = this.options.projections.map(({ name }) => checkpoints.get(name)?.position ?? START);
    this.reached = positions.sort()[0] ?? this.shown;
    const head = until ?? (await this.options.store.head());
    while (this.reached < head && !this.abort.signal.aborted) {
      const read = await this.options.store.readAll(this.reached, BUILD_BATCH);
      const batch = until === undefined ? read : read.filter(({ position }) => position <= until);
      if (batch.length === 0) return;
      await this.apply(batch);
      await new Promise(setImmediate);
    }
  }

  /** Follows the log until `stop`. A failure of the store or the engine ends it, and `ended` hears why. */
  start(ended: (error: unknown) => void): void {
    this.running = this.follow().catch(ended);
  }

  /** Resolves when the batch at hand is committed. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async follow(): Promise<void> {
    for await (const batch of this.options.store.subscribe(this.reached, this.abort.signal, LIVE_BATCH)) {
      await this.apply(batch);
      await new Promise(setImmediate);
      if (this.abort.signal.aborted) return;
    }
    if (!this.abort.signal.aborted) throw new Error('the log ended its subscription');
  }

  private async apply(batch: readonly RecordedEvent[]): Promise<void> {
    const last = batch.at(-1);
    if (!last) return;
    const position = last.position > this.shown ? last.position : this.shown;
    // Every round that fails stops one projection, and a stopped one no longer meets the event that stopped it.
    while (!(await this.commit(batch, position)));
    this.reached = last.position;
    this.shown = position;
    this.options.report?.({ position, events: batch.length, stopped: this.stopped });
  }

  /** One transaction for all projections; false when one of them could not apply the batch and was stopped. */
  private async commit(batch: readonly RecordedEvent[], until: Position): Promise<boolean> {
    const { source, projections } = this.options;
    let current: Projection | undefined;
    try {
      await source.transaction(async (manager) => {
        await this.fence(manager, until);
        const rows = new RowStore(manager);
        const checkpoints = await checkpointsIn(manager);
        const moved: Checkpoint[] = [];
        for (const projection of projections) {
          current = projection;
          const after = await this.step(projection, batch, { rows, checkpoint: checkpoints.get(projection.name) });
          current = undefined;
          if (after) moved.push(after);
        }
        await rows.upsert(Checkpoint, moved);
      });
      return true;
    } catch (error) {
      if (!current || isAway(error)) throw error;
      await this.stopAtPoison(current, batch, error);
      return false;
    }
  }

  /** First of all, so that a writer whose lease is over waits for nothing and changes nothing. */
  private async fence(manager: EntityManager, position: Position): Promise<void> {
    const own = { projection: LOOP, epoch: this.epoch };
    const { affected } = await manager.update(Checkpoint, own, { position });
    if (affected !== 1) throw new Fenced(this.epoch);
  }

  /** Applies what is due to one projection; answers its checkpoint when that changes. */
  private async step(
    projection: Projection,
    batch: readonly RecordedEvent[],
    { rows, checkpoint }: { readonly rows: RowStore; readonly checkpoint: Checkpoint | undefined },
  ): Promise<Checkpoint | undefined> {
    const { position = START, stoppedBy = null } = checkpoint ?? {};
    const due = this.due(projection, batch, position);
    const stop = this.stops.get(projection.name) ?? RUNNING;
    const last = due.at(-1);
    if (last) await this.project(projection, due, rows);
    else if (stop.reason === stoppedBy) return undefined;
    return Object.assign(startOf(projection.name, this.options.store.storeId), {
      position: last?.position ?? position,
      stoppedBy: stop.reason,
      stoppedAt: stop.position,
    });
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
    const { registry } = this.options;
    const handled = events.filter(({ type }) => handles.includes(type)).map((event) => registry.upcast(event));
    if (handled.length > 0) await project(handled, rows);
  }

  /** Finds the event by applying the batch one by one, and leaves no trace of that. */
  private async stopAtPoison(projection: Projection, batch: readonly RecordedEvent[], error: unknown): Promise<void> {
    const found = { poison: undefined as RecordedEvent | undefined, error };
    const trial = this.options.source.transaction(async (manager) => {
      const rows = new RowStore(manager);
      const due = this.due(projection, batch, (await checkpointsIn(manager)).get(projection.name)?.position);
      for (const event of due) {
        found.poison = event;
        await this.project(projection, [event], rows);
      }
      found.poison = due[0];
      throw error;
    });
    await trial.catch((reason: unknown) => Object.assign(found, { error: reason }));
    if (isAway(found.error)) throw found.error;
    const position = found.poison?.position ?? START;
    this.stops.set(projection.name, { projection: projection.name, position, reason: String(found.error) });
  }
}

const RUNNING = { reason: null, position: null };

const startOf = (projection: string, storeId: string): Checkpoint => ({
  projection,
  position: START,
  storeId,
  epoch: 0,
  stoppedBy: null,
  stoppedAt: null,
});

const checkpointsIn = async (manager: EntityManager): Promise<ReadonlyMap<string, Checkpoint>> => {
  const stored = await manager.find(Checkpoint);
  return new Map(stored.map((checkpoint) => [checkpoint.projection, checkpoint]));
};
