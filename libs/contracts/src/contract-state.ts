import type { ClaimedNumber } from '@app/event-store';
import type { Approval } from '@app/evidence';
import { type DecisionContext, compactNumber } from '@app/kernel';
import type { ContractEventOf, RefusalRecord, TitleChange, Voiding } from './contract-events.js';
import { contractRule } from './contract-rules.js';
import type { ContractTerms, TermChanges } from './contract-terms.js';
import type { CorrectableField, CorrectedValue } from './contract-vocabulary.js';

export type ContractStatus = 'ABSENT' | 'REQUESTED' | 'LODGED' | 'REFUSED' | 'VOIDED';

/** A change that waits for the titles, or one they were asked about; it bears the revision of its request. */
export type AskedChange = { readonly revision: number } & (TitleChange | ({ readonly kind: 'VOIDING' } & Voiding));

export interface Payment {
  readonly data: ContractEventOf<'PaymentReceived'>['data'];
  readonly isReversed: boolean;
}

export interface Contract {
  readonly status: ContractStatus;
  readonly terms: ContractTerms | undefined;
  readonly refusal: RefusalRecord | undefined;
  /** The recording number last given, also after the recording was cancelled. */
  readonly recordNo: string | undefined;
  readonly recordedOn: string | undefined;
  readonly recordingRefused: ContractEventOf<'RecordingRefused'>['data'] | undefined;
  readonly recordingCancelled: ContractEventOf<'RecordingCancelled'>['data'] | undefined;
  readonly deregisteredOn: string | undefined;
  readonly registeredOn: string | undefined;
  /** Revision of the last fact that the move of the titles follows: the registration, or a correction of its date or of the receiver. */
  readonly movedAt: number | undefined;
  /** The same for titles without a compulsory register: the lodging, or a correction of the day of effect or of the receiver. */
  readonly effectAt: number | undefined;
  /** Revision of the last correction of the receiver's name. */
  readonly renamedAt: number | undefined;
  readonly termination: { readonly on: string; readonly revision: number } | undefined;
  readonly voidedOn: string | undefined;
  readonly technology: ContractEventOf<'TechnologyContractRegistered'>['data'] | undefined;
  /** What each correction said, by its number. */
  readonly corrections: ReadonlyMap<string, { readonly field: CorrectableField; readonly to: CorrectedValue }>;
  readonly amendments: ReadonlyMap<string, TermChanges>;
  readonly payments: ReadonlyMap<string, Payment>;
  /** The distributions that stand. */
  readonly rewards: ReadonlyMap<string, ContractEventOf<'RewardDistributed'>['data']>;
  readonly reversedRewards: ReadonlyMap<string, ContractEventOf<'RewardDistributed'>['data']>;
  /** Asked of the titles and not decided yet. */
  readonly pending: AskedChange | undefined;
  /** Decided, but perhaps not told to every title. */
  readonly decided: { readonly change: AskedChange; readonly isRefused: boolean } | undefined;
  /** Numbers to give back once the titles follow. */
  readonly leaving: readonly ClaimedNumber[];
  /** Revision of the last event; -1 before the first. */
  readonly revision: number;
  /** Revision of the last event that the titles of the assets may not follow yet; none when they all do. */
  readonly unsettled: number | undefined;
}

export const noContract: Contract = {
  status: 'ABSENT',
  terms: undefined,
  refusal: undefined,
  recordNo: undefined,
  recordedOn: undefined,
  recordingRefused: undefined,
  recordingCancelled: undefined,
  deregisteredOn: undefined,
  registeredOn: undefined,
  movedAt: undefined,
  effectAt: undefined,
  renamedAt: undefined,
  termination: undefined,
  voidedOn: undefined,
  technology: undefined,
  corrections: new Map(),
  amendments: new Map(),
  payments: new Map(),
  rewards: new Map(),
  reversedRewards: new Map(),
  pending: undefined,
  decided: undefined,
  leaving: [],
  revision: -1,
  unsettled: undefined,
};

export const contractStream = (contractId: string): string => `contract-${contractId}`;

/** A university numbers its contracts itself: the number is unique within it. */
export const contractClaim = ({ universityId, number }: Pick<ContractTerms, 'universityId' | 'number'>): string =>
  `${universityId}/${compactNumber(number)}`;

export const recordClaim = (recordNo: string): ClaimedNumber => ({
  kind: 'record-number',
  value: compactNumber(recordNo),
});

export const technologyClaim = (technologyContractNo: string): ClaimedNumber => ({
  kind: 'technology-contract',
  value: compactNumber(technologyContractNo),
});

/** Those beside the contract's own. */
const otherNumbers = ({ recordNo, terms, technology }: Contract): ClaimedNumber[] => {
  const technologyNo = technology?.technologyContractNo ?? terms?.technologyContractNo;
  return [...(recordNo ? [recordClaim(recordNo)] : []), ...(technologyNo ? [technologyClaim(technologyNo)] : [])];
};

/** The numbers the contract bears now and nobody else may; refused or voided it keeps none: another contract may bear them. */
export const numbersOf = (contract: Contract): ClaimedNumber[] => {
  const { status, terms } = contract;
  if (!terms || status === 'REFUSED' || status === 'VOIDED') return [];
  return [{ kind: 'contract', value: contractClaim(terms) }, ...otherNumbers(contract)];
};

/** The last day of a licence as it runs now; none while its end is open. */
export const lastDayOf = ({ terms, termination }: Contract): string | undefined => termination?.on ?? terms?.endsOn;

/** @throws Refusal C-36, C-37; C-45 while the titles have not decided yet */
export const lodged = (contract: Contract): ContractTerms => {
  if (!contract.terms) throw contractRule('C-36');
  if (contract.status === 'REQUESTED') throw contractRule('C-45', { number: contract.terms.number });
  if (contract.status !== 'LODGED') throw stateRefusal(contract, contract.status);
  return contract.terms;
};

/** What was paid under a contract is put right also after it was voided. @throws Refusal C-36, C-37, C-45 */
export const everLodged = (contract: Contract): ContractTerms =>
  contract.status === 'VOIDED' && contract.terms ? contract.terms : lodged(contract);

export const stateRefusal = ({ terms }: Contract, status: string) =>
  contractRule('C-37', { number: terms?.number ?? '', status });

/** A change of the titles starts where they all follow the contract. @throws Refusal C-45, which asks to come again */
export const assertAtRest = ({ unsettled, terms }: Contract): void => {
  if (unsettled !== undefined) throw contractRule('C-45', { number: terms?.number ?? '' });
};

/** L-6: whoever mends the record says why and on what grounds. @throws Refusal L-6 */
export const assertGrounds = ({ reason, evidence }: Pick<Approval, 'reason' | 'evidence'>): void => {
  for (const [field, text] of Object.entries({ reason, evidence })) {
    if (text.trim() === '') throw contractRule('L-6', {}, { field });
  }
};

/** A date as an input field or a sheet's column gave it. */
export interface Dated {
  readonly field: string;
  readonly date: string;
  /** The input field the date came in, where it is not the fact's own. */
  readonly place?: string;
}

/** @throws Refusal C-30, C-39 */
export const assertAfterSigning = (
  { field, date, place = field }: Dated,
  { signedOn }: ContractTerms,
  { today }: DecisionContext,
): void => {
  if (date > today) throw contractRule('C-30', { field, date, today }, { field: place });
  if (date < signedOn) throw contractRule('C-39', { field, date, signedOn }, { field: place });
};

/** @throws Refusal C-46 */
export const assertNotBefore = (
  { field, date, place = field }: Dated,
  earlierField: string,
  earlier: string | undefined,
): void => {
  if (earlier && date < earlier) throw contractRule('C-46', { field, date, earlierField, earlier }, { field: place });
};
