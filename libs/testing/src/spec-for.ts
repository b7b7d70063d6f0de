import { type Decider, type DecisionContext, type Message, Refusal } from '@app/kernel';

export const testContext: DecisionContext = {
  now: '2025-12-31T04:00:00.000Z',
  today: '2025-12-31',
  actor: { id: 'clerk', role: 'DATA_CLERK', organisation: 'bureau' },
};

/** given events, when a command, then events / nothing / a refusal by its rule id. */
export const specFor =
  <State, Command, Event extends Message>(decider: Decider<State, Command, Event>) =>
  (...history: readonly Event[]) => ({
    when: (command: Command, context: Partial<DecisionContext> = {}) => {
      const run = () =>
        decider.decide(command, history.reduce(decider.evolve, decider.initial), { ...testContext, ...context });
      return {
        then: (...expected: readonly Event[]) => expect(run()).toEqual(expected),
        thenNothing: () => expect(run()).toEqual([]),
        thenRefuses: (rule: string, field?: string) =>
          expect(refusalOf(run)).toMatchObject(field ? { rule, field } : { rule }),
      };
    },
    state: () => history.reduce(decider.evolve, decider.initial),
  });

const refusalOf = (run: () => unknown): { rule: string; field: string | undefined } | { accepted: unknown } => {
  try {
    return { accepted: run() };
  } catch (error) {
    if (error instanceof Refusal) return { rule: error.rule, field: error.place.field };
    throw error;
  }
};
