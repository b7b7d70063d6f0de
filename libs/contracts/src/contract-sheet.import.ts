import { choice, creditCode, date, filled, integer, list, type Row, text, yesNo, yuan } from '@app/imports';
import { FEE_TYPES, LICENCE_KINDS, permyriadOf } from '@app/kernel';
import { contractRule } from './contract-rules.js';
import { CONVERSION_MODES, PRICING_METHODS, ROYALTY_BASES } from './contract-terms.js';
import type { ContractDraft, FollowUp } from './lodge-contract.handler.js';

export const contractColumns = {
  university: text({ zh: '高校', en: 'University', required: true, example: '湖南大学' }),
  number: text({ zh: '合同编号', en: 'Contract number', required: true, example: 'HNU-2023-001' }),
  mode: choice(CONVERSION_MODES)({ zh: '转化方式', en: 'Mode', required: true, example: '许可' }),
  licenceKind: choice(LICENCE_KINDS)({ zh: '许可种类', en: 'Licence kind', example: '普通' }),
  assets: list({ zh: '知识产权号', en: 'Assets', required: true, example: '201910699568.X' }),
  // A release names the inventor here: reports of refused rows must not keep it.
  counterparty: { ...text({ zh: '受让方/被许可方', en: 'Receiver', required: true }), personal: true },
  counterpartyCode: creditCode({ zh: '统一社会信用代码', en: 'Credit code' }),
  counterpartyDivision: text({ zh: '对方住所区划', en: "Receiver's division", example: '430104' }),
  implementationDivision: text({ zh: '实施地区划', en: 'Place of implementation', example: '430104' }),
  signedOn: date({ zh: '签订日', en: 'Signed on', required: true, example: '2023-03-01' }),
  effectiveOn: date({ zh: '生效日', en: 'Effective on', required: true, example: '2023-03-01' }),
  endsOn: date({ zh: '许可期限止', en: 'Ends on' }),
  feeType: choice(FEE_TYPES)({ zh: '计费方式', en: 'Fee type', required: true, example: '一次总付' }),
  fee: yuan({ zh: '合同金额(元)', en: 'Amount (yuan)', example: '100000.00' }),
  entryFee: yuan({ zh: '入门费(元)', en: 'Entry fee (yuan)' }),
  royaltyPermyriad: integer({ zh: '提成率(万分之)', en: 'Royalty (0.01%)', example: '300' }),
  royaltyBase: choice(ROYALTY_BASES)({ zh: '提成基数', en: 'Royalty base', example: '净销售额' }),
  equityCompany: text({ zh: '作价公司', en: 'Company contributed to' }),
  equityShare: text({ zh: '作价股权比例%', en: 'Shares received %', example: '20' }),
  pricingMethod: choice(PRICING_METHODS)({ zh: '定价方式', en: 'Pricing', required: true, example: '协议' }),
  priceNotice: text({ zh: '公示编号', en: 'Price notice', example: 'HNU-GS-2023-01' }),
  priceNoticeExemption: text({ zh: '公示豁免理由', en: 'Why there is no price notice' }),
  platform: text({ zh: '交易平台', en: 'Trading platform' }),
  listingNo: text({ zh: '挂牌/拍卖编号', en: 'Listing number' }),
  listedFrom: date({ zh: '挂牌起', en: 'Listed from' }),
  listedTo: date({ zh: '挂牌止', en: 'Listed to' }),
  territory: list({ zh: '许可地域', en: 'Territory', example: '430000' }),
  fields: list({ zh: '许可领域', en: 'Fields', example: 'C39' }),
  sublicensable: yesNo({ zh: '可分许可', en: 'May sub-license' }),
  headContract: text({ zh: '主许可合同编号', en: 'Head contract' }),
  coOwnerConsents: list({ zh: '共有人同意', en: 'Consenting co-owners' }),
  pledgeeConsent: yesNo({ zh: '质权人同意', en: 'Pledgee agrees' }),
  relatedParty: yesNo({ zh: '关联方', en: 'Related party' }),
  ownAssetCompany: yesNo({ zh: '本校资产公司', en: 'Own asset company' }),
  returnOf: text({ zh: '回转原合同编号', en: 'Returns contract' }),
  foreignParty: yesNo({ zh: '境外方', en: 'Foreign party' }),
  exportLicenceNo: text({ zh: '技术出口许可/登记号', en: 'Export licence' }),
  recordNo: text({ zh: '备案号', en: 'Recording number' }),
  recordedOn: date({ zh: '备案日', en: 'Recorded on' }),
  registeredOn: date({ zh: '转让登记日', en: 'Registered on' }),
  technologyContractNo: text({ zh: '技术合同认定登记编号', en: 'Technology contract number' }),
  technologyRegisteredOn: date({ zh: '技术合同认定登记日', en: 'Technology contract registered on' }),
  technologyAmount: yuan({ zh: '技术合同认定金额(元)', en: 'Technology contract amount (yuan)' }),
  inventorShare: text({ zh: '发明人返还学校比例%', en: "University's share %" }),
  ground: text({ zh: '依据', en: 'Ground', example: '示例合并文件〔2023〕1号' }),
};
type ContractRow = Row<typeof contractColumns>;

/** The contract a row says, and what it says happened since. @throws Refusal C-40, C-42 */
export const readContractRow = (
  row: ContractRow,
  universityId: string,
): { readonly draft: ContractDraft; readonly followUps: readonly FollowUp[] } => {
  const { university: _university, fee, entryFee, inventorShare, ...rest } = row;
  const { royaltyPermyriad: _rate, royaltyBase: _base, equityCompany: _company, equityShare: _share, ...terms } = rest;
  const { platform: _platform, listingNo: _no, listedFrom: _from, listedTo: _to, ...unlisted } = terms;
  const { recordNo: _recordNo, recordedOn: _recordedOn, registeredOn: _registeredOn, ...signed } = unlisted;
  const { technologyRegisteredOn: _on, technologyAmount: _amount, ...plain } = signed;
  const draft = {
    ...filled(plain),
    universityId,
    ...(fee === undefined ? {} : { feeFen: fee }),
    ...(entryFee === undefined ? {} : { entryFeeFen: entryFee }),
    ...partsOf(row),
    ...(inventorShare === undefined ? {} : { inventorSharePermyriad: permyriad('inventorShare', inventorShare) }),
  } as ContractDraft;
  return { draft, followUps: followUpsOf(row) };
};

const partsOf = (row: ContractRow): Partial<ContractDraft> => {
  const { platform, listingNo, listedFrom, listedTo } = row;
  const { royaltyPermyriad, royaltyBase, equityCompany, equityShare, fee: valueFen = '0' } = row;
  const listing = together({ platform, listingNo, listedFrom, listedTo });
  const royalty = together({ royaltyPermyriad, royaltyBase });
  const equity = together({ equityCompany, equityShare });
  return {
    ...(listing && {
      listing: {
        platform: listing.platform,
        listingNo: listing.listingNo,
        from: listing.listedFrom,
        to: listing.listedTo,
      },
    }),
    ...(royalty && { royalty: { permyriad: royalty.royaltyPermyriad, base: royalty.royaltyBase } }),
    ...(equity && {
      equity: {
        company: equity.equityCompany,
        sharePermyriad: permyriad('equityShare', equity.equityShare),
        valueFen,
      },
    }),
  };
};

const followUpsOf = (row: ContractRow): FollowUp[] => {
  const { recordNo, recordedOn, registeredOn, technologyContractNo } = row;
  const { technologyRegisteredOn, technologyAmount } = row;
  const recording = together({ recordNo, recordedOn });
  const dated = together({ technologyRegisteredOn, technologyAmount });
  const technology = dated && together({ technologyContractNo, ...dated });
  return [
    ...(recording ? [{ type: 'RecordLicence', ...recording } as const] : []),
    ...(registeredOn ? [{ type: 'RegisterTransfer', registeredOn } as const] : []),
    ...(technology
      ? [
          {
            type: 'RegisterTechnologyContract',
            technologyContractNo: technology.technologyContractNo,
            registeredOn: technology.technologyRegisteredOn,
            amountFen: technology.technologyAmount,
          } as const,
        ]
      : []),
  ];
};

type Whole<Parts> = { readonly [Key in keyof Parts]: Exclude<Parts[Key], undefined> };

/** Cells that say one thing together; half of it is a slip of the pen. @throws Refusal C-42 */
const together = <Parts extends object>(parts: Parts): Whole<Parts> | undefined => {
  const entries = Object.entries(parts);
  const missing = entries.find(([, value]) => value === undefined)?.[0];
  const given = entries.find(([, value]) => value !== undefined)?.[0];
  if (missing === undefined) return parts as Whole<Parts>;
  if (given === undefined) return undefined;
  const [one, other] = [given, missing].map(headerOf);
  throw contractRule('C-42', { one: one ?? given, other: other ?? missing }, { field: missing });
};

const headerOf = (field: string): string => contractColumns[field as keyof ContractRow].zh;

/** `12.5` percent as 1250. @throws Refusal C-40 */
const permyriad = (field: string, percent: string): number => {
  const value = permyriadOf(percent);
  if (value === undefined) throw contractRule('C-40', { field, value: percent }, { field });
  return value;
};
