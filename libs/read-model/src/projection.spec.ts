import { recorded, rowsAfter } from '@app/testing';
import fc from 'fast-check';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { documentProjection } from './projection.js';
import { RecordRow } from './record.entity.js';
import { recordProjection } from './record-projection.js';

@Entity('spec_total')
class SpecTotal {
  @PrimaryColumn('varchar')
  key: string;

  @Column('int')
  sum: number;

  @Column('varchar')
  position: string;
}

const totals = documentProjection<SpecTotal>({
  name: 'totals',
  version: 1,
  entity: SpecTotal,
  key: 'key',
  handles: ['Opened', 'Added', 'Ignored'],
  keyOf: ({ stream }) => stream,
  evolve: (row, { type, data, stream, position }) => {
    if (type === 'Opened') return { key: stream, sum: 0, position };
    if (type === 'Ignored') return undefined;
    return row && { ...row, sum: row.sum + (data['by'] as number), position };
  },
});

const opened = { type: 'Opened', data: {} };
const added = (by: number) => ({ type: 'Added', data: { by } });
const ignored = { type: 'Ignored', data: {} };
const history = recorded(
  ['t-1', added(100)],
  ['t-1', opened],
  ['t-2', opened],
  ['t-1', added(1)],
  ['t-2', added(2)],
  ['t-1', ignored],
  ['t-1', added(4)],
  ['t-3', added(8)],
  ['t-2', { type: 'Unhandled', data: {} }],
  ['t-2', added(16)],
);
const cuts = fc.subarray(history.map((_, index) => index));
const byKey = <Row extends { readonly key: string }>(rows: readonly Row[]) =>
  [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));

describe('a document projection', () => {
  it('folds the events of each document, wherever they lie in a batch', async () => {
    const rows = byKey(await rowsAfter(totals, SpecTotal, history));
    expect(rows).toMatchObject([
      { key: 't-1', sum: 5 },
      { key: 't-2', sum: 18 },
    ]);
  });

  it('leads to the same rows however the history is cut', async () => {
    const whole = byKey(await rowsAfter(totals, SpecTotal, history));
    await fc.assert(
      fc.asyncProperty(cuts, async (places) =>
        expect(byKey(await rowsAfter(totals, SpecTotal, history, places))).toEqual(whole),
      ),
      { numRuns: 12 },
    );
  });
});

const records = recordProjection({
  kind: 'note',
  version: 3,
  streamPrefix: 'note-',
  handles: ['NoteTaken', 'NoteSigned', 'NoteLost'],
  evolve: (row, { type, data }) => {
    if (type === 'NoteTaken') {
      return {
        number: '示例-1',
        title: 'Über 示例',
        universityId: 'hnu',
        counterparty: 'Firm A',
        status: 'TAKEN',
        date: String(data['on']),
        detail: { lines: ['a'] },
      };
    }
    if (!row || type === 'NoteLost') return undefined;
    return { ...row, status: 'SIGNED', counterparty: null, amountFen: (row.amountFen ?? 0n) + 5n, title: 'Signed' };
  },
});

const taken = (on: string) => ({ type: 'NoteTaken', data: { on } });
const signed = { type: 'NoteSigned', data: {} };

describe('a record projection', () => {
  it('makes the row of a record from its summary and its event', async () => {
    expect(records.name).toBe('record-note');
    expect(await rowsAfter(records, RecordRow, recorded(['note-a-1', taken('2021-03-05')]))).toEqual([
      {
        key: 'note:a-1',
        kind: 'note',
        id: 'a-1',
        stream: 'note-a-1',
        number: '示例-1',
        title: 'Über 示例',
        universityId: 'hnu',
        counterparty: 'Firm A',
        status: 'TAKEN',
        date: '2021-03-05',
        year: 2021,
        ipType: null,
        amountFen: null,
        detail: { lines: ['a'] },
        search: '示例-1 über 示例 firm a',
        revision: 0,
        updatedAt: '2025-01-01T00:00:00.000Z',
        position: '1'.padStart(32, '0'),
      },
    ]);
  });

  it('follows the later events of the record', async () => {
    const events = recorded(['note-1', taken('')], ['note-1', signed], ['note-1', { type: 'NoteLost', data: {} }]);
    expect(await rowsAfter(records, RecordRow, events)).toMatchObject([
      { year: 0, status: 'SIGNED', counterparty: null, amountFen: 5n, search: '示例-1 signed ', revision: 1 },
    ]);
  });

  it('takes an event that comes again for the one it was', async () => {
    const events = recorded(['note-1', taken('2021-03-05')], ['note-1', signed], ['note-1', signed]);
    const twice = events.flatMap((event) => [event, event]);
    expect(await rowsAfter(records, RecordRow, [...twice, ...events])).toEqual(
      await rowsAfter(records, RecordRow, events),
    );
    expect(await rowsAfter(records, RecordRow, twice, [2, 3])).toMatchObject([{ amountFen: 10n, revision: 2 }]);
  });
});
