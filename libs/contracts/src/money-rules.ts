import { ruleBook } from '@app/kernel';

/** Payments under a contract and the rewards paid from them (促进科技成果转化法 arts 43-45; D§5). */
export const moneyRule = ruleBook({
  'P-3': {
    clause: '促进科技成果转化法 art 45; D§5.3 P-3',
    zh: '合同 {contract} 累计奖励 {reward} 分，低于净收入（或作价股份）{income} 分的 50%',
    en: 'rewards of {reward} fen so far under contract {contract} are less than half of the {income} fen of net income (or shares)',
    from: '2015-10-01',
  },
  'P-8': {
    clause: '国发〔2016〕16号 item 1; D§5.2',
    zh: '主要贡献人员所得 {main} 分，低于奖励总额 {reward} 分的 50%',
    en: 'main contributors get {main} fen, less than half of the reward of {reward} fen',
    from: '2016-02-26',
  },
  'P-10': {
    clause: '促进科技成果转化法 art 45; D§5.3 P-3',
    zh: '合同 {contract} 的奖励按时间顺序登记：{on} 早于奖励 {number}（{distributedOn}），请先冲销后者',
    en: 'rewards of contract {contract} are entered in order: {on} is before distribution {number} of {distributedOn}; reverse that first',
  },
  'P-11': {
    clause: 'D§4.4 L-6',
    zh: '合同 {contract} 没有奖励分配 {number}',
    en: 'contract {contract} has no distribution {number}',
  },
  'C-60': {
    clause: 'D§5.3',
    zh: '{kindZh}编号 {number} 已用于另一笔',
    en: '{kindEn} number {number} already stands for another',
  },
  'C-61': {
    clause: 'D§5.3',
    zh: '金额应大于 0',
    en: 'the amount must be more than nothing',
    kind: 'invalid',
  },
  'C-62': {
    clause: '民法典 art 846',
    zh: '合同 {contract}（{feeType}）不收“{kind}”类款项',
    en: 'contract {contract} ({feeType}) takes no payment of kind {kind}',
    kind: 'invalid',
  },
  'C-63': {
    clause: '民法典 art 846; D§5.3',
    zh: '合同 {contract} 的“{kind}”累计 {sum} 分，超过约定的 {limit} 分',
    en: 'contract {contract}: {kind} payments of {sum} fen exceed the {limit} fen agreed',
  },
  'C-64': {
    clause: '民法典 art 846',
    zh: '合同 {contract} 没有第 {instalment} 期',
    en: 'contract {contract} has no instalment {instalment}',
    kind: 'invalid',
  },
  'C-65': {
    clause: 'D§4.4 L-6',
    zh: '合同 {contract} 没有到账记录 {number}',
    en: 'contract {contract} has no payment {number}',
    kind: 'missing',
  },
  'C-66': {
    clause: '促进科技成果转化法 art 45; 个人信息保护法 art 6',
    zh: '获奖人应写作“姓名/工号/金额元”，主要贡献人员再加“/主要”',
    en: 'a recipient is written as "name/staff number/yuan", a main contributor with "/主要" after it',
    kind: 'invalid',
  },
  'C-67': {
    clause: '促进科技成果转化法 art 45',
    zh: '各人所得（每人一行，大于 0）合计 {sum} 分，应等于奖励总额 {reward} 分',
    en: 'the shares (one line a person, more than nothing each) add up to {sum} fen; the reward is {reward}',
    kind: 'invalid',
  },
  'C-68': {
    clause: '促进科技成果转化法 art 43, 45',
    zh: '合同 {contract} 累计奖励 {reward} 分，超过净收入（或作价股份）{income} 分',
    en: 'rewards of {reward} fen so far under contract {contract} exceed the {income} fen of net income (or shares)',
  },
  'C-69': {
    clause: '促进科技成果转化法 art 45; 教科技〔2020〕1号 item 5',
    zh: '奖励只来自许可、转让或作价投资的收入',
    en: 'rewards come from a licence, a transfer or an equity contribution',
    kind: 'invalid',
  },
});
