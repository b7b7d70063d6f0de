import { StoreBusy, StoreLocked } from '@app/event-store';
import { ViewsAway } from '@app/read-model';
import { WrongConfiguration, unknownVariables } from './config.js';

/** What an operator can act on is said in a line, in both languages; anything else comes with its stack. */
export const explain = (error: unknown): unknown => {
  if (error instanceof ViewsAway)
    return `${error.message}: ${String((error.cause as Error | undefined)?.message ?? '')}`;
  const isKnown =
    error instanceof WrongConfiguration ||
    error instanceof StoreLocked ||
    error instanceof StoreBusy ||
    // Ours are in Chinese and English; those of libraries are not.
    (error instanceof Error && error.constructor === Error && /[\u4e00-\u9fff].* \/ /.test(error.message));
  return isKnown ? error.message : error;
};

/** Names variables that look misspelt. */
export const reportVariables = (env: Readonly<Record<string, string | undefined>>): void => {
  for (const name of unknownVariables(env)) console.error(`未知变量，不起作用 / unknown variable, ignored: ${name}`);
};
