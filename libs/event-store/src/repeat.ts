import {
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  type RecordedEvent,
  RevisionConflict,
} from './event-store.js';

/** Whether what stands at the expected place is this very append, sent again. */
export const isRepeat = (
  stored: ReadonlyArray<Pick<NewEvent, 'id'>>,
  sent: ReadonlyArray<Pick<NewEvent, 'id'>>,
): boolean =>
  sent.length > 0 && stored.length === sent.length && stored.every(({ id }, index) => id === sent[index]?.id);

/**
 * What an append to a stream held in memory meets: the revision its first event takes, or the answer it got when it was sent before.
 * @throws RevisionConflict when the stream is elsewhere
 */
export const meets = (
  history: readonly RecordedEvent[],
  {
    stream,
    events,
    expected,
  }: { readonly stream: string; readonly events: readonly NewEvent[]; readonly expected: ExpectedRevision },
): { readonly from: number } | { readonly repeated: Appended } => {
  const from = expected === 'none' ? 0 : expected + 1;
  const there = history.slice(from, from + events.length);
  if (isRepeat(there, events)) return { repeated: endOf(there) };
  if (history.length === from) return { from };
  throw new RevisionConflict(stream, expected, history.length === 0 ? 'none' : history.length - 1);
};

/** Where an append ends. */
export const endOf = (events: readonly RecordedEvent[]): Appended => {
  const last = events.at(-1);
  if (!last) throw new Error('an append needs at least one event');
  return { revision: last.revision, position: last.position };
};
