import { describeEventStore } from '@app/testing';
import { MemoryEventStore } from './memory.adapter.js';

describeEventStore('memory', async () => {
  const store = new MemoryEventStore();
  return { store, close: () => store.close() };
});
