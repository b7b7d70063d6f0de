import { authorise, universityScope } from '@app/access';
import type { Actor, IpType } from '@app/kernel';
import { ReadModels, decodeCursor, encodeCursor } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { ConversionFactRow, GrowthCell, PanelSpanRow } from './conversion-fact.entity.js';
import type { FactFlag } from './counting-rule.js';
import type { DealMode } from './deal.js';
import { type BoardColumn, cellKey, countIn, modeOf } from './tally.js';
import { type Basis, CITY, type IpScope } from './target-board.js';

/** One cell of the target board. */
export interface BoardCell {
  readonly scope: string;
  readonly year: number;
  readonly basis: Basis;
  readonly ipScope: IpScope;
  readonly column: BoardColumn;
}

export interface Page {
  readonly cursor?: string;
  readonly limit: number;
}

/** A fact as it stands behind a figure: one asset × one transaction. */
export interface FactLine {
  readonly key: string;
  readonly rule: string;
  /** Id of the contract, or of the grant where the mode is OPEN_GRANT. */
  readonly contractId: string;
  readonly contractNumber: string;
  readonly universityId: string;
  readonly assetId: string;
  /** Registration number of the asset. */
  readonly number: string;
  readonly ipType: IpType;
  readonly mode: DealMode;
  readonly countedOn: string | null;
  readonly pendingOn: string | null;
  readonly flags: readonly FactFlag[];
  readonly inChangsha: boolean | null;
}

/** `GET /api/v1/boards/target/facts`: the facts behind one cell, oldest first. */
export interface FactPage {
  /** The figure on the board: on the basis 项 or 件 it is less than the facts where several belong to one contract or asset. */
  readonly count: number;
  readonly items: readonly FactLine[];
  readonly next: string | null;
}

/** Opens a cell of the target board down to its facts. Who may see only its own records gets only its own facts. */
export class ListConversionFacts extends Query<FactPage> {
  constructor(
    readonly actor: Actor,
    readonly cell: BoardCell,
    readonly page: Page,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(ListConversionFacts)
export class ListConversionFactsHandler implements IQueryHandler<ListConversionFacts> {
  constructor(private readonly models: ReadModels) {}

  async execute({ actor, cell, page, after }: ListConversionFacts): Promise<FactPage> {
    authorise(actor, 'board.read');
    authorise(actor, 'record.read', cell.scope === CITY ? undefined : cell.scope);
    const own = universityScope(actor, 'record.read');
    return this.models.read((manager) => factPage(manager, { cell, page, own }), after);
  }
}

interface Request {
  readonly cell: BoardCell;
  readonly page: Page;
  readonly own: string | undefined;
}

const factPage = async (manager: EntityManager, request: Request): Promise<FactPage> => {
  const { cell, page } = request;
  const found = await matching(manager, request)
    .orderBy('fact.date', 'ASC')
    .addOrderBy('fact.key', 'ASC')
    .limit(page.limit + 1)
    .getMany();
  const items = found.slice(0, page.limit);
  const last = found.length > page.limit ? items.at(-1) : undefined;
  return {
    count: await figureOf(manager, cell),
    items: items.map(lineOf),
    next: last ? encodeCursor({ value: last.date, key: last.key }) : null,
  };
};

const lineOf = ({
  isPatent: _isPatent,
  isFlagged: _isFlagged,
  date: _date,
  year: _year,
  knownFrom: _knownFrom,
  knownTo: _knownTo,
  ...line
}: ConversionFactRow): FactLine => line;

const figureOf = async (
  manager: EntityManager,
  { scope, year, ipScope, basis, column }: BoardCell,
): Promise<number> => {
  const cell = await manager.findOneBy(GrowthCell, { key: cellKey(scope, year) });
  return countIn(cell?.counts ?? [], ipScope, basis, column);
};

const matching = (manager: EntityManager, { cell, page, own }: Request): SelectQueryBuilder<ConversionFactRow> => {
  const query = manager.createQueryBuilder(ConversionFactRow, 'fact');
  query.where('fact.year = :year', { year: cell.year }).andWhere('fact.knownTo IS NULL');
  inScope(query, cell.scope);
  inColumn(query, cell.column);
  if (cell.ipScope === 'patents') query.andWhere('fact.isPatent = :yes', { yes: true });
  if (own !== undefined) query.andWhere('fact.universityId = :own', { own });
  if (page.cursor !== undefined) {
    const { value, key } = decodeCursor(page.cursor);
    query.andWhere('(fact.date > :value OR (fact.date = :value AND fact.key > :key))', { value, key });
  }
  return query;
};

/** The city is every university that was in the panel on the date of the fact. */
const inScope = (query: SelectQueryBuilder<ConversionFactRow>, scope: string): void => {
  if (scope !== CITY) {
    query.andWhere('fact.universityId = :scope', { scope });
    return;
  }
  const member = query
    .subQuery()
    .select('1')
    .from(PanelSpanRow, 'span')
    .where('span.universityId = fact.universityId')
    .andWhere('span.inPanel = :member', { member: true })
    .andWhere('span.from <= fact.date AND fact.date < span.until');
  query.andWhere(`EXISTS ${member.getQuery()}`).setParameters(member.getParameters());
};

const inColumn = (query: SelectQueryBuilder<ConversionFactRow>, column: BoardColumn): void => {
  query.andWhere(column === 'unrecorded' ? 'fact.countedOn IS NULL' : 'fact.countedOn IS NOT NULL');
  const mode = modeOf(column);
  if (mode) query.andWhere('fact.mode = :mode', { mode });
  if (column === 'flagged') query.andWhere('fact.isFlagged = :flagged', { flagged: true });
  if (column === 'inChangsha') query.andWhere('fact.inChangsha = :inChangsha', { inChangsha: true });
};
