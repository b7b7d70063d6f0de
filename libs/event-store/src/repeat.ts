import type { NewEvent, RecordedEvent } from './event-store.js';

/** Whether what stands at the expected place is this very append, sent again. */
export const isRepeat = (stored: readonly Pick<RecordedEvent, 'id'>[], sent: readonly NewEvent[]): boolean =>
  sent.length > 0 && stored.length === sent.length && stored.every(({ id }, index) => id === sent[index]?.id);
