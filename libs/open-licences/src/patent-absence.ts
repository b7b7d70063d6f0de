import { addDays } from '@app/kernel';
import type { AssetEvent } from '@app/patents';

/** What ends a patent, brings it back, or takes it to other hands. */
export const ABSENCE_EVENTS = [
  'PatentLapsed',
  'PatentRestored',
  'PatentInvalidated',
  'AssetEntryVoided',
  'OwnershipMoved',
  'RightReleased',
] as const satisfies ReadonlyArray<AssetEvent['type']>;

/** One of those events as stored: a voiding names its entry by the revision. */
export type TitleEvent = Extract<AssetEvent, { readonly type: (typeof ABSENCE_EVENTS)[number] }> & {
  readonly revision: number;
};

/** Days, both included, on which a patent is at an end, or its title with the owner named. */
export interface Absence {
  readonly from: string;
  readonly to: string;
  readonly owner?: string;
}

type Of<Type extends TitleEvent['type']> = Extract<TitleEvent, { readonly type: Type }>;
type Fact = Of<'PatentLapsed' | 'PatentRestored' | 'PatentInvalidated'>;
type Move = Of<'OwnershipMoved'>;

const OPEN_END = '9999-12-31';

const isFact = (event: TitleEvent): event is Fact => event.type.startsWith('Patent');

/** The entries that were not voided, oldest day first. */
const factsOf = (events: readonly TitleEvent[]): readonly Fact[] => {
  const voided = new Set(events.flatMap((event) => (event.type === 'AssetEntryVoided' ? [event.data.revision] : [])));
  const standing = events.filter(isFact).filter(({ revision }) => !voided.has(revision));
  return standing.toSorted((a, b) =>
    a.data.on === b.data.on ? a.revision - b.revision : a.data.on < b.data.on ? -1 : 1,
  );
};

/** Each contract's latest move, in the order the title went from hand to hand; none of a contract that was voided. */
const movesOf = (events: readonly TitleEvent[]): readonly Move[] => {
  const moves = new Map<string, Move>();
  for (const event of events) {
    if (event.type === 'OwnershipMoved') moves.set(event.data.contractId, event);
    if (event.type === 'RightReleased') moves.delete(event.data.contractId);
  }
  return [...moves.values()];
};

const isDead = (facts: readonly Fact[], on: string): boolean => {
  const told = facts.filter(({ data }) => data.on <= on);
  if (told.some(({ type, data }) => type === 'PatentInvalidated' && 'scope' in data && data.scope === 'WHOLE'))
    return true;
  return told.findLast(({ type }) => type !== 'PatentInvalidated')?.type === 'PatentLapsed';
};

/** When a patent could not be licensed by whoever registered it, from what its stream told, in order. */
export const absences = (events: readonly TitleEvent[]): readonly Absence[] => {
  const [facts, moves] = [factsOf(events), movesOf(events)];
  const days = [...new Set([...facts, ...moves].map(({ data }) => data.on))].sort();
  return days.flatMap((from, index) => {
    const next = days[index + 1];
    const term = { from, to: next === undefined ? OPEN_END : addDays(next, -1) };
    if (isDead(facts, from)) return [term];
    const owner = moves.findLast(({ data }) => data.on <= from)?.data.to;
    return owner === undefined ? [] : [{ ...term, owner }];
  });
};
