import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_FEN } from '@app/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { fenColumn, fenTransformer, jsonColumn } from './columns.js';
import { Generation } from './generation.js';
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

describe('the row store', () => {
  let folder: string;
  let generation: Generation;
  let rows: RowStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rows-'));
    generation = await Generation.open(folder, '000000000000-1', [projection]);
    rows = new RowStore(generation.writer.manager);
  });
  afterEach(async () => {
    await generation.close();
    rmSync(folder, { recursive: true });
  });

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
    expect(await generation.writer.manager.find(SpecValue)).toEqual([row]);
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
    expect(await generation.writer.manager.count(SpecPair)).toBe(2);
  });

  it('leaves a row that is nothing but its key as it is', async () => {
    await rows.upsert(SpecMark, [{ key: 'a' }]);
    await rows.upsert(SpecMark, [{ key: 'a' }, { key: 'b' }]);
    expect(await rows.load(SpecMark, ['a', 'b'])).toHaveLength(2);
  });

  it('writes, loads and removes more rows than one statement holds', async () => {
    const keys = Array.from({ length: 45_000 }, (_, index) => `k${index}`);
    await generation.writer.transaction(async (manager) => {
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
