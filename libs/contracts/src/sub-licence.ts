import type { HeadFacts } from './contract-facts.js';
import { contractRule } from './contract-rules.js';
import type { ContractTerms } from './contract-terms.js';

/**
 * A sub-licence stands on a licence that allows it and cannot give more than that licence has (专利法 art 12, 民法典 art 867).
 * @throws Refusal L-30…L-32
 */
export const assertUnderHead = (terms: ContractTerms, head: HeadFacts | undefined): void => {
  if (terms.licenceKind !== 'SUB') return;
  if (!head) throw contractRule('L-30', {}, { field: 'headContract' });
  assertPermits(head);
  assertWithin(terms, head);
};

const assertPermits = ({ terms, isLodged, contractId: conflict }: HeadFacts): void => {
  const refused = (reasonZh: string, reasonEn: string) =>
    contractRule('L-31', { head: terms.number, reasonZh, reasonEn }, { field: 'headContract', conflict });
  if (terms.mode !== 'LICENCE' || !isLodged) throw refused('不是已入账的许可', 'it is no licence on the ledger');
  if (!terms.sublicensable) throw refused('未约定可分许可', 'it allows no sub-licence');
};

const assertWithin = (terms: ContractTerms, head: HeadFacts): void => {
  const assets = new Set(head.terms.assets.map(({ assetId }) => assetId));
  const lastDay = head.terminatedOn ?? head.terms.endsOn;
  const beyond = {
    assets: terms.assets.some(({ assetId }) => !assets.has(assetId)),
    effectiveOn: terms.effectiveOn < head.terms.effectiveOn,
    endsOn: lastDay !== undefined && (terms.endsOn === undefined || terms.endsOn > lastDay),
    territory: !isTerritoryCovered(terms.territory, head.terms.territory),
    fields: !isFieldCovered(terms.fields, head.terms.fields),
  };
  const field = Object.entries(beyond).find(([, isBeyond]) => isBeyond)?.[0];
  if (!field) return;
  throw contractRule('L-32', { field, head: head.terms.number }, { field, conflict: head.contractId });
};

/** Nothing stated means everything: only an unlimited licence covers that. */
const isCovered = (
  inner: readonly string[] | undefined,
  outer: readonly string[] | undefined,
  covers: (inner: string, outer: string) => boolean,
): boolean => outer === undefined || (inner?.every((code) => outer.some((wide) => covers(code, wide))) ?? false);

type Codes = readonly string[] | undefined;

export const isTerritoryCovered = (inner: Codes, outer: Codes): boolean => isCovered(inner, outer, liesIn);

export const isFieldCovered = (inner: Codes, outer: Codes): boolean =>
  isCovered(inner, outer, (narrow, wide) => narrow.startsWith(wide));

/** Trailing pairs of zeros leave a division code open: `000000` is all of China, `430000` all of Hunan. */
const liesIn = (inner: string, outer: string): boolean => inner.startsWith(outer.replace(/(00){1,3}$/, ''));
