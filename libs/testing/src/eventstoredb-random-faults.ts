import type { EventStoreDbServer } from './eventstoredb-api.js';

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export interface FaultPlan {
  readonly random: () => number;
  /** Between one fault and the next, on average. */
  readonly everyMs: number;
  /** Longer than the deadline of the clients, so that they give up on what was done. */
  readonly slowMs: number;
}

/**
 * Cuts connections, moves leadership, answers too late or as one that is not ready, stops nodes of a cluster and starts them again, and
 * loses every twentieth answer to an append, until told to stop.
 */
export const injectFaults = (
  server: EventStoreDbServer,
  { random, everyMs, slowMs }: FaultPlan,
): (() => Promise<void>) => {
  const restart = async () => {
    const node = server.nodes[Math.floor(random() * server.nodes.length)];
    node?.stop();
    await new Promise((resolve) => setTimeout(resolve, everyMs / 2));
    await node?.start();
  };
  const faults: ReadonlyArray<() => void | Promise<void>> = [
    () => server.dropConnections(),
    () => server.notLeader(),
    () => server.slow(slowMs),
    () => server.slow(everyMs, 3),
    () => server.refuse('not-ready', 2),
    () => server.refuse('no-leader'),
    () => server.refuse('timeout'),
    // Nobody else could answer for a single node, and clients wait seconds before they knock again.
    ...(server.nodes.length > 1 ? [restart] : []),
  ];
  server.loseAnswers(() => random() < 0.05);
  // A fault that nobody has met by the time of the next is over, or whoever comes back after a pause would meet one each time.
  const clear = () => {
    server.slow(0, 0);
    server.refuse('not-ready', 0);
  };
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      await new Promise((resolve) => setTimeout(resolve, random() * 2 * everyMs));
      clear();
      await faults[Math.floor(random() * faults.length)]?.();
    }
  })();
  return async () => {
    stopped = true;
    await running;
    server.loseAnswers(() => false);
    clear();
  };
};
