import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { assetEvents, assetRecords } from './asset.projection.js';
import { assetRule } from './asset-rules.js';

export const patentsEvents: readonly EventCatalogue[] = [assetEvents];
export const patentsProjections: readonly Projection[] = [assetRecords];
export const patentsRules: readonly RuleTable[] = [assetRule];

export { CorrectAsset } from './asset-correction.handler.js';
export type { AssetEntry, AssetEntryType, EntryVoiding } from './asset-entry.js';
export { EnterAssetFact, VoidAssetEntry } from './asset-entry.handler.js';
export type {
  AssetCommand,
  AssetData,
  AssetEvent,
  CoOwner,
  LicenceRight,
  Reserve,
  Right,
  Scope,
  TitleRight,
} from './asset-events.js';
export type { Annuity, AnnuityState, LegalStatus } from './asset-status.js';
export { type AssetFacts, FindAsset, PreviewAsset, RegisterAsset, RunAsset } from './asset.handler.js';
export { PatentsImports } from './patents.import.js';
export { PatentsModule } from './patents.module.js';
export type { TitleEntry } from './title-entries.js';
export type {
  Holder,
  LicenceOnTitle,
  LicenceState,
  OpenLicenceOnTitle,
  PledgeOnTitle,
  SuspensionOnTitle,
  TitleRegister,
} from './title-register.js';
export { GetTitleRegister } from './title-register.queries.js';
