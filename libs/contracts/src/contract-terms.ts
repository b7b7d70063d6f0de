import { type IpType, fenFromText, fenText, parseLegalDate } from '@app/kernel';
import { contractRule } from './contract-rules.js';

/** How a result is converted (促进科技成果转化法 art 16), and the two ways a title leaves that are no conversion. */
export const CONVERSION_MODES = {
  LICENCE: { zh: '许可', en: 'Licence' },
  TRANSFER: { zh: '转让', en: 'Transfer' },
  EQUITY: { zh: '作价投资', en: 'Equity contribution' },
  RELEASE: { zh: '转给发明人', en: 'Release to inventor' },
  SUCCESSION: { zh: '权属继受', en: 'Succession' },
} as const;
export type ConversionMode = keyof typeof CONVERSION_MODES;

/** Kinds of licence (最高法技术合同司法解释 art 25); unstated means ordinary. */
export const LICENCE_KINDS = {
  EXCLUSIVE: { zh: '独占', en: 'Exclusive' },
  SOLE: { zh: '排他', en: 'Sole' },
  ORDINARY: { zh: '普通', en: 'Ordinary' },
  CROSS: { zh: '交叉', en: 'Cross' },
  SUB: { zh: '分许可', en: 'Sub-licence' },
} as const;
export type LicenceKind = keyof typeof LICENCE_KINDS;

export const FEE_TYPES = {
  FREE: { zh: '免费', en: 'Free' },
  LUMP_SUM: { zh: '一次总付', en: 'Lump sum' },
  INSTALMENTS: { zh: '分期', en: 'Instalments' },
  RUNNING_ROYALTY: { zh: '提成', en: 'Running royalty' },
  ENTRY_FEE_PLUS_ROYALTY: { zh: '入门费+提成', en: 'Entry fee plus royalty' },
} as const;
export type FeeType = keyof typeof FEE_TYPES;

export const PRICING_METHODS = {
  NEGOTIATED: { zh: '协议', en: 'Negotiated' },
  LISTING: { zh: '挂牌', en: 'Listing' },
  AUCTION: { zh: '拍卖', en: 'Auction' },
} as const;
export type PricingMethod = keyof typeof PRICING_METHODS;

export interface AssetRef {
  readonly assetId: string;
  readonly ipType: IpType;
  readonly number: string;
}

/** The contract as signed. Dates are plain, the fee is a text of fen. */
export interface ContractTerms {
  readonly universityId: string;
  readonly number: string;
  readonly mode: ConversionMode;
  readonly licenceKind?: LicenceKind;
  readonly assets: readonly AssetRef[];
  /** Name of the enterprise; for a release the inventor's person id, never a name. */
  readonly counterparty: string;
  readonly counterpartyCode?: string;
  readonly counterpartyDivision?: string;
  readonly implementationDivision?: string;
  readonly signedOn: string;
  readonly effectiveOn: string;
  readonly endsOn?: string;
  readonly feeType: FeeType;
  readonly feeFen?: string;
  readonly pricingMethod: PricingMethod;
  readonly relatedParty?: boolean;
  readonly ownAssetCompany?: boolean;
  /** Number of the contract whose transfer this one undoes (回转). */
  readonly returnOf?: string;
  readonly foreignParty?: boolean;
  readonly exportLicenceNo?: string;
  readonly technologyContractNo?: string;
  /** Share of proceeds the inventor owes the university after a release, in 0.01%. */
  readonly inventorSharePermyriad?: number;
}

/** Whether the mode takes the title away from the university. */
export const movesTitle = (mode: ConversionMode): boolean => mode !== 'LICENCE';

/** What must hold of a contract's terms by themselves, whatever the titles say. @throws Refusal C-30…C-35, C-43, E-1 */
export const assertSound = (terms: ContractTerms, today: string): void => {
  assertDates(terms, today);
  assertAssets(terms);
  assertDivisions(terms);
  assertFee(terms);
  assertMode(terms);
};

const assertDates = ({ signedOn, effectiveOn, endsOn }: ContractTerms, today: string): void => {
  if (signedOn > today) throw contractRule('C-30', { field: 'signedOn', date: signedOn, today }, { field: 'signedOn' });
  // 民法典 art 502: a contract takes effect when it is concluded, or later as agreed; an earlier date would rewrite a past year.
  if (effectiveOn < signedOn) {
    throw contractRule('C-39', { field: 'effectiveOn', date: effectiveOn, signedOn }, { field: 'effectiveOn' });
  }
  if (endsOn && endsOn < effectiveOn) throw contractRule('C-31', { endsOn, effectiveOn }, { field: 'endsOn' });
};

const assertAssets = ({ assets }: ContractTerms): void => {
  const distinct = new Set(assets.map(({ assetId }) => assetId));
  if (distinct.size === 0 || distinct.size !== assets.length) throw contractRule('C-32', {}, { field: 'assets' });
};

const assertDivisions = ({ counterpartyDivision, implementationDivision }: ContractTerms): void => {
  for (const [field, code] of Object.entries({ counterpartyDivision, implementationDivision })) {
    if (code !== undefined && !isDivision(code)) throw contractRule('C-43', { code }, { field });
  }
};

const isDivision = (code: string): boolean => /^\d{6}$/.test(code);

/** @throws Refusal C-34 */
export const assertFee = ({ feeType, feeFen }: ContractTerms, place = 'fee'): void => {
  const fee = BigInt(feeFen ?? '0');
  const fits = feeType === 'FREE' ? fee === 0n : feeType === 'RUNNING_ROYALTY' || fee > 0n;
  if (!fits) throw contractRule('C-34', { feeType, fee }, { field: place });
};

const assertMode = ({
  mode,
  licenceKind,
  foreignParty,
  exportLicenceNo,
  inventorSharePermyriad,
}: ContractTerms): void => {
  if (mode !== 'LICENCE' && licenceKind) throw contractRule('C-33', {}, { field: 'licenceKind' });
  if (mode !== 'LICENCE' && foreignParty && !exportLicenceNo)
    throw contractRule('C-35', {}, { field: 'exportLicenceNo' });
  if (mode === 'RELEASE' && inventorSharePermyriad === undefined)
    throw contractRule('E-1', {}, { field: 'inventorShare' });
};

export const CORRECTABLE = [
  'recordedOn',
  'registeredOn',
  'feeFen',
  'counterparty',
  'counterpartyDivision',
  'relatedParty',
] as const;
export type CorrectableField = (typeof CORRECTABLE)[number];
export type CorrectedValue = string | boolean;

/** The right value in the form of the field it corrects. @throws Refusal V-DATE, V-FEE-…, C-40, C-43 */
export const correctedValue = (field: CorrectableField, value: string): CorrectedValue => {
  switch (field) {
    case 'recordedOn':
    case 'registeredOn':
      return parseLegalDate(value, 'value');
    case 'feeFen':
      return fenText(fenFromText(value, 'value'));
    case 'counterpartyDivision':
      if (!isDivision(value)) throw contractRule('C-43', { code: value }, { field: 'value' });
      return value;
    case 'relatedParty':
      if (value !== 'true' && value !== 'false') throw contractRule('C-40', { field, value }, { field: 'value' });
      return value === 'true';
    case 'counterparty':
      return value;
  }
};
