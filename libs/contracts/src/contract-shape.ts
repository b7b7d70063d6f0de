import { WHOLE_PERMYRIAD, isDivision } from '@app/kernel';
import { contractRule } from './contract-rules.js';
import type { ContractTerms } from './contract-terms.js';

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
  const fits = feeType === 'FREE' ? fee === 0n : feeType === 'RUNNING_ROYALTY' || fee > 0n;
  if (!fits) throw contractRule('C-34', { feeType, fee }, { field: place });
};

/** Royalty, entry fee and instalments go with the fee type and the fee. @throws Refusal C-47, C-48 */
export const assertMoneyFits = ({ feeType, feeFen = '0', entryFeeFen, royalty, instalments }: ContractTerms): void => {
  const misfit = (field: string) => contractRule('C-48', { field, feeType }, { field });
  const hasRoyalty = feeType === 'RUNNING_ROYALTY' || feeType === 'ENTRY_FEE_PLUS_ROYALTY';
  if (entryFeeFen !== undefined && feeType !== 'ENTRY_FEE_PLUS_ROYALTY') throw misfit('entryFee');
  if (royalty && !hasRoyalty) throw misfit('royalty');
  if (!instalments) return;
  if (feeType !== 'INSTALMENTS') throw misfit('instalments');
  const sum = instalments.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n);
  if (sum !== BigInt(feeFen)) throw contractRule('C-47', { sum, fee: feeFen }, { field: 'instalments' });
};

const LICENCE_ONLY = ['territory', 'fields', 'sublicensable', 'asOwnUse'] as const;

const assertMode = (terms: ContractTerms): void => {
  const { mode, licenceKind, inventorSharePermyriad, headContract, signedOn } = terms;
  if (mode !== 'LICENCE') {
    if (licenceKind) throw contractRule('C-33', {}, { field: 'licenceKind' });
    const field = LICENCE_ONLY.find((name) => terms[name] !== undefined);
    if (field) throw contractRule('C-49', { field }, { field });
  }
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

const assertEquity = ({ mode, equity }: ContractTerms): void => {
  if (!equity) return;
  const { sharePermyriad } = equity;
  if (mode !== 'EQUITY' || sharePermyriad < 1 || sharePermyriad > WHOLE_PERMYRIAD)
    throw contractRule('C-50', {}, { field: 'equity' });
};
