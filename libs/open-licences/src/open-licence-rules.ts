import { ruleBook } from '@app/kernel';

/** Open licences came with the fourth amendment of the Patent Law (主席令第55号). */
const LAW = '2021-06-01';
/** 专利审查指南2023 (局令第78号) and the rules of implementation of 2023 (国务院令第769号) took effect together. */
const GUIDE = '2024-01-20';

/**
 * What the open-licence register refuses (domain §3.4), and what it only warns of: OL-10, OL-23, OL-24, OL-25 and OL-32 never block.
 * OL-1, OL-3, OL-4, OL-8, OL-11, OL-12, OL-36 and OL-38 are decided by the title register of the asset; from OL-13 on the rules are ours.
 */
export const openLicenceRule = ruleBook({
  'OL-2': {
    clause: '专利法 art 50',
    zh: '实用新型、外观设计的开放许可声明须有专利权评价报告的编号和日期',
    en: 'an open licence of a utility model or design needs the number and date of its evaluation report',
    kind: 'invalid',
    from: LAW,
  },
  'OL-5': {
    clause: '专利法 art 51',
    zh: '声明 {declaration} 第 {version} 版付费标准为“{feeType}”，应付 {due} 分，已付 {paid} 分',
    en: 'standard {version} of declaration {declaration} is {feeType}: {due} fen are due, {paid} were paid',
    from: LAW,
  },
  'OL-6': {
    clause: '专利法 art 50, 51',
    zh: '通知日 {noticeOn} 不在声明 {declaration} 的开放期间（{from} 起至 {until}）',
    en: 'the notice of {noticeOn} is outside the time declaration {declaration} was open (from {from}, until {until})',
    from: LAW,
  },
  'OL-7': {
    clause: '专利法 art 50',
    zh: '撤回日 {withdrawnOn} 早于公告日 {announcedOn}',
    en: 'withdrawn on {withdrawnOn}, before it was announced on {announcedOn}',
    from: LAW,
  },
  'OL-9': {
    clause: '专利法 art 50; 专利法实施细则 art 85',
    zh: '计费方式“{feeType}”与许可费 {fee} 分、提成率万分之 {royalty} 不符',
    en: 'fee type {feeType} does not go with a fee of {fee} fen and a royalty of {royalty} per 10,000',
    kind: 'invalid',
    from: LAW,
  },
  'OL-10': {
    clause: '专利法实施细则 art 85',
    zh: '声明文字含商业性宣传用语',
    en: 'the text of the declaration holds promotional wording',
    kind: 'invalid',
    from: GUIDE,
  },
  'OL-13': {
    clause: 'ADR 0004',
    zh: '日期 {date} 晚于今天 {today}',
    en: '{date} is after today, {today}',
    kind: 'invalid',
  },
  'OL-14': {
    clause: '专利法 art 50',
    zh: '公告日 {announcedOn} 早于声明日 {declaredOn}',
    en: 'announced on {announcedOn}, before it was declared on {declaredOn}',
    kind: 'invalid',
    from: LAW,
  },
  'OL-15': {
    clause: '专利法实施细则 art 85',
    zh: '许可期限止 {endsOn} 不晚于 {date}',
    en: 'the licence ends on {endsOn}, not after {date}',
    kind: 'invalid',
    from: LAW,
  },
  'OL-16': {
    clause: '专利法 art 50; 专利法实施细则 art 87',
    zh: '{number} 的状态（{status}）不允许此操作',
    en: '{number} does not allow this in its state ({status})',
  },
  'OL-17': {
    clause: 'ADR 0009',
    zh: '没有这份开放许可声明或实施',
    en: 'no such declaration or grant of an open licence',
    kind: 'missing',
  },
  'OL-18': {
    clause: '专利法实施细则 art 15, 87',
    zh: '备案日 {recordedOn} 早于许可生效日 {effectiveOn}',
    en: 'recorded on {recordedOn}, before the licence took effect on {effectiveOn}',
    kind: 'invalid',
    from: LAW,
  },
  'OL-19': {
    clause: '专利法实施细则 art 87',
    zh: '备案号与备案日须同时填写',
    en: 'the recording number and its date go together',
    kind: 'invalid',
  },
  'OL-20': {
    clause: 'GB/T 2260',
    zh: '“{code}”不是六位行政区划代码',
    en: '"{code}" is not a division code of six digits',
    kind: 'invalid',
  },
  'OL-21': {
    clause: '专利审查指南2023 第五部分第十一章',
    zh: '专利权评价报告认为不符合授予专利权条件，不予公告开放许可',
    en: 'the evaluation report finds that the patent should not have been granted; its open licence is not announced',
    kind: 'invalid',
    from: GUIDE,
  },
  'OL-22': {
    clause: '专利法（2020年修正）art 50; 主席令第55号',
    zh: '声明日 {declaredOn} 早于开放许可制度施行之日（2021-06-01）',
    en: 'declared on {declaredOn}, before open licences came into force on 2021-06-01',
    kind: 'invalid',
    from: LAW,
  },
  'OL-23': {
    clause: '专利审查指南2023 第五部分第十一章',
    zh: '固定许可费一般不高于 2000 万元',
    en: 'a fixed fee generally does not exceed 20 million yuan',
    kind: 'invalid',
    from: GUIDE,
  },
  'OL-24': {
    clause: '专利审查指南2023 第五部分第十一章',
    zh: '提成率一般不高于净销售额的 20% 或利润额的 40%',
    en: 'a royalty generally does not exceed 20% of net sales or 40% of profit',
    kind: 'invalid',
    from: GUIDE,
  },
  'OL-25': {
    clause: '专利审查指南2023 第五部分第十一章; 国知办发运字〔2022〕56号',
    zh: '缺少许可使用费计算依据和方式的说明',
    en: 'a statement of how the fee was calculated is missing',
    kind: 'invalid',
    from: GUIDE,
  },
  'OL-26': {
    clause: '专利法 art 50, 51',
    zh: '声明 {declaration} 的付费标准变更公告日 {announcedOn} 须晚于前一标准公告日 {since}，且在开放期间内',
    en: 'a new standard of declaration {declaration}, announced on {announcedOn}, must follow the one of {since} while the offer is open',
  },
  'OL-27': {
    clause: '专利法实施细则 art 85',
    zh: '分期付款计划须以首付开始，逐期递增，合计等于许可费 {fee} 分（现合计 {sum} 分）',
    en: 'instalments begin at once, follow in order and add up to the fee of {fee} fen (they add up to {sum})',
    kind: 'invalid',
  },
  'OL-28': {
    clause: '专利法实施细则 art 85',
    zh: '提成基数只与提成率同填',
    en: 'a royalty base goes with a royalty only',
    kind: 'invalid',
  },
  'OL-29': {
    clause: 'ADR 0004',
    zh: '日期 {date} 早于 {earlier}',
    en: '{date} is before {earlier}',
    kind: 'invalid',
  },
  'OL-30': {
    clause: 'ADR 0009',
    zh: '{number} 的上一步尚未完成，请稍后再试',
    en: 'an earlier step of {number} is not finished yet; try again shortly',
    kind: 'busy',
  },
  'OL-31': {
    clause: '专利法 art 50',
    zh: '声明 {number} 已公告，不能作为误录撤销；请办理撤回',
    en: 'declaration {number} is announced and cannot be voided as entered by mistake; withdraw it',
  },
  'OL-32': {
    clause: '专利法实施细则 art 15, 87',
    zh: '备案晚于许可生效后三个月的期限',
    en: 'recorded later than three months after the licence took effect',
    kind: 'invalid',
    from: LAW,
  },
  'OL-33': {
    clause: '专利法实施细则 art 87',
    zh: '{number} 尚未备案，没有可注销的备案',
    en: '{number} is not recorded; there is no recording to cancel',
  },
  'OL-34': {
    clause: 'ADR 0004',
    zh: '分期“{written}”应写作“月数/元”，如 0/10000；6/10000',
    en: 'instalment "{written}" is written as months/yuan, such as 0/10000; 6/10000',
    kind: 'invalid',
  },
  'OL-35': {
    clause: '专利法 art 50',
    zh: '不予公告日与理由须同时填写',
    en: 'the date of a rejection and its ground go together',
    kind: 'invalid',
  },
  'OL-37': {
    clause: '专利法 art 50',
    zh: '专利权评价报告日 {evaluationReportOn} 晚于声明日 {declaredOn}；声明时须已提供评价报告',
    en: 'the evaluation report of {evaluationReportOn} was not there when the licence was declared on {declaredOn}',
    kind: 'invalid',
    from: LAW,
  },
  'OL-39': {
    clause: '专利法 art 51',
    zh: '付费日 {paidOn} 早于声明 {declaration} 的公告日 {announcedOn}，当时尚无可依照的付费标准',
    en: 'paid on {paidOn}, before declaration {declaration} was announced on {announcedOn}: there was no standard to pay by',
    from: LAW,
  },
});

/** No fact lies in the future. @throws Refusal OL-13 */
export const assertPast = (dates: Readonly<Record<string, string | undefined>>, today: string): void => {
  for (const [field, date] of Object.entries(dates)) {
    if (date && date > today) throw openLicenceRule('OL-13', { date, today }, { field });
  }
};

/** A fact has happened and not before the one it follows. @throws Refusal OL-13, OL-29 */
export const assertSince = (field: string, date: string, earlier: string, today: string): void => {
  assertPast({ [field]: date }, today);
  if (date < earlier) throw openLicenceRule('OL-29', { date, earlier }, { field });
};
