import { Approvals } from '@app/evidence';
import { Module } from '@nestjs/common';
import { AssetCorrectionController } from './asset-correction.controller.js';
import { CorrectAssetHandler } from './asset-correction.handler.js';
import { AssetDisclosures } from './asset-disclosure.handler.js';
import { AssetController } from './asset.controller.js';
import { AssetEntryController } from './asset-entry.controller.js';
import { EnterAssetFactHandler, VoidAssetEntryHandler } from './asset-entry.handler.js';
import { FindAssetHandler, PreviewAssetHandler, RegisterAssetHandler, RunAssetHandler } from './asset.handler.js';
import { PatentsImports } from './patents.import.js';
import { GetTitleRegisterHandler } from './title-register.queries.js';

const commandHandlers = [
  RegisterAssetHandler,
  RunAssetHandler,
  EnterAssetFactHandler,
  VoidAssetEntryHandler,
  CorrectAssetHandler,
];
const queryHandlers = [FindAssetHandler, PreviewAssetHandler, GetTitleRegisterHandler];

@Module({
  controllers: [AssetController, AssetEntryController, AssetCorrectionController],
  providers: [AssetDisclosures, ...commandHandlers, ...queryHandlers, Approvals, PatentsImports],
  exports: [PatentsImports],
})
export class PatentsModule {}
