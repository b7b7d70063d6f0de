import { evidenceRule } from './evidence-rules.js';

interface EvidenceType {
  readonly label: string;
  readonly extensions: readonly string[];
  /** Other names browsers and systems give it. */
  readonly aliases?: readonly string[];
}

const ZIPPED = ['application/zip', 'application/x-zip-compressed'];

/** What may be kept: formats an office receives and that stay readable (电子签名法 art 5); nothing that runs. */
const EVIDENCE_TYPES = {
  'application/pdf': { label: 'PDF', extensions: ['pdf'] },
  'application/ofd': { label: 'OFD', extensions: ['ofd'], aliases: ZIPPED },
  'image/png': { label: 'PNG', extensions: ['png'] },
  'image/jpeg': { label: 'JPEG', extensions: ['jpg', 'jpeg'], aliases: ['image/jpg'] },
  'image/tiff': { label: 'TIFF', extensions: ['tif', 'tiff'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    label: 'XLSX',
    extensions: ['xlsx'],
    aliases: ZIPPED,
  },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    label: 'DOCX',
    extensions: ['docx'],
    aliases: ZIPPED,
  },
  'application/vnd.ms-excel': { label: 'XLS', extensions: ['xls', 'et'] },
  'application/msword': { label: 'DOC', extensions: ['doc', 'wps'] },
  // Spreadsheet programs claim CSV for themselves.
  'text/csv': { label: 'CSV', extensions: ['csv'], aliases: ['text/plain', 'application/vnd.ms-excel'] },
  'text/plain': { label: 'TXT', extensions: ['txt'] },
} as const satisfies Record<string, EvidenceType>;

export type EvidenceMediaType = keyof typeof EVIDENCE_TYPES;

export const isEvidenceMediaType = (text: string): text is EvidenceMediaType => Object.hasOwn(EVIDENCE_TYPES, text);

/** The accepted formats as a refusal names them. */
export const acceptedTypes = Object.values(EVIDENCE_TYPES)
  .map(({ label }) => label)
  .join('、');

/** What says nothing about the content. */
const UNSTATED = ['', 'application/octet-stream'];

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Text is told apart by its name alone: no content distinguishes CSV from other text. */
export const textTypeOf = (name: string): EvidenceMediaType =>
  extensionOf(name) === 'csv' ? 'text/csv' : 'text/plain';

/**
 * A name or a stated type that contradicts the content is a slip or a disguise.
 * @throws Refusal X-3
 */
export const assertAgrees = (found: EvidenceMediaType, name: string, stated: string): void => {
  const { label, extensions, aliases = [] }: EvidenceType = EVIDENCE_TYPES[found];
  if (!extensions.includes(extensionOf(name)))
    throw evidenceRule('X-3', { found: label, stated: `“${name}”` }, { field: 'File-Name' });
  const type = stated.split(';')[0]?.trim().toLowerCase() ?? '';
  if (![...UNSTATED, found, ...aliases].includes(type))
    throw evidenceRule('X-3', { found: label, stated: `“${type}”` }, { field: 'Content-Type' });
};
