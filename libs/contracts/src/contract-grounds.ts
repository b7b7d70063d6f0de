import type { AssetRelease, DealFacts } from './contract-facts.js';
import { lifeRule } from './contract-life-rules.js';
import type { ContractTerms } from './contract-terms.js';

/** A university neither licenses nor transfers to itself. @throws Refusal C-75 */
export const assertOtherParty = (
  { universityId }: Pick<ContractTerms, 'universityId'>,
  { receiver }: Pick<DealFacts, 'receiver'>,
  field: string,
): void => {
  if (receiver?.universityId === universityId) throw lifeRule('C-75', { name: receiver.name }, { field });
};

/**
 * What a title passes on where it is no conversion: a succession names its document, a release the one of its disclosure. Answers E-1
 * where a release goes without and says why. @throws Refusal C-58, C-59
 */
export const assertGrounded = (terms: ContractTerms, { releases = [] }: DealFacts): readonly string[] => {
  const { mode, ground, signedOn } = terms;
  if (mode === 'SUCCESSION' && ground === undefined) throw lifeRule('C-59', {}, { field: 'ground' });
  if (mode !== 'RELEASE' || !lifeRule.governs('C-58', signedOn)) return [];
  const unmet = releases.flatMap((asset) => shortcomingOf(asset, terms));
  const [first] = unmet;
  if (!first) return [];
  if (ground !== undefined) return ['E-1'];
  throw lifeRule('C-58', first, { field: 'ground' });
};

const shortcomingOf = (
  { number, release }: AssetRelease,
  { counterparty, inventorSharePermyriad = 0 }: ContractTerms,
): ReadonlyArray<{ readonly number: string; readonly reasonZh: string; readonly reasonEn: string }> => {
  if (!release) return [{ number, reasonZh: '没有转让记录', reasonEn: 'has none on record' }];
  if (!release.inventors.includes(counterparty))
    return [{ number, reasonZh: '转给了其他发明人', reasonEn: 'was released to others' }];
  return release.sharePermyriad === inventorSharePermyriad
    ? []
    : [{ number, reasonZh: '约定了不同的比例', reasonEn: 'was released with another share' }];
};
