import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { disclosureEvents, disclosureRecords } from './disclosure.projection.js';
import { disclosureRule } from './disclosure-rules.js';
import { evaluationEvents, evaluationRecords } from './evaluation.projection.js';
import { evaluationRule } from './evaluation.js';

export type { DisclosedInvention, DisclosureEvent } from './disclosure.js';
export { type DisclosureRequest, type NamedInventor, RunDisclosure } from './disclosure.handler.js';
export { DisclosuresImports } from './disclosures.import.js';
export { DisclosuresModule } from './disclosures.module.js';
export type {
  ConcludedEvaluation,
  DecidedFiling,
  EvaluationConclusion,
  EvaluationEvent,
  FilingDecision,
} from './evaluation.js';
export { type EvaluationRequest, type FilingRequest, RunEvaluation } from './evaluation.handler.js';
export { FindFilingDecision, type StandingFiling } from './evaluation.queries.js';
export type { Inventor } from './inventor.js';

export const disclosuresEvents: readonly EventCatalogue[] = [disclosureEvents, evaluationEvents];
export const disclosuresProjections: readonly Projection[] = [disclosureRecords, evaluationRecords];
export const disclosuresRules: readonly RuleTable[] = [disclosureRule, evaluationRule];
