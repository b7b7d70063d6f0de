import { identifierRule } from './identifier-rules.js';

const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g));

describe('rules on values', () => {
  it.each(Object.entries(identifierRule.rules))(
    '%s is invalid input, cites its source and speaks both languages',
    (_id, rule) => {
      expect(rule.kind).toBe('invalid');
      expect(rule.clause).not.toBe('');
      expect(rule.zh).toMatch(/\p{Script=Han}/u);
      expect(rule.en).not.toMatch(/\p{Script=Han}/u);
    },
  );

  it('gives both languages the same parameters, but for those that are words of one', () => {
    for (const [id, rule] of Object.entries(identifierRule.rules)) {
      if (id !== 'I-3') expect(placeholders(rule.en)).toEqual(placeholders(rule.zh));
    }
  });
});
