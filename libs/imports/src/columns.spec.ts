import { Refusal } from '@app/kernel';
import {
  type Column,
  choice,
  creditCode,
  date,
  filled,
  integer,
  list,
  parseRow,
  text,
  wanYuan,
  yesNo,
  yuan,
} from './columns.js';
import { type Cell, shownCell } from './cell.js';

const header = { zh: '列', en: 'Column' };
const kinds = choice({ FREE: { zh: '免费', en: 'Free' }, LUMP_SUM: { zh: '一次总付', en: 'Lump sum' } });

const read = (column: Column, cell: Cell | undefined): unknown => {
  const { row, refusals } = parseRow({ it: column }, { it: cell });
  const [refusal] = refusals;
  return refusal ? { refused: refusal.rule, field: refusal.place.field } : row.it;
};
const refused = (rule: string) => ({ refused: rule, field: 'it' });

describe('a cell', () => {
  it.each<[string, Column, string, unknown]>([
    ['text', text(header), ' 示例 ', '示例'],
    ['text', text(header), '-', '-'],
    ['text', text(header), '- 无', '- 无'],
    ['text', text(header), '字'.repeat(500), '字'.repeat(500)],
    ['date', date(header), '2021-03-05', '2021-03-05'],
    ['date', date(header), '2021年3月5日', '2021-03-05'],
    ['date', date(header), '20210305', '2021-03-05'],
    ['yuan', yuan(header), '1,234.5', '123450'],
    ['yuan', yuan(header), '0', '0'],
    ['wanYuan', wanYuan(header), '1000', '1000000000'],
    ['wanYuan', wanYuan(header), '0.000001', '1'],
    ['integer', integer(header), '12', 12],
    ['integer', integer(header), '０２', 2],
    ['yesNo', yesNo(header), '是', true],
    ['yesNo', yesNo(header), 'TRUE', true],
    ['yesNo', yesNo(header), '否', false],
    ['yesNo', yesNo(header), '0', false],
    ['creditCode', creditCode(header), '9144030071526726xg', '9144030071526726XG'],
    ['list', list(header), 'a； b;c\nd;;', ['a', 'b', 'c', 'd']],
    ['choice', kinds(header), 'LUMP_SUM', 'LUMP_SUM'],
    ['choice', kinds(header), '一次总付', 'LUMP_SUM'],
    ['choice', kinds(header), 'lump SUM', 'LUMP_SUM'],
  ])('of %s: %#. "%s" is read', (_name, column, cell, expected) => {
    expect(read(column, cell)).toEqual(expected);
  });

  it.each<[string, Column, Cell, string]>([
    ['text', text(header), '字'.repeat(501), 'V-4'],
    ['date', date(header), '2021-02-30', 'V-DATE'],
    ['date', date(header), '31047', 'V-DATE'],
    ['date', date(header), '109575', 'V-DATE'],
    ['yuan', yuan(header), '1.234', 'V-FEE-PRECISION'],
    ['yuan', yuan(header), '-5', 'V-FEE-NEGATIVE'],
    ['yuan', yuan(header), '约5万', 'V-FEE-FORM'],
    ['wanYuan', wanYuan(header), '10000000000', 'V-FEE-LIMIT'],
    ['integer', integer(header), '1.5', 'V-3'],
    ['integer', integer(header), '-1', 'V-3'],
    ['integer', integer(header), '1e3', 'V-3'],
    ['integer', integer(header), '1234567890', 'V-3'],
    ['yesNo', yesNo(header), '也许', 'V-8'],
    ['list', list(header), '；;\n', 'V-1'],
    ['list', list(header), `a；${'b'.repeat(501)}`, 'V-4'],
    ['choice', kinds(header), '打折', 'V-2'],
    ['choice', kinds(header), 'constructor', 'V-2'],
    ['formula', text(header), '=1+1', 'V-5'],
    ['formula', text(header), ' @SUM(A1)', 'V-5'],
    ['formula', text(header), '+A1', 'V-5'],
    ['formula', text(header), '-A1', 'V-5'],
    ['formula', yuan(header), { formula: 'A1*2' }, 'V-5'],
    ['number', text(header), { rounded: '1e+21' }, 'V-14'],
  ])('of %s: %#. is refused', (_name, column, cell, rule) => {
    expect(read(column, cell)).toEqual(refused(rule));
  });

  it('V-20: a number that is the serial of a day is refused as text', () => {
    for (const serial of ['31048', '44260', '99999']) expect(read(date(header), serial)).toEqual(refused('V-20'));
    const { refusals } = parseRow({ it: date(header) }, { it: '44260' });
    expect(refusals[0]?.text.en).toContain('(2021-03-05)');
  });

  it('V-20: the same number is accepted from a number cell, and stays a number elsewhere', () => {
    const cell = { number: '44260', day: '2021-03-05' };
    expect(read(date(header), cell)).toBe('2021-03-05');
    expect(read(integer(header), cell)).toBe(44_260);
    expect(read(text(header), cell)).toBe('44260');
    expect(read(text(header), '44260')).toBe('44260');
  });

  it.each([
    ['a\u0000b', 'U+0000'],
    ['a\u0007', 'U+0007'],
    ['\u001Fa', 'U+001F'],
    ['a\u007F', 'U+007F'],
    ['a\u200Bb', 'U+200B'],
    ['a\u202Eb', 'U+202E'],
    ['湖\uFFFD', 'U+FFFD'],
    ['\uD83Cx', 'U+D83C'],
    ['\u0001\u0002\u0003\u0004', 'U+0001 U+0002 U+0003'],
  ])('V-17: %j is refused as unreadable', (cell, codes) => {
    expect(read(text(header), cell)).toEqual(refused('V-17'));
    const { refusals } = parseRow({ it: text(header) }, { it: cell });
    expect(refusals[0]?.text.en).toContain(`(${codes})`);
  });

  it.each(['两\n行', '一\t二', '𠮷林', '🎓', '·', 'é', '\uE000'])('V-17: %j is accepted', (cell) => {
    expect(read(text(header), cell)).toBe(cell);
  });

  it('V-4: 500 characters are accepted, 501 are not', () => {
    expect(read(text(header), '字'.repeat(500))).toHaveLength(500);
  });

  it('V-5: text that only looks a little like a formula is accepted', () => {
    for (const cell of ['-5', '- 无', '-', 'a=b', '1+1']) expect(read(text(header), cell)).toBe(cell);
  });

  it('V-14, V-15: a long identifier is accepted as text, a cell beside a merged one as itself', () => {
    expect(read(text(header), '431000000012345678')).toBe('431000000012345678');
    expect(read(text(header), { merged: 'A1' })).toEqual(refused('V-15'));
  });

  it.each<Cell | undefined>([undefined, '', '  \t', '\u3000', '\u3164', '\u2800 '])(
    'that is empty (%j) is left out or required',
    (cell) => {
      expect(read(text(header), cell)).toBeUndefined();
      expect(read(text({ ...header, required: true }), cell)).toEqual(refused('V-1'));
    },
  );

  it('is shown in short', () => {
    expect([undefined, 'a', { formula: 'B1' }, { rounded: '12' }].map(shownCell)).toEqual([null, 'a', '=B1', '12']);
    expect(shownCell('x'.repeat(5_000))).toBe(`${'x'.repeat(120)}…`);
  });
});

describe('a row', () => {
  const columns = {
    number: text({ zh: '编号', en: 'Number', required: true }),
    signedOn: date({ zh: '签订日', en: 'Signed on', required: true }),
    fee: yuan({ zh: '金额', en: 'Fee' }),
    mode: kinds({ zh: '方式', en: 'Mode' }),
  };

  it('is told every bad cell, in both languages and with the column by name', () => {
    const { refusals } = parseRow(columns, { signedOn: '昨天', fee: '1', mode: 'x'.repeat(1_000) });
    expect(refusals.map(({ rule, place }) => [rule, place.field])).toEqual([
      ['V-1', 'number'],
      ['V-DATE', 'signedOn'],
      ['V-2', 'mode'],
    ]);
    expect(refusals[0]?.text).toEqual({ zh: '“编号 / Number”不能为空', en: '"编号 / Number" is required' });
    expect(refusals[2]?.text.zh.length).toBeLessThan(200);
  });

  it('gives its empty cells no key once filled', () => {
    const { row, refusals } = parseRow(columns, { number: '1', signedOn: '2021-01-01' });
    expect(refusals).toEqual([]);
    expect(filled(row)).toEqual({ number: '1', signedOn: '2021-01-01' });
    expect(Object.keys(filled(row))).toEqual(['number', 'signedOn']);
  });

  it('takes an error of a parser that is no refusal for a fault', () => {
    const broken: Column = {
      ...text(header),
      parse: () => {
        throw new TypeError('mine');
      },
    };
    expect(() => parseRow({ it: broken }, { it: 'x' })).toThrow(TypeError);
    const picky: Column = {
      ...text(header),
      parse: () => {
        throw new Refusal('X-1', { clause: '', zh: '', en: '' });
      },
    };
    expect(parseRow({ it: picky }, { it: 'x' }).refusals).toMatchObject([{ rule: 'X-1' }]);
  });
});
