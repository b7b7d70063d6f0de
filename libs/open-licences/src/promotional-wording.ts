/**
 * Superlatives and slogans that do not belong into a declaration (商业性宣传用语; 专利法实施细则 art 85). A small list that asks a person to look;
 * `最` before a technical or legal term (最大值, 最终, 最小) is no promotion.
 */
const WORDS = [
  /最(?:佳|好|优|强|新|先进|高级|顶级|完美|低价|便宜|畅销|受欢迎|权威)/,
  /第一(?:品牌|名)|(?:全国|全球|世界|国内|国际|行业|同行|销量|业内)第一/,
  /国家级|世界级|全球级|宇宙级|顶级|极品/,
  /独一无二|绝无仅有|史无前例|前所未有|无与伦比|举世无双|全网(?:首|独)/,
  /首选|独家|王牌|领导品牌|遥遥领先|(?:国际|国内|世界|行业)领先|填补[^，。；]{0,6}空白/,
  /\b(?:best|greatest|unrivall?ed|unparallell?ed|unique in the world|world[- ]class|world[- ]leading|number one|no\. ?1|second to none|revolutionary|state[- ]of[- ]the[- ]art)\b/i,
] as const;

export const isPromotional = (...texts: ReadonlyArray<string | undefined>): boolean =>
  texts.some((text) => text !== undefined && WORDS.some((word) => word.test(text.normalize('NFKC'))));
