import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** Below SQLite's limit of 32,766 bound values a statement. */
const MAX_PARAMETERS = 20_000;

/** Rows per statement: a few fixed sizes, so that the engine prepares each statement once and not for every batch. */
const ROWS_AT_ONCE = [100, 10, 1];

/** What a projection may do with its tables. */
export type Rows = Pick<RowStore, 'load' | 'upsert' | 'remove'>;

/**
 * What a projection may do with its tables, inside the transaction of the batch: read the touched rows, write whole rows back.
 * Statements are written here once for both engines; per-row `save` is three to ten times slower.
 */
export class RowStore {
  private readonly sqlite: boolean;

  constructor(readonly manager: EntityManager) {
    this.sqlite = manager.dataSource.options.type === 'better-sqlite3';
  }

  /** Rows whose `column` is one of `values`; the primary key when no column is named. */
  async load<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    values: readonly string[],
    column?: keyof Row & string,
  ): Promise<Row[]> {
    const metadata = this.manager.dataSource.getMetadata(entity);
    const by = column ? columnNamed(metadata, column) : primaryOf(metadata);
    const rows: Row[] = [];
    for (const part of chunks([...new Set(values)], MAX_PARAMETERS)) {
      const sql = `SELECT * FROM "${metadata.tableName}" WHERE "${by.databaseName}" IN (${this.placeholders(part.length, 0)})`;
      const raw: ObjectLiteral[] = await this.manager.query(sql, [...part]);
      for (const row of raw) rows.push(this.toRow<Row>(metadata, row));
    }
    return rows;
  }

  /** Inserts rows or replaces those with the same key; of two rows with one key the later wins. */
  async upsert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, rows: readonly Row[]): Promise<void> {
    const metadata = this.manager.dataSource.getMetadata(entity);
    const { columns } = metadata;
    const latest = lastByKey(metadata, rows);
    let done = 0;
    for (const size of ROWS_AT_ONCE) {
      for (; latest.length - done >= size; done += size) {
        const values = this.valuesOf(columns, latest.slice(done, done + size));
        await this.manager.query(this.upsertStatement(metadata, size), values);
      }
    }
  }

  /** Name of the property that is the key of an entity's rows. */
  keyOf<Row extends ObjectLiteral>(entity: EntityTarget<Row>): keyof Row & string {
    return primaryOf(this.manager.dataSource.getMetadata(entity)).propertyName as keyof Row & string;
  }

  private valuesOf(columns: readonly ColumnMetadata[], rows: readonly ObjectLiteral[]): unknown[] {
    const values: unknown[] = [];
    for (const row of rows) for (const column of columns) values.push(this.toValue(column, row));
    return values;
  }

  async remove<Row extends ObjectLiteral>(entity: EntityTarget<Row>, keys: readonly string[]): Promise<void> {
    const metadata = this.manager.dataSource.getMetadata(entity);
    for (const part of chunks(keys, MAX_PARAMETERS)) {
      const where = `"${primaryOf(metadata).databaseName}" IN (${this.placeholders(part.length, 0)})`;
      await this.manager.query(`DELETE FROM "${metadata.tableName}" WHERE ${where}`, [...part]);
    }
  }

  private upsertStatement(metadata: EntityMetadata, count: number): string {
    const { columns } = metadata;
    const names = columns.map(({ databaseName }) => `"${databaseName}"`);
    const tuples = Array.from(
      { length: count },
      (_, row) => `(${this.placeholders(columns.length, row * columns.length)})`,
    );
    const updates = columns
      .filter(({ isPrimary }) => !isPrimary)
      .map(({ databaseName: name }) => `"${name}" = excluded."${name}"`);
    const keys = metadata.primaryColumns.map(({ databaseName }) => `"${databaseName}"`);
    const action = updates.length > 0 ? `DO UPDATE SET ${updates.join(', ')}` : 'DO NOTHING';
    return `INSERT INTO "${metadata.tableName}" (${names.join(', ')}) VALUES ${tuples.join(', ')}
      ON CONFLICT (${keys.join(', ')}) ${action}`;
  }

  private placeholders(count: number, offset: number): string {
    if (this.sqlite) return Array(count).fill('?').join(', ');
    return Array.from({ length: count }, (_, index) => `$${offset + index + 1}`).join(', ');
  }

  private toValue(column: ColumnMetadata, row: ObjectLiteral): unknown {
    const property: unknown = row[column.propertyName] ?? null;
    const { transformer } = column;
    return transformer && !Array.isArray(transformer) && property !== null ? transformer.to(property) : property;
  }

  private toRow<Row extends ObjectLiteral>(metadata: EntityMetadata, raw: ObjectLiteral): Row {
    const row: ObjectLiteral = Object.create(
      metadata.target instanceof Function ? metadata.target.prototype : Object.prototype,
    );
    for (const column of metadata.columns) row[column.propertyName] = fromValue(column, raw[column.databaseName]);
    return row as Row;
  }
}

const fromValue = (column: ColumnMetadata, value: unknown): unknown => {
  if (value === null || value === undefined) return null;
  const { transformer } = column;
  if (transformer && !Array.isArray(transformer)) return transformer.from(value);
  return column.type === 'boolean' ? Boolean(value) : value;
};

/** PostgreSQL refuses a statement that would write a row twice; SQLite would let the later one win. */
const lastByKey = <Row extends ObjectLiteral>({ primaryColumns }: EntityMetadata, rows: readonly Row[]): Row[] => {
  const keyOf = (row: Row) => primaryColumns.map(({ propertyName }) => String(row[propertyName])).join('\u0000');
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
};

const primaryOf = ({ primaryColumns, tableName }: EntityMetadata): ColumnMetadata => {
  const [primary, second] = primaryColumns;
  if (!primary || second) throw new Error(`table ${tableName} must have one key column`);
  return primary;
};

const columnNamed = (metadata: EntityMetadata, name: string): ColumnMetadata => {
  const column = metadata.findColumnWithPropertyName(name);
  if (!column) throw new Error(`table ${metadata.tableName} has no column ${name}`);
  return column;
};

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
