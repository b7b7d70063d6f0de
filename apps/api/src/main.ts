import 'reflect-metadata';
import { loadConfig, openLedger } from '@app/platform';
import { createApi, startBackground } from './api.js';

const config = loadConfig(process.env);
const ledger = await openLedger(config, ({ position, head }) => {
  process.stderr.write(`read models: ${Number.parseInt(position.slice(16), 16)} of ${Number.parseInt(head.slice(16), 16)}\r`);
});
const app = await createApi(ledger);
const stopBackground = await startBackground(app, (error) => console.error(error));
await app.listen(config.port, config.host);
console.log(`转化台账 Transfer Ledger: http://${config.host}:${config.port}   API: http://${config.host}:${config.port}/docs`);

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
