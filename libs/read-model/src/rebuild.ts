import { type BuildOptions, fill } from './build.js';
import { type Comparison, compareGenerations } from './compare.js';
import { fingerprintOf } from './generation.js';

export interface Rebuilt {
  /** The generation that is read from now on. */
  readonly name: string;
  /** What it was compared with; undefined when there was none. */
  readonly before: string | undefined;
  readonly comparison: Comparison | undefined;
}

/**
 * Builds the read tables anew from the log beside those that are read, compares both row by row at one and the same position, and
 * publishes the new ones: whoever leads goes over to them. Queries go on meanwhile. Differences mean that the old rows were wrong.
 */
export const rebuild = async (options: BuildOptions): Promise<Rebuilt> => {
  const { views } = options;
  const { projections } = views;
  const fingerprint = fingerprintOf(projections);
  const before = (await views.list(fingerprint)).at(-1);
  const draft = await views.draft(fingerprint);
  try {
    await fill(draft, options);
    const reader = before === undefined ? undefined : await views.openReader(before);
    // In one snapshot of the old rows, which stand still while the new ones catch up to that very position.
    const comparison = await reader?.read(async (manager, position) => {
      await fill(draft, options, position);
      return compareGenerations(projections, manager, draft.source.manager);
    });
    await reader?.close();
    await draft.publish();
    return { name: draft.name, before, comparison };
  } catch (error) {
    await draft.discard();
    throw error;
  }
};
