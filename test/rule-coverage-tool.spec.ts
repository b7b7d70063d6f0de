import { coverageOf, gapsOf } from '../tools/rule-coverage.mjs';

const BOOK = `export const aRule = ruleBook({ 'L-1': { clause: '专利法 art 10', zh: '示例', en: 'example' } });`;
const CODE = `export const assertOwner = (owner: string) => { if (owner !== 'hnu') throw aRule('L-1', { owner }); };`;
const REFUSED = `it('is refused to others', () => given().when(sell('csu')).thenRefuses('L-1'));`;
const ACCEPTED = `it('is accepted from the owner', () => given().when(sell('hnu')).then(sold));`;

const proofsOf = (spec: string, code = CODE, book = BOOK) =>
  coverageOf([
    { path: 'libs/a/src/a-rules.ts', text: book },
    { path: 'libs/a/src/a.ts', text: code },
    { path: 'libs/a/src/a.spec.ts', text: spec },
  ]);
const proofOf = (...of: Parameters<typeof proofsOf>) => proofsOf(...of).get('L-1');
const gapsIn = (...of: Parameters<typeof proofsOf>) => gapsOf(proofsOf(...of));
const selling = (...tests: string[]) => `describe('selling', () => { ${tests.join('\n')} });`;
const RULE = 'L-1 (libs/a/src)';

describe('the proofs of a rule', () => {
  it('are its enforcement, its refused test and its accepted test', () => {
    expect(proofOf(selling(REFUSED, ACCEPTED))).toEqual({
      folder: 'libs/a/src',
      enforced: ['libs/a/src/a.ts › assertOwner'],
      refused: ['selling › is refused to others'],
      accepted: ['selling › is accepted from the owner'],
    });
    expect(gapsIn(selling(REFUSED, ACCEPTED))).toEqual([]);
  });

  it('are reported when there is none', () => {
    expect(gapsIn(selling(ACCEPTED))).toEqual([`${RULE}: refused, accepted`]);
    expect(gapsIn(selling(REFUSED))).toEqual([`${RULE}: accepted`]);
    expect(gapsIn(selling(REFUSED, ACCEPTED), '')).toEqual([`${RULE}: enforced`]);
    expect(gapsIn('', '')).toEqual([`${RULE}: enforced, refused, accepted`]);
  });

  it.each([
    ['a type', `type Id = 'L-1'; const ask = (id: 'L-1') => id;`],
    ['a comparison', `const isOwner = (rule: string) => rule === 'L-1';`],
    ['a comment', `// 'L-1'`],
  ])('are no enforcement in %s', (_where, code) => expect(proofOf('', code)?.enforced).toEqual([]));

  it.each([
    ['a method', `class Title { sell() { throw aRule('L-1'); } }`, 'Title.sell'],
    ['a function in a function', `const sell = () => { const check = () => aRule('L-1'); return check(); };`, 'check'],
    ['an argument', `function sell() { return ineligible('L-1', 'owner'); }`, 'sell'],
    ['a list of warnings', `const warn = (on: string) => (on ? ['L-1'] : []);`, 'warn'],
    ['a map by id', `const reasons = { 'L-1': 'owner' };`, 'reasons'],
    ['a map of functions', `const checks = { sale: () => aRule('L-1') };`, 'sale'],
  ])('are an enforcement in %s', (_where, code, name) =>
    expect(proofOf('', code)?.enforced).toEqual([`libs/a/src/a.ts › ${name}`]),
  );

  it.each([
    ['its table', `it.each([['csu', 'L-1']])('%s by %s', (who, rule) => given().thenRefuses(rule));`],
    ['a table by name', `const all = [['L-1']]; it.each(all.slice(0, 1))('%s', (rule) => refuse(rule));`],
    ['a helper', `const refused = () => expect(sell).toThrow(by('L-1')); it('others', () => refused());`],
    ['a warning', `it('warns', () => given().when(sell('csu')).then({ type: 'Sold', data: { warnings: ['L-1'] } }));`],
  ])('are a refused test in %s', (_where, spec) => expect(proofOf(spec)?.refused).toHaveLength(1));

  it.each([
    ['skipped', REFUSED.replace('it(', 'it.skip(')],
    ['of another rule', REFUSED.replace('L-1', 'L-10')],
    ['of data beside the test', `const row = { rule: 'L-1' }; it('shows it', () => show(row));`],
  ])('are no refused test when %s', (_why, spec) => expect(proofOf(spec)?.refused).toEqual([]));

  it.each([
    ['the same describe', selling(REFUSED, ACCEPTED)],
    ['the describe around', selling(ACCEPTED, `describe('abroad', () => { ${REFUSED} });`)],
    ['another describe, by its id', selling(REFUSED) + `it('L-1: nobody asks for drafts', () => draft());`],
    ['the refused test, by its title', `it('L-1: is refused to others, accepted from us', () => thenRefuses('L-1'));`],
    ['the refused test, by its events', `it('sells once', () => { sell().thenRefuses('L-1'); sell().then(sold); });`],
  ])('are an accepted test in %s', (_where, spec) => expect(proofOf(spec)?.accepted).toHaveLength(1));

  it.each([
    ['it is ignored', selling(REFUSED, `it('is ignored when accepted before', () => given().thenNothing());`)],
    ['it refuses', selling(REFUSED, `it('accepts owners only', () => expect(sell).toThrow());`)],
    ['it answers 409', selling(REFUSED, `it('takes owners only', () => expect(status).toBe(409));`)],
    ['it stands elsewhere', selling(REFUSED) + ACCEPTED],
    ['a promise is awaited', `it('L-1: sells', () => { refuses('L-1'); return sell().then(() => sold); });`],
    ['only another rule is named', selling(REFUSED, `it('L-10: leaves the rest', () => sell());`)],
  ])('are no accepted test when %s', (_why, spec) => expect(proofOf(spec)?.accepted).toEqual([]));
});
