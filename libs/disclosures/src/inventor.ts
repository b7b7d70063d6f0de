import { type BilingualText, WHOLE_PERMYRIAD, percentOf } from '@app/kernel';
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

/** How a person belongs to the university (人员类型); a temporary unit is a unit too (专利法实施细则 art 13). */
export const employments = {
  STAFF: { zh: '在编', en: 'permanent staff' },
  CONTRACT: { zh: '合同聘用', en: 'contract staff' },
  POSTDOC: { zh: '博士后', en: 'postdoctoral fellow' },
  STUDENT: { zh: '学生', en: 'student' },
  TEMPORARY: { zh: '临时工作', en: 'temporary or visiting' },
  FORMER: { zh: '已离职', en: 'retired or left' },
  EXTERNAL: { zh: '校外', en: 'of another organisation' },
} as const satisfies Record<string, BilingualText>;
export type Employment = keyof typeof employments;

export interface Inventor {
  /** Pseudonym from the person store; the name is never in an event. */
  readonly personId: string;
  /** Share in units of 0.01% (份额, 万分之). */
  readonly sharePermyriad: number;
  readonly role: InventorRole;
  readonly employment?: Employment;
}

const field = 'inventors';

const isHelper = (role: InventorRole): boolean => role !== 'LEAD' && role !== 'INVENTOR';

const isShare = (share: number): boolean => Number.isInteger(share) && share > 0 && share <= WHOLE_PERMYRIAD;

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
  if (total !== WHOLE_PERMYRIAD) throw disclosureRule('D-2', { total: percentOf(total) }, { field });
};
