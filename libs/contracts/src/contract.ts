import { type Decider, type DecisionContext, assertNever, determineInChangsha } from '@app/kernel';
import { amend, commitChange, refuseChange, requestVoid, terminate } from './contract-amendment.js';
import { correct } from './contract-correction.js';
import type { ContractCommand, ContractCommandOf, ContractEvent } from './contract-events.js';
import {
  distributeReward,
  receivePayment,
  registerTechnologyContract,
  reversePayment,
  reverseReward,
} from './contract-money.js';
import { assertGrounded, assertOtherParty } from './contract-grounds.js';
import { assertReturns } from './contract-return.js';
import { assertPriced } from './contract-pricing.js';
import {
  cancelRecording,
  deregisterLicence,
  recordLicence,
  refuseRecording,
  registerTransfer,
} from './contract-recording.js';
import { assertSound } from './contract-shape.js';
import { evolve } from './contract-evolve.js';
import { type Contract, noContract } from './contract-state.js';
import { assertUnderHead } from './sub-licence.js';

const requestLodgement = (
  { type: _type, facts, ...terms }: ContractCommandOf<'RequestLodgement'>,
  contract: Contract,
  { today }: DecisionContext,
): readonly ContractEvent[] => {
  if (contract.status !== 'ABSENT') return [];
  assertSound(terms, today);
  assertUnderHead(terms, facts.head);
  assertReturns(terms, facts.returned);
  assertOtherParty(terms, facts, 'counterparty');
  const unmet = [...assertGrounded(terms, facts), ...assertPriced(terms, facts)];
  const { receiver } = facts;
  const inChangsha = determineInChangsha(terms.counterpartyDivision, terms.implementationDivision);
  const warnings = unmet.length > 0 ? { warnings: unmet } : {};
  const university = receiver ? { counterpartyUniversity: receiver.universityId } : {};
  return [{ type: 'LodgementRequested', data: { ...terms, ...university, inChangsha, ...warnings } }];
};

const settle = (
  { revision }: ContractCommandOf<'SettleContract'>,
  { unsettled, pending }: Contract,
): readonly ContractEvent[] =>
  // What happened since the driver looked is not in the titles yet; whoever drives that settles it.
  unsettled === revision && !pending ? [{ type: 'ContractSettled', data: { revision } }] : [];

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
    case 'RefuseRecording':
      return refuseRecording(command, contract, context);
    case 'CancelRecording':
      return cancelRecording(command, contract, context);
    case 'DeregisterLicence':
      return deregisterLicence(command, contract, context);
    case 'RegisterTransfer':
      return registerTransfer(command, contract, context);
    case 'CorrectContract':
      return correct(command, contract, context);
    case 'AmendContract':
      return amend(command, contract, context);
    case 'TerminateLicence':
      return terminate(command, contract, context);
    case 'VoidContract':
      return requestVoid(command, contract, context);
    case 'CommitChange':
      return commitChange(command, contract);
    case 'RefuseChange':
      return refuseChange(command, contract);
    case 'ReceivePayment':
      return receivePayment(command, contract, context);
    case 'ReversePayment':
      return reversePayment(command, contract);
    case 'DistributeReward':
      return distributeReward(command, contract, context);
    case 'ReverseReward':
      return reverseReward(command, contract);
    case 'RegisterTechnologyContract':
      return registerTechnologyContract(command, contract, context);
    case 'SettleContract':
      return settle(command, contract);
    default:
      return assertNever(command);
  }
};

export const contractDecider: Decider<Contract, ContractCommand, ContractEvent> = {
  initial: noContract,
  decide,
  evolve,
};
