import { join } from 'node:path';
import { Module, Controller, Get } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createApi } from '../../dist/apps/api/src/api.js';
import { UserStore } from '../../dist/libs/access/src/index.js';
import { loadConfig, openLedger } from '../../dist/libs/platform/src/index.js';
import { compare, rate } from './measure.mjs';

const REQUESTS = 2_000;
const CONNECTIONS = 16;

/** Requests per second over kept-alive connections. */
const requests = (url, headers) =>
  rate(REQUESTS, async () => {
    let sent = 0;
    const client = async () => {
      while (sent < REQUESTS) {
        sent += 1;
        const response = await fetch(url, { headers });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`${url}: ${response.status}`);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, client));
  });

/** A Nest route that answers a constant. */
const constantServer = async (body) => {
  class Constant {
    get() {
      return body;
    }
  }
  Controller()(Constant);
  Get()(Constant.prototype, 'get', Object.getOwnPropertyDescriptor(Constant.prototype, 'get'));
  class Root {}
  Module({ controllers: [Constant] })(Root);
  const app = await NestFactory.create(Root, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
};

export const benchBoards = async ({ folder, report }) => {
  report('boards …');
  const config = loadConfig({
    LEDGER_DATA: join(folder, 'log'),
    LEDGER_MASTER_KEY: join(folder, 'key'),
    LEDGER_LOG: 'error',
  });
  const ledger = await openLedger(config);
  const app = await createApi(ledger);
  await app.listen(0, '127.0.0.1');
  const base = await app.getUrl();
  const user = {
    username: 'bench',
    password: 'bench-password',
    role: 'REVIEWER',
    organisation: 'bureau',
    displayName: 'bench',
  };
  await app.get(UserStore).add(user, new Date().toISOString());
  const session = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'bench', password: 'bench-password' }),
  });
  const headers = { authorization: `Bearer ${(await session.json()).token}` };
  const rows = [];
  for (const [what, path] of [
    ['target board', 'boards/target'],
    ['fund board', 'boards/fund/2023'],
  ]) {
    const url = `${base}/api/v1/${path}`;
    const body = await (await fetch(url, { headers })).json();
    const constant = await constantServer(body);
    const constantUrl = await constant.getUrl();
    rows.push(
      await compare({
        what,
        runs: 3,
        ours: () => requests(url, headers),
        theirs: () => requests(constantUrl, {}),
        atLeast: 0.6,
        goal: 0.9,
        against: 'a Nest route that returns the same body',
      }),
    );
    await constant.close();
  }
  await app.close();
  await ledger.close();
  return rows;
};
