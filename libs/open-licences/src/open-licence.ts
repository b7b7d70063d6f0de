import type { Message } from '@app/kernel';

/** A patentee's offer to license anyone on published terms (开放许可声明). Fees in fen as text; the royalty in 0.01%. */
export interface OpenLicenceTerms {
  readonly universityId: string;
  readonly number: string;
  readonly assetId: string;
  readonly assetNumber: string;
  readonly ipType: 'INVENTION' | 'UTILITY_MODEL' | 'DESIGN';
  readonly declaredOn: string;
  readonly endsOn: string;
  readonly feeType: 'FREE' | 'LUMP_SUM' | 'INSTALMENTS' | 'RUNNING_ROYALTY' | 'ENTRY_FEE_PLUS_ROYALTY';
  readonly feeFen?: string;
  readonly royaltyPermyriad?: number;
  readonly evaluationReportNo?: string;
  readonly evaluationReportOn?: string;
}

export type OpenLicenceEvent =
  | Message<'OpenLicenceDeclared', OpenLicenceTerms>
  | Message<'OpenLicenceAnnounced', { readonly announcedOn: string }>
  | Message<'OpenLicenceWithdrawn', { readonly withdrawnOn: string }>;

/** One taker of an open licence (开放许可实施): notice and payment make the licence (专利法 art 51). */
export interface GrantTerms {
  readonly universityId: string;
  readonly number: string;
  readonly declarationId: string;
  readonly assetId: string;
  readonly assetNumber: string;
  readonly ipType: 'INVENTION' | 'UTILITY_MODEL' | 'DESIGN';
  readonly licensee: string;
  readonly licenseeCode?: string;
  readonly licenseeDivision?: string;
  readonly noticeOn: string;
  readonly paidOn: string;
  readonly paidFen: string;
  /** The later of notice and payment (OL-5). */
  readonly effectiveOn: string;
  readonly inChangsha: { readonly rule: 'in-changsha/1'; readonly value: boolean | null };
}

export type OpenGrantEvent =
  | Message<'OpenLicenceGranted', GrantTerms>
  | Message<'OpenGrantRecorded', { readonly recordNo: string; readonly recordedOn: string }>;
