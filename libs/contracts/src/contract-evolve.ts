import { assertNever } from '@app/kernel';
import type {
  Amendment,
  ContractEvent,
  ContractEventOf,
  RefusalRecord,
  TitleChange,
  Voiding,
} from './contract-events.js';
import type { CorrectableField, CorrectedValue } from './contract-vocabulary.js';
import { type Contract, type Payment, numbersOf } from './contract-state.js';
import { instalmentsIn, movesTitle, touchesRight } from './contract-terms.js';

const voided = (contract: Contract, { voidedOn }: Voiding): Contract => ({
  ...decidedAs(contract, false),
  status: 'VOIDED',
  voidedOn,
  leaving: numbersOf(contract),
  unsettled: contract.revision,
});

const refused = (contract: Contract, refusal: RefusalRecord): Contract => ({
  ...contract,
  status: 'REFUSED',
  refusal,
  leaving: numbersOf(contract),
});

const asked = (contract: Contract, change: TitleChange | ({ readonly kind: 'VOIDING' } & Voiding)): Contract => {
  const { revision } = contract;
  return { ...contract, pending: { ...change, revision }, unsettled: revision };
};

const decidedAs = (contract: Contract, isRefused: boolean): Contract => {
  const { pending: change } = contract;
  return change
    ? { ...contract, pending: undefined, decided: { change, isRefused }, unsettled: contract.revision }
    : contract;
};

const amended = (contract: Contract, { number, changes }: Amendment): Contract => ({
  ...(touchesRight(changes) ? decidedAs(contract, false) : contract),
  amendments: new Map([...contract.amendments, [number, changes]]),
  terms: contract.terms && { ...contract.terms, ...changes },
});

const corrected = (before: Contract, data: ContractEventOf<'ContractCorrected'>['data']): Contract => {
  const { number, field, to } = data;
  const corrections = new Map([...before.corrections, [number, { field, to }]]);
  const isDecided = before.pending?.kind === 'CORRECTION' && before.pending.number === number;
  const contract = { ...(isDecided ? decidedAs(before, false) : before), corrections };
  const { revision, terms } = contract;
  switch (field) {
    case 'recordedOn':
    case 'deregisteredOn':
      return { ...contract, [field]: String(to) };
    case 'registeredOn':
      return { ...contract, registeredOn: String(to), movedAt: revision, unsettled: revision };
    case 'terminatedOn':
      return { ...contract, termination: { on: String(to), revision }, unsettled: revision };
    case 'recordNo':
      return withNumber({ ...contract, recordNo: String(to) }, before);
    case 'technologyContractNo': {
      const technologyContractNo = String(to);
      const technology = contract.technology && { ...contract.technology, technologyContractNo };
      return withNumber({ ...contract, technology, terms: terms && { ...terms, technologyContractNo } }, before);
    }
    case 'counterparty':
      return renamed(contract, data);
    default:
      return withTerm(contract, field, to);
  }
};

/** What is of no concern to the titles, but for the day on which some of them move. */
const withTerm = (contract: Contract, field: CorrectableField, to: CorrectedValue): Contract => {
  const { revision, terms, technology } = contract;
  switch (field) {
    case 'technologyRegisteredOn':
      return { ...contract, technology: technology && { ...technology, registeredOn: String(to) } };
    case 'technologyAmountFen':
      return { ...contract, technology: technology && { ...technology, amountFen: String(to) } };
    case 'instalments': {
      const instalments = instalmentsIn(String(to));
      const feeFen = instalments.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n).toString();
      return { ...contract, terms: terms && { ...terms, instalments, feeFen } };
    }
    case 'effectiveOn': {
      const moved = terms && movesTitle(terms.mode) ? { effectAt: revision, unsettled: revision } : {};
      return { ...contract, ...moved, terms: terms && { ...terms, effectiveOn: String(to) } };
    }
    default:
      return { ...contract, terms: terms && { ...terms, [field]: to } };
  }
};

/** The new holder's name belongs in the titles of the assets too. */
const renamed = (
  contract: Contract,
  { to, counterpartyUniversity }: ContractEventOf<'ContractCorrected'>['data'],
): Contract => {
  const { revision: at, terms } = contract;
  if (!terms) return contract;
  const { counterpartyUniversity: _before, ...others } = terms;
  return {
    ...contract,
    movedAt: at,
    effectAt: at,
    renamedAt: at,
    unsettled: at,
    terms: { ...others, counterparty: String(to), ...(counterpartyUniversity ? { counterpartyUniversity } : {}) },
  };
};

/** The number before goes back, unless the new one is only another spelling of it. */
const withNumber = (contract: Contract, before: Contract): Contract => {
  const kept = new Set(numbersOf(contract).map(({ kind, value }) => `${kind} ${value}`));
  const gone = numbersOf(before).filter(({ kind, value }) => !kept.has(`${kind} ${value}`));
  return { ...contract, leaving: [...contract.leaving, ...gone], unsettled: contract.revision };
};

const recorded = (
  before: Contract,
  { recordNo, recordedOn, replaces }: ContractEventOf<'LicenceRecorded'>['data'],
): Contract => {
  const contract = { ...before, recordNo, recordedOn, deregisteredOn: undefined };
  return replaces === undefined ? contract : withNumber(contract, before);
};

const paid = (contract: Contract, number: string, payment: Payment): Contract => ({
  ...contract,
  payments: new Map([...contract.payments, [number, payment]]),
});

const reversed = (contract: Contract, number: string): Contract => {
  const payment = contract.payments.get(number);
  return payment ? paid(contract, number, { ...payment, isReversed: true }) : contract;
};

const rewardReversed = (contract: Contract, number: string): Contract => {
  const reward = contract.rewards.get(number);
  if (!reward) return contract;
  const rewards = new Map([...contract.rewards].filter(([other]) => other !== number));
  return { ...contract, rewards, reversedRewards: new Map([...contract.reversedRewards, [number, reward]]) };
};

/** Total over every event ever stored. */
export const evolve = (before: Contract, event: ContractEvent): Contract => {
  const contract = { ...before, revision: before.revision + 1 };
  switch (event.type) {
    case 'LodgementRequested':
      return { ...contract, status: 'REQUESTED', terms: event.data, unsettled: contract.revision };
    case 'ContractLodged':
      return { ...contract, status: 'LODGED', effectAt: contract.revision };
    case 'ContractRefused':
      return refused(contract, event.data);
    case 'LicenceRecorded':
      return recorded(contract, event.data);
    case 'RecordingRefused':
      return { ...contract, recordingRefused: event.data };
    case 'RecordingCancelled':
      return { ...contract, recordedOn: undefined, recordingCancelled: event.data };
    case 'LicenceDeregistered':
      return { ...contract, deregisteredOn: event.data.deregisteredOn };
    case 'TransferRegistered':
      return {
        ...contract,
        registeredOn: event.data.registeredOn,
        movedAt: contract.revision,
        unsettled: contract.revision,
      };
    case 'ContractCorrected':
      return corrected(contract, event.data);
    case 'AmendmentRequested':
      return asked(contract, event.data);
    case 'ContractAmended':
      return amended(contract, event.data);
    case 'AmendmentRefused':
    case 'VoidRefused':
      return decidedAs(contract, true);
    case 'LicenceTerminated':
      return {
        ...contract,
        termination: { on: event.data.on, revision: contract.revision },
        unsettled: contract.revision,
      };
    case 'VoidRequested':
      return asked(contract, { kind: 'VOIDING', ...event.data });
    case 'ContractVoided':
      return voided(contract, event.data);
    case 'PaymentReceived':
      return paid(contract, event.data.number, { data: event.data, isReversed: false });
    case 'PaymentReversed':
      return reversed(contract, event.data.number);
    case 'RewardDistributed':
      return { ...contract, rewards: new Map([...contract.rewards, [event.data.number, event.data]]) };
    case 'RewardReversed':
      return rewardReversed(contract, event.data.number);
    case 'TechnologyContractRegistered':
      return { ...contract, technology: event.data };
    case 'ContractSettled':
      return { ...contract, decided: undefined, leaving: [], unsettled: undefined };
    default:
      return assertNever(event);
  }
};
