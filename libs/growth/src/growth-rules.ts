import { ruleBook } from '@app/kernel';

/** What the baselines refuse (基数; D§7.3, ADR 0006); who may approve them is. G-1 is not used again. */
export const growthRule = ruleBook({
  'G-2': {
    clause: 'D§7.3; ADR 0006',
    zh: '{id} 已有经批准的基数 {value}，变更须说明理由',
    en: '{id} already has an approved baseline of {value}; changing it needs a revision with its reason',
  },
  'G-3': { clause: 'D§7.3', zh: '尚无可变更的基数', en: 'there is no baseline to revise', kind: 'missing' },
  'G-4': {
    clause: 'D§7.3',
    zh: '基数应为非负整数，不超过 {most}',
    en: 'a baseline is a whole number from 0 to {most}',
    kind: 'invalid',
  },
  'G-5': {
    clause: 'D§7.3',
    zh: '基年 {baseYear} 应为 {first} 年以后且已结束的年度',
    en: 'the base year {baseYear} must be from {first} on and over',
    kind: 'invalid',
  },
  'G-6': {
    clause: '统计法 art 24; D§7.3',
    zh: '基数须有来源、佐证，变更还须有理由',
    en: 'a baseline states its source and evidence, a revision its reason too',
    kind: 'invalid',
  },
});
