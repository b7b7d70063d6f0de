import { type Deadline, NEVER, cancelled, deadline, fixedTerm, lapsed, met, stateOn } from './deadline.js';
import { DEADLINE_KINDS, isDeadlineKind, textOf } from './deadline-kinds.js';

const record = { universityId: 'hnu', recordKind: 'contract', recordId: 'c1', recordNumber: '1', title: '示例' };
const payment = (...closings: ReadonlyArray<ReturnType<typeof met>>): Deadline =>
  deadline({
    kind: 'PAYMENT',
    record,
    opensOn: '2024-01-01',
    term: fixedTerm('2024-01-31'),
    tail: 1,
    detail: { instalment: 1, amount: '5.00' },
    closings,
  });

describe('the state of a deadline as of a date', () => {
  it.each([
    ['2023-12-31', 'NOT_YET'],
    ['2024-01-01', 'OPEN'],
    ['2024-01-31', 'OPEN'],
    ['2024-02-01', 'OVERDUE'],
    [NEVER, 'OVERDUE'],
  ])('while nothing happens, on %s: %s', (date, state) => expect(stateOn(payment(), date)).toBe(state));

  it.each([
    ['2024-01-31', '2024-01-30', 'OPEN'],
    ['2024-01-31', '2024-01-31', 'MET'],
    ['2024-02-01', '2024-01-31', 'OPEN'],
    ['2024-02-01', '2024-02-01', 'MET_LATE'],
    ['2024-02-09', '2024-02-08', 'OVERDUE'],
    ['2023-12-01', '2023-11-30', 'NOT_YET'],
    ['2023-12-01', '2023-12-01', 'MET'],
  ])('done on %s, it was on %s: %s', (done, date, state) =>
    expect(stateOn(payment(met(done, 'PaymentReceived')), date)).toBe(state),
  );

  it('is cancelled or lapsed for good, late or not', () => {
    expect(stateOn(payment(cancelled('2025-01-01', 'ContractVoided')), '2025-01-01')).toBe('CANCELLED');
    expect(stateOn(payment(lapsed('2024-02-01')), '2024-02-01')).toBe('LAPSED');
  });
});

describe('a deadline', () => {
  it('is closed by what came first, of one day by what is named first', () => {
    const both = [cancelled('2024-01-05', 'ContractVoided'), met('2024-01-04', 'PaymentReceived'), undefined];
    expect(payment(...both)).toMatchObject({ closedOn: '2024-01-04', closedBy: 'PaymentReceived', outcome: 'MET' });
    const sameDay = [met('2024-01-05', 'PaymentReceived'), cancelled('2024-01-05', 'ContractVoided')];
    expect(payment(...sameDay)).toMatchObject({ outcome: 'MET' });
  });

  it('says what is to be done in both languages', () => {
    expect(textOf(payment())).toEqual({
      zh: '第 1 期款项 5.00 元应于 2024-01-31 支付',
      en: 'instalment 1 of 5.00 yuan is to be paid by 2024-01-31',
    });
  });

  it('has a kind with both languages asking for the same parameters', () => {
    const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const { text } of Object.values(DEADLINE_KINDS)) expect(parameters(text.zh)).toEqual(parameters(text.en));
    expect([isDeadlineKind('PAYMENT'), isDeadlineKind('toString')]).toEqual([true, false]);
  });
});
