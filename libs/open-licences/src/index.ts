import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { openGrantEvents, openGrantRecords } from './open-grant.projection.js';
import { openLicenceIntents } from './open-intent.projection.js';
import { openLicenceEvents, openLicenceRecords } from './open-licence.projection.js';
import { openLicenceRule } from './open-licence-rules.js';
import { openOffers } from './open-offer.projection.js';

export const openLicencesEvents: readonly EventCatalogue[] = [openLicenceEvents, openGrantEvents];
export const openLicencesProjections: readonly Projection[] = [
  openLicenceRecords,
  openGrantRecords,
  openLicenceIntents,
  openOffers,
];
export const openLicencesRules: readonly RuleTable[] = [openLicenceRule];

export type { FeeStandard, FeeTerms, OfferedInstalment, RoyaltyBase } from './fee-standard.js';
export type { GrantTerms, LicenseeSize, OpenGrantEvent } from './open-grant-events.js';
export { type OpenGrantRequest, RunOpenGrant } from './open-grant.handler.js';
export { OpenLicenceIntent } from './open-intent.projection.js';
export type { OfferEnd, OpenLicenceEvent, OpenLicenceTerms } from './open-licence-events.js';
export { FindOpenLicence, type OpenLicenceRequest, RunOpenLicence } from './open-licence.handler.js';
export { OpenLicencesImports } from './open-licences.import.js';
export { OpenLicencesModule } from './open-licences.module.js';
export { OpenOffer } from './open-offer.entity.js';
export type { PublicOffer, PublicOfferPage } from './open-offer.queries.js';
export { ResumeOpenLicences } from './resume-open-licences.process.js';
