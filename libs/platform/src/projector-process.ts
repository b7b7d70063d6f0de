import { type BuildProgress, type LoopProgress, Projector } from '@app/read-model';
import type { Config } from './config.js';
import { openMeasuredStore, openRegistry, openViews } from './ledger.js';
import { Metrics } from './metrics.js';
import { stateOfProjector } from './projection-state.js';

interface ProjectorHooks {
  readonly moved?: (generation: string, progress: LoopProgress) => void;
  readonly building?: (progress: BuildProgress) => void;
  readonly failed?: (error: unknown) => void;
}

export interface ProjectorProcess {
  readonly projector: Projector;
  readonly metrics: Metrics;
  /** Gives the lease to whoever stands by. */
  readonly close: () => Promise<void>;
}

/** The projection loop without anything else: a process of its own, or a thread beside the API. Leads, or stands by. */
export const openProjector = async (config: Config, hooks: ProjectorHooks = {}): Promise<ProjectorProcess> => {
  const metrics = new Metrics();
  const store = await openMeasuredStore(config, metrics, true);
  const registry = await openRegistry(store);
  const views = openViews(config);
  const projector = new Projector({ store, registry, views, holder: config.instance, ...hooks });
  metrics.observeProjections(() => stateOfProjector(projector, store));
  projector.start();
  const close = async () => {
    await projector.stop();
    await views.close();
    await store.close();
  };
  return { projector, metrics, close };
};
