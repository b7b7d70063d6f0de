import {
  type Decider,
  type DecisionContext,
  addDays,
  assertNever,
  isPatent,
  parsePatentNumber,
  yearOf,
} from '@app/kernel';
import type {
  AssetCommand,
  AssetData,
  AssetEvent,
  EndOpenLicence,
  EnterOpenGrant,
  EnterOpenLicence,
  MoveOwnership,
  RegisterAssetCommand,
  Release,
  Reserve,
} from './asset-events.js';
import { assetRule } from './asset-rules.js';
import {
  type Asset,
  type HeldRight,
  type OpenLicence,
  type Owner,
  assertInTerm,
  assertLicensable,
  assertOpenable,
  assertOwner,
  assertTransferable,
  assertUnburdened,
  present,
  soldTwice,
} from './asset-title.js';

const register = (
  { type: _type, ...data }: RegisterAssetCommand,
  asset: Asset,
  { today }: DecisionContext,
): AssetEvent[] => {
  if (asset.data) return [];
  assertDates(data, today);
  assertFilingYear(data);
  const shares = (data.coOwners ?? []).reduce((sum, { sharePermyriad = 0 }) => sum + sharePermyriad, 0);
  if (shares >= 10_000) throw assetRule('I-13', {}, { field: 'coOwners' });
  return [{ type: 'AssetRegistered', data }];
};

const assertDates = ({ filedOn, grantedOn }: AssetData, today: string): void => {
  for (const [field, date] of Object.entries({ filedOn, grantedOn })) {
    if (date && date > today) throw assetRule('I-11', { date, today }, { field });
  }
  if (grantedOn && grantedOn < filedOn) throw assetRule('I-10', { grantedOn, filedOn }, { field: 'grantedOn' });
};

const assertFilingYear = ({ ipType, number, filedOn }: AssetData): void => {
  if (!isPatent(ipType)) return;
  const { filingYear: year, form } = parsePatentNumber(number, 'number');
  // A PCT application entering China carries the year of its entry, which may follow the filing by up to 32 months.
  const entersLater = form === 'ZC2003' && /^\d{4}[89]/.test(number);
  if (!entersLater && year !== yearOf(filedOn)) throw assetRule('I-12', { year, filedOn }, { field: 'filedOn' });
};

const reserve = ({ contractId, universityId, right }: Reserve, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  if (asset.cancelled.has(contractId)) {
    throw assetRule('C-21', { contract: contractId, number }, { conflict: contractId });
  }
  if (heldBy(contractId, asset)) return [];
  if (right.kind === 'LICENCE') assertLicensable(asset, universityId, right);
  else assertTransferable(asset, universityId, right);
  return [{ type: 'AssetReserved', data: { contractId, universityId, right } }];
};

const confirm = (contractId: string, asset: Asset): AssetEvent[] =>
  standing(contractId, asset).confirmed ? [] : [{ type: 'ReservationConfirmed', data: { contractId } }];

const cancel = (contractId: string, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  if (asset.cancelled.has(contractId)) return [];
  if (heldBy(contractId, asset)?.confirmed) throw assetRule('C-24', { contract: contractId, number });
  return [{ type: 'ReservationCancelled', data: { contractId } }];
};

const moveOwnership = ({ type: _type, ...data }: MoveOwnership, asset: Asset): AssetEvent[] => {
  const { right, confirmed } = standing(data.contractId, asset);
  const { contractId, revision } = data;
  if (right.kind !== 'TITLE' || !confirmed) throw nothingHeld(contractId, asset);
  const known = asset.owners.find((owner) => owner.contractId === contractId)?.revision ?? -1;
  return revision > known ? [{ type: 'OwnershipMoved', data }] : [];
};

const release = ({ contractId, on }: Release, asset: Asset): AssetEvent[] => {
  if (!heldBy(contractId, asset)) return [];
  const sale = soldTwice(asset.rights.filter(without(contractId)));
  if (sale) {
    const { number } = present(asset);
    throw assetRule('L-9', { number, contract: sale.contractId }, { conflict: sale.contractId });
  }
  return [{ type: 'RightReleased', data: { contractId, on } }];
};

const enterOpenLicence = ({ declarationId, universityId, from, to }: EnterOpenLicence, asset: Asset): AssetEvent[] => {
  present(asset);
  if (openLicenceOf(declarationId, asset)) return [];
  assertOwner(asset, universityId, from, 'asset');
  assertInTerm(asset, to);
  assertOpenable(asset, { from, to });
  return [{ type: 'OpenLicenceEntered', data: { declarationId, from, to } }];
};

const endOpenLicence = ({ declarationId, on }: EndOpenLicence, asset: Asset): AssetEvent[] => {
  const open = openLicenceOf(declarationId, asset);
  if (!open || open.to < on) return [];
  if (open.lastGrant && open.lastGrant.noticeOn >= on) {
    const { grantId: grant, noticeOn } = open.lastGrant;
    throw assetRule('OL-12', { on, grant, noticeOn }, { field: 'withdrawnOn', conflict: grant });
  }
  return [{ type: 'OpenLicenceEnded', data: { declarationId, on } }];
};

const enterOpenGrant = (command: EnterOpenGrant, asset: Asset): AssetEvent[] => {
  const { type: _type, universityId, ...data } = command;
  const { grantId, declarationId: declaration, noticeOn: on, from, to } = data;
  const { number } = present(asset);
  if (heldBy(grantId, asset)) return [];
  const open = openLicenceOf(declaration, asset);
  if (!open || on < open.from || on > open.to) {
    throw assetRule('OL-11', { declaration, number, on }, { field: 'noticeOn', conflict: declaration });
  }
  assertOwner(asset, universityId, on, 'noticeOn');
  assertUnburdened(asset, { kind: 'LICENCE', licence: 'ORDINARY', from, to });
  return [{ type: 'OpenGrantEntered', data }];
};

const heldBy = (contractId: string, { rights }: Asset): HeldRight | undefined =>
  rights.find((held) => held.contractId === contractId);

const nothingHeld = (contract: string, asset: Asset) => assetRule('C-22', { contract, number: present(asset).number });

const standing = (contractId: string, asset: Asset): HeldRight => {
  const held = heldBy(contractId, asset);
  if (!held) throw nothingHeld(contractId, asset);
  return held;
};

const openLicenceOf = (declarationId: string, { openLicences }: Asset): OpenLicence | undefined =>
  openLicences.find((open) => open.declarationId === declarationId);

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
    case 'Release':
      return release(command, asset);
    case 'EnterOpenLicence':
      return enterOpenLicence(command, asset);
    case 'EndOpenLicence':
      return endOpenLicence(command, asset);
    case 'EnterOpenGrant':
      return enterOpenGrant(command, asset);
    default:
      return assertNever(command);
  }
};

const without = (contractId: string) => (item: { readonly contractId?: string }) => item.contractId !== contractId;

const moved = (owners: readonly Owner[], owner: Owner): readonly Owner[] =>
  owners.some(({ contractId }) => contractId === owner.contractId)
    ? owners.map((known) => (known.contractId === owner.contractId ? owner : known))
    : [...owners, owner];

/** The day of withdrawal is the first that is closed (OL-6); withdrawn on the day it began, it was never open. */
const ended = (open: OpenLicence, on: string): OpenLicence[] =>
  on > open.from ? [{ ...open, to: addDays(on, -1) }] : [];

const granted = (
  open: OpenLicence,
  { grantId, noticeOn }: { readonly grantId: string; readonly noticeOn: string },
): OpenLicence =>
  open.lastGrant && open.lastGrant.noticeOn >= noticeOn ? open : { ...open, lastGrant: { grantId, noticeOn } };

const evolve = (asset: Asset, event: AssetEvent): Asset => {
  switch (event.type) {
    case 'AssetRegistered':
      return { ...asset, data: event.data, owners: [{ party: event.data.universityId, from: '0000-01-01' }] };
    case 'AssetReserved': {
      const { contractId, right } = event.data;
      return { ...asset, rights: [...asset.rights, { contractId, right, confirmed: false }] };
    }
    case 'ReservationConfirmed': {
      const { contractId } = event.data;
      const confirmed = (held: HeldRight) => (held.contractId === contractId ? { ...held, confirmed: true } : held);
      return { ...asset, rights: asset.rights.map(confirmed) };
    }
    case 'ReservationCancelled': {
      const { contractId } = event.data;
      const cancelled = new Set([...asset.cancelled, contractId]);
      return { ...asset, rights: asset.rights.filter(without(contractId)), cancelled };
    }
    case 'OwnershipMoved': {
      const { contractId, to: party, on: from, revision } = event.data;
      return { ...asset, owners: moved(asset.owners, { party, from, contractId, revision }) };
    }
    case 'RightReleased': {
      const { contractId } = event.data;
      const [rights, owners] = [asset.rights.filter(without(contractId)), asset.owners.filter(without(contractId))];
      return { ...asset, rights, owners };
    }
    case 'OpenLicenceEntered':
      return { ...asset, openLicences: [...asset.openLicences, event.data] };
    case 'OpenLicenceEnded': {
      const { declarationId, on } = event.data;
      const openLicences = asset.openLicences.flatMap((open) =>
        open.declarationId === declarationId ? ended(open, on) : [open],
      );
      return { ...asset, openLicences };
    }
    case 'OpenGrantEntered': {
      const { declarationId, grantId: contractId, from, to } = event.data;
      const right = { kind: 'LICENCE', licence: 'ORDINARY', from, to } as const;
      const openLicences = asset.openLicences.map((open) =>
        open.declarationId === declarationId ? granted(open, event.data) : open,
      );
      return { ...asset, rights: [...asset.rights, { contractId, right, confirmed: true }], openLicences };
    }
    default:
      return assertNever(event);
  }
};

export const assetStream = (assetId: string): string => `asset-${assetId}`;

export const assetDecider: Decider<Asset, AssetCommand, AssetEvent> = {
  initial: { data: undefined, owners: [], rights: [], cancelled: new Set(), openLicences: [] },
  decide,
  evolve,
};
