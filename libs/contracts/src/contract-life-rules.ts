import { ruleBook } from '@app/kernel';

/** To whom and on what ground a title passes, and the order in which things happen to a contract (domain §4; ADR 0012). */
export const lifeRule = ruleBook({
  'C-58': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '转给发明人须以披露的转让记录为依据（发明人、比例一致），或写明依据：{number} {reasonZh}',
    en: 'a release rests on the release of its disclosure, to the same inventor with the same share, or states its ground: {number} {reasonEn}',
    from: '2020-02-03',
  },
  'C-59': {
    clause: '民法典 art 67, 229, 230; 专利法 art 10; 专利法实施细则 art 15',
    zh: '权属继受须写明依据（合并、分立、判决等文件）',
    en: 'a succession states its ground (the document of a merger, division, judgment …)',
    kind: 'invalid',
  },
  'C-75': {
    clause: '民法典 art 464, 465',
    zh: '受让方/被许可方就是本校（{name}）',
    en: 'the receiver is the university itself ({name})',
    kind: 'invalid',
  },
  'L-3': {
    clause: '专利法 art 10; 民法典 art 502; D§4.4 L-3',
    zh: '转让登记日 {registeredOn} 早于合同 {number} 的生效日 {effectiveOn}',
    en: 'registration on {registeredOn} comes before contract {number} takes effect on {effectiveOn}',
    kind: 'invalid',
    from: '1985-04-01',
  },
  'C-77': {
    clause: '促进科技成果转化法 art 16, 45',
    zh: '作价投资须写明作价金额',
    en: 'an equity contribution states what the rights were valued at',
    kind: 'invalid',
  },
  'C-78': {
    clause: '民法典 art 846',
    zh: '第 {instalment} 期 {dueOn} 早于 {earlier}（签订日或上一期）',
    en: 'instalment {instalment} is due on {dueOn}, before {earlier}, the signing or the instalment before',
    kind: 'invalid',
  },
  'L-36': {
    clause: '民法典 art 543, 562; D§4.4 L-6',
    zh: '变更后的许可期限止 {endsOn} 早于变更签订日 {signedOn}：提前终止请按解除办理',
    en: 'the amended last day {endsOn} is before the amendment was signed on {signedOn}: that is a termination',
  },
  'L-37': {
    clause: '民法典 art 543, 557; 专利实施许可合同备案办法 art 17',
    zh: '合同 {number} 的许可已于 {on} 终止或注销备案，不能再变更许可',
    en: 'the licence of contract {number} ended or was deregistered on {on}: it is not amended any more',
  },
  'L-38': {
    clause: '专利实施许可合同备案办法 art 5, 17',
    zh: '备案日 {recordedOn} 晚于合同 {number} 的许可末日 {to}',
    en: 'recording on {recordedOn} comes after the last day {to} of the licence of contract {number}',
    kind: 'invalid',
    from: '2002-01-01',
  },
});
