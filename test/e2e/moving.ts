import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type EventStoreDbServer, startEventStoreDbServer } from '@app/testing';
import { Product } from './product.js';

const LOADING = 900_000;
const PATHS = [
  'boards/target',
  'boards/target?ipScope=patents',
  'boards/target?baseYear=2021',
  'boards/fund',
  'boards/fund/2021',
  'boards/fund/2025',
  'records?kind=contract&limit=200',
  'records?kind=disclosure&limit=200',
  'deadlines?asOf=2024-06-30&limit=200',
];
/** Some way into the part that writes, not at its beginning. */
const HALF_WAY = /导入 Import[^\n]* [1-9]\d{3,4}\/\d+/;

/** A position means something in its own store only; it is all that may differ. */
const withoutPositions = (text: string): string => text.replace(/"[0-9a-f]{16}\.[0-9a-f]{32}"/g, '"<position>"');
const hashIn = (output: string): string | undefined => /sha256 ([0-9a-f]{64})/.exec(output)?.[1];
const countsIn = (output: string): string | undefined => /written \d+ · 已有 found \d+/.exec(output)?.[0];

/** A ledger with a history that is open in a server, moved from SQLite to EventStoreDB and to another file; it stays as it is. */
export const describeMoving = (old: Product): void =>
  describe('moved from SQLite to EventStoreDB', () => {
    const file = join(old.root, 'log.jsonl.gz');
    let server: EventStoreDbServer;
    let moved: Product;
    let exported: string;

    beforeAll(async () => {
      exported = await old.cli('export', file);
      server = await startEventStoreDbServer();
      moved = new Product({ LEDGER_EVENTSTORE: server.connectionString });
      copyFileSync(join(old.root, 'master.key'), join(moved.root, 'master.key'));
    }, LOADING);
    afterAll(async () => {
      await moved.dispose();
      await server.stop();
    });

    it(
      'goes on after it was killed (-9) half way, and comes to the same hash',
      async () => {
        await moved.cliKilledAt(HALF_WAY, 'import-log', file);
        const output = await moved.cli('import-log', file);
        expect(hashIn(output)).toBe(hashIn(exported));
        expect(countsIn(output)).toMatch(/written [1-9]\d* · 已有 found [1-9]\d{3,}/);
      },
      LOADING,
    );

    it(
      'answers the same boards, records and deadlines, byte for byte but for positions',
      async () => {
        await moved.cli('import-office', old.data);
        await moved.start();
        await moved.signIn('reviewer');
        for (const path of PATHS) {
          const [was, is] = await Promise.all([old.get(`/api/v1/${path}`), moved.get(`/api/v1/${path}`)]);
          expect([path, was.status, is.status]).toEqual([path, 200, 200]);
          expect(withoutPositions(is.text)).toBe(withoutPositions(was.text));
        }
      },
      LOADING,
    );

    it('C-6: does not take a position of the store it came from', async () => {
      const { body } = await old.get('/api/v1/boards/target');
      const { position } = body as { position: string };
      expect((await moved.get(`/api/v1/boards/target?after=${position}`)).body).toMatchObject({
        status: 409,
        code: 'C-6',
      });
    });

    it(
      'is exported from there to the same hash, and is not imported again once it has gone on',
      async () => {
        const back = join(old.root, 'back.jsonl');
        expect(hashIn(await moved.cli('export', back))).toBe(hashIn(exported));
        const hnu = { code: 'new', name: '示例新校', ownership: 'PRIVATE', level: 'UNDERGRADUATE', authority: '示例' };
        expect((await moved.post('/api/v1/universities', hnu, { 'idempotency-key': 'new' })).status).toBe(201);
        await expect(moved.cli('import-log', file)).rejects.toThrow(
          /after \d+ equal events the store holds something else/,
        );
      },
      LOADING,
    );

    it(
      'moves to another SQLite file likewise: killed, gone on with, verified',
      async () => {
        const other = new Product();
        try {
          await other.cliKilledAt(HALF_WAY, 'import-log', file);
          const output = await other.cli('import-log', file);
          expect(hashIn(output)).toBe(hashIn(exported));
          expect(countsIn(await other.cli('import-log', file))).toMatch(/written 0 · 已有 found [1-9]/);
        } finally {
          await other.dispose();
        }
      },
      LOADING,
    );

    it('is not taken from a file with one wrong character, nor into a ledger in use', async () => {
      const damaged = join(old.root, 'damaged.jsonl.gz');
      const text = gunzipSync(readFileSync(file)).toString();
      writeFileSync(damaged, gzipSync(text.replace('"revision":0,', '"revision":1,')));
      const empty = new Product();
      await expect(empty.cli('import-log', damaged)).rejects.toThrow('of the log file');
      expect(await empty.cli('export', join(empty.root, 'still-empty.jsonl'))).toContain('events 0 ');
      await empty.dispose();
      await expect(old.cli('import-log', file)).rejects.toThrow('another process holds');
      await expect(old.cli('import-office', old.data)).rejects.toThrow('holds users or persons already');
    }, 120_000);
  });
