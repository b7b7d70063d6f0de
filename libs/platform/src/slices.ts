import { claimEvents, type EventCatalogue, runnerRule } from '@app/event-store';
import { accessRule } from '@app/access';
import {
  ContractsImports,
  ContractsModule,
  contractsEvents,
  contractsProjections,
  contractsRules,
} from '@app/contracts';
import {
  DisclosuresImports,
  DisclosuresModule,
  disclosuresEvents,
  disclosuresProjections,
  disclosuresRules,
} from '@app/disclosures';
import { FundImports, FundModule, fundEvents, fundProjections, fundRules } from '@app/fund';
import { GrowthImports, GrowthModule, growthEvents, growthProjections, growthRules } from '@app/growth';
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
import { pageRule, type Projection, readRule } from '@app/read-model';
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
];

export const projections: readonly Projection[] = [
  ...registryProjections,
  ...disclosuresProjections,
  ...patentsProjections,
  ...contractsProjections,
  ...openLicencesProjections,
  ...growthProjections,
  ...fundProjections,
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
];

/** What our streams' names start with: the server-side filter of a subscription to a shared EventStoreDB. */
export const streamPrefixes: readonly string[] = [
  'asset-',
  'baseline-',
  'certification-',
  'claim-',
  'commendation-',
  'contract-',
  'designation-',
  'disclosure-',
  'evaluation-',
  'fund-year-',
  'office-',
  'open-grant-',
  'open-licence-',
  'platform-',
  'portfolio-',
  'university-',
];
