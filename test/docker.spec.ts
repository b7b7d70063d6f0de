import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { type EventStoreDbServer, type PostgresServer, startEventStoreDbServer, startPostgres } from '@app/testing';
import { EventStoreDBClient } from '@eventstore/db-client';
import { DataSource } from 'typeorm';
import { alertChecks } from './docker/alert-checks.js';
import { composeChecks } from './docker/compose-checks.js';
import { readDockerFiles } from './docker/files.js';
import { imageChecks } from './docker/image-checks.js';

// None of this starts a container: it finds what can be wrong without an engine (docker/README.md says what that leaves).

describe('the files under docker/', () => {
  const files = readDockerFiles();
  const checks = [...composeChecks, ...imageChecks, ...alertChecks];

  it.each(checks)('$name', ({ find }) => {
    expect(find(files)).toEqual([]);
  });

  it.each(checks)('are checked in earnest: a planted fault is found, where $name', ({ find, plant }) => {
    const planted = structuredClone(files);
    plant(planted);
    expect(find(planted)).not.toEqual([]);
  });
});

describe('the roles in PostgreSQL', () => {
  let server: PostgresServer;
  const as = async <Answer>(role: string, use: (source: DataSource) => Promise<Answer>): Promise<Answer> => {
    const url = new URL(server.url);
    if (role !== '') Object.assign(url, { username: role, password: 'secret' });
    const source = await new DataSource({ type: 'postgres', url: url.href }).initialize();
    try {
      return await use(source);
    } finally {
      await source.destroy();
    }
  };
  const query = (role: string, ...statements: string[]) =>
    as(role, async (source) => {
      for (const statement of statements) await source.query(statement);
    });

  beforeAll(async () => {
    server = await startPostgres();
    const database = new URL(server.url).pathname.slice(1);
    for (const file of ['roles', 'single']) {
      // What psql would do before it sends the statements.
      const sql = readFileSync(`docker/postgres/${file}.sql`, 'utf8')
        .replace(/^\\getenv.*$/gm, '')
        .replaceAll(/:'\w+'/g, "'secret'")
        .replaceAll(':"DBNAME"', database);
      await as('', (source) => source.query(sql));
    }
    await query(
      'ledger_projector',
      'CREATE SCHEMA g_abc_1',
      'CREATE TABLE g_abc_1.fact (id int PRIMARY KEY)',
      'INSERT INTO g_abc_1.fact VALUES (1)',
      'CREATE TABLE views.lease (epoch int)',
    );
    await query('ledger_api', 'CREATE TABLE office.person (name text)');
  });
  afterAll(() => server.stop());

  it('let the projector make, fill and drop generations', async () => {
    await query(
      'ledger_projector',
      'CREATE SCHEMA g_abc_2',
      'CREATE TABLE g_abc_2.fact (id int)',
      'DROP SCHEMA g_abc_2 CASCADE',
    );
  });

  it('let the API read them and the leases, and keep office data', async () => {
    await query(
      'ledger_api',
      'SELECT * FROM g_abc_1.fact',
      'SELECT * FROM views.lease',
      "INSERT INTO office.person VALUES ('示例')",
    );
  });

  it.each([
    ['ledger_api', 'INSERT INTO g_abc_1.fact VALUES (2)'],
    ['ledger_api', 'UPDATE views.lease SET epoch = 1'],
    ['ledger_api', 'DROP SCHEMA g_abc_1 CASCADE'],
    ['ledger_api', 'CREATE SCHEMA mine'],
    ['ledger_api', 'CREATE TABLE public.mine (id int)'],
    ['ledger_projector', 'SELECT * FROM office.person'],
    ['ledger_projector', 'CREATE TABLE public.mine (id int)'],
    ['ledger_projector', 'SET ROLE ledger_api'],
  ])('keep %s from: %s', async (role, statement) => {
    await expect(query(role, statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('let the one process of the small shape do both', async () => {
    await query(
      'ledger_single',
      'CREATE SCHEMA g_abc_3',
      'CREATE TABLE g_abc_3.fact (id int)',
      'CREATE TABLE IF NOT EXISTS office.job (id int)',
      'SELECT * FROM office.person',
    );
  });
});

describe('the user of the event store', () => {
  const asked: string[] = [];
  // The server's users, as far as the script asks for them: the second time there is one.
  const users = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(request.url === '/users/' && asked.length > 1 ? 409 : 200, { Connection: 'close' }).end();
  });
  let store: EventStoreDbServer;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    await once(users.listen(0, '127.0.0.1'), 'listening');
    store = await startEventStoreDbServer();
    client = EventStoreDBClient.connectionString(store.connectionString);
  });
  afterAll(async () => {
    await client.dispose();
    await store.stop();
    users.close();
  });

  const run = () =>
    promisify(execFile)(process.execPath, ['docker/eventstore/users.mjs'], {
      timeout: 20_000,
      env: {
        EVENTSTORE_ADMIN_URL: store.connectionString,
        EVENTSTORE_HTTP: `http://127.0.0.1:${(users.address() as AddressInfo).port}`,
        EVENTSTORE_ADMIN_PASSWORD: 'a',
        EVENTSTORE_LEDGER_PASSWORD: 'b',
      },
    });

  it('is made, or given the password again, and streams are closed to others', async () => {
    await run();
    await run();
    expect(asked).toEqual(['POST /users/', 'POST /users/', 'POST /users/ledger/command/reset-password']);
    const settings = [];
    for await (const { event } of client.readStream('$settings')) settings.push(event?.data);
    expect(settings.at(-1)).toMatchObject({ $userStreamAcl: { $w: ['ledger', '$admins'], $d: '$admins' } });
    expect((await client.getStreamMetadata('$all')).metadata).toEqual({ acl: { readRoles: ['ledger', '$admins'] } });
  });
});
