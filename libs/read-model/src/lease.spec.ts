import { ViewsKit, sumsAndLines as projections, viewsEngines } from '@app/testing';
import { fingerprintOf } from './generation.js';
import type { Views } from './views.js';

const fingerprint = fingerprintOf(projections);

describe.each(viewsEngines)('the lease of a fingerprint on %s', (engine) => {
  const kit = new ViewsKit(engine);
  const isPostgres = engine === 'PostgreSQL';
  let views: Views;
  beforeAll(() => kit.start());
  beforeEach(async () => {
    await kit.empty();
    views = kit.views(projections);
  });
  afterEach(() => kit.clear());
  afterAll(() => kit.stop());

  const took = async (holder = 'a', from = views) => {
    const lease = await from.takeLease(fingerprint, holder);
    if (!lease) throw new Error('another holds it');
    return lease;
  };
  /** Built and written by whoever held the lease, since SQLite counts on from the tables. */
  const written = async (epoch: number) => {
    const draft = await views.draft(fingerprint);
    await draft.source.query(
      `INSERT INTO checkpoint ("projection", "position", "storeId", "epoch") VALUES ('*', '0', 's', ${epoch})`,
    );
    await draft.publish();
  };

  it('is one taker’s of thirty-two', async () => {
    const places = Array.from({ length: 8 }, () => kit.views(projections));
    const takers = Array.from({ length: 32 }, (_, index) =>
      (places[index % 8] as Views).takeLease(fingerprint, `t${index}`),
    );
    const leases = (await Promise.all(takers)).filter((lease) => lease !== undefined);
    expect(leases).toHaveLength(1);
    expect(await leases[0]?.renew()).toBe(true);
    await leases[0]?.release();
  });

  it('goes over at once when it is released, with a greater epoch each time', async () => {
    const epochs: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const lease = await took(`h${round % 2}`);
      expect(await kit.views(projections).takeLease(fingerprint, 'other')).toBeUndefined();
      epochs.push(lease.epoch);
      await written(lease.epoch);
      await lease.release();
    }
    expect(new Set(epochs).size).toBe(5);
    expect([...epochs].sort((a, b) => a - b)).toEqual(epochs);
    const last = await took();
    await last.release();
    expect(await last.renew()).toBe(false);
  });

  it('is that of its fingerprint alone', async () => {
    const own = await took();
    const other = await views.takeLease('0123456789ab', 'b');
    expect(other).toBeDefined();
    await own.release();
    expect(await other?.renew()).toBe(true);
    await other?.release();
  });

  it('tells for how long nobody has held it', async () => {
    expect(await views.orphanedForMs(fingerprint)).toBe(Number.POSITIVE_INFINITY);
    const lease = await took();
    expect(await kit.views(projections).orphanedForMs(fingerprint)).toBe(0);
    await lease.release();
    const free = await views.orphanedForMs(fingerprint);
    if (isPostgres) expect(free).toBeLessThan(5_000);
    else expect(free).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the lease on PostgreSQL', () => {
  const kit = new ViewsKit('PostgreSQL');
  let views: Views;
  beforeAll(() => kit.start());
  beforeEach(async () => {
    await kit.empty();
    views = kit.views(projections);
  });
  afterEach(() => kit.clear());
  afterAll(() => kit.stop());

  it('is taken when it has run out, and the former holder is told when it would renew or release it', async () => {
    const first = await views.takeLease(fingerprint, 'a');
    await kit.administer('UPDATE views.lease SET expires_at = expires_at - $1::bigint', [first?.ttlMs]);
    expect(await first?.renew()).toBe(false);
    const second = await views.takeLease(fingerprint, 'b');
    expect(second?.epoch).toBe((first?.epoch ?? 0) + 1);
    expect(await first?.renew()).toBe(false);
    await first?.release();
    expect(await second?.renew()).toBe(true);
    expect(await views.takeLease(fingerprint, 'c')).toBeUndefined();
    expect(await kit.administer('SELECT holder FROM views.lease')).toEqual([{ holder: 'b' }]);
  });

  it('heeds the clock of the server alone', async () => {
    const real = Date.now;
    const lease = await views.takeLease(fingerprint, 'a');
    try {
      Date.now = () => real() + 3_600_000;
      expect(await views.takeLease(fingerprint, 'b')).toBeUndefined();
      Date.now = () => real() - 3_600_000;
      expect(await lease?.renew()).toBe(true);
    } finally {
      Date.now = real;
    }
    const [row] = await kit.administer(
      'SELECT expires_at - extract(epoch FROM clock_timestamp()) * 1000 AS left FROM views.lease',
    );
    expect(Number(row?.['left'])).toBeLessThanOrEqual(lease?.ttlMs ?? 0);
    expect(Number(row?.['left'])).toBeGreaterThan(0);
  });

  it('counts on when its table is lost', async () => {
    const lease = await views.takeLease(fingerprint, 'a');
    await kit.administer('UPDATE views.lease SET epoch = epoch - 100');
    await kit.administer('DROP TABLE views.lease');
    await expect(lease?.renew()).rejects.toThrow('lease');
    const next = await views.takeLease(fingerprint, 'b');
    // Seconds since 2025: no less than that of a lease taken a moment ago.
    expect(next?.epoch).toBeGreaterThanOrEqual(lease?.epoch ?? Number.POSITIVE_INFINITY);
    await kit.administer('DROP SCHEMA views CASCADE');
    expect((await views.takeLease(fingerprint, 'c'))?.epoch).toBeGreaterThanOrEqual(next?.epoch ?? 0);
  });
});
