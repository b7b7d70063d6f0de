import { plain, readSheets, registrationNumber, split } from './sheets.mjs';

/* From rows to conversions: one per asset and transaction, each with the date it counts on. */

const COLUMNS = { 转让: 'transfers', 许可: 'licences' };
const PATENTS = ['发明专利', '实用新型专利', '外观设计专利'];
const UNREGISTERED = ['软件著作权', '技术秘密', '其他'];

const inChangsha = (...divisions) => {
  const known = divisions.filter(Boolean);
  return known.length === 0 ? null : known.some((code) => code.startsWith('4301'));
};

/** What the sheets say of contracts once corrections are applied and voided ones taken away. */
const contractsOf = ({ contracts, corrections, voids, codeOf }) => {
  const keyOf = (row) => `${codeOf(row['高校'])}/${plain(row['合同编号'])}`;
  const known = new Map(contracts.map((row) => [keyOf(row), { ...row }]));
  const HEADERS = { 备案日: '备案日', 转让登记日: '转让登记日', 对方住所区划: '对方住所区划', 关联方: '关联方' };
  for (const row of corrections) {
    const header = HEADERS[row['更正项']];
    if (header) known.get(keyOf(row))[header] = row['更正后'];
  }
  for (const row of voids) known.delete(keyOf(row));
  return known;
};

const fromContract = ([key, row], typeOf, codeOf) => {
  const column = COLUMNS[row['转化方式']];
  if (!column) return [];
  return split(row['知识产权号']).map((text) => {
    const asset = registrationNumber(text);
    const type = typeOf(asset, codeOf(row['高校']));
    const onRegister = column === 'transfers' ? row['转让登记日'] : row['备案日'];
    const counted = UNREGISTERED.includes(type) ? row['生效日'] : onRegister;
    return {
      university: codeOf(row['高校']),
      contract: key,
      asset,
      column,
      isPatent: PATENTS.includes(type),
      isCounted: counted !== '',
      date: counted || row['生效日'],
      isFlagged: row['关联方'] === '是' || row['本校资产公司'] === '是' || row['回转原合同编号'] !== '',
      inChangsha: inChangsha(row['对方住所区划'], row['实施地区划']),
    };
  });
};

const fromGrant = (row, assetOf, codeOf) => {
  const university = codeOf(row['高校']);
  const effective = row['通知日'] > row['付费日'] ? row['通知日'] : row['付费日'];
  return {
    university,
    contract: `grant ${university}/${plain(row['许可编号'])}`,
    asset: assetOf(university, row['声明编号']),
    column: 'openGrants',
    isPatent: true,
    isCounted: row['备案日'] !== '',
    date: row['备案日'] || effective,
    isFlagged: false,
    inChangsha: inChangsha(row['住所区划']),
  };
};

/** Every conversion the sheets hold, counted or pending. `codeOf` turns a university's code or name into its code. */
export const readConversions = async (folder, codeOf) => {
  const [contracts, corrections, voids, assets, declarations, grants] = await Promise.all(
    ['contracts', 'contract-corrections', 'contract-voids', 'assets', 'open-licences', 'open-licence-grants'].map(
      (kind) => readSheets(folder, kind),
    ),
  );
  const types = new Map(assets.map((row) => [registrationNumber(row['专利号/登记号']), row['知识产权类型']]));
  const typeOf = (asset, university) => {
    const type = types.get(asset);
    if (!type) throw new Error(`${university} converts ${asset}, which is in no sheet of assets`);
    return type;
  };
  const offers = new Map(
    declarations.map((row) => [`${codeOf(row['高校'])}/${plain(row['声明编号'])}`, registrationNumber(row['专利号'])]),
  );
  const assetOf = (university, number) => offers.get(`${university}/${plain(number)}`);
  return [
    ...[...contractsOf({ contracts, corrections, voids, codeOf })].flatMap((entry) =>
      fromContract(entry, typeOf, codeOf),
    ),
    ...grants.map((row) => fromGrant(row, assetOf, codeOf)),
  ];
};
