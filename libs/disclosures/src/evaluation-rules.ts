import { ruleBook } from '@app/kernel';

const kind = 'invalid';
/** Date of 教科技〔2020〕1号. */
const from = '2020-02-03';

/**
 * Rules of the pre-filing evaluation (申请前评估), of the filing decision and of the release to the inventors. E-1's share of a release
 * contract is the contract's own rule, E-3 stands where an application is entered.
 */
export const evaluationRule = ruleBook({
  'E-2': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E2',
    zh: '披露 {disclosure} 已于 {on} 依合同 {contract} 转给发明人，不是市场转让，不得再登记为转让、许可或作价投资',
    en: 'disclosure {disclosure} was released to its inventors on {on} by contract {contract}; that is no market transfer, so it cannot be entered as a transfer, licence or equity contribution',
    from,
  },
  'E-10': {
    clause: '国办发〔2023〕37号',
    zh: '2023-10-17 起的申请前评估须以产业化前景分析为核心，请填写产业化前景',
    en: 'an evaluation from 2023-10-17 on centres on the prospect of industrialisation: state it',
    kind,
    from: '2023-10-17',
  },
  'E-11': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '申请决定（{decisionZh}）与评估 {number} 的结论（{conclusionZh}）不一致；委托研发合同另有约定的，请注明合同条款',
    en: 'the decision ({decisionEn}) contradicts the conclusion ({conclusionEn}) of evaluation {number}; if a research contract provides so, cite its clause',
    from,
  },
  'E-12': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '决定日期 {decidedOn} 早于评估日期 {evaluatedOn}',
    en: 'decided on {decidedOn}, before the evaluation of {evaluatedOn}',
    kind,
  },
  'E-13': { clause: 'ADR 0004', zh: '日期 {date} 晚于今天 {today}', en: '{date} is after today, {today}', kind },
  'E-14': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '评估 {number} 已于 {decidedOn} 作出申请决定（{decisionZh}）',
    en: 'evaluation {number} already has its filing decision ({decisionEn}) of {decidedOn}',
  },
  'E-15': { clause: 'ADR 0002', zh: '没有这次评估', en: 'no such evaluation', kind: 'missing' },
  'E-16': {
    clause: '教科技〔2020〕1号 item 3; 保守国家秘密法',
    zh: '披露 {disclosure} 为涉密成果，其评估不得录入本台账',
    en: 'disclosure {disclosure} is secret: its evaluation does not enter this ledger',
  },
  'E-17': {
    clause: '教科技〔2020〕1号 items 3, 4',
    zh: '披露 {disclosure} 处于“{statusZh}”状态，不能评估或作出申请决定',
    en: 'disclosure {disclosure} is {statusEn}: it is neither evaluated nor decided on',
  },
  'E-18': {
    clause: '专利法 art 6',
    zh: '披露 {disclosure} 已认定为非职务发明，申请权不属于学校，不作申请前评估和申请决定',
    en: 'disclosure {disclosure} was determined not to be a service invention: the university has no right to file, so nothing to evaluate or decide',
    from: '1985-04-01',
  },
  'E-19': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '评估机构“{evaluator}”申报了利益冲突，请更换评估机构',
    en: 'evaluator "{evaluator}" declared a conflict of interest: replace it',
    from,
  },
  'E-20': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '日期 {date} 早于委托日期 {commissionedOn}',
    en: '{date} is before the evaluation was commissioned on {commissionedOn}',
    kind,
  },
  'E-21': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '评估 {number} 尚未完成',
    en: 'evaluation {number} is not concluded yet',
  },
  'E-22': {
    clause: 'ADR 0004',
    zh: '评估 {number} 已于 {evaluatedOn} 完成，请办理更正或重新评估',
    en: 'evaluation {number} was concluded on {evaluatedOn}; enter a correction, or evaluate anew',
  },
  'E-23': {
    clause: 'D§2.2',
    zh: '一次评估只用一张评分卡：通用四维度等级与本校评分卡不能同时填写',
    en: "one score card per evaluation: either the four common grades or the university's own card",
    kind,
  },
  'E-24': {
    clause: 'D§2.2',
    zh: '评分卡维度“{dimension}”重复',
    en: 'dimension "{dimension}" is scored twice',
    kind,
  },
  'E-25': {
    clause: '教科技〔2020〕1号 item 5',
    zh: '费用共同承担时须填写发明人承担比例（大于 0、小于 100%），其他情形不填',
    en: 'shared fees state the part the inventors bear, above 0 and below 100%; other arrangements state none',
    kind,
    from,
  },
  'E-26': {
    clause: '教科技〔2020〕1号 item 5',
    zh: '发明人不得利用财政资金支付专利费用',
    en: 'inventors may not pay patent fees out of public money',
    kind,
    from,
  },
  'E-27': {
    clause: '教科技〔2020〕1号 item 5',
    zh: '所有权分割的，发明人按产权比例 {ownership}% 承担专利费用',
    en: 'where ownership is split, the inventors bear the fees by their share of it, {ownership}%',
    kind,
    from,
  },
  'E-28': {
    clause: '教科技〔2020〕1号 item 5',
    zh: '学校决定不申请的，费用只能由发明人承担',
    en: 'when the university does not file, the inventors alone bear the fees',
    kind,
    from,
  },
  'E-29': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '评估 {number} 已被评估 {later} 取代，请依后者作出决定',
    en: 'evaluation {number} was superseded by {later}: decide on that one',
  },
  'E-30': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '评估 {number} 不是同一披露此前已完成的评估，不能被取代',
    en: 'evaluation {number} is no earlier concluded evaluation of the same disclosure: it cannot be superseded by this one',
    kind,
  },
  'E-31': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '勤勉尽责（免责）陈述只用于不申请的决定，且评估须有无利益冲突声明和佐证',
    en: 'a statement of diligence belongs to a decision not to file, on an evaluation with a statement of no conflict of interest and evidence',
    kind,
    from,
  },
  'E-32': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '评估 {number} 没有“不申请”的决定，不能转给发明人',
    en: 'evaluation {number} has no decision not to file: the right cannot be released to the inventors',
    from,
  },
  'E-33': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '约定发明人不向学校交纳收益（0%）的，须注明书面合同条款',
    en: 'a share of 0% for the university must be written in the contract: cite the clause',
    kind,
    from,
  },
  'E-34': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '评估 {number} 的权利已于 {on} 依合同 {contract} 转给发明人',
    en: 'the right of evaluation {number} was released on {on} by contract {contract}',
  },
  'E-35': {
    clause: '教科技〔2020〕1号 item 5',
    zh: '第 {position} 位受让人不是该披露的发明人，或重复列出',
    en: 'person {position} is no inventor of this disclosure, or is listed twice',
    kind,
    from,
  },
  'E-36': {
    clause: '教科技〔2020〕1号 item 5',
    zh: '转给发明人的日期 {on} 早于决定日期 {decidedOn}',
    en: 'released on {on}, before the decision of {decidedOn}',
    kind,
  },
  'E-37': {
    clause: '教科技〔2020〕1号 item 5',
    zh: '权利已于 {on} 转给发明人，决定不能改为申请',
    en: 'the right was released on {on}: the decision cannot become one to file',
  },
  'E-39': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '披露 {disclosure} 的申请权已于 {on} 依合同 {contract} 转给发明人，学校不能再以其申请',
    en: 'the right of disclosure {disclosure} went to its inventors on {on} by contract {contract}: the university files nothing from it',
    from,
  },
  'E-40': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '披露 {disclosure} 已由学校申请 {number}，不能在此转给发明人；已申请的权利须签订转给发明人的合同，在合同中登记（RELEASE）',
    en: 'the university filed {number} from disclosure {disclosure}: a right already filed goes to the inventors by a RELEASE contract only',
    from,
  },
  'E-41': {
    clause: '教科技〔2020〕1号 item 4; ADR 0004',
    zh: '披露 {disclosure} 已由学校申请 {number}，不能撤回',
    en: 'the university filed {number} from disclosure {disclosure}: it cannot be withdrawn',
  },
  'E-42': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '评估 {number}（{evaluatedOn}）之后另有评估 {later}（{laterOn}），请依后者作出决定',
    en: 'evaluation {later} of {laterOn} came after {number} of {evaluatedOn}: decide on that one',
    from,
  },
  'E-43': {
    clause: '教科技〔2020〕1号 items 3, 4',
    zh: '评估日期 {evaluatedOn} 早于披露 {disclosure} 的披露日期 {disclosedOn}',
    en: 'evaluated on {evaluatedOn}, before disclosure {disclosure} was made on {disclosedOn}',
    kind,
  },
  'E-44': {
    clause: '教科技〔2020〕1号 item 5; D§2.3 E1',
    zh: '评估 {number} 的结论是“{conclusionZh}”，不是不适宜申请，不能转给发明人',
    en: 'evaluation {number} concluded "{conclusionEn}", not against filing: the right cannot be released to the inventors',
    from,
  },
  'E-45': {
    clause: '教科技〔2020〕1号 item 4',
    zh: '委托评估未说明评估机构有无利益冲突',
    en: 'the commissioned evaluation does not state whether the evaluator had a conflict of interest',
    from,
  },
  'E-38': {
    clause: 'ADR 0004',
    zh: '评估 {number} 尚未作出申请决定，无可更正',
    en: 'evaluation {number} has no filing decision to put right',
  },
});
