import fc from 'fast-check';
import { formatPatentNumber, parsePatentNumber, patentNumberWithCheck } from './patent-number.js';

const REAL = ['201910699568.X', '201820557176.0', '201930071397.7', '202210752423.3', '201510621320.3'];

const refusedBy = (rule: string) =>
  expect.objectContaining({ rule, kind: 'invalid', place: { field: 'patentNumber' } });
const parse = (text: string) => parsePatentNumber(text, 'patentNumber');
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

const valid = fc
  .tuple(
    fc.integer({ min: 2003, max: 2099 }),
    fc.constantFrom('1', '2', '3', '8', '9'),
    fc.integer({ min: 1, max: 9_999_999 }),
  )
  .map(([year, kind, serial]) => patentNumberWithCheck(`${year}${kind}${String(serial).padStart(7, '0')}`));

describe('current form', () => {
  it.each(REAL)('accepts the real number %s', (text) => {
    const { canonical, form, warnings } = parse(text);
    expect({ canonical, form, warnings }).toEqual({ canonical: text.replace('.', ''), form: 'ZC2003', warnings: [] });
    expect(formatPatentNumber(canonical)).toBe(text);
  });

  it.each([
    'ZL201910699568.X',
    'ZL 2019 1 0699568.x',
    'zl201910699568x',
    'CN201910699568.X',
    'CN ZL201910699568.X',
    'ＺＬ２０１９１０６９９５６８．Ｘ',
    '\u200b201910699568.X\u3000\n',
  ])('normalises "%s"', (text) => {
    expect(parse(text).canonical).toBe('201910699568X');
  });

  it.each([
    ['201910699568.X', 'INVENTION', 2019],
    ['201820557176.0', 'UTILITY_MODEL', 2018],
    ['201930071397.7', 'DESIGN', 2019],
    [patentNumberWithCheck('202180000001'), 'INVENTION', 2021],
    [patentNumberWithCheck('202190000001'), 'UTILITY_MODEL', 2021],
  ])('%s is %s of %i', (text, ipType, filingYear) => {
    expect(parse(text)).toMatchObject({ ipType, filingYear });
  });

  it('I-4: accepts the first year of the form', () => {
    const first = patentNumberWithCheck('200310000001');
    expect(parse(first)).toMatchObject({ canonical: first, filingYear: 2003 });
  });

  it('tells the expected check digit', () => {
    expect(() => parse('201910699568.0')).toThrow(refusedBy('I-1'));
    expect(() => parse('201910699568.0')).toThrow(/should be X/);
  });

  it.each([
    ['', 'I-2'],
    ['ZL', 'I-2'],
    ['201910699568', 'I-2'],
    ['2019106995680X', 'I-2'],
    ['20191069956.8X', 'I-2'],
    ['X01910699568.X', 'I-2'],
    ['201910699568..X', 'I-2'],
    ['CN116388783A', 'I-2'],
    ['PCT/CN2021/000001', 'I-2'],
    [patentNumberWithCheck('201940699568'), 'I-2'],
    [patentNumberWithCheck('201910000000'), 'I-2'],
    [patentNumberWithCheck('200210699568'), 'I-4'],
    ['9'.repeat(100_000), 'I-2'],
  ])('refuses "%.40s" by %s', (text, rule) => {
    expect(() => parse(text)).toThrow(refusedBy(rule));
  });

  it('is a fixed point of parsing, with and without its print', () => {
    fc.assert(
      fc.property(valid, (number) => {
        expect(parse(number).canonical).toBe(number);
        expect(parse(`ZL ${formatPatentNumber(number)}`).canonical).toBe(number);
      }),
    );
  });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(valid, fc.nat(12), fc.constantFrom(...'0123456789X'), (number, place, other) => {
        fc.pre(number[place] !== other);
        expect(() => parse(number.slice(0, place) + other + number.slice(place + 1))).toThrow(
          expect.objectContaining({ rule: expect.stringMatching(/^I-[124]$/) }),
        );
      }),
    );
  });

  it('finds every exchange of two neighbours', () => {
    fc.assert(
      fc.property(valid, fc.nat(10), (number, place) => {
        const [a = '', b = ''] = number.slice(place);
        fc.pre(a !== b);
        expect(() => parse(number.slice(0, place) + b + a + number.slice(place + 2))).toThrow(
          expect.objectContaining({ rule: expect.stringMatching(/^I-[124]$/) }),
        );
      }),
    );
  });
});

describe('form before 2003-10-01', () => {
  it.each([
    ['85100001', 'INVENTION', 1985],
    ['ZL 98 2 01234', 'UTILITY_MODEL', 1998],
    ['02345678', 'DESIGN', 2002],
  ])('accepts %s with a warning', (text, ipType, filingYear) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ form: 'PRE2003', ipType, filingYear });
    expect(parsed.warnings).toHaveLength(1);
    expect(formatPatentNumber(parsed.canonical)).toHaveLength(8);
  });

  it('is one number with, without and with a doubtful check digit', () => {
    const spellings = ['85100001', '85100001.0', '851000011', 'ZL85100001.X'];
    expect(new Set(spellings.map((text) => parse(text).canonical))).toEqual(new Set(['85100001']));
  });

  it('warns otherwise when the check digit is not the computed one', () => {
    const warnings = Array.from('0123456789X', (check) => parse(`85100001.${check}`).warnings[0]?.en ?? '');
    expect(warnings.filter((text) => text.includes('not the computed one'))).toHaveLength(10);
  });

  it.each([
    ['84100001', 'I-4'],
    ['04100001', 'I-4'],
    ['85500001', 'I-2'],
    ['85100000', 'I-2'],
  ])('refuses %s by %s', (text, rule) => {
    expect(() => parse(text)).toThrow(refusedBy(rule));
  });
});

it('answers any digits with a number or a refusal, never a fault', () => {
  fc.assert(
    fc.property(fc.oneof(digits(8), digits(9), digits(13), fc.string()), (text) => {
      try {
        expect(parse(parse(text).canonical).canonical).toBe(parse(text).canonical);
      } catch (error) {
        expect(error).toEqual(refusedBy(expect.stringMatching(/^I-[124]$/) as unknown as string));
      }
    }),
  );
});
