import type { CommandContext } from './decider-runner.js';
import { hashOf } from './ids.js';

/**
 * The same sending, its content compared as it is stored: a hash over a name could be tried out and would outlive the name's erasure
 * (个人信息保护法; D§11.1).
 */
export const withInput = (context: CommandContext, stored: unknown): CommandContext => ({
  ...context,
  inputHash: hashOf('input', JSON.stringify(stored)),
});

/**
 * The context of one step of a longer process: its command id derives from the process and the step alone, so whoever drives the
 * step, first or again after a crash, is the same command.
 */
export const stepContext = (
  { expectedRevision: _record, ...context }: CommandContext,
  ...step: readonly string[]
): CommandContext => ({
  ...context,
  causationId: context.commandId,
  commandId: hashOf('step', ...step),
  inputHash: hashOf('step-input', ...step),
});
