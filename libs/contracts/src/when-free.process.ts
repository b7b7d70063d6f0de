import { Refusal } from '@app/kernel';

/** How long a command waits for titles in all; who sent it learns after that where to ask for the decision (202). */
const PATIENCE_MS = 2_000;
/** A busy asset is usually free again within a moment. */
const PAUSE_MS = 25;

export const isBusy = (error: unknown): error is Refusal => error instanceof Refusal && error.kind === 'busy';

/** Attempts something until it is no more refused as busy. @throws the last Refusal of kind busy when the patience is over */
export type Patience = <Answer>(attempt: () => Promise<Answer>) => Promise<Answer>;

/** The patience of one command for assets that another contract is about to confirm or to give back, spent over all it waits for. */
export const patience = (milliseconds = PATIENCE_MS): Patience => {
  let left = milliseconds;
  return async (attempt) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!isBusy(error) || left <= 0) throw error;
        const pause = Math.min(left, PAUSE_MS * tries);
        left -= pause;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  };
};
