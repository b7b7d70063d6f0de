import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { rowRule } from './row-rules.js';

/** Bounds of what an XLSX file unpacks to. A few kB can unpack to gigabytes, so what the archive states of itself proves nothing. */
const LIMITS = { bytes: 100_000_000, parts: 1_000 } as const;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = Buffer.from('PK\u0005\u0006');
const STORED = 0;
const DEFLATED = 8;
const UTF8_NAMES = 0x800;

interface Part {
  readonly name: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly stated: number;
  readonly at: number;
}

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

const tooLarge = () =>
  rowRule('V-16', {
    reasonZh: `解压后超过 ${LIMITS.bytes / 1_000_000} MB`,
    reasonEn: `unpacked it is more than ${LIMITS.bytes / 1_000_000} MB`,
  });

/**
 * The archive of a workbook with its parts unpacked and no others, so that whoever reads it next unpacks nothing.
 * @throws Refusal V-16 when it unpacks to too much, stated or real; Error when it is no archive
 */
export const unpackedWorkbook = async (file: Buffer): Promise<ArrayBuffer> => {
  const parts = partsOf(file);
  if (parts.reduce((sum, { stated }) => sum + stated, 0) > LIMITS.bytes) throw tooLarge();
  const contents: Buffer[] = [];
  let left: number = LIMITS.bytes;
  for (const part of parts) {
    const content = await contentOf(file, part, left);
    left -= content.length;
    contents.push(content);
  }
  return storedArchive(parts, contents);
};

/** The archive's directory. @throws Refusal V-16; Error */
const partsOf = (file: Buffer): Part[] => {
  const end = file.lastIndexOf(END);
  if (end < 0) throw new Error('no end of the ZIP directory');
  const count = file.readUInt16LE(end + 10);
  if (count > LIMITS.parts)
    throw rowRule('V-16', {
      reasonZh: `内含部件超过 ${LIMITS.parts} 个`,
      reasonEn: `it holds more than ${LIMITS.parts} parts`,
    });
  const parts: Part[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== CENTRAL) throw new Error('damaged ZIP directory');
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as Lengths;
    parts.push({
      name: file.subarray(at + 46, at + 46 + nameLength),
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      stated: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  return parts;
};
type Lengths = [number, number, number];

const contentOf = async (file: Buffer, { at, packed, method }: Part, left: number): Promise<Buffer> => {
  if (file.readUInt32LE(at) !== LOCAL) throw new Error('damaged ZIP part');
  const start = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  const data = file.subarray(start, start + packed);
  if (data.length < packed) throw new Error('a ZIP part is cut short');
  if (method !== STORED && method !== DEFLATED) throw new Error(`unknown ZIP method ${method}`);
  if (method === DEFLATED) return inflated(data, left);
  if (data.length > left) throw tooLarge();
  return data;
};

const inflated = async (data: Buffer, left: number): Promise<Buffer> => {
  try {
    // Zero is no limit zlib knows.
    return await inflate(data, { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error;
  }
};

/** Checksums are left out: the reader does not look at them. */
const storedArchive = (parts: readonly Part[], contents: readonly Buffer[]): ArrayBuffer => {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [index, { name, flags }] of parts.entries()) {
    const content = contents[index] as Buffer;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(CENTRAL, 0);
    central.writeUInt32LE(at, 42);
    for (const [header, from] of [
      [local, 4],
      [central, 6],
    ] as const) {
      header.writeUInt16LE(20, from);
      header.writeUInt16LE(flags & UTF8_NAMES, from + 2);
      header.writeUInt32LE(content.length, from + 14);
      header.writeUInt32LE(content.length, from + 18);
      header.writeUInt16LE(name.length, from + 22);
    }
    body.push(local, name, content);
    directory.push(central, name);
    at += local.length + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  END.copy(end);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  const archive = new Uint8Array(at + [...directory, end].reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const piece of [...body, ...directory, end]) {
    archive.set(piece, place);
    place += piece.length;
  }
  return archive.buffer;
};
