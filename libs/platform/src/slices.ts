import { claimEvents, type EventCatalogue, runnerRule } from '@app/event-store';
import { accessRule } from '@app/access';
import {
  ContractsImports,
  ContractsModule,
  contractsEvents,
  contractsProjections,
  contractsRules,
} from '@app/contracts';
import { DeadlinesModule, deadlinesProjections, deadlinesRules } from '@app/deadlines';
import {
  DisclosuresImports,
  DisclosuresModule,
  disclosuresEvents,
  disclosuresProjections,
  disclosuresRules,
} from '@app/disclosures';
import { EvidenceModule, evidenceEvents, evidenceProjections, evidenceRules } from '@app/evidence';
import { FundImports, FundModule, fundEvents, fundProjections, fundEffect, fundRules } from '@app/fund';
import { GrowthImports, GrowthModule, growthEvents, growthProjections, growthRules, targetEffect } from '@app/growth';
import { httpRule } from '@app/http';
import { rowRule } from '@app/imports';
import { identifierRule, type RuleTable } from '@app/kernel';
import {
  OpenLicencesImports,
  OpenLicencesModule,
  openLicencesEvents,
  openLicencesProjections,
  openLicencesRules,
} from '@app/open-licences';
import { PatentsImports, PatentsModule, patentsEvents, patentsProjections, patentsRules } from '@app/patents';
import { type Effect, pageRule, type Projection, readRule } from '@app/read-model';
import { recordRule } from '@app/records';
import { RegistryImports, RegistryModule, registryEvents, registryProjections, registryRules } from '@app/registry';

/** Everything the slices contribute, in one place: a slice that is not listed here does not exist. */
export const sliceModules = [
  RegistryModule,
  DisclosuresModule,
  PatentsModule,
  ContractsModule,
  OpenLicencesModule,
  GrowthModule,
  FundModule,
  EvidenceModule,
  DeadlinesModule,
];

export const sliceImports = [
  RegistryImports,
  DisclosuresImports,
  PatentsImports,
  ContractsImports,
  OpenLicencesImports,
  GrowthImports,
  FundImports,
];

export const eventCatalogues: readonly EventCatalogue[] = [
  claimEvents as EventCatalogue,
  ...registryEvents,
  ...disclosuresEvents,
  ...patentsEvents,
  ...contractsEvents,
  ...openLicencesEvents,
  ...growthEvents,
  ...fundEvents,
  ...evidenceEvents,
];

export const projections: readonly Projection[] = [
  ...registryProjections,
  ...disclosuresProjections,
  ...patentsProjections,
  ...contractsProjections,
  ...openLicencesProjections,
  ...growthProjections,
  ...fundProjections,
  ...evidenceProjections,
  ...deadlinesProjections,
];

export const ruleTables: readonly RuleTable[] = [
  identifierRule,
  rowRule,
  runnerRule,
  readRule,
  pageRule,
  httpRule,
  accessRule,
  ...registryRules,
  ...disclosuresRules,
  ...patentsRules,
  ...contractsRules,
  ...openLicencesRules,
  ...growthRules,
  ...fundRules,
  ...evidenceRules,
  ...deadlinesRules,
  recordRule,
];

/** The boards whose change a dry run shows. */
export const effects: readonly Effect[] = [targetEffect, fundEffect];

/** What our streams' names start with: the server-side filter of a subscription to a shared EventStoreDB. */
export const streamPrefixes: readonly string[] = [
  'annual-report-',
  'asset-',
  'baseline-',
  'certification-',
  'claim-',
  'commendation-',
  'contract-',
  'designation-',
  'disclosure-',
  'enterprise-size-',
  'evaluation-',
  'evidence-',
  'fund-year-',
  'office-',
  'open-grant-',
  'open-licence-',
  'platform-',
  'portfolio-',
  'price-notice-',
  'university-',
];
