import { Approvals } from '@app/evidence';
import { Module } from '@nestjs/common';
import { OpenGrantController } from './open-grant.controller.js';
import { RunOpenGrantHandler } from './open-grant.handler.js';
import { OpenLicenceController } from './open-licence.controller.js';
import { FindOpenLicenceHandler, RunOpenLicenceHandler } from './open-licence.handler.js';
import { OpenLicenceFacts } from './open-licence-facts.handler.js';
import { OpenLicencesImports } from './open-licences.import.js';
import { OpenOfferController } from './open-offer.controller.js';
import { ExportOpenOffersHandler, ListOpenOffersHandler } from './open-offer.queries.js';
import { ResumeOpenLicences } from './resume-open-licences.process.js';
import { SettleOpenLicences } from './settle-open-licences.process.js';

@Module({
  controllers: [OpenLicenceController, OpenGrantController, OpenOfferController],
  providers: [
    RunOpenLicenceHandler,
    RunOpenGrantHandler,
    FindOpenLicenceHandler,
    ListOpenOffersHandler,
    ExportOpenOffersHandler,
    OpenLicenceFacts,
    Approvals,
    SettleOpenLicences,
    ResumeOpenLicences,
    OpenLicencesImports,
  ],
  exports: [OpenLicencesImports, ResumeOpenLicences],
})
export class OpenLicencesModule {}
