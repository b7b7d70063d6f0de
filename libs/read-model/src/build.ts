import type { EventRegistry, EventStore, Position } from '@app/event-store';
import { ProjectionLoop } from './projection-loop.js';
import { fingerprintOf } from './generation.js';
import type { Draft, Views } from './views.js';

export interface BuildProgress {
  readonly position: Position;
  readonly head: Position;
}

export interface BuildOptions {
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly views: Views;
  readonly signal?: AbortSignal;
  readonly building?: (progress: BuildProgress) => void;
}

/**
 * Fills a new generation from the whole log and publishes it, beside those that are read meanwhile; answers its name.
 * @throws Error when the signal aborts, with nothing left behind
 */
export const buildGeneration = async (options: BuildOptions): Promise<string> => {
  const draft = await options.views.draft(fingerprintOf(options.views.projections));
  try {
    await fill(draft, options);
    await draft.publish();
    return draft.name;
  } catch (error) {
    await draft.discard();
    throw error;
  }
};

/** Carries the log into a draft: up to its present end, or up to a position. */
export const fill = async (
  { source }: Draft,
  { store, registry, views, signal, building }: BuildOptions,
  until?: Position,
): Promise<void> => {
  const head = until ?? (await store.head());
  const report = ({ position }: { readonly position: Position }) => building?.({ position, head });
  const loop = new ProjectionLoop({ store, registry, projections: views.projections, source, report });
  const stop = () => void loop.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (!signal?.aborted) await loop.adopt();
    if (!signal?.aborted) await loop.catchUp(until);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  if (signal?.aborted) throw new Error('the build was stopped');
};
