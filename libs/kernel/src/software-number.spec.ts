import { parseSoftwareNumber } from './software-number.js';

describe('software copyright registration number', () => {
  it.each([
    ['2024SR0196400', '2024SR0196400'],
    ['2016SR012345', '2016SR012345'],
    [' ２０２４ sr 0196400 ', '2024SR0196400'],
  ])('reads "%s"', (text, canonical) => {
    expect(parseSoftwareNumber(text, 'number')).toBe(canonical);
  });

  it.each(['', '2024SR', '2024SR01964', '2024SR01964000', '1824SR019640', '软著登字第1234567号', 'SR20240196400'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseSoftwareNumber(text, 'number')).toThrow(
        expect.objectContaining({ rule: 'I-7', kind: 'invalid', place: { field: 'number' } }),
      );
    },
  );
});
