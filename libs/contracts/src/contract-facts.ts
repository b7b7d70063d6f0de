import type { ContractTerms } from './contract-terms.js';

/** A price notice (定价公示) as a contract under it sees it. */
export interface NoticeFacts {
  readonly noticeId: string;
  readonly number: string;
  readonly universityId: string;
  readonly assetIds: readonly string[];
  readonly proposedFen: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly withdrawnOn?: string;
  readonly objections: ReadonlyArray<{
    readonly number: string;
    readonly raisedOn: string;
    readonly resolvedOn?: string;
    readonly isUpheld?: boolean;
  }>;
}

/** Another contract that a contract names by its number. */
export interface NamedContract {
  readonly contractId: string;
  readonly terms: ContractTerms;
  readonly isLodged: boolean;
}

/** The licence a sub-licence is given under. */
export interface HeadFacts extends NamedContract {
  readonly terminatedOn?: string;
}

/** The release of the disclosure an asset came from (转给发明人), where one is on record. */
export interface AssetRelease {
  readonly number: string;
  readonly release?: { readonly inventors: readonly string[]; readonly sharePermyriad: number };
}

/** What other records say that a decision on a contract needs; the handler asks for it. */
export interface DealFacts {
  /** Founded by the state (国家设立), so that arts 18 and 45 of 促进科技成果转化法 bind it. */
  readonly stateFounded: boolean;
  readonly notice?: NoticeFacts;
  readonly head?: HeadFacts;
  /** The contract that a return undoes (回转); asked for when it is lodged. */
  readonly returned?: NamedContract;
  /** The receiver, where it is a registered university. */
  readonly receiver?: { readonly universityId: string; readonly name: string };
  /** Of a release: what is on record for each asset. */
  readonly releases?: readonly AssetRelease[];
}
