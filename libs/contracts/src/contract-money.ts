import { type DecisionContext, fenText } from '@app/kernel';
import type { ContractCommandOf, ContractEvent, ContractEventOf } from './contract-events.js';
import { contractRule } from './contract-rules.js';
import {
  type Contract,
  assertAfterSigning,
  assertGrounds,
  everLodged,
  lodged,
  stateRefusal,
} from './contract-state.js';
import type { ContractTerms } from './contract-terms.js';
import type { PaymentKind } from './contract-vocabulary.js';
import { moneyRule } from './money-rules.js';

/** What the contract itself says is to be paid; royalties come as they are earned. */
export interface AmountDue {
  readonly kind: Exclude<PaymentKind, 'ROYALTY'>;
  readonly amountFen: string;
  readonly dueOn?: string;
  readonly instalment?: number;
}

/** The certain payments of a contract in order; a contract in instalments without their dates owes its fee as a whole. */
export const amountsDue = ({ feeType, feeFen, entryFeeFen, instalments }: ContractTerms): readonly AmountDue[] => {
  switch (feeType) {
    case 'LUMP_SUM':
      return [{ kind: 'LUMP_SUM', amountFen: feeFen ?? '0' }];
    case 'ENTRY_FEE_PLUS_ROYALTY':
      return [{ kind: 'ENTRY', amountFen: entryFeeFen ?? feeFen ?? '0' }];
    case 'INSTALMENTS':
      return (
        instalments?.map(({ dueOn, amountFen }, index) => ({
          kind: 'INSTALMENT',
          amountFen,
          dueOn,
          instalment: index + 1,
        })) ?? [{ kind: 'INSTALMENT', amountFen: feeFen ?? '0' }]
      );
    case 'FREE':
    case 'RUNNING_ROYALTY':
      return [];
  }
};

const sumOf = (amounts: ReadonlyArray<{ readonly amountFen: string }>): bigint =>
  amounts.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);

/** Payments received by a date and not reversed, in fen. */
export const receivedBy = ({ payments }: Pick<Contract, 'payments'>, date: string): bigint =>
  sumOf(standing(payments).filter(({ receivedOn }) => receivedOn <= date));

const standing = (payments: Contract['payments']) =>
  [...payments.values()].filter(({ isReversed }) => !isReversed).map(({ data }) => data);

/** Kinds of payment a contract takes; after a release the inventor pays the agreed share of the proceeds as it comes. */
const kindsOf = ({ mode, feeType, inventorSharePermyriad = 0 }: ContractTerms): readonly PaymentKind[] => {
  if (mode === 'RELEASE' && inventorSharePermyriad > 0) return ['ROYALTY', ...KINDS[feeType]];
  return KINDS[feeType];
};

const KINDS: Readonly<Record<ContractTerms['feeType'], readonly PaymentKind[]>> = {
  FREE: [],
  LUMP_SUM: ['LUMP_SUM'],
  INSTALMENTS: ['INSTALMENT'],
  RUNNING_ROYALTY: ['ROYALTY'],
  ENTRY_FEE_PLUS_ROYALTY: ['ENTRY', 'ROYALTY'],
};

/** Whatever is received but royalties stays within what the contract says, in sum and for each instalment. @throws Refusal C-63 */
export const assertReceiptsWithin = (
  { payments }: Pick<Contract, 'payments'>,
  terms: ContractTerms,
  field = 'amount',
): void => {
  const due = amountsDue(terms);
  const received = standing(payments);
  const kinds = new Set(received.map(({ kind }) => kind).filter((kind) => kind !== 'ROYALTY'));
  for (const kind of kinds) {
    const of = received.filter((payment) => payment.kind === kind);
    const owed = due.filter((amount) => amount.kind === kind);
    const within = (sum: bigint, limit: bigint) => {
      if (sum > limit) throw moneyRule('C-63', { contract: terms.number, kind, sum, limit }, { field });
    };
    within(sumOf(of), sumOf(owed));
    for (const nth of new Set(of.flatMap(({ instalment }) => instalment ?? []))) {
      const isNth = ({ instalment }: { readonly instalment?: number }) => instalment === nth;
      within(sumOf(of.filter(isNth)), sumOf(owed.filter(isNth)));
    }
  }
};

export const receivePayment = (
  { type: _type, ...data }: ContractCommandOf<'ReceivePayment'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = lodged(contract);
  const { number, kind, instalment } = data;
  const earlier = contract.payments.get(number);
  if (earlier && isSamePayment(earlier.data, data)) return [];
  if (earlier) throw moneyRule('C-60', { kindZh: '到账', kindEn: 'payment', number }, { field: 'number' });
  assertAfterSigning({ field: 'receivedOn', date: data.receivedOn }, terms, context);
  if (BigInt(data.amountFen) === 0n) throw moneyRule('C-61', {}, { field: 'amount' });
  if (!kindsOf(terms).includes(kind))
    throw moneyRule('C-62', { contract: terms.number, feeType: terms.feeType, kind }, { field: 'kind' });
  if (instalment !== undefined && (kind !== 'INSTALMENT' || !terms.instalments?.[instalment - 1]))
    throw moneyRule('C-64', { contract: terms.number, instalment }, { field: 'instalment' });
  const payments = new Map([...contract.payments, [number, { data, isReversed: false }]]);
  assertReceiptsWithin({ payments }, terms);
  return [{ type: 'PaymentReceived', data }];
};

type PaymentData = Omit<ContractCommandOf<'ReceivePayment'>, 'type'>;

const isSamePayment = (one: PaymentData, other: PaymentData): boolean =>
  one.receivedOn === other.receivedOn &&
  one.amountFen === other.amountFen &&
  one.kind === other.kind &&
  one.instalment === other.instalment;

/** Takes an entry of a payment back (冲销), flagged C-68 when it leaves rewards without income. @throws Refusal C-65, L-6 */
export const reversePayment = (
  { type: _type, ...data }: ContractCommandOf<'ReversePayment'>,
  contract: Contract,
): readonly ContractEvent[] => {
  const terms = everLodged(contract);
  const payment = contract.payments.get(data.number);
  if (!payment) throw moneyRule('C-65', { contract: terms.number, number: data.number }, { field: 'number' });
  if (payment.isReversed) return [];
  assertGrounds(data);
  const isUncovered = terms.mode !== 'EQUITY' && exceedsIncome(totalsWithout(contract, data.number));
  return [{ type: 'PaymentReversed', data: { ...data, ...(isUncovered ? { warnings: ['C-68'] } : {}) } }];
};

/** Sums of a contract in fen. */
interface Totals {
  readonly received: bigint;
  readonly costs: bigint;
  readonly reward: bigint;
}

/** Whether rewards exceed what came in less the costs, as they may once money goes back after them (C-68). */
export const exceedsIncome = ({ received, costs, reward }: Totals): boolean => reward > 0n && reward > received - costs;

const totalsWithout = ({ payments, rewards }: Contract, reversed: string): Totals => {
  const distributed = [...rewards.values()];
  return {
    received: sumOf(standing(payments).filter(({ number }) => number !== reversed)),
    costs: distributed.reduce((sum, { costsFen }) => sum + BigInt(costsFen), 0n),
    reward: distributed.reduce((sum, { rewardFen }) => sum + BigInt(rewardFen), 0n),
  };
};

/** What rewards are measured against: for an equity contribution the value of the shares received, else the net income so far. */
const incomeBase = (contract: Contract, terms: ContractTerms, { distributedOn, costsFen }: Distribution): bigint => {
  if (terms.mode === 'EQUITY') return BigInt(terms.equity?.valueFen ?? terms.feeFen ?? '0');
  const costs = [...contract.rewards.values()].reduce((sum, reward) => sum + BigInt(reward.costsFen), BigInt(costsFen));
  return receivedBy(contract, distributedOn) - costs;
};

type Distribution = ContractCommandOf<'DistributeReward'>;

/**
 * Rewards (奖酬金) to those who made and converted the result. Judged cumulatively: all rewards so far, this one included, against
 * receipts up to its day less the direct costs of all distributions; the net income of one distribution is what it adds to that. The
 * part of the main contributors is judged in each distribution. @throws Refusal P-3, P-8, C-60, C-67…C-69
 */
export const distributeReward = (
  command: Distribution,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const { type: _type, stateFounded, ...given } = command;
  const terms = lodged(contract);
  const earlier = contract.rewards.get(given.number) ?? contract.reversedRewards.get(given.number);
  if (earlier && isSameReward(earlier, given)) return [];
  if (earlier) throw moneyRule('C-60', { kindZh: '奖励', kindEn: 'reward', number: given.number }, { field: 'number' });
  if (!REWARDED.has(terms.mode)) throw moneyRule('C-69', {}, { field: 'number' });
  assertAfterSigning({ field: 'distributedOn', date: given.distributedOn }, terms, context);
  assertSharesAddUp(given);
  const before = [...contract.rewards.values()];
  assertLast(given.distributedOn, before, terms);
  const income = incomeBase(contract, terms, command);
  const reward = before.reduce((sum, { rewardFen }) => sum + BigInt(rewardFen), BigInt(given.rewardFen));
  const mainFen = fenText(sumOf(given.shares.filter(({ main }) => main)));
  if (stateFounded) assertFloors({ ...given, mainFen }, { contract: terms.number, reward, income });
  if (reward > income) throw moneyRule('C-68', { contract: terms.number, reward, income }, { field: 'reward' });
  const counted = before.reduce((sum, { netIncomeFen }) => sum + BigInt(netIncomeFen), 0n);
  const netIncomeFen = (income - counted).toString();
  return [{ type: 'RewardDistributed', data: { ...given, netIncomeFen, mainFen } }];
};

/** What one distribution adds to the net income is known once those before it are. @throws Refusal P-10 */
const assertLast = (
  on: string,
  before: ReadonlyArray<ContractEventOf<'RewardDistributed'>['data']>,
  { number: contract }: ContractTerms,
): void => {
  const later = before.find(({ distributedOn }) => distributedOn > on);
  if (!later) return;
  const { number, distributedOn } = later;
  throw moneyRule('P-10', { contract, on, number, distributedOn }, { field: 'distributedOn' });
};

/** Takes a distribution back (冲销); its number stays used. @throws Refusal P-11, L-6 */
export const reverseReward = (
  { type: _type, ...data }: ContractCommandOf<'ReverseReward'>,
  contract: Contract,
): readonly ContractEvent[] => {
  const { number: name } = everLodged(contract);
  if (contract.reversedRewards.has(data.number)) return [];
  const reward = contract.rewards.get(data.number);
  if (!reward) throw moneyRule('P-11', { contract: name, number: data.number }, { field: 'number' });
  assertGrounds(data);
  const { costsFen, netIncomeFen, rewardFen } = reward;
  return [{ type: 'RewardReversed', data: { ...data, costsFen, netIncomeFen, rewardFen } }];
};

const REWARDED: ReadonlySet<ContractTerms['mode']> = new Set(['LICENCE', 'TRANSFER', 'EQUITY']);

const isSameReward = (
  one: Omit<Distribution, 'type' | 'stateFounded'>,
  other: Omit<Distribution, 'type' | 'stateFounded'>,
): boolean =>
  one.distributedOn === other.distributedOn &&
  one.costsFen === other.costsFen &&
  one.rewardFen === other.rewardFen &&
  JSON.stringify(one.shares) === JSON.stringify(other.shares);

const assertSharesAddUp = ({ shares, rewardFen: reward }: Pick<Distribution, 'shares' | 'rewardFen'>): void => {
  const sum = sumOf(shares);
  const persons = new Set(shares.map(({ personId }) => personId));
  const isSound = persons.size === shares.length && shares.every(({ amountFen }) => BigInt(amountFen) > 0n);
  if (!isSound || sum === 0n || sum !== BigInt(reward)) throw moneyRule('C-67', { sum, reward }, { field: 'shares' });
};

interface Cumulative {
  readonly contract: string;
  readonly reward: bigint;
  readonly income: bigint;
}

/** Exact halves: twice the part against the whole, in fen. */
const assertFloors = (
  {
    distributedOn,
    rewardFen,
    mainFen,
  }: { readonly distributedOn: string; readonly rewardFen: string; readonly mainFen: string },
  { contract, reward, income }: Cumulative,
): void => {
  if (moneyRule.governs('P-3', distributedOn) && 2n * reward < income)
    throw moneyRule('P-3', { contract, reward, income }, { field: 'reward' });
  if (moneyRule.governs('P-8', distributedOn) && 2n * BigInt(mainFen) < BigInt(rewardFen))
    throw moneyRule('P-8', { main: mainFen, reward: rewardFen }, { field: 'shares' });
};

/** Registration as a technology contract (技术合同认定登记); its amount may differ from the fee. @throws Refusal C-37, C-54 */
export const registerTechnologyContract = (
  { type: _type, ...data }: ContractCommandOf<'RegisterTechnologyContract'>,
  contract: Contract,
  context: DecisionContext,
): readonly ContractEvent[] => {
  const terms = lodged(contract);
  const { technology } = contract;
  const number = technology?.technologyContractNo ?? terms.technologyContractNo;
  if (number !== undefined && number !== data.technologyContractNo)
    throw contractRule('C-54', { contract: terms.number, number }, { field: 'technologyContractNo' });
  assertAfterSigning(
    { field: 'registeredOn', date: data.registeredOn, place: 'technologyRegisteredOn' },
    terms,
    context,
  );
  if (technology?.registeredOn === data.registeredOn && technology.amountFen === data.amountFen) return [];
  if (technology) throw stateRefusal(contract, 'TECHNOLOGY_REGISTERED');
  return [{ type: 'TechnologyContractRegistered', data }];
};
