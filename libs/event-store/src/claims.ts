import { type Decider, type Message, assertNever } from '@app/kernel';
import type { CommandContext, DeciderRunner, RunResult } from './decider-runner.js';
import { defineEvents } from './event-registry.js';
import { hashOf } from './ids.js';
import { runnerRule } from './runner-rules.js';
import { stepContext } from './step-context.js';

export type ClaimEvent =
  | Message<'Claimed', { readonly kind: string; readonly value: string; readonly by: string }>
  | Message<'Released', { readonly by: string }>;

export const claimEvents = defineEvents<ClaimEvent>({
  Claimed: { version: 1, zh: '编号已占用', en: 'Number claimed' },
  Released: { version: 1, zh: '编号已释放', en: 'Number released' },
});

type ClaimCommand =
  | { readonly type: 'Claim'; readonly kind: string; readonly value: string; readonly by: string }
  | { readonly type: 'Release'; readonly by: string };

interface ClaimState {
  readonly holder: string | undefined;
}

/** One value that only one record may hold (编号唯一): the stream is named by the value's hash, so the store itself arbitrates. */
export const claimDecider: Decider<ClaimState, ClaimCommand, ClaimEvent> = {
  initial: { holder: undefined },
  evolve: (_state, event) => ({ holder: event.type === 'Claimed' ? event.data.by : undefined }),
  decide: (command, { holder }) => {
    switch (command.type) {
      case 'Claim':
        if (holder === command.by) return [];
        if (holder !== undefined) {
          throw runnerRule('C-4', { kind: command.kind, value: command.value, holder }, { conflict: holder });
        }
        return [{ type: 'Claimed', data: { kind: command.kind, value: command.value, by: command.by } }];
      case 'Release':
        return holder === command.by ? [{ type: 'Released', data: { by: command.by } }] : [];
      default:
        return assertNever(command);
    }
  },
};

export const claimStream = (kind: string, value: string): string => `claim-${kind}-${hashOf(kind, value)}`;

/** Uniqueness of business numbers: claim before creating, find a record by its number. */
export class ClaimKeeper {
  constructor(private readonly runner: DeciderRunner) {}

  /** Claims a normalised value for a record. Claiming again for the same record changes nothing. @throws Refusal C-4 */
  claim(kind: string, value: string, by: string, context: CommandContext): Promise<RunResult> {
    const step = stepContext(context, 'claim', kind, value, by, context.commandId);
    return this.runner.run(claimDecider, claimStream(kind, value), { type: 'Claim', kind, value, by }, step);
  }

  release(kind: string, value: string, by: string, context: CommandContext): Promise<RunResult> {
    const step = stepContext(context, 'release', kind, value, by, context.commandId);
    return this.runner.run(claimDecider, claimStream(kind, value), { type: 'Release', by }, step);
  }

  /** Asks without claiming. @throws Refusal C-4 when another record holds the value */
  async assertFree(kind: string, value: string, by: string): Promise<void> {
    const holder = await this.holder(kind, value);
    if (holder !== undefined && holder !== by) throw runnerRule('C-4', { kind, value, holder }, { conflict: holder });
  }

  /** The record that holds a value now. */
  async holder(kind: string, value: string): Promise<string | undefined> {
    return (await this.runner.stateOf(claimDecider, claimStream(kind, value))).holder;
  }
}
