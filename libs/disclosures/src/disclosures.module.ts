import { Module } from '@nestjs/common';
import { DisclosureController } from './disclosure.controller.js';
import { RunDisclosureHandler } from './disclosure.handler.js';
import { DisclosuresImports } from './disclosures.import.js';
import { EvaluationController } from './evaluation.controller.js';
import { RunEvaluationHandler } from './evaluation.handler.js';
import { FindFilingDecisionHandler } from './evaluation.queries.js';

@Module({
  controllers: [DisclosureController, EvaluationController],
  providers: [RunDisclosureHandler, RunEvaluationHandler, FindFilingDecisionHandler, DisclosuresImports],
  exports: [DisclosuresImports],
})
export class DisclosuresModule {}
