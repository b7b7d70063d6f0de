import type {
  AssetEvent,
  CancelOpenGrant,
  CheckFeeStandard,
  EndOpenGrant,
  EndOpenLicence,
  EnterOpenGrant,
  EnterOpenLicence,
} from './asset-events.js';
import { assetRule } from './asset-rules.js';
import { assertInTerm, assertLiving } from './asset-soundness.js';
import { type Asset, type HeldRight, heldBy, nameOf, openLicenceOf, openTermOf, present } from './asset-state.js';
import { assertNotReleasing, assertOpenable, assertOwner, assertUnburdened } from './asset-title.js';

export type OpenLicenceCommand =
  | EnterOpenLicence
  | EndOpenLicence
  | EnterOpenGrant
  | EndOpenGrant
  | CancelOpenGrant
  | CheckFeeStandard;

const enter = ({ type: _type, ...data }: EnterOpenLicence, asset: Asset): AssetEvent[] => {
  const { declarationId, number, universityId, from, to } = data;
  const known = openLicenceOf(declarationId, asset);
  if (known) return sameOr(known.from === from && known.to === to, number, asset);
  assertNotReleasing(asset);
  assertOwner(asset, universityId, from, 'asset');
  assertInTerm(asset, to);
  assertOpenable(asset, data);
  return [{ type: 'OpenLicenceEntered', data }];
};

/** A late end may come before one that is known (a lapse heard of afterwards), never after it. */
const end = ({ declarationId, on }: EndOpenLicence, asset: Asset): AssetEvent[] => {
  const open = openLicenceOf(declarationId, asset);
  if (!open || on > open.to || open.endedOn === on) return [];
  const { number = declarationId, endedOn } = open;
  if (endedOn !== undefined && endedOn < on) throw otherDates(number, asset);
  assertNoGrantSince(declarationId, on, asset, { rule: 'OL-12', field: 'withdrawnOn' });
  return [{ type: 'OpenLicenceEnded', data: { declarationId, on } }];
};

/** What is told late does not reach a grant that was given notice of by then. */
const assertNoGrantSince = (
  declarationId: string,
  on: string,
  { rights }: Asset,
  { rule, field }: { readonly rule: 'OL-12' | 'OL-38'; readonly field: string },
): void => {
  const grant = rights.find((held) => held.declarationId === declarationId && (held.noticeOn ?? '') >= on);
  if (!grant) return;
  const { contractId: conflict, noticeOn = '' } = grant;
  throw assetRule(rule, { on, grant: nameOf(grant), noticeOn }, { field, conflict });
};

/** Asks only. @throws Refusal OL-38 */
const checkFeeStandard = ({ declarationId, on }: CheckFeeStandard, asset: Asset): AssetEvent[] => {
  present(asset);
  assertNoGrantSince(declarationId, on, asset, { rule: 'OL-38', field: 'announcedOn' });
  return [];
};

const enterGrant = ({ type: _type, universityId, ...data }: EnterOpenGrant, asset: Asset): AssetEvent[] => {
  const { grantId, number: name, declarationId, noticeOn, from, to } = data;
  assertNotCancelled(grantId, name, asset);
  const known = heldBy(grantId, asset);
  if (known) return sameOr(sameTerm(known, data), name, asset);
  const { number } = present(asset);
  const open = openLicenceOf(declarationId, asset);
  const term = open && openTermOf(open);
  if (!term || noticeOn < term.from || noticeOn > term.to) {
    const declaration = open?.number ?? declarationId;
    throw assetRule('OL-11', { declaration, number, on: noticeOn }, { field: 'noticeOn', conflict: declarationId });
  }
  assertNotReleasing(asset);
  assertOwner(asset, universityId, noticeOn, 'noticeOn');
  assertLiving(asset, from);
  assertUnburdened(asset, { kind: 'LICENCE', licence: 'ORDINARY', from, to });
  return [{ type: 'OpenGrantEntered', data }];
};

const sameTerm = (
  { right, noticeOn, ended }: HeldRight,
  grant: Omit<EnterOpenGrant, 'type' | 'universityId'>,
): boolean =>
  right.kind === 'LICENCE' &&
  right.from === grant.from &&
  (ended ? ended.agreedTo : right.to) === grant.to &&
  noticeOn === grant.noticeOn;

const endGrant = ({ grantId, on }: EndOpenGrant, asset: Asset): AssetEvent[] => {
  const held = heldBy(grantId, asset);
  const { number } = present(asset);
  if (held?.right.kind !== 'LICENCE' || held.declarationId === undefined) {
    throw assetRule('C-22', { contract: held ? nameOf(held) : grantId, number }, { conflict: grantId });
  }
  if (held.right.to === on) return [];
  if (held.ended || on > (held.right.to ?? on)) throw otherDates(nameOf(held), asset);
  return [{ type: 'OpenGrantEntryEnded', data: { grantId, on } }];
};

const cancelGrant = ({ grantId }: CancelOpenGrant, asset: Asset): AssetEvent[] => {
  present(asset);
  const held = heldBy(grantId, asset);
  if (asset.cancelled.has(grantId)) return [];
  if (held) throw settled(nameOf(held), asset);
  return [{ type: 'OpenGrantEntryCancelled', data: { grantId } }];
};

const assertNotCancelled = (id: string, name: string, asset: Asset): void => {
  const { number } = present(asset);
  if (asset.cancelled.has(id)) throw assetRule('C-21', { contract: name, number }, { conflict: id });
};

/** The same again has nothing left to do; other dates are another fact, which is refused rather than lost. */
const sameOr = (same: boolean, name: string, asset: Asset): AssetEvent[] => {
  if (!same) throw otherDates(name, asset);
  return [];
};

const otherDates = (name: string, asset: Asset) =>
  assetRule('L-19', { record: name, number: present(asset).number }, { field: 'asset' });

const settled = (name: string, asset: Asset) => assetRule('C-24', { contract: name, number: present(asset).number });

export const decideOpenLicence = (command: OpenLicenceCommand, asset: Asset): AssetEvent[] => {
  switch (command.type) {
    case 'EnterOpenLicence':
      return enter(command, asset);
    case 'EndOpenLicence':
      return end(command, asset);
    case 'EnterOpenGrant':
      return enterGrant(command, asset);
    case 'EndOpenGrant':
      return endGrant(command, asset);
    case 'CancelOpenGrant':
      return cancelGrant(command, asset);
    case 'CheckFeeStandard':
      return checkFeeStandard(command, asset);
  }
};
