import { randomBytes } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { nextName } from './generation.js';

/** Granted to whoever only reads, where the administrator made it (docker/postgres/roles.sql). */
const READER_ROLE = 'ledger_reader';

const GENERATION = '[0-9a-f]{12}_[0-9]+';
const TAG = '_[0-9a-f]{8}';

/** What is being built, in a schema `d_<fingerprint>_<n>_<tag>`. The tag is never used again, so that a builder who lost its draft writes into no other's. */
export interface ClaimedDraft {
  readonly name: string;
  readonly schema: string;
}

type Asked = Pick<DataSource, 'query'>;

/** The schema of a published generation: `g_<fingerprint>_<n>`. */
export const schemaOf = (name: string): string => `"g_${name.replace('-', '_')}"`;

export const generationsIn = async (source: Asked): Promise<string[]> =>
  namesOf(await schemasLike(source, `^g_${GENERATION}$`));

/** A draft's name, claimed for as long as the runner's session lives; the drafts that builders left who died are dropped. */
export const claimDraft = async (claim: QueryRunner, fingerprint: string): Promise<ClaimedDraft> => {
  await dropAbandoned(claim);
  const tried: string[] = [];
  for (;;) {
    const name = nextName(fingerprint, [...(await takenNames(claim)), ...tried]);
    tried.push(name);
    if (!(await lock(claim, name))) continue;
    // Another may have published it after it was listed; under the lock nobody does.
    if (!(await takenNames(claim)).includes(name)) {
      const schema = `"d_${name.replace('-', '_')}_${randomBytes(4).toString('hex')}"`;
      await claim.query(`CREATE SCHEMA ${schema}`);
      return { name, schema };
    }
    await unlock(claim, name);
  }
};

export const endClaim = async (claim: QueryRunner): Promise<void> => {
  if (claim.isReleased) return;
  await claim.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
  await claim.release();
};

/** The one step in which a draft becomes visible, with the right to read it; by the session of its claim, so that a lost claim is a lost draft. */
export const rename = (claim: QueryRunner, { name, schema }: ClaimedDraft): Promise<void> =>
  claim.manager.transaction(async (manager) => {
    await manager.query('SET LOCAL synchronous_commit = on');
    const [reader] = await manager.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [READER_ROLE]);
    if (reader) {
      await manager.query(`GRANT USAGE ON SCHEMA ${schema} TO ${READER_ROLE}`);
      await manager.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${READER_ROLE}`);
    }
    await manager.query(`ALTER SCHEMA ${schema} RENAME TO ${schemaOf(name)}`);
  });

/** Text compares as it does on SQLite, whatever the database's own order is: lists and cursors are the same on both engines. */
export const compareByCodepoint = async (source: DataSource): Promise<void> => {
  for (const { tableName, columns } of source.entityMetadatas) {
    const texts = columns.filter(({ type }) => type === 'varchar' || type === 'text');
    const changes = texts.map(({ databaseName, type }) => `ALTER "${databaseName}" TYPE ${String(type)} COLLATE "C"`);
    if (changes.length > 0) await source.query(`ALTER TABLE "${tableName}" ${changes.join(', ')}`);
  }
};

/** Takes away every index but the keys while a draft is filled; answers how to make them again. */
export const dropIndexes = async (source: DataSource): Promise<string[]> => {
  const indexes: Array<{ indexname: string; indexdef: string }> = await source.query(
    `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
      AND NOT EXISTS (SELECT 1 FROM pg_constraint
        WHERE conname = indexname AND connamespace = current_schema()::regnamespace)`,
  );
  for (const { indexname } of indexes) await source.query(`DROP INDEX "${indexname}"`);
  return indexes.map(({ indexdef }) => indexdef);
};

/** The indexes, and what the planner must know of the new tables; those of others are not ours to analyse. */
export const finish = async (source: DataSource, indexes: readonly string[]): Promise<void> => {
  for (const index of indexes) await source.query(index);
  for (const { tableName } of source.entityMetadatas) await source.query(`ANALYZE "${tableName}"`);
};

/** What cannot be dropped just now, or not by this role, is left to the next build. */
const dropAbandoned = async (claim: QueryRunner): Promise<void> => {
  for (const schema of await schemasLike(claim, `^d_${GENERATION}${TAG}$`)) {
    const [name = ''] = namesOf([schema]);
    if (!(await lock(claim, name))) continue;
    await claim.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`).catch(() => undefined);
    await unlock(claim, name);
  }
};

/** Of published and unpublished ones, in one look: what is renamed meanwhile is in it under either name. */
const takenNames = async (source: Asked): Promise<string[]> =>
  namesOf(await schemasLike(source, `^(g_${GENERATION}|d_${GENERATION}${TAG})$`));

const schemasLike = async (source: Asked, pattern: string): Promise<string[]> => {
  const rows: Array<{ nspname: string }> = await source.query('SELECT nspname FROM pg_namespace WHERE nspname ~ $1', [
    pattern,
  ]);
  return rows.map(({ nspname }) => nspname);
};

const namesOf = (schemas: readonly string[]): string[] =>
  schemas.map((schema) => schema.split('_').slice(1, 3).join('-'));

const lock = async (runner: QueryRunner, name: string): Promise<boolean> => {
  const [row] = await runner.query(`SELECT pg_try_advisory_lock(hashtextextended('ledger draft ' || $1, 0)) AS got`, [
    name,
  ]);
  return row.got;
};

const unlock = (runner: QueryRunner, name: string): Promise<unknown> =>
  runner.query(`SELECT pg_advisory_unlock(hashtextextended('ledger draft ' || $1, 0))`, [name]);
