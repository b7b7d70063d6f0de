import { authorise } from '@app/access';
import type { Position } from '@app/event-store';
import { type Actor, dateInChina, yearOf } from '@app/kernel';
import { Checkpoint, ReadModels } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EntityManager } from 'typeorm';
import { ApprovedBaselineRow } from './approved-baseline.entity.js';
import { baselineId } from './baseline.js';
import { conversionFacts } from './conversion-fact.projection.js';
import { PLAN_RULE } from './counting-rule.js';
import { PLAN_BASE_YEAR, PLAN_LAST_YEAR, type RegistryDates, planTargets } from './plan-target.js';
import { type CellCounts, cellKey } from './tally.js';
import { CITY, type IpScope, type TargetBoard } from './target-board.js';
import { type BoardInputs, yearLines } from './year-line.js';

/** The target board for one base year and IP scope. `after` is the position token the answer must include. */
export class GetTargetBoard extends Query<TargetBoard> {
  constructor(
    readonly actor: Actor,
    readonly baseYear: number,
    readonly ipScope: IpScope,
    readonly after?: string,
  ) {
    super();
  }
}

interface Parameters {
  readonly baseYear: number;
  readonly ipScope: IpScope;
  /** Plain date in China. No year after it is shown, even where contracts already say when they take effect. */
  readonly today: string;
}

/** People look at a handful of views; whoever walks through all base years gets no more memory than that. */
const MOST_REMEMBERED = 16;

@QueryHandler(GetTargetBoard)
export class GetTargetBoardHandler implements IQueryHandler<GetTargetBoard> {
  private readonly remembered = new Map<string, Promise<TargetBoard>>();
  private rememberedAt: Position = '';

  constructor(private readonly models: ReadModels) {}

  async execute({ actor, baseYear, ipScope, after }: GetTargetBoard): Promise<TargetBoard> {
    authorise(actor, 'board.read');
    if (after !== undefined) await this.models.waitFor(after);
    return this.recall({ baseYear, ipScope, today: dateInChina(new Date().toISOString()) });
  }

  /** Figures stand until the read tables move; many readers at once share one computation. */
  private recall(parameters: Parameters): Promise<TargetBoard> {
    const { position } = this.models;
    if (position !== this.rememberedAt || this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.rememberedAt = position;
    const key = JSON.stringify(parameters);
    const known = this.remembered.get(key);
    if (known) return known;
    const board = this.models.read((manager) => this.board(parameters, manager));
    this.remembered.set(key, board);
    board.catch(() => this.remembered.delete(key));
    return board;
  }

  private async board(parameters: Parameters, manager: EntityManager): Promise<TargetBoard> {
    const { baseYear, ipScope, today } = parameters;
    const rows = await cells(manager);
    const baselines = await manager.find(ApprovedBaselineRow, { order: { id: 'ASC' } });
    const universities = await listed(manager);
    const inputs: BoardInputs = {
      cells: new Map(rows.map(({ scope, year, counts }) => [cellKey(scope, year), JSON.parse(counts) as CellCounts])),
      baselines: new Map(baselines.map((baseline) => [baselineId(baseline), baseline.value])),
    };
    const view = { baseYear, ipScope, today, lastYear: lastYear(rows, parameters) };
    const plan = { baseYear: PLAN_BASE_YEAR, lastYear: PLAN_LAST_YEAR, ipScope: 'all', today } as const;
    return {
      position: this.models.token(await positionOf(manager)),
      rule: { id: PLAN_RULE.id, zh: PLAN_RULE.zh, en: PLAN_RULE.en },
      baseYear,
      ipScope,
      city: { years: yearLines(CITY, view, inputs) },
      universities: universities.map((university) => ({
        ...university,
        years: yearLines(university.universityId, view, inputs),
      })),
      baselines: baselines
        .filter((baseline) => baseline.baseYear === baseYear && baseline.ipScope === ipScope)
        .map(({ id: _id, position: _position, ...baseline }) => baseline),
      targets: planTargets(await registryDates(manager), yearLines(CITY, plan, inputs), today),
    };
  }
}

interface CellRow {
  readonly scope: string;
  readonly year: number;
  readonly counts: string;
}

const cells = (manager: EntityManager): Promise<CellRow[]> =>
  manager.query('SELECT "scope", "year", "counts" FROM "growth_cell"');

const lastYear = (rows: readonly CellRow[], { baseYear, today }: Parameters): number => {
  const years = rows.map(({ year }) => year).filter((year) => year <= yearOf(today));
  return Math.max(PLAN_LAST_YEAR, baseYear, ...new Set(years));
};

/** How far the facts have come, read in the same snapshot as the facts. */
const positionOf = async (manager: EntityManager): Promise<Position | undefined> =>
  (await manager.findOneBy(Checkpoint, { projection: conversionFacts.name }))?.position;

interface ListedUniversity {
  readonly universityId: string;
  readonly name: string;
  readonly inPanel: boolean;
}

/** The registry's table, by name: slices share rows, not code. */
const listed = async (manager: EntityManager): Promise<ListedUniversity[]> => {
  const rows: ListedUniversity[] = await manager.query(
    'SELECT "universityId", "name", "inPanel" FROM "university" ORDER BY "universityId"',
  );
  return rows.map((row) => ({ ...row, inPanel: Boolean(row.inPanel) }));
};

interface DatedRecord {
  readonly kind: string;
  readonly universityId: string;
  readonly on: string;
  readonly detail: string;
}

const registryDates = async (manager: EntityManager): Promise<RegistryDates> => {
  const records: DatedRecord[] = await manager.query(
    `SELECT "kind", "universityId", "date" AS "on", "detail" FROM "record"
      WHERE "kind" IN ('designation', 'portfolio', 'dedicated-office')`,
  );
  const of = (kind: string) => records.filter((record) => record.kind === kind);
  return {
    designations: of('designation'),
    portfolios: of('portfolio'),
    offices: of('dedicated-office').map(({ universityId, on, detail }) => {
      const { closedOn = null } = JSON.parse(detail) as { readonly closedOn?: string | null };
      return { universityId, on, closedOn };
    }),
  };
};
