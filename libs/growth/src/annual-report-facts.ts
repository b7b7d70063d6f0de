import type { ContractEvent, ContractTerms, ConversionMode } from '@app/contracts';
import type { DisclosureEvent, EvaluationEvent } from '@app/disclosures';
import { yearOf } from '@app/kernel';
import type { OpenGrantEvent, OpenLicenceEvent } from '@app/open-licences';
import type { AssetEvent } from '@app/patents';
import type { FigureSums, SummedFigure } from './annual-report.js';

/** What a record adds to the figures of one year, on the legal date that decides the year. Values are whole numbers as text. */
interface Entry {
  readonly on: string;
  readonly adds: Readonly<Partial<Record<SummedFigure, string>>>;
}

/** What is remembered of a contract, grant, disclosure, evaluation, asset or declaration, so that it can be counted out again. */
export interface ReportedRecord {
  readonly universityId: string;
  /** Lodged or entered, and neither refused, voided nor withdrawn: nothing else counts, nor what was paid under it. */
  readonly stands: boolean;
  /** Whether the amount of the contract is still the fee a correction puts right. */
  readonly followsFee: boolean;
  readonly entries: Readonly<Record<string, Entry>>;
}

type AnyEvent = ContractEvent | OpenGrantEvent | OpenLicenceEvent | DisclosureEvent | EvaluationEvent | AssetEvent;
type DataOf<Type extends AnyEvent['type']> = Extract<AnyEvent, { readonly type: Type }>['data'];

const record = (universityId: string, entries: ReportedRecord['entries'] = {}): ReportedRecord => ({
  universityId,
  stands: true,
  followsFee: true,
  entries,
});

const withEntry = (before: ReportedRecord, key: string, entry: Entry): ReportedRecord => ({
  ...before,
  entries: { ...before.entries, [key]: entry },
});

const withoutEntry = (before: ReportedRecord, key: string): ReportedRecord => {
  const { [key]: gone, ...entries } = before.entries;
  return gone ? { ...before, entries } : before;
};

const fallen = (before: ReportedRecord): ReportedRecord => ({ ...before, stands: false });

/** An entry dated anew (更正日期). */
const redated = (before: ReportedRecord, key: string, on: string): ReportedRecord => {
  const entry = before.entries[key];
  return entry ? withEntry(before, key, { ...entry, on }) : before;
};

/** The modes the report counts (转化法 art 16); a release to the inventor and a succession are no conversion. */
const MODES: Readonly<Partial<Record<ConversionMode, readonly [count: SummedFigure, amount: SummedFigure]>>> = {
  LICENCE: ['licences', 'licenceFen'],
  TRANSFER: ['transfers', 'transferFen'],
  EQUITY: ['equities', 'equityFen'],
};

/** The amount a contract names when it is signed: the value of the shares, the fee, else the entry fee; a mere royalty names none. */
const amountOf = ({ mode, equity, feeFen, entryFeeFen }: ContractTerms): string =>
  (mode === 'EQUITY' ? equity?.valueFen : undefined) ?? feeFen ?? entryFeeFen ?? '0';

const requested = (terms: ContractTerms): ReportedRecord => {
  const { universityId, mode, signedOn: on, equity } = terms;
  const figures = MODES[mode];
  const entry = figures && { on, adds: { [figures[0]]: '1', [figures[1]]: amountOf(terms) } };
  const followsFee = mode !== 'EQUITY' || equity === undefined;
  return { ...record(universityId, entry ? { contract: entry } : {}), stands: false, followsFee };
};

const withAmount = (before: ReportedRecord, amountFen: string): ReportedRecord => {
  const { contract } = before.entries;
  if (!contract || !before.followsFee) return before;
  const adds = Object.fromEntries(
    Object.entries(contract.adds).map(([figure, value]) => [figure, figure.endsWith('Fen') ? amountFen : value]),
  );
  return withEntry(before, 'contract', { ...contract, adds });
};

/** An amendment signed in a later year is none of the year the contract was signed in: the cutoff is 31 December. */
const amended = (before: ReportedRecord, { signedOn, changes }: DataOf<'ContractAmended'>): ReportedRecord => {
  const { contract } = before.entries;
  if (changes.feeFen === undefined || !contract) return before;
  return yearOf(signedOn) > yearOf(contract.on) ? { ...before, followsFee: false } : withAmount(before, changes.feeFen);
};

const registered = ({ universityId, filedOn, grantedOn }: DataOf<'AssetRegistered'>): ReportedRecord => {
  const filed = record(universityId, { filed: { on: filedOn, adds: { filings: '1' } } });
  return grantedOn === undefined ? filed : granted(filed, 'granted', grantedOn);
};

const granted = (before: ReportedRecord, key: string, on: string): ReportedRecord =>
  withEntry(before, key, { on, adds: { grants: '1' } });

/** The events a record begins with. */
const OPENINGS = {
  LodgementRequested: requested,
  OpenLicenceGranted: ({ universityId, effectiveOn: on, paidFen }: DataOf<'OpenLicenceGranted'>) =>
    record(universityId, { grant: { on, adds: { openGrants: '1', openGrantFen: paidFen } } }),
  OpenLicenceDeclared: ({ universityId }: DataOf<'OpenLicenceDeclared'>) => record(universityId),
  InventionDisclosed: ({ universityId, disclosedOn: on }: DataOf<'InventionDisclosed'>) =>
    record(universityId, { disclosure: { on, adds: { disclosures: '1' } } }),
  EvaluationConcluded: ({ universityId, evaluatedOn: on }: DataOf<'EvaluationConcluded'>) =>
    record(universityId, { evaluation: { on, adds: { evaluations: '1' } } }),
  AssetRegistered: registered,
};

/** The events that change what a record adds. */
const STEPS = {
  ContractLodged: (before: ReportedRecord) => ({ ...before, stands: true }),
  ContractRefused: fallen,
  ContractVoided: fallen,
  OpenGrantVoided: fallen,
  OpenLicenceVoided: fallen,
  DisclosureWithdrawn: fallen,
  ContractCorrected: (before: ReportedRecord, { field, to }: DataOf<'ContractCorrected'>) =>
    field === 'feeFen' ? withAmount(before, String(to)) : before,
  ContractAmended: amended,
  PaymentReceived: (before: ReportedRecord, { number, receivedOn: on, amountFen }: DataOf<'PaymentReceived'>) =>
    withEntry(before, `payment/${number}`, { on, adds: { receiptFen: amountFen } }),
  PaymentReversed: (before: ReportedRecord, { number }: DataOf<'PaymentReversed'>) =>
    withoutEntry(before, `payment/${number}`),
  RewardDistributed: (before: ReportedRecord, data: DataOf<'RewardDistributed'>) => {
    const { number, distributedOn: on, netIncomeFen, rewardFen } = data;
    return withEntry(before, `reward/${number}`, { on, adds: { netIncomeFen, rewardFen } });
  },
  RewardReversed: (before: ReportedRecord, { number }: DataOf<'RewardReversed'>) =>
    withoutEntry(before, `reward/${number}`),
  DisclosureCorrected: (before: ReportedRecord, { field, to }: DataOf<'DisclosureCorrected'>) =>
    field === 'disclosedOn' ? redated(before, 'disclosure', String(to)) : before,
  EvaluationCorrected: (before: ReportedRecord, { field, to }: DataOf<'EvaluationCorrected'>) =>
    field === 'evaluatedOn' ? redated(before, 'evaluation', String(to)) : before,
  AssetDataCorrected: (before: ReportedRecord, { from, to }: DataOf<'AssetDataCorrected'>) => {
    const filed = to.filedOn === undefined ? before : redated(before, 'filed', to.filedOn);
    if (to.grantedOn !== undefined) return granted(filed, 'granted', to.grantedOn);
    return from.grantedOn === undefined ? filed : withoutEntry(filed, 'granted');
  },
  PatentGranted: (before: ReportedRecord, { on }: DataOf<'PatentGranted'>, revision: number) =>
    granted(before, `entry/${revision}`, on),
  RightRegistered: (before: ReportedRecord, { on }: DataOf<'RightRegistered'>, revision: number) =>
    granted(before, `entry/${revision}`, on),
  AssetEntryVoided: (before: ReportedRecord, { revision }: DataOf<'AssetEntryVoided'>) =>
    withoutEntry(before, `entry/${revision}`),
  OpenLicenceAnnounced: (before: ReportedRecord, { announcedOn: on }: DataOf<'OpenLicenceAnnounced'>) =>
    withEntry(before, 'announcement', { on, adds: { openLicences: '1' } }),
};

type Opening = (data: unknown) => ReportedRecord;
type Step = (before: ReportedRecord, data: unknown, revision: number) => ReportedRecord;
const openings = OPENINGS as unknown as Readonly<Record<string, Opening>>;
const steps = STEPS as unknown as Readonly<Record<string, Step>>;

/** Every event type that bears on the figures. */
export const REPORTED_EVENTS: readonly string[] = [...Object.keys(OPENINGS), ...Object.keys(STEPS)];

/** The record after an event; undefined while it has not begun. The revision is the event's place in its own stream. */
export const evolveReported = (
  before: ReportedRecord | undefined,
  { type, data }: { readonly type: string; readonly data: unknown },
  revision: number,
): ReportedRecord | undefined => openings[type]?.(data) ?? (before && steps[type]?.(before, data, revision));

/** What a record adds to each year. */
export const addedBy = (
  reported: ReportedRecord | undefined,
): ReadonlyArray<{ readonly year: number; readonly sums: FigureSums }> =>
  reported?.stands
    ? Object.values(reported.entries).map(({ on, adds }) => ({
        year: yearOf(on),
        sums: Object.fromEntries(Object.entries(adds).map(([figure, value]) => [figure, BigInt(value)])),
      }))
    : [];
