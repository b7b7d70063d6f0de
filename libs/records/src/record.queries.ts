import { PersonStore, reachOf, universityScope } from '@app/access';
import {
  type EventMetadata,
  EventRegistry,
  EventStore,
  type Json,
  type JsonObject,
  type RecordedEvent,
  runnerRule,
} from '@app/event-store';
import type { Actor, BilingualText } from '@app/kernel';
import { ReadModels, RecordRow } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type RecordItem, toItem } from './records.queries.js';

/** One event of a record's time line, as a reader of the ledger sees it. */
export interface TimelineEvent {
  readonly id: string;
  readonly revision: number;
  readonly type: string;
  readonly title: BilingualText;
  readonly recordedAt: string;
  readonly actor: EventMetadata['actor'];
  readonly source: string;
  readonly reason: string | null;
  readonly data: JsonObject;
}

export interface RecordDetail extends RecordItem {
  readonly detail: Readonly<Record<string, unknown>>;
  readonly revision: number;
  /** Names of the persons the record mentions, for those who may see them. */
  readonly names: Readonly<Record<string, string>>;
  readonly timeline: readonly TimelineEvent[];
}

export class GetRecord extends Query<RecordDetail> {
  constructor(
    readonly actor: Actor,
    readonly kind: string,
    readonly id: string,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(GetRecord)
export class GetRecordHandler implements IQueryHandler<GetRecord> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly store: EventStore,
    private readonly registry: EventRegistry,
    private readonly persons: PersonStore,
  ) {}

  async execute({ actor, kind, id, after }: GetRecord): Promise<RecordDetail> {
    const scope = universityScope(actor, 'record.read');
    const key = `${kind}:${id}`;
    const row = await this.readModels.read((manager) => manager.findOneBy(RecordRow, { key }), after);
    if (!row || (scope !== undefined && row.universityId !== scope)) {
      throw runnerRule('C-5', { kindZh: '记录', kindEn: 'record', value: `${kind}/${id}` });
    }
    const timeline = await this.timeline(row);
    const names = await this.names(actor, row, timeline);
    return { ...toItem(row), detail: row.detail, revision: row.revision, names, timeline };
  }

  private async timeline({ stream, revision, id }: RecordRow): Promise<TimelineEvent[]> {
    const events = (await this.store.readStream(stream)).filter((event) => event.revision <= revision);
    const concerning = stream.endsWith(`-${id}`) ? events : events.flatMap((event) => concerningOnly(id, event));
    return concerning.map((event) => {
      const { zh, en } = this.registry.describe(event.type);
      const { actor, source, reason = null } = event.metadata;
      const { id: eventId, type, recordedAt, data } = event;
      return {
        id: eventId,
        revision: event.revision,
        type,
        title: { zh, en },
        recordedAt,
        actor,
        source,
        reason,
        data,
      };
    });
  }

  /** Joined here and never stored with the rows: an erased person's name is gone from every page at once. */
  private async names(
    actor: Actor,
    { universityId, detail }: RecordRow,
    timeline: readonly TimelineEvent[],
  ): Promise<Record<string, string>> {
    const reach = reachOf(actor, 'person.read');
    if (reach === undefined || (reach === 'own' && universityId !== actor.organisation)) return {};
    const text = JSON.stringify([detail, ...timeline.map(({ data }) => data)]);
    return Object.fromEntries(await this.persons.names(new Set(text.match(/p_[0-9a-f]{20}/g) ?? [])));
  }
}

/**
 * Some records share a stream, like the claims of a fund year. Such a record's time line has the events that name it, and of an event
 * over many records its own entries: the others are not for everybody.
 */
const concerningOnly = (id: string, event: RecordedEvent): RecordedEvent[] => {
  if (Object.values(event.data).includes(id)) return [event];
  const own = Object.entries(event.data).flatMap(([field, value]): Array<[string, Json]> => {
    const entries = Array.isArray(value) ? (value as readonly Json[]).filter((entry) => namesRecord(entry, id)) : [];
    return entries.length > 0 ? [[field, entries]] : [];
  });
  return own.length > 0 ? [{ ...event, data: Object.fromEntries(own) }] : [];
};

const namesRecord = (entry: Json, id: string): boolean =>
  typeof entry === 'object' && entry !== null && Object.values(entry).includes(id);
