import type { ContractTerms } from '@app/contracts';
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
  | Message<'ContractCorrected', { readonly field: string; readonly to: unknown }>
  | Message<'ContractVoided', { readonly voidedOn: LegalDate }>;

/** A contract as far as its deadlines need it. */
export interface ContractCase {
  readonly terms: Terms;
  readonly lodged: boolean;
  /** The day in China on which the ledger was told of the contract. */
  readonly enteredOn: LegalDate;
  /** Last days the licence had before amendments, and when each was given up. */
  readonly formerEnds: ReadonlyArray<{ readonly endsOn: LegalDate; readonly amendedOn: LegalDate }>;
  readonly recordedOn?: LegalDate;
  readonly refusedOn?: LegalDate;
  readonly cancelledOn?: LegalDate;
  readonly deregisteredOn?: LegalDate;
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

/** Corrections of what deadlines stand on; of the others the case keeps nothing. */
const corrected = (state: ContractCase, field: string, to: unknown): ContractCase => {
  if (field === 'recordedOn' || field === 'terminatedOn' || field === 'deregisteredOn')
    return { ...state, [field]: to as LegalDate };
  return field in state.terms ? { ...state, terms: { ...state.terms, [field]: to } } : state;
};

const nothingYet = { formerEnds: [], payments: [], rewards: [] };

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

/** Recorded anew after its record was cancelled or deregistered. */
const recorded = (
  { cancelledOn: _cancelled, deregisteredOn: _deregistered, ...state }: ContractCase,
  recordedOn: LegalDate,
): ContractCase => ({
  ...state,
  recordedOn,
});

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
      return recorded(state, event.data.recordedOn);
    case 'RecordingRefused':
      return { ...state, refusedOn: event.data.refusedOn };
    case 'RecordingCancelled':
      return { ...state, cancelledOn: event.data.cancelledOn };
    case 'LicenceDeregistered':
      return { ...state, deregisteredOn: event.data.deregisteredOn };
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
    case 'ContractCorrected':
      return corrected(state, event.data.field, event.data.to);
    case 'ContractVoided':
      return { ...state, voidedOn: event.data.voidedOn };
  }
};
