import { type EventRegistry, type EventStore, type Position, START } from '@app/event-store';
import { ruleBook } from '@app/kernel';
import { Checkpoint } from './checkpoint.entity.js';
import { Generation, type SnapshotQuery, fingerprintOf, generationsIn, removeGeneration } from './generation.js';
import type { Projection } from './projection.js';
import { ProjectionLoop, type StoppedProjection } from './projection-loop.js';

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
});

export interface BuildProgress {
  readonly position: Position;
  readonly head: Position;
}

/** The read side of one process: opens or builds the generation of its fingerprint, keeps it current, answers queries from it. */
export class ReadModels {
  /** How long a reader waits for the position it asks for. */
  waitMs = 5_000;
  private loop: ProjectionLoop | undefined;
  private generation: Generation | undefined;
  private failure: Error | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly registry: EventRegistry,
    private readonly projections: readonly Projection[],
    private readonly folder: string,
  ) {}

  /** Ready once the read tables have caught up with the log; until then nothing answers. */
  async open(report: (progress: BuildProgress) => void = () => {}): Promise<void> {
    const head = await this.store.head();
    const told = (position: Position) => report({ position, head });
    const generation = (await this.openPresent()) ?? (await this.build(told));
    try {
      const loop = new ProjectionLoop(this.store, this.registry, generation, this.projections);
      await loop.catchUp(told);
      loop.start((error) => {
        this.failure = error instanceof Error ? error : new Error('the projection loop failed', { cause: error });
      });
      this.loop = loop;
    } catch (error) {
      await generation.close();
      throw error;
    }
    this.generation = generation;
    for (const old of generationsIn(this.folder)) if (old !== generation.name) removeGeneration(this.folder, old);
  }

  /** Waits for the batch and the queries at hand. */
  async close(): Promise<void> {
    const { loop, generation } = this;
    this.loop = undefined;
    this.generation = undefined;
    await loop?.stop();
    await generation?.close();
  }

  /** What a reviewer must know before trusting a figure: projections that stopped, or a loop that failed. */
  get alarms(): ReadonlyArray<StoppedProjection | { readonly reason: string }> {
    const failed = this.failure === undefined ? [] : [{ reason: this.failure.message }];
    return [...(this.loop?.stopped ?? []), ...failed];
  }

  /** Kinds of records there are: each has a projection named after it. */
  get recordKinds(): readonly string[] {
    return this.projections.flatMap(({ name }) => (name.startsWith('record-') ? [name.slice('record-'.length)] : []));
  }

  get ready(): boolean {
    return this.loop !== undefined && this.failure === undefined;
  }

  /** The position as it is given outside: `<storeId>.<hex>`. */
  token(position: Position = this.loop?.position ?? START): string {
    return `${this.store.storeId}.${position}`;
  }

  /**
   * Runs a query in one snapshot; the query is told the position whose rows it sees.
   * @param after position token the answer must include; waits for it
   * @throws Refusal C-6, C-7, C-8
   */
  async read<Result>(query: SnapshotQuery<Result>, after?: string): Promise<Result> {
    if (after !== undefined) await this.waitFor(after);
    if (!this.generation) throw readRule('C-7');
    return this.generation.read(query);
  }

  /** @throws Refusal C-6, C-7, C-8 */
  async waitFor(token: string): Promise<void> {
    const match = /^([0-9a-f]{16})\.([0-9a-f]{32})$/.exec(token);
    if (!match) throw readRule('C-8', {}, { field: 'after' });
    if (match[1] !== this.store.storeId) throw readRule('C-6');
    if (!(await this.loop?.waitFor(match[2] as string, this.waitMs))) throw readRule('C-7');
  }

  /**
   * How far the read tables have come, or a little less: it moves after the rows. So what a read that begins now finds may be remembered
   * under it until it changes; the position of the rows themselves is the one `read` tells.
   */
  get position(): Position {
    return this.loop?.position ?? START;
  }

  private async openPresent(): Promise<Generation | undefined> {
    const newest = generationsIn(this.folder, fingerprintOf(this.projections)).at(-1);
    return newest === undefined ? undefined : this.openIfOurs(newest);
  }

  /** Fills a draft from the whole log and opens it. What was appended meanwhile follows in the normal way. */
  private async build(report: (position: Position) => void): Promise<Generation> {
    const fingerprint = fingerprintOf(this.projections);
    const newest = generationsIn(this.folder, fingerprint).at(-1);
    const name = `${fingerprint}-${Number(newest?.split('-')[1] ?? 0) + 1}`;
    const draft = await Generation.draft(this.folder, name, this.projections);
    try {
      await new ProjectionLoop(this.store, this.registry, draft, this.projections).catchUp(report);
    } finally {
      await draft.close();
    }
    Generation.publish(this.folder, name);
    return Generation.open(this.folder, name, this.projections);
  }

  /** Undefined for the rows of another log, of a longer one than ours (a restored copy), or a file that cannot be read: it is built anew. */
  private async openIfOurs(name: string): Promise<Generation | undefined> {
    const generation = await Generation.open(this.folder, name, this.projections).catch(() => undefined);
    if (!generation) return undefined;
    const checkpoints = await generation.writer.manager.find(Checkpoint);
    const head = await this.store.head();
    if (checkpoints.every(({ storeId, position }) => storeId === this.store.storeId && position <= head))
      return generation;
    await generation.close();
    return undefined;
  }
}
