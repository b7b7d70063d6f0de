import { existsSync } from 'node:fs';
import helmet from '@fastify/helmet';
import { jsonLogger, routerErrors } from '@app/http';
import { ImportJobs } from '@app/imports';
import { type Ledger, LedgerModule } from '@app/platform';
import { ResumeLodgements } from '@app/contracts';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { serveDashboard } from './dashboard.js';
import { serveOpenApi } from './open-api.js';

const UPLOADS = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
];
const RESUME_EVERY_MS = 5_000;

/** The HTTP application over an open ledger, not yet listening. */
export const createApi = async (ledger: Ledger): Promise<NestFastifyApplication> => {
  const { config } = ledger;
  const adapter = new FastifyAdapter({ ...routerErrors, bodyLimit: 1_000_000, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(LedgerModule.forRoot(ledger), adapter, {
    logger: jsonLogger(config.logLevel),
  });
  const server = app.getHttpAdapter().getInstance();
  server.addContentTypeParser(UPLOADS, { parseAs: 'buffer', bodyLimit: config.uploadLimit }, (_request, body, done) =>
    done(null, body),
  );
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

/** Starts what goes on beside requests: interrupted imports and lodgements whose driver died. Answers how to stop it. */
export const startBackground = async (
  app: NestFastifyApplication,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> => {
  const lodgements = app.get(ResumeLodgements, { strict: false });
  const jobs = app.get(ImportJobs, { strict: false });
  await jobs.resume();
  let busy = Promise.resolve<unknown>(undefined);
  const timer = setInterval(() => {
    busy = lodgements.resume(new Date()).catch(failed);
  }, RESUME_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await busy;
    await jobs.stop();
  };
};
