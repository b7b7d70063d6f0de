import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.js';

describe('a page cursor', () => {
  it('V-PAGE: is accepted as it was made, in characters that need no escaping in an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (value, key) => {
        const text = encodeCursor({ value, key });
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodeCursor(text)).toEqual({ value, key });
      }),
    );
  });

  it.each(['', 'x', '!!', btoa('5'), btoa('null'), btoa('["a"]'), btoa('["a",1]'), btoa('{"value":"a"}')])(
    'V-PAGE: refuses "%s"',
    (text) =>
      expect(() => decodeCursor(text)).toThrow(
        expect.objectContaining({ rule: 'V-PAGE', kind: 'malformed', place: { field: 'cursor' } }),
      ),
  );
});
