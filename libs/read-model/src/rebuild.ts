import { type BuildOptions, fill } from './build.js';
import { type Comparison, compareGenerations } from './compare.js';
import { isDamaged } from './engine-errors.js';
import { fingerprintOf, standingOf } from './generation.js';
import { type Draft, ViewsAway } from './views.js';

export interface Rebuilt {
  /** The generation that is read from now on. */
  readonly name: string;
  /** What it was compared with; undefined when there was none. */
  readonly before: string | undefined;
  /** Undefined when there was nothing to compare with, or it could not be read, or stems from another log. */
  readonly comparison: Comparison | undefined;
}

/**
 * Builds the read tables anew from the log beside those that are read, compares both row by row at one and the same position, and
 * publishes the new ones: whoever leads goes over to them. Queries go on meanwhile. Differences mean that the old rows were wrong.
 */
export const rebuild = async (options: BuildOptions): Promise<Rebuilt> => {
  const { views } = options;
  const fingerprint = fingerprintOf(views.projections);
  const before = (await views.list(fingerprint)).at(-1);
  const draft = await views.draft(fingerprint);
  try {
    // Rows that cannot be read are the best reason to have them anew.
    const comparison =
      before === undefined
        ? undefined
        : await compareWith(before, draft, options).catch((error: unknown) => {
            if (isDamaged(error) || (error instanceof ViewsAway && isDamaged(error.cause))) return undefined;
            throw error;
          });
    await fill(draft, options);
    await draft.publish();
    return { name: draft.name, before, comparison };
  } catch (error) {
    await draft.discard();
    throw error;
  }
};

/** Undefined when the old rows are of another log, or of a longer one than ours. */
const compareWith = async (before: string, draft: Draft, options: BuildOptions): Promise<Comparison | undefined> => {
  const { store, views } = options;
  const reader = await views.openReader(before);
  try {
    const { storeId, position: reached } = await reader.read(standingOf);
    if (storeId !== store.storeId || reached > (await store.head())) return undefined;
    // Never further than the old ones, whose projector may be behind.
    await fill(draft, options, reached);
    // In one snapshot of the old rows, which stand still while the new ones catch up to that very position.
    return await reader.read(async (manager, position) => {
      await fill(draft, options, position);
      return compareGenerations(views.projections, manager, draft.source.manager);
    });
  } finally {
    await reader.close();
  }
};
