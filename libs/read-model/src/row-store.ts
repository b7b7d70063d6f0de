import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** Below SQLite's limit of 32,766 bound values a statement. */
const MAX_PARAMETERS = 20_000;

/** Rows of one statement on PostgreSQL, which takes them as one JSON text. */
const ROWS_IN_JSON = 5_000;

/** Rows per statement on SQLite: a few fixed sizes, so that the engine prepares each statement once and not for every batch. */
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
      const sql = `SELECT * FROM "${metadata.tableName}" WHERE ${this.isOneOf(by, part)}`;
      const raw: ObjectLiteral[] = await this.manager.query(sql, this.listed(part));
      for (const row of raw) rows.push(this.toRow<Row>(metadata, row));
    }
    return rows;
  }

  /** The next rows by key after one, as the projections wrote them: equal on both engines for the same events. */
  async page<Row extends ObjectLiteral>(entity: EntityTarget<Row>, after: string, limit: number): Promise<Row[]> {
    const metadata = this.manager.dataSource.getMetadata(entity);
    const { databaseName: key } = primaryOf(metadata);
    const sql = `SELECT * FROM "${metadata.tableName}" WHERE "${key}" > ${this.sqlite ? '?' : '$1'} ORDER BY "${key}" LIMIT ${limit}`;
    const raw: ObjectLiteral[] = await this.manager.query(sql, [after]);
    return raw.map((row) => this.toRow<Row>(metadata, row));
  }

  /** Inserts rows or replaces those with the same key; of two rows with one key the later wins. */
  async upsert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, rows: readonly Row[]): Promise<void> {
    const metadata = this.manager.dataSource.getMetadata(entity);
    const { columns } = metadata;
    const latest = lastByKey(metadata, rows);
    if (!this.sqlite) return this.upsertAsJson(metadata, latest);
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
      const where = this.isOneOf(primaryOf(metadata), part);
      await this.manager.query(`DELETE FROM "${metadata.tableName}" WHERE ${where}`, this.listed(part));
    }
  }

  private upsertStatement(metadata: EntityMetadata, count: number): string {
    const tuple = `(${placeholders(metadata.columns.length)})`;
    return `INSERT INTO "${metadata.tableName}" (${namesOf(metadata)}) VALUES ${Array(count).fill(tuple).join(', ')}
      ${onConflict(metadata)}`;
  }

  /** One statement text per table whatever the number of rows, and no value is quoted by us: two to three times faster than tuples. */
  private async upsertAsJson(metadata: EntityMetadata, rows: readonly ObjectLiteral[]): Promise<void> {
    const { columns, tableName } = metadata;
    const typed = columns.map(({ databaseName, type }) => `"${databaseName}" ${String(type)}`);
    const sql = `INSERT INTO "${tableName}" (${namesOf(metadata)})
      SELECT ${namesOf(metadata)} FROM json_to_recordset($1::json) AS given(${typed.join(', ')}) ${onConflict(metadata)}`;
    for (const part of chunks(rows, ROWS_IN_JSON)) {
      const objects = part.map((row) => {
        const object: ObjectLiteral = {};
        for (const column of columns) object[column.databaseName] = this.toValue(column, row);
        return object;
      });
      await this.manager.query(sql, [JSON.stringify(objects)]);
    }
  }

  private isOneOf({ databaseName }: ColumnMetadata, values: readonly unknown[]): string {
    return this.sqlite
      ? `"${databaseName}" IN (${placeholders(values.length)})`
      : `"${databaseName}" = ANY($1::text[])`;
  }

  private listed(values: readonly string[]): unknown[] {
    return this.sqlite ? values.map(storable) : [values.map(storable)];
  }

  private toValue(column: ColumnMetadata, row: ObjectLiteral): unknown {
    const property: unknown = row[column.propertyName] ?? null;
    const { transformer } = column;
    const value = transformer && !Array.isArray(transformer) && property !== null ? transformer.to(property) : property;
    return typeof value === 'string' ? storable(value) : value;
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

/** Text as both engines keep it: PostgreSQL has no NUL, and a lone surrogate is no character of any encoding. */
const storable = (text: string): string => {
  if (text.isWellFormed() && !text.includes('\0')) return text;
  return text.toWellFormed().replaceAll('\0', '\ufffd');
};

const placeholders = (count: number): string => Array(count).fill('?').join(', ');

const namesOf = ({ columns }: EntityMetadata): string =>
  columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');

const onConflict = ({ columns, primaryColumns }: EntityMetadata): string => {
  const keys = primaryColumns.map(({ databaseName }) => `"${databaseName}"`);
  const updates = columns
    .filter(({ isPrimary }) => !isPrimary)
    .map(({ databaseName: name }) => `"${name}" = excluded."${name}"`);
  const action = updates.length > 0 ? `DO UPDATE SET ${updates.join(', ')}` : 'DO NOTHING';
  return `ON CONFLICT (${keys.join(', ')}) ${action}`;
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
