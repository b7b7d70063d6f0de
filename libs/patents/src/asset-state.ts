import { addDays, assertNever } from '@app/kernel';
import { type AssetEntry, ENTRY_TITLES } from './asset-entry.js';
import type { AssetData, AssetEvent, DataCorrection, LicenceRight, Right } from './asset-events.js';
import { assetRule } from './asset-rules.js';

export interface HeldRight<Held extends Right = Right> {
  /** The contract, the amendment still to replace its right, or the grant under an open licence. */
  readonly contractId: string;
  readonly right: Held;
  readonly confirmed: boolean;
  readonly universityId?: string;
  readonly number?: string;
  readonly party?: string;
  readonly amends?: string;
  readonly consents?: readonly string[];
  readonly pledgeeConsent?: boolean;
  readonly bySuccession?: true;
  /** The contract's revision its party was last renamed by. */
  readonly renamed?: number;
  /** Of a licence that ends early: the last day it was given for, and the contract's revision that ends it. */
  readonly ended?: { readonly agreedTo?: string; readonly revision: number };
  /** Of a grant under an open licence. */
  readonly declarationId?: string;
  readonly noticeOn?: string;
}

export interface Owner {
  readonly party: string;
  readonly from: string;
  /** The contract that brought the title here, and its revision; none for the first owner. */
  readonly contractId?: string;
  readonly revision?: number;
}

export interface OpenLicence {
  readonly declarationId: string;
  readonly from: string;
  readonly to: string;
  readonly number?: string;
  readonly universityId?: string;
  readonly pledgeeConsent?: boolean;
  readonly declarants?: readonly string[];
  /** First day that is closed, where it was ended; `to` stays as declared. */
  readonly endedOn?: string;
}

/** A fact as it stands in the register, with the stream revision a voiding names. */
export interface EnteredFact {
  readonly revision: number;
  readonly entry: AssetEntry;
}

export interface Asset {
  readonly data: AssetData | undefined;
  /** Revision of the last event; -1 before the first. */
  readonly revision: number;
  /** In the order the title went from hand to hand, which their dates may contradict. */
  readonly owners: readonly Owner[];
  /** In the order they were reserved. */
  readonly rights: readonly HeldRight[];
  /** Contracts, amendments, declarations and grants that can never enter again. */
  readonly cancelled: ReadonlySet<string>;
  /** Amendments whose right now stands under the contract they amend. */
  readonly amendments: ReadonlySet<string>;
  /** Contracts about to be voided. */
  readonly releasing: ReadonlySet<string>;
  /** By contract: the latest revision whose release was called off. */
  readonly releaseCancelled: ReadonlyMap<string, number>;
  readonly openLicences: readonly OpenLicence[];
  /** Facts of its legal life that stand, in the order they were entered. */
  readonly facts: readonly EnteredFact[];
  readonly voided: ReadonlySet<number>;
}

export const NO_ASSET: Asset = {
  data: undefined,
  revision: -1,
  owners: [],
  rights: [],
  cancelled: new Set(),
  amendments: new Set(),
  releasing: new Set(),
  releaseCancelled: new Map(),
  openLicences: [],
  facts: [],
  voided: new Set(),
};

/** @throws Refusal C-23 */
export const present = ({ data }: Pick<Asset, 'data'>): AssetData => {
  if (!data) throw assetRule('C-23');
  return data;
};

export const heldBy = (contractId: string, { rights }: Asset): HeldRight | undefined =>
  rights.find((held) => held.contractId === contractId);

export const openLicenceOf = (declarationId: string, { openLicences }: Asset): OpenLicence | undefined =>
  openLicences.find((open) => open.declarationId === declarationId);

/** The days it is open: the day of its end is the first that is closed (OL-6), so one ended on the day it began was never open. */
export const openTermOf = ({ from, to, endedOn }: OpenLicence): { readonly from: string; readonly to: string } => ({
  from,
  to: endedOn !== undefined && endedOn <= to ? addDays(endedOn, -1) : to,
});

/** The number people know a contract or grant by; the id of those stored before numbers were kept. */
export const nameOf = ({ contractId, number }: Pick<HeldRight, 'contractId' | 'number'>): string =>
  number ?? contractId;

export const withoutContract = (contractId: string) => (item: { readonly contractId?: string }) =>
  item.contractId !== contractId;

const minus = (set: ReadonlySet<string>, item: string): ReadonlySet<string> =>
  new Set([...set].filter((one) => one !== item));
const plus = (set: ReadonlySet<string>, item: string): ReadonlySet<string> => new Set([...set, item]);

type Of<Type extends AssetEvent['type']> = Extract<AssetEvent, { readonly type: Type }>['data'];

const reserved = (asset: Asset, { contractNumber, ...rest }: Of<'AssetReserved'>): Asset => {
  const held = { ...rest, confirmed: false, ...(contractNumber ? { number: contractNumber } : {}) };
  return { ...asset, rights: [...asset.rights, held] };
};

const confirmed = (asset: Asset, contractId: string): Asset => {
  const amendment = heldBy(contractId, asset);
  if (amendment?.amends === undefined)
    return { ...asset, rights: changed(asset, contractId, () => ({ confirmed: true })) };
  const { amends, right, consents, pledgeeConsent } = amendment;
  const replaced = { right, ...(consents ? { consents } : {}), ...(pledgeeConsent ? { pledgeeConsent } : {}) };
  const rights = changed(asset, amends, () => replaced).filter(withoutContract(contractId));
  return { ...asset, rights, amendments: plus(asset.amendments, contractId) };
};

const changed = (
  { rights }: Asset,
  contractId: string,
  change: (held: HeldRight) => Partial<HeldRight>,
): readonly HeldRight[] => rights.map((held) => (held.contractId === contractId ? { ...held, ...change(held) } : held));

/** The last day of a licence becomes another; what was agreed is kept beside it. */
const ended = ({ right, ended: before }: HeldRight, on: string, revision: number): Partial<HeldRight> => {
  if (right.kind !== 'LICENCE') return {};
  const agreedTo = before ? before.agreedTo : right.to;
  return { right: { ...right, to: on }, ended: { revision, ...(agreedTo ? { agreedTo } : {}) } };
};

const moved = (asset: Asset, { contractId, to: party, on: from, revision }: Of<'OwnershipMoved'>): Asset => {
  const owner = { party, from, contractId, revision };
  const known = asset.owners.some((other) => other.contractId === contractId);
  const owners = known
    ? asset.owners.map((other) => (other.contractId === contractId ? owner : other))
    : [...asset.owners, owner];
  return { ...asset, owners };
};

const released = (asset: Asset, contractId: string): Asset => ({
  ...asset,
  rights: asset.rights.filter(withoutContract(contractId)),
  owners: asset.owners.filter(withoutContract(contractId)),
  releasing: minus(asset.releasing, contractId),
});

const releaseCancelled = (asset: Asset, { contractId, revision }: Of<'ReleaseCancelled'>): Asset => ({
  ...asset,
  releasing: minus(asset.releasing, contractId),
  releaseCancelled:
    revision === undefined ? asset.releaseCancelled : new Map([...asset.releaseCancelled, [contractId, revision]]),
});

const openLicenceChanged = (
  asset: Asset,
  declarationId: string,
  change: (open: OpenLicence) => OpenLicence,
): Asset => ({
  ...asset,
  openLicences: asset.openLicences.map((open) => (open.declarationId === declarationId ? change(open) : open)),
});

const granted = (asset: Asset, grant: Of<'OpenGrantEntered'>): Asset => {
  const { declarationId, grantId: contractId, noticeOn, from, to, number, licensee: party } = grant;
  const right: LicenceRight = { kind: 'LICENCE', licence: 'ORDINARY', from, to };
  const names = { ...(number ? { number } : {}), ...(party ? { party } : {}) };
  const held: HeldRight = { contractId, right, confirmed: true, declarationId, noticeOn, ...names };
  return { ...asset, rights: [...asset.rights, held] };
};

const cancelled = (asset: Asset, id: string): Asset => ({ ...asset, cancelled: plus(asset.cancelled, id) });

/** What is registered, once it is put right. */
export const withCorrection = (data: AssetData, { from, to }: Pick<DataCorrection, 'from' | 'to'>): AssetData => {
  const kept = Object.entries(data).filter(([field]) => !(field in from));
  return { ...Object.fromEntries(kept), ...to } as AssetData;
};

/** What contracts and open licences do to the title. */
const evolveTitle = (asset: Asset, event: Exclude<AssetEvent, AssetEntry>): Asset => {
  switch (event.type) {
    case 'AssetRegistered':
      return { ...asset, data: event.data, owners: [{ party: event.data.universityId, from: '0000-01-01' }] };
    case 'AssetReserved':
      return reserved(asset, event.data);
    case 'ReservationConfirmed':
      return confirmed(asset, event.data.contractId);
    case 'ReservationCancelled':
      return cancelled(released(asset, event.data.contractId), event.data.contractId);
    case 'OwnershipMoved':
      return moved(asset, event.data);
    case 'RightEnded': {
      const { contractId, on, revision } = event.data;
      return { ...asset, rights: changed(asset, contractId, (held) => ended(held, on, revision)) };
    }
    case 'PartyRenamed': {
      const { contractId, party, revision: renamed } = event.data;
      return { ...asset, rights: changed(asset, contractId, () => ({ party, renamed })) };
    }
    case 'ReleaseReserved':
      return { ...asset, releasing: plus(asset.releasing, event.data.contractId) };
    case 'ReleaseCancelled':
      return releaseCancelled(asset, event.data);
    case 'RightReleased':
      return released(asset, event.data.contractId);
    case 'AssetDataCorrected':
      return { ...asset, data: withCorrection(present(asset), event.data) };
    case 'AssetEntryVoided': {
      const { revision } = event.data;
      const voided = new Set([...asset.voided, revision]);
      return { ...asset, voided, facts: asset.facts.filter((fact) => fact.revision !== revision) };
    }
    default:
      return evolveOpenLicence(asset, event);
  }
};

type OpenLicenceEvent = Extract<AssetEvent, { readonly type: `Open${string}` }>;

const evolveOpenLicence = (asset: Asset, event: OpenLicenceEvent): Asset => {
  switch (event.type) {
    case 'OpenLicenceEntered':
      return { ...asset, openLicences: [...asset.openLicences, event.data] };
    case 'OpenLicenceEnded': {
      const { declarationId, on: endedOn } = event.data;
      return openLicenceChanged(asset, declarationId, (open) => ({ ...open, endedOn }));
    }
    case 'OpenGrantEntered':
      return granted(asset, event.data);
    case 'OpenGrantEntryCancelled':
      return cancelled(asset, event.data.grantId);
    case 'OpenGrantEntryEnded': {
      const { grantId, on } = event.data;
      return { ...asset, rights: changed(asset, grantId, (held) => ended(held, on, 0)) };
    }
    default:
      return assertNever(event);
  }
};

/** Total over every event ever stored; facts of the legal life are kept as they were entered. */
export const evolveAsset = (before: Asset, event: AssetEvent): Asset => {
  const asset = { ...before, revision: before.revision + 1 };
  return isEntry(event)
    ? { ...asset, facts: [...asset.facts, { revision: asset.revision, entry: event }] }
    : evolveTitle(asset, event);
};

export const isEntry = (event: AssetEvent): event is AssetEntry => Object.hasOwn(ENTRY_TITLES, event.type);
