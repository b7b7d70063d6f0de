import { Module } from '@nestjs/common';
import { ApprovalReader } from './approval.handler.js';
import { DisclosureController } from './disclosure.controller.js';
import { RunDisclosureHandler } from './disclosure.handler.js';
import { DisclosureInput } from './disclosure-input.handler.js';
import { DisclosuresImports } from './disclosures.import.js';
import { EvaluationController } from './evaluation.controller.js';
import { RunEvaluationHandler } from './evaluation.handler.js';
import { FindFilingDecisionHandler, FindReleaseHandler } from './evaluation.queries.js';

@Module({
  controllers: [DisclosureController, EvaluationController],
  providers: [
    ApprovalReader,
    DisclosureInput,
    RunDisclosureHandler,
    RunEvaluationHandler,
    FindFilingDecisionHandler,
    FindReleaseHandler,
    DisclosuresImports,
  ],
  exports: [DisclosuresImports],
})
export class DisclosuresModule {}
