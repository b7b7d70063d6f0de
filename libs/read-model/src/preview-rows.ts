import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Rows, RowStore } from './row-store.js';

export interface RowChange<Row> {
  readonly key: string;
  /** Undefined where there is no such row. */
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

interface Table {
  readonly before: Map<string, ObjectLiteral>;
  readonly after: Map<string, ObjectLiteral | undefined>;
}

/**
 * The read tables as they would be after events that were never written (试算): reads go through to the tables, changes stay here.
 * The very same projections run over it.
 */
export class PreviewRows implements Rows {
  private readonly tables = new Map<unknown, Table>();

  constructor(private readonly rows: RowStore) {}

  async load<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    values: readonly string[],
    column?: keyof Row & string,
  ): Promise<Row[]> {
    const table = this.tableOf(entity);
    const key = this.rows.keyOf(entity);
    const stored = await this.rows.load(entity, values, column);
    for (const row of stored) if (!table.before.has(row[key] as string)) table.before.set(row[key] as string, row);
    const wanted = new Set(values);
    const changed = [...table.after.values()].filter(
      (row) => row !== undefined && wanted.has(row[column ?? key] as string),
    );
    return [...stored.filter((row) => !table.after.has(row[key] as string)), ...(changed as Row[])];
  }

  async upsert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, rows: readonly Row[]): Promise<void> {
    const key = this.rows.keyOf(entity);
    const { after } = this.tableOf(entity);
    for (const row of rows) after.set(row[key] as string, row);
  }

  async remove<Row extends ObjectLiteral>(entity: EntityTarget<Row>, keys: readonly string[]): Promise<void> {
    const { after } = this.tableOf(entity);
    for (const key of keys) after.set(key, undefined);
  }

  /** The rows that would change, by key; a row that was never loaded has no `before` here. */
  changes<Row extends ObjectLiteral>(entity: EntityTarget<Row>): ReadonlyArray<RowChange<Row>> {
    const { before, after } = this.tableOf(entity);
    return [...after].map(([key, row]) => ({
      key,
      before: before.get(key) as Row | undefined,
      after: row as Row | undefined,
    }));
  }

  private tableOf(entity: unknown): Table {
    const table = this.tables.get(entity) ?? { before: new Map(), after: new Map() };
    this.tables.set(entity, table);
    return table;
  }
}
