import type { BilingualText } from './refusal.js';

/** A number in the one form it is stored and compared in, with what the office should look at once more. */
export interface ParsedNumber {
  readonly canonical: string;
  readonly warnings: readonly BilingualText[];
}

/** Full-width letters, digits and signs as typed by a Chinese input method (全角), in their ASCII form. */
export const toHalfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, '-');

/**
 * The text of a number without what carries no meaning in it: spaces, invisible format characters, width and case.
 * Two spellings of the same number become equal, which is what uniqueness stands on.
 */
export const compactNumber = (text: string): string =>
  toHalfWidth(text)
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase();

/** User input as it may be repeated in a refusal: enough to recognise it, bounded so that no cell fills a log. */
export const quoted = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
