import { authorise, universityScope } from '@app/access';
import type { Actor } from '@app/kernel';
import { type Cursor, ReadModels, RecordRow, decodeCursor, encodeCursor, pageRule } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { recordRule } from './record-rules.js';
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

export class ListRecords extends Query<RecordPage> {
  constructor(
    readonly actor: Actor,
    readonly page: RecordPageDto,
  ) {
    super();
  }
}

/** A record as files show it. */
export interface ExportedRecord extends RecordItem {
  /** The university's name, its code where no name is known. */
  readonly university: string;
}

export class ExportRecords extends Query<readonly ExportedRecord[]> {
  constructor(
    readonly actor: Actor,
    readonly filter: RecordFilterDto,
  ) {
    super();
  }
}

const PAGE = 50;

@QueryHandler(ListRecords)
export class ListRecordsHandler implements IQueryHandler<ListRecords> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ actor, page }: ListRecords): Promise<RecordPage> {
    const filter = scoped(actor, page);
    assertKind(filter, this.readModels);
    const limit = page.limit ?? PAGE;
    return this.readModels.read(async (manager) => {
      const total = await filtered(manager, filter).getCount();
      const query = sorted(filtered(manager, filter), page.sort);
      const rows = await from(query, page)
        .limit(limit + 1)
        .getMany();
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? encodeCursor(cursorOf(last, page.sort)) : null;
      return { items: items.map(toItem), next, total };
    }, page.after);
  }
}

/** Rows loaded between two turns of other requests. */
const EXPORT_PART = 500;

/** All matching records of one snapshot, in order. */
@QueryHandler(ExportRecords)
export class ExportRecordsHandler implements IQueryHandler<ExportRecords> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ actor, filter }: ExportRecords): Promise<readonly ExportedRecord[]> {
    assertKind(filter, this.readModels);
    return this.readModels.read(async (manager) => {
      const query = sorted(filtered(manager, scoped(actor, filter)), filter.sort);
      const keys = await query.select('record.key', 'key').getRawMany<{ key: string }>();
      const universities = await manager.find(RecordRow, { where: { kind: 'university' } });
      const names = new Map(universities.map(({ universityId, title }) => [universityId, title]));
      const records: ExportedRecord[] = [];
      for (let part = 0; part < keys.length; part += EXPORT_PART) {
        const wanted = keys.slice(part, part + EXPORT_PART).map(({ key }) => key);
        const rows = new Map((await manager.findBy(RecordRow, { key: In(wanted) })).map((row) => [row.key, row]));
        for (const row of wanted.flatMap((key) => rows.get(key) ?? [])) {
          records.push({ ...toItem(row), university: names.get(row.universityId) ?? row.universityId });
        }
        await new Promise(setImmediate);
      }
      return records;
    }, filter.after);
  }
}

/** The filter as far as the actor may see. @throws Refusal */
const scoped = (actor: Actor, filter: RecordFilterDto): RecordFilterDto => {
  authorise(actor, 'record.read', filter.universityId);
  const own = universityScope(actor, 'record.read');
  return own === undefined ? filter : { ...filter, universityId: own };
};

/** A kind that does not exist is a slip, not an empty list. @throws Refusal V-21 */
const assertKind = ({ kind }: RecordFilterDto, { recordKinds }: ReadModels): void => {
  if (kind === undefined || recordKinds.includes(kind)) return;
  throw recordRule('V-21', { kind, kinds: recordKinds.join(', ') }, { field: 'kind' });
};

/** Patent numbers are stored without prefix and dot, and found however they are written. */
const searched = (text: string): string => {
  const number = /^(?:zl|cn)?\s*(\d{8,12})\.?([\dx]?)$/.exec(text.trim().toLowerCase());
  return number ? `${number[1]}${number[2]}` : text.trim().toLowerCase();
};

const filtered = (manager: EntityManager, filter: RecordFilterDto): SelectQueryBuilder<RecordRow> => {
  const query = manager.createQueryBuilder(RecordRow, 'record');
  for (const column of ['kind', 'universityId', 'status', 'year', 'ipType'] as const) {
    const value = filter[column];
    if (value !== undefined) query.andWhere(`record.${column} = :${column}`, { [column]: value });
  }
  if (filter.q !== undefined) {
    const q = `%${searched(filter.q).replace(/[\\%_]/g, '\\$&')}%`;
    query.andWhere("record.search LIKE :q ESCAPE '\\'", { q });
  }
  return query;
};

const NEWEST_FIRST = '-date';

/** Without an amount a record sorts as if it were nil. */
const SORT_VALUES = { date: 'record.date', number: 'record.number', amount: 'COALESCE(record.amountFen, 0)' } as const;
type SortField = keyof typeof SORT_VALUES;

const sortOf = (sort: Sort = NEWEST_FIRST) => {
  const field = sort.replace('-', '') as SortField;
  return { field, value: SORT_VALUES[field], descending: sort.startsWith('-') };
};

/** Every order ends in the key, so that pages neither repeat nor miss a row. */
const sorted = (query: SelectQueryBuilder<RecordRow>, sort: Sort | undefined): SelectQueryBuilder<RecordRow> => {
  const { value, descending } = sortOf(sort);
  return query.orderBy(value, descending ? 'DESC' : 'ASC').addOrderBy('record.key', 'ASC');
};

/** The rows after a cursor. @throws Refusal V-PAGE, also for a cursor of another order */
const from = (query: SelectQueryBuilder<RecordRow>, { sort, cursor }: RecordPageDto): SelectQueryBuilder<RecordRow> => {
  if (cursor === undefined) return query;
  const { field, value, descending } = sortOf(sort);
  const { value: tagged, key } = decodeCursor(cursor);
  const prefix = `${field}:`;
  const at = tagged.slice(prefix.length);
  if (!tagged.startsWith(prefix) || (field === 'amount' && !/^\d{1,16}$/.test(at))) {
    throw pageRule('V-PAGE', {}, { field: 'cursor' });
  }
  const sign = descending ? '<' : '>';
  return query.andWhere(`(${value} ${sign} :at OR (${value} = :at AND record.key > :key))`, {
    at: field === 'amount' ? Number(at) : at,
    key,
  });
};

const cursorOf = (row: RecordRow, sort: Sort | undefined): Cursor => {
  const { field } = sortOf(sort);
  const at = { date: row.date, number: row.number, amount: String(row.amountFen ?? 0n) }[field];
  return { value: `${field}:${at}`, key: row.key };
};

export const toItem = ({
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
  amountFen,
}: RecordRow): RecordItem => ({
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
