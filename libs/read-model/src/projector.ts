import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, Position } from '@app/event-store';
import type { DataSource } from 'typeorm';
import { type BuildOptions, buildGeneration } from './build.js';
import { Checkpoint } from './checkpoint.entity.js';
import { isAway } from './engine-errors.js';
import { fingerprintIn, fingerprintOf } from './generation.js';
import { type LoopProgress, ProjectionLoop } from './projection-loop.js';
import { type Lease, ViewsAway } from './views.js';

/** How often a projector that stands by asks for the lease, and one that leads looks for a newer generation. */
const ASK_EVERY_MS = 400;
const RENEWALS_PER_LEASE = 4;
/** After a failure of the log or the engine, doubled up to the longest. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

export interface ProjectorOptions extends Omit<BuildOptions, 'signal'> {
  /** What this process calls itself. */
  readonly holder: string;
  /** Hears of each committed batch. */
  readonly moved?: (generation: string, progress: LoopProgress) => void;
  /** Hears why leading ended when it was not told to. */
  readonly failed?: (error: unknown) => void;
}

export interface ProjectorState {
  readonly leads: boolean;
  /** Of the lease; 0 while another leads. */
  readonly epoch: number;
  /** Where the generation that is served stands; undefined while there is none. */
  readonly position: Position | undefined;
  /** Instant of recording of the last event applied. */
  readonly recordedAt: string | undefined;
  readonly stopped: number;
  /** Applied since the process began. */
  readonly events: number;
}

/** A generation with its loop. */
interface Served {
  readonly name: string;
  readonly source: DataSource;
  readonly loop: ProjectionLoop;
  /** Resolves with the reason when the loop fails. */
  readonly ended: Promise<Error>;
}

/**
 * Writes the generations of one build: waits for the lease of its fingerprint, opens or builds the newest generation, keeps it current,
 * goes over to a newer one when one was built, and drops what nobody needs. The rest of its kind stand by.
 */
export class Projector {
  private readonly stopping = new AbortController();
  readonly fingerprint: string;
  /** The newest last. */
  private served: readonly Served[] = [];
  private running: Promise<void> | undefined;
  private lease: Lease | undefined;
  private last: LoopProgress | undefined;
  private events = 0;

  constructor(private readonly options: ProjectorOptions) {
    this.fingerprint = fingerprintOf(options.views.projections);
  }

  get state(): ProjectorState {
    const loop = this.served.at(-1)?.loop;
    return {
      leads: this.lease !== undefined,
      epoch: this.lease?.epoch ?? 0,
      position: loop?.position,
      recordedAt: this.last?.recordedAt,
      stopped: loop?.stopped.length ?? 0,
      events: this.events,
    };
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Lets the batch at hand end and gives the lease to whoever waits. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let wait = FIRST_WAIT_MS;
    while (!signal.aborted) {
      try {
        await this.takeAndLead();
        wait = FIRST_WAIT_MS;
        await rest(ASK_EVERY_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.options.failed?.(error);
        await rest(wait, signal);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
  }

  private async takeAndLead(): Promise<void> {
    const { views, holder } = this.options;
    const lease = await views.takeLease(this.fingerprint, holder);
    if (!lease) return;
    this.lease = lease;
    const over = new AbortController();
    const keeping = keep(lease, over);
    try {
      await this.lead(lease, AbortSignal.any([over.signal, this.stopping.signal]));
    } finally {
      this.lease = undefined;
      over.abort();
      await keeping;
      for (const served of this.served) await close(served);
      this.served = [];
      await lease.release().catch(() => undefined);
    }
  }

  private async lead(lease: Lease, signal: AbortSignal): Promise<void> {
    const { views } = this.options;
    const newest = (await views.list(this.fingerprint)).at(-1);
    let next = newest;
    if (newest === undefined || !(await this.serve(newest, lease, signal))) {
      next = await buildGeneration({ ...this.options, signal });
      if (!(await this.serve(next, lease, signal))) throw new Error(`generation ${next} cannot be opened`);
    }
    const sweeping = this.sweepLater(signal);
    while (!signal.aborted) {
      next = await this.follow(signal);
      if (next === undefined) break;
      // One that is not of this log was published by mistake.
      if (await this.serve(next, lease, signal)) sweeping.again();
      else await views.remove(next);
    }
    await sweeping.done();
  }

  /** Until the lease is over or a newer generation is there; answers its name. @throws what made the loop fail */
  private async follow(signal: AbortSignal): Promise<string | undefined> {
    const current = this.served.at(-1);
    while (!signal.aborted && current) {
      const failure = await Promise.race([current.ended, rest(ASK_EVERY_MS, signal)]);
      if (failure) throw failure;
      const newest = (await this.options.views.list(this.fingerprint)).at(-1);
      if (newest !== undefined && newest !== current.name) return newest;
    }
    return undefined;
  }

  /** False for the rows of another log, of a longer one than ours (a restored copy), or tables that cannot be read. */
  private async serve(name: string, { epoch }: Lease, signal: AbortSignal): Promise<boolean> {
    const { store, registry, views, moved, building } = this.options;
    const source = await views.openWriter(name).catch(unreadable);
    if (!source) return false;
    const head = await store.head();
    let isLive = false;
    const report = (progress: LoopProgress) => {
      this.last = progress;
      this.events += progress.events;
      if (isLive) moved?.(name, progress);
      else building?.({ position: progress.position, head });
    };
    const loop = new ProjectionLoop({ store, registry, projections: views.projections, source, epoch, report });
    try {
      if (!(await isOf(source, store, head))) {
        await source.destroy();
        return false;
      }
      await loop.adopt();
      signal.addEventListener('abort', () => void loop.stop(), { once: true });
      await loop.catchUp();
      isLive = true;
    } catch (error) {
      await source.destroy();
      throw error;
    }
    const ended = new Promise<Error>((resolve) => loop.start((error) => resolve(asError(error))));
    this.served = [...this.served, { name, source, loop, ended }];
    moved?.(name, { position: loop.position, recordedAt: '', events: 0, stopped: loop.stopped });
    return true;
  }

  /**
   * Drops replaced generations and those of builds that nobody runs, some time after a newer one is served: queries that began on them end
   * on them, and processes that have not looked yet find them current until then.
   */
  private sweepLater(signal: AbortSignal): { again(): void; done(): Promise<void> } {
    const { keepMs } = this.options.views;
    const sweepOnce = async () => {
      await rest(keepMs.replaced, signal);
      if (!signal.aborted) await this.sweep().catch((error: unknown) => this.options.failed?.(error));
    };
    let sweeping = sweepOnce();
    return {
      again: () => {
        sweeping = sweeping.then(sweepOnce);
      },
      done: () => sweeping,
    };
  }

  private async sweep(): Promise<void> {
    const { views } = this.options;
    const current = this.served.at(-1);
    for (const replaced of this.served.slice(0, -1)) await close(replaced);
    this.served = this.served.slice(-1);
    for (const name of await views.list()) {
      const owner = fingerprintIn(name);
      const isOld =
        owner === this.fingerprint
          ? current !== undefined && name !== current.name && isOlder(name, current.name)
          : (await views.orphanedForMs(owner)) > views.keepMs.orphans;
      if (isOld) await views.remove(name);
    }
  }
}

const isOlder = (one: string, other: string): boolean => Number(one.split('-')[1]) < Number(other.split('-')[1]);

/** Renews a lease until it is over; when it cannot be renewed in time, it is. */
const keep = async (lease: Lease, over: AbortController): Promise<void> => {
  const { ttlMs } = lease;
  if (ttlMs === undefined) return;
  let goodUntil = performance.now() + ttlMs;
  while (!over.signal.aborted) {
    await rest(ttlMs / RENEWALS_PER_LEASE, over.signal);
    if (over.signal.aborted) return;
    const asked = performance.now();
    const isRenewed = await lease.renew().catch(() => undefined);
    if (isRenewed) goodUntil = asked + ttlMs;
    if (isRenewed === false || performance.now() > goodUntil) over.abort();
  }
};

const close = async ({ loop, source }: Served): Promise<void> => {
  await loop.stop();
  if (source.isInitialized) await source.destroy().catch(() => undefined);
};

/** Whether the rows stem from this log, and from nothing after its end. */
const isOf = async (source: DataSource, { storeId }: EventStore, head: Position): Promise<boolean> => {
  const checkpoints = await source.manager.find(Checkpoint);
  return checkpoints.every((row) => row.storeId === storeId && row.position <= head);
};

/** Tables that cannot be read are built anew; an engine that is away is waited for. */
const unreadable = (error: unknown): undefined => {
  if (error instanceof ViewsAway || (isAway(error) && !isDamaged(error))) throw error;
  return undefined;
};

const isDamaged = (error: unknown): boolean =>
  /SQLITE_(NOTADB|CORRUPT)/.test(String((error as { code?: unknown }).code));

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('the projection loop failed', { cause: error });

const rest = async (ms: number, signal: AbortSignal): Promise<undefined> => {
  await pause(ms, undefined, { signal }).catch(() => undefined);
};
