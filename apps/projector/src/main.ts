import 'reflect-metadata';
import { isMainThread, parentPort } from 'node:worker_threads';
import { jsonLogger } from '@app/http';
import { explain, loadConfig, openProjector, reportVariables, serveHealth } from '@app/platform';

const DEFAULT_PORT = '3001';
/** A thread's state, for the metrics of its process. */
const TELL_EVERY_MS = 1_000;

/** Nothing has begun: say why, and let whoever supervises try again. */
const refuseToStart = (error: unknown): never => {
  console.error(explain(error));
  process.exit(1);
};

/**
 * The projection loop by itself. As a process it serves its health and metrics; as a thread of the API it tells that of each batch.
 * Any number of these may run: one leads, the others stand by.
 */
if (isMainThread) {
  process.once('uncaughtException', refuseToStart);
  reportVariables(process.env);
}
const config = loadConfig({ ...process.env, PORT: process.env['PORT'] || DEFAULT_PORT });
const logger = jsonLogger(config.logLevel);
const { projector, metrics, close } = await openProjector(config, {
  moved: (generation, { position, stopped }) => parentPort?.postMessage({ generation, position, stopped }),
  building: (building) => parentPort?.postMessage({ building }),
  failed: (error) => logger.error(explain(error)),
});

if (isMainThread) {
  process.off('uncaughtException', refuseToStart);
  let isStopping = false;
  const health = await serveHealth({
    host: config.host,
    port: config.port,
    ready: () => !isStopping && !projector.state.isFailing,
    metrics,
  });
  console.log(`转化台账 projector 投影进程 ${config.instance}: http://${config.host}:${health.port}/health/ready`);
  const stop = async (): Promise<void> => {
    isStopping = true;
    process.once('SIGINT', () => process.exit(1));
    await close();
    await health.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
} else {
  const tell = () => parentPort?.postMessage({ state: projector.state });
  setInterval(tell, TELL_EVERY_MS).unref();
  tell();
  // Any message means: end.
  parentPort?.once('message', () => void close().finally(() => process.exit(0)));
}
