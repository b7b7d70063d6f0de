import type { Problem } from './http.js';

/** Ids of records are derived digests. */
const RECORD_ID = /^[0-9a-f]{20}$/;

/** What kind of record stands in the way, by the rule that names it; other rules name what is no record of its own. */
const KINDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(L-|C-2[01]$)/, 'contract'],
  [/^P-/, 'price-notice'],
  [/^OL-12$/, 'open-licence-grant'],
  [/^OL-/, 'open-licence'],
  [/^[DE]-/, 'disclosure'],
  [/^F-/, 'fund-claim'],
];

/** The page of the record a refusal names, where that can be told. */
export const conflictPath = ({ rule = '', place }: Problem): string | undefined => {
  const kind = KINDS.find(([rules]) => rules.test(rule))?.[1];
  return kind && RECORD_ID.test(place.conflict ?? '') ? `/records/${kind}/${place.conflict}` : undefined;
};
