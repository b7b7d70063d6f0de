import {
  type DecisionContext,
  determineInChangsha,
  fenFromText,
  fenText,
  isDivision,
  parseCreditCode,
  parseLegalDate,
} from '@app/kernel';
import type { ContractCommandOf, ContractEvent } from './contract-events.js';
import { assertReceiptsWithin } from './contract-money.js';
import { assertStillPriced } from './contract-pricing.js';
import { assertOtherParty } from './contract-grounds.js';
import { assertEnded, assertRecordable, assertRegisteredAfter, assertRegistrable } from './contract-recording.js';
import { contractRule } from './contract-rules.js';
import { assertFee, assertMoneyFits, assertTerm } from './contract-shape.js';
import {
  type Contract,
  assertAfterSigning,
  assertAtRest,
  assertGrounds,
  assertNotBefore,
  lodged,
} from './contract-state.js';
import { type ContractTerms, instalmentsIn, instalmentsText, movesTitle } from './contract-terms.js';
import type { CorrectableField, CorrectedValue } from './contract-vocabulary.js';
import { assertEndsWithin } from './contract-amendment.js';
import { assertUnderHead } from './sub-licence.js';

/** The right value in the form of the field it corrects. @throws Refusal V-DATE, V-FEE-…, C-40, C-43, I-… */
export const correctedValue = (field: CorrectableField, value: string): CorrectedValue => {
  switch (field) {
    case 'recordedOn':
    case 'registeredOn':
    case 'effectiveOn':
    case 'deregisteredOn':
    case 'terminatedOn':
    case 'technologyRegisteredOn':
      return parseLegalDate(value, 'value');
    case 'instalments':
      return instalmentsText(planIn(value));
    case 'feeFen':
    case 'entryFeeFen':
    case 'technologyAmountFen':
      return fenText(fenFromText(value, 'value'));
    case 'counterpartyCode':
      return parseCreditCode(value, 'value').canonical;
    case 'counterpartyDivision':
    case 'implementationDivision':
      if (!isDivision(value)) throw contractRule('C-43', { code: value }, { field: 'value' });
      return value;
    case 'relatedParty':
      if (value !== 'true' && value !== 'false') throw contractRule('C-40', { field, value }, { field: 'value' });
      return value === 'true';
    case 'counterparty':
    case 'recordNo':
    case 'technologyContractNo':
      return value;
  }
};

/** Days and fen, `2024-01-01 100000；2025-01-01 100000`. @throws Refusal V-DATE, V-FEE-… */
const planIn = (value: string) =>
  value
    .split(/[；;]/)
    .map((line) => line.trim().split(/\s+/))
    .map(([dueOn = '', amount = '', ...more]) => {
      if (more.length > 0) throw contractRule('C-40', { field: 'instalments', value }, { field: 'value' });
      return { dueOn: parseLegalDate(dueOn, 'value'), amountFen: fenText(fenFromText(amount, 'value')) };
    });

type CorrectContract = ContractCommandOf<'CorrectContract'>;

/** A correction (更正) names what was and what is. @throws Refusal C-44, L-6, L-7 and those of the field */
export const correct = (
  command: CorrectContract,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const { type: _type, value: to, facts, ...correction } = command;
  const { number, field } = correction;
  const terms = lodged(contract);
  const earlier = earlierCorrection(contract, number);
  if (earlier?.field === field && earlier.to === to) return [];
  if (earlier) throw contractRule('C-44', { number }, { field: 'number' });
  assertGrounds(correction);
  const from = presentValue(contract, terms, field);
  if (from === null && MUST_STAND.has(field)) throw contractRule('L-7', { field }, { field: 'field' });
  assertCorrect(command, contract, context);
  const data = { ...correction, from, to, ...knownAs(field, facts), ...determinedAnew(terms, field, to) };
  if (field === 'terminatedOn') assertAtRest(contract);
  const changes = changesOfRight(field, String(to), contract);
  if (!changes) return [{ type: 'ContractCorrected', data }];
  // The licence runs by that day in every title: they are asked first, as for an amendment.
  assertAtRest(contract);
  return [{ type: 'AmendmentRequested', data: { kind: 'CORRECTION', changes, ...data } }];
};

const knownAs = (field: CorrectableField, { receiver }: CorrectContract['facts']) =>
  field === 'counterparty' && receiver ? { counterpartyUniversity: receiver.universityId } : {};

/** What the titles must agree to before: another first day, or days given back to a licence that ended early. */
const changesOfRight = (field: CorrectableField, to: string, { terms, termination }: Contract) => {
  if (field === 'effectiveOn') return terms && movesTitle(terms.mode) ? undefined : { effectiveOn: to };
  return field === 'terminatedOn' && termination && to > termination.on ? { endsOn: to } : undefined;
};

const MUST_STAND: ReadonlySet<CorrectableField> = new Set([
  'recordNo',
  'recordedOn',
  'deregisteredOn',
  'registeredOn',
  'terminatedOn',
  'technologyContractNo',
  'technologyRegisteredOn',
  'technologyAmountFen',
  'entryFeeFen',
  'instalments',
]);

const earlierCorrection = ({ corrections, pending }: Contract, number: string) =>
  corrections.get(number) ?? (pending?.kind === 'CORRECTION' && pending.number === number ? pending : undefined);

const presentValue = (contract: Contract, terms: ContractTerms, field: CorrectableField): CorrectedValue | null => {
  const { recordNo, recordedOn, deregisteredOn, registeredOn, termination, technology } = contract;
  const stated = {
    ...terms,
    recordNo: recordedOn === undefined ? undefined : recordNo,
    recordedOn,
    deregisteredOn,
    registeredOn,
    terminatedOn: termination?.on,
    technologyContractNo: technology?.technologyContractNo ?? terms.technologyContractNo,
    technologyRegisteredOn: technology?.registeredOn,
    technologyAmountFen: technology?.amountFen,
    instalments: terms.instalments && instalmentsText(terms.instalments),
  };
  return stated[field] ?? null;
};

const assertCorrect = (
  { field, value, facts }: CorrectContract,
  contract: Contract,
  context: DecisionContext,
): void => {
  const terms = lodged(contract);
  const dated = { field, date: String(value), place: 'value' };
  switch (field) {
    case 'recordedOn':
      assertRecordable(dated, contract, context);
      return assertBeforeDeregistration('recordedOn', contract, dated.date);
    case 'registeredOn':
      return assertRegistrable(dated, contract, context);
    case 'technologyRegisteredOn':
      return assertAfterSigning(dated, terms, context);
    case 'counterparty':
      return assertOtherParty(terms, facts, 'value');
    case 'effectiveOn':
      return assertEffect({ ...terms, effectiveOn: String(value) }, contract, facts);
    case 'deregisteredOn':
      assertEnded(dated, contract, context);
      return;
    case 'terminatedOn':
      assertAfterSigning(dated, terms, context);
      return assertEnds(contract, String(value));
    case 'feeFen':
    case 'entryFeeFen':
    case 'instalments':
      return assertMoney(contract, { ...terms, ...moneyOf(field, String(value)) }, facts);
    default:
      return;
  }
};

const moneyOf = (field: 'feeFen' | 'entryFeeFen' | 'instalments', value: string): Partial<ContractTerms> => {
  if (field !== 'instalments') return { [field]: value };
  const instalments = instalmentsIn(value);
  return { instalments, feeFen: instalments.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n).toString() };
};

/** @throws Refusal C-34, C-47, C-48, C-63, C-78, P-2 */
const assertMoney = (contract: Contract, after: ContractTerms, facts: CorrectContract['facts']): void => {
  assertFee(after, 'value');
  assertMoneyFits(after);
  assertReceiptsWithin(contract, after, 'value');
  assertStillPriced(after, facts);
};

/** @throws Refusal C-46 */
const assertBeforeDeregistration = (field: string, { deregisteredOn }: Contract, date: string): void => {
  if (deregisteredOn) assertNotBefore({ field: 'deregisteredOn', date: deregisteredOn, place: 'value' }, field, date);
};

/** @throws Refusal L-33, C-46 */
const assertEnds = (contract: Contract, on: string): void => {
  assertEndsWithin(lodged(contract), on, 'value');
  assertNotBefore({ field: 'terminatedOn', date: on, place: 'value' }, 'recordedOn', contract.recordedOn);
  assertBeforeDeregistration('terminatedOn', contract, on);
};

/** A day of effect that fits every day already on record. @throws Refusal C-31, C-39, C-46, L-32 */
const assertEffect = (
  after: ContractTerms,
  { recordedOn, registeredOn, termination }: Contract,
  { head }: CorrectContract['facts'],
): void => {
  assertTerm(after, 'value');
  assertRegisteredAfter(after, registeredOn, 'value');
  const earlier = after.effectiveOn;
  if (recordedOn) assertNotBefore({ field: 'recordedOn', date: recordedOn, place: 'value' }, 'effectiveOn', earlier);
  if (termination)
    assertNotBefore({ field: 'terminatedOn', date: termination.on, place: 'value' }, 'effectiveOn', earlier);
  assertUnderHead(after, head);
};

const determinedAnew = (terms: ContractTerms, field: CorrectableField, to: CorrectedValue) => {
  if (field !== 'counterpartyDivision' && field !== 'implementationDivision') return {};
  const { counterpartyDivision, implementationDivision }: ContractTerms = { ...terms, [field]: String(to) };
  return { inChangsha: determineInChangsha(counterpartyDivision, implementationDivision) };
};
