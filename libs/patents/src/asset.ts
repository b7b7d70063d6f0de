import {
  type Decider,
  type DecisionContext,
  type IpType,
  type Message,
  addYears,
  assertNever,
  isPatent,
  parsePatentNumber,
} from '@app/kernel';
import { assetRule } from './asset-rules.js';

/** Licence kinds (司法解释 art 25; record forms add cross and sub-licence). Unstated means ordinary. */
export type LicenceKind = 'EXCLUSIVE' | 'SOLE' | 'ORDINARY' | 'CROSS' | 'SUB';

/** What a contract wants of an asset: a licence for a term, or the title. */
export type Right =
  | { readonly kind: 'LICENCE'; readonly licence: LicenceKind; readonly from: string; readonly to?: string }
  /** `back` is a return (回转): the title comes home to the university. */
  | { readonly kind: 'TITLE'; readonly on: string; readonly back?: true };

export interface CoOwner {
  readonly name: string;
  /** Share in units of 0.01%; absent where the parties agreed none. */
  readonly sharePermyriad?: number;
}

export interface AssetData {
  readonly universityId: string;
  readonly ipType: IpType;
  /** Canonical registration number (D§8). */
  readonly number: string;
  readonly title: string;
  readonly filedOn: string;
  readonly grantedOn?: string;
  readonly coOwners?: readonly CoOwner[];
  readonly disclosureNumber?: string;
  readonly warnings?: ReadonlyArray<{ readonly zh: string; readonly en: string }>;
}

interface OfContract {
  readonly contractId: string;
}

/** The title register of one asset (权利登记簿): its owner and everything that burdens it. */
export type AssetEvent =
  | Message<'AssetRegistered', AssetData>
  | Message<'AssetReserved', OfContract & { readonly universityId: string; readonly right: Right }>
  | Message<'ReservationConfirmed', OfContract>
  | Message<'ReservationCancelled', OfContract>
  | Message<'OwnershipMoved', OfContract & { readonly to: string; readonly on: string }>
  | Message<'RightReleased', OfContract & { readonly on: string }>
  | Message<'OpenLicenceEntered', { readonly declarationId: string; readonly from: string; readonly to: string }>
  | Message<'OpenLicenceEnded', { readonly declarationId: string; readonly on: string }>;

export type AssetCommand =
  | ({ readonly type: 'RegisterAsset' } & AssetData)
  | ({ readonly type: 'Reserve'; readonly universityId: string; readonly right: Right } & OfContract)
  | ({ readonly type: 'Confirm' } & OfContract)
  | ({ readonly type: 'Cancel' } & OfContract)
  | ({ readonly type: 'MoveOwnership'; readonly to: string; readonly on: string } & OfContract)
  | ({ readonly type: 'Release'; readonly on: string } & OfContract)
  | { readonly type: 'EnterOpenLicence'; readonly declarationId: string; readonly universityId: string; readonly from: string; readonly to: string }
  | { readonly type: 'EndOpenLicence'; readonly declarationId: string; readonly on: string };

interface HeldRight extends OfContract {
  readonly right: Right;
  readonly confirmed: boolean;
}

interface Owner {
  readonly party: string;
  readonly from: string;
  /** The contract that brought the title here; none for the first owner. */
  readonly contractId?: string;
}

interface OpenLicence {
  readonly declarationId: string;
  readonly from: string;
  readonly to: string;
}

export interface Asset {
  readonly data: AssetData | undefined;
  /** Oldest first. */
  readonly owners: readonly Owner[];
  readonly rights: readonly HeldRight[];
  readonly cancelled: ReadonlySet<string>;
  readonly openLicences: readonly OpenLicence[];
}

/** Later than any legal date: an open-ended term. */
const OPEN_END = '9999-12-31';

/** When the right lapses by law (专利法 art 42): designs filed before 2021-06-01 keep ten years. */
export const expiryOf = ({ ipType, filedOn }: Pick<AssetData, 'ipType' | 'filedOn'>): string | undefined => {
  switch (ipType) {
    case 'INVENTION':
      return addYears(filedOn, 20);
    case 'UTILITY_MODEL':
      return addYears(filedOn, 10);
    case 'DESIGN':
      return addYears(filedOn, filedOn >= '2021-06-01' ? 15 : 10);
    default:
      return undefined;
  }
};

export const ownerAt = (asset: Asset, date: string): string =>
  asset.owners.filter(({ from }) => from <= date).at(-1)?.party ?? asset.owners[0]?.party ?? '';

const register = ({ type: _type, ...data }: Extract<AssetCommand, { type: 'RegisterAsset' }>, asset: Asset, { today }: DecisionContext): AssetEvent[] => {
  if (asset.data) return [];
  const { filedOn, grantedOn, number, ipType, coOwners } = data;
  for (const [field, date] of Object.entries({ filedOn, grantedOn })) {
    if (date && date > today) throw assetRule('I-11', { date, today }, { field });
  }
  if (grantedOn && grantedOn < filedOn) throw assetRule('I-10', { grantedOn, filedOn }, { field: 'grantedOn' });
  const shares = (coOwners ?? []).reduce((sum, { sharePermyriad = 0 }) => sum + sharePermyriad, 0);
  if (shares >= 10_000) throw assetRule('I-13', {}, { field: 'coOwners' });
  if (isPatent(ipType)) {
    const { filingYear, form } = parsePatentNumber(number, 'number');
    // A PCT application entering China carries the year of its entry, which may follow the filing by up to 32 months.
    const entersLater = form === 'ZC2003' && /^\d{4}[89]/.test(number);
    if (!entersLater && filingYear !== Number(filedOn.slice(0, 4))) throw assetRule('I-12', { year: filingYear, filedOn }, { field: 'filedOn' });
  }
  return [{ type: 'AssetRegistered', data }];
};

const reserve = ({ contractId, universityId, right }: Extract<AssetCommand, { type: 'Reserve' }>, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  if (asset.cancelled.has(contractId)) throw assetRule('C-21', { contract: contractId, number }, { conflict: contractId });
  if (asset.rights.some((held) => held.contractId === contractId)) return [];
  assertOwnership(asset, universityId, right);
  if (right.kind === 'LICENCE') assertLicensable(asset, right);
  // A title already registered has had its say through the ownership; pending ones are still in the way.
  const pending = asset.rights.filter(({ right: held, contractId: by }) => held.kind === 'LICENCE' || !asset.owners.some((owner) => owner.contractId === by));
  for (const held of pending) assertCompatible(asset, held, right);
  return [{ type: 'AssetReserved', data: { contractId, universityId, right } }];
};

/** A licence needs the title at its start; a sale needs it now, whatever date it bears, or an asset could be sold twice. */
const assertOwnership = (asset: Asset, university: string, right: Right): void => {
  const { number } = present(asset);
  const last = asset.owners.at(-1);
  if (right.kind === 'TITLE' && !right.back && last?.contractId && last.party !== university) {
    throw assetRule('L-4', { number, contract: last.contractId }, { field: 'assets', conflict: last.contractId });
  }
  const on = right.kind === 'LICENCE' ? right.from : right.on;
  const owner = right.kind === 'LICENCE' ? ownerAt(asset, on) : (last?.party ?? '');
  const isReturn = right.kind === 'TITLE' && right.back === true;
  if ((owner === university) === isReturn) throw assetRule('L-1', { number, university, on, owner }, { field: 'assets' });
};

const assertLicensable = (asset: Asset, { from, to, licence }: Extract<Right, { kind: 'LICENCE' }>): void => {
  const data = present(asset);
  const expiry = expiryOf(data);
  if (expiry && (to ?? from) > expiry) throw assetRule('OL-8', { to: to ?? from, number: data.number, expiry }, { field: 'endsOn' });
  if (licence !== 'EXCLUSIVE' && licence !== 'SOLE') return;
  const open = asset.openLicences.find((declared) => overlap(declared, { from, to }));
  if (open) throw assetRule('OL-4', { number: data.number, declaration: open.declarationId }, { field: 'licenceKind', conflict: open.declarationId });
};

/** A confirmed right refuses for good; an unconfirmed one only asks to come again, as it may still be cancelled. */
const assertCompatible = (asset: Asset, held: HeldRight, wanted: Right): void => {
  const { number } = present(asset);
  const refusal = conflictOf(number, held, wanted);
  if (!refusal) return;
  throw held.confirmed ? refusal : assetRule('C-20', { number, contract: held.contractId }, { conflict: held.contractId });
};

const conflictOf = (number: string, { contractId: contract, right: held }: HeldRight, wanted: Right) => {
  if (held.kind === 'TITLE' && wanted.kind === 'TITLE') return assetRule('L-4', { number, contract }, { field: 'assets', conflict: contract });
  if (held.kind !== 'LICENCE' || wanted.kind !== 'LICENCE') return undefined;
  const excluding = isExcluding(held.licence) || isExcluding(wanted.licence);
  if (!excluding || !overlap(held, wanted)) return undefined;
  const { from, to = '…' } = held;
  return assetRule('L-2', { number, held: held.licence, wanted: wanted.licence, contract, from, to }, { field: 'assets', conflict: contract });
};

const isExcluding = (licence: LicenceKind): boolean => licence === 'EXCLUSIVE' || licence === 'SOLE';

interface Term {
  readonly from: string;
  readonly to?: string | undefined;
}
const overlap = (one: Term, other: Term): boolean => one.from <= (other.to ?? OPEN_END) && other.from <= (one.to ?? OPEN_END);

const settleReservation = (type: 'ReservationConfirmed' | 'ReservationCancelled', { contractId }: OfContract, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  if (type === 'ReservationCancelled') return asset.cancelled.has(contractId) ? [] : [{ type, data: { contractId } }];
  const held = asset.rights.find((right) => right.contractId === contractId);
  if (!held) throw assetRule('C-22', { contract: contractId, number });
  return held.confirmed ? [] : [{ type, data: { contractId } }];
};

const moveOwnership = ({ contractId, to, on }: Extract<AssetCommand, { type: 'MoveOwnership' }>, asset: Asset): AssetEvent[] => {
  const { number } = present(asset);
  if (asset.owners.some((owner) => owner.contractId === contractId && owner.from === on && owner.party === to)) return [];
  const held = asset.rights.find((right) => right.contractId === contractId);
  if (held?.right.kind !== 'TITLE') throw assetRule('C-22', { contract: contractId, number });
  return [{ type: 'OwnershipMoved', data: { contractId, to, on } }];
};

const release = ({ contractId, on }: Extract<AssetCommand, { type: 'Release' }>, asset: Asset): AssetEvent[] =>
  asset.rights.some((held) => held.contractId === contractId) ? [{ type: 'RightReleased', data: { contractId, on } }] : [];

const enterOpenLicence = (command: Extract<AssetCommand, { type: 'EnterOpenLicence' }>, asset: Asset): AssetEvent[] => {
  const { declarationId, universityId: university, from, to } = command;
  const data = present(asset);
  const { number } = data;
  if (asset.openLicences.some((open) => open.declarationId === declarationId)) return [];
  const owner = ownerAt(asset, from);
  if (owner !== university) throw assetRule('L-1', { number, university, on: from, owner }, { field: 'asset' });
  const expiry = expiryOf(data);
  if (expiry && to > expiry) throw assetRule('OL-8', { to, number, expiry }, { field: 'endsOn' });
  const excluding = asset.rights.find(({ right }) => right.kind === 'LICENCE' && isExcluding(right.licence) && overlap(right, { from, to }));
  if (excluding) {
    const { contractId: contract, confirmed } = excluding;
    throw assetRule(confirmed ? 'OL-1' : 'C-20', { number, contract }, { field: 'asset', conflict: contract });
  }
  return [{ type: 'OpenLicenceEntered', data: { declarationId, from, to } }];
};

const endOpenLicence = ({ declarationId, on }: Extract<AssetCommand, { type: 'EndOpenLicence' }>, asset: Asset): AssetEvent[] => {
  const open = asset.openLicences.find((licence) => licence.declarationId === declarationId);
  return open && open.to > on ? [{ type: 'OpenLicenceEnded', data: { declarationId, on } }] : [];
};

const present = ({ data }: Asset): AssetData => {
  if (!data) throw assetRule('C-23');
  return data;
};

const decide = (command: AssetCommand, asset: Asset, context: DecisionContext): readonly AssetEvent[] => {
  switch (command.type) {
    case 'RegisterAsset':
      return register(command, asset, context);
    case 'Reserve':
      return reserve(command, asset);
    case 'Confirm':
      return settleReservation('ReservationConfirmed', command, asset);
    case 'Cancel':
      return settleReservation('ReservationCancelled', command, asset);
    case 'MoveOwnership':
      return moveOwnership(command, asset);
    case 'Release':
      return release(command, asset);
    case 'EnterOpenLicence':
      return enterOpenLicence(command, asset);
    case 'EndOpenLicence':
      return endOpenLicence(command, asset);
    default:
      return assertNever(command);
  }
};

const without = (contractId: string) => (item: { readonly contractId?: string }) => item.contractId !== contractId;

const evolve = (asset: Asset, event: AssetEvent): Asset => {
  switch (event.type) {
    case 'AssetRegistered':
      return { ...asset, data: event.data, owners: [{ party: event.data.universityId, from: '0000-01-01' }] };
    case 'AssetReserved':
      return { ...asset, rights: [...asset.rights, { contractId: event.data.contractId, right: event.data.right, confirmed: false }] };
    case 'ReservationConfirmed':
      return {
        ...asset,
        rights: asset.rights.map((held) => (held.contractId === event.data.contractId ? { ...held, confirmed: true } : held)),
      };
    case 'ReservationCancelled':
      return {
        ...asset,
        rights: asset.rights.filter(without(event.data.contractId)),
        cancelled: new Set([...asset.cancelled, event.data.contractId]),
      };
    case 'OwnershipMoved': {
      const { contractId, to, on } = event.data;
      const owners = [...asset.owners.filter(without(contractId)), { party: to, from: on, contractId }];
      return { ...asset, owners: owners.sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from))) };
    }
    case 'RightReleased': {
      const { contractId } = event.data;
      return { ...asset, rights: asset.rights.filter(without(contractId)), owners: asset.owners.filter(without(contractId)) };
    }
    case 'OpenLicenceEntered':
      return { ...asset, openLicences: [...asset.openLicences, event.data] };
    case 'OpenLicenceEnded': {
      const { declarationId, on } = event.data;
      return { ...asset, openLicences: asset.openLicences.map((open) => (open.declarationId === declarationId ? { ...open, to: on } : open)) };
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
