import type { DataSource } from 'typeorm';
import type { Lease } from './views.js';

/** The schema of what projectors keep beside the generations. */
export const BOOKS = 'views';

/** Long enough for a busy machine to renew it, short enough that a standby is up within five seconds of a death. */
const TTL_MS = 3_000;

/** Only the server's clock counts: those of the machines may differ. */
const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Later than any epoch of a table that was lost: seconds since 2025, and take-overs are rarer than one a second. */
const FIRST_EPOCH = `${NOW} / 1000 - 1735689600`;

/** A row that says who may write the generations of a fingerprint, until when. */
export class PostgresLease implements Lease {
  readonly ttlMs = TTL_MS;

  private constructor(
    private readonly source: DataSource,
    private readonly fingerprint: string,
    readonly epoch: number,
  ) {}

  static async take(source: DataSource, fingerprint: string, holder: string): Promise<PostgresLease | undefined> {
    await assertBooks(source);
    const rows: Array<{ epoch: string }> = await source.query(
      `INSERT INTO ${BOOKS}.lease AS held (fingerprint, epoch, holder, expires_at) VALUES ($1, ${FIRST_EPOCH}, $2, ${NOW} + ${TTL_MS})
        ON CONFLICT (fingerprint) DO UPDATE
          SET epoch = held.epoch + 1, holder = excluded.holder, expires_at = excluded.expires_at
          WHERE held.expires_at <= ${NOW}
        RETURNING epoch`,
      [fingerprint, holder],
    );
    return rows[0] && new PostgresLease(source, fingerprint, Number(rows[0].epoch));
  }

  /** Counts from now how long nobody has led a fingerprint of which nothing was known. */
  static async note(source: DataSource, fingerprint: string): Promise<void> {
    await assertBooks(source);
    await source.query(
      `INSERT INTO ${BOOKS}.lease (fingerprint, epoch, holder, expires_at) VALUES ($1, ${FIRST_EPOCH}, '', ${NOW})
        ON CONFLICT DO NOTHING`,
      [fingerprint],
    );
  }

  static async orphanedForMs(source: DataSource, fingerprint: string): Promise<number> {
    const [there] = await source.query(`SELECT to_regclass('${BOOKS}.lease') AS lease`);
    if (!there.lease) return Number.POSITIVE_INFINITY;
    const rows: Array<{ since: string }> = await source.query(
      `SELECT ${NOW} - expires_at AS since FROM ${BOOKS}.lease WHERE fingerprint = $1`,
      [fingerprint],
    );
    return rows[0] ? Math.max(0, Number(rows[0].since)) : Number.POSITIVE_INFINITY;
  }

  renew(): Promise<boolean> {
    return this.expireAt(`${NOW} + ${TTL_MS}`);
  }

  async release(): Promise<void> {
    await this.expireAt(NOW);
  }

  private async expireAt(instant: string): Promise<boolean> {
    const [, count]: [unknown, number] = await this.source.query(
      `UPDATE ${BOOKS}.lease SET expires_at = ${instant} WHERE fingerprint = $1 AND epoch = $2 AND expires_at > ${NOW}`,
      [this.fingerprint, this.epoch],
    );
    return count === 1;
  }
}

/** Made by the first projector, and readable by all: processes that only answer queries tell from it whether anybody writes. */
const assertBooks = async (source: DataSource): Promise<void> => {
  const [there] = await source.query(`SELECT to_regclass('${BOOKS}.lease') AS lease`);
  if (there.lease) return;
  await source.transaction(async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('${BOOKS}', 0))`);
    // IF NOT EXISTS asks for the right to make it even where the administrator has made it.
    const [made] = await manager.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [BOOKS]);
    if (!made) await manager.query(`CREATE SCHEMA ${BOOKS}`);
    await manager.query(
      `CREATE TABLE IF NOT EXISTS ${BOOKS}.lease
        (fingerprint text PRIMARY KEY, epoch bigint NOT NULL, holder text NOT NULL, expires_at bigint NOT NULL)`,
    );
    await manager.query(`GRANT USAGE ON SCHEMA ${BOOKS} TO PUBLIC`);
    await manager.query(`GRANT SELECT ON ${BOOKS}.lease TO PUBLIC`);
  });
};
