import { type Decider, type DecisionContext, addDays } from '@app/kernel';
import { assertRegistrable, correctData } from './asset-data.js';
import type {
  AssetCommand,
  AssetEvent,
  CheckRegistration,
  EndRight,
  LicenceRight,
  MoveOwnership,
  RegisterAssetCommand,
  Release,
  RenameParty,
  Reserve,
  Right,
  ReserveRelease,
} from './asset-events.js';
import { enterFact } from './asset-lifecycle.js';
import { assertMovable, assertReleasable, assertTransferable } from './asset-moves.js';
import { decideOpenLicence } from './asset-open-licence.js';
import { assetRule } from './asset-rules.js';
import { OPEN_END } from './asset-scope.js';
import { assertLiving, assertNotSuspended, assertPledgee } from './asset-soundness.js';
import { type Asset, type HeldRight, NO_ASSET, evolveAsset, heldBy, nameOf, present } from './asset-state.js';
import { annuityAt } from './asset-status.js';
import { assertLicensable, assertUnburdened, assertUnmoved } from './asset-title.js';
import { voidEntry } from './asset-voiding.js';

const register = (
  { type: _type, ...data }: RegisterAssetCommand,
  asset: Asset,
  { today }: DecisionContext,
): AssetEvent[] => {
  if (asset.data) return [];
  assertRegistrable(data, today);
  return [{ type: 'AssetRegistered', data }];
};

const reserve = ({ type: _type, ...wanted }: Reserve, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  const data = { ...wanted, right: soundRight(wanted.right) };
  const { contractId, contractNumber: contract, right } = data;
  if (asset.cancelled.has(contractId)) throw assetRule('C-21', { contract, number }, { conflict: contractId });
  if (heldBy(contractId, asset) || asset.amendments.has(contractId)) return [];
  assertUnmoved(asset, data);
  if (right.kind === 'LICENCE') assertLicensable(asset, { ...data, right });
  else assertTransferable(asset, { ...data, right });
  return [{ type: 'AssetReserved', data }];
};

/** Only a sub-licence has a head: what else names one would pass by it in every check of conflicts. */
const soundRight = (right: Right): Right => {
  if (right.kind !== 'LICENCE' || right.licence === 'SUB') return right;
  const { under: _head, ...own } = right;
  return own;
};

const confirm = (contractId: string, asset: Asset): AssetEvent[] => {
  if (asset.amendments.has(contractId)) return [];
  return standing(contractId, asset).confirmed ? [] : [{ type: 'ReservationConfirmed', data: { contractId } }];
};

const cancel = (contractId: string, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  if (asset.cancelled.has(contractId)) return [];
  const held = heldBy(contractId, asset);
  if (held?.confirmed || asset.amendments.has(contractId)) {
    throw assetRule('C-24', { contract: held ? nameOf(held) : contractId, number });
  }
  return [{ type: 'ReservationCancelled', data: { contractId } }];
};

const moveOwnership = ({ type: _type, ...data }: MoveOwnership, asset: Asset): AssetEvent[] => {
  const { right, confirmed } = standing(data.contractId, asset);
  const { contractId, revision } = data;
  if (right.kind !== 'TITLE' || !confirmed) throw nothingHeld(contractId, asset);
  const known = asset.owners.find((owner) => owner.contractId === contractId)?.revision ?? -1;
  return revision > known ? [{ type: 'OwnershipMoved', data }] : [];
};

const renameParty = ({ type: _type, ...data }: RenameParty, asset: Asset): AssetEvent[] => {
  const { renamed = -1 } = standing(data.contractId, asset);
  return data.revision > renamed ? [{ type: 'PartyRenamed', data }] : [];
};

/** @throws Refusal C-22, L-18, L-2, C-20 */
const endRight = ({ type: _type, ...data }: EndRight, asset: Asset): AssetEvent[] => {
  const held = standing(data.contractId, asset);
  const { right, confirmed, ended } = held;
  if (right.kind !== 'LICENCE' || !confirmed) throw nothingHeld(data.contractId, asset);
  if (data.revision <= (ended?.revision ?? -1)) return [];
  assertEnd(held, right, data.on, asset);
  return [{ type: 'RightEnded', data }];
};

/** A licence ends within the term it was given for; days given back by a later revision must still be free. */
const assertEnd = (held: HeldRight, right: LicenceRight, on: string, asset: Asset): void => {
  const { number } = present(asset);
  const { from, to: last = OPEN_END } = right;
  const agreedTo = (held.ended ? held.ended.agreedTo : right.to) ?? OPEN_END;
  // Ended before it began it never ran: its last day is then the eve of its first at the earliest.
  if (on < addDays(from, -1) || on > agreedTo) {
    throw assetRule('L-18', { contract: nameOf(held), number, from, to: agreedTo, on }, { field: 'on' });
  }
  if (on > last) assertUnburdened(asset, { ...right, to: on }, held.contractId);
};

const reserveRelease = ({ type, ...data }: ReserveRelease, asset: Asset): AssetEvent[] => {
  const { contractId, revision } = data;
  const { number } = present(asset);
  const calledOff = revision !== undefined && revision <= (asset.releaseCancelled.get(contractId) ?? -1);
  if (type === 'CancelRelease') {
    const done = calledOff || (revision === undefined && !asset.releasing.has(contractId));
    return done ? [] : [{ type: 'ReleaseCancelled', data }];
  }
  if (calledOff) throw assetRule('C-21', { contract: contractId, number }, { conflict: contractId });
  if (asset.releasing.has(contractId) || !heldBy(contractId, asset)) return [];
  assertReleasable(asset, contractId);
  return [{ type: 'ReleaseReserved', data }];
};

const release = ({ contractId, on }: Release, asset: Asset): AssetEvent[] => {
  if (!heldBy(contractId, asset)) return [];
  // Reserved, it was judged then, and nothing has come to stand on it since: what is decided can follow.
  if (!asset.releasing.has(contractId)) assertReleasable(asset, contractId);
  return [{ type: 'RightReleased', data: { contractId, on } }];
};

/** Asks only: what the patent office would not register or record on a day. @throws Refusal C-22, L-11, L-13, L-15, L-16, L-21, L-22 */
const checkRegistration = ({ type, contractId, on }: CheckRegistration, asset: Asset): AssetEvent[] => {
  const held = standing(contractId, asset);
  assertLiving(asset, on);
  assertNotSuspended(asset, on, type === 'CheckTransfer' ? 'registeredOn' : 'recordedOn');
  if (type === 'CheckRecording') assertPaid(asset, on);
  else {
    assertPledgee(asset, held, on);
    assertMovable(asset, held, on);
  }
  return [];
};

const assertPaid = (asset: Asset, on: string): void => {
  const { state, year = 0, dueOn = '' } = annuityAt(asset, on);
  if ((state !== 'GRACE' && state !== 'UNPAID') || !assetRule.governs('L-16', on)) return;
  throw assetRule('L-16', { number: present(asset).number, year, dueOn, on }, { field: 'recordedOn' });
};

const nothingHeld = (contract: string, asset: Asset) => assetRule('C-22', { contract, number: present(asset).number });

const standing = (contractId: string, asset: Asset): HeldRight => {
  const held = heldBy(contractId, asset);
  if (!held) throw nothingHeld(contractId, asset);
  return held;
};

const decide = (command: AssetCommand, asset: Asset, context: DecisionContext): readonly AssetEvent[] => {
  switch (command.type) {
    case 'RegisterAsset':
      return register(command, asset, context);
    case 'Reserve':
      return reserve(command, asset);
    case 'Confirm':
      return confirm(command.contractId, asset);
    case 'Cancel':
      return cancel(command.contractId, asset);
    case 'MoveOwnership':
      return moveOwnership(command, asset);
    case 'EndRight':
      return endRight(command, asset);
    case 'RenameParty':
      return renameParty(command, asset);
    case 'ReserveRelease':
    case 'CancelRelease':
      return reserveRelease(command, asset);
    case 'Release':
      return release(command, asset);
    case 'CheckTransfer':
    case 'CheckRecording':
      return checkRegistration(command, asset);
    case 'EnterFact':
      return enterFact(command, asset, context);
    case 'VoidEntry':
      return voidEntry(command, asset);
    case 'CorrectData':
      return correctData(command, asset, context);
    default:
      return decideOpenLicence(command, asset);
  }
};

export const assetStream = (assetId: string): string => `asset-${assetId}`;

export const assetDecider: Decider<Asset, AssetCommand, AssetEvent> = {
  initial: NO_ASSET,
  decide,
  evolve: evolveAsset,
};
