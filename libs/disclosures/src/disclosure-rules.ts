import { ruleBook } from '@app/kernel';

const kind = 'invalid';
/** The Patent Law and its regulations came into force. */
const from = '1985-04-01';

/** Rules of an invention disclosure (职务科技成果披露): D-1 to D-4 are the domain note's D1-D4, the others stand on them or on the law. */
export const disclosureRule = ruleBook({
  'D-1': {
    clause: '教科技〔2020〕1号 item 3; 专利法实施细则 art 14',
    zh: '披露须列明至少一名发明人',
    en: 'a disclosure names at least one inventor',
    kind,
    from: '2020-02-03',
  },
  'D-2': {
    clause: '教科技〔2020〕1号 item 3; D§2.1 D2',
    zh: '发明人份额合计为 {total}%，应恰为 100%',
    en: "the inventors' shares add up to {total}%, not to exactly 100%",
    kind,
    from: '2020-02-03',
  },
  'D-3': {
    clause: '教科技〔2020〕1号 item 3; 保守国家秘密法',
    zh: '本台账不是涉密系统：涉密成果 {number} 只登记披露编号，不得填写其他内容',
    en: 'this ledger is not a classified system: of secret result {number} only the number is recorded, nothing else',
    kind,
    from: '1989-05-01',
  },
  'D-4': {
    clause: '专利法 art 22, 24',
    zh: '申请专利前已公开，可能丧失新颖性；6个月宽限期只适用于法定情形',
    en: 'published before filing, so novelty may be lost; the six-month grace period covers the listed cases only',
    from,
  },
  'D-5': {
    clause: '专利法实施细则 art 14',
    zh: '第 {position} 位只负责组织、提供方便或辅助工作，不是发明人',
    en: 'person {position} only organised, provided facilities or assisted, which does not make an inventor',
    kind,
    from,
  },
  'D-6': {
    clause: 'D§2.1 D2',
    zh: '第 {position} 位发明人重复',
    en: 'inventor {position} is listed twice',
    kind,
  },
  'D-7': {
    clause: 'D§2.1 D2',
    zh: '第 {position} 位发明人的份额应大于 0、不超过 100%，最多两位小数',
    en: 'the share of inventor {position} must be above 0, at most 100%, with no more than two decimals',
    kind,
  },
  'D-8': {
    clause: '教科技〔2020〕1号 item 3',
    zh: '披露 {number} 须填写成果名称、完成日期和披露日期（仅涉密成果不填）',
    en: 'disclosure {number} states its title, completion date and disclosure date (only secret results do not)',
    kind,
  },
  'D-9': {
    clause: '教科技〔2020〕1号 item 3',
    zh: '披露日期 {disclosedOn} 早于完成日期 {completedOn}',
    en: 'disclosed on {disclosedOn}, before it was completed on {completedOn}',
    kind,
  },
  'D-10': {
    clause: 'ADR 0004',
    zh: '日期 {date} 晚于今天 {today}',
    en: '{date} is after today, {today}',
    kind,
  },
  'D-11': {
    clause: 'ADR 0004',
    zh: '“{column}”第 {position} 项应写作 姓名/工号/份额%，或 姓名/工号/份额%/角色[/人员类型]',
    en: '"{column}", item {position}: write name/staff number/share%, or name/staff number/share%/role[/employment]',
    kind,
  },
  'D-12': {
    clause: '教科技〔2020〕1号 item 3',
    zh: '发现日期 {discoveredOn} 晚于披露日期 {disclosedOn}',
    en: 'discovered on {discoveredOn}, after it was disclosed on {disclosedOn}',
    kind,
  },
  'D-13': {
    clause: 'ADR 0004',
    zh: '第 {position} 项与前面重复',
    en: 'item {position} repeats an earlier one',
    kind,
  },
  'D-14': {
    clause: '专利法 art 24',
    zh: '填写不丧失新颖性情形的，须填写公开日期',
    en: 'a ground of the grace period needs the date of publication',
    kind,
    from,
  },
  'D-15': {
    clause: '专利法 art 24(1), amended from 2021-06-01',
    zh: '紧急状态情形自 2021-06-01 起施行，{publishedOn} 的公开在此前已满 6 个月',
    en: 'the ground of a national emergency exists from 2021-06-01; six months from {publishedOn} ended before that',
    kind,
    from: '2021-06-01',
  },
  'D-16': {
    clause: 'ADR 0004',
    zh: '披露 {number} 已填写该项且内容不同；补充不改动已填内容，请办理更正',
    en: 'disclosure {number} already states this otherwise; a supplement only adds, enter a correction instead',
  },
  'D-17': {
    clause: 'D§2.1 D2; ADR 0004',
    zh: '补充的发明人名单须包括原有全部发明人；减少发明人请办理更正',
    en: 'a supplemented list of inventors keeps everyone on it; taking an inventor off is a correction',
    kind,
  },
  'D-18': {
    clause: '教科技〔2020〕1号 item 3',
    zh: '披露 {number} 于 {returnedOn} 退回补正，尚未补充',
    en: 'disclosure {number} was returned on {returnedOn} and has not been supplemented since',
  },
  'D-19': {
    clause: 'ADR 0004',
    zh: '披露 {number} 已于 {withdrawnOn} 撤回，不再办理',
    en: 'disclosure {number} was withdrawn on {withdrawnOn}: nothing more is entered of it',
  },
  'D-20': {
    clause: '专利法 art 6; 专利法实施细则 art 13(3)',
    zh: '离职后一年内作出的，须填写离职日期，且完成日期 {completedOn} 应在离职日至其后一年之内',
    en: 'made within a year after leaving: state the day of leaving; {completedOn} must fall within one year from it',
    kind,
    from,
  },
  'D-21': {
    clause: '专利法 art 6; 专利法实施细则 art 13',
    zh: '认定依据为“{groundZh}”时不填此项：合同约定只适用于利用本单位物质技术条件的情形，离职日期只适用于离职一年内的情形',
    en: 'not with the ground "{groundEn}": a contract varies only the case of the university\'s means, a day of leaving belongs to the case of one year',
    kind,
    from,
  },
  'D-22': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '披露 {number} 已在评估 {evaluation} 上作出申请决定，不能撤回',
    en: 'disclosure {number} has its filing decision, on evaluation {evaluation}: it cannot be withdrawn',
  },
  'D-23': {
    clause: '专利法 art 6',
    zh: '披露 {number} 已于 {determinedOn} 作出不同的职务发明认定，请办理更正',
    en: 'disclosure {number} was determined otherwise on {determinedOn}; enter a correction instead',
  },
  'D-24': {
    clause: 'ADR 0004',
    zh: '日期 {date} 早于此前的办理日期 {since}',
    en: '{date} is before the step before it, of {since}',
    kind,
  },
  'D-25': { clause: 'ADR 0002', zh: '没有这项披露', en: 'no such disclosure', kind: 'missing' },
  'D-26': {
    clause: 'ADR 0004',
    zh: '披露 {number} 已于 {since} {statusZh}',
    en: 'disclosure {number} was already {statusEn} on {since}',
  },
  'D-27': {
    clause: 'D§2.1 D2; ADR 0004',
    zh: '披露 {number} 已受理，发明人及份额只能经批准更正',
    en: 'disclosure {number} is accepted: its inventors and shares change by an approved correction only',
  },
  'D-29': {
    clause: '教科技〔2020〕1号 item 3; 保守国家秘密法',
    zh: '披露 {number} 为涉密成果，由其产生的知识产权不得录入本台账',
    en: 'disclosure {number} is secret: what is filed from it does not enter this ledger',
  },
  'D-28': {
    clause: 'ADR 0004',
    zh: '“{column}”应写作 {format}',
    en: '"{column}" must read {format}',
    kind,
  },
});
