import { Module } from '@nestjs/common';
import { AssetController } from './asset.controller.js';
import { AssetEntryController } from './asset-entry.controller.js';
import { EnterAssetFactHandler, VoidAssetEntryHandler } from './asset-entry.handler.js';
import { FindAssetHandler, PreviewAssetHandler, RegisterAssetHandler, RunAssetHandler } from './asset.handler.js';
import { PatentsImports } from './patents.import.js';
import { GetTitleRegisterHandler } from './title-register.queries.js';

const commandHandlers = [RegisterAssetHandler, RunAssetHandler, EnterAssetFactHandler, VoidAssetEntryHandler];
const queryHandlers = [FindAssetHandler, PreviewAssetHandler, GetTitleRegisterHandler];

@Module({
  controllers: [AssetController, AssetEntryController],
  providers: [...commandHandlers, ...queryHandlers, PatentsImports],
  exports: [PatentsImports],
})
export class PatentsModule {}
