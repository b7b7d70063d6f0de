import type { DecisionContext } from '@app/kernel';
import type { Amendment, ContractCommandOf, ContractEvent, RefusalRecord } from './contract-events.js';
import { assertReceiptsWithin } from './contract-money.js';
import { lifeRule } from './contract-life-rules.js';
import { assertRepriced } from './contract-repricing.js';
import { contractRule } from './contract-rules.js';
import { assertSound, misplaced } from './contract-shape.js';
import {
  type AskedChange,
  type Contract,
  assertAfterSigning,
  assertAtRest,
  assertGrounds,
  assertNotBefore,
  lastDayOf,
  lodged,
  stateRefusal,
} from './contract-state.js';
import { type ContractTerms, touchesRight } from './contract-terms.js';
import { assertUnderHead } from './sub-licence.js';

/**
 * An amendment (变更): what reaches the right in the titles waits for every title to agree, the rest holds at once. The amended terms
 * must be as sound as new ones. @throws Refusal C-45, C-52, C-53 and those of the terms
 */
export const amend = (
  { type: _type, facts, ...amendment }: ContractCommandOf<'AmendContract'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const { number, changes, signedOn } = amendment;
  const terms = lodged(contract);
  const earlier = earlierChanges(contract, number);
  if (earlier && isSame(earlier, changes)) return [];
  if (earlier) throw contractRule('C-52', { number }, { field: 'number' });
  assertAfterSigning({ field: 'signedOn', date: signedOn }, terms, context);
  if (contract.termination) throw stateRefusal(contract, 'TERMINATED');
  const after: ContractTerms = { ...terms, ...changes };
  if (isSame(after, terms)) throw contractRule('C-53', { number, contract: terms.number }, { field: 'changes' });
  assertSound(after, context.today);
  assertReceiptsWithin(contract, after);
  const unmet = assertRepriced({ before: terms, changes, signedOn }, facts);
  const data = { ...amendment, ...(unmet.length > 0 ? { warnings: unmet } : {}) };
  if (!touchesRight(changes)) return [{ type: 'ContractAmended', data }];
  assertRunning(contract, amendment);
  assertUnderHead(after, facts.head);
  assertAtRest(contract);
  return [{ type: 'AmendmentRequested', data: { kind: 'AMENDMENT', ...data } }];
};

/** Only a licence that runs is amended, and not to an end in the past. @throws Refusal L-36, L-37, C-46 */
const assertRunning = (contract: Contract, { changes, signedOn }: Pick<Amendment, 'changes' | 'signedOn'>): void => {
  const { number } = lodged(contract);
  const last = lastDayOf(contract);
  const over = contract.deregisteredOn ?? (last && last < signedOn ? last : undefined);
  if (over) throw lifeRule('L-37', { number, on: over }, { field: 'changes' });
  const { endsOn } = changes;
  if (endsOn === undefined) return;
  if (endsOn < signedOn) throw lifeRule('L-36', { endsOn, signedOn }, { field: 'endsOn' });
  assertNotBefore({ field: 'endsOn', date: endsOn }, 'recordedOn', contract.recordedOn);
};

const earlierChanges = ({ amendments, pending }: Contract, number: string): object | undefined =>
  amendments.get(number) ?? (pending?.kind === 'AMENDMENT' && pending.number === number ? pending.changes : undefined);

const isSame = (one: object, other: object): boolean => sorted(one) === sorted(other);

const sorted = (value: object): string => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Early termination (解除): the licence's last day comes earlier; it still counts in its year. @throws Refusal L-6, L-33 */
export const terminate = (
  { type: _type, ...data }: ContractCommandOf<'TerminateLicence'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = lodged(contract);
  if (contract.termination?.on === data.on) return [];
  if (contract.termination) throw stateRefusal(contract, 'TERMINATED');
  if (terms.mode !== 'LICENCE') throw misplaced('on', 'licence');
  assertGrounds(data);
  assertAfterSigning({ field: 'on', date: data.on }, terms, context);
  assertEndsWithin(terms, data.on, 'on');
  assertNotBefore({ field: 'on', date: data.on }, 'recordedOn', contract.recordedOn);
  assertAtRest(contract);
  return [{ type: 'LicenceTerminated', data }];
};

/** A licence ends early within the term that was agreed. @throws Refusal L-33 */
export const assertEndsWithin = (
  { number, effectiveOn: from, endsOn: to = '…' }: ContractTerms,
  on: string,
  field: string,
): void => {
  if (on < from || on >= to) throw contractRule('L-33', { on, number, from, to }, { field });
};

/** @throws Refusal L-6, C-45 */
export const requestVoid = (
  { type: _type, ...data }: ContractCommandOf<'VoidContract'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const { pending } = contract;
  if (contract.status === 'VOIDED' && contract.voidedOn === data.voidedOn) return [];
  const terms = lodged(contract);
  if (pending?.kind === 'VOIDING' && pending.voidedOn === data.voidedOn) return [];
  assertGrounds(data);
  assertAfterSigning({ field: 'voidedOn', date: data.voidedOn }, terms, context);
  assertAtRest(contract);
  return [{ type: 'VoidRequested', data }];
};

/** The titles agreed; a driver that comes with an older change decides nothing. */
export const commitChange = (
  { revision }: ContractCommandOf<'CommitChange'>,
  { pending }: Contract,
): readonly ContractEvent[] => (pending?.revision === revision ? [committed(pending)] : []);

const committed = ({ revision: _revision, ...change }: AskedChange): ContractEvent => {
  switch (change.kind) {
    case 'AMENDMENT': {
      const { kind: _kind, ...data } = change;
      return { type: 'ContractAmended', data };
    }
    case 'CORRECTION': {
      const { kind: _kind, changes: _changes, ...data } = change;
      return { type: 'ContractCorrected', data };
    }
    case 'VOIDING': {
      const { kind: _kind, ...data } = change;
      return { type: 'ContractVoided', data };
    }
  }
};

export const refuseChange = (
  { type: _type, revision, ...refusal }: ContractCommandOf<'RefuseChange'> & RefusalRecord,
  { pending }: Contract,
): readonly ContractEvent[] => {
  if (pending?.revision !== revision) return [];
  if (pending.kind === 'VOIDING') return [{ type: 'VoidRefused', data: refusal }];
  return [{ type: 'AmendmentRefused', data: { number: pending.number, ...refusal } }];
};
