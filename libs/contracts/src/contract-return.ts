import { compactNumber } from '@app/kernel';
import type { NamedContract } from './contract-facts.js';
import { contractRule } from './contract-rules.js';
import { type ContractTerms, movesTitle } from './contract-terms.js';

/**
 * A return (回转) undoes a transfer, so it sets no price: it stands on a contract of the university that took the title of every asset
 * returned, and comes from the party that received it. @throws Refusal C-55, C-56
 */
export const assertReturns = (terms: ContractTerms, returned: NamedContract | undefined): void => {
  const { returnOf: number, mode } = terms;
  if (number === undefined) return;
  if (mode !== 'TRANSFER') throw contractRule('C-55', { number }, { field: 'returnOf' });
  const [zh, en] = shortcomingOf(terms, returned);
  if (!zh || !en) return;
  const conflict = returned ? { conflict: returned.contractId } : {};
  throw contractRule('C-56', { number, reasonZh: zh, reasonEn: en }, { field: 'returnOf', ...conflict });
};

type Shortcoming = readonly [zh: string, en: string] | readonly [];

const shortcomingOf = (terms: ContractTerms, returned: NamedContract | undefined): Shortcoming => {
  if (!returned?.isLodged) return ['没有入账或已作废', 'it is not on the ledger, or voided'];
  const { mode, returnOf, assets, signedOn } = returned.terms;
  if (!movesTitle(mode) || returnOf !== undefined)
    return ['没有把权属转出学校', 'it took no title from the university'];
  if (terms.signedOn < signedOn) return [`于 ${signedOn} 才签订`, `it was signed only on ${signedOn}`];
  const taken = new Set(assets.map(({ assetId }) => assetId));
  const beyond = terms.assets.find(({ assetId }) => !taken.has(assetId));
  if (beyond) return [`未列 ${beyond.number}`, `it does not list ${beyond.number}`];
  return isSameParty(terms, returned.terms) ? [] : ['受让方不是本合同的对方', 'its receiver is another party'];
};

type Party = Pick<ContractTerms, 'counterparty' | 'counterpartyCode'>;

/** By credit code where both are known, else by name; names differ in spacing, width and case. */
const isSameParty = (one: Party, other: Party): boolean =>
  one.counterpartyCode !== undefined && other.counterpartyCode !== undefined
    ? one.counterpartyCode === other.counterpartyCode
    : compactNumber(one.counterparty) === compactNumber(other.counterparty);
