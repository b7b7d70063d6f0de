import fc from 'fast-check';
import { creditCodeWithCheck, organisationCodeWithCheck, parseCreditCode } from './credit-code.js';

const REAL = [
  '9144030071526726XG',
  '914403001922038216',
  '91330100799655058B',
  '91110000802100433B',
  '91110108551385082Q',
];
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const parse = (text: string) => parseCreditCode(text, 'creditCode');
const refusedBy = (rule: string) => expect.objectContaining({ rule, kind: 'invalid', place: { field: 'creditCode' } });

const organisation = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 8, maxLength: 8 });
const valid = organisation.map((first8) => creditCodeWithCheck(`12430100${organisationCodeWithCheck(first8)}`));

describe('unified social credit code', () => {
  it.each(REAL)('accepts the real code %s, nested code included', (code) => {
    expect(parse(code)).toEqual({ canonical: code, warnings: [] });
    expect(creditCodeWithCheck(code.slice(0, 17))).toBe(code);
    expect(organisationCodeWithCheck(code.slice(8, 16))).toBe(code.slice(8, 17));
  });

  it('normalises width, case and spaces', () => {
    expect(parse(' ９１４４０３００ 71526726xg').canonical).toBe('9144030071526726XG');
  });

  it('tells the expected check character', () => {
    expect(() => parse('9144030071526726XA')).toThrow(refusedBy('I-6'));
    expect(() => parse('9144030071526726XA')).toThrow(/should be G/);
  });

  it.each([
    '',
    '9144030071526726X',
    '9144030071526726XGG',
    '9144030071526726IG',
    '91A4030071526726XG',
    '91440300-71526726XG',
  ])('refuses the form of "%s"', (text) => {
    expect(() => parse(text)).toThrow(refusedBy('I-5'));
  });

  it('only warns of a nested organisation code with another check', () => {
    expect(organisationCodeWithCheck('EXAMP001')).not.toBe('EXAMP001A');
    expect(parse(creditCodeWithCheck('12430100EXAMP001A')).warnings).toHaveLength(1);
  });

  it('accepts what it makes', () => {
    fc.assert(fc.property(valid, (code) => expect(parse(code)).toEqual({ canonical: code, warnings: [] })));
  });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(valid, fc.nat(17), fc.constantFrom(...ALPHABET), (code, place, other) => {
        fc.pre(code[place] !== other);
        expect(() => parse(code.slice(0, place) + other + code.slice(place + 1))).toThrow(
          expect.objectContaining({ rule: expect.stringMatching(/^I-[56]$/) }),
        );
      }),
    );
  });
});
