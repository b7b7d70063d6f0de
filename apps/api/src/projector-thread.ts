import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Ledger } from '@app/platform';
import type { BuildProgress, ProjectorState, StoppedProjection } from '@app/read-model';

const RESTART_AFTER_MS = 1_000;

type Message =
  | { readonly generation: string; readonly position: string; readonly stopped: readonly StoppedProjection[] }
  | { readonly building: BuildProgress }
  | { readonly state: ProjectorState };

interface Hooks {
  readonly building: (progress: BuildProgress) => void;
  readonly failed: (error: unknown) => void;
}

/** Runs the projector in a thread of this process, again when it dies; answers how to stop it. */
export const startProjectorThread = ({ readModels }: Ledger, { building, failed }: Hooks): (() => Promise<void>) => {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const worker = new Worker(new URL('../../projector/src/main.js', import.meta.url));
      worker.on('message', (message: Message) => {
        if ('building' in message) building(message.building);
        else if ('state' in message) readModels.projecting = message.state;
        else readModels.moved(message.generation, message);
      });
      worker.on('error', failed);
      const end = () => worker.postMessage('end');
      stopping.signal.addEventListener('abort', end, { once: true });
      // An error in the thread is heard above, and followed by its exit.
      await new Promise((resolve) => worker.once('exit', resolve));
      readModels.projecting = undefined;
      stopping.signal.removeEventListener('abort', end);
      await pause(RESTART_AFTER_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
};
