import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { GetFundBoardHandler, ListFundBoardsHandler } from './fund-board.queries.js';
import { FundImports } from './fund.import.js';
import { FundYearController } from './fund-year.controller.js';
import { FundYearHandler } from './fund-year.handler.js';

@Module({
  imports: [CqrsModule],
  controllers: [FundYearController],
  providers: [FundYearHandler, GetFundBoardHandler, ListFundBoardsHandler, FundImports],
  exports: [FundImports],
})
export class FundModule {}
