import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { disclosureEvents, disclosureRecords } from './disclosure.projection.js';
import { disclosureRule } from './disclosure-rules.js';
import { evaluationEvents, evaluationRecords } from './evaluation.projection.js';
import { evaluationRule } from './evaluation-rules.js';

export type { DisclosedInvention, DisclosureEvent, DisclosureStatus, ReturnedDisclosure } from './disclosure-events.js';
export { graceUntil } from './disclosure-facts.js';
export { NoteDisclosureFiling, TakeBackDisclosureFiling } from './disclosure-filing.handler.js';
export { RunDisclosure } from './disclosure.handler.js';
export type {
  DisclosureFollowUp,
  DisclosureRequest,
  DisclosureStepRequest,
  NamedInventor,
} from './disclosure-input.handler.js';
export { DisclosuresImports } from './disclosures.import.js';
export { DisclosuresModule } from './disclosures.module.js';
export type { EvaluationEvent, ReleasedRight } from './evaluation-events.js';
export type { CommissionedEvaluation, ConcludedEvaluation, EvaluationConclusion } from './evaluation-facts.js';
export {
  type CommissionRequest,
  type EvaluationRequest,
  type EvaluationStepRequest,
  type FilingRequest,
  type ReleaseRequest,
  RunEvaluation,
} from './evaluation.handler.js';
export { FindFilingDecision, FindRelease, type StandingFiling } from './evaluation.queries.js';
export type { DecidedFiling, FilingDecision } from './filing.js';
export type { Inventor } from './inventor.js';
export { type Release, type StandingRelease, assertNoMarketTransfer } from './release.js';

export const disclosuresEvents: readonly EventCatalogue[] = [disclosureEvents, evaluationEvents];
export const disclosuresProjections: readonly Projection[] = [disclosureRecords, evaluationRecords];
export const disclosuresRules: readonly RuleTable[] = [disclosureRule, evaluationRule];
