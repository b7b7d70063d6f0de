import { parseSchoolCode } from './school-code.js';

describe('school code', () => {
  it.each(['4143010532', '4143010533', '4143012034', '4111010001'])('accepts %s', (code) => {
    expect(parseSchoolCode(code, 'schoolCode')).toBe(code);
  });

  it('normalises width and spaces', () => {
    expect(parseSchoolCode(' ４１４３０ 10532', 'schoolCode')).toBe('4143010532');
  });

  it.each(['', '10532', '4143110532', '4243010532', '4199010532', '41430105320', '91002'])('refuses "%s"', (text) => {
    expect(() => parseSchoolCode(text, 'schoolCode')).toThrow(
      expect.objectContaining({ rule: 'I-8', kind: 'invalid', place: { field: 'schoolCode' } }),
    );
  });
});
