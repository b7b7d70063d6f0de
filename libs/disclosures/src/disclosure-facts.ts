import type { EvidenceRef } from '@app/evidence';
import { type BilingualText, type IpType, type LegalDate, addMonths, isPatent } from '@app/kernel';
import { disclosureRule } from './disclosure-rules.js';
import { type Inventor, assertInventors } from './inventor.js';
import { isSameContent } from './same-content.js';

/** Confidentiality class of a result (密级). */
export const confidentialities = {
  PUBLIC: { zh: '公开', en: 'public' },
  INTERNAL: { zh: '内部', en: 'internal' },
  SECRET: { zh: '涉密', en: 'secret' },
} as const satisfies Record<string, BilingualText>;
export type Confidentiality = keyof typeof confidentialities;

/** Where the money for the work came from (经费来源). */
export const fundingSources = {
  VERTICAL: { zh: '纵向', en: 'government project' },
  COMMISSIONED: { zh: '横向', en: 'commissioned' },
  SELF: { zh: '自筹', en: 'own funds' },
} as const satisfies Record<string, BilingualText>;
export type FundingSource = keyof typeof fundingSources;

/** What another organisation may claim of the result (第三方权利). */
export const thirdPartyRightKinds = {
  JOINT: { zh: '合作完成', en: 'joint work' },
  COMMISSIONED: { zh: '委托研发', en: 'commissioned research' },
  MTA: { zh: '材料转移协议', en: 'material transfer agreement' },
} as const satisfies Record<string, BilingualText>;
export type ThirdPartyRightKind = keyof typeof thirdPartyRightKinds;

/** How it was published before filing (公开方式). */
export const publications = {
  PAPER: { zh: '论文', en: 'paper' },
  MEETING: { zh: '会议', en: 'meeting' },
  EXHIBITION: { zh: '展览', en: 'exhibition' },
} as const satisfies Record<string, BilingualText>;
export type Publication = keyof typeof publications;

/** The cases in which a publication within six months before filing leaves novelty alone (不丧失新颖性, 专利法 art 24). */
export const graceGrounds = {
  EMERGENCY: { zh: '紧急状态为公共利益公开', en: 'national emergency, in the public interest' },
  EXHIBITION: { zh: '规定的国际展览会', en: 'recognised international exhibition' },
  MEETING: { zh: '规定的学术或技术会议', en: 'prescribed academic or technical meeting' },
  LEAK: { zh: '他人未经同意泄露', en: 'disclosed by another without consent' },
} as const satisfies Record<string, BilingualText>;
export type GraceGround = keyof typeof graceGrounds;

export interface Funding {
  readonly source: FundingSource;
  readonly projectNo?: string;
}

export interface ThirdPartyRight {
  readonly kind: ThirdPartyRightKind;
  /** The other organisation; never a person. */
  readonly party: string;
  readonly documentNo?: string;
}

/** What may be said of a result that is not secret, and may be left unsaid. */
export interface Particulars {
  readonly funding?: FundingSource;
  readonly projectNo?: string;
  /** Sources of money beside the first. */
  readonly furtherFunding?: readonly Funding[];
  readonly discoveredOn?: LegalDate;
  /** First publication by paper, meeting or exhibition (公开发表日期). */
  readonly publishedOn?: LegalDate;
  readonly publication?: Publication;
  readonly graceGround?: GraceGround;
  readonly thirdPartyRights?: readonly ThirdPartyRight[];
  /** Intended protection (拟保护方式). */
  readonly protection?: IpType;
  readonly keywords?: readonly string[];
  /** Companies that may want it (意向受让方); organisations, never persons. */
  readonly suggestedLicensees?: readonly string[];
  /** Files are kept as evidence; the event pins them by hash. */
  readonly attachments?: readonly EvidenceRef[];
}

/** The identity of a disclosure: its own number is unique within its university. */
export interface DisclosureNumber {
  readonly universityId: string;
  readonly number: string;
}

/** What a disclosure says as it stands. */
export interface DisclosureFacts extends DisclosureNumber, Particulars {
  readonly title: string;
  readonly completedOn: LegalDate;
  readonly disclosedOn: LegalDate;
  readonly inventors: readonly Inventor[];
  readonly confidentiality: Exclude<Confidentiality, 'SECRET'>;
}

type Essential = 'title' | 'completedOn' | 'disclosedOn' | 'inventors';
/** What was sent, before it is known to be whole. */
export type DraftFacts = Omit<DisclosureFacts, Essential> & Partial<Pick<DisclosureFacts, Essential>>;

const GRACE_MONTHS = 6;

/** The last day on which an application can still claim the grace period of 专利法 art 24, if its ground is one of the listed ones. */
export const graceUntil = (publishedOn: LegalDate): LegalDate => addMonths(publishedOn, GRACE_MONTHS);

/** Novelty matters to patents; while no protection is chosen, a patent is still possible. */
export const warningsOn = ({ publishedOn, protection }: Particulars): string[] =>
  publishedOn !== undefined && (protection === undefined || isPatent(protection)) ? ['D-4'] : [];

/** @throws Refusal D-10 */
export const assertNotFuture = (dates: Readonly<Record<string, LegalDate | undefined>>, today: LegalDate): void => {
  for (const [field, date] of Object.entries(dates)) {
    if (date !== undefined && date > today) throw disclosureRule('D-10', { date, today }, { field });
  }
};

const stated = <Value>(value: Value | undefined, number: string, field: string): Value => {
  if (value === undefined) throw disclosureRule('D-8', { number }, { field });
  return value;
};

const assertDistinct = (items: readonly unknown[] = [], field: string): void => {
  const repeated = items.findIndex((item, index) => items.slice(0, index).some((other) => isSameContent(other, item)));
  if (repeated >= 0) throw disclosureRule('D-13', { position: repeated + 1 }, { field });
};

const assertGrace = ({ graceGround, publishedOn }: Particulars): void => {
  if (graceGround === undefined) return;
  if (publishedOn === undefined) throw disclosureRule('D-14', {}, { field: 'publishedOn' });
  if (graceGround === 'EMERGENCY' && !disclosureRule.governs('D-15', graceUntil(publishedOn))) {
    throw disclosureRule('D-15', { publishedOn }, { field: 'graceGround' });
  }
};

/**
 * The facts, whole and consistent.
 * @throws Refusal D-1, D-2, D-5 to D-10, D-12 to D-15
 */
export const checkedFacts = (draft: DraftFacts, today: LegalDate): DisclosureFacts => {
  const { number, discoveredOn, publishedOn, furtherFunding, thirdPartyRights, inventors = [] } = draft;
  const title = stated(draft.title, number, 'title');
  const completedOn = stated(draft.completedOn, number, 'completedOn');
  const disclosedOn = stated(draft.disclosedOn, number, 'disclosedOn');
  assertNotFuture({ completedOn, disclosedOn, publishedOn }, today);
  if (disclosedOn < completedOn) throw disclosureRule('D-9', { disclosedOn, completedOn }, { field: 'disclosedOn' });
  if (discoveredOn !== undefined && discoveredOn > disclosedOn) {
    throw disclosureRule('D-12', { discoveredOn, disclosedOn }, { field: 'discoveredOn' });
  }
  assertInventors(inventors);
  assertDistinct(furtherFunding, 'furtherFunding');
  assertDistinct(thirdPartyRights, 'thirdPartyRights');
  assertGrace(draft);
  return { ...draft, title, completedOn, disclosedOn, inventors };
};
