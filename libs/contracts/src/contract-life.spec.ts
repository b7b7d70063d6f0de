import { specFor } from '@app/testing';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent } from './contract-events.js';
import type { DealFacts } from './contract-facts.js';
import type { ContractTerms } from './contract-terms.js';
import type { CorrectableField } from './contract-vocabulary.js';

const given = specFor(contractDecider);
const terms: ContractTerms = {
  universityId: 'hnu',
  number: '示例-HT-1',
  mode: 'TRANSFER',
  assets: [{ assetId: 'a1', ipType: 'INVENTION', number: '201910699568X' }],
  counterparty: '示例公司',
  signedOn: '2023-03-01',
  effectiveOn: '2023-03-15',
  feeType: 'LUMP_SUM',
  feeFen: '10000',
  pricingMethod: 'NEGOTIATED',
};
const inChangsha = { rule: 'in-changsha/1', value: null } as const;
const requested = (more: Partial<ContractTerms> = {}, said: object = {}): ContractEvent => ({
  type: 'LodgementRequested',
  data: { ...terms, ...more, inChangsha, ...said },
});
const lodged = (more: Partial<ContractTerms> = {}): ContractEvent[] => [
  requested(more),
  { type: 'ContractLodged', data: { assets: ['a1'] } },
  { type: 'ContractSettled', data: { revision: 0 } },
];
const lodge = (more: Partial<ContractTerms>, facts: Partial<DealFacts> = {}): ContractCommand => ({
  type: 'RequestLodgement',
  ...terms,
  ...more,
  facts: { stateFounded: false, ...facts },
});
const approved = { reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' };
const correct = (field: CorrectableField, value: string, facts: Partial<DealFacts> = {}): ContractCommand => ({
  type: 'CorrectContract',
  number: 'G-1',
  field,
  value,
  ...approved,
  facts: { stateFounded: false, ...facts },
});
const corrected = (field: CorrectableField, from: string, to: string, more: object = {}): ContractEvent => ({
  type: 'ContractCorrected',
  data: { number: 'G-1', field, from, to, ...approved, ...more },
});
const voided: ContractEvent = { type: 'ContractVoided', data: { voidedOn: '2024-01-10', ...approved } };

describe('the ground of a release', () => {
  const release = { mode: 'RELEASE', counterparty: 'p_1', inventorSharePermyriad: 100 } as const;
  const released = (inventor = 'p_1', sharePermyriad = 100) => ({
    releases: [{ number: '201910699568X', release: { inventors: [inventor], sharePermyriad } }],
  });
  it('C-58: is refused without one on record, to another or with another share', () => {
    for (const facts of [{ releases: [{ number: '1' }] }, released('p_2'), released('p_1', 101)])
      given().when(lodge(release, facts)).thenRefuses('C-58', 'ground');
  });
  it('is accepted with the release of its disclosure, and before the rule', () => {
    given().when(lodge(release, released())).then(requested(release));
    const early = { ...release, signedOn: '2020-02-02' };
    given()
      .when(lodge(early, { releases: [{ number: '1' }] }))
      .then(requested(early));
  });
  it('C-58: accepts a reason, which is flagged', () => {
    const stated = { ...release, ground: '示例：早年转让' };
    given()
      .when(lodge(stated, { releases: [{ number: '1' }] }))
      .then(requested(stated, { warnings: ['E-1'] }));
  });
});

describe('the ground of a succession', () => {
  it('C-59: is refused without its document', () =>
    given()
      .when(lodge({ mode: 'SUCCESSION' }))
      .thenRefuses('C-59', 'ground'));
  it('is accepted with it', () => {
    const merger = { mode: 'SUCCESSION', ground: '示例合并文件' } as const;
    given().when(lodge(merger)).then(requested(merger));
  });
});

describe('the receiver', () => {
  const of = (universityId: string) => ({ receiver: { universityId, name: '示例大学' } });
  it('C-75: is refused where it is the university itself', () => {
    given()
      .when(lodge({}, of('hnu')))
      .thenRefuses('C-75', 'counterparty');
    given(...lodged())
      .when(correct('counterparty', '示例大学', of('hnu')))
      .thenRefuses('C-75', 'value');
  });
  it('is accepted as another university, known by its code', () => {
    const known = { counterpartyUniversity: 'csu' };
    given()
      .when(lodge({}, of('csu')))
      .then(requested(known));
    const renamed = corrected('counterparty', '示例公司', '示例大学', known);
    given(...lodged())
      .when(correct('counterparty', '示例大学', of('csu')))
      .then(renamed);
    expect(given(...lodged(), renamed).state()).toMatchObject({ terms: known, renamedAt: 3 });
    const outside = corrected('counterparty', '示例大学', '示例公司');
    expect(given(...lodged(known), outside).state().terms).not.toHaveProperty('counterpartyUniversity');
  });
});

describe('the registration of a transfer', () => {
  const register = (registeredOn: string): ContractCommand => ({ type: 'RegisterTransfer', registeredOn });
  const registered: ContractEvent = { type: 'TransferRegistered', data: { registeredOn: '2023-06-01' } };
  it('L-3: is refused before the transfer takes effect, entered or corrected', () => {
    given(...lodged())
      .when(register('2023-03-14'))
      .thenRefuses('L-3', 'registeredOn');
    const history = [...lodged(), registered, { type: 'ContractSettled', data: { revision: 3 } } as const];
    given(...history)
      .when(correct('registeredOn', '2023-03-14'))
      .thenRefuses('L-3', 'value');
    given(...history)
      .when(correct('effectiveOn', '2023-06-02'))
      .thenRefuses('L-3', 'value');
  });
  it('is accepted on that day', () =>
    given(...lodged())
      .when(register('2023-03-15'))
      .then({ type: 'TransferRegistered', data: { registeredOn: '2023-03-15' } }));
});

describe('the recording of a licence', () => {
  const licence = { mode: 'LICENCE', endsOn: '2024-03-14' } as const;
  const record = (recordedOn: string): ContractCommand => ({ type: 'RecordLicence', recordNo: 'X1', recordedOn });
  const recorded = (recordedOn: string): ContractEvent => ({
    type: 'LicenceRecorded',
    data: { recordNo: 'X1', recordedOn },
  });
  const refused: ContractEvent = {
    type: 'RecordingRefused',
    data: { refusedOn: '2023-04-10', ground: 'CONTENT_MISSING' },
  };
  it('L-38: is refused after the last day, entered or corrected', () => {
    given(...lodged(licence))
      .when(record('2024-03-15'))
      .thenRefuses('L-38', 'recordedOn');
    given(...lodged(licence), recorded('2023-05-01'))
      .when(correct('recordedOn', '2024-03-15'))
      .thenRefuses('L-38', 'value');
  });
  it('L-38: is accepted on the last day', () =>
    given(...lodged({ ...licence, endsOn: '2023-05-01' }))
      .when(record('2023-05-01'))
      .then(recorded('2023-05-01')));
  it('C-46: keeps its order when it is corrected', () => {
    given(...lodged(licence), refused, recorded('2023-05-01'))
      .when(correct('recordedOn', '2023-04-09'))
      .thenRefuses('C-46', 'value');
    const deregistered: ContractEvent = { type: 'LicenceDeregistered', data: { deregisteredOn: '2024-03-14' } };
    const ended = lodged({ ...licence, endsOn: '2024-03-14' });
    given(...ended, recorded('2023-05-01'), { ...deregistered, data: { deregisteredOn: '2023-07-15' } })
      .when(correct('recordedOn', '2023-09-01'))
      .thenRefuses('C-46', 'value');
  });
  it('C-46: is not preceded by the end of the licence', () =>
    given(...lodged(licence), recorded('2023-05-01'))
      .when({ type: 'TerminateLicence', on: '2023-04-30', ...approved })
      .thenRefuses('C-46', 'on'));
});

describe('the value of an equity contribution', () => {
  it('C-77: is refused without it', () =>
    given()
      .when(lodge({ mode: 'EQUITY', feeType: 'FREE', feeFen: '0' }))
      .thenRefuses('C-77', 'equity'));
  it('is accepted as an amount', () =>
    given()
      .when(lodge({ mode: 'EQUITY' }))
      .then(requested({ mode: 'EQUITY' })));
});

describe('instalments', () => {
  const plan = (...dueOn: readonly string[]): Partial<ContractTerms> => ({
    feeType: 'INSTALMENTS',
    feeFen: String(dueOn.length * 10),
    instalments: dueOn.map((on) => ({ dueOn: on, amountFen: '10' })),
  });
  it('C-78: are refused before the signing or out of order', () => {
    for (const days of [['2023-02-28'], ['2024-01-02', '2024-01-01']])
      given()
        .when(lodge(plan(...days)))
        .thenRefuses('C-78', 'instalments');
  });
  it('are accepted in order, two on a day', () => {
    const even = plan('2023-03-01', '2024-01-01', '2024-01-01');
    given().when(lodge(even)).then(requested(even));
  });
  it('are corrected with their sum', () => {
    const to = '2023-04-01 10；2024-04-01 20';
    const mended = corrected('instalments', '2023-03-01 10', to);
    given(...lodged(plan('2023-03-01')))
      .when(correct('instalments', to))
      .then(mended);
    const after = given(...lodged(plan('2023-03-01')), mended).state();
    expect(after.terms).toMatchObject({ feeFen: '30', instalments: [{ amountFen: '10' }, { dueOn: '2024-04-01' }] });
  });
});

describe('rewards', () => {
  const shares = [{ personId: 'p_1', amountFen: '50', main: true }];
  const reward = (number: string, distributedOn: string) => ({
    number,
    distributedOn,
    costsFen: '0',
    rewardFen: '50',
    shares,
  });
  const distribute = (number: string, on: string): ContractCommand => ({
    type: 'DistributeReward',
    ...reward(number, on),
    stateFounded: false,
  });
  const distributed = (number: string, on: string, netIncomeFen: string): ContractEvent => ({
    type: 'RewardDistributed',
    data: { ...reward(number, on), netIncomeFen, mainFen: '50' },
  });
  const paid: ContractEvent = {
    type: 'PaymentReceived',
    data: { number: 'DZ-1', receivedOn: '2023-04-01', amountFen: '10000', kind: 'LUMP_SUM' },
  };
  const history = [...lodged(), paid, distributed('1', '2023-12-01', '10000')];
  const reverse: ContractCommand = { type: 'ReverseReward', number: '1', ...approved };
  const reversed: ContractEvent = {
    type: 'RewardReversed',
    data: { number: '1', ...approved, costsFen: '0', netIncomeFen: '10000', rewardFen: '50' },
  };
  it('P-10: are refused before the last one', () =>
    given(...history)
      .when(distribute('2', '2023-11-30'))
      .thenRefuses('P-10', 'distributedOn'));
  it('are accepted on its day, and before one that was reversed', () => {
    given(...history)
      .when(distribute('2', '2023-12-01'))
      .then(distributed('2', '2023-12-01', '0'));
    given(...history, reversed)
      .when(distribute('2', '2023-11-30'))
      .then(distributed('2', '2023-11-30', '10000'));
  });
  it('P-11: are not reversed where there is none', () =>
    given(...lodged())
      .when(reverse)
      .thenRefuses('P-11', 'number'));
  it('P-11: are accepted to be reversed once, also of a voided contract', () => {
    given(...history)
      .when(reverse)
      .then(reversed);
    given(...history, voided)
      .when(reverse)
      .then(reversed);
    given(...history, reversed)
      .when(reverse)
      .thenNothing();
  });
  it('let a payment of a voided contract be reversed', () =>
    given(...lodged(), paid, voided)
      .when({ type: 'ReversePayment', number: 'DZ-1', ...approved })
      .then({ type: 'PaymentReversed', data: { number: 'DZ-1', ...approved } }));
});

describe('a correction of the money', () => {
  it('C-48: leaves no entry fee due beside another amount', () => {
    const { feeFen: _fee, ...unpriced } = terms;
    const entry = { ...unpriced, feeType: 'ENTRY_FEE_PLUS_ROYALTY', entryFeeFen: '100' } as const;
    const history: ContractEvent[] = [
      { type: 'LodgementRequested', data: { ...entry, inChangsha } },
      ...lodged().slice(1),
    ];
    given(...history)
      .when(correct('feeFen', '50'))
      .thenRefuses('C-48', 'fee');
    given(...history)
      .when(correct('entryFeeFen', '50'))
      .then(corrected('entryFeeFen', '100', '50'));
  });
  it('reaches the registration as a technology contract', () => {
    const technology = { technologyContractNo: 'T1', registeredOn: '2023-05-01', amountFen: '90' };
    const history: ContractEvent[] = [...lodged(), { type: 'TechnologyContractRegistered', data: technology }];
    const amount = corrected('technologyAmountFen', '90', '91');
    given(...history)
      .when(correct('technologyAmountFen', '91'))
      .then(amount);
    expect(given(...history, amount).state().technology).toEqual({ ...technology, amountFen: '91' });
    given(...history)
      .when(correct('technologyRegisteredOn', '2023-02-28'))
      .thenRefuses('C-39', 'value');
  });
});
