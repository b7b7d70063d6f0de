import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { readSheet } from './sheet-reader.js';

// Whole workbooks are read in threads that start anew, up to the bounds: slow on a busy machine.
jest.setTimeout(60_000);

interface Entry {
  readonly name: string;
  readonly content: Buffer | string;
  /** What the archive says the content unpacks to, when that is a lie. */
  readonly stated?: number;
}

/** A ZIP archive of deflated entries. */
const zipOf = (entries: readonly Entry[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, stated = Buffer.byteLength(content) } of entries) {
    const data = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(stated, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, place, Buffer.from(name));
    parts.push(Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), data);
    at += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\u0005\u0006'), end]);
};

const SHEETS = 'xl/worksheets/sheet';
const sheet = (rows: string, after = ''): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${after}</worksheet>`;
const ROW = '<row><c t="str"><v>1</v></c></row>';
const rowsOfBytes = (bytes: number): string => sheet(ROW.repeat(bytes / ROW.length));
const HEADER = '<row r="1"><c r="A1" t="str"><v>示例</v></c></row>';

/** A workbook whose first sheet is this XML, with more entries. */
const workbookOf = (xml: string, more: readonly Entry[] = [], stated?: number): Buffer =>
  zipOf([
    {
      name: 'xl/workbook.xml',
      content: '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    { name: `${SHEETS}1.xml`, content: xml, ...(stated === undefined ? {} : { stated }) },
    ...more,
  ]);

const read = async (file: Buffer) => {
  const rows = [];
  for await (const row of readSheet(file, 'xlsx')) rows.push(row);
  return rows;
};
const padding = (count: number) => Array.from({ length: count }, (_, n): Entry => ({ name: `pad/${n}`, content: '' }));
const unpackedSize = (xml: string) => {
  // What workbookOf adds to the sheet.
  const [book, relations] = [88, 113];
  return book + relations + Buffer.byteLength(xml);
};

describe('a workbook that unpacks to much', () => {
  it.each([
    ['more than a hundred million bytes', () => workbookOf(rowsOfBytes(101_000_000))],
    ['more than it states', () => workbookOf(rowsOfBytes(101_000_000), [], 400)],
    [
      'a hundred million bytes over several sheets',
      () =>
        workbookOf(rowsOfBytes(51_000_000), [{ name: `${SHEETS}2.xml`, content: rowsOfBytes(51_000_000), stated: 9 }]),
    ],
    ['more parts than any workbook needs', () => workbookOf(sheet(HEADER), padding(998))],
  ])('V-16: is refused for %s, and costs little memory', async (_what, bomb) => {
    const file = bomb();
    expect(file.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    await expect(read(file)).rejects.toMatchObject({ rule: 'V-16', kind: 'invalid' });
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('V-16: is accepted up to both bounds', async () => {
    const xml = sheet(HEADER);
    const filler = { name: 'xl/media/image1.png', content: Buffer.alloc(100_000_000 - unpackedSize(xml)) };
    const file = workbookOf(xml, [filler, ...padding(996)]);
    expect(await read(file)).toEqual([{ line: 1, cells: ['示例'] }]);
  });

  it('V-16: is refused when the reader needs too much memory, while other work goes on', async () => {
    const file = workbookOf(sheet(HEADER, '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    await expect(read(file)).rejects.toMatchObject({ rule: 'V-16' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
    expect(await read(workbookOf(sheet(HEADER)))).toHaveLength(1);
  });

  it('V-11: is refused when a part is packed in a way no workbook is', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('a').addRow(['示例']);
    const file = Buffer.from(await workbook.xlsx.writeBuffer());
    const directory = file.indexOf('PK\u0001\u0002');
    file.writeUInt16LE(99, directory + 10);
    await expect(read(file)).rejects.toMatchObject({ rule: 'V-11' });
  });
});
