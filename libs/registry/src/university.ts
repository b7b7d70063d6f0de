import {
  type BilingualText,
  type Decider,
  type DecisionContext,
  type Message,
  assertNever,
  parseCreditCode,
  parseSchoolCode,
} from '@app/kernel';
import { notAfter, registryRule } from './registry-rules.js';
import {
  type AdoptedPolicy,
  type PolicyCommand,
  type PolicyEvent,
  adoptPolicy,
  evolvePolicies,
  repealPolicy,
} from './university-policy.js';

/** Who runs the university (办学性质, D§9). */
export const ownerships = {
  CENTRAL: { zh: '中央', en: 'Central' },
  PROVINCIAL: { zh: '省属', en: 'Provincial' },
  MUNICIPAL: { zh: '市属', en: 'Municipal' },
  PRIVATE: { zh: '民办', en: 'Private' },
  INDEPENDENT_COLLEGE: { zh: '独立学院', en: 'Independent college' },
  MILITARY: { zh: '军队', en: 'Military' },
} as const satisfies Record<string, BilingualText>;
export type Ownership = keyof typeof ownerships;

/** What it teaches up to (办学层次, D§9.2). */
export const educationLevels = {
  UNDERGRADUATE: { zh: '本科', en: 'Undergraduate' },
  VOCATIONAL_UNDERGRADUATE: { zh: '职业本科', en: 'Vocational undergraduate' },
  VOCATIONAL: { zh: '专科', en: 'Vocational' },
} as const satisfies Record<string, BilingualText>;
export type EducationLevel = keyof typeof educationLevels;

export interface UniversityData {
  /** The ledger's short code, such as `hnu`; everything else points to it as `universityId`. */
  readonly code: string;
  readonly name: string;
  readonly englishName?: string;
  /** 学校标识码, 10 digits; military universities have none. */
  readonly schoolCode?: string;
  readonly creditCode?: string;
  readonly ownership: Ownership;
  readonly level: EducationLevel;
  /** 主管部门 */
  readonly authority: string;
  readonly source?: string;
}

/** Whether the university counts among the 驻长高校 of the 20% target, and since when (D§13.1 no. 1). */
export interface PanelMembership {
  readonly inPanel: boolean;
  readonly from: string;
  readonly source?: string;
}

export type UniversityEvent =
  | Message<'UniversityRegistered', UniversityData>
  | Message<'PanelMembershipSet', PanelMembership>
  | PolicyEvent;

export type UniversityCommand =
  | Message<'RegisterUniversity', UniversityData>
  | Message<'SetPanelMembership', PanelMembership>
  | PolicyCommand;

export interface University {
  readonly data: UniversityData | undefined;
  readonly panel: PanelMembership | undefined;
  readonly policies: readonly AdoptedPolicy[];
}

const CODE = /^[a-z][a-z0-9-]{1,15}$/;
/** Words that stand where a university's code may stand: the city as a scope, the bureau as an organisation. */
const RESERVED = new Set(['city', 'bureau']);

export const isUniversityCode = (text: string): boolean => CODE.test(text) && !RESERVED.has(text);

export const universityStream = (code: string): string => `university-${code}`;

const normalised = ({ schoolCode, creditCode, ...data }: UniversityData): UniversityData => ({
  ...data,
  ...(schoolCode ? { schoolCode: parseSchoolCode(schoolCode, 'schoolCode') } : {}),
  ...(creditCode ? { creditCode: parseCreditCode(creditCode, 'creditCode').canonical } : {}),
});

const fingerprint = (data: UniversityData): string =>
  Object.entries(data)
    .map((entry) => JSON.stringify(entry))
    .sort()
    .join();

const register = (given: UniversityData, { data: known }: University): readonly UniversityEvent[] => {
  const { code } = given;
  if (!isUniversityCode(code)) throw registryRule('R-9', { code }, { field: 'code' });
  const data = normalised(given);
  if (!known) return [{ type: 'UniversityRegistered', data }];
  if (fingerprint(known) === fingerprint(data)) return [];
  throw registryRule('R-10', { code, name: known.name }, { field: 'code', conflict: code });
};

const setPanelMembership = (
  wanted: PanelMembership,
  { data, panel }: University,
  { today }: DecisionContext,
): readonly UniversityEvent[] => {
  const { inPanel, from } = wanted;
  if (!data) throw registryRule('R-5');
  notAfter(today, 'panelFrom', from);
  if (panel && panel.inPanel === inPanel && panel.from === from) return [];
  // The same date again with the other answer corrects the first one.
  if (panel && (panel.inPanel === inPanel || from < panel.from)) {
    throw registryRule('R-11', { from: panel.from }, { field: 'panelFrom', conflict: data.code });
  }
  return [{ type: 'PanelMembershipSet', data: wanted }];
};

/** @throws Refusal R-5 for a university that is not registered */
const policiesOf = ({ data, policies }: University): readonly AdoptedPolicy[] => {
  if (!data) throw registryRule('R-5');
  return policies;
};

export const universityDecider: Decider<University, UniversityCommand, UniversityEvent> = {
  initial: { data: undefined, panel: undefined, policies: [] },
  decide: (command, university, context) => {
    switch (command.type) {
      case 'RegisterUniversity':
        return register(command.data, university);
      case 'SetPanelMembership':
        return setPanelMembership(command.data, university, context);
      case 'AdoptPolicy':
        return adoptPolicy(command.data, policiesOf(university), context.today);
      case 'RepealPolicy':
        return repealPolicy(command.data, policiesOf(university), context.today);
      default:
        return assertNever(command);
    }
  },
  evolve: (university, event) => {
    switch (event.type) {
      case 'UniversityRegistered':
        return { ...university, data: event.data };
      case 'PanelMembershipSet':
        return { ...university, panel: event.data };
      case 'PolicyAdopted':
      case 'PolicyRepealed':
        return { ...university, policies: evolvePolicies(university.policies, event) };
      default:
        return assertNever(event);
    }
  },
};
