import type { Approval } from '@app/evidence';
import type { IpType, LicenceKind, Message } from '@app/kernel';
import type { AssetEntry, CoOwner, EntryVoiding } from './asset-entry.js';

export type { CoOwner };

/** Where and in what a licence holds (许可范围; 司法解释 art 28: term, territory, manner). */
export interface Scope {
  /** Division codes: `000000` all of China, trailing `00` a whole province or city; everywhere when left out. */
  readonly territory?: readonly string[];
  /** GB/T 4754 codes such as `C39`, a shorter code holding the longer; every field when left out. */
  readonly fields?: readonly string[];
}

export interface LicenceRight extends Scope {
  readonly kind: 'LICENCE';
  readonly licence: LicenceKind;
  readonly from: string;
  /** Last day; open-ended when left out. */
  readonly to?: string;
  /** Of a SUB licence: the contract of its head licence on this asset. */
  readonly under?: string;
  /** Whether the licensee may give licences under it (民法典 art 867). */
  readonly sublicensable?: boolean;
  /** The one ordinary licence by which a licensor that cannot practise itself does so beside a SOLE licence (司法解释 art 27). */
  readonly asOwnUse?: true;
}

export interface TitleRight {
  readonly kind: 'TITLE';
  readonly on: string;
  /** A return (回转): the title comes home to the university. */
  readonly back?: true;
}

/** What a contract wants of an asset: a licence for a term, or the title. */
export type Right = LicenceRight | TitleRight;

export interface AssetData {
  readonly universityId: string;
  readonly ipType: IpType;
  /** Canonical registration number (D§8). */
  readonly number: string;
  readonly title: string;
  readonly filedOn: string;
  readonly grantedOn?: string;
  /** Of a layout design: its first commercial use, from which its ten years may run. */
  readonly firstUsedOn?: string;
  readonly coOwners?: readonly CoOwner[];
  readonly disclosureNumber?: string;
  /** Why a patent was filed without an evaluation though the university's policy asks for one (E-3); shown as a flag. */
  readonly evaluationExemption?: string;
  readonly warnings?: ReadonlyArray<{ readonly zh: string; readonly en: string }>;
}

/** What was registered of an asset and may be put right; its number is what it is known by. */
export type CorrectableData = Pick<AssetData, 'title' | 'filedOn' | 'grantedOn' | 'disclosureNumber'>;

/** Registered data put right (更正登记内容): the fields as they were and as they are to be; one that is absent was not there. */
export interface DataCorrection extends Approval {
  readonly from: Partial<CorrectableData>;
  readonly to: Partial<CorrectableData>;
}

interface OfContract {
  readonly contractId: string;
}

interface Reservation extends OfContract {
  readonly universityId: string;
  readonly right: Right;
  /** The contract's business number, for refusals and the register. */
  readonly contractNumber: string;
  /** The other party: licensee or transferee. */
  readonly party: string;
  /**
   * The contract whose right this reservation replaces when confirmed; its own right is no conflict. The reservation bears an id of its
   * own (the amendment's): from its confirmation on the right stands under the amended contract, which releases or ends it.
   */
  readonly amends?: string;
  /** Names of the co-owners who agreed (专利法 art 14). */
  readonly consents?: readonly string[];
  /** Whether the pledgee agreed (民法典 art 444). */
  readonly pledgeeConsent?: boolean;
  /** The title passes by merger, judgment or inheritance, not by the parties' will: no co-owner is asked. */
  readonly bySuccession?: true;
}

/** Reservations stored before numbers and parties were kept have neither. */
type Reserved = Omit<Reservation, 'contractNumber' | 'party'> & Partial<Pick<Reservation, 'contractNumber' | 'party'>>;

interface OwnershipMove extends OfContract {
  readonly to: string;
  readonly on: string;
  /** Revision of the contract this follows: a driver woken late with an older one changes nothing. */
  readonly revision: number;
}

/** The last day of a licence that ends early; a later revision of its contract overrides an earlier one. */
interface RightEnd extends OfContract {
  readonly on: string;
  readonly revision: number;
}

/** The other party's name as its contract was corrected; a later revision of the contract overrides an earlier one. */
interface PartyRename extends OfContract {
  readonly party: string;
  readonly revision: number;
}

interface ReleaseStep extends OfContract {
  /** Revision of the contract's decision to void it: after its cancellation a driver woken late reserves nothing. */
  readonly revision?: number;
}

interface OfDeclaration {
  readonly declarationId: string;
}

interface OpenTerm extends OfDeclaration {
  readonly from: string;
  readonly to: string;
}

interface OfGrant {
  readonly grantId: string;
}

interface GrantTerm extends OpenTerm, OfGrant {
  readonly noticeOn: string;
}

/** The title register of one asset (权利登记簿): its owner, everything that burdens it, and the facts of its legal life. */
export type AssetEvent =
  | Message<'AssetRegistered', AssetData>
  | Message<'AssetReserved', Reserved>
  | Message<'ReservationConfirmed', OfContract>
  | Message<'ReservationCancelled', OfContract>
  | Message<'OwnershipMoved', OwnershipMove>
  | Message<'RightEnded', RightEnd>
  | Message<'PartyRenamed', PartyRename>
  | Message<'ReleaseReserved', ReleaseStep>
  | Message<'ReleaseCancelled', ReleaseStep>
  | Message<'RightReleased', OfContract & { readonly on: string }>
  | Message<'OpenLicenceEntered', OpenTerm & Partial<OpenLicenceNames>>
  | Message<'OpenLicenceEnded', OfDeclaration & { readonly on: string }>
  | Message<'OpenGrantEntered', GrantTerm & { readonly number?: string; readonly licensee?: string }>
  | Message<'OpenGrantEntryCancelled', OfGrant>
  | Message<'OpenGrantEntryEnded', OfGrant & { readonly on: string }>
  | AssetEntry
  | Message<'AssetEntryVoided', EntryVoiding>
  | Message<'AssetDataCorrected', DataCorrection>;

interface OpenLicenceNames {
  readonly number: string;
  readonly universityId: string;
  /** Whether the pledgee of a pledged patent agreed (专利法实施细则 art 86). */
  readonly pledgeeConsent?: boolean;
  /** Names of the co-owners who declare with the university (OL-3). */
  readonly declarants?: readonly string[];
}

type Command<Type extends string, Data> = { readonly type: Type } & Data;
interface OfUniversity {
  readonly universityId: string;
}

export type RegisterAssetCommand = Command<'RegisterAsset', AssetData>;
export type Reserve = Command<'Reserve', Reservation>;
export type Settle = Command<'Confirm' | 'Cancel', OfContract>;
export type MoveOwnership = Command<'MoveOwnership', OwnershipMove>;
/** Early termination of a licence: `on` becomes its last day. */
export type EndRight = Command<'EndRight', RightEnd>;
/** Corrects the name of a licensee or transferee; who owns the asset is told by `MoveOwnership`. */
export type RenameParty = Command<'RenameParty', PartyRename>;
/** Keeps a title free of new rights between the decision to void a contract and its release; refused where another right stands on it. */
export type ReserveRelease = Command<'ReserveRelease' | 'CancelRelease', ReleaseStep>;
export type Release = Command<'Release', OfContract & { readonly on: string }>;
/** Idempotent for the same dates, refused for others, and refused for ever after its cancellation. */
export type EnterOpenLicence = Command<'EnterOpenLicence', OpenTerm & OpenLicenceNames>;
/** `on` is the first day that is closed. */
export type EndOpenLicence = Command<'EndOpenLicence', OfDeclaration & { readonly on: string }>;
export type EnterOpenGrant = Command<
  'EnterOpenGrant',
  GrantTerm & OfUniversity & { readonly number: string; readonly licensee: string }
>;
/** `on` becomes the grant's last day. */
export type EndOpenGrant = Command<'EndOpenGrant', OfGrant & { readonly on: string }>;
export type CancelOpenGrant = Command<'CancelOpenGrant', OfGrant>;
/** Asks only: whether a new standard announced on a date would reach a grant that was given notice of by then (OL-38). */
export type CheckFeeStandard = Command<'CheckFeeStandard', OfDeclaration & { readonly on: string }>;
/**
 * Asks, and writes nothing (send it with `PreviewAsset`): whether the title may move on a date (L-11, L-13, L-15, L-21, L-22), or the
 * licence be recorded (L-11, L-15, L-16). A move is asked before its contract decides it: `MoveOwnership` itself refuses no date.
 */
export type CheckRegistration = Command<'CheckTransfer' | 'CheckRecording', OfContract & { readonly on: string }>;
export type EnterFact = Command<'EnterFact', { readonly entry: AssetEntry }>;
export type VoidEntry = Command<'VoidEntry', Omit<EntryVoiding, 'entry'>>;
export type CorrectData = Command<
  'CorrectData',
  Omit<DataCorrection, 'from' | 'to'> & {
    readonly changes: Partial<CorrectableData>;
    /** Data that are to be taken out. */
    readonly removes?: ReadonlyArray<'grantedOn' | 'disclosureNumber'>;
  }
>;

export type AssetCommand =
  | RegisterAssetCommand
  | Reserve
  | Settle
  | MoveOwnership
  | EndRight
  | RenameParty
  | ReserveRelease
  | Release
  | EnterOpenLicence
  | EndOpenLicence
  | EnterOpenGrant
  | EndOpenGrant
  | CancelOpenGrant
  | CheckFeeStandard
  | CheckRegistration
  | EnterFact
  | VoidEntry
  | CorrectData;
