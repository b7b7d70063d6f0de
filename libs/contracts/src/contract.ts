import {
  type Decider,
  type DecisionContext,
  type Message,
  assertNever,
  compactNumber,
  isChangshaDivision,
} from '@app/kernel';
import { contractRule } from './contract-rules.js';
import {
  type ContractTerms,
  type CorrectableField,
  type CorrectedValue,
  assertFee,
  assertSound,
  movesTitle,
} from './contract-terms.js';

/** 在长转化: decided once by a named rule from what was known, never recomputed (D§1.3). */
export interface InChangsha {
  readonly rule: 'in-changsha/1';
  readonly value: boolean | null;
}

export interface RefusalRecord {
  readonly rule: string;
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
}

interface Approved {
  readonly reason: string;
  readonly evidence: string;
  /** User name of the approver, another person than the actor. */
  readonly approver: string;
}

export type ContractEvent =
  | Message<'LodgementRequested', ContractTerms & { readonly inChangsha: InChangsha }>
  | Message<'ContractLodged', { readonly assets: readonly string[] }>
  | Message<'ContractRefused', RefusalRecord>
  | Message<'LicenceRecorded', { readonly recordNo: string; readonly recordedOn: string }>
  | Message<'TransferRegistered', { readonly registeredOn: string }>
  | Message<
      'ContractCorrected',
      Approved & {
        readonly number: string;
        readonly field: CorrectableField;
        readonly from: CorrectedValue | null;
        readonly to: CorrectedValue;
        readonly inChangsha?: InChangsha;
      }
    >
  | Message<'ContractVoided', Approved & { readonly voidedOn: string }>
  /** Every asset's title now says what the contract said at this revision. */
  | Message<'ContractSettled', { readonly revision: number }>;

export type ContractCommand =
  | ({ readonly type: 'RequestLodgement' } & ContractTerms)
  | { readonly type: 'ConfirmLodgement' }
  | ({ readonly type: 'RefuseLodgement' } & RefusalRecord)
  | { readonly type: 'RecordLicence'; readonly recordNo: string; readonly recordedOn: string }
  | { readonly type: 'RegisterTransfer'; readonly registeredOn: string }
  | ({
      readonly type: 'CorrectContract';
      readonly number: string;
      readonly field: CorrectableField;
      readonly value: CorrectedValue;
    } & Approved)
  | ({ readonly type: 'VoidContract'; readonly voidedOn: string } & Approved)
  | { readonly type: 'SettleContract'; readonly revision: number };

interface Correction {
  readonly field: CorrectableField;
  readonly to: CorrectedValue;
}

export type ContractStatus = 'ABSENT' | 'REQUESTED' | 'LODGED' | 'REFUSED' | 'VOIDED';

export interface Contract {
  readonly status: ContractStatus;
  readonly terms: ContractTerms | undefined;
  readonly refusal: RefusalRecord | undefined;
  readonly recordNo: string | undefined;
  readonly recordedOn: string | undefined;
  readonly registeredOn: string | undefined;
  readonly voidedOn: string | undefined;
  /** What each correction said, by its number. */
  readonly corrections: ReadonlyMap<string, Correction>;
  /** Revision of the last event; -1 before the first. */
  readonly revision: number;
  /** Revision of the last event that the titles of the assets may not follow yet; none when they all do. */
  readonly unsettled: number | undefined;
}

/** in-changsha/1: the receiver's registered address or the declared place of implementation lies in Changsha; unknown when neither is given. */
export const determineInChangsha = (
  terms: Pick<ContractTerms, 'counterpartyDivision' | 'implementationDivision'>,
): InChangsha => {
  const divisions = [terms.counterpartyDivision, terms.implementationDivision].filter((code) => code !== undefined);
  return { rule: 'in-changsha/1', value: divisions.length === 0 ? null : divisions.some(isChangshaDivision) };
};

const requestLodgement = (
  { type: _type, ...terms }: Extract<ContractCommand, { type: 'RequestLodgement' }>,
  contract: Contract,
  { today }: DecisionContext,
) => {
  if (contract.status !== 'ABSENT') return [];
  assertSound(terms, today);
  return [{ type: 'LodgementRequested', data: { ...terms, inChangsha: determineInChangsha(terms) } }] as const;
};

const recordLicence = (
  { recordNo, recordedOn }: Extract<ContractCommand, { type: 'RecordLicence' }>,
  contract: Contract,
  context: DecisionContext,
) => {
  const terms = lodged(contract);
  if (terms.mode !== 'LICENCE') throw contractRule('C-38', {}, { field: 'recordedOn' });
  assertAfterSigning({ field: 'recordedOn', date: recordedOn }, terms, context);
  if (contract.recordNo === recordNo && contract.recordedOn === recordedOn) return [];
  if (contract.recordedOn) throw stateRefusal(contract, 'RECORDED');
  return [{ type: 'LicenceRecorded', data: { recordNo, recordedOn } }] as const;
};

const registerTransfer = (
  { registeredOn }: Extract<ContractCommand, { type: 'RegisterTransfer' }>,
  contract: Contract,
  context: DecisionContext,
) => {
  const terms = lodged(contract);
  if (!movesTitle(terms.mode)) throw contractRule('C-38', {}, { field: 'registeredOn' });
  assertAfterSigning({ field: 'registeredOn', date: registeredOn }, terms, context);
  if (contract.registeredOn === registeredOn) return [];
  if (contract.registeredOn) throw stateRefusal(contract, 'REGISTERED');
  return [{ type: 'TransferRegistered', data: { registeredOn } }] as const;
};

const correct = (
  command: Extract<ContractCommand, { type: 'CorrectContract' }>,
  contract: Contract,
  context: DecisionContext,
) => {
  const { type: _type, value: to, ...correction } = command;
  const { number, field } = correction;
  const terms = lodged(contract);
  const earlier = contract.corrections.get(number);
  if (earlier?.field === field && earlier.to === to) return [];
  if (earlier) throw contractRule('C-44', { number }, { field: 'number' });
  assertApprover(command, context);
  const from = presentValue(contract, terms, field);
  if (field === 'recordedOn' || field === 'registeredOn') {
    if (from === null) throw contractRule('L-7', { field }, { field: 'field' });
    assertAfterSigning({ field, date: String(to), place: 'value' }, terms, context);
  }
  if (field === 'feeFen') assertFee({ ...terms, feeFen: String(to) }, 'value');
  const moved =
    field === 'counterpartyDivision'
      ? { inChangsha: determineInChangsha({ ...terms, counterpartyDivision: String(to) }) }
      : {};
  return [{ type: 'ContractCorrected', data: { ...correction, from, to, ...moved } }] as const;
};

const presentValue = (contract: Contract, terms: ContractTerms, field: CorrectableField): CorrectedValue | null => {
  if (field === 'recordedOn' || field === 'registeredOn') return contract[field] ?? null;
  return terms[field] ?? null;
};

const voidContract = (
  { type: _type, ...data }: Extract<ContractCommand, { type: 'VoidContract' }>,
  contract: Contract,
  context: DecisionContext,
) => {
  if (contract.status === 'VOIDED' && contract.voidedOn === data.voidedOn) return [];
  const terms = lodged(contract);
  assertApprover(data, context);
  assertAfterSigning({ field: 'voidedOn', date: data.voidedOn }, terms, context);
  return [{ type: 'ContractVoided', data }] as const;
};

const assertApprover = ({ approver }: Approved, { actor }: DecisionContext): void => {
  if (approver.trim().toLowerCase() === actor.id) throw contractRule('L-6', {}, { field: 'approver' });
};

interface Dated {
  readonly field: string;
  readonly date: string;
  /** The input field the date came in, where it is not the fact's own. */
  readonly place?: string;
}

const assertAfterSigning = (
  { field, date, place = field }: Dated,
  { signedOn }: ContractTerms,
  { today }: DecisionContext,
): void => {
  if (date > today) throw contractRule('C-30', { field, date, today }, { field: place });
  if (date < signedOn) throw contractRule('C-39', { field, date, signedOn }, { field: place });
};

const lodged = (contract: Contract): ContractTerms => {
  if (!contract.terms) throw contractRule('C-36');
  if (contract.status !== 'LODGED') throw stateRefusal(contract, contract.status);
  return contract.terms;
};

const stateRefusal = ({ terms }: Contract, status: string) =>
  contractRule('C-37', { number: terms?.number ?? '', status });

const decide = (command: ContractCommand, contract: Contract, context: DecisionContext): readonly ContractEvent[] => {
  switch (command.type) {
    case 'RequestLodgement':
      return requestLodgement(command, contract, context);
    case 'ConfirmLodgement':
      if (contract.status !== 'REQUESTED') return [];
      return [{ type: 'ContractLodged', data: { assets: contract.terms?.assets.map(({ assetId }) => assetId) ?? [] } }];
    case 'RefuseLodgement': {
      const { type: _type, ...refusal } = command;
      return contract.status === 'REQUESTED' ? [{ type: 'ContractRefused', data: refusal }] : [];
    }
    case 'RecordLicence':
      return recordLicence(command, contract, context);
    case 'RegisterTransfer':
      return registerTransfer(command, contract, context);
    case 'CorrectContract':
      return correct(command, contract, context);
    case 'VoidContract':
      return voidContract(command, contract, context);
    case 'SettleContract': {
      // What happened since the driver looked is not in the titles yet; whoever drives that settles it.
      const { revision } = command;
      return contract.unsettled === revision ? [{ type: 'ContractSettled', data: { revision } }] : [];
    }
    default:
      return assertNever(command);
  }
};

const evolve = (before: Contract, event: ContractEvent): Contract => {
  const contract = { ...before, revision: before.revision + 1 };
  switch (event.type) {
    case 'LodgementRequested':
      return { ...contract, status: 'REQUESTED', terms: event.data, unsettled: contract.revision };
    case 'ContractLodged':
      return { ...contract, status: 'LODGED' };
    case 'ContractRefused':
      return { ...contract, status: 'REFUSED', refusal: event.data };
    case 'LicenceRecorded':
      return { ...contract, ...event.data };
    case 'TransferRegistered':
      return { ...contract, ...event.data, unsettled: contract.revision };
    case 'ContractCorrected':
      return corrected(contract, event.data);
    case 'ContractVoided':
      return { ...contract, status: 'VOIDED', voidedOn: event.data.voidedOn, unsettled: contract.revision };
    case 'ContractSettled':
      return { ...contract, unsettled: undefined };
    default:
      return assertNever(event);
  }
};

const corrected = (
  contract: Contract,
  { number, field, to }: Extract<ContractEvent, { type: 'ContractCorrected' }>['data'],
): Contract => {
  const corrections = new Map([...contract.corrections, [number, { field, to }]]);
  if (field === 'recordedOn') return { ...contract, corrections, recordedOn: String(to) };
  if (field === 'registeredOn')
    return { ...contract, corrections, registeredOn: String(to), unsettled: contract.revision };
  // The new holder's name belongs in the titles of the assets too.
  const unsettled = field === 'counterparty' ? contract.revision : contract.unsettled;
  return { ...contract, corrections, unsettled, terms: contract.terms && { ...contract.terms, [field]: to } };
};

export const contractStream = (contractId: string): string => `contract-${contractId}`;

/** A university numbers its contracts itself: the number is unique within it. */
export const contractClaim = ({ universityId, number }: Pick<ContractTerms, 'universityId' | 'number'>): string =>
  `${universityId}/${compactNumber(number)}`;

export const contractDecider: Decider<Contract, ContractCommand, ContractEvent> = {
  initial: {
    status: 'ABSENT',
    terms: undefined,
    refusal: undefined,
    recordNo: undefined,
    recordedOn: undefined,
    registeredOn: undefined,
    voidedOn: undefined,
    corrections: new Map(),
    revision: -1,
    unsettled: undefined,
  },
  decide,
  evolve,
};
