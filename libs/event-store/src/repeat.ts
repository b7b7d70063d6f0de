import type { NewEvent } from './event-store.js';

/** Whether what stands at the expected place is this very append, sent again. */
export const isRepeat = (
  stored: ReadonlyArray<Pick<NewEvent, 'id'>>,
  sent: ReadonlyArray<Pick<NewEvent, 'id'>>,
): boolean =>
  sent.length > 0 && stored.length === sent.length && stored.every(({ id }, index) => id === sent[index]?.id);
