import { type Actor, type Decider, type DecisionContext, type Message, dateInChina } from '@app/kernel';
import type { EventRegistry } from './event-registry.js';
import {
  type Appended,
  type EventMetadata,
  type EventStore,
  type JsonObject,
  type NewEvent,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  START,
  UnknownOutcome,
} from './event-store.js';
import { eventId, hashOf } from './ids.js';
import { runnerRule } from './runner-rules.js';

/** One command as sent: who, when, and the scope within which it is the same command (ADR 0002). */
export interface CommandContext {
  readonly actor: Actor;
  /** Instant of arrival, ISO 8601 UTC. */
  readonly now: string;
  readonly commandId: string;
  readonly inputHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly source: string;
  readonly reason?: string;
  /** The revision the client acted on (If-Match); checked before deciding. */
  readonly expectedRevision?: number;
}

export interface CommandScope {
  readonly actor: Actor;
  readonly now: string;
  /** What makes two sendings the same command: actor, method, path and key, or an imported row's identity. */
  readonly scope: readonly string[];
  readonly input: unknown;
  readonly source: string;
  readonly correlationId?: string;
  readonly reason?: string;
  readonly expectedRevision?: number;
}

export const commandContext = ({ scope, input, ...rest }: CommandScope): CommandContext => {
  const commandId = hashOf('command', ...scope);
  return { correlationId: commandId, ...rest, commandId, inputHash: hashOf('input', JSON.stringify(input)) };
};

export interface RunResult {
  /** Revision of the stream after the command; -1 when the stream still does not exist. */
  readonly revision: number;
  /** Position to wait for before reading what the command changed. */
  readonly position: Position;
  readonly events: readonly RecordedEvent[];
  /** Whether the log already held this command's events. */
  readonly repeated: boolean;
}

/** What a command handler answers. */
export interface CommandOutcome {
  readonly id: string;
  /** The record's revision, its strong ETag. */
  readonly revision: number;
  /** Read with this position to see what the command changed. */
  readonly position: Position;
  /** False when the log already held it, or nothing was left to do. */
  readonly written: boolean;
  /** Where the record can be asked after: it is entered, and what it needs of other records is still being decided. */
  readonly pendingAt?: string;
}

export const outcomeOf = (id: string, { revision, position, events, repeated }: RunResult): CommandOutcome => ({
  id,
  revision,
  position,
  written: events.length > 0 && !repeated,
});

const ATTEMPTS = 12;
/** A failover of the store takes about a second; each wait in ms is followed by the same append again. */
const RESEND_AFTER_MS = [50, 250, 1_000];

/**
 * Runs a decider against a stream: read, fold, decide, append with the expected revision. Conflicts are retried a bounded number of
 * times; an unknown outcome is resolved by sending the same events again; a command found in the log answers as the first time.
 */
export class DeciderRunner {
  constructor(
    private readonly store: EventStore,
    private readonly registry: EventRegistry,
  ) {}

  async run<State, Command, Event extends Message>(
    decider: Decider<State, Command, Event>,
    stream: string,
    command: Command,
    context: CommandContext,
  ): Promise<RunResult> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const history = await this.read(stream);
      const earlier = this.earlierAnswer(history, context);
      if (earlier) return earlier;
      assertRevision(history, context);
      const state = (history as unknown as Event[]).reduce(decider.evolve, decider.initial);
      const decided = decider.decide(command, state, decisionContext(context));
      if (decided.length === 0) return { ...endOf(history), events: [], repeated: false };
      const events = this.toNewEvents(decided, stream, context);
      try {
        const appended = await this.appendSurely(stream, events, history.at(-1)?.revision ?? 'none');
        return { ...appended, events: toRecorded(events, stream, appended), repeated: false };
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error;
      }
    }
    throw runnerRule('C-3', { stream });
  }

  /** What the command would write, with nothing written. @throws the Refusal it would meet */
  preview<State, Command, Event extends Message>(
    decider: Decider<State, Command, Event>,
    stream: string,
    command: Command,
    context: CommandContext,
  ): Promise<readonly Message[]> {
    return this.previewAll(decider, stream, [command], context);
  }

  /** What the commands would write one after the other: a sheet's row says several things that are taken together or not at all. */
  async previewAll<State, Command, Event extends Message>(
    decider: Decider<State, Command, Event>,
    stream: string,
    commands: readonly Command[],
    context: CommandContext,
  ): Promise<readonly Message[]> {
    const history = await this.read(stream);
    if (this.earlierAnswer(history, context)) return [];
    assertRevision(history, context);
    let state = (history as unknown as Event[]).reduce(decider.evolve, decider.initial);
    const events: Event[] = [];
    for (const command of commands) {
      const decided = decider.decide(command, state, decisionContext(context));
      state = decided.reduce(decider.evolve, state);
      events.push(...decided);
    }
    return events;
  }

  /** The stream as today's code reads it. */
  async read(stream: string): Promise<readonly RecordedEvent[]> {
    return (await this.store.readStream(stream)).map((event) => this.registry.upcast(event));
  }

  /** The state of a stream, for handlers that need a fact of another aggregate before deciding. */
  async stateOf<State, Event extends Message>(
    decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
    stream: string,
  ): Promise<State> {
    return ((await this.read(stream)) as unknown as Event[]).reduce(decider.evolve, decider.initial);
  }

  private earlierAnswer(history: readonly RecordedEvent[], context: CommandContext): RunResult | undefined {
    const events = history.filter(({ metadata }) => metadata.commandId === context.commandId);
    const last = events.at(-1);
    if (!last) return undefined;
    if (last.metadata.inputHash !== context.inputHash) throw runnerRule('C-1');
    return { revision: last.revision, position: last.position, events, repeated: true };
  }

  private toNewEvents(decided: readonly Message[], stream: string, context: CommandContext): NewEvent[] {
    return decided.map(({ type, data }, index) => ({
      id: eventId(context, stream, index),
      type,
      version: this.registry.versionOf(type),
      recordedAt: context.now,
      data: data as JsonObject,
      metadata: metadataOf(context),
    }));
  }

  /** An unknown outcome is never re-read first: the same events with the same ids go out again. */
  private async appendSurely(
    stream: string,
    events: readonly NewEvent[],
    expected: 'none' | number,
  ): Promise<Appended> {
    for (let resend = 0; ; resend += 1) {
      try {
        return await this.store.append(stream, events, expected);
      } catch (error) {
        const wait = RESEND_AFTER_MS[resend];
        if (!(error instanceof UnknownOutcome) || wait === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
}

const assertRevision = (history: readonly RecordedEvent[], { expectedRevision }: CommandContext): void => {
  const actual = history.at(-1)?.revision ?? -1;
  if (expectedRevision === undefined || expectedRevision === actual) return;
  throw runnerRule('C-2', { expected: expectedRevision, actual });
};

/** What a decider may know of this sending. */
export const decisionContext = ({ now, actor }: CommandContext): DecisionContext => ({
  now,
  today: dateInChina(now),
  actor,
});

const metadataOf = ({
  actor,
  commandId,
  inputHash,
  correlationId,
  causationId,
  reason,
  source,
}: CommandContext): EventMetadata => ({
  actor,
  commandId,
  inputHash,
  correlationId,
  ...(causationId === undefined ? {} : { causationId }),
  ...(reason === undefined ? {} : { reason }),
  source,
});

const endOf = (history: readonly RecordedEvent[]): Appended => {
  const last = history.at(-1);
  return { revision: last?.revision ?? -1, position: last?.position ?? START };
};

const toRecorded = (events: readonly NewEvent[], stream: string, { revision, position }: Appended): RecordedEvent[] =>
  events.map((event, index) => ({ ...event, stream, revision: revision - events.length + 1 + index, position }));
