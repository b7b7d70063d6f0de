import { Module } from '@nestjs/common';
import { RecordsController } from './records.controller.js';
import { GetRecordHandler, ListRecordsHandler } from './records.queries.js';

@Module({ controllers: [RecordsController], providers: [ListRecordsHandler, GetRecordHandler] })
export class RecordsModule {}
