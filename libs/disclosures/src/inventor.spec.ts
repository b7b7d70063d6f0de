import { Refusal } from '@app/kernel';
import fc from 'fast-check';
import { type Inventor, type InventorRole, assertInventors } from './inventor.js';

const inventor = (index: number, sharePermyriad: number, role: InventorRole = 'INVENTOR'): Inventor => ({
  personId: `p_${index}`,
  sharePermyriad,
  role,
});

const ruleOf = (inventors: readonly Inventor[]): string | undefined => {
  try {
    assertInventors(inventors);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.rule;
    throw error;
  }
};

/** Cuts the whole into positive integer shares at any places. */
const wholeShares = fc
  .uniqueArray(fc.integer({ min: 1, max: 9_999 }), { maxLength: 20 })
  .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 10_000])
  .map((ends) => ends.slice(1).map((end, index) => end - (ends[index] ?? 0)));

describe('inventors', () => {
  it('are accepted with one or several shares that make the whole', () => {
    expect(ruleOf([inventor(1, 10_000)])).toBeUndefined();
    expect(ruleOf([inventor(1, 6_000, 'LEAD'), inventor(2, 4_000)])).toBeUndefined();
    expect(ruleOf([inventor(1, 3_333), inventor(2, 3_333), inventor(3, 3_334)])).toBeUndefined();
  });

  it('D-1: are at least one', () => expect(ruleOf([])).toBe('D-1'));

  it('D-2: make exactly 100%', () => {
    expect(ruleOf([inventor(1, 9_999)])).toBe('D-2');
    expect(ruleOf([inventor(1, 6_000), inventor(2, 4_001)])).toBe('D-2');
  });

  it('D-2 says the total in percent', () => {
    expect(() => assertInventors([inventor(1, 3_333), inventor(2, 6_617)])).toThrow(/99\.5%/);
    expect(() => assertInventors([inventor(1, 10_000), inventor(2, 1_000)])).toThrow(/110%/);
    expect(() => assertInventors([inventor(1, 5_005)])).toThrow(/50\.05%/);
  });

  it.each(['ORGANISER', 'FACILITATOR', 'ASSISTANT'] as const)(
    'D-5: a helper (%s) is not one, whatever the share',
    (role) => {
      expect(ruleOf([inventor(1, 10_000), inventor(2, 0, role)])).toBe('D-5');
      expect(ruleOf([inventor(1, 10_000, role)])).toBe('D-5');
    },
  );

  it('D-6: are listed once each', () => expect(ruleOf([inventor(1, 5_000), inventor(1, 5_000)])).toBe('D-6'));

  it.each([0, -1, 10_001, 0.5, Number.NaN])('D-7: no share is %s', (share) => {
    expect(ruleOf([inventor(1, share), inventor(2, 10_000 - share)])).toBe('D-7');
  });

  it('are accepted for every cut of the whole, and refused when one share is moved by one unit', () => {
    const property = fc.property(wholeShares, fc.nat(), fc.constantFrom(1, -1), (shares, at, by) => {
      const inventors = shares.map((share, index) => inventor(index, share));
      expect(ruleOf(inventors)).toBeUndefined();
      const moved = inventors.map((person, index) =>
        index === at % inventors.length ? { ...person, sharePermyriad: person.sharePermyriad + by } : person,
      );
      expect(['D-2', 'D-7']).toContain(ruleOf(moved));
    });
    fc.assert(property, { seed: 20_220_901 });
  });
});
