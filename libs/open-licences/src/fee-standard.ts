import { FEE_TYPES, type FeeType, WHOLE_PERMYRIAD } from '@app/kernel';
import { openLicenceRule } from './open-licence-rules.js';

/** What a royalty is taken of (提成基数; D§3.4 OL-9). */
export const ROYALTY_BASES = {
  NET_SALES: { zh: '净销售额', en: 'Net sales' },
  PROFIT: { zh: '利润额', en: 'Profit' },
  OUTPUT_UNIT: { zh: '产量', en: 'Units of output' },
} as const;
export type RoyaltyBase = keyof typeof ROYALTY_BASES;

/** One part of a fee paid by instalments, due so many months after the licence takes effect; the first at once. */
export interface OfferedInstalment {
  readonly afterMonths: number;
  readonly amountFen: string;
}

/** What a taker pays (许可使用费支付方式、标准; 专利法 art 50). Fees in fen as text, the royalty in 0.01%. */
export interface FeeTerms {
  readonly feeType: FeeType;
  /** The whole fee, or the entry fee. */
  readonly feeFen?: string;
  readonly royaltyPermyriad?: number;
  readonly royaltyBase?: RoyaltyBase;
  readonly instalments?: readonly OfferedInstalment[];
  /** How the fee was calculated (使用费计算依据和方式), in words. */
  readonly valuation?: string;
}

/** A version of the announced standard; the first is the declaration's own. */
export interface FeeStandard extends FeeTerms {
  readonly version: number;
  /** In force from the day it was announced. */
  readonly announcedOn: string;
}

/** What each fee type announces: an amount, a rate, both, or neither. */
const ANNOUNCES: Readonly<Record<FeeType, { readonly fee: boolean; readonly royalty: boolean }>> = {
  FREE: { fee: false, royalty: false },
  LUMP_SUM: { fee: true, royalty: false },
  INSTALMENTS: { fee: true, royalty: false },
  RUNNING_ROYALTY: { fee: false, royalty: true },
  ENTRY_FEE_PLUS_ROYALTY: { fee: true, royalty: true },
};

/** @throws Refusal OL-9, OL-27, OL-28 */
export const assertFee = (terms: FeeTerms): void => {
  const { feeType, feeFen, royaltyPermyriad: royalty = 0, royaltyBase } = terms;
  const fee = BigInt(feeFen ?? '0');
  const announces = ANNOUNCES[feeType];
  const isFeeRight = announces.fee === fee > 0n;
  if (!isFeeRight || announces.royalty !== royalty > 0 || royalty > WHOLE_PERMYRIAD) {
    const parameters = { feeType: FEE_TYPES[feeType].zh, fee, royalty };
    throw openLicenceRule('OL-9', parameters, { field: isFeeRight ? 'royaltyPermyriad' : 'fee' });
  }
  if (royaltyBase && royalty === 0) throw openLicenceRule('OL-28', {}, { field: 'royaltyBase' });
  assertInstalments(terms, fee);
};

const assertInstalments = ({ feeType, instalments }: FeeTerms, fee: bigint): void => {
  if (!instalments) return;
  const sum = instalments.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n);
  const isOrdered = instalments.every(({ afterMonths }, index) =>
    index === 0 ? afterMonths === 0 : afterMonths > (instalments[index - 1]?.afterMonths ?? 0),
  );
  const isPaid = instalments.every(({ amountFen }) => BigInt(amountFen) > 0n);
  if (feeType === 'INSTALMENTS' && sum === fee && isOrdered && isPaid) return;
  throw openLicenceRule('OL-27', { fee, sum }, { field: 'instalments' });
};

/** The part of a declaration that says what is paid. */
export const feeTermsOf = (terms: FeeTerms): FeeTerms => {
  const { feeType, feeFen, royaltyPermyriad, royaltyBase, instalments, valuation } = terms;
  return {
    feeType,
    ...(feeFen === undefined ? {} : { feeFen }),
    ...(royaltyPermyriad === undefined ? {} : { royaltyPermyriad }),
    ...(royaltyBase === undefined ? {} : { royaltyBase }),
    ...(instalments === undefined ? {} : { instalments }),
    ...(valuation === undefined ? {} : { valuation }),
  };
};

/** The two standards are the same whatever they were called. */
export const isSameFee = (one: FeeTerms, other: FeeTerms): boolean => keyOf(one) === keyOf(other);

const keyOf = ({ feeType, feeFen, royaltyPermyriad, royaltyBase, instalments, valuation }: FeeTerms): string =>
  JSON.stringify([feeType, feeFen, royaltyPermyriad, royaltyBase, instalments, valuation]);

/** What must be paid before the licence is held: a royalty runs afterwards; of instalments the first, at least a fen where none is fixed. */
export const dueAtOnce = ({ feeType, feeFen = '0', instalments }: FeeTerms): bigint => {
  switch (feeType) {
    case 'FREE':
    case 'RUNNING_ROYALTY':
      return 0n;
    case 'INSTALMENTS':
      return BigInt(instalments?.[0]?.amountFen ?? '1');
    case 'LUMP_SUM':
    case 'ENTRY_FEE_PLUS_ROYALTY':
      return BigInt(feeFen);
  }
};

/** The most that can be paid under the standard: its whole fee. What a royalty comes to nobody knows beforehand. */
export const payableAtMost = ({ feeType, feeFen = '0' }: FeeTerms): bigint | undefined => {
  switch (feeType) {
    case 'FREE':
      return 0n;
    case 'LUMP_SUM':
    case 'INSTALMENTS':
      return BigInt(feeFen);
    case 'RUNNING_ROYALTY':
    case 'ENTRY_FEE_PLUS_ROYALTY':
      return undefined;
  }
};

/** The standard in force on a day; the first one before any was. */
export const standardOn = (standards: readonly FeeStandard[], date: string): FeeStandard | undefined =>
  standards.findLast(({ announcedOn }) => announcedOn <= date) ?? standards[0];

/** 2000万元 in fen. */
const FIXED_FEE_USUAL = 2_000_000_000n;
const ROYALTY_USUAL: Readonly<Partial<Record<RoyaltyBase, number>>> = { NET_SALES: 2_000, PROFIT: 4_000 };

/** The rules a standard announced on a date makes one think about; none of them blocks. A royalty without a base is taken as one of net sales. */
export const feeWarnings = (terms: FeeTerms, date: string): string[] => {
  const { feeFen = '0', royaltyPermyriad = 0, royaltyBase = 'NET_SALES', valuation } = terms;
  const usual = ROYALTY_USUAL[royaltyBase] ?? WHOLE_PERMYRIAD;
  const doubts = [
    ['OL-23', BigInt(feeFen) > FIXED_FEE_USUAL],
    ['OL-24', royaltyPermyriad > usual],
    ['OL-25', valuation === undefined],
  ] as const;
  return doubts.filter(([rule, holds]) => holds && openLicenceRule.governs(rule, date)).map(([rule]) => rule);
};
