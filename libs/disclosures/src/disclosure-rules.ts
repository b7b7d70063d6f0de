import { ruleBook } from '@app/kernel';

const kind = 'invalid';

/** Rules of an invention disclosure (职务科技成果披露): D-1 to D-4 are the domain note's D1-D4, the others our own. */
export const disclosureRule = ruleBook({
  'D-1': {
    clause: '教科技〔2020〕1号 item 3; 专利法实施细则 art 14',
    zh: '披露须列明至少一名发明人',
    en: 'a disclosure names at least one inventor',
    kind,
  },
  'D-2': {
    clause: '教科技〔2020〕1号 item 3; D§2.1 D2',
    zh: '发明人份额合计为 {total}%，应恰为 100%',
    en: "the inventors' shares add up to {total}%, not to exactly 100%",
    kind,
  },
  'D-3': {
    clause: '教科技〔2020〕1号 item 3; 保守国家秘密法',
    zh: '本台账不是涉密系统：涉密成果 {number} 只登记披露编号，不得填写其他内容',
    en: 'this ledger is not a classified system: of secret result {number} only the number is recorded, nothing else',
    kind,
  },
  'D-4': {
    clause: '专利法 art 22, 24',
    zh: '申请专利前已公开，可能丧失新颖性；6个月宽限期只适用于法定情形',
    en: 'published before filing, so novelty may be lost; the six-month grace period covers the listed cases only',
  },
  'D-5': {
    clause: '专利法实施细则 art 14',
    zh: '第 {position} 位只负责组织、提供方便或辅助工作，不是发明人',
    en: 'person {position} only organised, provided facilities or assisted, which does not make an inventor',
    kind,
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
    zh: '“{column}”第 {position} 项应写作 姓名/工号/份额%，或 姓名/工号/份额%/角色',
    en: '"{column}", item {position}: write name/staff number/share%, or name/staff number/share%/role',
    kind,
  },
});
