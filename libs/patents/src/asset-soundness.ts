import type { Refusal } from '@app/kernel';
import { LAPSE_CAUSES, REGISTRATION_ENDS } from './asset-entry.js';
import type { Right } from './asset-events.js';
import { assetRule } from './asset-rules.js';
import { isExcluding } from './asset-scope.js';
import { type Asset, type HeldRight, present } from './asset-state.js';
import { boundOf, coOwnersAt, endAt, pledgesAt, suspensionsAt } from './asset-status.js';

/** What the legal life of an asset must allow a right, apart from the other rights on it. */
type Judged = Pick<HeldRight, 'right' | 'consents' | 'pledgeeConsent' | 'bySuccession'>;

/** The day a right begins. */
export const beginOf = (right: Right): string => (right.kind === 'LICENCE' ? right.from : right.on);

/**
 * On the day it begins the right must lie within a living right, with the consents the law asks for. What happens to the asset later
 * does not reach back. @throws Refusal OL-8, L-11, L-10, L-13, L-15
 */
export const assertSound = (asset: Asset, wanted: Judged): void => {
  const { right } = wanted;
  const on = beginOf(right);
  if (right.kind === 'LICENCE') assertInTerm(asset, right.to ?? right.from);
  assertLiving(asset, on, right.kind === 'TITLE');
  if (right.kind === 'LICENCE' && right.licence === 'SUB') return;
  assertConsents(asset, wanted, on);
  assertPledgee(asset, wanted, on);
  if (right.kind === 'TITLE') assertNotSuspended(asset, on);
};

/** @throws Refusal OL-8 */
export const assertInTerm = (asset: Asset, to: string): void => {
  const { number } = present(asset);
  const expiry = boundOf(asset);
  if (expiry && to > expiry) throw assetRule('OL-8', { to, number, expiry }, { field: 'endsOn' });
};

/** @throws Refusal L-11 */
export const assertLiving = (asset: Asset, on: string, alsoByTerm = false): void => {
  if (!assetRule.governs('L-11', on)) return;
  const { number } = present(asset);
  const dead = (reasonZh: string, reasonEn: string) =>
    assetRule('L-11', { number, on, reasonZh, reasonEn }, { field: 'assets' });
  assertAlive(asset, on, dead);
  const expiry = alsoByTerm ? boundOf(asset) : undefined;
  if (expiry && on > expiry) throw dead(`期限于 ${expiry} 届满`, `its term ended on ${expiry}`);
};

/** @throws what `dead` makes of the reason, when the right was at an end by a date */
export const assertAlive = (asset: Asset, on: string, dead: (zh: string, en: string) => Refusal): void => {
  const end = endAt(asset, on);
  if (!end) return;
  const { on: since } = end.data;
  const cause = endTexts(end);
  throw dead(`已于 ${since} ${cause.zh}`, `${cause.en.toLowerCase()} on ${since}`);
};

const endTexts = (end: NonNullable<ReturnType<typeof endAt>>): { readonly zh: string; readonly en: string } => {
  switch (end.type) {
    case 'PatentInvalidated':
      return { zh: `被宣告无效（${end.data.decisionNo}）`, en: `Declared invalid (${end.data.decisionNo})` };
    case 'PatentLapsed':
      return LAPSE_CAUSES[end.data.cause];
    case 'RegistrationEnded':
      return REGISTRATION_ENDS[end.data.cause];
    default:
      return { zh: '公开', en: 'Disclosed' };
  }
};

/**
 * Any co-owner gives ordinary licences alone; everything else the parties agree on needs them all.
 * @throws Refusal L-10
 */
const assertConsents = (asset: Asset, { right, consents = [], bySuccession }: Judged, on: string): void => {
  const needed = right.kind === 'TITLE' ? !right.back && !bySuccession : isExcluding(right);
  if (!needed || !assetRule.governs('L-10', on)) return;
  const missing = coOwnersAt(asset, on)
    .map(({ name }) => name)
    .filter((name) => !consents.includes(name));
  if (missing.length === 0) return;
  const { number } = present(asset);
  throw assetRule('L-10', { number, owners: missing.join('、') }, { field: 'coOwnerConsents' });
};

/** @throws Refusal L-13 */
export const assertPledgee = (
  asset: Asset,
  { pledgeeConsent }: Pick<HeldRight, 'pledgeeConsent'>,
  on: string,
): void => {
  const [pledge] = pledgesAt(asset, on);
  if (!pledge || pledgeeConsent || !assetRule.governs('L-13', on)) return;
  const { pledgeNo, pledgee } = pledge;
  throw assetRule(
    'L-13',
    { number: present(asset).number, on, pledgeNo, pledgee },
    { field: 'pledgeeConsent', conflict: pledgeNo },
  );
};

/** @throws Refusal L-15 */
export const assertNotSuspended = (asset: Asset, on: string, field = 'assets'): void => {
  const [suspension] = suspensionsAt(asset, on);
  if (!suspension || !assetRule.governs('L-15', on)) return;
  const { documentNo, on: since } = suspension;
  throw assetRule('L-15', { number: present(asset).number, on, documentNo, since }, { field, conflict: documentNo });
};
