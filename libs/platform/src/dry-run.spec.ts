import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonStore, Tokens, UserStore } from '@app/access';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from './config.js';
import type { DryRunAnswer } from './dry-run.interceptor.js';
import { type Ledger, openLedger } from './ledger.js';
import { LedgerModule } from './ledger.module.js';

const PATENT = '201910699568.X';

describe('a command run dry', () => {
  let folder: string;
  let ledger: Ledger;
  let app: NestFastifyApplication;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-dry-'));
    ledger = await openLedger(
      loadConfig({ LEDGER_DATA: join(folder, 'data'), LEDGER_MASTER_KEY: join(folder, 'key'), LEDGER_LOG: 'error' }),
    );
    app = await NestFactory.create<NestFastifyApplication>(LedgerModule.forRoot(ledger), new FastifyAdapter(), {
      logger: false,
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const users = app.get(UserStore);
    const now = new Date().toISOString();
    for (const [username, role] of [
      ['reviewer', 'REVIEWER'],
      ['reviewer2', 'REVIEWER'],
      ['clerk', 'DATA_CLERK'],
    ] as const) {
      const user = { username, role, organisation: 'bureau', displayName: username, password: 'sample-password' };
      tokens[username] = (await app.get(Tokens).issue(await users.add(user, now), now)).token;
    }
    const university = {
      code: 'hnu',
      name: '示例大学',
      ownership: 'PRIVATE',
      level: 'UNDERGRADUATE',
      authority: '示例',
    };
    await send('reviewer', 'universities', university);
    await send('reviewer', 'universities/hnu/panel', { inPanel: true, from: '2020-01-01', source: '示例' });
    const patent = { universityId: 'hnu', ipType: 'INVENTION', number: PATENT, title: '示例', filedOn: '2019-07-30' };
    await send('clerk', 'assets', { ...patent, grantedOn: '2021-01-05' });
  });
  afterAll(async () => {
    await app.close();
    await ledger.close();
    rmSync(folder, { recursive: true });
  });

  let sent = 0;
  const send = async (as: string, path: string, payload: object, query = '') => {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1/${path}${query}`,
      headers: { authorization: `Bearer ${tokens[as]}`, 'idempotency-key': `k${(sent += 1)}` },
      payload,
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  };
  const dry = async (path: string, payload: object, as = 'clerk') => send(as, path, payload, '?dryRun=true');
  const get = async (path: string) =>
    (await app.inject({ url: `/api/v1/${path}`, headers: { authorization: `Bearer ${tokens['reviewer']}` } })).json();
  const licence = (number: string) => ({
    universityId: 'hnu',
    number,
    mode: 'LICENCE',
    assets: [PATENT],
    counterparty: '示例公司',
    signedOn: '2022-01-01',
    effectiveOn: '2022-01-01',
    feeType: 'LUMP_SUM',
    feeFen: '1000000',
    pricingMethod: 'NEGOTIATED',
  });
  const recording = { recordNo: 'X2022430000001', recordedOn: '2022-02-01' };

  it('answers the events it would write, and writes none', async () => {
    const before = await ledger.store.head();
    const { status, headers, body } = await dry('contracts', licence('示例-1'));
    expect(status).toBe(200);
    expect(headers['etag']).toBeUndefined();
    const { events, outcome } = body as DryRunAnswer;
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'Claimed',
        'LodgementRequested',
        'AssetReserved',
        'ContractLodged',
        'ReservationConfirmed',
      ]),
    );
    expect(events[0]?.title.zh).toBe('编号已占用');
    expect(outcome).toMatchObject({ written: true });
    expect(await ledger.store.head()).toBe(before);
  });

  it('shows the effect on the target that the command then has', async () => {
    const { body } = await send('clerk', 'contracts', licence('示例-2'));
    const path = `contracts/${body.id}/recording`;
    const { effect } = (await dry(path, recording)).body as DryRunAnswer & {
      effect: { target: { years: ReadonlyArray<Record<string, unknown>> } };
    };
    const lines = effect.target.years.filter(({ basis }) => basis === 'patent-times');
    expect(lines).toEqual([
      expect.objectContaining({ scope: 'city', year: 2022, before: 0, after: 1 }),
      expect.objectContaining({ scope: 'hnu', year: 2022, before: 0, after: 1 }),
    ]);
    const { position } = (await send('clerk', path, recording)).body;
    const board = await get(`boards/target?after=${position}`);
    const year = board.city.years.find((line: { year: number }) => line.year === 2022);
    expect(year.counts['patent-times'].total).toBe(1);
  });

  it('is refused as the command would be, and opens the way to it afterwards', async () => {
    const again = await dry('contracts', licence('示例-2'));
    expect(again.body).toMatchObject({ status: 409, code: 'C-4' });
    expect((await send('clerk', 'contracts', licence('示例-3'))).status).toBe(201);
  });

  it('enrols nobody', async () => {
    const inventor = { staffNumber: '7', name: '示例甲', sharePermyriad: 10_000, role: 'LEAD' };
    const { status } = await dry('disclosures', {
      universityId: 'hnu',
      number: '示例-PL-1',
      title: '示例',
      completedOn: '2023-01-01',
      disclosedOn: '2023-02-01',
      confidentiality: 'PUBLIC',
      inventors: [inventor],
    });
    const persons = app.get(PersonStore);
    expect(status).toBe(200);
    expect((await persons.names([persons.personId('hnu', '7')])).size).toBe(0);
  });

  describe('where there is nothing to run dry', () => {
    it('is refused by A-15 when office data would be written', async () => {
      const answer = await send('clerk', 'session', { username: 'clerk', password: 'sample-password' }, '?dryRun=true');
      expect(answer.body).toMatchObject({ code: 'A-15' });
    });

    it('is refused by A-15 when the answer is no outcome of a command', async () => {
      expect((await dry('calendar-token', {})).body).toMatchObject({ code: 'A-15' });
    });

    it('is refused by H-9 when the switch is neither true nor false', async () => {
      expect((await send('clerk', 'contracts', licence('示例-9'), '?dryRun=1')).body).toMatchObject({ code: 'H-9' });
    });

    it('takes false for what it says', async () => {
      expect((await send('clerk', 'contracts', licence('示例-4'), '?dryRun=false')).status).toBe(201);
    });
  });
});
