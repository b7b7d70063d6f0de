import type { ContractTerms, CorrectableField } from '@app/contracts';
import { type LegalDate, type Message, dateInChina } from '@app/kernel';
import type { EventPlace } from './deadline-case.js';

/** What of the terms decides a deadline. */
export type Terms = Pick<
  ContractTerms,
  'universityId' | 'number' | 'mode' | 'assets' | 'counterparty' | 'effectiveOn' | 'endsOn'
> & { readonly instalments?: readonly Instalment[] };

interface Instalment {
  readonly dueOn: LegalDate;
  readonly amountFen: string;
}

type Changes = Partial<Pick<Terms, 'endsOn' | 'instalments'>>;

export interface Payment {
  readonly number: string;
  readonly receivedOn: LegalDate;
  readonly amountFen: string;
  readonly kind: string;
  /** Which instalment, the first being 1. */
  readonly instalment?: number;
}

interface Reward {
  readonly number: string;
  readonly distributedOn: LegalDate;
  readonly costsFen: string;
  readonly netIncomeFen: string;
}

export type ContractDeadlineEvent =
  | Message<'LodgementRequested', Terms>
  | Message<'ContractLodged', object>
  | Message<'ContractRefused', object>
  | Message<'LicenceRecorded', { readonly recordedOn: LegalDate }>
  | Message<'RecordingRefused', { readonly refusedOn: LegalDate }>
  | Message<'RecordingCancelled', { readonly cancelledOn: LegalDate }>
  | Message<'LicenceDeregistered', { readonly deregisteredOn: LegalDate }>
  | Message<'ContractAmended', { readonly changes: Changes; readonly signedOn: LegalDate }>
  | Message<'LicenceTerminated', { readonly on: LegalDate }>
  | Message<'PaymentReceived', Payment>
  | Message<'PaymentReversed', { readonly number: string }>
  | Message<'RewardDistributed', Reward>
  | Message<'RewardReversed', { readonly number: string }>
  | Message<'ContractCorrected', { readonly field: CorrectableField; readonly to: unknown }>
  | Message<'ContractVoided', { readonly voidedOn: LegalDate }>;

/** A recording in the register (备案), and how it left it again. */
export interface Recording {
  readonly recordedOn: LegalDate;
  readonly cancelledOn?: LegalDate;
  readonly deregisteredOn?: LegalDate;
}

/** A contract as far as its deadlines need it. */
export interface ContractCase {
  readonly terms: Terms;
  readonly lodged: boolean;
  /** The day in China on which the ledger was told of the contract. */
  readonly enteredOn: LegalDate;
  /** Last days the licence had before amendments, and when each was given up. */
  readonly formerEnds: ReadonlyArray<{ readonly endsOn: LegalDate; readonly amendedOn: LegalDate }>;
  /** In the order they were entered: one recorded anew stands beside the cancelled one, whose days stay as they were. */
  readonly recordings: readonly Recording[];
  readonly refusedOn?: LegalDate;
  readonly terminatedOn?: LegalDate;
  readonly voidedOn?: LegalDate;
  readonly payments: readonly Payment[];
  readonly rewards: readonly Reward[];
}

const kept = ({
  universityId,
  number,
  mode,
  assets,
  counterparty,
  effectiveOn,
  endsOn,
  instalments,
}: Terms): Terms => ({
  universityId,
  number,
  mode,
  assets: assets.map(({ assetId, ipType, number: asset }) => ({ assetId, ipType, number: asset })),
  counterparty,
  effectiveOn,
  ...(endsOn === undefined ? {} : { endsOn }),
  ...(instalments === undefined ? {} : { instalments }),
});

const keptPayment = ({ number, receivedOn, amountFen, kind, instalment }: Payment): Payment => ({
  number,
  receivedOn,
  amountFen,
  kind,
  ...(instalment === undefined ? {} : { instalment }),
});

const keptReward = ({ number, distributedOn, costsFen, netIncomeFen }: Reward): Reward => ({
  number,
  distributedOn,
  costsFen,
  netIncomeFen,
});

/** What is entered or corrected of a recording is said of the last one. */
const lastRecording = (state: ContractCase, change: Partial<Recording>): ContractCase => {
  const last = state.recordings.length - 1;
  const recordings = state.recordings.map((known, index) => (index === last ? { ...known, ...change } : known));
  return { ...state, recordings };
};

/** A corrected plan is one text, `2024-01-01 100000；2025-01-01 100000`: the day and the fen of each instalment. */
const planIn = (text: string): readonly Instalment[] =>
  text.split('；').map((line) => {
    const [dueOn = '', amountFen = '0'] = line.split(' ');
    return { dueOn, amountFen };
  });

type Correction = (state: ContractCase, to: unknown) => ContractCase;
const ofLastRecording =
  (field: keyof Recording): Correction =>
  (state, to) =>
    lastRecording(state, { [field]: to });
const ofTerms =
  (field: 'effectiveOn' | 'counterparty'): Correction =>
  (state, to) => ({ ...state, terms: { ...state.terms, [field]: to } });
const ofNoConcern: Correction = (state) => state;

/** What a correction of each field changes here: a field that contracts let correct and that is missing does not compile. */
const CORRECTIONS: Readonly<Record<CorrectableField, Correction>> = {
  recordNo: ofNoConcern,
  recordedOn: ofLastRecording('recordedOn'),
  deregisteredOn: ofLastRecording('deregisteredOn'),
  registeredOn: ofNoConcern,
  effectiveOn: ofTerms('effectiveOn'),
  terminatedOn: (state, to) => ({ ...state, terminatedOn: to as LegalDate }),
  feeFen: ofNoConcern,
  counterparty: ofTerms('counterparty'),
  counterpartyCode: ofNoConcern,
  counterpartyDivision: ofNoConcern,
  implementationDivision: ofNoConcern,
  relatedParty: ofNoConcern,
  technologyContractNo: ofNoConcern,
  technologyRegisteredOn: ofNoConcern,
  technologyAmountFen: ofNoConcern,
  entryFeeFen: ofNoConcern,
  instalments: (state, to) => ({ ...state, terms: { ...state.terms, instalments: planIn(String(to)) } }),
};

const nothingYet = { formerEnds: [], recordings: [], payments: [], rewards: [] };

/** A last day that moved keeps its own extension row. */
const amended = (state: ContractCase, { endsOn, instalments }: Changes, amendedOn: LegalDate): ContractCase => {
  const { terms, formerEnds } = state;
  const former =
    endsOn !== undefined && terms.endsOn !== undefined && endsOn !== terms.endsOn
      ? [{ endsOn: terms.endsOn, amendedOn }]
      : [];
  const changes = {
    ...(endsOn === undefined ? {} : { endsOn }),
    ...(instalments === undefined ? {} : { instalments }),
  };
  return { ...state, terms: { ...terms, ...changes }, formerEnds: [...formerEnds, ...former] };
};

export const evolveContract = (
  state: ContractCase | undefined,
  event: ContractDeadlineEvent,
  { recordedAt }: EventPlace,
): ContractCase | undefined => {
  if (event.type === 'LodgementRequested')
    return { terms: kept(event.data), lodged: false, enteredOn: dateInChina(recordedAt), ...nothingYet };
  if (!state) return undefined;
  switch (event.type) {
    case 'ContractLodged':
      return { ...state, lodged: true };
    case 'ContractRefused':
      return undefined;
    case 'LicenceRecorded':
      return { ...state, recordings: [...state.recordings, { recordedOn: event.data.recordedOn }] };
    case 'RecordingRefused':
      return { ...state, refusedOn: event.data.refusedOn };
    case 'RecordingCancelled':
      return lastRecording(state, { cancelledOn: event.data.cancelledOn });
    case 'LicenceDeregistered':
      return lastRecording(state, { deregisteredOn: event.data.deregisteredOn });
    case 'ContractAmended':
      return amended(state, event.data.changes, event.data.signedOn);
    case 'LicenceTerminated':
      return { ...state, terminatedOn: event.data.on };
    case 'PaymentReceived':
      return { ...state, payments: [...state.payments, keptPayment(event.data)] };
    case 'PaymentReversed':
      return { ...state, payments: state.payments.filter(({ number }) => number !== event.data.number) };
    case 'RewardDistributed':
      return { ...state, rewards: [...state.rewards, keptReward(event.data)] };
    case 'RewardReversed':
      return { ...state, rewards: state.rewards.filter(({ number }) => number !== event.data.number) };
    case 'ContractCorrected':
      return CORRECTIONS[event.data.field](state, event.data.to);
    case 'ContractVoided':
      return { ...state, voidedOn: event.data.voidedOn };
  }
};
