import { Module } from '@nestjs/common';
import { AssetController } from './asset.controller.js';
import { FindAssetHandler, PreviewAssetHandler, RegisterAssetHandler, RunAssetHandler } from './asset.handler.js';
import { PatentsImports } from './patents.import.js';

@Module({
  controllers: [AssetController],
  providers: [RegisterAssetHandler, RunAssetHandler, FindAssetHandler, PreviewAssetHandler, PatentsImports],
  exports: [PatentsImports],
})
export class PatentsModule {}
