/** A fact with the stored name of its kind; the name is the storage format and is never derived from a class. */
export interface Message<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** Who acts: always a true person or a named process, never "system". */
export interface Actor {
  readonly id: string;
  readonly role: string;
  /** The university or office the actor acts for. */
  readonly organisation: string;
}

/** What a decision may know of the world beside the state; passed in, so that deciding is repeatable. */
export interface DecisionContext {
  /** The instant of the decision, ISO 8601 UTC. */
  readonly now: string;
  /** The same instant as a plain date in China Standard Time, `YYYY-MM-DD`. */
  readonly today: string;
  readonly actor: Actor;
}

/**
 * The whole of an aggregate's behaviour as two pure functions.
 * `decide` answers the events a command leads to: `[]` when nothing is left to do, a thrown `Refusal` when a rule forbids it.
 * `evolve` never validates: an event is a fact.
 */
export interface Decider<State, Command, Event extends Message> {
  readonly initial: State;
  readonly decide: (command: Command, state: State, context: DecisionContext) => readonly Event[];
  readonly evolve: (state: State, event: Event) => State;
}

/** The state after a history. */
export const fold = <State, Event extends Message>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  history: readonly Event[],
): State => history.reduce(decider.evolve, decider.initial);

/** For the default branch of a switch over a closed union: the compiler proves it is never reached. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
};
