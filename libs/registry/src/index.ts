import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { enterpriseSizeEvents, enterpriseSizeRecords } from './enterprise-size.projection.js';
import { registryObjectEvents, registryObjectProjections } from './registry-object.projection.js';
import { registryRule } from './registry-rules.js';
import { universityEvents, universityRecords, universityRows } from './university.projection.js';

export { type EnterpriseSizeFacts, FindEnterpriseSize } from './enterprise-size.handler.js';
export type { Designation, IpCertificate } from './registry-events.js';
export { FindRegistryObject, RecordRegistryObject, type RegistryObjectFacts } from './registry-object.handler.js';
export { RegistryImports } from './registry.import.js';
export { RegistryModule } from './registry.module.js';
export type { EnterpriseSize } from './size-table.js';
export type { Ownership, PanelMembership, UniversityData } from './university.js';
export {
  FindPolicy,
  FindUniversity,
  type PolicyFacts,
  RunUniversity,
  type UniversityFacts,
} from './university.handler.js';
export type { PolicyName } from './university-policy.js';

export const registryEvents: readonly EventCatalogue[] = [universityEvents, registryObjectEvents, enterpriseSizeEvents];
export const registryProjections: readonly Projection[] = [
  universityRows,
  universityRecords,
  ...registryObjectProjections,
  enterpriseSizeRecords,
];
export const registryRules: readonly RuleTable[] = [registryRule];
