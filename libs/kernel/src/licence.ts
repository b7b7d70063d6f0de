import type { BilingualText } from './refusal.js';

/** Kinds of licence (许可种类; 最高法技术合同司法解释 art 25, record forms add cross and sub-licence). Unstated means ordinary. */
export const LICENCE_KINDS = {
  EXCLUSIVE: { zh: '独占', en: 'Exclusive' },
  SOLE: { zh: '排他', en: 'Sole' },
  ORDINARY: { zh: '普通', en: 'Ordinary' },
  CROSS: { zh: '交叉', en: 'Cross' },
  SUB: { zh: '分许可', en: 'Sub-licence' },
} as const satisfies Record<string, BilingualText>;
export type LicenceKind = keyof typeof LICENCE_KINDS;

/** How a licence or transfer is charged (计费方式; D§3.4 OL-9). */
export const FEE_TYPES = {
  FREE: { zh: '免费', en: 'Free' },
  LUMP_SUM: { zh: '一次总付', en: 'Lump sum' },
  INSTALMENTS: { zh: '分期', en: 'Instalments' },
  RUNNING_ROYALTY: { zh: '提成', en: 'Running royalty' },
  ENTRY_FEE_PLUS_ROYALTY: { zh: '入门费+提成', en: 'Entry fee plus royalty' },
} as const satisfies Record<string, BilingualText>;
export type FeeType = keyof typeof FEE_TYPES;
