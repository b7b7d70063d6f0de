import { changshaDivisions, isChangshaDivision } from './division.js';

describe('Changsha divisions', () => {
  it('are all in Changsha and named in both languages', () => {
    for (const [code, { zh, en }] of Object.entries(changshaDivisions)) {
      expect(isChangshaDivision(code)).toBe(true);
      expect(zh && en).toBeTruthy();
    }
    expect(changshaDivisions['430104']?.zh).toBe('岳麓区');
  });

  it.each([
    ['430199', true],
    ['430102400', true],
    ['430104001001', true],
    ['430000', false],
    ['430200', false],
    ['4301', false],
    ['43010', false],
    ['4301040', false],
    [' 430104', false],
    ['', false],
  ])('"%s" in Changsha: %s', (code, expected) => {
    expect(isChangshaDivision(code)).toBe(expected);
  });
});
