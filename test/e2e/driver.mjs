// Drives the built product inside one process, which may be told to kill itself (-9) right after its n-th append to the log.
// Usage: node test/e2e/driver.mjs '{"killAfter":3,"resume":true,"requests":[{"method":"POST","path":"…","key":"…","body":{}}]}'
// First finishes what dead drivers left, when asked; then sends the requests as the clerk and prints the answers, one line of JSON.
import 'reflect-metadata';
import { createApi, resumeInterrupted } from '../../dist/apps/api/src/api.js';
import { loadConfig, openLedger } from '../../dist/libs/platform/src/index.js';

const { killAfter = 0, resume = false, requests } = JSON.parse(process.argv[2]);
const ledger = await openLedger(loadConfig(process.env));
const append = ledger.store.append.bind(ledger.store);
let left = killAfter;
let isCounting = false;
ledger.store.append = async (...args) => {
  const appended = await append(...args);
  if (isCounting && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL');
  return appended;
};
const app = await createApi(ledger);
await app.init();
await app.getHttpAdapter().getInstance().ready();
if (resume) await resumeInterrupted(app, new Date(Date.now() + 60_000));

const send = async (options) => {
  const answer = await app.inject(options);
  return { status: answer.statusCode, body: answer.json() };
};
const credentials = { username: 'clerk', password: 'sample-clerk' };
const { body } = await send({ method: 'POST', url: '/api/v1/session', payload: credentials });
const authorization = `Bearer ${body.token}`;
const answers = [];
isCounting = true;
for (const { method, path, key, body: payload } of requests) {
  const headers = { authorization, ...(key ? { 'idempotency-key': key } : {}) };
  answers.push(await send({ method, url: path, headers, ...(payload ? { payload } : {}) }));
}
await app.close();
await ledger.close();
console.log(JSON.stringify(answers));
