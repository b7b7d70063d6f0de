import { setTimeout as pause } from 'node:timers/promises';
import { type EventRegistry, type EventStore, type Position, START } from '@app/event-store';
import { ruleBook } from '@app/kernel';
import type { BuildProgress } from './build.js';
import { fingerprintOf, standingOf } from './generation.js';
import type { Projection } from './projection.js';
import type { LoopProgress, StoppedProjection } from './projection-loop.js';
import { Projector, type ProjectorState } from './projector.js';
import { SqliteViews } from './sqlite-views.js';
import { ReadTimeout, type Reader, type SnapshotQuery, type Views, ViewsAway } from './views.js';

export const readRule = ruleBook({
  'C-6': {
    clause: 'ADR 0002',
    zh: '位置标记属于另一账本，请重新读取',
    en: 'the position token belongs to another log; read again',
  },
  'C-7': {
    clause: 'ADR 0002',
    zh: '读模型尚未更新到所要求的位置，请稍后重试',
    en: 'the read model has not reached the position asked for; try again shortly',
    kind: 'busy',
  },
  'C-8': { clause: 'ADR 0002', zh: '位置标记格式不对', en: 'the position token is malformed', kind: 'malformed' },
  'C-79': {
    clause: 'ADR 0017',
    zh: '查询用时超过上限，请缩小范围后重试',
    en: 'the query took longer than is allowed; narrow it and try again',
    kind: 'busy',
  },
});

/** How often a process looks how far the projector of another has come: while somebody waits for it, and else. */
const WATCH_EVERY_MS = 15;
const LOOK_EVERY_MS = 250;
/** How often it looks for a newer generation, at most. */
const LIST_EVERY_MS = 500;
/** How long a command waits for the projector of another process. */
const WAIT_FOR_OTHERS_MS = 60_000;
/** A lease that was free for so long has nobody waiting for it. */
const ORPHANED_MS = 15_000;

interface ReadModelsOptions {
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly views: Views;
  /** What this process calls itself. */
  readonly holder: string;
  /** False where other processes write the read tables, or a thread that tells of it by `moved`. */
  readonly projects: boolean;
  /** Hears of failures that pass: the log or the engine was away for a while. */
  readonly failed?: (error: unknown) => void;
}

export type Alarm = StoppedProjection | { readonly reason: string };

interface Waiter {
  readonly position: Position;
  readonly settle: (isReached: boolean) => void;
}

/**
 * The read side of one process: answers queries from the newest generation of its own fingerprint, whoever writes it, and knows how far
 * that has come. Where it projects itself, it hears of each batch at once.
 */
export class ReadModels {
  /** How long a reader waits for the position it asks for. */
  waitMs = 5_000;
  /** Of the projection versions: which build's read models these are. */
  readonly fingerprint: string;
  private readonly waiters = new Set<Waiter>();
  private readonly closing = new AbortController();
  private projector: Projector | undefined;
  private thread: ProjectorState | undefined;
  private current: Reader | undefined;
  private reached: Position = START;
  private stopped: readonly StoppedProjection[] = [];
  private failure: Error | undefined;
  /** The generation of which the projector of this process, or of its thread, has told last. */
  private told: string | undefined;
  private isOrphaned = false;
  private orphanedSince: number | undefined;
  /** Since when the log has more than the rows, and where they stood. */
  private behind: { readonly reached: Position; readonly since: number } | undefined;
  private listedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;
  private following: Promise<void> | undefined;
  /** Ends the pause between two looks. */
  private waking = new AbortController();

  constructor(private readonly options: ReadModelsOptions) {
    this.fingerprint = fingerprintOf(options.views.projections);
  }

  /**
   * Ready once there is a generation that holds the log's present end; until then nothing answers.
   * @throws what keeps its own projector from building one; Error when no other process has built one in time
   */
  async open(report: (progress: BuildProgress) => void = () => {}): Promise<void> {
    const { store, projects } = this.options;
    const head = await store.head();
    const failed = projects ? this.project(report) : new Promise<never>(() => {});
    this.openLater();
    try {
      const isReady = await Promise.race([this.reach(head, projects ? undefined : WAIT_FOR_OTHERS_MS), failed]);
      if (!isReady) throw new Error(NOBODY_LEADS);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Begins to follow what other processes write; ready as soon as one of them has built a generation. */
  openLater(): void {
    this.following ??= this.follow();
  }

  /** Waits for the batch and the queries at hand. */
  async close(): Promise<void> {
    const { current, projector } = this;
    this.current = undefined;
    this.closing.abort();
    this.waking.abort();
    for (const { settle } of [...this.waiters]) settle(false);
    await projector?.stop();
    await this.following;
    await this.looking?.catch(() => undefined);
    await (this.current ?? current)?.close();
    this.current = undefined;
  }

  /** What a reviewer must know before trusting a figure: projections that stopped, or a projector that failed or is missing. */
  get alarms(): readonly Alarm[] {
    const failed = this.failure === undefined ? [] : [{ reason: this.failure.message }];
    const orphaned = this.isOrphaned && !this.projector?.state.leads ? [{ reason: NOBODY_LEADS }] : [];
    const standsStill = this.behind?.reached === this.reached && performance.now() - this.behind.since > ORPHANED_MS;
    const behind = standsStill ? [{ reason: BEHIND }] : [];
    return [...this.stopped, ...failed, ...orphaned, ...behind];
  }

  /** Kinds of records there are: each has a projection named after it. */
  get recordKinds(): readonly string[] {
    return this.options.views.projections.flatMap(({ name }) =>
      name.startsWith('record-') ? [name.slice('record-'.length)] : [],
    );
  }

  get ready(): boolean {
    return this.current !== undefined;
  }

  /** Of the projector in this process, if it has one. */
  get projecting(): ProjectorState | undefined {
    return this.projector?.state ?? this.thread;
  }

  /** What the projector in a thread of this process says of itself. */
  set projecting(state: ProjectorState | undefined) {
    this.thread = state;
  }

  /** The position as it is given outside: `<storeId>.<hex>`. */
  token(position: Position = this.reached): string {
    return `${this.options.store.storeId}.${position}`;
  }

  /**
   * Runs a query in one snapshot; the query is told the position whose rows it sees.
   * @param after position token the answer must include; waits for it
   * @throws Refusal C-6, C-7, C-8, C-79
   */
  async read<Result>(query: SnapshotQuery<Result>, after?: string): Promise<Result> {
    if (after !== undefined) await this.waitFor(after);
    try {
      return await this.readOnwards(query);
    } catch (error) {
      if (error instanceof ReadTimeout) throw Object.assign(readRule('C-79'), { cause: error });
      if (!(error instanceof ViewsAway)) throw error;
      this.listedAt = Number.NEGATIVE_INFINITY;
      throw Object.assign(readRule('C-7'), { cause: error });
    }
  }

  /** Never behind what this process has shown before: a new generation may be a moment behind the one it replaces. */
  private async readOnwards<Result>(query: SnapshotQuery<Result>): Promise<Result> {
    const shown = this.reached;
    const until = performance.now() + this.waitMs;
    for (;;) {
      if (!this.current) throw readRule('C-7');
      const answer = await this.current.read(async (manager, position) => {
        if (position < shown) return undefined;
        this.advance(position, this.stopped);
        return { result: await query(manager, position) };
      });
      if (answer) return answer.result;
      if (performance.now() > until) throw readRule('C-7');
      await pause(WATCH_EVERY_MS);
    }
  }

  /** @throws Refusal C-6, C-7, C-8 */
  async waitFor(token: string): Promise<void> {
    const match = /^([0-9a-f]{16})\.([0-9a-f]{32})$/.exec(token);
    if (!match) throw readRule('C-8', {}, { field: 'after' });
    if (match[1] !== this.options.store.storeId) throw readRule('C-6');
    if (!this.current || !(await this.reach(match[2] as Position, this.waitMs))) throw readRule('C-7');
  }

  /**
   * How far the read tables have come, or a little less: it moves after the rows. So what a read that begins now finds may be remembered
   * under it until it changes; the position of the rows themselves is the one `read` tells.
   */
  get position(): Position {
    return this.reached;
  }

  /** What the projector of this process, or of its thread, has just committed. */
  moved(generation: string, { position, stopped }: Pick<LoopProgress, 'position' | 'stopped'>): void {
    this.failure = undefined;
    this.told = generation;
    if (this.current?.name === generation) this.advance(position, stopped);
    else {
      this.listedAt = Number.NEGATIVE_INFINITY;
      void this.look().catch(() => undefined);
    }
  }

  /** Starts the own projector; rejects with its first failure. */
  private project(building: (progress: BuildProgress) => void): Promise<never> {
    const { store, registry, views, holder } = this.options;
    return new Promise((_resolve, reject) => {
      const failed = (error: unknown) => {
        this.failure = error instanceof Error ? error : new Error('the projector failed', { cause: error });
        this.options.failed?.(error);
        reject(this.failure);
      };
      const moved = (name: string, progress: LoopProgress) => this.moved(name, progress);
      this.projector = new Projector({ store, registry, views, holder, building, moved, failed });
      this.projector.start();
    });
  }

  /** Resolves true once the position is reached, false when it is not within the time. */
  private async reach(position: Position, withinMs?: number): Promise<boolean> {
    if (this.current && this.reached >= position) return true;
    return new Promise((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(() => settle(false), withinMs);
      const settle = (isReached: boolean) => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        resolve(isReached);
      };
      const waiter = { position, settle };
      if (this.waiters.size === 0) this.waking.abort();
      this.waiters.add(waiter);
    });
  }

  private advance(position: Position, stopped: readonly StoppedProjection[]): void {
    // A look that began before the last batch says nothing new.
    if (position < this.reached) return;
    this.stopped = stopped;
    this.reached = position;
    for (const waiter of [...this.waiters]) if (waiter.position <= this.reached) waiter.settle(true);
  }

  private async follow(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      if (!this.isTold) await this.look().catch((error: unknown) => this.options.failed?.(error));
      const wait = this.waiters.size > 0 ? WATCH_EVERY_MS : LOOK_EVERY_MS;
      this.waking = new AbortController();
      if (!signal.aborted) await pause(wait, undefined, this.waking).catch(() => undefined);
    }
  }

  /** The own projector tells of each batch of the generation that is read. */
  private get isTold(): boolean {
    return this.projector?.state.leads === true && this.current !== undefined && this.current.name === this.told;
  }

  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    if (performance.now() - this.listedAt > LIST_EVERY_MS) await this.lookForNewer();
    const { current } = this;
    if (!current) return;
    const { position, stopped } = await current.read(standingOf);
    if (this.current === current) this.advance(position, stopped);
  }

  private async lookForNewer(): Promise<void> {
    const { views } = this.options;
    const newest = (await views.list(this.fingerprint)).at(-1);
    if (newest !== undefined && newest !== this.current?.name) await this.goOverTo(newest);
    this.listedAt = performance.now();
    await this.lookWhetherBehind();
    if (this.projector?.state.leads) return;
    await this.lookWhetherOrphaned();
  }

  private async lookWhetherOrphaned(): Promise<void> {
    const orphanedForMs = await this.options.views.orphanedForMs(this.fingerprint);
    // One that never had a projector may just be getting its first.
    this.orphanedSince = orphanedForMs === 0 ? undefined : (this.orphanedSince ?? performance.now());
    const seenForMs = performance.now() - (this.orphanedSince ?? performance.now());
    this.isOrphaned = (Number.isFinite(orphanedForMs) ? orphanedForMs : seenForMs) > ORPHANED_MS;
    // Another leads: that this process once could not is over.
    if (orphanedForMs === 0) this.failure = undefined;
  }

  /** Whoever leads may hang: what counts is that the rows move while the log has more. */
  private async lookWhetherBehind(): Promise<void> {
    const { reached } = this;
    if ((await this.options.store.head()) <= reached) this.behind = undefined;
    else if (this.behind?.reached !== reached) this.behind = { reached, since: performance.now() };
  }

  /** Never back in time, and never to the rows of another log. */
  private async goOverTo(name: string): Promise<void> {
    const { store, views } = this.options;
    const reader = await views.openReader(name);
    const standing = await reader.read(standingOf).catch(() => undefined);
    const head = await store.head().catch(() => START);
    const isOurs =
      standing?.storeId === store.storeId && standing.position >= this.reached && standing.position <= head;
    if (!isOurs || this.closing.signal.aborted) return reader.close();
    const { current } = this;
    this.current = reader;
    this.advance(standing.position, standing.stopped);
    // Queries that began on the replaced one end on it.
    void current?.close().catch(() => undefined);
  }
}

const BEHIND = '读模型落后于日志且没有前进 / the read models are behind the log and do not move';
const NOBODY_LEADS = '没有投影进程在更新读模型 / no projector keeps the read models current';

/** The read side of one machine: files in a folder, written by this process. */
export const embeddedReadModels = (
  store: EventStore,
  registry: EventRegistry,
  projections: readonly Projection[],
  folder: string,
): ReadModels => {
  const views = new SqliteViews(folder, projections);
  return new ReadModels({ store, registry, views, holder: `${process.pid}`, projects: true });
};
