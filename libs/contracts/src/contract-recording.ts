import { type BilingualText, type DecisionContext, deadlineDays, deadlineMonths, isPatent } from '@app/kernel';
import type { ContractCommandOf, ContractEvent } from './contract-events.js';
import { lifeRule } from './contract-life-rules.js';
import { contractRule } from './contract-rules.js';
import {
  type Contract,
  type Dated,
  assertAfterSigning,
  assertNotBefore,
  lastDayOf,
  lodged,
  recordClaim,
  stateRefusal,
} from './contract-state.js';
import { type ContractTerms, movesTitle } from './contract-terms.js';

/** States of a licence's recording (L-5). */
export const RECORDING_STATES = {
  NOT_DUE: { zh: '期限未到', en: 'Not due yet' },
  DUE: { zh: '期满未备案', en: 'Due, not recorded' },
  RECORDED_ON_TIME: { zh: '按期备案', en: 'Recorded on time' },
  RECORDED_LATE: { zh: '逾期备案', en: 'Recorded late' },
  REFUSED: { zh: '不予备案', en: 'Refused' },
  CANCELLED: { zh: '备案已撤销', en: 'Cancelled' },
} as const satisfies Record<string, BilingualText>;
export type RecordingState = keyof typeof RECORDING_STATES;

/** The last day for recording: three months from the contract's effect, rolled over days off (办法 art 5; 专利法实施细则 art 5). */
export const recordingDueOn = (effectiveOn: string): string => deadlineMonths(effectiveOn, 3).due;

/** Whether there is anything to record: a licence over at least one patent. */
export const isRecordable = ({ mode, assets }: Pick<ContractTerms, 'mode' | 'assets'>): boolean =>
  mode === 'LICENCE' && assets.some(({ ipType }) => isPatent(ipType));

interface RecordingFacts {
  readonly effectiveOn: string;
  readonly recordedOn?: string | undefined;
  readonly refusedOn?: string | undefined;
  readonly cancelledOn?: string | undefined;
}

/**
 * How the recording of a licence stands as of a date (L-5): what was recorded, refused or cancelled last by then; else whether the
 * three months have passed. `recordedOn` is absent once a recording was cancelled.
 */
export const recordingState = (facts: RecordingFacts, asOf: string): RecordingState => {
  const { effectiveOn, recordedOn, refusedOn, cancelledOn } = facts;
  const due = recordingDueOn(effectiveOn);
  const happened = (date: string | undefined): date is string => date !== undefined && date <= asOf;
  if (happened(recordedOn)) return recordedOn <= due ? 'RECORDED_ON_TIME' : 'RECORDED_LATE';
  if (happened(cancelledOn) && (!happened(refusedOn) || refusedOn <= cancelledOn)) return 'CANCELLED';
  if (happened(refusedOn)) return 'REFUSED';
  return asOf > due ? 'DUE' : 'NOT_DUE';
};

type Recording<Type extends 'RecordLicence' | 'RefuseRecording' | 'CancelRecording' | 'DeregisterLicence'> =
  ContractCommandOf<Type>;

export const recordLicence = (
  { recordNo, recordedOn }: Recording<'RecordLicence'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = licenceIn(contract, 'recordedOn');
  assertAfterSigning({ field: 'recordedOn', date: recordedOn }, terms, context);
  if (contract.recordNo === recordNo && contract.recordedOn === recordedOn) return [];
  if (contract.recordedOn) throw stateRefusal(contract, 'RECORDED');
  assertRecordable({ field: 'recordedOn', date: recordedOn }, contract, context);
  const warnings = isLate(terms, recordedOn) ? { warnings: ['L-5'] } : {};
  return [{ type: 'LicenceRecorded', data: { recordNo, recordedOn, ...replacedBy(recordNo, contract), ...warnings } }];
};

/** A day of recording among the others of the licence, entered or put right. @throws Refusal C-30, C-39, C-46, L-38 */
export const assertRecordable = (dated: Dated, contract: Contract, context: DecisionContext): void => {
  const terms = lodged(contract);
  const { date: recordedOn, field, place = field } = dated;
  assertAfterSigning(dated, terms, context);
  assertNotBefore(dated, 'effectiveOn', terms.effectiveOn);
  assertNotBefore(dated, 'refusedOn', contract.recordingRefused?.refusedOn);
  assertNotBefore(dated, 'cancelledOn', contract.recordingCancelled?.cancelledOn);
  const to = lastDayOf(contract);
  if (to !== undefined && recordedOn > to && lifeRule.governs('L-38', recordedOn))
    throw lifeRule('L-38', { number: terms.number, recordedOn, to }, { field: place });
};

/** A day of registration, entered or put right. @throws Refusal C-30, C-39, L-3 */
export const assertRegistrable = (dated: Dated, contract: Contract, context: DecisionContext): void => {
  const terms = lodged(contract);
  assertAfterSigning(dated, terms, context);
  assertRegisteredAfter(terms, dated.date, dated.place ?? dated.field);
};

/** The patent office registers a transfer that has taken effect. @throws Refusal L-3 */
export const assertRegisteredAfter = (
  { number, effectiveOn }: ContractTerms,
  registeredOn: string | undefined,
  field: string,
): void => {
  if (registeredOn !== undefined && registeredOn < effectiveOn)
    throw lifeRule('L-3', { registeredOn, number, effectiveOn }, { field });
};

/** The number of a cancelled recording is given up for another, not for another spelling of it. */
const replacedBy = (recordNo: string, { recordNo: before }: Contract): { readonly replaces?: string } =>
  before === undefined || recordClaim(before).value === recordClaim(recordNo).value ? {} : { replaces: before };

/** Late recording is told, never refused: it does not touch the licence (L-5). */
const isLate = (terms: ContractTerms, recordedOn: string): boolean =>
  isRecordable(terms) &&
  contractRule.governs('L-5', terms.effectiveOn) &&
  recordedOn > recordingDueOn(terms.effectiveOn);

export const refuseRecording = (
  { type: _type, ...data }: Recording<'RefuseRecording'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = licenceIn(contract, 'refusedOn');
  const { recordingRefused: earlier } = contract;
  assertAfterSigning({ field: 'refusedOn', date: data.refusedOn }, terms, context);
  if (earlier?.refusedOn === data.refusedOn && earlier.ground === data.ground) return [];
  if (contract.recordedOn) throw stateRefusal(contract, 'RECORDED');
  assertNotBefore({ field: 'refusedOn', date: data.refusedOn }, 'refusedOn', earlier?.refusedOn);
  assertNotBefore(
    { field: 'refusedOn', date: data.refusedOn },
    'cancelledOn',
    contract.recordingCancelled?.cancelledOn,
  );
  return [{ type: 'RecordingRefused', data }];
};

export const cancelRecording = (
  { type: _type, ...data }: Recording<'CancelRecording'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = licenceIn(contract, 'cancelledOn');
  assertAfterSigning({ field: 'cancelledOn', date: data.cancelledOn }, terms, context);
  if (!contract.recordedOn && contract.recordingCancelled?.cancelledOn === data.cancelledOn) return [];
  if (!contract.recordedOn) throw stateRefusal(contract, 'UNRECORDED');
  assertNotBefore({ field: 'cancelledOn', date: data.cancelledOn }, 'recordedOn', contract.recordedOn);
  return [{ type: 'RecordingCancelled', data }];
};

/** The last day of a licence that has ended by a day of deregistration. @throws Refusal C-30, C-39, C-46, L-34 */
export const assertEnded = (dated: Dated, contract: Contract, context: DecisionContext): string => {
  const { date: on, field, place = field } = dated;
  const terms = lodged(contract);
  assertAfterSigning(dated, terms, context);
  assertNotBefore(dated, 'recordedOn', contract.recordedOn);
  const to = lastDayOf(contract) ?? OPEN_END;
  if (on < to && contractRule.governs('L-34', on))
    throw contractRule('L-34', { number: terms.number, to, on }, { field: place });
  return to;
};

const DEREGISTRATION_DAYS = 30;
/** Later than any legal date: the end of a licence that names none. */
const OPEN_END = '9999-12-31';

/**
 * Deregistration (备案注销): what is recorded and has ended, on its last day at the earliest. The licence still counts in the year of its
 * recording. @throws Refusal C-37, C-46, L-34
 */
export const deregisterLicence = (
  { type: _type, ...data }: Recording<'DeregisterLicence'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = licenceIn(contract, 'deregisteredOn');
  const { deregisteredOn: on } = data;
  const dated = { field: 'deregisteredOn', date: on };
  assertAfterSigning(dated, terms, context);
  if (contract.deregisteredOn === on) return [];
  if (!contract.recordedOn) throw stateRefusal(contract, 'UNRECORDED');
  if (contract.deregisteredOn) throw stateRefusal(contract, 'DEREGISTERED');
  const to = assertEnded(dated, contract, context);
  const isOverdue = contractRule.governs('L-35', on) && on > deadlineDays(to, DEREGISTRATION_DAYS).due;
  return [{ type: 'LicenceDeregistered', data: { ...data, ...(isOverdue ? { warnings: ['L-35'] } : {}) } }];
};

export const registerTransfer = (
  { registeredOn }: ContractCommandOf<'RegisterTransfer'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = lodged(contract);
  if (!movesTitle(terms.mode)) throw contractRule('C-38', {}, { field: 'registeredOn' });
  if (contract.registeredOn === registeredOn) return [];
  assertRegistrable({ field: 'registeredOn', date: registeredOn }, contract, context);
  if (contract.registeredOn) throw stateRefusal(contract, 'REGISTERED');
  // The titles follow one change at a time: a voiding that is being asked of them goes first.
  if (contract.pending) throw contractRule('C-45', { number: terms.number });
  return [{ type: 'TransferRegistered', data: { registeredOn } }];
};

const licenceIn = (contract: Contract, field: string): ContractTerms => {
  const terms = lodged(contract);
  if (terms.mode !== 'LICENCE') throw contractRule('C-38', {}, { field });
  return terms;
};
