import type { DealFacts } from './contract-facts.js';
import { priceOf, assertPriced, assertPublished, assertStillPriced, setsPrice } from './contract-pricing.js';
import type { ContractTerms, TermChanges } from './contract-terms.js';
import { pricingRule } from './pricing-rules.js';
import { isFieldCovered, isTerritoryCovered } from './sub-licence.js';

interface Repriced {
  readonly before: ContractTerms;
  readonly changes: TermChanges;
  /** Day the amendment was signed: the price is agreed anew on it. */
  readonly signedOn: string;
}

/**
 * Whoever gives more, or asks less, than was published or offered sets a price anew, however the first was found: under a new notice or
 * listing, or for a stated reason. Answers the ids of the rules passed over for one. @throws Refusal P-1, P-2, P-4, P-9
 */
export const assertRepriced = ({ before, changes, signedOn }: Repriced, facts: DealFacts): readonly string[] => {
  const after: ContractTerms = { ...before, ...changes };
  const anew = { ...after, signedOn };
  if (!needsNewPrice(before, anew, facts)) {
    if (changes.priceNotice === undefined) assertStillPriced(after, facts);
    else assertPriced(anew, facts);
    return [];
  }
  if (changes.priceNotice !== undefined && changes.priceNotice !== before.priceNotice)
    return assertPublished(anew, facts.notice);
  if (changes.listing && after.pricingMethod !== 'NEGOTIATED') return assertPriced(anew, facts);
  if (changes.priceNoticeExemption !== undefined) return ['P-9'];
  throw pricingRule('P-9', { number: before.number }, { field: 'priceNotice' });
};

const needsNewPrice = (before: ContractTerms, anew: ContractTerms, { stateFounded }: DealFacts): boolean =>
  stateFounded &&
  setsPrice(anew) &&
  pricingRule.governs('P-9', anew.signedOn) &&
  (givesMore(before, anew) || asksLess(before, anew));

const STRENGTH = { ORDINARY: 0, CROSS: 0, SUB: 0, SOLE: 1, EXCLUSIVE: 2 } as const;
/** Later than any legal date. */
const OPEN_END = '9999-12-31';

const givesMore = (before: ContractTerms, after: ContractTerms): boolean =>
  STRENGTH[after.licenceKind ?? 'ORDINARY'] > STRENGTH[before.licenceKind ?? 'ORDINARY'] ||
  (after.endsOn ?? OPEN_END) > (before.endsOn ?? OPEN_END) ||
  !isTerritoryCovered(after.territory, before.territory) ||
  !isFieldCovered(after.fields, before.fields);

const asksLess = (before: ContractTerms, after: ContractTerms): boolean =>
  priceOf(after) < priceOf(before) ||
  (before.royalty !== undefined &&
    (after.royalty?.base !== before.royalty.base || after.royalty.permyriad < before.royalty.permyriad));
