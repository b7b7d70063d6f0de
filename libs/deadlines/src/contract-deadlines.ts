import { type LegalDate, addDays, addMonths, deadlineDays, formatYuan, isPatent } from '@app/kernel';
import {
  type ContractCase,
  type ContractDeadlineEvent,
  type Payment,
  type Terms,
  evolveContract,
} from './contract-case.js';
import {
  type Deadline,
  type RecordOf,
  NEVER,
  cancelled,
  compareText,
  countedTerm,
  deadline,
  fixedTerm,
  lapsed,
  lapsedAfter,
  laterOf,
  met,
} from './deadline.js';
import { deadlineCase } from './deadline-case.js';
import { recordingDeadline } from './recording-deadline.js';

const recordOf = ({ universityId, number, mode, assets, counterparty }: Terms, recordId: string): RecordOf => {
  const numbers = assets.map((asset) => asset.number).join('；');
  // The other party of a release is an inventor, and no row names a person.
  const title = mode === 'RELEASE' ? numbers : `${counterparty} ${numbers}`;
  return { universityId, recordKind: 'contract', recordId, recordNumber: number, title };
};

const voided = ({ voidedOn }: ContractCase) => cancelled(voidedOn, 'ContractVoided');

/** A refused recording was applied for: the duty is done with, until a recording after all says when. */
const recording = (state: ContractCase, record: RecordOf): Deadline => {
  const { terms, recordings, refusedOn, terminatedOn } = state;
  const [first] = recordings;
  return recordingDeadline('LICENCE_RECORDING', record, terms, [
    first ? met(first.recordedOn, 'LicenceRecorded') : cancelled(refusedOn, 'RecordingRefused'),
    cancelled(terminatedOn, 'LicenceTerminated'),
    voided(state),
  ]);
};

const EXTENSION_MONTHS = 2;
/** How long before its day an extension is thought of. */
const EXTENSION_WATCH_MONTHS = 5;

const extension = (state: ContractCase, record: RecordOf): Deadline[] => {
  const { terms, terminatedOn, recordings, formerEnds } = state;
  const [first] = recordings;
  if (terms.endsOn === undefined || first === undefined) return [];
  const ends = [...formerEnds, { endsOn: terms.endsOn, amendedOn: undefined }];
  return ends.map(({ endsOn, amendedOn }, index) => {
    const isLonger = (ends[index + 1]?.endsOn ?? '') > endsOn;
    return deadline({
      kind: 'LICENCE_EXTENSION',
      record,
      opensOn: laterOf(first.recordedOn, addMonths(endsOn, -EXTENSION_WATCH_MONTHS)),
      term: fixedTerm(addMonths(endsOn, -EXTENSION_MONTHS)),
      tail: index + 1,
      detail: { endsOn },
      closings: [
        (isLonger ? met : cancelled)(amendedOn, 'ContractAmended'),
        cancelled(terminatedOn, 'LicenceTerminated'),
        voided(state),
        lapsedAfter(endsOn),
      ],
    });
  });
};

/**
 * Every recording leaves the register in its turn. One that was already late when the ledger was told of the contract is history that
 * nobody can mend any more.
 */
const deregistrations = (state: ContractCase, record: RecordOf): Deadline[] => {
  const { terms, terminatedOn, recordings, enteredOn } = state;
  const endedOn = terminatedOn ?? terms.endsOn;
  if (endedOn === undefined) return [];
  const term = countedTerm(deadlineDays(endedOn, 30));
  return recordings.map(({ recordedOn, cancelledOn, deregisteredOn }, index) => {
    const done = [
      met(deregisteredOn, 'LicenceDeregistered'),
      met(cancelledOn, 'RecordingCancelled'),
      voided(state),
    ].filter((closing) => closing !== undefined);
    return deadline({
      kind: 'LICENCE_DEREGISTRATION',
      record,
      opensOn: laterOf(recordedOn, endedOn),
      term,
      ...(index === 0 ? {} : { tail: index + 1 }),
      detail: { endedOn },
      closings: done.length === 0 && term.dueOn < enteredOn ? [lapsed(endedOn)] : done,
    });
  });
};

/** Days of an instalment before it is due. */
const PAYMENT_WATCH_DAYS = 30;

const payments = (state: ContractCase, record: RecordOf): Deadline[] =>
  (state.terms.instalments ?? []).map(({ dueOn, amountFen }, index) => {
    const received = state.payments.filter(({ kind, instalment }) => kind === 'INSTALMENT' && instalment === index + 1);
    // What fell due before a licence ended early stays owed.
    const { terminatedOn = NEVER } = state;
    return deadline({
      kind: 'PAYMENT',
      record,
      opensOn: addDays(dueOn, -PAYMENT_WATCH_DAYS),
      term: fixedTerm(dueOn),
      tail: index + 1,
      detail: { instalment: index + 1, amount: formatYuan(BigInt(amountFen)) },
      closings: [
        met(dayReached(received, BigInt(amountFen)), 'PaymentReceived'),
        dueOn > terminatedOn ? cancelled(terminatedOn, 'LicenceTerminated') : undefined,
        voided(state),
      ],
    });
  });

const byDay = (received: readonly Payment[]): readonly Payment[] =>
  received.toSorted((a, b) => compareText(a.receivedOn, b.receivedOn) || compareText(a.number, b.number));

/** The day on which what came in first amounts to the sum. */
const dayReached = (received: readonly Payment[], sum: bigint): LegalDate | undefined => {
  let total = 0n;
  return byDay(received).find(({ amountFen }) => (total += BigInt(amountFen)) >= sum)?.receivedOn;
};

/** 财税〔2018〕58号 governs from this day; income received before counts from it. */
const CASH_REWARD_FROM = '2018-07-01';
const CASH_REWARD_MONTHS = 36;

/** Distributions use up receipts in the order they came in: a receipt is dealt with once that much income has been distributed. */
const rewards = (state: ContractCase, record: RecordOf): Deadline[] => {
  const { mode } = state.terms;
  if (mode !== 'LICENCE' && mode !== 'TRANSFER') return [];
  const distributed = state.rewards.toSorted((a, b) => compareText(a.distributedOn, b.distributedOn));
  let income = 0n;
  return byDay(state.payments).map(({ number, receivedOn, amountFen }) => {
    income += BigInt(amountFen);
    let total = 0n;
    const reached = distributed.find(
      ({ costsFen, netIncomeFen }) => (total += BigInt(costsFen) + BigInt(netIncomeFen)) >= income,
    );
    const start = laterOf(receivedOn, CASH_REWARD_FROM);
    return deadline({
      kind: 'REWARD_CASH',
      record,
      opensOn: receivedOn,
      term: fixedTerm(addMonths(start, CASH_REWARD_MONTHS)),
      tail: number,
      detail: { receivedOn, amount: formatYuan(BigInt(amountFen)) },
      closings: [met(reached?.distributedOn, 'RewardDistributed'), voided(state)],
    });
  });
};

const deadlines = (state: ContractCase, id: string): readonly Deadline[] => {
  const { terms, lodged } = state;
  if (!lodged) return [];
  const record = recordOf(terms, id);
  const recordable = terms.mode === 'LICENCE' && terms.assets.some(({ ipType }) => isPatent(ipType));
  return [
    ...(recordable ? [recording(state, record), ...extension(state, record), ...deregistrations(state, record)] : []),
    ...payments(state, record),
    ...rewards(state, record),
  ];
};

/** Contracts, by `contract-<id>`. */
export const contractCase = deadlineCase<ContractCase, ContractDeadlineEvent>({
  types: [
    'LodgementRequested',
    'ContractLodged',
    'ContractRefused',
    'LicenceRecorded',
    'RecordingRefused',
    'RecordingCancelled',
    'LicenceDeregistered',
    'ContractAmended',
    'LicenceTerminated',
    'PaymentReceived',
    'PaymentReversed',
    'RewardDistributed',
    'RewardReversed',
    'ContractCorrected',
    'ContractVoided',
  ],
  evolve: evolveContract,
  deadlines,
});
