import { type DecisionContext, type IpType, Refusal, WHOLE_PERMYRIAD, addYears, isPatent } from '@app/kernel';
import {
  type AssetEntry,
  type AssetEntryType,
  ENTRY_TITLES,
  type EntryOf,
  type LapseCause,
  compactName,
} from './asset-entry.js';
import type { AssetEvent, CoOwner, EnterFact } from './asset-events.js';
import { assetRule } from './asset-rules.js';
import { OPEN_END } from './asset-scope.js';
import { assertAlive, assertNotSuspended } from './asset-soundness.js';
import { type Asset, present } from './asset-state.js';
import {
  dateOf,
  endAt,
  endOfSuspension,
  expiryAt,
  factsOf,
  grantOf,
  releaseOfPledge,
  termInYears,
} from './asset-status.js';

/** What makes two entries of a kind the same entry: none may be entered twice with different content. */
const keyOf = (entry: AssetEntry): string => {
  switch (entry.type) {
    case 'PatentInvalidated':
      return entry.data.decisionNo;
    case 'PledgeRegistered':
    case 'PledgeReleased':
      return entry.data.pledgeNo;
    case 'SuspensionStarted':
    case 'SuspensionEnded':
      return entry.data.documentNo;
    case 'AnnuityPaid':
      return String(entry.data.year);
    case 'PatentLapsed':
    case 'PatentRestored':
    case 'RegistrationRenewed':
    case 'CoOwnersChanged':
      return entry.data.on;
    default:
      return '';
  }
};

const REGISTERED_KINDS: readonly IpType[] = ['SOFTWARE', 'LAYOUT', 'PLANT_VARIETY', 'TRADEMARK'];

/** Which kinds of asset an entry can be made for; every kind where none is named. */
const KINDS: Partial<Record<AssetEntryType, (ipType: IpType) => boolean>> = {
  // Utility models and designs are announced with their grant (专利法 art 34, 40).
  PatentPublished: (ipType) => ipType === 'INVENTION',
  PatentGranted: isPatent,
  PatentLapsed: isPatent,
  PatentRestored: isPatent,
  PatentInvalidated: isPatent,
  AnnuityPaid: isPatent,
  RightRegistered: (ipType) => REGISTERED_KINDS.includes(ipType),
  RegistrationEnded: (ipType) => REGISTERED_KINDS.includes(ipType),
  RegistrationRenewed: (ipType) => ipType === 'TRADEMARK',
  SecretDisclosed: (ipType) => ipType === 'TECH_SECRET',
};

/** @throws Refusal C-23, I-15, I-10, I-11, I-13, I-16, I-17, I-18, L-15 */
export const enterFact = ({ entry }: EnterFact, asset: Asset, { today }: DecisionContext): AssetEvent[] => {
  const { ipType, number } = present(asset);
  const { zh: entryZh, en: entryEn } = ENTRY_TITLES[entry.type];
  if (KINDS[entry.type]?.(ipType) === false) throw assetRule('I-15', { number, entryZh, entryEn }, { field: 'entry' });
  const on = dateOf(entry);
  if (on > today) throw assetRule('I-11', { date: on, today }, { field: dateField(entry) });
  const known = factsOf(asset, entry.type).find((fact) => keyOf(fact) === keyOf(entry));
  if (known && sameFact(known, entry)) return [];
  if (known) throw assetRule('I-16', { number, entryZh, entryEn, on: dateOf(known) }, { field: 'entry' });
  if (isGrant(entry) && asset.data?.grantedOn === on) return [];
  assertFits(entry, asset);
  return [entry];
};

const isGrant = (entry: AssetEntry): entry is EntryOf<'PatentGranted' | 'RightRegistered'> =>
  entry.type === 'PatentGranted' || entry.type === 'RightRegistered';

const dateField = (entry: AssetEntry): string => (entry.type === 'AnnuityPaid' ? 'paidOn' : 'on');

const sameFact = (one: AssetEntry, other: AssetEntry): boolean => canonical(one.data) === canonical(other.data);

/** The same content has the same text, in whatever order its fields came. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const misfit = (asset: Asset, entry: AssetEntry, zh: string, en: string): Refusal =>
  assetRule(
    'I-18',
    { number: present(asset).number, on: dateOf(entry), reasonZh: zh, reasonEn: en },
    { field: dateField(entry) },
  );

/** Whether a fact agrees with what else the register says of its day. @throws Refusal I-10, I-13, I-16, I-17, I-18, L-15 */
export const assertFits = (entry: AssetEntry, asset: Asset): void => {
  const { filedOn, universityId } = present(asset);
  const on = dateOf(entry);
  if (on < filedOn && isGrant(entry)) throw assetRule('I-10', { grantedOn: on, filedOn }, { field: 'on' });
  if (on < filedOn) throw assetRule('I-17', { on, filedOn }, { field: dateField(entry) });
  switch (entry.type) {
    case 'PatentGranted':
    case 'RightRegistered':
      return assertGrantable(entry, asset);
    case 'PatentPublished':
      return assertPublishable(entry, asset);
    case 'PatentLapsed':
      return assertLapsable(entry, asset);
    case 'PatentRestored':
      return assertRestorable(entry, asset);
    case 'PatentInvalidated':
    case 'RegistrationEnded':
      return assertGranted(entry, asset);
    case 'RegistrationRenewed':
      return assertRenewable(entry, asset);
    case 'CoOwnersChanged':
      assertShares(entry.data.coOwners, universityId);
      return assertNotSuspended(asset, on, 'on');
    default:
      return assertEncumbrance(entry, asset);
  }
};

const assertGranted = (entry: AssetEntry, asset: Asset): void => {
  const grantedOn = grantOf(asset);
  if (!grantedOn || grantedOn > dateOf(entry))
    throw misfit(asset, entry, '此日尚未授权或登记', 'it was not granted or registered by then');
  if (entry.type === 'RegistrationEnded') assertLives(entry, asset);
};

const assertLives = (entry: AssetEntry, asset: Asset): void =>
  assertAlive(asset, dateOf(entry), (zh, en) => misfit(asset, entry, zh, en));

const assertGrantable = (entry: EntryOf<'PatentGranted' | 'RightRegistered'>, asset: Asset): void => {
  const { number } = present(asset);
  const { zh: entryZh, en: entryEn } = ENTRY_TITLES[entry.type];
  const on = grantOf(asset);
  if (on !== undefined) throw assetRule('I-16', { number, entryZh, entryEn, on }, { field: 'on' });
  assertLives(entry, asset);
  const [published] = factsOf(asset, 'PatentPublished');
  if (published && published.data.on > entry.data.on) {
    throw misfit(asset, entry, `早于公布日 ${published.data.on}`, `before its publication on ${published.data.on}`);
  }
};

const assertPublishable = (entry: EntryOf<'PatentPublished'>, asset: Asset): void => {
  const grantedOn = grantOf(asset);
  if (grantedOn && grantedOn < entry.data.on)
    throw misfit(asset, entry, `晚于授权日 ${grantedOn}`, `after its grant on ${grantedOn}`);
  assertLives(entry, asset);
};

const OF_APPLICATIONS: readonly LapseCause[] = ['REJECTED', 'WITHDRAWN'];
const OF_PATENTS: readonly LapseCause[] = ['UNPAID_FEE', 'EXPIRED'];

/** Applications are rejected or withdrawn, patents expire or go unpaid; either can be abandoned. */
const assertLapsable = (entry: EntryOf<'PatentLapsed'>, asset: Asset): void => {
  assertLives(entry, asset);
  const { cause, on } = entry.data;
  if (cause === 'ABANDONED') assertNotSuspended(asset, on, 'on');
  if (OF_PATENTS.includes(cause)) assertGranted(entry, asset);
  const grantedOn = grantOf(asset) ?? OPEN_END;
  if (grantedOn <= on && OF_APPLICATIONS.includes(cause)) {
    throw misfit(asset, entry, '此日已授权，不再是申请', 'it was granted by then, no longer an application');
  }
  const expiry = expiryAt(asset) ?? on;
  if (cause === 'EXPIRED' && on < expiry) {
    throw misfit(asset, entry, `期限至 ${expiry} 方届满`, `its term only ends on ${expiry}`);
  }
};

const assertRestorable = (entry: EntryOf<'PatentRestored'>, asset: Asset): void => {
  const end = endAt(asset, entry.data.on);
  if (end?.type !== 'PatentLapsed' || end.data.cause === 'EXPIRED') {
    throw misfit(asset, entry, '此日没有可以恢复的终止', 'there was no lapse that could be restored by then');
  }
};

const assertRenewable = (entry: EntryOf<'RegistrationRenewed'>, asset: Asset): void => {
  assertGranted(entry, asset);
  const expiry = expiryAt(asset, entry.data.on);
  if (expiry && entry.data.to <= expiry)
    throw misfit(
      asset,
      entry,
      `续展至 ${entry.data.to} 不晚于现期限 ${expiry}`,
      `renewed to ${entry.data.to}, not beyond its term to ${expiry}`,
    );
};

/**
 * The owner, by whichever of its names, is none of its co-owners and keeps a share of its own, so that all add up to the whole.
 * @throws Refusal I-13
 */
export const assertShares = (coOwners: readonly CoOwner[], ...owner: readonly string[]): void => {
  const names = new Set([...owner, ...coOwners.map(({ name }) => name)].map(compactName));
  const shares = coOwners.reduce((sum, { sharePermyriad = 0 }) => sum + sharePermyriad, 0);
  if (shares >= WHOLE_PERMYRIAD || names.size < coOwners.length + owner.length)
    throw assetRule('I-13', {}, { field: 'coOwners' });
};

type EncumbranceEntry = EntryOf<
  'PledgeRegistered' | 'PledgeReleased' | 'SuspensionStarted' | 'SuspensionEnded' | 'AnnuityPaid' | 'SecretDisclosed'
>;

const assertEncumbrance = (entry: EncumbranceEntry, asset: Asset): void => {
  switch (entry.type) {
    case 'PledgeRegistered':
      return assertPledgeable(entry, asset);
    case 'PledgeReleased': {
      const { pledgeNo } = entry.data;
      const pledge = factsOf(asset, 'PledgeRegistered').find(({ data }) => data.pledgeNo === pledgeNo);
      return assertBegun(entry, asset, { number: pledgeNo, begunOn: pledge?.data.on });
    }
    case 'SuspensionStarted':
      return assertBefore(entry, asset, endOfSuspension(asset, entry.data.documentNo));
    case 'SuspensionEnded': {
      const { documentNo } = entry.data;
      const suspension = factsOf(asset, 'SuspensionStarted').find(({ data }) => data.documentNo === documentNo);
      return assertBegun(entry, asset, { number: documentNo, begunOn: suspension?.data.on });
    }
    case 'AnnuityPaid':
      return assertAnnuity(entry, asset);
    case 'SecretDisclosed':
      return undefined;
  }
};

/** Only a granted and living right is pledged, and none while it is suspended (细则 art 105). */
const assertPledgeable = (entry: EntryOf<'PledgeRegistered'>, asset: Asset): void => {
  assertLives(entry, asset);
  if (isPatent(present(asset).ipType)) assertGranted(entry, asset);
  assertNotSuspended(asset, entry.data.on, 'on');
  assertBefore(entry, asset, releaseOfPledge(asset, entry.data.pledgeNo));
};

const assertBefore = (entry: AssetEntry, asset: Asset, releasedOn: string | undefined): void => {
  if (releasedOn !== undefined && releasedOn < dateOf(entry)) {
    throw misfit(asset, entry, `晚于其解除日 ${releasedOn}`, `after its release on ${releasedOn}`);
  }
};

const assertBegun = (
  entry: AssetEntry,
  asset: Asset,
  { number, begunOn }: { number: string; begunOn: string | undefined },
): void => {
  if (begunOn === undefined || begunOn > dateOf(entry)) {
    throw misfit(asset, entry, `此日登记簿上没有 ${number}`, `the register held no ${number} by then`);
  }
};

const assertAnnuity = (entry: EntryOf<'AnnuityPaid'>, asset: Asset): void => {
  const { ipType, filedOn } = present(asset);
  const years = termInYears[ipType] ?? 0;
  const { year } = entry.data;
  const expiry = expiryAt(asset);
  if (year < 1 || year > years || (expiry && addYears(filedOn, year - 1) >= expiry)) {
    throw misfit(asset, entry, `没有第 ${year} 年度`, `there is no year ${year} in its term`);
  }
};
