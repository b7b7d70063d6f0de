import { Module } from '@nestjs/common';
import { ContractController } from './contract.controller.js';
import { FindContractHandler, LodgeContractHandler, RunContractHandler } from './contract.handler.js';
import { ContractsImports } from './contracts.import.js';
import { LodgeContractProcess } from './lodge-contract.process.js';
import { ResumeLodgements } from './resume-lodgements.process.js';

@Module({
  controllers: [ContractController],
  providers: [
    LodgeContractHandler,
    RunContractHandler,
    FindContractHandler,
    LodgeContractProcess,
    ResumeLodgements,
    ContractsImports,
  ],
  exports: [ContractsImports, ResumeLodgements],
})
export class ContractsModule {}
