import { createReadStream } from 'node:fs';
import { fileTypeFromFile } from 'file-type/node';
import { evidenceRule } from './evidence-rules.js';
import { acceptedTypes, type EvidenceMediaType, isEvidenceMediaType, textTypeOf } from './evidence-type.js';

/**
 * What a file on disk is, by its content and not by its name. Archives are looked at, never unpacked.
 * @throws Refusal
 */
export const typeOfContent = async (path: string, name: string): Promise<EvidenceMediaType> => {
  const detected = (await fileTypeFromFile(path))?.mime;
  if (detected === undefined) return plainText(path, name);
  if (/macroenabled/i.test(detected)) throw evidenceRule('X-6', {}, { field: 'File-Name' });
  const found = detected === 'application/x-cfb' ? await compoundType(path) : await archiveType(path, detected);
  if (!found) throw unknownType(detected);
  return found;
};

const unknownType = (found: string) =>
  evidenceRule('X-2', { found, accepted: acceptedTypes }, { field: 'Content-Type' });

/** A document that says it has no macros may carry their container all the same. */
const archiveType = async (path: string, detected: string): Promise<EvidenceMediaType | undefined> => {
  const zipped = detected === 'application/zip' || detected.includes('openxmlformats');
  if (!zipped) return isEvidenceMediaType(detected) ? detected : undefined;
  const names = await marksIn(
    path,
    ['OFD.xml', 'vbaProject.bin'].map((mark) => Buffer.from(mark)),
  );
  if (names[1]) throw evidenceRule('X-6', {}, { field: 'File-Name' });
  if (detected === 'application/zip') return names[0] ? 'application/ofd' : undefined;
  return isEvidenceMediaType(detected) ? detected : undefined;
};

/** The documents of old office programs are told apart by the streams they hold, whose names are UTF-16. */
const compoundType = async (path: string): Promise<EvidenceMediaType | undefined> => {
  const marks = ['_VBA_PROJECT', 'WordDocument', 'Workbook'].map((mark) => Buffer.from(mark, 'utf16le'));
  const [macros, document, workbook] = await marksIn(path, marks);
  if (macros) throw evidenceRule('X-6', {}, { field: 'File-Name' });
  if (document) return 'application/msword';
  return workbook ? 'application/vnd.ms-excel' : undefined;
};

/** Which of the marks the file contains. */
const marksIn = async (path: string, marks: readonly Buffer[]): Promise<boolean[]> => {
  const longest = Math.max(...marks.map(({ length }) => length));
  const found = marks.map(() => false);
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const window = Buffer.concat([tail, chunk]);
    for (const [index, mark] of marks.entries()) found[index] ||= window.includes(mark);
    tail = window.subarray(-longest);
  }
  return found;
};

const CONTROL = /[^\P{Cc}\t\n\r\f]/u;

/** UTF-8 without control characters; nothing else that has no signature is kept. */
const plainText = async (path: string, name: string): Promise<EvidenceMediaType> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let empty = true;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const text = decodedBy(() => decoder.decode(chunk, { stream: true }));
    empty &&= text.trim() === '';
  }
  decodedBy(() => decoder.decode());
  if (empty) throw unknownType('空文件 / empty');
  return textTypeOf(name);
};

const decodedBy = (decode: () => string): string => {
  let text: string;
  try {
    text = decode();
  } catch {
    throw unknownType('?');
  }
  if (CONTROL.test(text)) throw unknownType('?');
  return text;
};
