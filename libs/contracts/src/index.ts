import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { contractEvents, contractRecords, openLodgements } from './contract.projection.js';
import { contractRule } from './contract-rules.js';

export const contractsEvents: readonly EventCatalogue[] = [contractEvents];
export const contractsProjections: readonly Projection[] = [contractRecords, openLodgements];
export const contractsRules: readonly RuleTable[] = [contractRule];

export type { Contract, ContractEvent, InChangsha } from './contract.js';
export { FindContract, LodgeContract, RunContract } from './contract.handler.js';
export { ContractsImports } from './contracts.import.js';
export { ContractsModule } from './contracts.module.js';
export type {
  AssetRef,
  ContractTerms,
  ConversionMode,
  CorrectableField,
  FeeType,
  LicenceKind,
  PricingMethod,
} from './contract-terms.js';
export { ResumeLodgements } from './resume-lodgements.process.js';
