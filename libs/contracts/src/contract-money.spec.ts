import { Refusal } from '@app/kernel';
import { specFor, testContext } from '@app/testing';
import fc from 'fast-check';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractCommandOf, ContractEvent } from './contract-events.js';
import { amountsDue, receivedBy } from './contract-money.js';
import type { PaymentKind } from './contract-vocabulary.js';
import type { ContractTerms } from './contract-terms.js';

const given = specFor(contractDecider);
const terms: ContractTerms = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'LICENCE',
  assets: [{ assetId: 'a1', ipType: 'INVENTION', number: '201910699568X' }],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  feeType: 'LUMP_SUM',
  feeFen: '10000',
  pricingMethod: 'NEGOTIATED',
};
const inChangsha = { rule: 'in-changsha/1', value: null } as const;
const lodged = (more: Partial<ContractTerms> = {}): ContractEvent[] => [
  { type: 'LodgementRequested', data: { ...terms, ...more, inChangsha } },
  { type: 'ContractLodged', data: { assets: ['a1'] } },
  { type: 'ContractSettled', data: { revision: 0 } },
];
const approved = { reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' };
const payment = (amountFen: string, kind: PaymentKind = 'LUMP_SUM', more: object = {}) => ({
  number: '示例-DZ-1',
  receivedOn: '2023-04-01',
  amountFen,
  kind,
  ...more,
});
const receive = (...of: Parameters<typeof payment>): ContractCommand => ({ type: 'ReceivePayment', ...payment(...of) });
const received = (...of: Parameters<typeof payment>): ContractEvent => ({
  type: 'PaymentReceived',
  data: payment(...of),
});
const reversed: ContractEvent = { type: 'PaymentReversed', data: { number: '示例-DZ-1', ...approved } };

const instalments: Partial<ContractTerms> = {
  feeType: 'INSTALMENTS',
  instalments: [
    { dueOn: '2023-04-01', amountFen: '4000' },
    { dueOn: '2024-04-01', amountFen: '6000' },
  ],
};
const entry: Partial<ContractTerms> = { feeType: 'ENTRY_FEE_PLUS_ROYALTY', entryFeeFen: '3000' };

describe('what is due', () => {
  it.each([
    [{}, [{ kind: 'LUMP_SUM', amountFen: '10000' }]],
    [entry, [{ kind: 'ENTRY', amountFen: '3000' }]],
    [
      instalments,
      [
        { kind: 'INSTALMENT', amountFen: '4000', dueOn: '2023-04-01', instalment: 1 },
        { kind: 'INSTALMENT', amountFen: '6000', dueOn: '2024-04-01', instalment: 2 },
      ],
    ],
    [{ feeType: 'INSTALMENTS' }, [{ kind: 'INSTALMENT', amountFen: '10000' }]],
    [{ feeType: 'FREE', feeFen: '0' }, []],
    [{ feeType: 'RUNNING_ROYALTY' }, []],
  ] as const)('%j: %j', (more, due) => expect(amountsDue({ ...terms, ...more })).toEqual(due));
});

describe('the kind of a payment', () => {
  it.each([
    [{}, 'LUMP_SUM'],
    [instalments, 'INSTALMENT'],
    [entry, 'ENTRY'],
    [entry, 'ROYALTY'],
    [{ feeType: 'RUNNING_ROYALTY' }, 'ROYALTY'],
    [{ mode: 'RELEASE', feeType: 'FREE', feeFen: '0', inventorSharePermyriad: 1 }, 'ROYALTY'],
  ] as const)('%j takes %s', (more, kind) =>
    given(...lodged(more))
      .when(receive('100', kind))
      .then(received('100', kind)),
  );
  it.each([
    [{}, 'ROYALTY'],
    [{ feeType: 'FREE', feeFen: '0' }, 'ROYALTY'],
    [{ feeType: 'FREE', feeFen: '0' }, 'LUMP_SUM'],
    [{ mode: 'RELEASE', feeType: 'FREE', feeFen: '0', inventorSharePermyriad: 0 }, 'ROYALTY'],
    [instalments, 'LUMP_SUM'],
  ] as const)('C-62: %j does not take %s', (more, kind) =>
    given(...lodged(more))
      .when(receive('100', kind))
      .thenRefuses('C-62', 'kind'),
  );
});

describe('a payment', () => {
  it('is accepted up to what the contract says', () => {
    given(...lodged())
      .when(receive('10000'))
      .then(received('10000'));
    given(...lodged(), received('9999'))
      .when(receive('1', 'LUMP_SUM', { number: '示例-DZ-2' }))
      .then(received('1', 'LUMP_SUM', { number: '示例-DZ-2' }));
    given(...lodged(), received('9999'), reversed)
      .when(receive('10000', 'LUMP_SUM', { number: '示例-DZ-2' }))
      .then(received('10000', 'LUMP_SUM', { number: '示例-DZ-2' }));
  });
  it('is accepted whatever the royalty', () =>
    given(...lodged(entry))
      .when(receive('9000000', 'ROYALTY'))
      .then(received('9000000', 'ROYALTY')));
  it('C-63: is refused beyond it', () => {
    given(...lodged())
      .when(receive('10001'))
      .thenRefuses('C-63', 'amount');
    given(...lodged(), received('9999'))
      .when(receive('2', 'LUMP_SUM', { number: '示例-DZ-2' }))
      .thenRefuses('C-63', 'amount');
    given(...lodged(instalments))
      .when(receive('4001', 'INSTALMENT', { instalment: 1 }))
      .thenRefuses('C-63', 'amount');
    given(...lodged(entry))
      .when(receive('3001', 'ENTRY'))
      .thenRefuses('C-63', 'amount');
  });
  it('is ignored when it is on record', () =>
    given(...lodged(), received('10000'))
      .when(receive('10000'))
      .thenNothing());
  it('C-60: is refused when its number says something else', () =>
    given(...lodged(), received('100'))
      .when(receive('200'))
      .thenRefuses('C-60', 'number'));
  it('C-61: is refused for nothing', () =>
    given(...lodged())
      .when(receive('0'))
      .thenRefuses('C-61', 'amount'));
  it('C-64: is refused for an instalment that is not agreed', () => {
    for (const instalment of [0, 3])
      given(...lodged(instalments))
        .when(receive('1', 'INSTALMENT', { instalment }))
        .thenRefuses('C-64', 'instalment');
    given(...lodged())
      .when(receive('1', 'LUMP_SUM', { instalment: 1 }))
      .thenRefuses('C-64', 'instalment');
  });
  it('accepts an instalment that is agreed', () => {
    const second = ['6000', 'INSTALMENT', { instalment: 2 }] as const;
    given(...lodged(instalments))
      .when(receive(...second))
      .then(received(...second));
  });
  it('C-30, C-39: is not before the signing nor after today', () => {
    for (const [receivedOn, rule] of [
      ['2023-02-28', 'C-39'],
      ['2026-01-01', 'C-30'],
    ] as const)
      given(...lodged())
        .when(receive('1', 'LUMP_SUM', { receivedOn }))
        .thenRefuses(rule, 'receivedOn');
  });
});

describe('reversing a payment', () => {
  const reverse: ContractCommand = { type: 'ReversePayment', number: '示例-DZ-1', ...approved };
  it('is accepted once', () => {
    given(...lodged(), received('1'))
      .when(reverse)
      .then(reversed);
    given(...lodged(), received('1'), reversed)
      .when(reverse)
      .thenNothing();
  });
  it('C-65: is refused without the payment', () =>
    given(...lodged())
      .when(reverse)
      .thenRefuses('C-65', 'number'));
  it('L-6: states its grounds', () =>
    given(...lodged(), received('1'))
      .when({ ...reverse, reason: ' ' } as ContractCommand)
      .thenRefuses('L-6', 'reason'));
});

describe('a reward', () => {
  type Reward = Omit<ContractCommandOf<'DistributeReward'>, 'type' | 'stateFounded'>;
  const shares = (main: string, other: string) => [
    { personId: 'p_1', amountFen: main, main: true },
    ...(other === '0' ? [] : [{ personId: 'p_2', amountFen: other, main: false }]),
  ];
  const reward = (main: string, other: string, more: Partial<Reward> = {}): Reward => ({
    number: '示例-JL-1',
    distributedOn: '2023-12-01',
    costsFen: '1000',
    rewardFen: (BigInt(main) + BigInt(other)).toString(),
    shares: shares(main, other),
    ...more,
  });
  const distribute = (given_: Reward, stateFounded = true): ContractCommand => ({
    type: 'DistributeReward',
    stateFounded,
    ...given_,
  });
  const distributed = (data: Reward, netIncomeFen: string, mainFen: string): ContractEvent => ({
    type: 'RewardDistributed',
    data: { ...data, netIncomeFen, mainFen },
  });
  const history = [...lodged(), received('10000')];

  describe('of at least half of the net income', () => {
    it('P-3, P-8, C-67, C-69: is accepted at the half, of which half goes to the main contributors', () => {
      const half = reward('2250', '2250');
      given(...history)
        .when(distribute(half))
        .then(distributed(half, '9000', '2250'));
    });
    it('P-3: is refused a fen below', () =>
      given(...history)
        .when(distribute(reward('2250', '2249')))
        .thenRefuses('P-3', 'reward'));
    it('P-8: is refused when less than half goes to the main contributors', () =>
      given(...history)
        .when(distribute(reward('2250', '2251')))
        .thenRefuses('P-8', 'shares'));
    it('accepts less where the law does not bind', () => {
      const little = reward('1', '2');
      given(...history)
        .when(distribute(little, false))
        .then(distributed(little, '9000', '1'));
    });
    it('counts all distributions and receipts so far', () => {
      const first = reward('4500', '0');
      const later = received('2000', 'ROYALTY', { number: '示例-DZ-2', receivedOn: '2024-01-01' });
      const both = [...lodged(entry), received('10000', 'ENTRY'), distributed(first, '9000', '4500'), later];
      const second = reward('1000', '0', { number: '示例-JL-2', distributedOn: '2024-02-01', costsFen: '0' });
      given(...both)
        .when(distribute(second))
        .then(distributed(second, '2000', '1000'));
      given(...both)
        .when(distribute({ ...second, rewardFen: '999', shares: shares('999', '0') }))
        .thenRefuses('P-3', 'reward');
      // What came in later is not counted yet.
      const early = { ...second, distributedOn: '2023-12-31', rewardFen: '1', shares: shares('1', '0') };
      given(...both)
        .when(distribute(early))
        .then(distributed(early, '0', '1'));
    });
  });

  describe('of an equity contribution', () => {
    const equity = { company: '示例公司', sharePermyriad: 2_000, valueFen: '10000' };
    const contributed = lodged({ mode: 'EQUITY', equity });
    it('is accepted at half of the shares', () => {
      const half = reward('5000', '0', { costsFen: '0' });
      given(...contributed)
        .when(distribute(half))
        .then(distributed(half, '10000', '5000'));
    });
    it('P-3: is refused below', () =>
      given(...contributed)
        .when(distribute(reward('4999', '0', { costsFen: '0' })))
        .thenRefuses('P-3', 'reward'));
  });

  it('C-68: is accepted up to the whole net income', () => {
    const whole = reward('9000', '0');
    given(...history)
      .when(distribute(whole))
      .then(distributed(whole, '9000', '9000'));
  });
  it('C-68: is refused beyond it', () =>
    given(...history)
      .when(distribute(reward('9001', '0')))
      .thenRefuses('C-68', 'reward'));
  it('C-68: reversing a payment afterwards is flagged when it leaves rewards without income', () => {
    const whole = reward('4500', '4500');
    const flagged: ContractEvent = {
      type: 'PaymentReversed',
      data: { number: '示例-DZ-1', ...approved, warnings: ['C-68'] },
    };
    const command: ContractCommand = { type: 'ReversePayment', number: '示例-DZ-1', ...approved };
    given(...history, distributed(whole, '9000', '9000'))
      .when(command)
      .then(flagged);
    const equity = { company: '示例公司', sharePermyriad: 2_000, valueFen: '10000' };
    given(...lodged({ mode: 'EQUITY', equity }), received('10000'), distributed(whole, '10000', '5000'))
      .when(command)
      .then(reversed);
  });
  it('C-68: reversing a payment is accepted without a flag while other receipts cover the rewards', () => {
    const royalties = [received('3000', 'ENTRY'), received('10000', 'ROYALTY', { number: '示例-DZ-2' })];
    const whole = reward('4500', '4500');
    given(...lodged(entry), ...royalties, distributed(whole, '12000', '4500'))
      .when({ type: 'ReversePayment', number: '示例-DZ-1', ...approved })
      .then(reversed);
  });
  it('C-67: is refused when the shares are not the reward', () => {
    for (const wrong of [
      { rewardFen: '5001' },
      { shares: [] },
      { rewardFen: '0', shares: [] },
      { shares: [...shares('5000', '0'), { personId: 'p_2', amountFen: '0', main: false }] },
      { shares: [...shares('2500', '0'), ...shares('2500', '0')] },
    ])
      given(...history)
        .when(distribute(reward('5000', '0', wrong)))
        .thenRefuses('C-67', 'shares');
  });
  it('C-69: is refused for a release or a succession', () => {
    for (const mode of ['RELEASE', 'SUCCESSION'] as const)
      given(...lodged({ mode }), received('10000'))
        .when(distribute(reward('5000', '0')))
        .thenRefuses('C-69', 'number');
  });
  it('is ignored when it is on record', () => {
    const half = reward('2250', '2250');
    given(...history, distributed(half, '9000', '2250'))
      .when(distribute(half))
      .thenNothing();
  });
  it('C-60: is refused when its number says something else', () =>
    given(...history, distributed(reward('2250', '2250'), '9000', '2250'))
      .when(distribute(reward('2251', '2250')))
      .thenRefuses('C-60', 'number'));
});

describe('registration as a technology contract', () => {
  const data = { technologyContractNo: 'T1', registeredOn: '2023-05-01', amountFen: '9000' };
  const register: ContractCommand = { type: 'RegisterTechnologyContract', ...data };
  const registered: ContractEvent = { type: 'TechnologyContractRegistered', data };
  it('is accepted once, also under the number the contract came with', () => {
    given(...lodged())
      .when(register)
      .then(registered);
    given(...lodged({ technologyContractNo: 'T1' }))
      .when(register)
      .then(registered);
    given(...lodged(), registered)
      .when(register)
      .thenNothing();
  });
  it('C-54: is refused under another number', () =>
    given(...lodged({ technologyContractNo: 'T2' }))
      .when(register)
      .thenRefuses('C-54', 'technologyContractNo'));
  it('C-37: is refused when it was registered otherwise', () =>
    given(...lodged(), registered)
      .when({ ...register, amountFen: '1' } as ContractCommand)
      .thenRefuses('C-37'));
});

/** Runs commands one after the other, leaving out what is refused. */
const accepted = (start: readonly ContractEvent[], commands: readonly ContractCommand[]) => {
  let state = start.reduce(contractDecider.evolve, contractDecider.initial);
  for (const command of commands) {
    try {
      state = contractDecider.decide(command, state, testContext).reduce(contractDecider.evolve, state);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return state;
};

describe('whatever is accepted', () => {
  const kind = fc.constantFrom<PaymentKind>('LUMP_SUM', 'ENTRY', 'INSTALMENT', 'ROYALTY');
  const amount = fc.integer({ min: 0, max: 9_000 }).map(String);
  const number = fc.integer({ min: 1, max: 9 }).map(String);
  const day = fc.constantFrom('2023-04-01', '2023-08-01', '2024-02-01');
  const paying = fc.record({ number, receivedOn: day, amountFen: amount, kind, instalment: fc.constantFrom(1, 2) }).map(
    ({ instalment, ...rest }): ContractCommand => ({
      type: 'ReceivePayment',
      ...rest,
      ...(rest.kind === 'INSTALMENT' ? { instalment } : {}),
    }),
  );
  const reversing = number.map((each): ContractCommand => ({ type: 'ReversePayment', number: each, ...approved }));
  const repricing = amount.map(
    (feeFen): ContractCommand => ({
      type: 'AmendContract',
      number: `示例-BG-${feeFen}`,
      changes: { feeFen },
      signedOn: '2023-06-01',
      reason: '示例',
      facts: { stateFounded: false },
    }),
  );
  const rewarding = fc
    .record({
      number,
      distributedOn: day,
      costsFen: fc.constantFrom('0', '10'),
      parts: fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 4 }),
    })
    .map(
      ({ parts, ...rest }): ContractCommand => ({
        type: 'DistributeReward',
        stateFounded: true,
        ...rest,
        rewardFen: String(parts.reduce((sum, part) => sum + part, 0)),
        shares: parts.map((part, index) => ({ personId: `p_${index}`, amountFen: String(part), main: index === 0 })),
      }),
    );
  const start = fc.constantFrom<Partial<ContractTerms>>({}, instalments, entry, { feeType: 'RUNNING_ROYALTY' });

  it('keeps receipts within the terms and rewards exact', () => {
    const commands = fc.array(fc.oneof(paying, reversing, repricing, rewarding), { maxLength: 25 });
    fc.assert(
      fc.property(start, commands, (more, wanted) => {
        const state = accepted(lodged(more), wanted);
        const now = state.terms as ContractTerms;
        const certain = [...state.payments.values()].filter(
          ({ isReversed, data }) => !isReversed && data.kind !== 'ROYALTY',
        );
        const paid = certain.reduce((sum, { data }) => sum + BigInt(data.amountFen), 0n);
        const due = amountsDue(now).reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
        expect(paid <= due).toBe(true);
        for (const { shares, rewardFen, mainFen } of state.rewards.values()) {
          expect(shares.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)).toBe(BigInt(rewardFen));
          expect(2n * BigInt(mainFen) >= BigInt(rewardFen)).toBe(true);
        }
        expect(receivedBy(state, '9999-12-31') >= paid).toBe(true);
      }),
    );
  });
});
