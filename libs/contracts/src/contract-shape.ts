import { WHOLE_PERMYRIAD, isDivision } from '@app/kernel';
import { lifeRule } from './contract-life-rules.js';
import { contractRule } from './contract-rules.js';
import { pricingRule } from './pricing-rules.js';
import type { ContractTerms, Instalment } from './contract-terms.js';

/** What must hold of a contract's terms by themselves, whatever the titles say. @throws Refusal C-30…C-35, C-39, C-43, C-47…C-51, L-30, E-1 */
export const assertSound = (terms: ContractTerms, today: string): void => {
  assertDates(terms, today);
  assertAssets(terms);
  assertScope(terms);
  assertFee(terms);
  assertMoneyFits(terms);
  assertMode(terms);
};

const assertDates = (terms: ContractTerms, today: string): void => {
  const { signedOn: date } = terms;
  if (date > today) throw contractRule('C-30', { field: 'signedOn', date, today }, { field: 'signedOn' });
  assertTerm(terms);
};

/** @throws Refusal C-39, C-31 */
export const assertTerm = ({ signedOn, effectiveOn, endsOn }: ContractTerms, place?: string): void => {
  // 民法典 art 502: a contract takes effect when it is concluded, or later as agreed; an earlier date would rewrite a past year.
  if (effectiveOn < signedOn) {
    throw contractRule(
      'C-39',
      { field: 'effectiveOn', date: effectiveOn, signedOn },
      { field: place ?? 'effectiveOn' },
    );
  }
  if (endsOn && endsOn < effectiveOn) throw contractRule('C-31', { endsOn, effectiveOn }, { field: place ?? 'endsOn' });
};

const assertAssets = ({ assets }: ContractTerms): void => {
  const distinct = new Set(assets.map(({ assetId }) => assetId));
  if (distinct.size === 0 || distinct.size !== assets.length) throw contractRule('C-32', {}, { field: 'assets' });
};

/** `000000` stands for all of China in a licence's territory. */
const CHINA = '000000';
/** A section letter of GB/T 4754, or with the division, group or class below it. */
const INDUSTRY = /^[A-T](\d{2,4})?$/;

const assertScope = (terms: ContractTerms): void => {
  const { counterpartyDivision, implementationDivision, territory = [], fields = [] } = terms;
  for (const [field, code] of Object.entries({ counterpartyDivision, implementationDivision })) {
    if (code !== undefined && !isDivision(code)) throw contractRule('C-43', { code }, { field });
  }
  const nowhere = territory.find((code) => code !== CHINA && !isDivision(code));
  if (nowhere !== undefined) throw contractRule('C-43', { code: nowhere }, { field: 'territory' });
  const unknown = fields.find((code) => !INDUSTRY.test(code));
  if (unknown !== undefined) throw contractRule('C-51', { code: unknown }, { field: 'fields' });
};

/** @throws Refusal C-34 */
export const assertFee = ({ feeType, feeFen, entryFeeFen }: ContractTerms, place = 'fee'): void => {
  const fee = BigInt(feeFen ?? entryFeeFen ?? '0');
  // A pure royalty is earned, not fixed: a sum beside it would only pass for the price.
  const isUnfixed = feeType === 'FREE' || feeType === 'RUNNING_ROYALTY';
  const fits = isUnfixed ? fee === 0n : fee > 0n;
  if (!fits) throw contractRule('C-34', { feeType, fee }, { field: place });
};

/** Royalty, entry fee and instalments go with the fee type and the fee. @throws Refusal C-47, C-48 */
export const assertMoneyFits = (terms: ContractTerms): void => {
  const { feeType, feeFen, entryFeeFen, royalty, instalments } = terms;
  const misfit = (field: string) => contractRule('C-48', { field, feeType }, { field });
  const hasRoyalty = feeType === 'RUNNING_ROYALTY' || feeType === 'ENTRY_FEE_PLUS_ROYALTY';
  if (entryFeeFen !== undefined && feeType !== 'ENTRY_FEE_PLUS_ROYALTY') throw misfit('entryFee');
  // The entry fee may be given as the amount, not beside another.
  if (entryFeeFen !== undefined && feeFen !== undefined) throw misfit('fee');
  if (royalty && !hasRoyalty) throw misfit('royalty');
  if (instalments && feeType !== 'INSTALMENTS') throw misfit('instalments');
  assertPlan(terms);
};

/** @throws Refusal C-47, C-78 */
const assertPlan = ({ instalments, feeFen = '0', signedOn }: ContractTerms): void => {
  if (!instalments) return;
  const sum = instalments.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n);
  if (sum !== BigInt(feeFen)) throw contractRule('C-47', { sum, fee: feeFen }, { field: 'instalments' });
  assertInOrder(signedOn, instalments);
};

/** @throws Refusal C-78 */
const assertInOrder = (signedOn: string, instalments: readonly Instalment[]): void => {
  instalments.forEach(({ dueOn }, index) => {
    const earlier = instalments[index - 1]?.dueOn ?? signedOn;
    if (dueOn < earlier) throw lifeRule('C-78', { instalment: index + 1, dueOn, earlier }, { field: 'instalments' });
  });
};

const LICENCE_ONLY = ['endsOn', 'territory', 'fields', 'sublicensable', 'asOwnUse'] as const;

/** What some terms belong to, and to nothing else (C-49). */
const OWNERS = {
  licence: { ofZh: '许可合同', ofEn: 'a licence' },
  ordinary: { ofZh: '普通许可', ofEn: 'an ordinary licence' },
  release: { ofZh: '转给发明人', ofEn: 'a release to the inventor' },
  listing: { ofZh: '挂牌或拍卖', ofEn: 'a listing or an auction' },
} as const;

/** Refusal C-49 of a term the contract has no use for. */
export const misplaced = (field: string, owner: keyof typeof OWNERS) =>
  contractRule('C-49', { field, ...OWNERS[owner] }, { field });

/** @throws Refusal C-49 */
const assertPlaced = (terms: ContractTerms): void => {
  const { mode, licenceKind = 'ORDINARY', asOwnUse, inventorSharePermyriad } = terms;
  const ofLicence = mode === 'LICENCE' ? undefined : LICENCE_ONLY.find((name) => terms[name] !== undefined);
  if (ofLicence) throw misplaced(ofLicence, 'licence');
  if (asOwnUse && licenceKind !== 'ORDINARY') throw misplaced('asOwnUse', 'ordinary');
  if (mode !== 'RELEASE' && inventorSharePermyriad !== undefined) throw misplaced('inventorShare', 'release');
};

/** Whoever lists does so by a listing or an auction, which begins before it ends. @throws Refusal C-49, P-4 */
const assertListing = ({ pricingMethod, listing, signedOn }: ContractTerms): void => {
  if (!listing) return;
  if (pricingMethod === 'NEGOTIATED') throw misplaced('platform', 'listing');
  if (listing.from > listing.to) throw pricingRule('P-4', { signedOn }, { field: 'listedTo' });
};

const assertMode = (terms: ContractTerms): void => {
  const { mode, licenceKind, inventorSharePermyriad, headContract, signedOn } = terms;
  if (mode !== 'LICENCE' && licenceKind) throw contractRule('C-33', {}, { field: 'licenceKind' });
  assertPlaced(terms);
  assertListing(terms);
  if ((licenceKind === 'SUB') !== (headContract !== undefined))
    throw contractRule('L-30', {}, { field: 'headContract' });
  if (isUnlicensedExport(terms)) throw contractRule('C-35', {}, { field: 'exportLicenceNo' });
  if (mode === 'RELEASE' && inventorSharePermyriad === undefined && contractRule.governs('E-1', signedOn))
    throw contractRule('E-1', {}, { field: 'inventorShare' });
  assertEquity(terms);
};

/** Transfers and licences alike are exports of technology (技术进出口管理条例 art 2). */
const isUnlicensedExport = ({
  foreignParty,
  exportLicenceNo,
  exportRegistrationNo,
  signedOn,
}: ContractTerms): boolean =>
  foreignParty === true && !exportLicenceNo && !exportRegistrationNo && contractRule.governs('C-35', signedOn);

/** Rewards from shares are measured against their value (P-3). */
const valueOf = ({ equity, feeFen, entryFeeFen }: ContractTerms): bigint =>
  BigInt(equity?.valueFen ?? feeFen ?? entryFeeFen ?? '0');

const assertEquity = (terms: ContractTerms): void => {
  const { mode, equity } = terms;
  if (mode === 'EQUITY' && valueOf(terms) === 0n) throw lifeRule('C-77', {}, { field: 'equity' });
  if (!equity) return;
  const { sharePermyriad } = equity;
  if (mode !== 'EQUITY' || sharePermyriad < 1 || sharePermyriad > WHOLE_PERMYRIAD)
    throw contractRule('C-50', {}, { field: 'equity' });
};
