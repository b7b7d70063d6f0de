import { authorise, universityScope } from '@app/access';
import { type Actor, type LegalDate, isLegalDate } from '@app/kernel';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { DeadlineFilterDto, Sort } from './deadline.dto.js';
import { DeadlineRow } from './deadline.entity.js';
import { DEADLINE_STATES, type Deadline, type DeadlineState } from './deadline.js';
import { DEADLINE_KINDS, type DeadlineKind, isDeadlineKind } from './deadline-kinds.js';
import { deadlineRule } from './deadline-rules.js';

/** What is asked for, understood and as far as the actor may see. */
export interface DeadlineFilter {
  readonly asOf: LegalDate;
  readonly dueBy: LegalDate | undefined;
  readonly states: readonly DeadlineState[];
  /** Empty for every kind. */
  readonly kinds: readonly DeadlineKind[];
  readonly universityId: string | undefined;
  /** Lower-case. */
  readonly q: string | undefined;
  readonly sort: Sort;
}

const ALL = 'ALL';
export const STATES = Object.keys(DEADLINE_STATES) as readonly DeadlineState[];
const STANDING: readonly DeadlineState[] = ['OPEN', 'OVERDUE'];

const isState = (text: string): text is DeadlineState => Object.hasOwn(DEADLINE_STATES, text);

/** @throws Refusal T-1 */
const dateOf = (date: string): LegalDate => {
  if (!isLegalDate(date)) throw deadlineRule('T-1', { date }, { field: 'asOf' });
  return date;
};

/** @throws Refusal T-3 */
const statesOf = (text: string | undefined): readonly DeadlineState[] => {
  if (text === undefined) return STANDING;
  if (text === ALL) return STATES;
  return text.split(',').map((value) => {
    if (isState(value)) return value;
    throw deadlineRule('T-3', { value, known: [...STATES, ALL].join(', ') }, { field: 'state' });
  });
};

/** @throws Refusal T-2 */
const kindsOf = (text: string | undefined): readonly DeadlineKind[] =>
  (text?.split(',') ?? []).map((value) => {
    if (isDeadlineKind(value)) return value;
    throw deadlineRule('T-2', { value, known: Object.keys(DEADLINE_KINDS).join(', ') }, { field: 'kind' });
  });

/** @throws Refusal, T-1, T-2, T-3 */
export const filterOf = (actor: Actor, given: DeadlineFilterDto, today: LegalDate): DeadlineFilter => {
  authorise(actor, 'record.read', given.universityId);
  return {
    asOf: given.asOf === undefined ? today : dateOf(given.asOf),
    dueBy: given.dueBy,
    states: statesOf(given.state),
    kinds: kindsOf(given.kind),
    universityId: universityScope(actor, 'record.read') ?? given.universityId,
    q: given.q?.trim().toLowerCase(),
    sort: given.sort ?? 'dueOn',
  };
};

/** The state of a row as of `:asOf`, as `stateOn` says it. */
const IS_CLOSED = 'row.closedOn <= :asOf';
const STANDS = `row.closedOn > :asOf AND row.opensOn <= :asOf`;
const CONDITIONS: Readonly<Record<DeadlineState, string>> = {
  NOT_YET: 'row.closedOn > :asOf AND row.opensOn > :asOf',
  OPEN: `${STANDS} AND row.dueOn >= :asOf`,
  OVERDUE: `${STANDS} AND row.dueOn < :asOf`,
  MET: `${IS_CLOSED} AND row.outcome = 'MET' AND row.closedOn <= row.dueOn`,
  MET_LATE: `${IS_CLOSED} AND row.outcome = 'MET' AND row.closedOn > row.dueOn`,
  LAPSED: `${IS_CLOSED} AND row.outcome = 'LAPSED'`,
  CANCELLED: `${IS_CLOSED} AND row.outcome = 'CANCELLED'`,
};

/** How many rows are in a state. */
export const countOf = (state: DeadlineState): string => `SUM(CASE WHEN ${CONDITIONS[state]} THEN 1 ELSE 0 END)`;

/** Rows of every state that the rest of the filter lets through. */
export const filtered = (
  manager: EntityManager,
  { asOf, dueBy, kinds, universityId, q }: DeadlineFilter,
): SelectQueryBuilder<DeadlineRow> => {
  const query = manager.createQueryBuilder(DeadlineRow, 'row').setParameter('asOf', asOf);
  if (dueBy !== undefined) query.andWhere('row.dueOn <= :dueBy', { dueBy });
  if (kinds.length > 0) query.andWhere('row.kind IN (:...kinds)', { kinds });
  if (universityId !== undefined) query.andWhere('row.universityId = :universityId', { universityId });
  if (q !== undefined) {
    query.andWhere("row.search LIKE :q ESCAPE '\\'", { q: `%${q.replace(/[\\%_]/g, '\\$&')}%` });
  }
  return query;
};

const isStanding = (states: readonly DeadlineState[]): boolean =>
  states.length === STANDING.length && STANDING.every((state) => states.includes(state));

export const inStates = (
  query: SelectQueryBuilder<DeadlineRow>,
  states: readonly DeadlineState[],
): SelectQueryBuilder<DeadlineRow> => {
  if (isStanding(states)) return query.andWhere(STANDS);
  return query.andWhere(`(${states.map((state) => CONDITIONS[state]).join(' OR ')})`);
};

/** Whether a deadline that is in no table passes the same filter, of whatever state. */
export const passes = (
  { kind, universityId, recordNumber, title, dueOn }: Deadline,
  filter: Pick<DeadlineFilter, 'kinds' | 'universityId' | 'q' | 'dueBy'>,
): boolean =>
  (filter.dueBy === undefined || dueOn <= filter.dueBy) &&
  (filter.kinds.length === 0 || filter.kinds.includes(kind)) &&
  (filter.universityId === undefined || filter.universityId === universityId) &&
  (filter.q === undefined || `${recordNumber} ${title}`.toLowerCase().includes(filter.q));

/** How a list is ordered: by one column, then by key. */
export interface Order {
  readonly column: 'dueOn' | 'recordNumber';
  readonly descending: boolean;
}

export const orderOf = (sort: Sort): Order => ({
  column: sort.endsWith('dueOn') ? 'dueOn' : 'recordNumber',
  descending: sort.startsWith('-'),
});
