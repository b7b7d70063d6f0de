export type { StoredEvent } from './event-store.js';
export { openStore } from './event-store.js';
