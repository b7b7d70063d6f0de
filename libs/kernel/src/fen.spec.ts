import fc from 'fast-check';
import {
  checkedFen,
  fenFromText,
  fenText,
  formatWanYuan,
  formatYuan,
  MAX_FEN,
  wanYuanToFen,
  yuanToFen,
} from './fen.js';

const fen = fc.bigInt({ min: 0n, max: MAX_FEN });
const refusedBy = (rule: string) => expect.objectContaining({ rule, kind: 'invalid' });

describe('fen in events', () => {
  it('reads and writes a decimal string', () => {
    expect(fenFromText('123')).toBe(123n);
    expect(fenText(0n)).toBe('0');
  });

  it.each(['', '01', '+1', '-1', '1.0', '1e3', ' 1', '1 ', '1,000', '12,000.50', '0x10', '１', '1'.repeat(41)])(
    'refuses the spelling "%s"',
    (text) => {
      expect(() => fenFromText(text)).toThrow(refusedBy('V-FEN-FORM'));
    },
  );

  it('comes back as it was written', () => {
    fc.assert(fc.property(fen, (amount) => expect(fenFromText(fenText(amount))).toBe(amount)));
  });
});

describe('the bound', () => {
  it('is below the numbers that SQLite returns rounded', () => {
    expect(MAX_FEN).toBeLessThan(BigInt(Number.MAX_SAFE_INTEGER));
  });

  it('V-FEE-LIMIT: accepts the largest amount and refuses one fen more', () => {
    expect(fenFromText('9000000000000000')).toBe(MAX_FEN);
    expect(() => fenFromText('9000000000000001')).toThrow(refusedBy('V-FEE-LIMIT'));
    expect(() => yuanToFen('90,000,000,000,000.01', 'fee')).toThrow(refusedBy('V-FEE-LIMIT'));
    expect(() => checkedFen(MAX_FEN + 1n)).toThrow(refusedBy('V-FEE-LIMIT'));
  });

  it('V-FEE-NEGATIVE: accepts nothing at all', () => expect(checkedFen(0n, 'fee')).toBe(0n));

  it('names the field of a negative amount', () => {
    expect(() => checkedFen(-1n, 'fee')).toThrow(
      expect.objectContaining({ rule: 'V-FEE-NEGATIVE', place: { field: 'fee' } }),
    );
  });
});

describe('yuan', () => {
  it.each([
    ['1,234.50', 123_450n],
    ['0', 0n],
    ['0.01', 1n],
    ['12.3', 1_230n],
    ['1234567', 123_456_700n],
    ['１，０００．００', 100_000n],
    [' 5 ', 500n],
  ])('accepts "%s"', (text, amount) => {
    expect(yuanToFen(text, 'fee')).toBe(amount);
  });

  it.each([
    ['', 'V-FEE-FORM'],
    ['12,34', 'V-FEE-FORM'],
    ['1,2345', 'V-FEE-FORM'],
    ['1234,567', 'V-FEE-FORM'],
    ['.5', 'V-FEE-FORM'],
    ['5.', 'V-FEE-FORM'],
    ['1 000', 'V-FEE-FORM'],
    ['1e6', 'V-FEE-FORM'],
    ['Infinity', 'V-FEE-FORM'],
    ['-abc', 'V-FEE-FORM'],
    ['9'.repeat(100_000), 'V-FEE-FORM'],
    ['-1', 'V-FEE-NEGATIVE'],
    ['−0.01', 'V-FEE-NEGATIVE'],
    ['(1,234.50)', 'V-FEE-NEGATIVE'],
    ['0.001', 'V-FEE-PRECISION'],
    ['0.30000000000000004', 'V-FEE-PRECISION'],
  ])('refuses "%s" by %s', (text, rule) => {
    expect(() => yuanToFen(text, 'fee')).toThrow(expect.objectContaining({ rule, place: { field: 'fee' } }));
  });

  it('reads back what it prints', () => {
    fc.assert(fc.property(fen, (amount) => expect(yuanToFen(formatYuan(amount), 'fee')).toBe(amount)));
  });

  it('prints differences with their sign', () => {
    expect(formatYuan(123_450n)).toBe('1,234.50');
    expect(formatYuan(-5n)).toBe('-0.05');
    expect(formatYuan(-123_456n)).toBe('-1,234.56');
  });
});

describe('万元', () => {
  it('V-FEE-PRECISION: accepts a hundred yuan to the fen', () =>
    expect(wanYuanToFen('0.010001', 'budget')).toBe(10_001n));

  it('is a million fen', () => {
    expect(wanYuanToFen('1000', 'budget')).toBe(1_000_000_000n);
    expect(wanYuanToFen('0.000001', 'budget')).toBe(1n);
    expect(formatWanYuan(1_000_000_000n)).toBe('1,000');
    expect(formatWanYuan(-500_000n)).toBe('-0.5');
  });

  it('refuses less than a fen', () => {
    expect(() => wanYuanToFen('0.0000001', 'budget')).toThrow(refusedBy('V-FEE-PRECISION'));
  });

  it('reads back what it prints', () => {
    fc.assert(fc.property(fen, (amount) => expect(wanYuanToFen(formatWanYuan(amount), 'budget')).toBe(amount)));
  });
});
