// breaks: nothing (kernel, a neighbour, and types of another slice and of the event store)
import type { StoredEvent } from '@app/event-store';
import { fen } from '@app/kernel';
import type { Asset } from '@app/patents';
import { addTax } from './tax.js';

export interface Contract {
  readonly assets: readonly Asset[];
  readonly history: readonly StoredEvent[];
}
export const price = addTax(fen(10_000n));
