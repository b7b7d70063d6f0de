import { specFor } from '@app/testing';
import { contractDecider } from './contract.js';
import type { ContractCommand, ContractEvent } from './contract-events.js';
import { recordingDueOn, recordingState } from './contract-recording.js';
import { RECORDING_REFUSAL_GROUNDS } from './contract-vocabulary.js';
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
  feeType: 'FREE',
  pricingMethod: 'NEGOTIATED',
};
const inChangsha = { rule: 'in-changsha/1', value: null } as const;
const lodged = (more: Partial<ContractTerms> = {}): ContractEvent[] => [
  { type: 'LodgementRequested', data: { ...terms, ...more, inChangsha } },
  { type: 'ContractLodged', data: { assets: ['a1'] } },
  { type: 'ContractSettled', data: { revision: 0 } },
];
const record = (recordedOn: string, recordNo = 'X1'): ContractCommand => ({
  type: 'RecordLicence',
  recordNo,
  recordedOn,
});
const recorded = (recordedOn: string, more: object = {}): ContractEvent => ({
  type: 'LicenceRecorded',
  data: { recordNo: 'X1', recordedOn, ...more },
});
const refuse = (refusedOn: string): ContractCommand => ({
  type: 'RefuseRecording',
  refusedOn,
  ground: 'CONTENT_MISSING',
});
const refused = (refusedOn: string): ContractEvent => ({
  type: 'RecordingRefused',
  data: { refusedOn, ground: 'CONTENT_MISSING' },
});
const cancel = (cancelledOn: string): ContractCommand => ({ type: 'CancelRecording', cancelledOn, reason: '示例' });
const cancelled = (cancelledOn: string): ContractEvent => ({
  type: 'RecordingCancelled',
  data: { cancelledOn, reason: '示例' },
});

describe('the three months for recording', () => {
  it.each([
    ['2023-11-30', '2024-02-29'],
    ['2023-03-15', '2023-06-15'],
    // 2023-07-01 is a Saturday.
    ['2023-04-01', '2023-07-03'],
  ])('from %s end on %s', (effectiveOn, due) => expect(recordingDueOn(effectiveOn)).toBe(due));

  it('are in time on the last day', () => {
    given(...lodged())
      .when(record('2023-06-15'))
      .then(recorded('2023-06-15'));
  });
  it('L-5: are told, not refused, when they have passed', () => {
    given(...lodged())
      .when(record('2023-06-16'))
      .then(recorded('2023-06-16', { warnings: ['L-5'] }));
  });
  it('say nothing of what no office records', () => {
    const software = lodged({ assets: [{ assetId: 'a1', ipType: 'SOFTWARE', number: '2021SR0123456' }] });
    given(...software)
      .when(record('2024-06-16'))
      .then(recorded('2024-06-16'));
  });
});

describe('how a recording stands', () => {
  const effectiveOn = '2023-03-15';
  it.each([
    [{}, '2023-06-15', 'NOT_DUE'],
    [{}, '2023-06-16', 'DUE'],
    [{ recordedOn: '2023-06-15' }, '2023-06-15', 'RECORDED_ON_TIME'],
    [{ recordedOn: '2023-06-15' }, '2023-06-14', 'NOT_DUE'],
    [{ recordedOn: '2023-06-16' }, '2023-07-01', 'RECORDED_LATE'],
    [{ refusedOn: '2023-05-01' }, '2023-07-01', 'REFUSED'],
    [{ refusedOn: '2023-05-01', recordedOn: '2023-06-01' }, '2023-07-01', 'RECORDED_ON_TIME'],
    [{ cancelledOn: '2023-08-01' }, '2023-09-01', 'CANCELLED'],
    [{ refusedOn: '2023-05-01', cancelledOn: '2023-08-01' }, '2023-09-01', 'CANCELLED'],
    [{ refusedOn: '2023-09-01', cancelledOn: '2023-08-01' }, '2023-09-01', 'REFUSED'],
  ] as const)('%j as of %s: %s', (facts, asOf, state) =>
    expect(recordingState({ effectiveOn, ...facts }, asOf)).toBe(state),
  );
});

describe('a refusal by the office', () => {
  it('names one of the eleven grounds', () => expect(Object.keys(RECORDING_REFUSAL_GROUNDS)).toHaveLength(11));
  it('is accepted, and the licence may be recorded again', () => {
    given(...lodged())
      .when(refuse('2023-04-10'))
      .then(refused('2023-04-10'));
    given(...lodged(), refused('2023-04-10'))
      .when(record('2023-05-01'))
      .then(recorded('2023-05-01'));
  });
  it('is ignored when it is on record', () =>
    given(...lodged(), refused('2023-04-10'))
      .when(refuse('2023-04-10'))
      .thenNothing());
  it('C-37: is refused for a recorded licence', () =>
    given(...lodged(), recorded('2023-04-10'))
      .when(refuse('2023-04-11'))
      .thenRefuses('C-37'));
  it('C-38: is refused for a transfer', () =>
    given(...lodged({ mode: 'TRANSFER' }))
      .when(refuse('2023-04-10'))
      .thenRefuses('C-38', 'refusedOn'));
});

describe('the order of dates', () => {
  it('C-46: is recorded neither before its effect nor before a refusal or cancellation', () => {
    given(...lodged())
      .when(record('2023-03-14'))
      .thenRefuses('C-46', 'recordedOn');
    given(...lodged(), refused('2023-04-10'))
      .when(record('2023-04-09'))
      .thenRefuses('C-46', 'recordedOn');
    given(...lodged(), recorded('2023-04-10'), cancelled('2023-08-01'))
      .when(record('2023-07-31'))
      .thenRefuses('C-46', 'recordedOn');
    given(...lodged(), recorded('2023-04-10'))
      .when(cancel('2023-04-09'))
      .thenRefuses('C-46', 'cancelledOn');
  });
  it('accepts the days themselves', () => {
    given(...lodged())
      .when(record('2023-03-15'))
      .then(recorded('2023-03-15'));
    given(...lodged(), recorded('2023-04-10'))
      .when(cancel('2023-04-10'))
      .then(cancelled('2023-04-10'));
  });
});

describe('cancelling a recording', () => {
  const history = [...lodged(), recorded('2023-04-10')];
  it('is accepted once', () => {
    given(...history)
      .when(cancel('2023-08-01'))
      .then(cancelled('2023-08-01'));
    given(...history, cancelled('2023-08-01'))
      .when(cancel('2023-08-01'))
      .thenNothing();
  });
  it('C-37: is refused without a recording', () =>
    given(...lodged())
      .when(cancel('2023-08-01'))
      .thenRefuses('C-37'));
  it('leaves the number with the contract and lets it be recorded again', () => {
    const after = given(...history, cancelled('2023-08-01'));
    expect(after.state()).toMatchObject({ recordNo: 'X1', recordedOn: undefined });
    after.when(record('2023-08-02')).then(recorded('2023-08-02', { warnings: ['L-5'] }));
  });
});

describe('a number given up', () => {
  const history = [...lodged(), recorded('2023-04-10'), cancelled('2023-08-01')];
  it('is named by the recording that takes another', () => {
    const anew = recorded('2023-08-02', { recordNo: 'X2', replaces: 'X1', warnings: ['L-5'] });
    given(...history)
      .when(record('2023-08-02', 'X2'))
      .then(anew);
    const after = given(...history, anew).state();
    expect(after).toMatchObject({ recordNo: 'X2', leaving: [{ kind: 'record-number', value: 'X1' }], unsettled: 5 });
  });
  it('is not by another spelling of it', () => {
    given(...history)
      .when(record('2023-08-02', 'x 1'))
      .then(recorded('2023-08-02', { recordNo: 'x 1', warnings: ['L-5'] }));
  });
});

describe('deregistering an ended licence', () => {
  const deregister = (deregisteredOn: string, more: object = {}): ContractCommand => ({
    type: 'DeregisterLicence',
    deregisteredOn,
    ...more,
  });
  const deregistered = (deregisteredOn: string, more: object = {}): ContractEvent => ({
    type: 'LicenceDeregistered',
    data: { deregisteredOn, ...more },
  });
  const terminated: ContractEvent = {
    type: 'LicenceTerminated',
    data: { on: '2024-06-30', reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' },
  };
  const history = [...lodged({ endsOn: '2025-01-31' }), recorded('2023-04-10')];

  it('L-34: is accepted from the last day of its term, or of a licence that ended early', () => {
    given(...history)
      .when(deregister('2025-01-31', { reason: '示例' }))
      .then(deregistered('2025-01-31', { reason: '示例' }));
    given(...history, terminated)
      .when(deregister('2024-06-30'))
      .then(deregistered('2024-06-30'));
  });
  it('L-34: is refused while it runs', () => {
    given(...history)
      .when(deregister('2025-01-30'))
      .thenRefuses('L-34', 'deregisteredOn');
    given(...lodged(), recorded('2023-04-10'))
      .when(deregister('2025-01-31'))
      .thenRefuses('L-34', 'deregisteredOn');
  });
  it('L-35: is accepted without a flag within thirty days, days off not counted at their end', () => {
    // 2025-03-02 is a Sunday.
    given(...history)
      .when(deregister('2025-03-03'))
      .then(deregistered('2025-03-03'));
  });
  it('L-35: warns after that', () => {
    given(...history)
      .when(deregister('2025-03-04'))
      .then(deregistered('2025-03-04', { warnings: ['L-35'] }));
  });
  it('is ignored when it is on record', () =>
    given(...history, deregistered('2025-02-10'))
      .when(deregister('2025-02-10'))
      .thenNothing());
  it('C-37: is refused unrecorded, on another day, or once the contract is voided', () => {
    const ended = lodged({ endsOn: '2025-01-31' });
    const voided: ContractEvent = {
      type: 'ContractVoided',
      data: { voidedOn: '2025-02-05', reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' },
    };
    for (const before of [ended, [...history, deregistered('2025-02-10')], [...history, voided]]) {
      given(...before)
        .when(deregister('2025-02-11'))
        .thenRefuses('C-37');
    }
  });
  it('C-38: is refused for a transfer', () =>
    given(...lodged({ mode: 'TRANSFER' }))
      .when(deregister('2025-02-11'))
      .thenRefuses('C-38', 'deregisteredOn'));
  const correct = (value: string): ContractCommand => ({
    type: 'CorrectContract',
    number: '示例-G-1',
    field: 'deregisteredOn',
    value,
    facts: { stateFounded: false },
    reason: '示例',
    evidence: '示例-佐证-1',
    approver: 'reviewer',
  });
  it('L-34: accepts a corrected day, and none before the end', () => {
    const said = { number: '示例-G-1', reason: '示例', evidence: '示例-佐证-1', approver: 'reviewer' };
    const corrected: ContractEvent = {
      type: 'ContractCorrected',
      data: { ...said, field: 'deregisteredOn', from: '2025-02-10', to: '2025-02-11' },
    };
    const after = given(...history, deregistered('2025-02-10'));
    after.when(correct('2025-02-11')).then(corrected);
    after.when(correct('2025-01-30')).thenRefuses('L-34', 'value');
    expect(given(...history, deregistered('2025-02-10'), corrected).state().deregisteredOn).toBe('2025-02-11');
    given(...history)
      .when(correct('2025-02-11'))
      .thenRefuses('L-7', 'field');
  });
  it('keeps it recorded, and a recording anew takes it back', () => {
    expect(given(...history, deregistered('2025-02-10')).state()).toMatchObject({ recordedOn: '2023-04-10' });
    const anew = [...history, deregistered('2025-02-10'), cancelled('2025-03-01'), recorded('2025-03-02')];
    expect(given(...anew).state()).toMatchObject({ recordedOn: '2025-03-02', deregisteredOn: undefined });
  });
});
