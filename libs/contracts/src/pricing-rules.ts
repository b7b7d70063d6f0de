import { ruleBook } from '@app/kernel';

/** How a state-founded university sets and publishes a price (促进科技成果转化法 art 18; D§5). */
export const pricingRule = ruleBook({
  'P-1': {
    clause: '促进科技成果转化法 art 18; 国发〔2016〕16号; D§5.3 P-1',
    zh: '协议定价须先公示成果名称和拟交易价格：{reasonZh}',
    en: 'a negotiated price is published before signing, with the names of the results: {reasonEn}',
    from: '2015-10-01',
  },
  'P-2': {
    clause: '促进科技成果转化法 art 18; D§5.3 P-2',
    zh: '成交价 {price} 分低于公示 {notice} 的拟交易价格 {proposed} 分，须重新公示',
    en: 'the price of {price} fen is below the {proposed} fen published by notice {notice}: publish anew',
    from: '2015-10-01',
  },
  'P-4': {
    clause: '促进科技成果转化法 art 18; D§5.3 P-4',
    zh: '挂牌、拍卖须填写交易平台、编号和起止日期（起不晚于止，止不晚于签订日 {signedOn}）',
    en: 'a listing or an auction names its platform, its number and its dates in order, ended by the signing on {signedOn}',
    kind: 'invalid',
    from: '2015-10-01',
  },
  'P-6': {
    clause: '国发〔2016〕16号 item 1; D§5.2',
    zh: '公示期不得少于 15 日（首日不计）：自 {startsOn} 起至少到 {least}',
    en: 'a price is published for at least 15 days, the first not counted: from {startsOn} to {least} or later',
    kind: 'invalid',
    from: '2016-02-26',
  },
  'P-7': {
    clause: '国发〔2016〕16号 item 1; D§5.2',
    zh: '公示须写明异议处理程序和办法',
    en: 'a price notice states how objections are dealt with',
    kind: 'invalid',
    from: '2016-02-26',
  },
  'P-9': {
    clause: '促进科技成果转化法 art 18; 国发〔2016〕16号; D§5.3 P-1',
    zh: '变更扩大了合同 {number} 的许可或降低了价款，须重新公示或挂牌，或写明豁免理由',
    en: 'the amendment gives more under contract {number} or asks less: publish or list it anew, or state why not',
    from: '2015-10-01',
  },
  'C-70': { clause: 'D§5.3 P-1', zh: '没有这项定价公示', en: 'no such price notice', kind: 'missing' },
  'C-71': {
    clause: 'D§5.3 P-1',
    zh: '公示 {number} 已于 {on} 撤回',
    en: 'price notice {number} was withdrawn on {on}',
  },
  'C-72': {
    clause: 'D§5.3 P-1',
    zh: '异议 {number} 已有不同的记载',
    en: 'objection {number} is on record otherwise',
  },
  'C-73': {
    clause: 'D§5.3 P-1',
    zh: '公示 {notice} 没有异议 {number}',
    en: 'notice {notice} has no objection {number}',
    kind: 'missing',
  },
  'C-74': {
    clause: 'D§5.3 P-1',
    zh: '{field} {date} 应在 {from} 与 {to} 之间',
    en: '{field} {date} must lie between {from} and {to}',
    kind: 'invalid',
  },
});
