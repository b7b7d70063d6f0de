import { ruleBook } from '@app/kernel';

/**
 * What the open-licence register refuses (domain §3.4). OL-1, OL-4, OL-8, OL-11 and OL-12 are decided by the title register of the asset;
 * from OL-13 on the rules are ours.
 */
export const openLicenceRule = ruleBook({
  'OL-2': {
    clause: '专利法 art 50',
    zh: '实用新型、外观设计的开放许可声明须有专利权评价报告的编号和日期',
    en: 'an open licence of a utility model or design needs the number and date of its evaluation report',
    kind: 'invalid',
  },
  'OL-5': {
    clause: '专利法 art 51',
    zh: '声明 {declaration} 公告的付费标准为“{feeType}”，应付 {due} 分，已付 {paid} 分',
    en: 'declaration {declaration} announced {feeType}: {due} fen are due, {paid} were paid',
  },
  'OL-6': {
    clause: '专利法 art 50, 51',
    zh: '通知日 {noticeOn} 不在声明 {declaration} 的开放期间（{from} 起至 {until}）',
    en: 'the notice of {noticeOn} is outside the time declaration {declaration} was open (from {from}, until {until})',
  },
  'OL-7': {
    clause: '专利法 art 50',
    zh: '撤回日 {withdrawnOn} 早于公告日 {announcedOn}',
    en: 'withdrawn on {withdrawnOn}, before it was announced on {announcedOn}',
  },
  'OL-9': {
    clause: '专利法 art 50; 专利法实施细则 art 85',
    zh: '计费方式“{feeType}”与许可费 {fee} 分、提成率万分之 {royalty} 不符',
    en: 'fee type {feeType} does not go with a fee of {fee} fen and a royalty of {royalty} per 10,000',
    kind: 'invalid',
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
  },
  'OL-15': {
    clause: '专利法实施细则 art 85',
    zh: '许可期限止 {endsOn} 不晚于 {date}',
    en: 'the licence ends on {endsOn}, not after {date}',
    kind: 'invalid',
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
});

/** No fact lies in the future. @throws Refusal OL-13 */
export const assertPast = (dates: Readonly<Record<string, string | undefined>>, today: string): void => {
  for (const [field, date] of Object.entries(dates)) {
    if (date && date > today) throw openLicenceRule('OL-13', { date, today }, { field });
  }
};
