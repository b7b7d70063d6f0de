import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { UserStore } from '@app/access';
import { explain, loadConfig, openLedger, reportVariables } from '@app/platform';
import type { BuildProgress } from '@app/read-model';
import { createApi, startBackground } from './api.js';
import { startProjectorThread } from './projector-thread.js';

/** Nothing has begun: say why, and let whoever supervises try again. */
const refuseToStart = (error: unknown): never => {
  console.error(explain(error));
  process.exit(1);
};
process.once('uncaughtException', refuseToStart);

reportVariables(process.env);
const config = loadConfig(process.env);
const failed = (error: unknown) => console.error(explain(error));
const building = ({ position, head }: BuildProgress) => {
  const [done, all] = [position, head].map((hex) => Number.parseInt(hex.slice(16), 16));
  process.stderr.write(`读模型 read models: ${done} / ${all}${position === head ? '\n' : '\r'}`);
};

const ledger = await openLedger(config, { building, failed });
const stopThread = config.projector === 'thread' ? startProjectorThread(ledger, { building, failed }) : undefined;
const app = await createApi(ledger);
const stopBackground = await startBackground(app, failed);
await app.listen(config.port, config.host);
process.off('uncaughtException', refuseToStart);
const url = await app.getUrl();
console.log(`转化台账 Transfer Ledger: ${url}   API: ${url}/docs`);
if (await app.get(UserStore).isSample())
  console.log('示例账本 sample ledger; sign in as 登录: reviewer / sample-reviewer (more on the sign-in page)');

/** Says that it is not ready while a proxy looks, lets requests end, then the projector and the log; a second signal ends at once. */
const stop = async (): Promise<void> => {
  process.once('SIGINT', () => process.exit(1));
  ledger.lifecycle.isDraining = true;
  await pause(config.drainMs);
  await stopBackground();
  await app.close();
  await stopThread?.();
  await ledger.close();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
