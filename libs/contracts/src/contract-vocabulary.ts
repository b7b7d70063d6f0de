import type { BilingualText } from '@app/kernel';

/** What a payment is for (款项种类). */
export const PAYMENT_KINDS = {
  LUMP_SUM: { zh: '一次总付', en: 'Lump sum' },
  ENTRY: { zh: '入门费', en: 'Entry fee' },
  INSTALMENT: { zh: '分期', en: 'Instalment' },
  ROYALTY: { zh: '提成', en: 'Royalty' },
} as const satisfies Record<string, BilingualText>;
export type PaymentKind = keyof typeof PAYMENT_KINDS;

/** One person's part of a reward; the name is in the person store. */
export interface RewardShare {
  readonly personId: string;
  readonly amountFen: string;
  /** Contributed mainly (主要贡献人员). */
  readonly main: boolean;
}

/** Why CNIPA refuses a recording (专利实施许可合同备案办法 art 12, items 1-11). */
export const RECORDING_REFUSAL_GROUNDS = {
  LAPSED_OR_INVALID: { zh: '专利权已终止或被宣告无效', en: 'The patent has lapsed or was declared invalid' },
  NOT_ENTITLED: {
    zh: '许可人不是登记的专利权人或无权许可',
    en: 'The licensor is neither the registered owner nor entitled',
  },
  CONTENT_MISSING: { zh: '合同缺少规定内容', en: 'The contract lacks required content' },
  BEYOND_TERM: { zh: '许可期限超过专利权有效期', en: 'The term reaches beyond the life of the patent' },
  CO_OWNER: { zh: '违反共有人约定或法律规定', en: "Against the co-owners' agreement or the law on co-owners" },
  ANNUITY_GRACE: { zh: '专利处于年费缴纳滞纳期', en: 'An annuity is in its period of grace' },
  SUSPENDED: {
    zh: '权属纠纷或保全，专利程序中止',
    en: 'Proceedings are suspended for a dispute of ownership or preservation',
  },
  DUPLICATE: { zh: '同一合同重复申请备案', en: 'The same contract is recorded already' },
  PLEDGED: { zh: '专利已质押且未经质权人同意', en: 'The patent is pledged and the pledgee has not agreed' },
  CONFLICTING: { zh: '与已备案的许可合同冲突', en: 'It conflicts with a recorded contract' },
  OTHER: { zh: '其他不应备案的情形', en: 'Other cases' },
} as const satisfies Record<string, BilingualText>;
export type RecordingRefusalGround = keyof typeof RECORDING_REFUSAL_GROUNDS;

/** What a correction may put right. A term is changed by amendment; the day of signing decides rules and needs a voiding. */
export const CORRECTABLE = {
  recordNo: { zh: '备案号', en: 'Recording number' },
  recordedOn: { zh: '备案日', en: 'Recorded on' },
  deregisteredOn: { zh: '备案注销日', en: 'Deregistered on' },
  registeredOn: { zh: '转让登记日', en: 'Registered on' },
  effectiveOn: { zh: '生效日', en: 'Effective on' },
  terminatedOn: { zh: '解除日', en: 'Terminated on' },
  feeFen: { zh: '合同金额', en: 'Amount' },
  entryFeeFen: { zh: '入门费', en: 'Entry fee' },
  instalments: { zh: '分期', en: 'Instalments' },
  counterparty: { zh: '对方名称', en: 'Receiver' },
  counterpartyCode: { zh: '统一社会信用代码', en: 'Credit code' },
  counterpartyDivision: { zh: '对方住所区划', en: "Receiver's division" },
  implementationDivision: { zh: '实施地区划', en: 'Place of implementation' },
  relatedParty: { zh: '关联方', en: 'Related party' },
  technologyContractNo: { zh: '技术合同认定登记编号', en: 'Technology contract number' },
  technologyRegisteredOn: { zh: '技术合同认定登记日', en: 'Technology contract registered on' },
  technologyAmountFen: { zh: '技术合同认定金额', en: 'Technology contract amount' },
} as const;
export type CorrectableField = keyof typeof CORRECTABLE;
export type CorrectedValue = string | boolean;
