import type { Message } from '@app/kernel';
import type { Deadline } from './deadline.js';

/** Where an event stands: its place in its own stream, and the instant it was recorded, ISO 8601 UTC. */
export interface EventPlace {
  readonly revision: number;
  readonly recordedAt: string;
}

/**
 * What the ledger remembers of one record for its deadlines, and the deadlines that follow from it. The state is JSON. `deadlines` is
 * pure: the same state always has the same rows.
 */
export interface DeadlineCase<State = unknown> {
  readonly types: readonly string[];
  /** `undefined` forgets the record and takes its rows away. */
  readonly evolve: (state: State | undefined, event: Message, place: EventPlace) => State | undefined;
  readonly deadlines: (state: State, id: string) => readonly Deadline[];
}

/** The case of a slice, told its own events; each slice's events are data of another slice, so they are named by their shape here. */
export const deadlineCase = <State, Event extends Message>(definition: {
  readonly types: ReadonlyArray<Event['type']>;
  readonly evolve: (state: State | undefined, event: Event, place: EventPlace) => State | undefined;
  readonly deadlines: (state: State, id: string) => readonly Deadline[];
}): DeadlineCase => definition as unknown as DeadlineCase;
