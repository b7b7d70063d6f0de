import type { Approval } from '@app/evidence';
import type { InChangsha, Message } from '@app/kernel';
import type { EnterpriseSize } from '@app/registry';
import type { FeeStandard } from './fee-standard.js';
import type { OpenLicenceTerms, TitleRefusal } from './open-licence-events.js';

/** What the office says of a grant; the rest follows from the declaration. */
export interface GrantFacts {
  readonly declarationId: string;
  readonly number: string;
  readonly licensee: string;
  readonly licenseeCode?: string;
  /** Division code of the licensee's registered address, six digits. */
  readonly licenseeDivision?: string;
  readonly noticeOn: string;
  readonly paidOn: string;
  readonly paidFen: string;
}

/** The licensee's size as it was determined when the licence took effect; a later determination changes nothing here. */
export interface LicenseeSize {
  readonly size: EnterpriseSize;
  readonly determinationId: string;
  readonly rule: string;
}

/** One taker of an open licence (开放许可实施): notice and payment make the licence (专利法 art 51). */
export interface GrantTerms extends GrantFacts, Pick<OpenLicenceTerms, 'assetId' | 'assetNumber' | 'title' | 'ipType'> {
  readonly universityId: string;
  /** The later of notice and payment (OL-5). */
  readonly effectiveOn: string;
  /** Last day of the licence, the declaration's; told since grants are requested of the title. */
  readonly endsOn?: string;
  readonly inChangsha: InChangsha;
  /** The version of the standard in force on the day of the notice; told since there are versions. */
  readonly standardVersion?: number;
  /** Absent where no determination is on record: the size is undetermined. */
  readonly licenseeSize?: LicenseeSize;
}

/** Recordings entered since the term is kept say when it ended, and by OL-32 that it was missed. */
interface Recording {
  readonly recordNo: string;
  readonly recordedOn: string;
  readonly dueOn?: string;
  readonly warnings?: readonly string[];
}

export type OpenGrantEvent =
  | Message<'OpenGrantRequested', GrantTerms>
  | Message<'OpenLicenceGranted', GrantTerms>
  /** The title of the patent did not take the grant. */
  | Message<'OpenGrantRefused', TitleRefusal>
  | Message<'OpenGrantRecorded', Recording>
  | Message<'OpenGrantRecordCancelled', { readonly cancelledOn: string; readonly reason: string }>
  | Message<'OpenGrantEnded', Approval & { readonly on: string; readonly cause: 'AGREEMENT' }>
  /** Entered wrongly: it never was, and no longer counts. */
  | Message<'OpenGrantVoided', Approval>
  /** The title, and the numbers, now follow what the grant said at this revision. */
  | Message<'OpenGrantSettled', { readonly revision: number }>;

/** The declaration as it stood when the grant was entered. */
export interface Offer {
  readonly terms: OpenLicenceTerms;
  readonly announcedOn?: string;
  /** First day that is closed: withdrawn, or ended with the patent. */
  readonly closedOn?: string;
  readonly standards: readonly FeeStandard[];
}

export type GrantOpenLicence = {
  readonly type: 'GrantOpenLicence';
  readonly offer: Offer;
  readonly licenseeSize?: LicenseeSize;
} & GrantFacts;
export interface RecordOpenGrant {
  readonly type: 'RecordOpenGrant';
  readonly recordNo: string;
  readonly recordedOn: string;
}
export interface CancelOpenGrantRecord {
  readonly type: 'CancelOpenGrantRecord';
  readonly cancelledOn: string;
  readonly reason: string;
}
export type EndOpenGrant = {
  readonly type: 'EndOpenGrant';
  /** The licence's last day. */
  readonly on: string;
} & Approval;
export type VoidOpenGrant = { readonly type: 'VoidOpenGrant' } & Approval;
type GrantStep =
  | { readonly type: 'ConfirmGrant' }
  | ({ readonly type: 'RefuseGrant' } & TitleRefusal)
  | { readonly type: 'SettleGrant'; readonly revision: number };
export type OpenGrantCommand =
  | GrantOpenLicence
  | RecordOpenGrant
  | CancelOpenGrantRecord
  | EndOpenGrant
  | VoidOpenGrant
  | GrantStep;

export type GrantStatus = 'ABSENT' | 'REQUESTED' | 'GRANTED' | 'REFUSED' | 'VOIDED';

export interface OpenGrant {
  readonly status: GrantStatus;
  readonly terms: GrantTerms | undefined;
  readonly recordNo: string | undefined;
  readonly recordedOn: string | undefined;
  readonly cancelledOn: string | undefined;
  readonly endedOn: string | undefined;
  readonly refusal: TitleRefusal | undefined;
  /** Revision of the last event; -1 before the first. */
  readonly revision: number;
  /** Revision of the last event that the title may not follow yet. */
  readonly unsettled: number | undefined;
}
