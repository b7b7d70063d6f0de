import { byFen, fenOfYuan, percentOfPermyriad, permyriadOfPercent, plainYuan, share, wanYuan, yuan } from './money.js';

describe('amounts of fen', () => {
  it.each([
    ['0', '0.00', '0'],
    ['1', '0.01', '0.000001'],
    ['123450', '1,234.50', '0.12345'],
    ['1000000000', '10,000,000.00', '1,000'],
    ['-500000', '-5,000.00', '-0.5'],
    ['9000000000000001', '90,000,000,000,000.01', '9,000,000,000.000001'],
  ])('%s fen are %s yuan and %s wan yuan', (fen, inYuan, inWanYuan) => {
    expect([yuan(fen), wanYuan(fen)]).toEqual([inYuan, inWanYuan]);
  });

  it('are ordered exactly beyond what a number holds, and absent ones come first', () => {
    const sorted = ['9007199254740993', null, '9007199254740992', '0'].sort(byFen);
    expect(sorted).toEqual([null, '0', '9007199254740992', '9007199254740993']);
  });

  it('are shares of a whole, rounded down, and none of nothing', () => {
    expect([share('999', '1000'), share('1000', '1000'), share('0', '0')]).toEqual([99, 100, 0]);
  });
});

describe('yuan as typed', () => {
  it.each([
    ['0', '0'],
    ['0.01', '1'],
    ['0.1', '10'],
    ['12', '1200'],
    ['1,234.5', '123450'],
    ['¥ 1，234.56 元', '123456'],
    ['１２．３', '1230'],
    ['007', '700'],
    ['90071992547409.93', '9007199254740993'],
  ])('%s yuan are %s fen', (typed, fen) => expect(fenOfYuan(typed)).toBe(fen));

  it.each(['', '.', '1.', '1.234', '-1', '1e3', '十', '1.2.3', '12345678901234567'])('refuses “%s”', (typed) =>
    expect(fenOfYuan(typed)).toBeUndefined(),
  );

  it.each(['0', '1', '10', '123450', '9007199254740993'])('come back as %s fen', (fen) =>
    expect(fenOfYuan(plainYuan(fen))).toBe(fen),
  );
});

describe('percent as typed', () => {
  it.each([
    ['0', 0],
    ['0.01', 1],
    ['33.33', 3333],
    ['33.3%', 3330],
    ['100', 10_000],
    ['29', 2900],
  ])('%s is %i in 0.01%%', (typed, permyriad) => expect(permyriadOfPercent(typed)).toBe(permyriad));

  it.each(['', '100.01', '-1', '33.333', 'a'])('refuses “%s”', (typed) =>
    expect(permyriadOfPercent(typed)).toBeUndefined(),
  );

  it.each([
    [0, '0'],
    [5, '0.05'],
    [3330, '33.30'],
    [10_000, '100'],
  ])('%i in 0.01%% is shown as %s', (permyriad, text) => expect(percentOfPermyriad(permyriad)).toBe(text));
});
