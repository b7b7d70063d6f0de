import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { openGrantEvents, openGrantRecords } from './open-grant.projection.js';
import { openLicenceEvents, openLicenceRecords } from './open-licence.projection.js';
import { openLicenceRule } from './open-licence-rules.js';

export const openLicencesEvents: readonly EventCatalogue[] = [openLicenceEvents, openGrantEvents];
export const openLicencesProjections: readonly Projection[] = [openLicenceRecords, openGrantRecords];
export const openLicencesRules: readonly RuleTable[] = [openLicenceRule];

export type { GrantTerms, OpenGrantEvent } from './open-grant.js';
export { type OpenGrantRequest, RunOpenGrant } from './open-grant.handler.js';
export type { OpenFeeType, OpenLicenceEvent, OpenLicenceTerms } from './open-licence.js';
export { FindOpenLicence, type OpenLicenceRequest, RunOpenLicence } from './open-licence.handler.js';
export { OpenLicencesImports } from './open-licences.import.js';
export { OpenLicencesModule } from './open-licences.module.js';
