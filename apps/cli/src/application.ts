import { LedgerModule, type Config, openLedger } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

export interface Application {
  readonly nest: INestApplicationContext;
  readonly close: () => Promise<void>;
}

/** The whole ledger in this process, without HTTP. @throws StoreLocked while the server runs */
export const openApplication = async (config: Config): Promise<Application> => {
  const ledger = await openLedger(config);
  const nest = await NestFactory.createApplicationContext(LedgerModule.forRoot(ledger), { logger: ['error', 'warn'] });
  const close = async () => {
    await nest.close();
    await ledger.close();
  };
  return { nest, close };
};
