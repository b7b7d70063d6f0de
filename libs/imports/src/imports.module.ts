import { Module } from '@nestjs/common';
import { ImportJobs } from './import-jobs.js';
import { ImportsController } from './imports.controller.js';

/** Needs `ImportCatalogue` and `FileFolder` from the composition root. */
@Module({ controllers: [ImportsController], providers: [ImportJobs], exports: [ImportJobs] })
export class ImportsModule {}
