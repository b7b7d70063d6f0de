import { ruleBook } from '@app/kernel';

/** The annual report of conversion (科技成果转化年度报告). State-founded universities must file it, others may (D§5.2). */
export const annualReportRule = ruleBook({
  'P-5': {
    clause: '促进科技成果转化法 art 21; 国发〔2016〕16号; 财科教〔2017〕22号; D§5.3 P-5',
    zh: '{year} 年度尚未结束，年度报告以 {cutoff} 为截止日，次日起方可报送',
    en: '{year} is not over: its annual report has its cutoff on {cutoff} and is filed from the day after',
    kind: 'invalid',
    from: '2015-10-01',
  },
  'G-7': {
    clause: '促进科技成果转化法 art 21 (2015-10-01)',
    zh: '科技成果转化年度报告自 {first} 年度起，无 {year} 年度报告',
    en: 'annual reports of conversion begin with {first}; there is none for {year}',
    kind: 'invalid',
  },
  'G-8': {
    clause: '统计法 art 24; D§7.2',
    zh: '年度报告 {number} 已于 {filedOn} 报送，此后变化的数字（{figures}）应以更正重报说明',
    en: 'annual report {number} was filed on {filedOn}; what changed since ({figures}) is told by a restatement',
  },
  'G-9': {
    clause: 'D§7.2',
    zh: '年度报告 {number} 尚未报送，无可更正',
    en: 'annual report {number} was not filed; there is nothing to restate',
    kind: 'missing',
  },
  'G-10': {
    clause: '统计法 art 24; D§7.2',
    zh: '更正年度报告须说明理由和佐证',
    en: 'a restatement states its reason and its evidence',
    kind: 'invalid',
  },
  'G-11': {
    clause: '统计法 art 24; ADR 0001',
    zh: '账本的数字尚不完整（{projection} 已停止），排除故障后再报送',
    en: 'the figures are not complete ({projection} has stopped); file once that is mended',
    kind: 'busy',
  },
});
