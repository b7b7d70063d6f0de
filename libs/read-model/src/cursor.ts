import { ruleBook } from '@app/kernel';

export const pageRule = ruleBook({
  'V-PAGE': { clause: 'ADR 0002', zh: '分页游标无效', en: 'the page cursor is not valid', kind: 'malformed' },
});

/** Where the next page starts: the sort value and the key of the last row. Opaque outside. */
export interface Cursor {
  readonly value: string;
  readonly key: string;
}

export const encodeCursor = ({ value, key }: Cursor): string =>
  Buffer.from(JSON.stringify([value, key])).toString('base64url');

/** @throws Refusal V-PAGE */
export const decodeCursor = (text: string): Cursor => {
  try {
    const [value, key] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (typeof value === 'string' && typeof key === 'string') return { value, key };
  } catch {
    // refused below, like any other text that is not a cursor
  }
  throw pageRule('V-PAGE', {}, { field: 'cursor' });
};
