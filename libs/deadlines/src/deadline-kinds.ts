import type { BilingualText } from '@app/kernel';

/** Whose act it is: the university's technology transfer office, the bureau's, or the fund's administrator. */
export type Responsible = 'UNIVERSITY' | 'BUREAU' | 'FUND_ADMIN';

interface KindOfDeadline {
  readonly title: BilingualText;
  /** The article the term stands on. */
  readonly clause: string;
  /** What is to be done and why. `{nominalOn}`, `{dueOn}` and the fields of the row's detail are filled in. */
  readonly text: BilingualText;
  readonly who: Responsible;
}

const university = 'UNIVERSITY' as const;

/** Everything the ledger knows to be due (期限种类), in the order lists of kinds show it. */
export const DEADLINE_KINDS = {
  /**
   * Three months from the day a licence of patents takes effect (D§4.2); filing late is possible and flagged, never void. Nothing is owed
   * once the licence is over: cancelled by its termination, lapsed after its last day.
   */
  LICENCE_RECORDING: {
    title: { zh: '许可合同备案', en: 'Licence recording' },
    clause: '专利法实施细则 art 15; 专利实施许可合同备案办法 art 5',
    text: {
      zh: '许可合同自 {effectiveOn} 生效，应于三个月内（{dueOn} 前）向国家知识产权局备案',
      en: 'the licence took effect on {effectiveOn}; it is to be recorded with CNIPA within three months, by {dueOn}',
    },
    who: university,
  },
  /** As above, for the implementation contract of an open licence. */
  OPEN_GRANT_RECORDING: {
    title: { zh: '开放许可实施合同备案', en: 'Open licence grant recording' },
    clause: '专利法实施细则 arts 15, 87',
    text: {
      zh: '开放许可自 {effectiveOn} 生效，应于三个月内（{dueOn} 前）向国家知识产权局备案',
      en: 'the open licence grant took effect on {effectiveOn}; it is to be recorded with CNIPA within three months, by {dueOn}',
    },
    who: university,
  },
  /** The last safe day for prolonging a recorded licence: two months before it ends. Lapses when the licence ends. */
  LICENCE_EXTENSION: {
    title: { zh: '许可期限延长', en: 'Licence extension' },
    clause: '专利实施许可合同备案办法 art 16',
    text: {
      zh: '许可将于 {endsOn} 届满；如需延长，应于届满前两个月（{dueOn} 前）办理备案变更',
      en: 'the licence ends on {endsOn}; if it is to go on, the change is filed two months before, by {dueOn}',
    },
    who: university,
  },
  /** Thirty days from the end of a recorded licence, by expiry or termination. */
  LICENCE_DEREGISTRATION: {
    title: { zh: '许可备案注销', en: 'Licence deregistration' },
    clause: '专利实施许可合同备案办法 art 17',
    text: {
      zh: '许可于 {endedOn} 终止，应于三十日内（{dueOn} 前）办理备案注销',
      en: 'the licence ended on {endedOn}; its record is to be deregistered within thirty days, by {dueOn}',
    },
    who: university,
  },
  /** A payment of the other party on the day the contract names; a contract's day does not move for holidays. */
  PAYMENT: {
    title: { zh: '合同款项', en: 'Payment' },
    clause: '民法典 arts 846, 873',
    text: {
      zh: '第 {instalment} 期款项 {amount} 元应于 {dueOn} 支付',
      en: 'instalment {instalment} of {amount} yuan is to be paid by {dueOn}',
    },
    who: university,
  },
  /** Cash rewards keep their tax relief if paid within 36 months of the receipt; a notice, so no day off moves it. */
  REWARD_CASH: {
    title: { zh: '现金奖励发放', en: 'Cash reward' },
    clause: '财税〔2018〕58号; 促进科技成果转化法 arts 44, 45',
    text: {
      zh: '{receivedOn} 到账的 {amount} 元，其现金奖励须于三十六个月内（{dueOn} 前）发放方可享受个人所得税优惠',
      en: 'of the {amount} yuan received on {receivedOn}, cash rewards are paid within 36 months, by {dueOn}, to keep their tax relief',
    },
    who: university,
  },
  /** The last day of a price notice: from the next day on the contract may be signed. Lapses by itself. */
  PRICE_NOTICE_END: {
    title: { zh: '拟交易价格公示期满', en: 'Price notice ends' },
    clause: '促进科技成果转化法 art 18; 国发〔2016〕16号',
    text: {
      zh: '公示至 {dueOn}；期满且异议处理完毕后方可签订合同',
      en: 'the notice runs until {dueOn}; the contract may be signed after it, once every objection is resolved',
    },
    who: university,
  },
  /** No law sets a day: the university's own procedure does. It bars the signing as long as it stands. */
  PRICE_OBJECTION: {
    title: { zh: '公示异议处理', en: 'Objection to a price notice' },
    clause: '国发〔2016〕16号',
    text: {
      zh: '对公示的异议 {objection}（{raisedOn}）尚待处理，处理完毕前不得签订合同',
      en: 'objection {objection} of {raisedOn} awaits its answer; no contract before',
    },
    who: university,
  },
  /**
   * Six months from a publication, in the narrow cases of the article only. Not moved for days off: a filing date can be had on any day.
   * Lapses when they are over: the right to a patent is then lost.
   */
  NOVELTY_GRACE: {
    title: { zh: '新颖性宽限期', en: 'Novelty grace' },
    clause: '专利法 art 24',
    text: {
      zh: '成果已于 {publishedOn} 公开；属专利法第二十四条情形的，须于 {dueOn} 前提出申请，否则丧失新颖性',
      en: 'published on {publishedOn}; in the cases of article 24 an application by {dueOn} keeps novelty, in all others it is lost',
    },
    who: university,
  },
  /** No law sets a day for the answer: how timely is timely is left to each university (D§2.1). */
  RETURNED_DISCLOSURE: {
    title: { zh: '披露退回待补正', en: 'Returned disclosure' },
    clause: '教科技〔2020〕1号 item 3',
    text: {
      zh: '披露于 {returnedOn} 退回，待补正后重新受理',
      en: 'the disclosure was returned on {returnedOn} and awaits its supplement',
    },
    who: university,
  },
  /** The day a commissioned evaluation was agreed for. */
  EVALUATION_DUE: {
    title: { zh: '委托评估交付', en: 'Commissioned evaluation' },
    clause: '教科技〔2020〕1号 item 4',
    text: { zh: '委托的申请前评估应于 {dueOn} 交付', en: 'the commissioned pre-filing evaluation is due on {dueOn}' },
    who: university,
  },
  /**
   * For the patents whose annuities the office keeps, which it shows by entering one: each year's fee before the anniversary of the
   * filing date, then six months of grace with a surcharge (细则 art 115).
   */
  PATENT_ANNUITY: {
    title: { zh: '专利年费', en: 'Patent annuity' },
    clause: '专利法 arts 43, 44; 专利法实施细则 art 115',
    text: {
      zh: '第 {year} 年年费应于 {dueOn} 前缴纳；滞纳期至 {graceTo}，逾期专利权终止',
      en: 'the fee of year {year} is due by {dueOn}, with a surcharge until {graceTo}; unpaid, the patent ends',
    },
    who: university,
  },
  /** The end of a patent's life (20, 10 or, for designs filed from 2021-06-01, 15 years), for patents whose annuities are kept. */
  PATENT_EXPIRY: {
    title: { zh: '专利权期限届满', en: 'Patent expiry' },
    clause: '专利法 art 42',
    text: { zh: '专利权将于 {dueOn} 期限届满', en: 'the patent reaches the end of its term on {dueOn}' },
    who: university,
  },
  /** The last day of an announced open licence. Lapses by itself. */
  OPEN_LICENCE_TERM_END: {
    title: { zh: '开放许可期限届满', en: 'Open licence ends' },
    clause: '专利法 art 50; 专利法实施细则 art 85',
    text: {
      zh: '开放许可声明至 {dueOn} 届满；如需继续，应重新声明',
      en: 'the open licence ends on {dueOn}; a new declaration is needed to go on',
    },
    who: university,
  },
  /** The last day of an IP management certificate; met by the next one to the same standard. */
  CERTIFICATE_EXPIRY: {
    title: { zh: '贯标证书到期', en: 'Certificate expiry' },
    clause: 'GB/T 33251-2016; 长政办发〔2022〕9号 四(一)',
    text: {
      zh: '贯标证书有效期至 {dueOn}，应在此前完成再认证',
      en: 'the certificate is valid until {dueOn}; recertification is to be complete by then',
    },
    who: university,
  },
  /** The last day of a pilot or demonstration designation; met by the next one. */
  DESIGNATION_EXPIRY: {
    title: { zh: '试点示范到期', en: 'Designation expiry' },
    clause: '长政办发〔2022〕9号 四(一)',
    text: { zh: '认定有效期至 {dueOn}', en: 'the designation is valid until {dueOn}' },
    who: university,
  },
  /** The yearly report of state-founded universities. Computed for the date asked about; met when the report is filed. */
  ANNUAL_REPORT: {
    title: { zh: '科技成果转化年度报告', en: 'Annual conversion report' },
    clause: '国发〔2016〕16号; 促进科技成果转化法 art 21',
    text: {
      zh: '{year} 年度科技成果转化年度报告应于 {dueOn} 前报送主管部门',
      en: 'the conversion report for {year} goes to the supervising department by {dueOn}',
    },
    who: university,
  },
  /** The department's part of the same duty. Never told to the ledger, so it lapses after its day. */
  ANNUAL_REPORT_SUMMARY: {
    title: { zh: '年度报告汇总报送', en: 'Annual reports forwarded' },
    clause: '国发〔2016〕16号',
    text: {
      zh: '主管部门应于 {dueOn} 前汇总报送所属高校 {year} 年度报告',
      en: "the department forwards its universities' reports for {year} by {dueOn}",
    },
    who: 'BUREAU',
  },
  /** What a fund year has not allocated by 31 December lapses (F-7). */
  FUND_YEAR_CLOSE: {
    title: { zh: '资金年度分配', en: 'Fund year closes' },
    clause: '预算法 art 42; D§11.3 F-7',
    text: {
      zh: '{year} 年度资金应于 {dueOn} 前完成分配，未分配余额年终收回',
      en: 'the fund of {year} is to be allocated by {dueOn}; what is left then lapses',
    },
    who: 'FUND_ADMIN',
  },
} as const satisfies Record<string, KindOfDeadline>;
export type DeadlineKind = keyof typeof DEADLINE_KINDS;

export const isDeadlineKind = (text: string): text is DeadlineKind => Object.hasOwn(DEADLINE_KINDS, text);

interface TextSource {
  readonly kind: DeadlineKind;
  readonly nominalOn: string;
  readonly dueOn: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** The text of a deadline with its dates and details filled in. */
export const textOf = ({ kind, nominalOn, dueOn, detail }: TextSource): BilingualText => {
  const values: Readonly<Record<string, string | number>> = { nominalOn, dueOn, ...detail };
  const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  const { zh, en } = DEADLINE_KINDS[kind].text;
  return { zh: filled(zh), en: filled(en) };
};
