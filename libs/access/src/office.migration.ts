import { type MigrationInterface, type QueryRunner, Table, TableColumn, type TableColumnOptions } from 'typeorm';

const text = (name: string): TableColumnOptions => ({ name, type: 'text' });
const varchar = (name: string): TableColumnOptions => ({ name, type: 'varchar' });
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean' });
const key = (name: string): TableColumnOptions => ({ ...varchar(name), isPrimary: true });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

interface Shape {
  readonly name: string;
  readonly columns: readonly TableColumnOptions[];
}

const tables: readonly Shape[] = [
  {
    name: 'user_account',
    columns: [
      key('username'),
      text('passwordHash'),
      ...['role', 'organisation', 'displayName'].map(varchar),
      ...['sample', 'disabled'].map(flag),
      integer('failedSignIns'),
      optional(varchar('lockedUntil')),
      varchar('passwordChangedAt'),
    ],
  },
  { name: 'setting', columns: [key('key'), text('value')] },
  {
    name: 'person',
    columns: [
      key('personId'),
      ...[varchar('universityId'), text('wrappedKey'), text('nameCipher'), varchar('erasedAt')].map(optional),
    ],
  },
  {
    name: 'import_job',
    columns: [
      key('id'),
      ...['kind', 'fileName', 'fileHash', 'actorId', 'actorRole', 'actorOrganisation', 'status'].map(varchar),
      ...['total', 'done', 'written', 'unchanged', 'refused', 'different'].map(integer),
      text('problems'),
      varchar('createdAt'),
      ...[varchar('startedAt'), varchar('finishedAt')].map(optional),
    ],
  },
];

/** Text is compared and ordered by its code points on both engines; on PostgreSQL the database's own collation may be any. */
const byCodePoint = ({ dataSource }: QueryRunner, column: TableColumnOptions): TableColumnOptions =>
  dataSource.options.type === 'postgres' && /^(text|varchar)$/.test(column.type)
    ? { ...column, collation: 'C' }
    : column;

const createTable = (runner: QueryRunner, { name, columns }: Shape): Promise<void> =>
  runner.createTable(new Table({ name, columns: columns.map((column) => byCodePoint(runner, column)) }));

/** The first shape of the office data. Later shapes are migrations beside this one; this one is never edited. */
export class OfficeTables implements MigrationInterface {
  readonly name = 'OfficeTables1763884800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of [...tables].reverse()) await runner.dropTable(name);
  }
}

const evidenceFile: Shape = {
  name: 'evidence_file',
  columns: [
    ...['hash', 'organisation'].map(key),
    ...['name', 'mediaType'].map(varchar),
    integer('bytes'),
    ...['uploadedBy', 'uploadedAt'].map(varchar),
  ],
};

/** Files of evidence, and how often an import was begun. */
export class EvidenceFiles implements MigrationInterface {
  readonly name = 'EvidenceFiles1764115200000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, evidenceFile);
    await runner.addColumn('import_job', new TableColumn({ ...integer('attempts'), default: '0' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('import_job', 'attempts');
    await runner.dropTable(evidenceFile.name);
  }
}

/** Which process runs an import, and until when it may be silent (ADR 0016). */
export class ImportClaims implements MigrationInterface {
  readonly name = 'ImportClaims1764547200000';

  async up(runner: QueryRunner): Promise<void> {
    const columns = ['holder', 'heldUntil'].map(
      (name) => new TableColumn(byCodePoint(runner, optional(varchar(name)))),
    );
    await runner.addColumns('import_job', columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('import_job', ['holder', 'heldUntil']);
  }
}
