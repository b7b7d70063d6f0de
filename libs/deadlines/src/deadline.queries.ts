import type { Actor, BilingualText, LegalDate } from '@app/kernel';
import { type Cursor, ReadModels, decodeCursor, encodeCursor, pageRule } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { type ReportYear, annualReports } from './annual-reports.js';
import type { DeadlineFilterDto, DeadlinePageDto } from './deadline.dto.js';
import { DeadlineReportRow, DeadlineRow, DeadlineUniversityRow } from './deadline.entity.js';
import { type Deadline, type DeadlineState, NEVER, compareText, stateOn } from './deadline.js';
import {
  type DeadlineFilter,
  type Order,
  STATES,
  countOf,
  filterOf,
  filtered,
  inStates,
  orderOf,
  passes,
} from './deadline-filter.queries.js';
import { DEADLINE_KINDS, type DeadlineKind, type Responsible, textOf } from './deadline-kinds.js';

/** A deadline as lists show it. */
export interface DeadlineItem {
  readonly key: string;
  readonly kind: DeadlineKind;
  readonly kindTitle: BilingualText;
  readonly state: DeadlineState;
  /** Null when it is not a university's own affair. */
  readonly universityId: string | null;
  /** The university's name, its code where no name is known. */
  readonly university: string | null;
  readonly who: Responsible;
  readonly recordKind: string;
  readonly recordId: string;
  readonly recordNumber: string;
  readonly title: string;
  readonly opensOn: LegalDate;
  /** Last day in time, days off looked at; null when no law sets a term. */
  readonly dueOn: LegalDate | null;
  readonly nominalOn: LegalDate | null;
  /** False when the holidays that decide are not known yet. */
  readonly certain: boolean;
  /** Until when a late act still counts, with a surcharge. */
  readonly graceTo: LegalDate | null;
  /** As of the date asked about; null while it stands. */
  readonly closedOn: LegalDate | null;
  /** Type of the event that closed it; null also when it lapsed by itself. */
  readonly closedBy: string | null;
  readonly clause: string;
  readonly textZh: string;
  readonly textEn: string;
}

export interface DeadlinePage {
  readonly asOf: LegalDate;
  readonly items: readonly DeadlineItem[];
  /** Cursor of the next page, null on the last. */
  readonly next: string | null;
  /** Deadlines in the states asked for. */
  readonly total: number;
  /** Deadlines that pass the rest of the filter, by state. */
  readonly counts: Readonly<Record<DeadlineState, number>>;
}

export class ListDeadlines extends Query<DeadlinePage> {
  constructor(
    readonly actor: Actor,
    readonly page: DeadlinePageDto,
    readonly today: LegalDate,
  ) {
    super();
  }
}

/** Every deadline that passes, in order: what a file or a calendar holds. */
export class ExportDeadlines extends Query<readonly DeadlineItem[]> {
  constructor(
    readonly actor: Actor,
    readonly filter: DeadlineFilterDto,
    readonly today: LegalDate,
  ) {
    super();
  }
}

const PAGE = 50;

@QueryHandler(ListDeadlines)
export class ListDeadlinesHandler implements IQueryHandler<ListDeadlines> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ actor, page, today }: ListDeadlines): Promise<DeadlinePage> {
    const filter = filterOf(actor, page, today);
    const { asOf, states } = filter;
    const { limit = PAGE, cursor } = page;
    const order = orderOf(filter.sort);
    const start = cursor === undefined ? undefined : startOf(cursor, order);
    return this.readModels.read(async (manager) => {
      const universities = await universitiesIn(manager);
      const reports = await reportsIn(manager, universities, filter);
      const counts = await countsOf(manager, filter, reports);
      const query = sorted(inStates(filtered(manager, filter), states), order);
      const rows = await after(query, order, start)
        .limit(limit + 1)
        .getMany();
      const own = reports.filter((row) => states.includes(stateOn(row, asOf)) && isAfter(row, order, start));
      const found = [...rows, ...own].toSorted(comparing(order));
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const next = found.length > limit && last ? encodeCursor(cursorOf(last, order)) : null;
      const total = states.reduce((sum, state) => sum + counts[state], 0);
      return { asOf, items: shown.map(itemsAsOf(asOf, universities)), next, total, counts };
    }, page.after);
  }
}

/** Rows loaded between two turns of other requests. */
const EXPORT_PART = 500;

@QueryHandler(ExportDeadlines)
export class ExportDeadlinesHandler implements IQueryHandler<ExportDeadlines> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ actor, filter: given, today }: ExportDeadlines): Promise<readonly DeadlineItem[]> {
    const filter = filterOf(actor, given, today);
    const { asOf, states } = filter;
    const order = orderOf(filter.sort);
    return this.readModels.read(async (manager) => {
      const universities = await universitiesIn(manager);
      const query = sorted(inStates(filtered(manager, filter), states), order);
      const keys = await query.select('row.key', 'key').getRawMany<{ key: string }>();
      const reports = await reportsIn(manager, universities, filter);
      const rows: Deadline[] = reports.filter((row) => states.includes(stateOn(row, asOf)));
      for (let part = 0; part < keys.length; part += EXPORT_PART) {
        const wanted = keys.slice(part, part + EXPORT_PART).map(({ key }) => key);
        rows.push(...(await manager.findBy(DeadlineRow, { key: In(wanted) })));
        await new Promise(setImmediate);
      }
      return rows.toSorted(comparing(order)).map(itemsAsOf(asOf, universities));
    }, given.after);
  }
}

const universitiesIn = (manager: EntityManager): Promise<readonly DeadlineUniversityRow[]> =>
  manager.find(DeadlineUniversityRow, { order: { universityId: 'ASC' } });

const reportsIn = async (
  manager: EntityManager,
  universities: readonly DeadlineUniversityRow[],
  filter: DeadlineFilter,
): Promise<readonly Deadline[]> => {
  const filings = await manager.find(DeadlineReportRow);
  const active = await activeYears(manager);
  return annualReports(universities, { filings, active }, filter.asOf).filter((row) => passes(row, filter));
};

/** The table of the figures to report, by name: slices share rows, not code. A year of which no record stands has no row. */
const activeYears = (manager: EntityManager): Promise<readonly ReportYear[]> =>
  manager.query('SELECT "universityId", "year" FROM "annual_figures"');

const countsOf = async (
  manager: EntityManager,
  filter: DeadlineFilter,
  reports: readonly Deadline[],
): Promise<Record<DeadlineState, number>> => {
  const query = filtered(manager, filter).select([]);
  for (const state of STATES) query.addSelect(countOf(state), state);
  const counted = (await query.getRawOne<Record<DeadlineState, number | string | null>>()) ?? {};
  const counts = Object.fromEntries(Object.entries(counted).map(([state, count]) => [state, Number(count)]));
  const stored = (state: DeadlineState) => counts[state] ?? 0;
  const computed = (state: DeadlineState) => reports.filter((row) => stateOn(row, filter.asOf) === state).length;
  return Object.fromEntries(STATES.map((state) => [state, stored(state) + computed(state)])) as Record<
    DeadlineState,
    number
  >;
};

/** Every order ends in the key, so that pages neither repeat nor miss a row. */
const sorted = (query: SelectQueryBuilder<DeadlineRow>, { column, descending }: Order) =>
  query.orderBy(`row.${column}`, descending ? 'DESC' : 'ASC').addOrderBy('row.key', 'ASC');

const comparing =
  ({ column, descending }: Order) =>
  (a: Deadline, b: Deadline): number =>
    compareText(a[column], b[column]) * (descending ? -1 : 1) || compareText(a.key, b.key);

const cursorOf = (row: Deadline, { column }: Order): Cursor => ({ value: `${column}:${row[column]}`, key: row.key });

/** @throws Refusal V-PAGE, also for a cursor of another order */
const startOf = (cursor: string, { column }: Order): Cursor => {
  const { value, key } = decodeCursor(cursor);
  const prefix = `${column}:`;
  if (!value.startsWith(prefix)) throw pageRule('V-PAGE', {}, { field: 'cursor' });
  return { value: value.slice(prefix.length), key };
};

const after = (query: SelectQueryBuilder<DeadlineRow>, { column, descending }: Order, start: Cursor | undefined) => {
  if (!start) return query;
  const { value: at, key: startKey } = start;
  const beyond = `row.${column} ${descending ? '<' : '>'} :at`;
  return query.andWhere(`(${beyond} OR (row.${column} = :at AND row.key > :startKey))`, { at, startKey });
};

const isAfter = (row: Deadline, { column, descending }: Order, start: Cursor | undefined): boolean => {
  if (!start) return true;
  const along = compareText(row[column], start.value) * (descending ? -1 : 1);
  return along > 0 || (along === 0 && row.key > start.key);
};

const dayOf = (date: LegalDate): LegalDate | null => (date === NEVER ? null : date);

const itemsAsOf = (asOf: LegalDate, universities: readonly DeadlineUniversityRow[]) => {
  const names = new Map(universities.map(({ universityId, name }) => [universityId, name]));
  return (row: Deadline): DeadlineItem => {
    const { kind, universityId, detail, dueOn, nominalOn, closedOn, closedBy } = row;
    const { title: kindTitle, clause, who } = DEADLINE_KINDS[kind];
    const { zh: textZh, en: textEn } = textOf(row);
    const isClosed = closedOn <= asOf;
    return {
      key: row.key,
      kind,
      kindTitle,
      state: stateOn(row, asOf),
      universityId: universityId || null,
      university: names.get(universityId) ?? (universityId || null),
      who,
      recordKind: row.recordKind,
      recordId: row.recordId,
      recordNumber: row.recordNumber,
      title: row.title,
      opensOn: row.opensOn,
      dueOn: dayOf(dueOn),
      nominalOn: dayOf(nominalOn),
      certain: row.certain,
      graceTo: typeof detail['graceTo'] === 'string' ? detail['graceTo'] : null,
      closedOn: isClosed ? closedOn : null,
      closedBy: isClosed ? closedBy : null,
      clause,
      textZh,
      textEn,
    };
  };
};
