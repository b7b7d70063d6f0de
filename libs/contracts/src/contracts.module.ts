import { Approvals } from '@app/evidence';
import { Module } from '@nestjs/common';
import { ContractController } from './contract.controller.js';
import { ContractFacts, FindContractHandler } from './contract-facts.handler.js';
import { ContractNumbers } from './contract-numbers.handler.js';
import { RunContractHandler } from './contract.handler.js';
import { ContractRequests } from './contract-request.handler.js';
import { ContractsImports } from './contracts.import.js';
import { LodgeContractHandler } from './lodge-contract.handler.js';
import { LodgeContractProcess } from './lodge-contract.process.js';
import { PriceNoticeController } from './price-notice.controller.js';
import { PublishPriceNoticeHandler, RunPriceNoticeHandler } from './price-notice.handler.js';
import { FindPriceNoticeHandler } from './price-notice.queries.js';
import { ResumeLodgements } from './resume-lodgements.process.js';

@Module({
  controllers: [ContractController, PriceNoticeController],
  providers: [
    LodgeContractHandler,
    RunContractHandler,
    FindContractHandler,
    Approvals,
    ContractFacts,
    ContractNumbers,
    ContractRequests,
    PublishPriceNoticeHandler,
    RunPriceNoticeHandler,
    FindPriceNoticeHandler,
    LodgeContractProcess,
    ResumeLodgements,
    ContractsImports,
  ],
  exports: [ContractsImports, ResumeLodgements],
})
export class ContractsModule {}
