import type { RecordedEvent } from '@app/event-store';
import { type LicenceKind, WHOLE_PERMYRIAD } from '@app/kernel';
import type { PledgeData, SuspensionCause } from './asset-entry.js';
import type { AssetData, AssetEvent, CoOwner, LicenceRight, Scope } from './asset-events.js';
import { OPEN_END } from './asset-scope.js';
import { type Asset, type HeldRight, NO_ASSET, evolveAsset, heldBy, openTermOf, present } from './asset-state.js';
import {
  type Annuity,
  type LegalStatus,
  annuityAt,
  boundOf,
  coOwnersAt,
  endAt,
  endOfSuspension,
  expiryAt,
  factsBy,
  grantOf,
  releaseOfPledge,
  statusAt,
} from './asset-status.js';
import { licencesOf } from './asset-licences.js';
import { ownerAt } from './asset-title.js';
import { type TitleEntry, titleEntries } from './title-entries.js';

export interface Holder {
  readonly party: string;
  /** Since the beginning for the first holder, whose date is that of filing. */
  readonly from: string;
  /** The day the next holder's title began; absent for the last. */
  readonly to?: string;
  readonly contractId?: string;
  readonly number?: string;
}

export type LicenceState = 'RESERVED' | 'IN_FORCE' | 'ENDED' | 'VOID';

export interface LicenceOnTitle extends Scope {
  readonly contractId: string;
  readonly number?: string;
  readonly licensee?: string;
  readonly licence: LicenceKind;
  readonly origin: 'NEGOTIATED' | 'OPEN' | 'SUB';
  readonly from: string;
  readonly to?: string;
  /** The head licence's contract, of a sub-licence. */
  readonly under?: string;
  /** The declaration, of a grant under an open licence. */
  readonly declarationId?: string;
  readonly state: LicenceState;
  readonly inForce: boolean;
}

export interface OpenLicenceOnTitle {
  readonly declarationId: string;
  readonly number?: string;
  readonly from: string;
  /** Last day it is open. */
  readonly to: string;
  readonly endedOn?: string;
  /** Whether it can be taken: open, of a right that lives, by its owner. */
  readonly inForce: boolean;
}

export interface PledgeOnTitle extends PledgeData {
  readonly releasedOn?: string;
  readonly inForce: boolean;
}

export interface SuspensionOnTitle {
  readonly documentNo: string;
  readonly cause: SuspensionCause;
  readonly on: string;
  readonly endedOn?: string;
  readonly inForce: boolean;
}

/** The title of one asset as it stood on a legal date (权利登记簿). */
export interface TitleRegister {
  readonly asOf: string;
  /** Last revision the register was read from. */
  readonly revision: number;
  readonly identity: AssetData & { readonly publishedOn?: string; readonly expiresOn?: string };
  readonly status: LegalStatus | 'NOT_FILED';
  readonly ownership: {
    /** Absent before the asset was filed. */
    readonly owner?: string;
    /** The owner's share in 0.01%, where all co-owners' shares are stated: all add up to the whole. */
    readonly ownerSharePermyriad?: number;
    readonly coOwners: readonly CoOwner[];
    readonly chain: readonly Holder[];
  };
  readonly licences: readonly LicenceOnTitle[];
  readonly openLicences: readonly OpenLicenceOnTitle[];
  readonly pledges: readonly PledgeOnTitle[];
  readonly suspensions: readonly SuspensionOnTitle[];
  readonly statusHistory: ReadonlyArray<{ readonly status: LegalStatus; readonly on: string }>;
  readonly annuity: Annuity & { readonly paidYears: readonly number[] };
  readonly entries: readonly TitleEntry[];
}

/**
 * The register as of a legal date, from the events recorded so far; those not yet in force by then are left out.
 * @throws Refusal C-23 when the asset is not among the events
 */
export const titleRegister = (recorded: readonly RecordedEvent[], asOf: string): TitleRegister => {
  const { asset, voids } = foldWithVoids(recorded as unknown as readonly AssetEvent[]);
  const data = present(asset);
  return {
    asOf,
    revision: asset.revision,
    identity: { ...data, ...identityAt(asset, asOf) },
    status: asOf < data.filedOn ? 'NOT_FILED' : registeredStatus(asset, asOf),
    ownership: ownershipAt(asset, asOf),
    licences: licencesAt(asset, voids, asOf),
    openLicences: openLicencesAt(asset, asOf),
    pledges: factsBy(asset, asOf, 'PledgeRegistered').map(({ data: pledge }) => {
      const releasedOn = until(releaseOfPledge(asset, pledge.pledgeNo), asOf);
      return { ...pledge, ...optional({ releasedOn }), inForce: releasedOn === undefined };
    }),
    suspensions: factsBy(asset, asOf, 'SuspensionStarted').map(({ data: suspension }) => {
      const endedOn = until(endOfSuspension(asset, suspension.documentNo), asOf);
      return { ...suspension, ...optional({ endedOn }), inForce: endedOn === undefined };
    }),
    statusHistory: statusHistory(asset, asOf),
    annuity: {
      ...annuityAt(asset, asOf),
      paidYears: factsBy(asset, asOf, 'AnnuityPaid').map(({ data: { year } }) => year),
    },
    entries: titleEntries(recorded, asOf),
  };
};

/** The state, and the rights that were released from it: a void contract stays readable. */
const foldWithVoids = (events: readonly AssetEvent[]) => {
  const voids: HeldRight[] = [];
  const asset = events.reduce<Asset>((before, event) => {
    const released = event.type === 'RightReleased' ? heldBy(event.data.contractId, before) : undefined;
    if (released) voids.push(released);
    return evolveAsset(before, event);
  }, NO_ASSET);
  return { asset, voids };
};

/** Optional fields that are not there are left out. */
const optional = <Fields extends object>(fields: Fields): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: NonNullable<Fields[Key]>;
  };

const until = (date: string | undefined, asOf: string): string | undefined =>
  date !== undefined && date <= asOf ? date : undefined;

const identityAt = (asset: Asset, asOf: string) => {
  const publishedOn = factsBy(asset, asOf, 'PatentPublished')[0]?.data.on;
  const grantedOn = until(grantOf(asset), asOf);
  return { grantedOn, ...optional({ publishedOn, expiresOn: expiryAt(asset, asOf) }) } as Partial<AssetData>;
};

/** A right whose term is over has lapsed, whether or not anybody entered it. */
const registeredStatus = (asset: Asset, asOf: string): LegalStatus => {
  const status = statusAt(asset, asOf);
  const expiry = expiryAt(asset, asOf);
  return status === 'GRANTED' && expiry !== undefined && asOf > expiry ? 'LAPSED' : status;
};

const ownershipAt = (asset: Asset, asOf: string): TitleRegister['ownership'] => {
  if (asOf < present(asset).filedOn) return { coOwners: [], chain: [] };
  const coOwners = coOwnersAt(asset, asOf);
  const shares = coOwners.map(({ sharePermyriad }) => sharePermyriad);
  const stated = shares.every((share) => share !== undefined);
  const others = shares.reduce<number>((sum, share = 0) => sum + share, 0);
  return {
    owner: ownerAt(asset, asOf),
    ...(stated ? { ownerSharePermyriad: WHOLE_PERMYRIAD - others } : {}),
    coOwners,
    chain: chainAt(asset, asOf),
  };
};

const chainAt = (asset: Asset, asOf: string): readonly Holder[] => {
  const { filedOn } = present(asset);
  const owners = asset.owners.filter(({ from, contractId }) => contractId === undefined || from <= asOf);
  return owners.map(({ party, from, contractId }, index) => {
    const number = contractId === undefined ? undefined : heldBy(contractId, asset)?.number;
    const begin = contractId === undefined ? filedOn : from;
    return { party, from: begin, ...optional({ to: owners[index + 1]?.from, contractId, number }) };
  });
};

const licencesAt = (asset: Asset, voids: readonly HeldRight[], asOf: string): readonly LicenceOnTitle[] => {
  const standing = licencesOf(asset).filter(({ amends }) => amends === undefined);
  const voided = voids.filter((held): held is HeldRight<LicenceRight> => held.right.kind === 'LICENCE');
  return [
    ...standing.map((held) => licenceOnTitle(held, stateOf(asset, held, asOf))),
    ...voided.map((held) => licenceOnTitle(held, 'VOID')),
  ]
    .filter(({ from }) => from <= asOf)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
};

/** A licence is in force no longer than the right it is given under (民法典 art 865). */
const stateOf = (asset: Asset, { confirmed, right }: HeldRight<LicenceRight>, asOf: string): LicenceState => {
  const { to = OPEN_END } = right;
  if (!confirmed) return 'RESERVED';
  return to < asOf || !livesAt(asset, asOf) ? 'ENDED' : 'IN_FORCE';
};

const livesAt = (asset: Asset, on: string): boolean => !endAt(asset, on) && on <= (boundOf(asset) ?? OPEN_END);

const licenceOnTitle = (held: HeldRight<LicenceRight>, state: LicenceState): LicenceOnTitle => {
  const { contractId, right, declarationId, number, party: licensee } = held;
  const { licence, from, to, under, territory, fields } = right;
  const origin = declarationId ? 'OPEN' : licence === 'SUB' ? 'SUB' : 'NEGOTIATED';
  const rest = optional({ number, licensee, to, under, declarationId, territory, fields });
  return { contractId, licence, origin, from, ...rest, state, inForce: state === 'IN_FORCE' };
};

const openLicencesAt = (asset: Asset, asOf: string): readonly OpenLicenceOnTitle[] =>
  asset.openLicences
    .filter(({ from }) => from <= asOf)
    .map((open) => {
      const { declarationId, number, from } = open;
      const endedOn = until(open.endedOn, asOf);
      const { to } = endedOn === undefined ? open : openTermOf(open);
      const isOwners = ownerAt(asset, asOf) === (open.universityId ?? present(asset).universityId);
      const inForce = to >= asOf && isOwners && livesAt(asset, asOf);
      return { declarationId, from, to, ...optional({ number, endedOn }), inForce };
    });

/** Every day its status changed. */
const statusHistory = (asset: Asset, asOf: string): TitleRegister['statusHistory'] => {
  const { filedOn } = present(asset);
  const grantedOn = grantOf(asset);
  const dates = factsBy(
    asset,
    asOf,
    'PatentPublished',
    'PatentLapsed',
    'PatentRestored',
    'PatentInvalidated',
    'RegistrationEnded',
    'SecretDisclosed',
  ).map(({ data }) => data.on);
  const days = [...new Set([filedOn, ...dates, ...(grantedOn && grantedOn <= asOf ? [grantedOn] : [])])].sort();
  return days
    .map((on) => ({ status: statusAt(asset, on), on }))
    .filter(({ status }, index, all) => status !== all[index - 1]?.status);
};
