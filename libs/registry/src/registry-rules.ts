import { ruleBook } from '@app/kernel';

const OWN_RULE = '台账登记规则';

/** What the registry of universities and dated objects refuses. objects, R-9 to R-12 universities. */
export const registryRule = ruleBook({
  'R-1': {
    clause: OWN_RULE,
    zh: '日期 {date} 晚于今天 {today}，尚未发生的事项不能登记',
    en: '{date} is after today, {today}; what has not happened yet cannot be recorded',
    kind: 'invalid',
  },
  'R-2': {
    clause: OWN_RULE,
    zh: '截止日期 {end} 早于开始日期 {start}',
    en: 'it ends on {end}, before it starts on {start}',
    kind: 'invalid',
  },
  'R-3': {
    clause: 'GB/T 33251-2016《高等学校知识产权管理规范》; 长政办发〔2022〕9号 二(三)',
    zh: '“{standard}”不是可登记的贯标标准：高校应为 GB/T 33251 并写明年号，如 GB/T 33251-2016，年号不晚于有效期起始年份',
    en: '"{standard}" is not a standard a university is certified to: GB/T 33251 with its edition, such as GB/T 33251-2016, not later than the year the certificate starts',
    kind: 'invalid',
  },
  'R-4': {
    clause: OWN_RULE,
    zh: '该记录已于 {on} 办结，不能改为 {wanted}',
    en: 'this record was already concluded on {on}; it cannot be concluded on {wanted}',
  },
  'R-5': { clause: OWN_RULE, zh: '没有这条登记记录', en: 'no such record in the registry', kind: 'missing' },
  'R-6': {
    clause: '长政办发〔2022〕9号 四(一)',
    zh: '高价值专利组合至少列一件核心专利',
    en: 'a high-value portfolio names at least one core patent',
    kind: 'invalid',
  },
  'R-7': {
    clause: '长政办发〔2022〕9号 专栏3',
    zh: '表彰年度 {year} 应在2000年与授予日期（{grantedOn}）所在年份之间',
    en: 'the year commended, {year}, must lie between 2000 and the year it was granted in ({grantedOn})',
    kind: 'invalid',
  },
  'R-8': {
    clause: OWN_RULE,
    zh: '网址“{url}”应以 http:// 或 https:// 开头',
    en: 'the address "{url}" must begin with http:// or https://',
    kind: 'invalid',
  },
  'R-9': {
    clause: OWN_RULE,
    zh: '学校代码“{code}”不可用：应为2至16位小写字母、数字或“-”，以字母开头，且不是保留词',
    en: 'the code "{code}" cannot be used: 2 to 16 lower-case letters, digits or "-", a letter first, not a reserved word',
    kind: 'invalid',
  },
  'R-10': {
    clause: OWN_RULE,
    zh: '代码“{code}”已登记为{name}，内容与本次不同',
    en: 'the code "{code}" is already registered for {name}, with other content',
  },
  'R-11': {
    clause: '长政办发〔2022〕9号 四(一)（驻长高校范围）',
    zh: '该校纳入统计的状态自 {from} 起已定；新的变动不得早于该日，且须改变状态',
    en: 'the panel membership stands since {from}; a change may not be earlier than that, and must change it',
  },
  'R-12': {
    clause: '长政办发〔2022〕9号 四(一)（驻长高校范围）',
    zh: '纳入统计的高校须写明起始日期',
    en: 'a university in the panel needs the date it is in from',
    kind: 'invalid',
  },
});

/** Refuses R-1 for what has not happened yet. */
export const notAfter = (today: string, field: string, date: string): void => {
  if (date > today) throw registryRule('R-1', { date, today }, { field });
};
