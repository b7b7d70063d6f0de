import { Approvals } from '@app/evidence';
import { Module } from '@nestjs/common';
import { DecisionGrounds } from './decision-ground.handler.js';
import { DisclosureController } from './disclosure.controller.js';
import { NoteDisclosureFilingHandler, TakeBackDisclosureFilingHandler } from './disclosure-filing.handler.js';
import { RunDisclosureHandler } from './disclosure.handler.js';
import { DisclosureInput } from './disclosure-input.handler.js';
import { DisclosuresImports } from './disclosures.import.js';
import { EvaluationController } from './evaluation.controller.js';
import { RunEvaluationHandler } from './evaluation.handler.js';
import { FindFilingDecisionHandler, FindReleaseHandler } from './evaluation.queries.js';

@Module({
  controllers: [DisclosureController, EvaluationController],
  providers: [
    Approvals,
    DecisionGrounds,
    DisclosureInput,
    RunDisclosureHandler,
    NoteDisclosureFilingHandler,
    TakeBackDisclosureFilingHandler,
    RunEvaluationHandler,
    FindFilingDecisionHandler,
    FindReleaseHandler,
    DisclosuresImports,
  ],
  exports: [DisclosuresImports],
})
export class DisclosuresModule {}
