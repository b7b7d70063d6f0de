import { Refusal } from '@app/kernel';
import { ENTRY_TITLES } from './asset-entry.js';
import type { AssetEvent, VoidEntry } from './asset-events.js';
import { assertFits } from './asset-lifecycle.js';
import { assetRule } from './asset-rules.js';
import { assertLiving, assertSound, beginOf } from './asset-soundness.js';
import { type Asset, type EnteredFact, type HeldRight, type OpenLicence, nameOf, present } from './asset-state.js';
import { dateOf } from './asset-status.js';
import { assertDeclaredByAll, assertUnhindered } from './asset-title.js';

/** @throws Refusal C-23, I-19 no such entry, I-20 another entry stands on it, L-17 a right stands on it */
export const voidEntry = ({ type: _type, ...voiding }: VoidEntry, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  const { revision } = voiding;
  if (asset.voided.has(revision)) return [];
  const fact = asset.facts.find((entered) => entered.revision === revision);
  if (!fact) throw assetRule('I-19', { number, revision }, { field: 'revision' });
  const left = without(asset, fact);
  assertNoEntryOn(asset, left);
  assertNoRightOn(asset, left);
  return [{ type: 'AssetEntryVoided', data: { ...voiding, entry: fact.entry.type } }];
};

const without = (asset: Asset, fact: EnteredFact): Asset => ({
  ...asset,
  facts: asset.facts.filter((other) => other !== fact),
});

/** An entry or a right stands on a fact when a rule accepts it with the fact and refuses it without. */
const standsOn = (judge: (asset: Asset) => void, before: Asset, after: Asset): boolean =>
  holds(judge, before) && !holds(judge, after);

const holds = (judge: (asset: Asset) => void, asset: Asset): boolean => {
  try {
    judge(asset);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};

/** An entry that fits the asset as it is, and no longer as it would be. */
export const entryOn = (asset: Asset, left: Asset): EnteredFact | undefined =>
  left.facts.find((other) => standsOn((judged) => assertFits(other.entry, without(judged, other)), asset, left));

const assertNoEntryOn = (asset: Asset, left: Asset): void => {
  const standing = entryOn(asset, left);
  if (!standing) return;
  const { zh: entryZh, en: entryEn } = ENTRY_TITLES[standing.entry.type];
  const on = dateOf(standing.entry);
  throw assetRule('I-20', { number: present(asset).number, entryZh, entryEn, on }, { field: 'revision' });
};

/** A right that is sound on the asset as it is, and no longer as it would be: by its number and its id. */
export const rightOn = (asset: Asset, left: Asset): { record: string; conflict: string } | undefined => {
  const right = asset.rights.find((held) => standsOn((judged) => assertHeldSoundly(judged, held), asset, left));
  const open = asset.openLicences.find((declared) =>
    standsOn((judged) => assertOpenSoundly(judged, declared), asset, left),
  );
  if (right) return { record: nameOf(right), conflict: right.contractId };
  return open && { record: open.number ?? open.declarationId, conflict: open.declarationId };
};

const assertNoRightOn = (asset: Asset, left: Asset): void => {
  const right = rightOn(asset, left);
  if (!right) return;
  const { record, conflict } = right;
  throw assetRule('L-17', { number: present(asset).number, record }, { field: 'revision', conflict });
};

const assertHeldSoundly = (asset: Asset, held: HeldRight): void =>
  held.declarationId === undefined ? assertSound(asset, held) : assertLiving(asset, beginOf(held.right));

const assertOpenSoundly = (asset: Asset, open: OpenLicence): void => {
  assertUnhindered(asset, open, (reasonZh, reasonEn) =>
    assetRule('OL-1', { number: present(asset).number, reasonZh, reasonEn }),
  );
  assertDeclaredByAll(asset, open);
};
