import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { contractEvents, contractRecords } from './contract.projection.js';
import { lifeRule } from './contract-life-rules.js';
import { contractRule } from './contract-rules.js';
import { moneyRule } from './money-rules.js';
import { openLodgements } from './open-lodgement.projection.js';
import { priceNoticeEvents, priceNoticeRecords } from './price-notice.projection.js';
import { pricingRule } from './pricing-rules.js';

export const contractsEvents: readonly EventCatalogue[] = [contractEvents, priceNoticeEvents];
export const contractsProjections: readonly Projection[] = [contractRecords, openLodgements, priceNoticeRecords];
export const contractsRules: readonly RuleTable[] = [contractRule, lifeRule, pricingRule, moneyRule];

export type { ContractEvent } from './contract-events.js';
export type { Contract } from './contract-state.js';
export { FindContract, type FoundContract } from './contract-facts.handler.js';
export { RunContract } from './contract.handler.js';
export type { ContractRequest } from './contract-request.handler.js';
export { type AmountDue, amountsDue } from './contract-money.js';
export {
  isRecordable,
  RECORDING_STATES,
  type RecordingState,
  recordingDueOn,
  recordingState,
} from './contract-recording.js';
export {
  type AssetRef,
  type ContractTerms,
  CONVERSION_MODES,
  type ConversionMode,
  instalmentsIn,
  PRICING_METHODS,
  type PricingMethod,
  ROYALTY_BASES,
  type RoyaltyBase,
  type TermChanges,
} from './contract-terms.js';
export {
  CORRECTABLE,
  type CorrectableField,
  PAYMENT_KINDS,
  type PaymentKind,
  RECORDING_REFUSAL_GROUNDS,
  type RecordingRefusalGround,
} from './contract-vocabulary.js';
export { ContractsImports } from './contracts.import.js';
export { ContractsModule } from './contracts.module.js';
export { LodgeContract } from './lodge-contract.handler.js';
export { OBJECTION_OUTCOMES, type ObjectionOutcome, type PriceNoticeEvent } from './price-notice.js';
export { PublishPriceNotice, RunPriceNotice } from './price-notice.handler.js';
export { FindPriceNotice } from './price-notice.queries.js';
export { ResumeLodgements } from './resume-lodgements.process.js';
