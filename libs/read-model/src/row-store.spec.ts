import { MAX_FEN } from '@app/kernel';
import { ViewsKit, viewsEngines } from '@app/testing';
import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn, fenTransformer, jsonColumn } from './columns.js';
import type { Projection } from './projection.js';
import { RowStore } from './row-store.js';

@Entity('spec_value')
class SpecValue {
  @PrimaryColumn('varchar')
  key: string;

  @Column({ ...fenColumn, nullable: true })
  amountFen: bigint | null;

  @Column('boolean', { nullable: true })
  flag: boolean | null;

  @Column('int')
  count: number;

  @Column({ ...jsonColumn, nullable: true })
  detail: unknown;

  @Column('varchar', { name: 'named_otherwise', nullable: true })
  note?: string | null;
}

@Entity('spec_pair')
class SpecPair {
  @PrimaryColumn('varchar')
  left: string;

  @PrimaryColumn('varchar')
  right: string;
}

@Entity('spec_mark')
class SpecMark {
  @PrimaryColumn('varchar')
  key: string;
}

const projection: Projection = {
  name: 'spec',
  version: 1,
  entities: [SpecValue, SpecPair, SpecMark],
  handles: [],
  project: async () => {},
};

const value = (key: string, more: Partial<SpecValue> = {}): SpecValue => ({
  key,
  amountFen: null,
  flag: null,
  count: 0,
  detail: null,
  note: null,
  ...more,
});

describe.each(viewsEngines)('the row store on %s', (engine) => {
  const kit = new ViewsKit(engine);
  let source: DataSource;
  let rows: RowStore;

  beforeAll(() => kit.start());
  beforeEach(async () => {
    await kit.empty();
    source = await kit.writer([projection]);
    rows = new RowStore(source.manager);
  });
  afterEach(() => kit.clear());
  afterAll(() => kit.stop());

  it.each([
    { amountFen: 0n },
    { amountFen: MAX_FEN },
    { amountFen: -MAX_FEN },
    { flag: true },
    { flag: false },
    { count: -3 },
    { detail: { nested: [1, 'é “引号”', null, { deep: true }] } },
    { detail: [] },
    { detail: '' },
    { detail: 0 },
    { detail: false },
    { note: "'; DROP TABLE spec_value; --" },
    { note: '' },
    {},
  ])('keeps %o exactly, for itself and for TypeORM', async (more) => {
    const row = value('a', more);
    await rows.upsert(SpecValue, [row]);
    expect(await rows.load(SpecValue, ['a'])).toEqual([row]);
    expect(await source.manager.find(SpecValue)).toEqual([row]);
  });

  it('keeps an absent property as null', async () => {
    const { note: _note, ...without } = value('a');
    await rows.upsert(SpecValue, [without]);
    expect(await rows.load(SpecValue, ['a'])).toEqual([value('a')]);
  });

  it('refuses an amount that SQLite would answer rounded', async () => {
    await expect(rows.upsert(SpecValue, [value('a', { amountFen: MAX_FEN + 1n })])).rejects.toThrow(RangeError);
    expect(() => fenTransformer.to(-MAX_FEN - 1n)).toThrow(RangeError);
    expect([fenTransformer.to(undefined), fenTransformer.from('12')]).toEqual([undefined, 12n]);
  });

  it('replaces whole rows by key and leaves the others', async () => {
    await rows.upsert(SpecValue, [value('a', { count: 1, note: 'old' }), value('b', { count: 2 })]);
    await rows.upsert(SpecValue, [value('a', { count: 3 }), value('c')]);
    const loaded = await rows.load(SpecValue, ['c', 'b', 'a']);
    expect(loaded.sort((x, y) => (x.key < y.key ? -1 : 1))).toEqual([
      value('a', { count: 3 }),
      value('b', { count: 2 }),
      value('c'),
    ]);
  });

  it('takes the later of two rows with one key, in one statement', async () => {
    await rows.upsert(SpecValue, [value('a', { count: 1 }), value('a', { count: 2 })]);
    expect(await rows.load(SpecValue, ['a'])).toEqual([value('a', { count: 2 })]);
    const pairs = [
      { left: 'a', right: 'b' },
      { left: 'a', right: 'b' },
      { left: 'a', right: 'c' },
    ];
    await rows.upsert(SpecPair, pairs);
    expect(await source.manager.count(SpecPair)).toBe(2);
  });

  it('leaves a row that is nothing but its key as it is', async () => {
    await rows.upsert(SpecMark, [{ key: 'a' }]);
    await rows.upsert(SpecMark, [{ key: 'a' }, { key: 'b' }]);
    expect(await rows.load(SpecMark, ['a', 'b'])).toHaveLength(2);
  });

  it('writes, loads and removes more rows than one statement holds', async () => {
    const keys = Array.from({ length: 45_000 }, (_, index) => `k${index}`);
    await source.transaction(async (manager) => {
      const inside = new RowStore(manager);
      await inside.upsert(
        SpecValue,
        keys.map((key, count) => value(key, { count })),
      );
      const loaded = await inside.load(SpecValue, keys);
      expect(loaded.every(({ key, count }) => key === `k${count}`)).toBe(true);
      expect(loaded).toHaveLength(45_000);
      await inside.remove(SpecValue, keys.slice(1));
      expect(await inside.load(SpecValue, keys)).toHaveLength(1);
    });
  });

  it('keeps text that is not text everywhere alike: no NUL, no lone surrogates', async () => {
    await rows.upsert(SpecValue, [value('a\0\ud800', { note: 'x\0y\udc00', detail: 'a\0\ud800' })]);
    const [stored] = await rows.load(SpecValue, ['a\0\ud800']);
    expect(stored).toMatchObject({ key: 'a\ufffd\ufffd', note: 'x\ufffdy\ufffd', detail: 'a\0\ud800' });
  });

  it('pages through rows in the order of code points', async () => {
    const keys = ['B', 'a', 'Z', 'é', '专利', '𠮷', 'b'];
    await rows.upsert(
      SpecMark,
      keys.map((key) => ({ key })),
    );
    const [first, second] = [await rows.page(SpecMark, '', 4), await rows.page(SpecMark, 'b', 4)];
    expect([...first, ...second].map(({ key }) => key)).toEqual(['B', 'Z', 'a', 'b', 'é', '专利', '𠮷']);
  });

  it('does nothing for nothing', async () => {
    await rows.upsert(SpecValue, []);
    await rows.remove(SpecValue, []);
    expect(await rows.load(SpecValue, [])).toEqual([]);
  });

  it('loads each row once by another column, by its property name', async () => {
    await rows.upsert(SpecValue, [value('a', { note: 'x' }), value('b', { note: 'x' }), value('c', { note: 'y' })]);
    const loaded = await rows.load(SpecValue, ['x', 'x'], 'note');
    expect(loaded.map(({ key }) => key).sort()).toEqual(['a', 'b']);
  });

  it('takes a table with two keys, or a column that is not there, for a fault', async () => {
    await expect(rows.load(SpecPair, ['a'])).rejects.toThrow('one key column');
    await expect(rows.load(SpecValue, ['a'], 'nothing' as never)).rejects.toThrow('no column nothing');
  });
});
