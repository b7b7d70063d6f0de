import { isDeepStrictEqual } from 'node:util';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Projection } from './projection.js';
import { RowStore } from './row-store.js';

export interface RowDifference {
  readonly table: string;
  readonly key: string;
  /** The values that differ, by property; the whole row where the other side has none. */
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly after: Readonly<Record<string, unknown>> | undefined;
}

export interface Comparison {
  /** Rows looked at, by table: the larger of both sides. */
  readonly rows: Readonly<Record<string, number>>;
  readonly differences: number;
  /** The first of them; there may be more than anybody reads. */
  readonly first: readonly RowDifference[];
}

const PAGE = 1_000;
const SHOWN = 100;

/** Compares two generations row by row, whatever engines they are on. Both must stand at the same position of the same log. */
export const compareGenerations = async (
  projections: readonly Projection[],
  before: EntityManager,
  after: EntityManager,
): Promise<Comparison> => {
  const rows: Record<string, number> = {};
  const first: RowDifference[] = [];
  let differences = 0;
  for (const entity of new Set(projections.flatMap(({ entities }) => entities))) {
    const table = before.dataSource.getMetadata(entity).tableName;
    let count = 0;
    for await (const [key, one, other] of sideBySide(entity, new RowStore(before), new RowStore(after))) {
      count += 1;
      if (isDeepStrictEqual(one, other)) continue;
      differences += 1;
      if (first.length < SHOWN) first.push({ table, key, ...changed(one, other) });
    }
    rows[table] = count;
  }
  return { rows, differences, first };
};

type Side = ObjectLiteral | undefined;

/** The rows of both sides by key: a merge of two ordered walks. */
async function* sideBySide(
  entity: EntityTarget<ObjectLiteral>,
  left: RowStore,
  right: RowStore,
): AsyncGenerator<[key: string, one: Side, other: Side]> {
  const keyName = left.keyOf(entity);
  const keyOf = (row: Side): string | undefined => row?.[keyName] as string | undefined;
  const [ones, others] = [walk(left, entity, keyName), walk(right, entity, keyName)];
  let [one, other] = [await next(ones), await next(others)];
  for (;;) {
    const key = smaller(keyOf(one), keyOf(other));
    if (key === undefined) return;
    const [isLeft, isRight] = [keyOf(one) === key, keyOf(other) === key];
    yield [key, isLeft ? one : undefined, isRight ? other : undefined];
    if (isLeft) one = await next(ones);
    if (isRight) other = await next(others);
  }
}

async function* walk(
  rows: RowStore,
  entity: EntityTarget<ObjectLiteral>,
  keyName: string,
): AsyncGenerator<ObjectLiteral> {
  let after = '';
  for (;;) {
    const page = await rows.page(entity, after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last[keyName] as string;
  }
}

const next = async (rows: AsyncGenerator<ObjectLiteral>): Promise<Side> => {
  const { done, value } = await rows.next();
  return done ? undefined : value;
};

/** Code points, as the engines order them, not UTF-16 units. */
const smaller = (one: string | undefined, other: string | undefined): string | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) <= 0 ? one : other;
};

const changed = (one: Side, other: Side): Pick<RowDifference, 'before' | 'after'> => {
  if (!one || !other) return { before: one && { ...one }, after: other && { ...other } };
  const names = Object.keys(one).filter((name) => !isDeepStrictEqual(one[name], other[name]));
  const some = (row: ObjectLiteral) => Object.fromEntries(names.map((name) => [name, row[name]]));
  return { before: some(one), after: some(other) };
};
