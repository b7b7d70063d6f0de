import { coOwnersOf } from './assets.mjs';
import { yearOf } from './dates.mjs';
import { recordNumber, technologyContractNumber } from './numbers.mjs';

/* Contracts under construction: numbers and rows are made when all of them are known, in the order they were signed. */

const LABELS = {
  mode: { LICENCE: '许可', TRANSFER: '转让', EQUITY: '作价投资', RELEASE: '转给发明人', SUCCESSION: '权属继受' },
  licenceKind: { EXCLUSIVE: '独占', SOLE: '排他', ORDINARY: '普通', CROSS: '交叉', SUB: '分许可' },
  feeType: {
    FREE: '免费',
    LUMP_SUM: '一次总付',
    INSTALMENTS: '分期',
    RUNNING_ROYALTY: '提成',
    ENTRY_FEE_PLUS_ROYALTY: '入门费+提成',
  },
  pricingMethod: { NEGOTIATED: '协议', LISTING: '挂牌', AUCTION: '拍卖' },
};
const yesNo = (value) => (value === undefined ? undefined : value ? '是' : '否');

const deals = [];
export const allDeals = () => deals;

/**
 * Adds a contract. `recordedOn` of a licence brings a recording number. Options beyond the sheet's fields: `note`, what makes the row
 * awkward; `file`, the sheet it stands in; `number`, where it is not simply the next one.
 */
export const addDeal = (deal) => {
  const complete = {
    mode: 'LICENCE',
    feeType: 'LUMP_SUM',
    fee: '50000.00',
    pricingMethod: 'NEGOTIATED',
    effectiveOn: deal.signedOn,
    file: 'contracts',
    ...(deal.recordedOn ? { recordNo: recordNumber(yearOf(deal.recordedOn)) } : {}),
    ...deal,
  };
  deals.push(complete);
  return complete;
};

const corrected = (deal) =>
  (deal.corrections ?? []).reduce((now, { field, value }) => ({ ...now, [field]: value }), deal);

/** The dates its assets count on once it is corrected, asset by asset; none for what is never counted. */
export const countedDates = (deal) => {
  const { mode, assets, registeredOn, recordedOn, effectiveOn, isVoid } = corrected(deal);
  if (isVoid || (mode !== 'LICENCE' && mode !== 'TRANSFER')) return [];
  const onRegister = mode === 'LICENCE' ? recordedOn : registeredOn;
  return assets.flatMap((asset) => {
    const date = asset.ipType === 'SOFTWARE' || asset.ipType === 'TECH_SECRET' ? effectiveOn : onRegister;
    return date ? [{ asset, date }] : [];
  });
};

/** Numbers the contracts of each university and year in the order they were signed. */
export const numberDeals = () => {
  const counts = new Map();
  deals.sort((a, b) => (a.signedOn < b.signedOn ? -1 : Number(a.signedOn > b.signedOn)));
  for (const deal of deals) {
    const series = `${deal.university.code.toUpperCase()}-${yearOf(deal.signedOn)}`;
    const count = (counts.get(series) ?? 0) + 1;
    counts.set(series, count);
    deal.plainNumber = `示例${series}-${String(count).padStart(4, '0')}`;
    deal.number = deal.spell ? deal.spell(deal.plainNumber) : deal.plainNumber;
  }
};

/** Universities are named by code or in full, each office in its own way. */
const universityCell = ({ code, name }) => (['hunnu', 'csmu'].includes(code) ? name : code);

const receiverOf = ({ receiver, inventor }) => (inventor ? `${inventor.name}/${inventor.staffNumber}` : receiver.name);

/** Why the title leaves without being sold. */
const GROUNDS = {
  RELEASE: '示例：评估与放弃申请的材料在纸质档案，未录入',
  SUCCESSION: '示例：机构合并批复',
};

/** One row of a contract; `pricing` answers the cells on how its price was set. */
const contractRow = (pricing) => (deal) => ({
  university: universityCell(deal.university),
  number: deal.number,
  mode: LABELS.mode[deal.mode],
  licenceKind: LABELS.licenceKind[deal.licenceKind],
  assets: deal.assetCell ?? deal.assets.map(({ number }) => number).join('；'),
  counterparty: receiverOf(deal),
  counterpartyCode: deal.receiver?.code,
  counterpartyDivision: deal.receiver?.division,
  implementationDivision: deal.implementationDivision,
  signedOn: deal.signedOn,
  effectiveOn: deal.effectiveOn,
  endsOn: deal.endsOn,
  feeType: LABELS.feeType[deal.feeType],
  fee: deal.fee,
  pricingMethod: LABELS.pricingMethod[deal.pricingMethod],
  ...pricing(deal),
  ground: GROUNDS[deal.mode],
  coOwnerConsents: deal.licenceKind === 'ORDINARY' ? undefined : coOwnersOf(deal.assets).join('；') || undefined,
  relatedParty: yesNo(deal.relatedParty),
  ownAssetCompany: yesNo(deal.ownAssetCompany),
  returnOf: deal.returnOf?.number,
  foreignParty: yesNo(deal.foreignParty),
  exportLicenceNo: deal.exportLicenceNo,
  recordNo: deal.recordNo,
  recordedOn: deal.recordedOn,
  registeredOn: deal.registeredOn,
  technologyContractNo: deal.technologyContract ? technologyContractNumber(yearOf(deal.signedOn)) : undefined,
  inventorShare: deal.inventorShare,
  note: deal.note,
});

export const contractRows = (file, pricing) => deals.filter((deal) => deal.file === file).map(contractRow(pricing));

const FIELD_LABELS = {
  recordedOn: '备案日',
  registeredOn: '转让登记日',
  fee: '合同金额',
  counterparty: '对方名称',
  counterpartyDivision: '对方住所区划',
  relatedParty: '关联方',
};

/** One row per correction of a deal: `corrections: [{ field, value, reason, note }]`. */
export const correctionRows = () =>
  deals.flatMap((deal) =>
    (deal.corrections ?? []).map(({ field, value, reason, note }, index) => ({
      university: universityCell(deal.university),
      contractNumber: deal.quoted ? deal.quoted(deal.number) : deal.number,
      number: `示例GZ-${index + 1}`,
      field: FIELD_LABELS[field],
      value,
      reason: `示例：${reason}`,
      evidence: `示例-更正佐证-${deal.plainNumber}`,
      approver: 'reviewer',
      note,
    })),
  );

export const voidRows = () =>
  deals
    .filter(({ isVoid }) => isVoid)
    .map((deal) => ({
      university: universityCell(deal.university),
      contractNumber: deal.number,
      voidedOn: deal.isVoid.on,
      reason: `示例：${deal.isVoid.reason}`,
      evidence: `示例-作废佐证-${deal.plainNumber}`,
      approver: 'reviewer',
      note: deal.isVoid.note,
    }));
