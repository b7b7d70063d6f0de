import type { EventCatalogue } from '@app/event-store';
import type { RuleTable } from '@app/kernel';
import type { Projection } from '@app/read-model';
import { assetEvents, assetRecords } from './asset.projection.js';
import { assetRule } from './asset-rules.js';

export const patentsEvents: readonly EventCatalogue[] = [assetEvents];
export const patentsProjections: readonly Projection[] = [assetRecords];
export const patentsRules: readonly RuleTable[] = [assetRule];

export type { AssetData, AssetEvent, Right } from './asset-events.js';
export { type AssetFacts, FindAsset, PreviewAsset, RegisterAsset, RunAsset } from './asset.handler.js';
export { PatentsImports } from './patents.import.js';
export { PatentsModule } from './patents.module.js';
