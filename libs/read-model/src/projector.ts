import { setTimeout as pause } from 'node:timers/promises';
import { type Position, START } from '@app/event-store';
import type { DataSource } from 'typeorm';
import { type BuildOptions, buildGeneration } from './build.js';
import { Checkpoint } from './checkpoint.entity.js';
import { isAway, isDamaged } from './engine-errors.js';
import { fingerprintIn, fingerprintOf } from './generation.js';
import { type LoopProgress, ProjectionLoop } from './projection-loop.js';
import { type Lease, ViewsAway } from './views.js';

/** How often a projector that stands by asks for the lease, and one that leads looks for a newer generation. */
const ASK_EVERY_MS = 400;
const RENEWALS_PER_LEASE = 4;
/** After a failure of the log or the engine, doubled up to the longest. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** How often the leader looks for what nobody needs. */
const SWEEP_EVERY_MS = 2_000;

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
  readonly stopped: number;
  /** Applied since the process began. */
  readonly events: number;
  /** It could neither lead nor stand by when it last tried. */
  readonly isFailing: boolean;
}

/** A generation with its loop. */
interface Served {
  readonly name: string;
  readonly source: DataSource;
  readonly loop: ProjectionLoop;
  /** Aborted with the reason when the loop fails. */
  readonly failed: AbortSignal;
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
  private events = 0;
  private isFailing = false;
  /** A generation found broken while it was served: it is not opened again. */
  private broken: string | undefined;

  constructor(private readonly options: ProjectorOptions) {
    this.fingerprint = fingerprintOf(options.views.projections);
  }

  get state(): ProjectorState {
    const loop = this.served.at(-1)?.loop;
    return {
      leads: this.lease !== undefined,
      epoch: this.lease?.epoch ?? 0,
      position: loop?.position,
      stopped: loop?.stopped.length ?? 0,
      events: this.events,
      isFailing: this.isFailing,
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
      const began = performance.now();
      try {
        await this.takeAndLead();
        this.isFailing = false;
        await rest(ASK_EVERY_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.isFailing = true;
        // What went well for a while fails anew, not again.
        if (performance.now() - began > LONGEST_WAIT_MS) wait = FIRST_WAIT_MS;
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
    const signal = AbortSignal.any([over.signal, this.stopping.signal]);
    const besides = [keep(lease, over)];
    try {
      await this.begin(lease, signal);
      this.isFailing = false;
      besides.push(this.sweepUntil(signal));
      await this.lead(lease, signal);
    } finally {
      this.lease = undefined;
      over.abort();
      await Promise.all(besides);
      for (const served of this.served) await close(served);
      this.served = [];
      await lease.release().catch(() => undefined);
    }
  }

  /** Serves the newest generation, or builds one. */
  private async begin(lease: Lease, signal: AbortSignal): Promise<void> {
    const { views } = this.options;
    const newest = (await views.list(this.fingerprint)).at(-1);
    if (newest !== undefined && newest !== this.broken && (await this.serve(newest, lease, signal))) return;
    const built = await buildGeneration({ ...this.options, signal });
    if (!(await this.serve(built, lease, signal))) throw new Error(`generation ${built} cannot be opened`);
    // No reader of ours went over to rows of another log, or to none that can be read.
    if (newest !== undefined) await views.remove(newest);
  }

  /** Goes over to every newer generation, until the lease is over. @throws what made a loop fail */
  private async lead(lease: Lease, signal: AbortSignal): Promise<void> {
    for (;;) {
      const newer = await this.newer(signal);
      if (newer === undefined) return;
      // One that is not of this log was published by mistake.
      if (!(await this.serve(newer, lease, signal))) await this.options.views.remove(newer);
    }
  }

  /** Until the lease is over or a newer generation is there; answers its name. @throws what made the loop fail */
  private async newer(signal: AbortSignal): Promise<string | undefined> {
    const current = this.served.at(-1);
    if (!current) return undefined;
    const woken = AbortSignal.any([signal, current.failed]);
    for (;;) {
      await rest(ASK_EVERY_MS, woken);
      if (signal.aborted) return undefined;
      if (current.failed.aborted) {
        if (isDamaged(current.failed.reason)) this.broken = current.name;
        throw current.failed.reason;
      }
      const names = await this.options.views.list(this.fingerprint);
      const newest = names.at(-1);
      if (newest !== undefined && isOlder(current.name, newest)) return newest;
      if (!names.includes(current.name)) throw new Error(`generation ${current.name} was dropped`);
    }
  }

  /** False for the rows of another log, of a longer one than ours (a restored copy), or tables that cannot be read. */
  private async serve(name: string, { epoch }: Lease, signal: AbortSignal): Promise<boolean> {
    const { store, registry, views, moved, building } = this.options;
    const source = await views.openWriter(name).catch(unreadable);
    if (!source) return false;
    let head = START;
    let isLive = false;
    const report = (progress: LoopProgress) => {
      this.events += progress.events;
      if (isLive) moved?.(name, progress);
      else building?.({ position: progress.position, head });
    };
    const loop = new ProjectionLoop({ store, registry, projections: views.projections, source, epoch, report });
    try {
      const checkpoints = await source.manager.find(Checkpoint);
      // Asked after the rows, which another may still be writing.
      head = await store.head();
      if (!checkpoints.every((row) => row.storeId === store.storeId && row.position <= head)) {
        await source.destroy();
        return false;
      }
      await loop.adopt();
      signal.addEventListener('abort', () => void loop.stop(), { once: true });
      if (!signal.aborted) await loop.catchUp();
      isLive = true;
    } catch (error) {
      await source.destroy();
      if (isDamaged(error)) return false;
      throw error;
    }
    const failing = new AbortController();
    loop.start((error) => failing.abort(asError(error)));
    this.served = [...this.served, { name, source, loop, failed: failing.signal }];
    moved?.(name, { position: loop.position, events: 0, stopped: loop.stopped });
    return true;
  }

  /**
   * Drops replaced generations and those of builds that nobody runs, some time after a newer one is served: queries that began on them end
   * on them, and processes that have not looked yet find them current until then.
   */
  private async sweepUntil(signal: AbortSignal): Promise<void> {
    const replaced = new Map<string, number>();
    while (!signal.aborted) {
      await this.sweep(replaced).catch((error: unknown) => this.complain(error));
      await rest(SWEEP_EVERY_MS, signal);
    }
  }

  /** `replaced` tells since when each was seen to be. */
  private async sweep(replaced: Map<string, number>): Promise<void> {
    const { views } = this.options;
    for (const name of await views.list()) {
      if (!(await this.isNeedless(name, replaced))) continue;
      await this.serveNoMore(name);
      await views.remove(name).catch((error: unknown) => this.complain(error));
    }
  }

  private async isNeedless(name: string, replaced: Map<string, number>): Promise<boolean> {
    const { keepMs } = this.options.views;
    const owner = fingerprintIn(name);
    if (owner !== this.fingerprint) return (await this.options.views.orphanedForMs(owner)) > keepMs.orphans;
    const current = this.served.at(-1);
    if (!current || !isOlder(name, current.name)) return false;
    const since = replaced.get(name) ?? performance.now();
    replaced.set(name, since);
    return performance.now() - since >= keepMs.replaced;
  }

  /** Not of one that is read still, nor of an engine that is away: the next round comes. */
  private complain(error: unknown): void {
    if (!(error instanceof ViewsAway)) this.options.failed?.(error);
  }

  private async serveNoMore(name: string): Promise<void> {
    const served = this.served.find((each) => each.name === name);
    this.served = this.served.filter((each) => each !== served);
    if (served) await close(served);
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
    const isRenewed = await within(goodUntil - asked, lease.renew());
    if (isRenewed) goodUntil = asked + ttlMs;
    if (isRenewed === false || performance.now() >= goodUntil) over.abort();
  }
};

/** Undefined when the answer fails or is late: a server that says nothing must not keep us waiting. */
const within = async <Answer>(ms: number, answer: Promise<Answer>): Promise<Answer | undefined> => {
  const timer = new AbortController();
  const late = pause(Math.max(0, ms), undefined, { signal: timer.signal }).catch(() => undefined);
  const first = await Promise.race([answer.catch(() => undefined), late]);
  timer.abort();
  return first;
};

const close = async ({ loop, source }: Served): Promise<void> => {
  await loop.stop();
  if (source.isInitialized) await source.destroy().catch(() => undefined);
};

/** Tables that cannot be read are built anew; an engine that is away is waited for. */
const unreadable = (error: unknown): undefined => {
  if (error instanceof ViewsAway || (isAway(error) && !isDamaged(error))) throw error;
  return undefined;
};

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('the projection loop failed', { cause: error });

const rest = async (ms: number, signal: AbortSignal): Promise<undefined> => {
  await pause(ms, undefined, { signal }).catch(() => undefined);
};
