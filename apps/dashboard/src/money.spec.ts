import { byFen, share, wanYuan, yuan } from './money.js';

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
