// Gives a new cluster the ledger's own user and closes its streams to everybody else. Run once, and again after a change of password.
// EVENTSTORE_ADMIN_URL: esdb://admin:…@host:port,…?tls=true&tlsCAFile=… · EVENTSTORE_HTTP: https://host:port of any node
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

const { EVENTSTORE_ADMIN_URL, EVENTSTORE_HTTP, EVENTSTORE_ADMIN_PASSWORD, EVENTSTORE_LEDGER_PASSWORD } = process.env;
const LOGIN = 'ledger';
const TRIES = 30;
const WAIT_MS = 2_000;

const post = (path, body) =>
  fetch(new URL(path, EVENTSTORE_HTTP), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Basic ${Buffer.from(`admin:${EVENTSTORE_ADMIN_PASSWORD}`).toString('base64')}`,
    },
    body: JSON.stringify(body),
  });

/** Makes the user, or sets the password of the one there is. */
const ensureUser = async () => {
  const user = { LoginName: LOGIN, FullName: 'Transfer Ledger', Groups: [], Password: EVENTSTORE_LEDGER_PASSWORD };
  const made = await post('/users/', user);
  if (made.ok) return;
  const reset = await post(`/users/${LOGIN}/command/reset-password`, { NewPassword: EVENTSTORE_LEDGER_PASSWORD });
  if (!reset.ok) throw new Error(`user ${LOGIN}: ${made.status} on making it, ${reset.status} on setting its password`);
};

const revisionOf = async (client, stream) => {
  let revision = 'no_stream';
  try {
    // Read to its end: left half way, the client's iterator never settles.
    const last = client.readStream(stream, { direction: 'backwards', fromRevision: 'end', maxCount: 1 });
    for await (const { event } of last) revision = event.revision;
  } catch (error) {
    if (error.type !== 'stream-not-found') throw error;
  }
  return revision;
};

/** Streams are the ledger's alone, and never deleted; of the server's own it may read only the total order. */
const closeStreams = async (client) => {
  const ours = [LOGIN, '$admins'];
  const admins = '$admins';
  const data = {
    $userStreamAcl: { $r: ours, $w: ours, $d: admins, $mr: ours, $mw: admins },
    $systemStreamAcl: { $r: admins, $w: admins, $d: admins, $mr: admins, $mw: admins },
  };
  const settings = { expectedRevision: await revisionOf(client, '$settings') };
  await client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data }), settings);
  const all = { expectedRevision: await revisionOf(client, '$$$all') };
  await client.setStreamMetadata('$all', { acl: { readRoles: ours } }, all);
};

/** A cluster that has just started elects a leader first. */
const patiently = async (task, tries = TRIES) => {
  try {
    await task();
  } catch (error) {
    if (tries <= 1) throw error;
    console.error(`not yet: ${error.message}`);
    await pause(WAIT_MS);
    await patiently(task, tries - 1);
  }
};

const client = EventStoreDBClient.connectionString(EVENTSTORE_ADMIN_URL);
await patiently(ensureUser);
await patiently(() => closeStreams(client));
await client.dispose();
console.log(`user ${LOGIN} is there, streams are closed to others`);
