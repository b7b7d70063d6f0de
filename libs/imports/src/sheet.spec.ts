import ExcelJS from 'exceljs';
import type { Cell } from './cell.js';
import { choice, date, text, yesNo } from './columns.js';
import { importKind } from './import-kind.js';
import { fieldsByHeader, readHeaders } from './sheet-headers.js';
import { type SheetFormat, readSheet } from './sheet-reader.js';
import { csvTemplate, xlsxTemplate } from './template.js';

// A workbook is read in a thread that starts anew: slow on a busy machine.
jest.setTimeout(60_000);

const rowsOf = async (file: Buffer | string, format: SheetFormat = 'csv') => {
  const rows: Array<readonly [number, ...ReadonlyArray<Cell | undefined>]> = [];
  for await (const { line, cells } of readSheet(Buffer.from(file), format)) rows.push([line, ...cells]);
  return rows;
};

const workbookOf = async (fill: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> => {
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet('数据'));
  workbook.addWorksheet('说明').addRow(['never read']);
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

/** `编号,名称` and `一,湖南大学` in GB 18030. */
const GB18030 = Buffer.from('b1e0bac52cc3fbb3c60ad2bb2cbafec4cfb4f3d1a70a', 'hex');

describe('a CSV file', () => {
  it('is read row by row with the row numbers of a spreadsheet program', async () => {
    const file = '编号,名称\n1,"a\nb"\n\n2,"say ""hi"", you"\r\n , \n3,"x,y"\n';
    expect(await rowsOf(file)).toEqual([
      [1, '编号', '名称'],
      [2, '1', 'a\nb'],
      [4, '2', 'say "hi", you'],
      [6, '3', 'x,y'],
    ]);
  });

  it.each([
    ['UTF-8', Buffer.from('编号,名称\n一,湖南大学\n')],
    ['UTF-8 with BOM', Buffer.from('\uFEFF编号,名称\n一,湖南大学\n')],
    ['GB 18030', GB18030],
    ['UTF-16, little end first', Buffer.from('\uFEFF编号,名称\n一,湖南大学\n', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\uFEFF编号,名称\n一,湖南大学\n', 'utf16le').swap16()],
  ])('may be in %s', async (_name, file) => {
    expect(await rowsOf(file)).toEqual([
      [1, '编号', '名称'],
      [2, '一', '湖南大学'],
    ]);
  });

  it.each([
    ['semicolons', '编号;名称\n1;"a;b, c"\n', [['1', 'a;b, c']]],
    ['tabs', '编号\t名称\r\n1\ta;b, c\r\n', [['1', 'a;b, c']]],
    ['commas', '"编号;代码;旧",名称\n1;2,a\tb\n', [['1;2', 'a\tb']]],
    ['nothing', '编号\n1\n', [['1']]],
    ['tabs, after blank lines', '\uFEFF\n\n编号\t名称\n1\t2\n', [['1', '2']]],
  ])('may be separated by %s', async (_name, file, expected) => {
    const [, ...rows] = await rowsOf(file);
    expect(rows.map(([, ...cells]) => cells)).toEqual(expected);
  });

  it('in UTF-16 that is cut within a character shows so', async () => {
    const file = Buffer.from('\uFEFFa,湖', 'utf16le').subarray(0, -1);
    expect(await rowsOf(file)).toEqual([[1, 'a', '\uFFFD']]);
  });

  it.each([
    ['UTF-8', Buffer.from('湖南大学,🎓\n'.repeat(12_000))],
    ['UTF-16', Buffer.from(`\uFEFF${'湖南大学,🎓\n'.repeat(12_000)}`, 'utf16le')],
    ['GB 18030', Buffer.concat(Array.from({ length: 12_001 }, () => GB18030.subarray(-11)))],
  ])('in %s may be longer than one part, wherever a part ends', async (_name, file) => {
    const rows = await rowsOf(file);
    expect(new Set(rows.map(([, ...cells]) => cells.join()).values()).size).toBe(1);
    expect(rows.at(-1)?.[0]).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(12_000);
  });

  it('gives its first rows before the rest is read', async () => {
    const file = Buffer.from('a,b\n'.repeat(2_000_000));
    const before = process.memoryUsage().heapUsed;
    for await (const { line } of readSheet(file, 'csv')) if (line === 1_000) break;
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });

  it('lets other work go on while it is read', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await rowsOf(`${'a'.repeat(200)},b\n`.repeat(5_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it.each(['a,"b\n', 'a,b"c"\n"x"y,z\n'])('V-11: is refused when its quotes are wrong', (file) =>
    expect(rowsOf(file)).rejects.toMatchObject({ rule: 'V-11', kind: 'malformed' }),
  );

  it('may be empty', async () => {
    expect(await rowsOf('')).toEqual([]);
    expect(await rowsOf('\uFEFF\n\n ,\n')).toEqual([]);
  });
});

describe('an XLSX file', () => {
  it('gives every kind of cell as the text it shows', async () => {
    const file = await workbookOf((sheet) => {
      sheet.addRow([
        '文本',
        12,
        1234.56,
        0,
        true,
        false,
        new Date('2021-03-05T00:00:00Z'),
        new Date('2020-12-31T23:59:00Z'),
      ]);
      sheet.addRow([]);
      sheet.addRow([
        null,
        { richText: [{ text: '富' }, { text: '文本' }] },
        { text: '网址', hyperlink: 'https://example.org' },
        'end',
      ]);
      const row = sheet.addRow([0.7, 0.07, 0.3333]);
      row.getCell(1).numFmt = '0%';
      row.getCell(2).numFmt = '0.00%';
    });
    expect(await rowsOf(file, 'xlsx')).toEqual([
      [1, '文本', '12', '1234.56', '0', 'true', 'false', '2021-03-05', '2020-12-31'],
      [3, undefined, '富文本', '网址', 'end'],
      [4, '70%', '7%', '0.3333'],
    ]);
  });

  it('names its formulas and the errors of formulas, whatever they show', async () => {
    const file = await workbookOf((sheet) => {
      sheet.addRow([1, { formula: 'A1*2', result: 2 }, { error: '#N/A' }]);
      sheet.addRow([1, { formula: 'A2&"x"', result: '1x' }]);
    });
    expect(await rowsOf(file, 'xlsx')).toEqual([
      [1, '1', { formula: 'A1*2' }, { formula: '#N/A' }],
      [2, '1', { formula: 'A2&"x"' }],
    ]);
  });

  it.each([
    [false, 44_260, '2021-03-05'],
    [false, 44_260.75, '2021-03-05'],
    [true, 42_798, '2021-03-05'],
    [false, 31_048, '1985-01-01'],
    [false, 109_574, '2199-12-31'],
  ])('tells the day a number may stand for (1904: %s, %d)', async (date1904, serial, day) => {
    const workbook = new ExcelJS.Workbook();
    workbook.properties.date1904 = date1904;
    workbook.addWorksheet('数据').addRow([serial, 2021, 20_210_305]);
    const file = Buffer.from(await workbook.xlsx.writeBuffer());
    expect(await rowsOf(file, 'xlsx')).toEqual([[1, { number: String(serial), day }, '2021', '20210305']]);
  });

  it('names numbers that lost their last digits', async () => {
    const file = await workbookOf((sheet) => {
      sheet.addRow([431000000012345600, 999999999999999, '431000000012345678']);
    });
    expect(await rowsOf(file, 'xlsx')).toEqual([
      [1, { rounded: '431000000012345600' }, '999999999999999', '431000000012345678'],
    ]);
  });

  it('may be long', async () => {
    const file = await workbookOf((sheet) => {
      for (let row = 1; row <= 5_000; row += 1) sheet.addRow([row, '湖南大学']);
    });
    const rows = await rowsOf(file, 'xlsx');
    expect(rows.every(([line, number]) => String(line) === number)).toBe(true);
    expect(rows).toHaveLength(5_000);
  });

  it('V-16: ten million bytes are accepted', async () => {
    const whole = await workbookOf((sheet) => void sheet.addRow(['示例']));
    const padded = (size: number) => Buffer.concat([whole, Buffer.alloc(size - whole.length)]);
    expect(await rowsOf(padded(10_000_000), 'xlsx')).toEqual([[1, '示例']]);
  });

  it('V-16: is refused above ten million bytes', async () => {
    await expect(rowsOf(Buffer.alloc(10_000_001), 'xlsx')).rejects.toMatchObject({ rule: 'V-16' });
  });

  it.each([0, 3, 50, 900, 2_500, -1, -30, -400])('V-11: is refused when it is cut at %i', async (length) => {
    const whole = await workbookOf((sheet) => {
      for (let row = 1; row <= 300; row += 1) sheet.addRow([Math.sin(row), `示例${row}`]);
    });
    const cut = whole.subarray(0, length);
    const rows = await rowsOf(cut, 'xlsx').catch((error: unknown) => error);
    // Without its central directory a file may still hold all of its rows.
    if (Array.isArray(rows)) expect(rows).toHaveLength(300);
    else expect(rows).toMatchObject({ rule: 'V-11' });
  });

  it.each(['編號,名稱\n1,2\n', 'PK\u0003\u0004 and nothing else', '\u00D0\u00CF\u0011\u00E0 an old binary file'])(
    'V-11: is refused when it is none',
    (file) => expect(rowsOf(file, 'xlsx')).rejects.toMatchObject({ rule: 'V-11' }),
  );
});

const columns = {
  university: text({ zh: '高校', en: 'University', required: true, example: 'hnu' }),
  fee: text({ zh: '许可费(元)', en: 'Fee (yuan)', required: true }),
  mode: choice({ FREE: { zh: '免费', en: 'Free' }, PAID: { zh: '付费', en: 'Paid' } })({ zh: '方式', en: 'Mode' }),
  long: choice(
    Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`C${n}`, { zh: `选项${n}`, en: `Choice ${n}` }])),
  )({
    zh: '多选',
    en: 'Long',
  }),
  signedOn: date({ zh: '签订日', en: 'Signed on' }),
  related: yesNo({ zh: '关联方', en: 'Related party' }),
};

describe('headers', () => {
  it.each([
    [['高校', '许可费(元)']],
    [['高校*', '许可费（元）＊']],
    [['University', 'fee (YUAN)']],
    [['university', 'fee']],
    [[' 高校 / University ', '许可费（元）／Fee (yuan)']],
  ])('are known in every spelling: %j', (cells) => {
    expect(readHeaders(columns, cells)).toEqual({ fields: ['university', 'fee'], unknown: [] });
  });

  it('V-6: name all required columns that are missing', () => {
    expect(() => readHeaders(columns, ['方式', undefined])).toThrow(
      expect.objectContaining({
        rule: 'V-6',
        text: expect.objectContaining({ en: expect.stringContaining('高校 / University；许可费') }),
      }),
    );
  });

  it('V-12: are refused when a column comes twice, in whatever spelling', () => {
    expect(() => readHeaders(columns, ['高校', 'fee', 'University'])).toThrow(
      expect.objectContaining({ rule: 'V-12' }),
    );
  });

  it('report what they do not know, and pass over what is empty', () => {
    const { fields, unknown } = readHeaders(columns, ['备注', '高校', '', undefined, 'fee', { formula: 'A1' }, 'Note']);
    expect(fields).toEqual([undefined, 'university', undefined, undefined, 'fee', undefined, undefined]);
    expect(unknown).toEqual(['备注', 'Note']);
  });

  it('must be different in one sheet', () => {
    expect(() => fieldsByHeader({ ...columns, mode: text({ zh: '高 校', en: 'Other' }) })).toThrow('share the header');
  });
});

describe('a template', () => {
  const kind = importKind({
    kind: 'notes',
    title: { zh: '示例表', en: 'Notes' },
    columns,
    order: 1,
    identity: () => [],
    execute: async () => false,
  });

  it.each<[SheetFormat, () => Promise<Buffer>]>([
    ['csv', async () => csvTemplate(kind)],
    ['xlsx', () => xlsxTemplate(kind)],
  ])('as %s comes back as the headers of its sheet and nothing else', async (format, make) => {
    const [[line, ...cells] = [0], ...more] = await rowsOf(await make(), format);
    expect({ line, more }).toEqual({ line: 1, more: [] });
    expect(readHeaders(columns, cells)).toEqual({ fields: Object.keys(columns), unknown: [] });
  });

  it('takes what is filled in', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await xlsxTemplate(kind)) as never);
    const [sheet, help] = workbook.worksheets;
    if (sheet) sheet.getCell('A2').value = 'hnu';
    if (sheet) sheet.getCell('B2').value = '123456789012345678';
    expect(await rowsOf(Buffer.from(await workbook.xlsx.writeBuffer()), 'xlsx')).toMatchObject([
      { 1: '高校*' },
      { 0: 2, 1: 'hnu', 2: '123456789012345678' },
    ]);
    expect(sheet?.getCell('A2').numFmt).toBe('@');
    expect(sheet?.getCell('C2').dataValidation.formulae).toEqual(['"免费,付费"']);
    expect(sheet?.getCell('D2').dataValidation).toBeUndefined();
    expect(help?.getRow(2).values).toEqual([undefined, '高校', 'University', '是 yes', '文本', 'text', 'hnu']);
  });
});
