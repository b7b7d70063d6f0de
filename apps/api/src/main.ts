import 'reflect-metadata';
import { UserStore } from '@app/access';
import { loadConfig, openLedger } from '@app/platform';
import { createApi, startBackground } from './api.js';

const config = loadConfig(process.env);
const ledger = await openLedger(config, ({ position, head }) => {
  const [done, all] = [position, head].map((hex) => Number.parseInt(hex.slice(16), 16));
  process.stderr.write(`读模型 read models: ${done} / ${all}${position === head ? '\n' : '\r'}`);
});
const app = await createApi(ledger);
const stopBackground = await startBackground(app, (error) => console.error(error));
await app.listen(config.port, config.host);
const url = await app.getUrl();
console.log(`转化台账 Transfer Ledger: ${url}   API: ${url}/docs`);
if (await app.get(UserStore).isSample())
  console.log('示例账本 sample ledger; sign in as 登录: reviewer / sample-reviewer (more on the sign-in page)');

/** Lets requests end, then the projector and the log; a second signal ends at once. */
const stop = async (): Promise<void> => {
  process.once('SIGINT', () => process.exit(1));
  await stopBackground();
  await app.close();
  await ledger.close();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
