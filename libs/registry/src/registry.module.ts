import { Approvals } from '@app/evidence';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EnterpriseSizeController } from './enterprise-size.controller.js';
import { FindEnterpriseSizeHandler, RunEnterpriseSizeHandler } from './enterprise-size.handler.js';
import { RegistryObjectController } from './registry-object.controller.js';
import {
  ConcludeRegistryObjectHandler,
  FindRegistryObjectHandler,
  RecordRegistryObjectHandler,
} from './registry-object.handler.js';
import { RegistryImports } from './registry.import.js';
import { UniversityController } from './university.controller.js';
import { FindPolicyHandler, FindUniversityHandler, RunUniversityHandler } from './university.handler.js';
import { ListUniversitiesHandler } from './university.queries.js';

@Module({
  imports: [CqrsModule],
  controllers: [UniversityController, RegistryObjectController, EnterpriseSizeController],
  providers: [
    RunUniversityHandler,
    FindUniversityHandler,
    FindPolicyHandler,
    Approvals,
    RunEnterpriseSizeHandler,
    FindEnterpriseSizeHandler,
    ListUniversitiesHandler,
    RecordRegistryObjectHandler,
    ConcludeRegistryObjectHandler,
    FindRegistryObjectHandler,
    RegistryImports,
  ],
  exports: [RegistryImports],
})
export class RegistryModule {}
