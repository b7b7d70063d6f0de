import { Viewer } from '@app/http';
import type { Actor } from '@app/kernel';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { type FactPage, ListConversionFacts } from './conversion-facts.queries.js';
import { ConversionFactsDto, TargetBoardDto } from './target-board.dto.js';
import { GetTargetBoard } from './target-board.queries.js';
import type { TargetBoard } from './target-board.js';

@ApiTags('growth')
@Controller('api/v1/boards/target')
export class TargetBoardController {
  constructor(private readonly queries: QueryBus) {}

  /** Whether the plan's targets are met, for the city and each university (目标看板). */
  @Get()
  board(@Query() { baseYear, ipScope, after }: TargetBoardDto, @Viewer() actor: Actor): Promise<TargetBoard> {
    return this.queries.execute(new GetTargetBoard(actor, baseYear, ipScope, after));
  }

  /** The facts behind one cell of the board, a page at a time (下钻). */
  @Get('facts')
  facts(@Query() { cursor, limit, after, ...cell }: ConversionFactsDto, @Viewer() actor: Actor): Promise<FactPage> {
    const page = cursor === undefined ? { limit } : { cursor, limit };
    return this.queries.execute(new ListConversionFacts(actor, cell, page, after));
  }
}
