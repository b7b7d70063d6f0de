import { type IpType, type LegalDate, type Message, addMonths, addYears, annuityTerm, isPatent } from '@app/kernel';
import type { AssetData } from '@app/patents';
import {
  type Closing,
  type Deadline,
  type RecordOf,
  cancelled,
  compareText,
  deadline,
  fixedTerm,
  lapsedAfter,
  laterOf,
  met,
} from './deadline.js';
import { type EventPlace, deadlineCase } from './deadline-case.js';

type Patent = Pick<AssetData, 'universityId' | 'ipType' | 'number' | 'title' | 'filedOn' | 'grantedOn'>;

/** The facts of the register that annuities follow from; each can be voided by its revision. */
type RegisterFact =
  | Message<'PatentGranted', { readonly on: LegalDate }>
  | Message<'PatentLapsed', { readonly on: LegalDate }>
  | Message<'PatentRestored', { readonly on: LegalDate }>
  | Message<'PatentInvalidated', { readonly on: LegalDate }>
  | Message<'AnnuityPaid', { readonly year: number; readonly paidOn: LegalDate }>;

type RegisterEvent =
  | Exclude<RegisterFact, { type: 'PatentInvalidated' }>
  | Message<'PatentInvalidated', { readonly on: LegalDate; readonly scope: string }>;

export type PatentDeadlineEvent =
  | RegisterEvent
  | Message<'AssetRegistered', Patent>
  | Message<'AssetDataCorrected', { readonly from: Partial<Patent>; readonly to: Partial<Patent> }>
  | Message<'AssetEntryVoided', { readonly revision: number }>
  | Message<'OwnershipMoved', { readonly contractId: string; readonly to: string; readonly on: LegalDate }>
  | Message<'RightReleased', { readonly contractId: string }>;

interface Move {
  readonly contractId: string;
  readonly to: string;
  readonly on: LegalDate;
}

interface PatentCase {
  readonly patent: Patent;
  readonly facts: ReadonlyArray<{ readonly revision: number; readonly fact: RegisterFact }>;
  readonly moves: readonly Move[];
}

const registered = ({ universityId, ipType, number, title, filedOn, grantedOn }: Patent): PatentCase | undefined =>
  isPatent(ipType)
    ? {
        patent: { universityId, ipType, number, title, filedOn, ...(grantedOn === undefined ? {} : { grantedOn }) },
        facts: [],
        moves: [],
      }
    : undefined;

/** What stood before and stands no more was taken back. */
const correctedPatent = (
  { title, filedOn, grantedOn, ...identity }: Patent,
  { from, to }: { readonly from: Partial<Patent>; readonly to: Partial<Patent> },
): Patent => {
  const granted = to.grantedOn ?? (from.grantedOn === undefined ? grantedOn : undefined);
  const dated = { title: to.title ?? title, filedOn: to.filedOn ?? filedOn };
  return { ...identity, ...dated, ...(granted === undefined ? {} : { grantedOn: granted }) };
};

/** A later word of the same contract on its own transfer takes the place of the earlier one. */
const moved = (moves: readonly Move[], { contractId, to, on }: Move): readonly Move[] => {
  const move = { contractId, to, on };
  return moves.some((known) => known.contractId === contractId)
    ? moves.map((known) => (known.contractId === contractId ? move : known))
    : [...moves, move];
};

/** Of a fact its dates are kept, whatever else the register says. */
const keptFact = (event: RegisterEvent): RegisterFact => {
  if (event.type !== 'AnnuityPaid') return { type: event.type, data: { on: event.data.on } };
  const { year, paidOn } = event.data;
  return { type: event.type, data: { year, paidOn } };
};

const withFact = (state: PatentCase, event: RegisterEvent, revision: number): PatentCase => ({
  ...state,
  facts: [...state.facts, { revision, fact: keptFact(event) }],
});

const evolve = (
  state: PatentCase | undefined,
  event: PatentDeadlineEvent,
  { revision }: EventPlace,
): PatentCase | undefined => {
  if (event.type === 'AssetRegistered') return registered(event.data);
  if (!state) return undefined;
  switch (event.type) {
    case 'AssetDataCorrected':
      return { ...state, patent: correctedPatent(state.patent, event.data) };
    case 'AssetEntryVoided':
      return { ...state, facts: state.facts.filter((entry) => entry.revision !== event.data.revision) };
    case 'OwnershipMoved':
      return { ...state, moves: moved(state.moves, event.data) };
    case 'RightReleased':
      return { ...state, moves: state.moves.filter(({ contractId }) => contractId !== event.data.contractId) };
    case 'PatentInvalidated':
      // Invalid in part, the rest of the patent goes on, and so do its fees.
      return event.data.scope === 'WHOLE' ? withFact(state, event, revision) : state;
    case 'PatentGranted':
    case 'PatentLapsed':
    case 'PatentRestored':
    case 'AnnuityPaid':
      return withFact(state, event, revision);
  }
};

const INVENTION_YEARS = 20;
const UTILITY_MODEL_YEARS = 10;
/** Fifteen years for designs filed from the day the law of 2020 came into force, ten for those before. */
const DESIGN_LAW_FROM = '2021-06-01';
const DESIGN_YEARS = 15;

/** Years a patent lives from its filing date (专利法 art 42). */
const yearsOf = ({ ipType, filedOn }: { readonly ipType: IpType; readonly filedOn: LegalDate }): number => {
  if (ipType === 'INVENTION') return INVENTION_YEARS;
  return ipType === 'DESIGN' && filedOn >= DESIGN_LAW_FROM ? DESIGN_YEARS : UTILITY_MODEL_YEARS;
};

type DatedFact = Exclude<RegisterFact, { type: 'AnnuityPaid' }>;

const datesOf = ({ facts }: PatentCase, ...types: ReadonlyArray<DatedFact['type']>): readonly LegalDate[] =>
  facts.flatMap(({ fact }) => (fact.type !== 'AnnuityPaid' && types.includes(fact.type) ? [fact.data.on] : []));

const first = (dates: readonly LegalDate[]): LegalDate | undefined => dates.toSorted(compareText)[0];
const last = (dates: readonly LegalDate[]): LegalDate | undefined => dates.toSorted(compareText).at(-1);

/** A restoration undoes every lapse up to its day. */
const lapsedOn = (state: PatentCase): LegalDate | undefined => {
  const restoredOn = last(datesOf(state, 'PatentRestored')) ?? '';
  return first(datesOf(state, 'PatentLapsed').filter((on) => on > restoredOn));
};

/** The day since when the title has been away from the university; none while it is at home. */
const awaySince = ({ patent, moves }: PatentCase): LegalDate | undefined => {
  const home = moves.findLastIndex(({ to }) => to === patent.universityId);
  return moves[home + 1]?.on;
};

const ends = (state: PatentCase): ReadonlyArray<Closing | undefined> => [
  cancelled(first(datesOf(state, 'PatentInvalidated')), 'PatentInvalidated'),
  cancelled(lapsedOn(state), 'PatentLapsed'),
  cancelled(awaySince(state), 'OwnershipMoved'),
];

/** How long before its day a fee and the end of a patent are thought of. */
const ANNUITY_WATCH_MONTHS = 3;
const EXPIRY_WATCH_MONTHS = 6;

/** First payment of each year, by year. */
const paidDays = ({ facts }: PatentCase): ReadonlyMap<number, LegalDate> => {
  const paid = new Map<number, LegalDate>();
  for (const { fact } of facts) {
    if (fact.type !== 'AnnuityPaid') continue;
    const { year, paidOn } = fact.data;
    const known = paid.get(year);
    paid.set(year, known !== undefined && known < paidOn ? known : paidOn);
  }
  return paid;
};

/** Year n's fee is due on the anniversary that ends year n-1 (审查指南 part V ch 9). */
const annuity = (state: PatentCase, record: RecordOf, year: number, paidOn: LegalDate | undefined): Deadline[] => {
  const { patent } = state;
  const grantedOn = last(datesOf(state, 'PatentGranted')) ?? patent.grantedOn ?? '';
  const { graceEndsOn: graceTo, ...term } = annuityTerm(patent.filedOn, year);
  // The year of the grant is paid with its registration, on another day.
  if (term.nominalOn <= grantedOn) return [];
  return [
    deadline({
      kind: 'PATENT_ANNUITY',
      record,
      opensOn: laterOf(grantedOn, addMonths(term.nominalOn, -ANNUITY_WATCH_MONTHS)),
      term,
      tail: year,
      detail: { year, graceTo },
      closings: [met(paidOn, 'AnnuityPaid'), ...ends(state)],
    }),
  ];
};

const expiry = (state: PatentCase, record: RecordOf): Deadline => {
  const { filedOn } = state.patent;
  const expiresOn = addYears(filedOn, yearsOf(state.patent));
  return deadline({
    kind: 'PATENT_EXPIRY',
    record,
    opensOn: addMonths(expiresOn, -EXPIRY_WATCH_MONTHS),
    term: fixedTerm(expiresOn),
    closings: [...ends(state), lapsedAfter(expiresOn)],
  });
};

/** None before the office has entered a first annuity: it then keeps them, and is told of the years paid, missed, and next. */
const deadlines = (state: PatentCase, recordId: string): readonly Deadline[] => {
  const { universityId, number: recordNumber, title } = state.patent;
  const record: RecordOf = { universityId, recordKind: 'asset', recordId, recordNumber, title };
  const paid = paidDays(state);
  if (paid.size === 0) return [];
  const from = Math.max(2, Math.min(...paid.keys()));
  const to = Math.min(yearsOf(state.patent), Math.max(...paid.keys()) + 1);
  const years = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  return [...years.flatMap((year) => annuity(state, record, year, paid.get(year))), expiry(state, record)];
};

/** Patents and applications, by `asset-<id>`. */
export const patentCase = deadlineCase<PatentCase, PatentDeadlineEvent>({
  types: [
    'AssetRegistered',
    'AssetDataCorrected',
    'AssetEntryVoided',
    'OwnershipMoved',
    'RightReleased',
    'PatentGranted',
    'PatentLapsed',
    'PatentRestored',
    'PatentInvalidated',
    'AnnuityPaid',
  ],
  evolve,
  deadlines,
});
