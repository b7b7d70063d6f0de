import { ruleBook } from '@app/kernel';

const OWN_RULE = '台账登记规则';

const SIZE_STANDARD = '工信部联企业〔2011〕300号';

/** What the registry refuses: dated objects, R-9 on universities and their policies, S- the size of enterprises. */
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
  'R-13': {
    clause: '教科技〔2020〕1号',
    zh: '该校制度文件 {documentNo} 已于 {adoptedOn} 登记，内容与本次不同',
    en: 'the policy document {documentNo} is already recorded as adopted on {adoptedOn}, with other content',
  },
  'R-14': {
    clause: '教科技〔2020〕1号',
    zh: '该校没有登记过文号为 {documentNo} 的“{policy}”',
    en: 'the university has no policy ({policy}) under the document {documentNo}',
    kind: 'missing',
  },
  'R-15': {
    clause: '长政办发〔2022〕9号 四(一)',
    zh: '专利 {number} 不是该校的知识产权，不能列为其组合的核心专利',
    en: "patent {number} is another university's and cannot be a core patent of this portfolio",
  },
  'S-1': {
    clause: 'GB/T 4754-2017',
    zh: '“{text}”不是国民经济行业代码：应为门类字母加2至4位数字，如 C39',
    en: '"{text}" is not an industry code: a section letter and two to four digits, such as C39',
    kind: 'invalid',
  },
  'S-2': {
    clause: `${SIZE_STANDARD} 四`,
    zh: '行业代码 {code} 过粗，不能确定划型所属行业，请写到大类或中类',
    en: 'the industry code {code} is too coarse to tell the row of the size table; give two or three digits',
    kind: 'invalid',
  },
  'S-3': {
    clause: `${SIZE_STANDARD} 三`,
    zh: '行业 {code} 不在中小企业划型标准的适用范围内',
    en: 'the size standard does not cover the industry {code}',
    kind: 'invalid',
  },
  'S-4': {
    clause: SIZE_STANDARD,
    zh: '认定日期 {determinedOn} 早于划型标准施行之日（2011-06-18）',
    en: 'determined on {determinedOn}, before the size standard came into force (2011-06-18)',
    kind: 'invalid',
    from: '2011-06-18',
  },
  'S-5': {
    clause: SIZE_STANDARD,
    zh: '数据年度 {dataYear} 晚于认定日期 {determinedOn} 所在年份',
    en: 'the figures are of {dataYear}, after the year of the determination ({determinedOn})',
    kind: 'invalid',
  },
  'S-6': {
    clause: OWN_RULE,
    zh: '{enterpriseName}{dataYear}年度的规模已于 {determinedOn} 认定，内容与本次不同，请办理更正',
    en: 'the size of {enterpriseName} for {dataYear} was determined on {determinedOn} with other content; enter a correction',
  },
  'S-7': {
    clause: OWN_RULE,
    zh: '该企业没有{dataYear}年度的规模认定',
    en: 'no size of this enterprise was determined for {dataYear}',
    kind: 'missing',
  },
});

/** Refuses R-1 for what has not happened yet. */
export const notAfter = (today: string, field: string, date: string): void => {
  if (date > today) throw registryRule('R-1', { date, today }, { field });
};
