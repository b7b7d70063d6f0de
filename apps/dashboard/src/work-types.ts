import type { BilingualText } from '@app/kernel';

export interface EvidenceRef {
  /** SHA-256, 64 hex digits. */
  readonly hash: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** A file on a record: attached to it, or named by one of its events. */
export interface RecordEvidence extends EvidenceRef {
  readonly note: string | null;
  readonly attachedAt: string;
  readonly attachedBy: string;
  readonly namedBy: { readonly revision: number; readonly type: string; readonly title: BilingualText } | null;
  readonly detached: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

export interface TitleHolder {
  readonly party: string;
  readonly from: string;
  readonly to?: string;
  readonly contractId?: string;
  readonly number?: string;
}

export interface TitleLicence {
  readonly contractId: string;
  readonly number?: string;
  readonly licensee?: string;
  readonly licence: string;
  readonly origin: 'NEGOTIATED' | 'OPEN' | 'SUB';
  readonly from: string;
  readonly to?: string;
  readonly under?: string;
  readonly declarationId?: string;
  readonly territory?: readonly string[];
  readonly fields?: readonly string[];
  readonly state: string;
  readonly inForce: boolean;
}

export interface TitleOpenLicence {
  readonly declarationId: string;
  readonly number?: string;
  readonly from: string;
  readonly to: string;
  readonly endedOn?: string;
  readonly inForce: boolean;
}

export interface TitlePledge {
  readonly pledgeNo: string;
  readonly pledgee: string;
  readonly on: string;
  readonly amountFen?: string;
  readonly openLicenceConsent: boolean;
  readonly releasedOn?: string;
  readonly inForce: boolean;
}

export interface TitleSuspension {
  readonly documentNo: string;
  readonly cause: string;
  readonly on: string;
  readonly endedOn?: string;
  readonly inForce: boolean;
}

export interface TitleEntry extends BilingualText {
  readonly on: string;
  readonly recordedAt: string;
  readonly kind: string;
  readonly revision: number;
  readonly contractId?: string;
  readonly number?: string;
  readonly voided?: true;
}

/** The title of one asset as it stood on a legal date. */
export interface TitleRegister {
  readonly asOf: string;
  readonly revision: number;
  readonly identity: {
    readonly universityId: string;
    readonly ipType: string;
    readonly number: string;
    readonly title: string;
    readonly filedOn: string;
    readonly publishedOn?: string;
    readonly grantedOn?: string;
    readonly expiresOn?: string;
  };
  readonly status: string;
  readonly ownership: {
    /** Absent before the asset was filed. */
    readonly owner?: string;
    readonly ownerSharePermyriad?: number;
    readonly coOwners: ReadonlyArray<{ readonly name: string; readonly sharePermyriad?: number }>;
    readonly chain: readonly TitleHolder[];
  };
  readonly licences: readonly TitleLicence[];
  readonly openLicences: readonly TitleOpenLicence[];
  readonly pledges: readonly TitlePledge[];
  readonly suspensions: readonly TitleSuspension[];
  readonly statusHistory: ReadonlyArray<{ readonly status: string; readonly on: string }>;
  readonly annuity: {
    readonly state: string;
    readonly year?: number;
    readonly dueOn?: string;
    readonly graceEndsOn?: string;
    readonly paidYears: readonly number[];
  };
  readonly entries: readonly TitleEntry[];
}

export type DeadlineState = 'NOT_YET' | 'OPEN' | 'OVERDUE' | 'MET' | 'MET_LATE' | 'LAPSED' | 'CANCELLED';

export interface Deadline {
  readonly key: string;
  readonly kind: string;
  readonly kindTitle: BilingualText;
  readonly state: DeadlineState;
  readonly universityId: string | null;
  readonly university: string | null;
  readonly who: string;
  readonly recordKind: string;
  readonly recordId: string;
  readonly recordNumber: string;
  readonly title: string;
  readonly dueOn: string | null;
  /** False while the holidays that decide the day are not known. */
  readonly certain: boolean;
  readonly graceTo: string | null;
  readonly closedOn: string | null;
  readonly clause: string;
  readonly textZh: string;
  readonly textEn: string;
}

export interface DeadlineFilter {
  readonly dueBy?: string;
  readonly asOf?: string;
  readonly state?: string;
  readonly kind?: string;
  readonly universityId?: string;
  readonly q?: string;
  readonly sort?: string;
}

export interface DeadlinePage {
  readonly asOf: string;
  readonly items: readonly Deadline[];
  readonly next: string | null;
  readonly total: number;
  readonly counts: Readonly<Record<DeadlineState, number>>;
}

export interface CalendarToken {
  /** Path and query on this ledger. */
  readonly url: string;
  readonly expiresAt: string;
}

/** A patent anyone may license. */
export interface PublicOffer {
  readonly declarationId: string;
  readonly number: string;
  readonly patentNumber: string;
  readonly title: string;
  readonly ipType: string;
  readonly universityId: string;
  readonly university: string;
  readonly from: string;
  readonly to: string;
  readonly licensedTo: string;
  readonly feeType: string;
  readonly feeFen: string | null;
  readonly royaltyPermyriad: number | null;
  readonly royaltyBase: string | null;
  readonly instalments: ReadonlyArray<{ readonly afterMonths: number; readonly amountFen: string }>;
}

export interface OfferFilter {
  readonly asOf?: string;
  readonly q?: string;
  readonly universityId?: string;
  readonly ipType?: string;
  readonly feeType?: string;
  readonly sort?: string;
}

export interface OfferPage {
  readonly asOf: string;
  readonly items: readonly PublicOffer[];
  readonly next: string | null;
  readonly total: number;
}
