import { setTimeout as pause } from 'node:timers/promises';
import type { ClusterClient } from './cluster-client.js';
import { PACKAGE, YEAR } from './cluster-office.js';

interface Line {
  readonly year: number;
  readonly counts: Readonly<Record<string, { readonly total: number }>>;
  readonly unrecorded: number;
}
interface Board {
  readonly position: string;
  readonly city: { readonly years: readonly Line[] };
  readonly universities: ReadonlyArray<{ readonly years: readonly Line[] }>;
}
interface List {
  readonly total: number;
}

/** How far the figures of one API had come at a request. */
interface Seen {
  readonly position: string;
  readonly recorded: number;
  readonly contracts: number;
  readonly assets: number;
}

const NOTHING: Seen = { position: '', recorded: 0, contracts: 0, assets: 0 };

/**
 * Looks at the figures of one API until told to stop: each answer is of one state of the ledger, in which licences stand or fall whole,
 * and none is older than the one before. Answers how often it looked.
 */
export const watchFigures = async (client: ClusterClient, url: () => string, signal: AbortSignal): Promise<number> => {
  let before = NOTHING;
  let looks = 0;
  for (; !signal.aborted; looks += 1) {
    const promised = recordings(client);
    const now = await look(client, url());
    const went = Object.entries(before).filter(([name, value]) => now[name as keyof Seen] < value);
    for (const [name, value] of went)
      client.tally.fault(`${name} went back from ${value} to ${now[name as keyof Seen]}`);
    if (now.recorded < promised) client.tally.fault(`${promised} recordings were promised, ${now.recorded} are shown`);
    before = now;
    await pause(50, undefined, { signal }).catch(() => undefined);
  }
  return looks;
};

const recordings = ({ tally }: ClusterClient): number =>
  tally.acknowledged.filter(({ path }) => path.endsWith('/recording')).length;

const look = async (client: ClusterClient, url: string): Promise<Seen> => {
  const { position } = client.tally;
  const query = position === undefined ? '' : `?after=${position}`;
  const board = await client.read<Board>(url, `/api/v1/boards/target${query}`);
  const list = (kind: string) => client.read<List>(url, `/api/v1/records?kind=${kind}&limit=1`);
  const [contracts, assets] = [await list('contract'), await list('asset')];
  for (const fault of brokenFigures(board)) client.tally.fault(fault);
  const { contracts: recorded } = figuresOf(board.city.years);
  return { position: board.position, recorded, contracts: contracts.total, assets: assets.total };
};

/** What the licences of the clients come to. */
const figuresOf = (years: readonly Line[]) => {
  const line = years.find(({ year }) => year === YEAR);
  const total = (basis: string) => line?.counts[basis]?.total ?? 0;
  const [contracts, times, distinct] = [total('contracts'), total('patent-times'), total('distinct-patents')];
  return { contracts, times, distinct, unrecorded: line?.unrecorded ?? 0 };
};

/** What one answer may never say. */
const brokenFigures = ({ city, universities }: Board): string[] => {
  const [all, only] = [figuresOf(city.years), figuresOf(universities[0]?.years ?? [])];
  const { contracts, times, distinct, unrecorded } = all;
  const isWhole = times === PACKAGE * contracts && distinct === times && unrecorded % PACKAGE === 0;
  const text = JSON.stringify(all);
  return isWhole && JSON.stringify(only) === text ? [] : [`no one state: ${text}, ${JSON.stringify(only)}`];
};
