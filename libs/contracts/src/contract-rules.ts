import { ruleBook } from '@app/kernel';

/** What the contract register refuses (domain §4, §5; ADR 0009). */
export const contractRule = ruleBook({
  'C-30': {
    clause: '民法典 art 863; ADR 0004',
    zh: '{field} {date} 晚于今天 {today}',
    en: '{field} {date} is after today, {today}',
    kind: 'invalid',
  },
  'C-31': {
    clause: '民法典 art 863; ADR 0004',
    zh: '许可期限止 {endsOn} 早于生效日 {effectiveOn}',
    en: 'the licence ends on {endsOn}, before it takes effect on {effectiveOn}',
    kind: 'invalid',
  },
  'C-32': {
    clause: 'D§4.4 L-1',
    zh: '合同至少应列一项知识产权，且不得重复',
    en: 'a contract lists at least one asset, each once',
    kind: 'invalid',
  },
  'C-33': {
    clause: '最高法技术合同司法解释 art 25',
    zh: '许可种类只用于许可合同',
    en: 'a licence kind belongs to a licence only',
    kind: 'invalid',
  },
  'C-34': {
    clause: 'D§3.4 OL-9',
    zh: '计费方式“{feeType}”与合同金额 {fee} 分不符',
    en: 'fee type {feeType} does not go with a fee of {fee} fen',
    kind: 'invalid',
  },
  'C-35': {
    clause: 'D§4.3; 技术进出口管理条例',
    zh: '向境外转让须填技术出口许可或登记号',
    en: 'a transfer abroad needs its technology export licence or registration number',
    kind: 'invalid',
  },
  'C-36': { clause: 'ADR 0009', zh: '没有这份合同', en: 'no such contract', kind: 'missing' },
  'C-37': {
    clause: 'ADR 0009',
    zh: '合同 {number} 的状态（{status}）不允许此操作',
    en: 'contract {number} does not allow this in its state ({status})',
  },
  'C-38': {
    clause: '专利法 art 10; 专利实施许可合同备案办法 art 2',
    zh: '备案只适用于许可，转让登记只适用于权属转移',
    en: 'recording is for licences, registration for transfers of title',
    kind: 'invalid',
  },
  'C-39': {
    clause: '专利实施许可合同备案办法 art 5; 专利法 art 10',
    zh: '{field} {date} 早于合同签订日 {signedOn}',
    en: '{field} {date} is before the contract was signed on {signedOn}',
    kind: 'invalid',
  },
  'C-40': {
    clause: 'ADR 0004',
    zh: '更正项 {field} 不接受“{value}”',
    en: '{field} does not take "{value}"',
    kind: 'invalid',
  },
  'C-41': {
    clause: '个人信息保护法 art 6; ADR 0005',
    zh: '转给发明人时，受让方应写作“姓名/工号”',
    en: 'a release names the inventor as "name/staff number"',
    kind: 'invalid',
  },
  'C-42': {
    clause: '专利实施许可合同备案办法 art 14',
    zh: '备案号与备案日须同时填写',
    en: 'the recording number and its date go together',
    kind: 'invalid',
  },
  'C-43': {
    clause: 'GB/T 2260',
    zh: '“{code}”不是六位行政区划代码',
    en: '"{code}" is not a division code of six digits',
    kind: 'invalid',
  },
  'C-44': {
    clause: 'D§4.4 L-6',
    zh: '更正编号 {number} 已用于另一更正',
    en: 'correction number {number} already stands for another correction',
  },
  'L-6': {
    clause: '统计法 art 24; D§4.4 L-6',
    zh: '更正与作废须由经办人以外的人批准',
    en: 'a correction or voiding is approved by another person than the one who enters it',
  },
  'L-7': {
    clause: 'D§4.4 L-6',
    zh: '{field} 尚无可更正的内容',
    en: '{field} holds nothing to correct yet',
  },
  'E-1': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '转给发明人须有书面合同约定的收益比例（可为 0）',
    en: 'a release to the inventor states the agreed share of the university in writing (it may be 0)',
    kind: 'invalid',
  },
});
