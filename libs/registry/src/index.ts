import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { registryObjectEvents, registryObjectProjections } from './registry-object.projection.js';
import { registryRule } from './registry-rules.js';
import { universityEvents, universityRecords, universityRows } from './university.projection.js';

export type {
  Commendation,
  DedicatedOffice,
  Designation,
  DesignationName,
  HighValuePortfolio,
  IpCertificate,
  RegistryEvent,
  RegistryKind,
  TradingPlatform,
} from './registry-events.js';
export {
  ConcludeRegistryObject,
  FindRegistryObject,
  RecordRegistryObject,
  type RegistryRequest,
} from './registry-object.handler.js';
export { RegistryImports } from './registry.import.js';
export { RegistryModule } from './registry.module.js';
export type { EducationLevel, Ownership, PanelMembership, UniversityData, UniversityEvent } from './university.js';
export { UniversityRow } from './university.entity.js';
export { FindUniversity, RunUniversity, type UniversityFacts } from './university.handler.js';
export { ListUniversities, type UniversityListing } from './university.queries.js';

export const registryEvents: readonly EventCatalogue[] = [universityEvents, registryObjectEvents];
export const registryProjections: readonly Projection[] = [
  universityRows,
  universityRecords,
  ...registryObjectProjections,
];
export const registryRules: readonly RuleTable[] = [registryRule];
