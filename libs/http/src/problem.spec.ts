import { languageOf } from './problem.js';

describe('the language of a problem', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['fr-FR,fr;q=0.9', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en', 'en'],
    ['en-GB, en;q=0.9, zh;q=0.5', 'en'],
    ['zh;q=0.3, en;q=0.7', 'en'],
    ['en;q=0.3, zh;q=0.7', 'zh'],
    ['de, en;q=0.5', 'en'],
    ['EN-us', 'en'],
    ['zh-Hans-CN', 'zh'],
  ])('for %s is %s', (header, language) => expect(languageOf(header)).toBe(language));
});
