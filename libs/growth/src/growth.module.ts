import { Module } from '@nestjs/common';
import { BaselineController } from './baseline.controller.js';
import { ApproveBaselineHandler, ReviseBaselineHandler } from './baseline.handler.js';
import { ListConversionFactsHandler } from './conversion-facts.queries.js';
import { GrowthImports } from './growth.import.js';
import { TargetBoardController } from './target-board.controller.js';
import { GetTargetBoardHandler } from './target-board.queries.js';

@Module({
  controllers: [BaselineController, TargetBoardController],
  providers: [
    ApproveBaselineHandler,
    ReviseBaselineHandler,
    GetTargetBoardHandler,
    ListConversionFactsHandler,
    GrowthImports,
  ],
  exports: [GrowthImports],
})
export class GrowthModule {}
