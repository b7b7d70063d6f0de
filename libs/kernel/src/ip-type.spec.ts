import fc from 'fast-check';
import type { IpType } from './ip-type.js';
import { ipTypeLabels, ipTypes, isIpType, isPatent, parseRegistrationNumber } from './ip-type.js';

const parse = (ipType: IpType, text: string) => parseRegistrationNumber(ipType, text, 'number').canonical;
const refusedBy = (rule: string) => expect.objectContaining({ rule, kind: 'invalid', place: { field: 'number' } });
const FREE_TYPES = ['LAYOUT', 'PLANT_VARIETY', 'TRADEMARK', 'TECH_SECRET', 'OTHER'] as const;

describe('IP types', () => {
  it('are a closed list with labels in both languages', () => {
    expect(Object.keys(ipTypeLabels)).toEqual([...ipTypes]);
    expect(ipTypes.filter(isPatent)).toEqual(['INVENTION', 'UTILITY_MODEL', 'DESIGN']);
    expect(['SOFTWARE', 'software', 'toString', ''].map(isIpType)).toEqual([true, false, false, false]);
  });
});

describe('registration numbers', () => {
  it.each([
    ['INVENTION', 'ZL 201910699568.X', '201910699568X'],
    ['UTILITY_MODEL', '201820557176.0', '2018205571760'],
    ['DESIGN', '201930071397.7', '2019300713977'],
    ['SOFTWARE', ' 2024sr0196400 ', '2024SR0196400'],
    ['LAYOUT', 'BS. 20123456.7', 'BS.20123456.7'],
    ['PLANT_VARIETY', 'cna20180001.2', 'CNA20180001.2'],
    ['TRADEMARK', '第１２３４５６号', '第123456号'],
    ['TECH_SECRET', '校密〔2021〕3号', '校密〔2021〕3号'],
    ['OTHER', 'A（1）–2', 'A(1)-2'],
  ] as const)('reads %s "%s" as %s', (ipType, text, canonical) => {
    expect(parse(ipType, text)).toBe(canonical);
  });

  it('passes on the warnings of the patent number', () => {
    expect(parseRegistrationNumber('INVENTION', '85100001', 'number').warnings).toHaveLength(1);
    expect(parseRegistrationNumber('SOFTWARE', '2024SR0196400', 'number').warnings).toEqual([]);
  });

  it('refuses a patent number of another kind, naming both in both languages', () => {
    expect(() => parse('DESIGN', '201910699568.X')).toThrow(refusedBy('I-3'));
    expect(() => parse('DESIGN', '201910699568.X')).toThrow(
      expect.objectContaining({
        text: {
          zh: expect.stringMatching(/发明专利.*外观设计专利/),
          en: expect.stringMatching(/invention patent.*design patent/),
        },
      }),
    );
  });

  it.each(['', '   ', '-1', '=1+1', '@A', '.', 'A'.repeat(65), 'A;B', 'A<b>', 'A\u0000', '🌱1'])(
    'refuses the free number "%s"',
    (text) => {
      for (const ipType of FREE_TYPES) expect(() => parse(ipType, text)).toThrow(refusedBy('I-9'));
    },
  );

  it('I-9: accepts a free number of one character and of 64', () => {
    for (const ipType of FREE_TYPES) for (const text of ['A', 'A'.repeat(64)]) expect(parse(ipType, text)).toBe(text);
  });

  it('leaves software numbers to their own rule', () => {
    expect(() => parse('SOFTWARE', '201910699568.X')).toThrow(refusedBy('I-7'));
  });

  it('has one spelling: what was accepted is accepted unchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ipTypes), fc.string({ unit: 'grapheme', maxLength: 20 }), (ipType, text) => {
        let canonical: string;
        try {
          canonical = parse(ipType, text);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalid' });
          return;
        }
        expect(parse(ipType, canonical)).toBe(canonical);
      }),
    );
  });
});
