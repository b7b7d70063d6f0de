import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { RegistryObjectController } from './registry-object.controller.js';
import {
  ConcludeRegistryObjectHandler,
  FindRegistryObjectHandler,
  RecordRegistryObjectHandler,
} from './registry-object.handler.js';
import { RegistryImports } from './registry.import.js';
import { UniversityController } from './university.controller.js';
import { FindUniversityHandler, RunUniversityHandler } from './university.handler.js';
import { ListUniversitiesHandler } from './university.queries.js';

@Module({
  imports: [CqrsModule],
  controllers: [UniversityController, RegistryObjectController],
  providers: [
    RunUniversityHandler,
    FindUniversityHandler,
    ListUniversitiesHandler,
    RecordRegistryObjectHandler,
    ConcludeRegistryObjectHandler,
    FindRegistryObjectHandler,
    RegistryImports,
  ],
  exports: [RegistryImports],
})
export class RegistryModule {}
