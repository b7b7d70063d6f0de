import { Module } from '@nestjs/common';
import { GetRecordHandler } from './record.queries.js';
import { RecordsController } from './records.controller.js';
import { ExportRecordsHandler, ListRecordsHandler } from './records.queries.js';

@Module({ controllers: [RecordsController], providers: [ListRecordsHandler, GetRecordHandler, ExportRecordsHandler] })
export class RecordsModule {}
