import { Module } from '@nestjs/common';
import { OpenGrantController } from './open-grant.controller.js';
import { RunOpenGrantHandler } from './open-grant.handler.js';
import { OpenLicenceController } from './open-licence.controller.js';
import { FindOpenLicenceHandler, RunOpenLicenceHandler } from './open-licence.handler.js';
import { OpenLicencesImports } from './open-licences.import.js';

@Module({
  controllers: [OpenLicenceController, OpenGrantController],
  providers: [RunOpenLicenceHandler, RunOpenGrantHandler, FindOpenLicenceHandler, OpenLicencesImports],
  exports: [OpenLicencesImports],
})
export class OpenLicencesModule {}
