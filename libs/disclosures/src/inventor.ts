import type { BilingualText } from '@app/kernel';
import { disclosureRule } from './disclosure-rules.js';

/** What a person did for the result (作用). The last three are help, not invention (专利法实施细则 art 14). */
export const inventorRoles = {
  LEAD: { zh: '第一发明人', en: 'lead inventor' },
  INVENTOR: { zh: '发明人', en: 'inventor' },
  ORGANISER: { zh: '组织', en: 'organiser' },
  FACILITATOR: { zh: '提供方便', en: 'provider of facilities' },
  ASSISTANT: { zh: '辅助', en: 'assistant' },
} as const satisfies Record<string, BilingualText>;
export type InventorRole = keyof typeof inventorRoles;

export interface Inventor {
  /** Pseudonym from the person store; the name is never in an event. */
  readonly personId: string;
  /** Share in units of 0.01% (份额, 万分之). */
  readonly sharePermyriad: number;
  readonly role: InventorRole;
}

const WHOLE = 10_000;
const field = 'inventors';

const isHelper = (role: InventorRole): boolean => role !== 'LEAD' && role !== 'INVENTOR';

const isShare = (share: number): boolean => Number.isInteger(share) && share > 0 && share <= WHOLE;

const percent = (permyriad: number): string =>
  `${Math.floor(permyriad / 100)}.${String(permyriad % 100).padStart(2, '0')}`.replace(/\.?0+$/, '');

/** @throws Refusal D-1, D-2, D-5, D-6, D-7; people are named by their place in the list, never by name */
export const assertInventors = (inventors: readonly Inventor[]): void => {
  if (inventors.length === 0) throw disclosureRule('D-1', {}, { field });
  const seen = new Set<string>();
  for (const [index, { personId, sharePermyriad, role }] of inventors.entries()) {
    const position = index + 1;
    if (isHelper(role)) throw disclosureRule('D-5', { position }, { field });
    if (seen.has(personId)) throw disclosureRule('D-6', { position }, { field });
    if (!isShare(sharePermyriad)) throw disclosureRule('D-7', { position }, { field });
    seen.add(personId);
  }
  const total = inventors.reduce((sum, { sharePermyriad }) => sum + sharePermyriad, 0);
  if (total !== WHOLE) throw disclosureRule('D-2', { total: percent(total) }, { field });
};

const PERCENT = /^(\d{1,3})(?:\.(\d{1,2}))?$/;

/** `33.33%` or `33.33` as 3333 units of 0.01%; undefined when it is not such a number. */
export const permyriadOf = (text: string): number | undefined => {
  const [, whole, decimals = ''] = PERCENT.exec(text.replace(/\s*[%％]$/, '')) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
};
