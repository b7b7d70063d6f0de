import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { OutcomeInterceptor } from './outcome.interceptor.js';
import { ProblemFilter } from './problem.filter.js';
import { validationPipe } from './validation.js';

/** The conventions of ADR 0002 for every route of the application that imports this. Needs a global provider of `ReadModels`. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: OutcomeInterceptor },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
})
export class HttpModule {}
