import { type BilingualText, type Decider, type Message, Refusal, assertNever } from '@app/kernel';
import type { CommandContext, DeciderRunner, RunResult } from './decider-runner.js';
import { defineEvents } from './event-registry.js';
import { hashOf } from './ids.js';
import { runnerRule } from './runner-rules.js';
import { stepContext } from './step-context.js';

export type ClaimEvent =
  | Message<
      'Claimed',
      {
        readonly kind: string;
        readonly value: string;
        readonly by: string;
        /** The stream of the record that bears the value, and the instant of the claim: told since claims can be taken over. */
        readonly stream?: string;
        readonly at?: string;
      }
    >
  | Message<'Released', { readonly by: string }>;

export const claimEvents = defineEvents<ClaimEvent>({
  Claimed: { version: 1, zh: '编号已占用', en: 'Number claimed' },
  Released: { version: 1, zh: '编号已释放', en: 'Number released' },
});

type ClaimCommand =
  | {
      readonly type: 'Claim';
      readonly kind: string;
      readonly value: string;
      readonly by: string;
      readonly stream: string;
      /** A holder whose record never came to be: it gives way. */
      readonly over?: string;
    }
  | { readonly type: 'Release'; readonly by: string };

interface ClaimState {
  readonly holder: string | undefined;
  readonly stream: string | undefined;
  readonly at: string | undefined;
  /** Revision of the last event; -1 before the first. */
  readonly revision: number;
}

/** One value that only one record may hold (编号唯一): the stream is named by the value's hash, so the store itself arbitrates. */
export const claimDecider: Decider<ClaimState, ClaimCommand, ClaimEvent> = {
  initial: { holder: undefined, stream: undefined, at: undefined, revision: -1 },
  evolve: ({ revision: last }, event) => {
    const revision = last + 1;
    if (event.type === 'Released') return { holder: undefined, stream: undefined, at: undefined, revision };
    const { by: holder, stream, at } = event.data;
    return { holder, stream, at, revision };
  },
  decide: (command, { holder }, { now: at }) => {
    switch (command.type) {
      case 'Claim': {
        const { kind, value, by, stream, over } = command;
        if (holder === by) return [];
        if (holder !== undefined && holder !== over) throw taken(kind, value, holder);
        const released: ClaimEvent[] = holder === undefined ? [] : [{ type: 'Released', data: { by: holder } }];
        return [...released, { type: 'Claimed', data: { kind, value, by, stream, at } }];
      }
      case 'Release':
        return holder === command.by ? [{ type: 'Released', data: { by: command.by } }] : [];
      default:
        return assertNever(command);
    }
  },
};

export const claimStream = (kind: string, value: string): string => `claim-${kind}-${hashOf(kind, value)}`;

/** What people call the kinds of number. */
const KINDS: Readonly<Record<string, BilingualText>> = {
  asset: { zh: '登记号', en: 'registration number' },
  certification: { zh: '证书编号', en: 'certificate number' },
  commendation: { zh: '表彰', en: 'commendation' },
  contract: { zh: '合同编号', en: 'contract number' },
  'dedicated-office': { zh: '专门机构', en: 'dedicated office' },
  designation: { zh: '认定', en: 'designation' },
  disclosure: { zh: '披露编号', en: 'disclosure number' },
  evaluation: { zh: '评估编号', en: 'evaluation number' },
  'filing-decision': { zh: '申请决定', en: 'filing decision' },
  'fund-object': { zh: '资助对象', en: 'funded object' },
  'open-licence': { zh: '声明编号', en: 'declaration number' },
  'open-licence-grant': { zh: '许可编号', en: 'grant number' },
  portfolio: { zh: '组合编号', en: 'portfolio number' },
  'price-notice': { zh: '公示编号', en: 'price notice number' },
  'record-number': { zh: '备案号', en: 'recording number' },
  'school-code': { zh: '学校标识码', en: 'school code' },
  'technology-contract': { zh: '技术合同认定登记编号', en: 'technology contract number' },
  'trading-platform': { zh: '交易平台', en: 'trading platform' },
  'university-name': { zh: '学校名称', en: 'university name' },
};

const taken = (kind: string, value: string, holder: string): Refusal => {
  const { zh: kindZh, en: kindEn } = KINDS[kind] ?? { zh: kind, en: kind };
  return runnerRule('C-4', { kindZh, kindEn, value, holder }, { conflict: holder });
};

/** A claim without a record this old was left by a crash between the two; a command takes seconds at most. */
const ABANDONED_AFTER_MS = 10 * 60_000;

export interface ClaimedNumber {
  readonly kind: string;
  /** Normalised. */
  readonly value: string;
}

/** A command that opens a record, and the numbers nobody else may bear. */
export interface Creation<State, Command, Event extends Message> {
  readonly decider: Decider<State, Command, Event>;
  readonly stream: string;
  readonly id: string;
  readonly command: Command;
  readonly numbers: readonly ClaimedNumber[];
}

/** Uniqueness of business numbers: claim before creating, find a record by its number. */
export class ClaimKeeper {
  constructor(private readonly runner: DeciderRunner) {}

  /**
   * Opens a record under its numbers. Bad input is refused before anything is claimed; what is refused afterwards gives back the numbers
   * it took. @throws Refusal C-4 and those of the decider
   */
  async create<State, Command, Event extends Message>(
    { decider, stream, id, command, numbers }: Creation<State, Command, Event>,
    context: CommandContext,
  ): Promise<RunResult> {
    const wanted = await this.runner.preview(decider, stream, command, context);
    return wanted.length === 0
      ? this.runner.run(decider, stream, command, context)
      : this.holding({ numbers, id, stream }, context, () => this.runner.run(decider, stream, command, context));
  }

  /** Does something while holding numbers; gives back those it took when it is refused. @throws Refusal C-4 and those of the action */
  async holding<Answer>(
    {
      numbers,
      id,
      stream,
    }: { readonly numbers: readonly ClaimedNumber[]; readonly id: string; readonly stream: string },
    context: CommandContext,
    action: () => Promise<Answer>,
  ): Promise<Answer> {
    const mine: ClaimedNumber[] = [];
    try {
      for (const number of numbers) {
        const isNew = await this.claim(number, { id, stream }, context);
        if (isNew) mine.push(number);
      }
      return await action();
    } catch (error) {
      if (error instanceof Refusal) for (const { kind, value } of mine) await this.release(kind, value, id, context);
      throw error;
    }
  }

  /**
   * Claims a value for a record; answers whether it was free. Claiming again for the same record changes nothing. A claim whose record
   * never came to be is taken over. @throws Refusal C-4
   */
  async claim(
    { kind, value }: ClaimedNumber,
    { id: by, stream }: { readonly id: string; readonly stream: string },
    context: CommandContext,
  ): Promise<boolean> {
    const name = claimStream(kind, value);
    const claim = await this.runner.stateOf(claimDecider, name);
    if (claim.holder === by) return false;
    const over =
      claim.holder !== undefined && (await this.isAbandoned(claim, context.now)) ? { over: claim.holder } : {};
    // Named after the revision it acts on: the same command may claim, give back and claim again.
    const step = stepContext(context, 'claim', kind, value, by, context.commandId, String(claim.revision));
    await this.runner.run(claimDecider, name, { type: 'Claim', kind, value, by, stream, ...over }, step);
    return true;
  }

  async release(kind: string, value: string, by: string, context: CommandContext): Promise<void> {
    const name = claimStream(kind, value);
    const { holder, revision } = await this.runner.stateOf(claimDecider, name);
    if (holder !== by) return;
    const step = stepContext(context, 'release', kind, value, by, context.commandId, String(revision));
    await this.runner.run(claimDecider, name, { type: 'Release', by }, step);
  }

  /** Asks without claiming. @throws Refusal C-4 when another record holds the value */
  async assertFree(kind: string, value: string, by: string): Promise<void> {
    const holder = await this.holder(kind, value);
    if (holder !== undefined && holder !== by) throw taken(kind, value, holder);
  }

  /** The record that holds a value now. */
  async holder(kind: string, value: string): Promise<string | undefined> {
    return (await this.runner.stateOf(claimDecider, claimStream(kind, value))).holder;
  }

  /** Every record that ever held the value, the first first. */
  async bearers(kind: string, value: string): Promise<readonly string[]> {
    const events = (await this.runner.read(claimStream(kind, value))) as unknown as readonly ClaimEvent[];
    return [...new Set(events.flatMap(({ type, data }) => (type === 'Claimed' ? [data.by] : [])))];
  }

  private async isAbandoned({ stream, at }: ClaimState, now: string): Promise<boolean> {
    if (stream === undefined || at === undefined) return false;
    if (Date.parse(now) - Date.parse(at) < ABANDONED_AFTER_MS) return false;
    return (await this.runner.read(stream)).length === 0;
  }
}
