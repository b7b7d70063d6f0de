import { LedgerModule, type Config, openLedger } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

export interface Application {
  readonly nest: INestApplicationContext;
  readonly close: () => Promise<void>;
}

/** The whole ledger in this process, without HTTP. @throws StoreLocked while the server runs */
export const openApplication = async (config: Config): Promise<Application> => {
  // A command ends soon: a thread would not pay. Where other processes project, it waits for what they have built.
  const projector = config.projector === 'none' ? 'none' : 'inside';
  const ledger = await openLedger({ ...config, projector });
  if (projector === 'none') await ledger.readModels.open();
  const nest = await NestFactory.createApplicationContext(LedgerModule.forRoot(ledger), { logger: ['error', 'warn'] });
  const close = async () => {
    await nest.close();
    await ledger.close();
  };
  return { nest, close };
};
