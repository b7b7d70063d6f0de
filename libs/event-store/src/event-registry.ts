import type { Message } from '@app/kernel';
import type { EventStore, NewEvent, RecordedEvent } from './event-store.js';

/** What the catalogue says of one event type: its current version and what it means, for the generated docs and time lines. */
export interface EventDescription {
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  /** Turns the data of an older version into the current one; one step per version, keyed by the version it starts from. */
  readonly upcasters?: Readonly<Record<number, (data: RecordedEvent['data']) => RecordedEvent['data']>>;
}

/** Every event type of one aggregate; the compiler refuses a missing or a foreign one. */
export type EventCatalogue<Event extends Message = Message> = Readonly<Record<Event['type'], EventDescription>>;

export const defineEvents = <Event extends Message>(catalogue: EventCatalogue<Event>): EventCatalogue<Event> =>
  catalogue;

/** All event types the product can read. A stored type without a reader stops the start, never a figure. */
export class EventRegistry {
  private readonly types = new Map<string, EventDescription>();

  constructor(catalogues: readonly EventCatalogue[]) {
    for (const [type, description] of catalogues.flatMap((catalogue) => Object.entries(catalogue))) {
      if (this.types.has(type)) throw new Error(`event type ${type} is declared twice`);
      this.types.set(type, description);
    }
  }

  describe(type: string): EventDescription {
    const description = this.types.get(type);
    if (!description) throw new Error(`event type ${type} is not in the registry`);
    return description;
  }

  all(): ReadonlyMap<string, EventDescription> {
    return this.types;
  }

  versionOf(type: string): NewEvent['version'] {
    return this.describe(type).version;
  }

  /** The event as today's code reads it. */
  upcast(event: RecordedEvent): RecordedEvent {
    const description = this.describe(event.type);
    if (event.version === description.version) return event;
    let { data } = event;
    for (let version = event.version; version < description.version; version += 1) {
      const step = description.upcasters?.[version];
      if (!step) throw new Error(`event type ${event.type} version ${version} has no upcaster`);
      data = step(data);
    }
    if (event.version > description.version)
      throw new Error(`event type ${event.type} version ${event.version} is newer than this build`);
    return { ...event, version: description.version, data };
  }

  /** Fails the start when the log holds a type or version that this build cannot read. */
  async assertReads(store: EventStore): Promise<void> {
    for (const { type, version } of (await store.storedTypes()) ?? []) {
      const description = this.types.get(type);
      const readable = description && version <= description.version && hasSteps(description, version);
      if (!readable) throw new Error(`the log holds ${type} version ${version}, which this build cannot read`);
    }
  }
}

const hasSteps = ({ version: current, upcasters }: EventDescription, from: number): boolean =>
  Array.from({ length: current - from }, (_, step) => from + step).every((version) => upcasters?.[version]);
