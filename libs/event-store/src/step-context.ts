import type { CommandContext } from './decider-runner.js';
import { hashOf } from './ids.js';

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
