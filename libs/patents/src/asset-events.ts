import type { IpType, Message } from '@app/kernel';

/** Licence kinds (司法解释 art 25; record forms add cross and sub-licence). Unstated means ordinary. */
export type LicenceKind = 'EXCLUSIVE' | 'SOLE' | 'ORDINARY' | 'CROSS' | 'SUB';

export interface LicenceRight {
  readonly kind: 'LICENCE';
  readonly licence: LicenceKind;
  readonly from: string;
  /** Last day; open-ended when left out. */
  readonly to?: string;
}

export interface TitleRight {
  readonly kind: 'TITLE';
  readonly on: string;
  /** A return (回转): the title comes home to the university. */
  readonly back?: true;
}

/** What a contract wants of an asset: a licence for a term, or the title. */
export type Right = LicenceRight | TitleRight;

export interface CoOwner {
  readonly name: string;
  /** Share in units of 0.01%; absent where the parties agreed none. */
  readonly sharePermyriad?: number;
}

export interface AssetData {
  readonly universityId: string;
  readonly ipType: IpType;
  /** Canonical registration number (D§8). */
  readonly number: string;
  readonly title: string;
  readonly filedOn: string;
  readonly grantedOn?: string;
  readonly coOwners?: readonly CoOwner[];
  readonly disclosureNumber?: string;
  readonly warnings?: ReadonlyArray<{ readonly zh: string; readonly en: string }>;
}

interface OfContract {
  readonly contractId: string;
}

interface OwnershipMove extends OfContract {
  readonly to: string;
  readonly on: string;
  /** Revision of the contract this follows: a driver woken late with an older one changes nothing. */
  readonly revision: number;
}

interface OfDeclaration {
  readonly declarationId: string;
}

interface GrantTerm extends OfDeclaration {
  readonly grantId: string;
  readonly noticeOn: string;
  readonly from: string;
  readonly to: string;
}

/** The title register of one asset (权利登记簿): its owner and everything that burdens it. */
export type AssetEvent =
  | Message<'AssetRegistered', AssetData>
  | Message<'AssetReserved', OfContract & { readonly universityId: string; readonly right: Right }>
  | Message<'ReservationConfirmed', OfContract>
  | Message<'ReservationCancelled', OfContract>
  | Message<'OwnershipMoved', OwnershipMove>
  | Message<'RightReleased', OfContract & { readonly on: string }>
  | Message<'OpenLicenceEntered', OfDeclaration & { readonly from: string; readonly to: string }>
  | Message<'OpenLicenceEnded', OfDeclaration & { readonly on: string }>
  | Message<'OpenGrantEntered', GrantTerm>;

type Command<Type extends string, Data> = { readonly type: Type } & Data;
interface OfUniversity {
  readonly universityId: string;
}

export type RegisterAssetCommand = Command<'RegisterAsset', AssetData>;
export type Reserve = Command<'Reserve', OfContract & OfUniversity & { readonly right: Right }>;
export type Settle = Command<'Confirm' | 'Cancel', OfContract>;
export type MoveOwnership = Command<'MoveOwnership', OwnershipMove>;
export type Release = Command<'Release', OfContract & { readonly on: string }>;
export type EnterOpenLicence = Command<
  'EnterOpenLicence',
  OfDeclaration & OfUniversity & { readonly from: string; readonly to: string }
>;
export type EndOpenLicence = Command<'EndOpenLicence', OfDeclaration & { readonly on: string }>;
export type EnterOpenGrant = Command<'EnterOpenGrant', GrantTerm & OfUniversity>;

export type AssetCommand =
  | RegisterAssetCommand
  | Reserve
  | Settle
  | MoveOwnership
  | Release
  | EnterOpenLicence
  | EndOpenLicence
  | EnterOpenGrant;
