import { DataSource, Column, Entity, PrimaryColumn } from 'typeorm';
import { PreviewRows } from './preview-rows.js';
import { RowStore } from './row-store.js';

@Entity('page')
class Page {
  @PrimaryColumn('varchar') id: string;
  @Column('varchar') book: string;
  @Column('int') length: number;
}

const page = (id: string, book: string, length: number): Page => ({ id, book, length });

describe('rows as they would be', () => {
  let source: DataSource;
  let rows: PreviewRows;
  beforeEach(async () => {
    source = await new DataSource({
      type: 'better-sqlite3',
      database: ':memory:',
      entities: [Page],
      synchronize: true,
    }).initialize();
    const stored = new RowStore(source.manager);
    await stored.upsert(Page, [page('a', 'x', 1), page('b', 'x', 2), page('c', 'y', 3)]);
    rows = new PreviewRows(stored);
  });
  afterEach(() => source.destroy());
  const ids = async (values: readonly string[], column?: 'book') =>
    (await rows.load(Page, values, column)).map(({ id, length }) => `${id}${length}`).sort();

  it('reads the tables through its own changes, by key and by another column', async () => {
    await rows.upsert(Page, [page('b', 'y', 20), page('d', 'x', 4)]);
    await rows.remove(Page, ['c']);
    expect(await ids(['a', 'b', 'c', 'd'])).toEqual(['a1', 'b20', 'd4']);
    expect(await ids(['x'], 'book')).toEqual(['a1', 'd4']);
    expect(await ids(['y'], 'book')).toEqual(['b20']);
  });

  it('tells what would change, and changes nothing', async () => {
    await rows.load(Page, ['a', 'b']);
    await rows.upsert(Page, [page('a', 'x', 10), page('d', 'x', 4)]);
    await rows.upsert(Page, [page('a', 'x', 11)]);
    expect(rows.changes(Page)).toEqual([
      { key: 'a', before: page('a', 'x', 1), after: page('a', 'x', 11) },
      { key: 'd', before: undefined, after: page('d', 'x', 4) },
    ]);
    expect(await source.manager.find(Page, { order: { id: 'ASC' } })).toEqual([
      page('a', 'x', 1),
      page('b', 'x', 2),
      page('c', 'y', 3),
    ]);
  });
});
