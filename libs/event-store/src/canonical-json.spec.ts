import * as fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

/** The same value with the members of every object in the opposite order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
};

const anyValue = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary' }),
  fc.dictionary(fc.oneof(fc.constantFrom('__proto__', '10', '9', 'constructor', ''), fc.string()), fc.jsonValue()),
);

describe('canonical JSON', () => {
  it('orders names as RFC 8785 does, whole numbers among them', () => {
    expect(canonicalJson({ b: 1, '10': [], '9': { z: null, a: true }, '€': '', '\r': 0 })).toBe(
      '{"\\r":0,"10":[],"9":{"a":true,"z":null},"b":1,"€":""}',
    );
  });

  it('writes numbers as RFC 8785 does', () => {
    const numbers = [1e21, 1e-7, -0, 333333333.3333333, 4.5, 2e-3, 1e30, 9007199254740991];
    expect(canonicalJson(numbers)).toBe('[1e+21,1e-7,0,333333333.3333333,4.5,0.002,1e+30,9007199254740991]');
  });

  it('keeps a member called __proto__ and half a surrogate pair', () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1},"half":"\\ud83d"}');
    expect(canonicalJson(value)).toBe('{"__proto__":{"a":1},"half":"\\ud83d"}');
  });

  it('is the same text for the same value, and loses nothing', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves out what JSON leaves out', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  });
});
