import { existsSync } from 'node:fs';
import helmet from '@fastify/helmet';
import { jsonLogger, routerErrors } from '@app/http';
import { acceptFiles, ImportJobs } from '@app/imports';
import { type Ledger, LedgerModule, measureRequests } from '@app/platform';
import { ResumeLodgements } from '@app/contracts';
import { ResumeOpenLicences } from '@app/open-licences';
import { ReadModels } from '@app/read-model';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { serveDashboard } from './dashboard.js';
import { serveOpenApi } from './open-api.js';

const RESUME_EVERY_MS = 5_000;

/** The HTTP application over an open ledger, not yet listening. */
export const createApi = async (ledger: Ledger): Promise<NestFastifyApplication> => {
  const { config } = ledger;
  const adapter = new FastifyAdapter({ ...routerErrors, bodyLimit: 1_000_000, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(LedgerModule.forRoot(ledger), adapter, {
    logger: jsonLogger(config.logLevel),
  });
  acceptFiles(app.getHttpAdapter().getInstance());
  measureRequests(app.getHttpAdapter().getInstance(), ledger.metrics);
  // A connection that stays open would keep a process that is to end waiting for the next request on it.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (_request, reply) => {
      if (ledger.lifecycle.isDraining) reply.header('Connection', 'close');
    });
  // Ant Design writes style elements; without TLS an upgrade of requests would break an installation on a plain network.
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: { 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null },
    },
    strictTransportSecurity: false,
  });
  serveOpenApi(app);
  if (existsSync(config.dashboardFolder)) serveDashboard(app, config.dashboardFolder);
  return app;
};

/** Finishes what drivers that died left between two steps, as of an instant. */
export const resumeInterrupted = async (app: NestFastifyApplication, now: Date): Promise<void> => {
  // What is open stands in the read models; before there are any, nothing can be found.
  if (!app.get(ReadModels, { strict: false }).ready) return;
  await app.get(ResumeLodgements, { strict: false }).resume(now);
  await app.get(ResumeOpenLicences, { strict: false }).resume(now);
};

/** Starts what goes on beside requests: interrupted imports and lodgements whose driver died. Answers how to stop it. */
export const startBackground = async (
  app: NestFastifyApplication,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> => {
  const jobs = app.get(ImportJobs, { strict: false });
  await jobs.resume();
  let busy: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    // One pass at a time: a long one is not overtaken by the next.
    busy ??= resumeInterrupted(app, new Date())
      .catch(failed)
      .finally(() => {
        busy = undefined;
      });
  }, RESUME_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await busy;
    await jobs.stop();
  };
};
