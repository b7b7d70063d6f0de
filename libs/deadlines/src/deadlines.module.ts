import { Module } from '@nestjs/common';
import { FindCalendarUserHandler } from './calendar-token.queries.js';
import { ExportDeadlinesHandler, ListDeadlinesHandler } from './deadline.queries.js';
import { DeadlinesController } from './deadlines.controller.js';

@Module({
  controllers: [DeadlinesController],
  providers: [ListDeadlinesHandler, ExportDeadlinesHandler, FindCalendarUserHandler],
})
export class DeadlinesModule {}
