import type { Approval } from '@app/evidence';
import type { Message } from '@app/kernel';

/** Why a patent or an application is at an end (CF01, CX01, AV01 and the ends before grant). */
export const LAPSE_CAUSES = {
  UNPAID_FEE: { zh: '未缴年费终止', en: 'Annuity not paid' },
  EXPIRED: { zh: '期限届满', en: 'Expired' },
  ABANDONED: { zh: '放弃', en: 'Abandoned' },
  REJECTED: { zh: '驳回', en: 'Rejected' },
  WITHDRAWN: { zh: '撤回或视为撤回', en: 'Withdrawn' },
} as const;
export type LapseCause = keyof typeof LAPSE_CAUSES;

/** Why a procedure is suspended (专利法实施细则 art 103, 104). */
export const SUSPENSION_CAUSES = {
  OWNERSHIP_DISPUTE: { zh: '权属纠纷', en: 'Ownership dispute' },
  PRESERVATION: { zh: '法院保全', en: 'Court preservation' },
} as const;
export type SuspensionCause = keyof typeof SUSPENSION_CAUSES;

export const INVALIDATION_SCOPES = {
  WHOLE: { zh: '全部无效', en: 'Wholly invalid' },
  PART: { zh: '部分无效', en: 'Partly invalid' },
} as const;
export type InvalidationScope = keyof typeof INVALIDATION_SCOPES;

/** How a registration that is no patent ends (trade marks, layouts, plant varieties, software). */
export const REGISTRATION_ENDS = {
  EXPIRED: { zh: '期限届满', en: 'Expired' },
  SURRENDERED: { zh: '注销或放弃', en: 'Surrendered' },
  REVOKED: { zh: '撤销', en: 'Revoked' },
  INVALIDATED: { zh: '宣告无效', en: 'Declared invalid' },
} as const;
export type RegistrationEnd = keyof typeof REGISTRATION_ENDS;

export interface CoOwner {
  readonly name: string;
  /** Share in units of 0.01%; absent where the parties agreed none. */
  readonly sharePermyriad?: number;
}

/** One name for all the ways to write it. */
export const compactName = (name: string): string => name.normalize('NFKC').replace(/\s/g, '').toLowerCase();

interface Noted {
  readonly note?: string;
}

interface On extends Noted {
  /** Legal date of the fact, `YYYY-MM-DD`; facts may be entered out of order. */
  readonly on: string;
}

/**
 * A fact of an asset's legal life that its office enters (登记簿事项): what the register says of it, on its legal date.
 * What a fact means for a right is asked as of a date (asset-status.ts); nothing here is ever edited, a wrong entry is voided.
 */
export type AssetEntry =
  | Message<'PatentPublished', On & { readonly publicationNo?: string }>
  | Message<'PatentGranted', On>
  | Message<'PatentLapsed', On & { readonly cause: LapseCause }>
  | Message<'PatentRestored', On>
  | Message<'PatentInvalidated', On & { readonly scope: InvalidationScope; readonly decisionNo: string }>
  | Message<'RightRegistered', On>
  | Message<'RegistrationRenewed', On & { readonly to: string }>
  | Message<'RegistrationEnded', On & { readonly cause: RegistrationEnd }>
  | Message<'SecretDisclosed', On>
  | Message<'PledgeRegistered', PledgeData>
  | Message<'PledgeReleased', On & { readonly pledgeNo: string }>
  | Message<'SuspensionStarted', On & { readonly documentNo: string; readonly cause: SuspensionCause }>
  | Message<'SuspensionEnded', On & { readonly documentNo: string }>
  | Message<'AnnuityPaid', Noted & { readonly year: number; readonly paidOn: string; readonly feeFen?: string }>
  | Message<'CoOwnersChanged', On & { readonly coOwners: readonly CoOwner[]; readonly documentNo: string }>;

export interface PledgeData extends On {
  readonly pledgeNo: string;
  readonly pledgee: string;
  readonly amountFen?: string;
  /** Whether the pledgee agreed to an open licence (专利法实施细则 art 86). */
  readonly openLicenceConsent: boolean;
}

export type AssetEntryType = AssetEntry['type'];
export type EntryOf<Type extends AssetEntryType> = Extract<AssetEntry, { readonly type: Type }>;

/** Takes a wrongly entered fact out of the register (更正); it names the stream revision of the entry. */
export interface EntryVoiding extends Approval {
  readonly revision: number;
  readonly entry: AssetEntryType;
}

/** What the titles of entries are in the catalogue of events, the sheet and the register. */
export const ENTRY_TITLES: Readonly<Record<AssetEntryType, { readonly zh: string; readonly en: string }>> = {
  PatentPublished: { zh: '专利申请公布', en: 'Application published' },
  PatentGranted: { zh: '授权公告', en: 'Patent granted' },
  PatentLapsed: { zh: '专利权终止', en: 'Patent lapsed' },
  PatentRestored: { zh: '权利恢复', en: 'Patent restored' },
  PatentInvalidated: { zh: '宣告无效', en: 'Patent invalidated' },
  RightRegistered: { zh: '权利登记', en: 'Right registered' },
  RegistrationRenewed: { zh: '续展', en: 'Registration renewed' },
  RegistrationEnded: { zh: '权利终止', en: 'Registration ended' },
  SecretDisclosed: { zh: '技术秘密公开', en: 'Secret disclosed' },
  PledgeRegistered: { zh: '质押登记', en: 'Pledge registered' },
  PledgeReleased: { zh: '质押注销', en: 'Pledge released' },
  SuspensionStarted: { zh: '中止或保全', en: 'Suspension started' },
  SuspensionEnded: { zh: '中止或保全解除', en: 'Suspension ended' },
  AnnuityPaid: { zh: '年费缴纳', en: 'Annuity paid' },
  CoOwnersChanged: { zh: '共有人变更', en: 'Co-owners changed' },
};
