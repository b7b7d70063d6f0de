import type { EventCatalogue } from '@app/event-store';
import type { BilingualText, Message } from '@app/kernel';
import type { AllocationMethod, FundCategory } from './fund-board.js';
import type { FundObjectKind, FundStandard, FundStandardDraft } from './fund-standard.js';

/** The budget of a fiscal year, which is the calendar year, and the document that grants it. Amounts here and below are texts of fen. */
export interface FundYearOpening {
  readonly year: number;
  readonly budgetFen: string;
  readonly legalBasis: string;
  /** 文号 */
  readonly document: string;
  readonly openedOn: string;
}

/** One head of the year. Ceilings are the year's own choice: no known text divides the budget (F-8). */
export interface FundCategorySetting {
  readonly year: number;
  readonly category: FundCategory;
  readonly method: AllocationMethod;
  readonly ceilingFen?: string | undefined;
  /** Needed by `OTHER` alone (F-11). */
  readonly legalBasis?: string | undefined;
}

/** What a university asks for one object of its own that the ledger holds. */
export interface FundClaim {
  readonly year: number;
  readonly claimId: string;
  /** The office's own number of the claim, unique in its year. */
  readonly number: string;
  readonly universityId: string;
  readonly category: FundCategory;
  readonly standardNumber: string;
  readonly objectKind: FundObjectKind;
  readonly objectId: string;
  /** The object's own number or name, as its university writes it. */
  readonly objectNumber: string;
  readonly units: number;
  /** Place in a ranked category, 1 first. */
  readonly rank?: number | undefined;
  readonly claimedOn: string;
  /** 绩效目标 (F-6). */
  readonly performanceTarget: string;
  /** 其他资金申报: what else the object was claimed from; shown to the reviewers (F-4). */
  readonly otherFunding?: string | undefined;
  /** Id of the actor who entered the claim, for F-5. */
  readonly submittedBy: string;
}

/** The whole allocation of a year with its derivation, as decided; later readers need no other code to see why. */
export interface FundAllocation {
  readonly year: number;
  readonly allocatedOn: string;
  /** Name and version of the rules the amounts follow from. */
  readonly rules: string;
  readonly allocatedFen: string;
  readonly leftFen: string;
  readonly categories: ReadonlyArray<{
    readonly category: FundCategory;
    readonly method: AllocationMethod;
    readonly ceilingFen: string | null;
    readonly entitlementFen: string;
    readonly availableFen: string;
    readonly allocatedFen: string;
  }>;
  readonly lines: readonly FundAllocationLine[];
}

export interface FundAllocationLine {
  readonly claimId: string;
  readonly entitlementFen: string;
  readonly allocatedFen: string;
  readonly derivation: BilingualText;
}

export interface FundClaimWithdrawal {
  readonly claimId: string;
  readonly withdrawnOn: string;
  readonly reason: string;
}

export type FundYearEvent =
  | Message<'FundYearOpened', FundYearOpening>
  | Message<'FundCategorySet', FundCategorySetting>
  | Message<'FundStandardSet', FundStandard & { readonly year: number }>
  | Message<'FundClaimSubmitted', FundClaim>
  | Message<'FundClaimWithdrawn', FundClaimWithdrawal>
  | Message<'FundAllocated', FundAllocation>;

export const fundYearEvents: EventCatalogue<FundYearEvent> = {
  FundYearOpened: { version: 1, zh: '资金年度开启', en: 'Fund year opened' },
  FundCategorySet: { version: 1, zh: '资金类别设定', en: 'Fund category set' },
  FundStandardSet: { version: 1, zh: '资助标准设定', en: 'Fund standard set' },
  FundClaimSubmitted: { version: 1, zh: '资金申报', en: 'Fund claim submitted' },
  FundClaimWithdrawn: { version: 1, zh: '资金申报撤回', en: 'Fund claim withdrawn' },
  FundAllocated: { version: 1, zh: '资金分配', en: 'Fund allocated' },
};

/** A fund year's stream is this and the year. */
export const FUND_YEAR_STREAMS = 'fund-year-';

export const fundYearStream = (year: number): string => `${FUND_YEAR_STREAMS}${year}`;

/** What an optional field may be given as `undefined` is left out of the event. The submitter of a claim is the actor. */
export type FundYearCommand =
  | ({ readonly type: 'OpenFundYear' } & FundYearOpening)
  | ({ readonly type: 'SetFundCategory' } & FundCategorySetting)
  | ({ readonly type: 'SetFundStandard'; readonly year: number } & FundStandardDraft)
  | ({ readonly type: 'SubmitFundClaim' } & Omit<FundClaim, 'submittedBy'>)
  | { readonly type: 'WithdrawFundClaim'; readonly year: number; readonly claimId: string; readonly reason: string }
  | { readonly type: 'AllocateFundYear'; readonly year: number };
