import { ruleBook } from '@app/kernel';

/**
 * What the fund refuses. F-1 to F-10, F-X1 and F-X2 keep their meaning from the domain note (§1.4, §11.3): F-10 is how `allocate`
 * rounds, F-2, F-3 and F-7 belong to payment and notice; from F-11 on the rules are ours.
 */
export const fundRule = ruleBook({
  'F-1': {
    clause: '长政办发〔2022〕9号 专栏3；预算法 art 13',
    zh: '类别“{categoryZh}”按足额分配，应得合计 {entitlement} 元，可用 {available} 元，缺 {shortfall} 元；请改变分配方式或提高上限',
    en: 'category "{categoryEn}" pays in full: {entitlement} yuan are due, {available} are available, {shortfall} are missing; change its method or raise its ceiling',
  },
  'F-4': {
    clause: '市级财政专项资金管理办法 art 16（重复申报）',
    zh: '对象“{object}”已由申报 {claim} 申请或获得资助，同一对象只资助一次',
    en: 'claim {claim} already asks or was paid for "{object}"; an object is funded once',
  },
  'F-5': {
    clause: '内部控制（不相容岗位分离）；D§11.3',
    zh: '申报 {claim} 由您提交，分配须由另一人办理',
    en: 'you submitted claim {claim}; another person must allocate',
    kind: 'forbidden',
  },
  'F-6': {
    clause: '预算法实施条例 art 20',
    zh: '申报须写明绩效目标：指标、目标值、期限和佐证',
    en: 'a claim states its performance target: indicator, value, deadline and evidence',
    kind: 'invalid',
  },
  'F-8': {
    clause: 'D§11.3（类别上限为年度设置）',
    zh: '类别上限 {ceiling} 元高于年度预算 {budget} 元',
    en: 'the category ceiling of {ceiling} yuan is above the budget of the year, {budget}',
    kind: 'invalid',
  },
  'F-9': {
    clause: '长政办发〔2022〕9号 六（二）',
    zh: '资助方式“{instrument}”不适用于高校：请用直接补助或奖励补贴',
    en: 'instrument "{instrument}" is not for universities: use a direct grant or a reward',
    kind: 'invalid',
  },
  'F-X1': {
    clause: '国知发保字〔2021〕1号',
    zh: '财政资金不得资助专利申请费、年费或代理费（{what}）',
    en: 'public money may not pay filing fees, annuities or agency fees ({what})',
    kind: 'invalid',
  },
  'F-X2': {
    clause: '国办发〔2023〕37号',
    zh: '资助不得与专利数量简单挂钩（{what}）',
    en: 'support may not be a bare multiple of a number of patents ({what})',
    kind: 'invalid',
  },
  'F-11': {
    clause: '长政办发〔2022〕9号 专栏3（“等”）',
    zh: '“其他”类别须写明依据',
    en: 'category "Other" needs its own legal basis',
    kind: 'invalid',
  },
  'F-12': { clause: 'ADR 0007', zh: '{year} 资金年度尚未开启', en: 'fund year {year} is not open', kind: 'missing' },
  'F-13': {
    clause: 'ADR 0007',
    zh: '{year} 资金年度已分配，不再变更',
    en: 'fund year {year} is allocated and takes no more changes',
  },
  'F-14': {
    clause: 'ADR 0007',
    zh: '{year} 资金年度已以其他内容开启（文号 {document}）',
    en: 'fund year {year} was opened with other content (document {document})',
  },
  'F-15': {
    clause: 'ADR 0007',
    zh: '{year} 资金年度未设类别“{categoryZh}”',
    en: 'fund year {year} has no category "{categoryEn}"',
    kind: 'missing',
  },
  'F-16': {
    clause: 'ADR 0007',
    zh: '{year} 资金年度类别“{categoryZh}”下没有适用的标准 {number}',
    en: 'fund year {year} has no applicable standard {number} under "{categoryEn}"',
    kind: 'missing',
  },
  'F-17': {
    clause: 'ADR 0007',
    zh: '标准 {number} 已有申报 {claim} 依据，请另立新标准',
    en: 'claim {claim} stands on standard {number}; set a new standard instead',
  },
  'F-18': {
    clause: 'ADR 0007',
    zh: '申报编号 {number} 在 {year} 资金年度已使用',
    en: 'claim number {number} is already used in fund year {year}',
  },
  'F-19': { clause: 'ADR 0007', zh: '没有这项资金申报', en: 'no such fund claim', kind: 'missing' },
  'F-20': {
    clause: 'ADR 0007',
    zh: '{year} 资金年度没有待分配的申报',
    en: 'fund year {year} has no claims to allocate to',
  },
  'F-21': { clause: 'ADR 0007', zh: '金额须大于零', en: 'the amount must be above zero', kind: 'invalid' },
  'F-22': { clause: 'ADR 0007', zh: '应为正整数', en: 'a positive whole number is expected', kind: 'invalid' },
  'F-23': {
    clause: 'ADR 0007',
    zh: '申报日期 {date} 晚于今天 {today}',
    en: 'the claim is dated {date}, after today, {today}',
    kind: 'invalid',
  },
  'F-24': {
    clause: '预算法 art 18（预算年度）',
    zh: '“{year}”不是年度：应在 2000 至 2199 之间',
    en: '"{year}" is not a fund year between 2000 and 2199',
    kind: 'invalid',
  },
  'F-60': {
    clause: 'D§11.3 F-4（同一对象只资助一次）',
    zh: '标准 {standard} 按“{unit}”计，一个对象就是一个单位，数量应为 1',
    en: 'standard {standard} is per "{unit}": one object is one unit, so units must be 1',
    kind: 'invalid',
  },
  'F-61': {
    clause: '市级财政专项资金管理办法 art 19（专款专用）',
    zh: '对象“{object}”在申报日 {claimedOn} 不在有效期内（{from} 至 {to} 前）',
    en: '"{object}" is not in force on the day of the claim, {claimedOn} (from {from} until before {to})',
  },
  'F-62': {
    clause: '市级财政专项资金管理办法 art 19（专款专用）',
    zh: '合同 {contract} 不是有效合同（{state}），不能据以申报',
    en: 'contract {contract} does not stand ({state}); nothing can be claimed for it',
  },
  'F-63': {
    clause: '预算法 art 18（预算年度）',
    zh: '申报日期 {date} 不在资金年度 {year} 内',
    en: 'the claim is dated {date}, outside the fund year {year}',
    kind: 'invalid',
  },
  'F-64': {
    clause: '长政办发〔2019〕20号；预算法 art 18（预算年度）',
    zh: '{year} 资金年度不能于 {openedOn} 开启：年度应在 {first} 至 {last} 之间，开启日期不晚于今天 {today}',
    en: 'fund year {year} cannot be opened on {openedOn}: the year lies between {first} and {last}, the day not after today, {today}',
    kind: 'invalid',
  },
});
