import { authorise } from '@app/access';
import type { Position } from '@app/event-store';
import type { Actor } from '@app/kernel';
import { ReadModels } from '@app/read-model';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { FundBoard } from './fund-board.js';
import { fundRule } from './fund-rules.js';
import { boardOf } from './fund-year-document.js';
import { FundYearRow } from './fund-year.entity.js';

export type FundBoardSummary = Omit<FundBoard, 'claims'>;

/** The board of one fund year; results are public to everyone signed in. `after` is the position token the answer must include. */
export class GetFundBoard extends Query<FundBoard> {
  constructor(
    readonly actor: Actor,
    readonly year: number,
    readonly after?: string,
  ) {
    super();
  }
}

/** All fund years without their claims, newest first. */
export class ListFundBoards extends Query<readonly FundBoardSummary[]> {
  constructor(
    readonly actor: Actor,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(GetFundBoard)
export class GetFundBoardHandler implements IQueryHandler<GetFundBoard> {
  /** Boards worked out for one position of the read tables; another position, and they are forgotten. */
  private known: { readonly position: Position; readonly boards: Map<number, FundBoard> } | undefined;

  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal F-12 when there is no such year */
  async execute({ actor, year, after }: GetFundBoard): Promise<FundBoard> {
    authorise(actor, 'board.read');
    if (after !== undefined) await this.models.waitFor(after);
    const { position } = this.models;
    if (this.known?.position !== position) this.known = { position, boards: new Map() };
    const { boards } = this.known;
    const board = boards.get(year) ?? (await this.load(year, position));
    boards.set(year, board);
    return board;
  }

  private async load(year: number, position: Position): Promise<FundBoard> {
    const row = await this.models.read((manager) => manager.findOneBy(FundYearRow, { year: String(year) }));
    if (!row) throw fundRule('F-12', { year }, { field: 'year' });
    return boardOf(row.document, this.models.token(position));
  }
}

@QueryHandler(ListFundBoards)
export class ListFundBoardsHandler implements IQueryHandler<ListFundBoards> {
  constructor(private readonly models: ReadModels) {}

  async execute({ actor, after }: ListFundBoards): Promise<readonly FundBoardSummary[]> {
    authorise(actor, 'board.read');
    if (after !== undefined) await this.models.waitFor(after);
    const token = this.models.token();
    const rows = await this.models.read((manager) => manager.find(FundYearRow, { order: { year: 'DESC' } }));
    return rows.map(({ document }) => {
      const { claims: _claims, ...summary } = boardOf(document, token);
      return summary;
    });
  }
}
