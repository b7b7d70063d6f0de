import { assertNever } from './decider.js';
import type { ParsedNumber } from './identifier.js';
import { compactNumber, quoted } from './identifier.js';
import { identifierRule } from './identifier-rules.js';
import type { PatentType } from './patent-number.js';
import { parsePatentNumber } from './patent-number.js';
import type { BilingualText } from './refusal.js';
import { parseSoftwareNumber } from './software-number.js';

/** The kinds of intellectual property the ledger registers (知识产权类型), in the order they are listed to people. */
export const ipTypes = [
  'INVENTION',
  'UTILITY_MODEL',
  'DESIGN',
  'SOFTWARE',
  'LAYOUT',
  'PLANT_VARIETY',
  'TRADEMARK',
  'TECH_SECRET',
  'OTHER',
] as const;

export type IpType = (typeof ipTypes)[number];

export const ipTypeLabels: Readonly<Record<IpType, BilingualText>> = {
  INVENTION: { zh: '发明专利', en: 'invention patent' },
  UTILITY_MODEL: { zh: '实用新型专利', en: 'utility model patent' },
  DESIGN: { zh: '外观设计专利', en: 'design patent' },
  SOFTWARE: { zh: '软件著作权', en: 'software copyright' },
  LAYOUT: { zh: '集成电路布图设计', en: 'integrated circuit layout design' },
  PLANT_VARIETY: { zh: '植物新品种', en: 'plant variety' },
  TRADEMARK: { zh: '商标', en: 'trademark' },
  TECH_SECRET: { zh: '技术秘密', en: 'technical secret' },
  OTHER: { zh: '其他', en: 'other' },
};

export const isIpType = (value: string): value is IpType => (ipTypes as readonly string[]).includes(value);

/** Whether the patent law governs it: invention, utility model or design. */
export const isPatent = (ipType: IpType): ipType is PatentType =>
  ipType === 'INVENTION' || ipType === 'UTILITY_MODEL' || ipType === 'DESIGN';

const parsePatentOfType = (declared: PatentType, text: string, field: string): ParsedNumber => {
  const { canonical, ipType, warnings } = parsePatentNumber(text, field);
  if (ipType === declared) return { canonical, warnings };
  const [actualLabel, declaredLabel] = [ipTypeLabels[ipType], ipTypeLabels[declared]];
  throw identifierRule(
    'I-3',
    {
      number: canonical,
      actualZh: actualLabel.zh,
      actualEn: actualLabel.en,
      declaredZh: declaredLabel.zh,
      declaredEn: declaredLabel.en,
    },
    { field },
  );
};

const LONGEST_NUMBER = 64;
const FREE_NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}.\-/_#·()[\]〔〕]*$/u;

/** A number whose form no public standard fixes: one spelling, bounded, without characters that could hurt an export. */
const parseFreeNumber = (text: string, field: string): string => {
  const canonical = compactNumber(text);
  if (canonical.length > LONGEST_NUMBER || !FREE_NUMBER.test(canonical)) {
    throw identifierRule('I-9', { text: quoted(text), max: LONGEST_NUMBER }, { field });
  }
  return canonical;
};

/**
 * Reads the registration number of an asset of a type into the one form that is unique in the ledger.
 * Patents and software have numbers with rules (I-1 to I-4, I-7); layouts, plant varieties, trademarks and a technical
 * secret's own number are free text within limits (I-9), because their forms vary (D§8.4).
 */
export const parseRegistrationNumber = (ipType: IpType, text: string, field: string): ParsedNumber => {
  switch (ipType) {
    case 'INVENTION':
    case 'UTILITY_MODEL':
    case 'DESIGN':
      return parsePatentOfType(ipType, text, field);
    case 'SOFTWARE':
      return { canonical: parseSoftwareNumber(text, field), warnings: [] };
    case 'LAYOUT':
    case 'PLANT_VARIETY':
    case 'TRADEMARK':
    case 'TECH_SECRET':
    case 'OTHER':
      return { canonical: parseFreeNumber(text, field), warnings: [] };
    default:
      return assertNever(ipType);
  }
};
