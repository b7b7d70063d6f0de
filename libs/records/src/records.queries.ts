import { PersonStore, reachOf, universityScope } from '@app/access';
import { type EventMetadata, EventRegistry, EventStore, type JsonObject, runnerRule } from '@app/event-store';
import type { Actor, BilingualText } from '@app/kernel';
import { ReadModels, RecordRow, decodeCursor, encodeCursor } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { RecordFilterDto, RecordPageDto, Sort } from './records.dto.js';

/** A record as lists show it; money as text of fen. */
export interface RecordItem {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly universityId: string;
  readonly counterparty: string | null;
  readonly status: string;
  readonly date: string;
  readonly ipType: string | null;
  readonly amountFen: string | null;
}

export interface RecordPage {
  readonly items: readonly RecordItem[];
  /** Cursor of the next page, null on the last. */
  readonly next: string | null;
  readonly total: number;
}

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

export class ListRecords extends Query<RecordPage> {
  constructor(
    readonly actor: Actor,
    readonly page: RecordPageDto,
  ) {
    super();
  }
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

const PAGE = 50;
const SORT_COLUMNS: Record<string, string> = { date: 'record.date', number: 'record.number', amount: 'record.amountFen' };

@QueryHandler(ListRecords)
export class ListRecordsHandler implements IQueryHandler<ListRecords> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ actor, page }: ListRecords): Promise<RecordPage> {
    const universityId = universityScope(actor, 'record.read') ?? page.universityId;
    const filter = { ...page, ...(universityId === undefined ? {} : { universityId }) };
    return this.readModels.read(async (manager) => {
      const total = await filtered(manager, filter).getCount();
      const limit = page.limit ?? PAGE;
      const rows = await pageOf(filtered(manager, filter), page, limit + 1);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? encodeCursor({ value: sortValue(last, page.sort), key: last.key }) : null;
      return { items: items.map(toItem), next, total };
    }, page.after);
  }
}

const filtered = (manager: EntityManager, filter: RecordFilterDto): SelectQueryBuilder<RecordRow> => {
  const query = manager.createQueryBuilder(RecordRow, 'record');
  for (const column of ['kind', 'universityId', 'status', 'year', 'ipType'] as const) {
    const value = filter[column];
    if (value !== undefined) query.andWhere(`record.${column} = :${column}`, { [column]: value });
  }
  if (filter.q !== undefined) {
    query.andWhere("record.search LIKE :q ESCAPE '\\'", { q: `%${filter.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` });
  }
  return query;
};

/** Sort orders end in the key, so pages neither repeat nor miss a row. Without an amount a record sorts as if it were nil. */
const pageOf = (query: SelectQueryBuilder<RecordRow>, { sort = '-date', cursor }: RecordPageDto, limit: number): Promise<RecordRow[]> => {
  const descending = sort.startsWith('-');
  const column = SORT_COLUMNS[sort.replace('-', '')] ?? 'record.date';
  const value = column === SORT_COLUMNS['amount'] ? `COALESCE(${column}, 0)` : column;
  if (cursor !== undefined) {
    const from = decodeCursor(cursor);
    const sign = descending ? '<' : '>';
    const parameters = { value: column === SORT_COLUMNS['amount'] ? Number(from.value) : from.value, key: from.key };
    query.andWhere(`(${value} ${sign} :value OR (${value} = :value AND record.key > :key))`, parameters);
  }
  return query
    .orderBy(value, descending ? 'DESC' : 'ASC')
    .addOrderBy('record.key', 'ASC')
    .limit(limit)
    .getMany();
};

const sortValue = (row: RecordRow, sort: Sort = '-date'): string => {
  if (sort.endsWith('number')) return row.number;
  return sort.endsWith('amount') ? String(row.amountFen ?? 0n) : row.date;
};

const toItem = ({ key, kind, id, number, title, universityId, counterparty, status, date, ipType, amountFen }: RecordRow): RecordItem => ({
  key,
  kind,
  id,
  number,
  title,
  universityId,
  counterparty,
  status,
  date,
  ipType,
  amountFen: amountFen === null ? null : amountFen.toString(),
});

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
    const row = await this.readModels.read((manager) => manager.findOneBy(RecordRow, { key: `${kind}:${id}` }), after);
    if (!row || (scope !== undefined && row.universityId !== scope)) throw runnerRule('C-5', { kind: '记录 / record', value: `${kind}/${id}` });
    const timeline = await this.timeline(row);
    return { ...toItem(row), detail: row.detail, revision: row.revision, names: await this.names(actor, timeline), timeline };
  }

  private async timeline({ stream, revision }: RecordRow): Promise<TimelineEvent[]> {
    const events = await this.store.readStream(stream);
    return events
      .filter((event) => event.revision <= revision)
      .map((event) => {
        const { zh, en } = this.registry.describe(event.type);
        const { actor, source, reason = null } = event.metadata;
        const { id, type, recordedAt, data } = event;
        return { id, revision: event.revision, type, title: { zh, en }, recordedAt, actor, source, reason, data };
      });
  }

  /** Joined here and never stored with the rows: an erased person's name is gone from every page at once. */
  private async names(actor: Actor, timeline: readonly TimelineEvent[]): Promise<Record<string, string>> {
    if (!reachOf(actor, 'person.read')) return {};
    const ids = new Set(JSON.stringify(timeline.map(({ data }) => data)).match(/p_[0-9a-f]{20}/g) ?? []);
    return Object.fromEntries(await this.persons.names([...ids]));
  }
}

/** Every matching row in pages, for exports. */
export async function* allRecords(handler: (page: RecordPageDto) => Promise<RecordPage>, filter: RecordFilterDto): AsyncIterable<RecordItem> {
  let cursor: string | undefined;
  do {
    const page: RecordPage = await handler({ ...filter, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
