import type { Approval } from '@app/evidence';
import type { Message, PatentType } from '@app/kernel';
import type { FeeStandard, FeeTerms } from './fee-standard.js';

/** A patentee's offer to license anyone on published terms (开放许可声明). Fees in fen as text; the royalty in 0.01%. */
export interface OpenLicenceTerms extends FeeTerms {
  readonly universityId: string;
  readonly number: string;
  readonly assetId: string;
  readonly assetNumber: string;
  /** Title of the patent when it was declared. */
  readonly title?: string;
  readonly ipType: PatentType;
  readonly declaredOn: string;
  readonly endsOn: string;
  readonly evaluationReportNo?: string;
  readonly evaluationReportOn?: string;
  /** Whether the report finds that the conditions of grant are met. */
  readonly evaluationReportMeets?: boolean;
  /** Names of the co-owners who declare with the university (OL-3). */
  readonly declarants?: readonly string[];
  /** Whether the pledgee of a pledged patent agreed (专利法实施细则 art 86). */
  readonly pledgeeConsent?: boolean;
  /** Whatever else the declaration states. */
  readonly note?: string;
}

/** Rules the entry makes one think about, by id; none of them blocked it. */
interface Warned {
  readonly warnings?: readonly string[];
}

/** Why an offer ends before its term: withdrawn by the patentee, or with the patent itself. */
export const OFFER_ENDS = {
  WITHDRAWN: { zh: '撤回', en: 'Withdrawn' },
  LAPSED: { zh: '专利权终止', en: 'Patent lapsed' },
  INVALIDATED: { zh: '专利权宣告无效', en: 'Patent invalidated' },
} as const;
export type OfferEnd = keyof typeof OFFER_ENDS;

/** What a title answered when it refused a step. */
export interface TitleRefusal {
  readonly rule: string;
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
}

export type OpenLicenceEvent =
  | Message<'OpenLicenceDeclared', OpenLicenceTerms & Warned>
  | Message<'OpenLicenceAnnouncementRequested', { readonly announcedOn: string }>
  | Message<'OpenLicenceAnnounced', { readonly announcedOn: string }>
  | Message<'OpenLicenceEndRequested', { readonly on: string; readonly cause: OfferEnd }>
  | Message<'OpenLicenceWithdrawn', { readonly withdrawnOn: string }>
  | Message<'OpenLicenceTerminated', { readonly endedOn: string; readonly cause: Exclude<OfferEnd, 'WITHDRAWN'> }>
  /** The title of the patent refused what was requested at this revision. */
  | Message<'OpenLicenceStepRefused', TitleRefusal & { readonly revision: number }>
  | Message<'OpenLicenceSettled', { readonly revision: number }>
  | Message<'OpenLicenceRejected', { readonly rejectedOn: string; readonly ground: string }>
  | Message<'FeeStandardChanged', FeeStandard & Warned>
  | Message<'OpenLicenceVoided', Approval>;

export type DeclareOpenLicence = { readonly type: 'DeclareOpenLicence' } & OpenLicenceTerms;
export interface AnnounceOpenLicence {
  readonly type: 'AnnounceOpenLicence';
  readonly announcedOn: string;
}
export interface WithdrawOpenLicence {
  readonly type: 'WithdrawOpenLicence';
  readonly withdrawnOn: string;
}
export interface TerminateOpenLicence {
  readonly type: 'TerminateOpenLicence';
  /** The first day on which nobody can take the licence any more. */
  readonly endedOn: string;
  readonly cause: Exclude<OfferEnd, 'WITHDRAWN'>;
}
export interface RejectOpenLicence {
  readonly type: 'RejectOpenLicence';
  readonly rejectedOn: string;
  readonly ground: string;
}
export type ChangeFeeStandard = { readonly type: 'ChangeFeeStandard' } & Omit<FeeStandard, 'version'>;
export type VoidOpenLicence = { readonly type: 'VoidOpenLicence' } & Approval;

/** What the driver of a requested step reports; `revision` is that of the request, so that it can only answer its own. */
export type OpenLicenceStep =
  | { readonly type: 'ConfirmStep'; readonly revision: number }
  | ({ readonly type: 'RefuseStep'; readonly revision: number } & TitleRefusal)
  | { readonly type: 'SettleStep'; readonly revision: number };

export type OpenLicenceCommand =
  | DeclareOpenLicence
  | AnnounceOpenLicence
  | WithdrawOpenLicence
  | TerminateOpenLicence
  | RejectOpenLicence
  | ChangeFeeStandard
  | VoidOpenLicence
  | OpenLicenceStep;

/** What was requested of the title and is not known to be done. */
export type OpenWork =
  | { readonly step: 'ANNOUNCEMENT'; readonly on: string; readonly revision: number; readonly refused: boolean }
  | {
      readonly step: 'END';
      readonly on: string;
      readonly cause: OfferEnd;
      readonly revision: number;
      readonly refused: boolean;
    }
  /** Voided: its number is to be given back. */
  | { readonly step: 'VOID'; readonly revision: number };

export interface OpenLicence {
  readonly terms: OpenLicenceTerms | undefined;
  readonly announcedOn: string | undefined;
  readonly withdrawnOn: string | undefined;
  /** With the patent: the first day that is closed. */
  readonly endedOn: string | undefined;
  readonly endCause: OfferEnd | undefined;
  readonly rejectedOn: string | undefined;
  readonly isVoided: boolean;
  /** Announced standards in order; the first is the declaration's. */
  readonly standards: readonly FeeStandard[];
  /** What the title last refused, and the revision of that request. */
  readonly refusal: (TitleRefusal & { readonly revision: number }) | undefined;
  readonly open: OpenWork | undefined;
  /** Revision of the last event; -1 before the first. */
  readonly revision: number;
}
