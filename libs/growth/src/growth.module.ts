import { Approvals } from '@app/evidence';
import { Module } from '@nestjs/common';
import { AnnualReportController } from './annual-report.controller.js';
import { AnnualSnapshots, RunAnnualReportHandler } from './annual-report.handler.js';
import { GetAnnualReportHandler } from './annual-report.queries.js';
import { BaselineController } from './baseline.controller.js';
import { ApproveBaselineHandler, ReviseBaselineHandler } from './baseline.handler.js';
import { ListConversionFactsHandler } from './conversion-facts.queries.js';
import { GrowthImports } from './growth.import.js';
import { TargetBoardController } from './target-board.controller.js';
import { GetTargetBoardHandler } from './target-board.queries.js';

@Module({
  controllers: [AnnualReportController, BaselineController, TargetBoardController],
  providers: [
    ApproveBaselineHandler,
    ReviseBaselineHandler,
    Approvals,
    GetTargetBoardHandler,
    ListConversionFactsHandler,
    AnnualSnapshots,
    RunAnnualReportHandler,
    GetAnnualReportHandler,
    GrowthImports,
  ],
  exports: [GrowthImports],
})
export class GrowthModule {}
