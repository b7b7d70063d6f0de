import { type MigrationInterface, type QueryRunner, Table, TableColumn, type TableColumnOptions } from 'typeorm';

const text = (name: string): TableColumnOptions => ({ name, type: 'text' });
const varchar = (name: string): TableColumnOptions => ({ name, type: 'varchar' });
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean' });
const key = (name: string): TableColumnOptions => ({ ...varchar(name), isPrimary: true });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

const tables: ReadonlyArray<{ name: string; columns: TableColumnOptions[] }> = [
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

/** The first shape of the office data. Later shapes are migrations beside this one; this one is never edited. */
export class OfficeTables implements MigrationInterface {
  readonly name = 'OfficeTables1763884800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(new Table(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of [...tables].reverse()) await runner.dropTable(name);
  }
}

const evidenceFile = new Table({
  name: 'evidence_file',
  columns: [
    ...['hash', 'organisation'].map(key),
    ...['name', 'mediaType'].map(varchar),
    integer('bytes'),
    ...['uploadedBy', 'uploadedAt'].map(varchar),
  ],
});

/** Files of evidence, and how often an import was begun. */
export class EvidenceFiles implements MigrationInterface {
  readonly name = 'EvidenceFiles1764115200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(evidenceFile);
    await runner.addColumn('import_job', new TableColumn({ ...integer('attempts'), default: '0' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('import_job', 'attempts');
    await runner.dropTable(evidenceFile);
  }
}
