import type { BilingualText, FeeType, IpType, LicenceKind } from '@app/kernel';

/** How a result is converted (促进科技成果转化法 art 16), and the two ways a title leaves that are no conversion. */
export const CONVERSION_MODES = {
  LICENCE: { zh: '许可', en: 'Licence' },
  TRANSFER: { zh: '转让', en: 'Transfer' },
  EQUITY: { zh: '作价投资', en: 'Equity contribution' },
  RELEASE: { zh: '转给发明人', en: 'Release to inventor' },
  SUCCESSION: { zh: '权属继受', en: 'Succession' },
} as const satisfies Record<string, BilingualText>;
export type ConversionMode = keyof typeof CONVERSION_MODES;

export const PRICING_METHODS = {
  NEGOTIATED: { zh: '协议', en: 'Negotiated' },
  LISTING: { zh: '挂牌', en: 'Listing' },
  AUCTION: { zh: '拍卖', en: 'Auction' },
} as const satisfies Record<string, BilingualText>;
export type PricingMethod = keyof typeof PRICING_METHODS;

/** What a running royalty is reckoned on (提成基数). */
export const ROYALTY_BASES = {
  NET_SALES: { zh: '净销售额', en: 'Net sales' },
  PROFIT: { zh: '利润', en: 'Profit' },
  OUTPUT_UNIT: { zh: '产量', en: 'Units of output' },
} as const satisfies Record<string, BilingualText>;
export type RoyaltyBase = keyof typeof ROYALTY_BASES;

export interface AssetRef {
  readonly assetId: string;
  readonly ipType: IpType;
  readonly number: string;
}

/** A sale over a trading platform (挂牌、拍卖): where, under which number, from which day to which. */
export interface Listing {
  readonly platform: string;
  readonly listingNo: string;
  readonly from: string;
  readonly to: string;
}

export interface Royalty {
  /** In units of 0.01% of the base. */
  readonly permyriad: number;
  readonly base: RoyaltyBase;
}

export interface Instalment {
  readonly dueOn: string;
  readonly amountFen: string;
}

/** Shares received for the contributed rights (作价投资). */
export interface EquityStake {
  readonly company: string;
  readonly companyCode?: string;
  readonly sharePermyriad: number;
  /** What the rights were valued at, in fen. */
  readonly valueFen: string;
}

/** The contract as signed. Dates are plain, money is a text of fen. */
export interface ContractTerms {
  readonly universityId: string;
  readonly number: string;
  readonly mode: ConversionMode;
  readonly licenceKind?: LicenceKind;
  readonly assets: readonly AssetRef[];
  /** Name of the enterprise; for a release the inventor's person id, never a name. */
  readonly counterparty: string;
  /** Ledger code of a receiver that is a registered university; it then owns what it receives and may license it. */
  readonly counterpartyUniversity?: string;
  readonly counterpartyCode?: string;
  readonly counterpartyDivision?: string;
  readonly implementationDivision?: string;
  readonly signedOn: string;
  readonly effectiveOn: string;
  readonly endsOn?: string;
  readonly feeType: FeeType;
  readonly feeFen?: string;
  readonly entryFeeFen?: string;
  readonly royalty?: Royalty;
  readonly instalments?: readonly Instalment[];
  readonly equity?: EquityStake;
  readonly pricingMethod: PricingMethod;
  /** Number and id of the price notice (定价公示) the price was agreed under. */
  readonly priceNotice?: string;
  readonly priceNoticeId?: string;
  /** Why there is no notice on record; the contract is flagged P-1. */
  readonly priceNoticeExemption?: string;
  readonly listing?: Listing;
  /** Division codes the licence holds in, `000000` for all of China; everywhere when left out. */
  readonly territory?: readonly string[];
  /** Industry codes (GB/T 4754) the licence holds in; all when left out. */
  readonly fields?: readonly string[];
  readonly sublicensable?: boolean;
  /** The one ordinary licence by which a university that cannot practise a patent does so beside a SOLE licence (司法解释 art 27). */
  readonly asOwnUse?: boolean;
  /** Of a sub-licence: number and id of the licence it is given under. */
  readonly headContract?: string;
  readonly headContractId?: string;
  /** Names of the co-owners who agreed (专利法 art 14). */
  readonly coOwnerConsents?: readonly string[];
  readonly pledgeeConsent?: boolean;
  readonly relatedParty?: boolean;
  readonly relatedPartyNote?: string;
  readonly ownAssetCompany?: boolean;
  /** Number of the contract whose transfer this one undoes (回转). */
  readonly returnOf?: string;
  readonly foreignParty?: boolean;
  readonly exportLicenceNo?: string;
  readonly exportRegistrationNo?: string;
  readonly technologyContractNo?: string;
  /** Share of proceeds the inventor owes the university after a release, in 0.01%. */
  readonly inventorSharePermyriad?: number;
  /** What the title passes on where it is no sale (依据): the document of a succession, or why a release has none on record. */
  readonly ground?: string;
}

/** A plan of instalments as one text, `2024-01-01 100000；2025-01-01 100000`, each with its day and its fen. */
export const instalmentsText = (plan: readonly Instalment[]): string =>
  plan.map(({ dueOn, amountFen }) => `${dueOn} ${amountFen}`).join('；');

/** The plan that a correction holds as a text. */
export const instalmentsIn = (text: string): readonly Instalment[] =>
  text
    .split('；')
    .map((line) => line.split(' '))
    .map(([dueOn = '', amountFen = '0']) => ({ dueOn, amountFen }));

/** Whether the mode takes the title away from the university. */
export const movesTitle = (mode: ConversionMode): boolean => mode !== 'LICENCE';

/** What an amendment (变更) may change. */
export type TermChanges = Partial<
  Pick<
    ContractTerms,
    | 'endsOn'
    | 'territory'
    | 'fields'
    | 'licenceKind'
    | 'feeFen'
    | 'entryFeeFen'
    | 'royalty'
    | 'instalments'
    | 'priceNotice'
    | 'priceNoticeId'
    | 'priceNoticeExemption'
    | 'listing'
  >
>;

/** The changes that reach the right in the titles of the assets. */
const OF_THE_RIGHT = ['endsOn', 'territory', 'fields', 'licenceKind', 'effectiveOn'] as const;

export const touchesRight = (changes: object): boolean => OF_THE_RIGHT.some((field) => field in changes);
