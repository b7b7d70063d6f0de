import { createHash } from 'node:crypto';
import { type Position, START } from '@app/event-store';
import {
  type EntityManager,
  type EntityTarget,
  IsNull,
  Not,
  type ObjectLiteral,
  getMetadataArgsStorage,
} from 'typeorm';
import { Checkpoint, LOOP } from './checkpoint.entity.js';
import type { Projection } from './projection.js';
import type { StoppedProjection } from './projection-loop.js';

/**
 * One complete set of read tables is a generation. It is named after the fingerprint of the projections that fill it and a number,
 * `<fingerprint>-<n>`: a changed projection has another fingerprint and so other tables; nothing is ever migrated.
 */
const NAME = /^([0-9a-f]{12})-(\d+)$/;

/** Changes when the name, version, handled events or columns of any projection do. Twelve hex digits. */
export const fingerprintOf = (projections: readonly Projection[]): string => {
  const shapes = projections.map(({ name, version, handles, entities }) =>
    [`${name}@${version}`, ...[...handles].sort(), ...entities.flatMap(columnsOf).sort()].join(' '),
  );
  const own = columnsOf(Checkpoint).join(' ');
  return createHash('sha256')
    .update([own, ...shapes.sort()].join('\n'))
    .digest('hex')
    .slice(0, 12);
};

const columnsOf = (entity: EntityTarget<ObjectLiteral>): string[] => {
  const declared = getMetadataArgsStorage();
  const table = declared.tables.find(({ target }) => target === entity)?.name;
  const columns = declared.columns.filter(({ target }) => target === entity);
  return columns.map(({ propertyName, options }) => `${table}.${propertyName}${JSON.stringify(options)}`);
};

/** The tables of a generation. */
export const entitiesOf = (projections: readonly Projection[]): Array<EntityTarget<ObjectLiteral>> => [
  ...new Set([Checkpoint, ...projections.flatMap(({ entities }) => entities)]),
];

/** Those of some names that are generations, of one fingerprint or of all, oldest first. */
export const sortGenerations = (names: readonly string[], fingerprint?: string): string[] =>
  names
    .filter((name) => NAME.test(name) && (fingerprint === undefined || name.startsWith(`${fingerprint}-`)))
    .sort((a, b) => numberOf(a) - numberOf(b));

/** The name of the generation that comes after some others. */
export const nextName = (fingerprint: string, names: readonly string[]): string =>
  `${fingerprint}-${numberOf(sortGenerations(names, fingerprint).at(-1) ?? '') + 1}`;

export const fingerprintIn = (name: string): string => NAME.exec(name)?.[1] ?? '';

const numberOf = (name: string): number => Number(NAME.exec(name)?.[2] ?? 0);

/** The position of the rows a transaction sees: every commit moves the row of the loop. */
export const positionOf = async (manager: EntityManager): Promise<Position> => {
  const rows: Array<{ position: Position }> = await manager.query(
    `SELECT "position" FROM "checkpoint" WHERE "projection" = '${LOOP}'`,
  );
  return rows[0]?.position ?? START;
};

export interface Standing {
  readonly position: Position;
  /** Undefined before the first event was projected. */
  readonly storeId: string | undefined;
  readonly stopped: readonly StoppedProjection[];
}

/** How far a generation has come, of which log, and which of its projections stopped. */
export const standingOf = async (manager: EntityManager, position: Position): Promise<Standing> => {
  const loop = await manager.findOneBy(Checkpoint, { projection: LOOP });
  return { position, storeId: loop?.storeId, stopped: await stoppedIn(manager) };
};

/** The projections whose rows, in this very snapshot, stand still at an event they cannot apply. */
export const stoppedIn = async (manager: EntityManager): Promise<readonly StoppedProjection[]> => {
  const rows = await manager.findBy(Checkpoint, { stoppedBy: Not(IsNull()) });
  return rows.map(({ projection, stoppedAt, stoppedBy }) => ({
    projection,
    position: stoppedAt ?? START,
    reason: stoppedBy ?? '',
  }));
};
